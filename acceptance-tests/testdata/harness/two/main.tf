resource "terraform_data" "this" {
  input            = { name = "one", tags = ["a", "b"] }
  triggers_replace = "first"
}

resource "terraform_data" "other" {
  input = terraform_data.this.id
}
