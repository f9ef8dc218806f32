import {
  to = terraform_data.this
  id = "fixed"
}

resource "terraform_data" "this" {
}
