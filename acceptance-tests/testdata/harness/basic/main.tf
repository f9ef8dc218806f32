resource "terraform_data" "this" {
  input            = { name = "one", tags = ["a", "b"] }
  triggers_replace = "first"
}
