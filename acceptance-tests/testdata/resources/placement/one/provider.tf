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

# One publisher, which needs no name.
provider "imp" {
  address        = var.publishers.emea.address
  ca_certificate = var.publishers.emea.ca_certificate
  schema_profile = var.publishers.emea.schema_profile
}
