resource "terraform_data" "this" {
  input = 1
}

check "careful" {
  assert {
    condition     = terraform_data.this.input > 2
    error_message = "One is not more than two."
  }
}
