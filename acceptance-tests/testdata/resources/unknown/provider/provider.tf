terraform {
  required_providers {
    imp = {
      source = "imp-federation/imp"
    }
  }
}

variable "publishers" {
  type = any
}

resource "terraform_data" "address" {
  for_each = var.publishers
  input    = each.value.address
}

# The addresses are known after apply only.
provider "imp" {
  publishers = { for name, settings in var.publishers : name => merge(settings, { address = terraform_data.address[name].output }) }
}
