variable "number" {
  default = "one"
}

resource "terraform_data" "this" {
  input = { a = 1 }

  lifecycle {
    precondition {
      condition     = var.number == "1"
      error_message = "The number must be 1, written as a digit."
    }
  }
}
