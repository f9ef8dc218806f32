resource "terraform_data" "this" {
  input = timestamp()
}
