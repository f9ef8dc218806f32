variable "domain" {
  type    = string
  default = "Remote.com"
}

variable "pattern" {
  type    = string
  default = ".com.remote"
}

output "pattern" {
  value = provider::imp::destination_pattern(var.domain)
}

output "domain" {
  value = provider::imp::domain_name(var.pattern)
}

# Known only after apply.
resource "terraform_data" "later" {
  input = "later.com"
}

output "later" {
  value = provider::imp::destination_pattern(terraform_data.later.output)
}
