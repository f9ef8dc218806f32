resource "terraform_data" "this" {
  lifecycle {
    prevent_destroy = true
  }
}
