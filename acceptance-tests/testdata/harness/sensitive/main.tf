resource "terraform_data" "this" {
  input = sensitive("canary")
}
