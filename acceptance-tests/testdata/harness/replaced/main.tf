resource "terraform_data" "this" {
  input            = { name = "two", tags = ["a", "b"] }
  triggers_replace = "second"
}
