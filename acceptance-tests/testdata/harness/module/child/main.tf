resource "terraform_data" "inner" {
  input = "inside"
}

output "inner" {
  value = terraform_data.inner.output
}
