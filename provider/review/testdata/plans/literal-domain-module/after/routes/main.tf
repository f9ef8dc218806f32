terraform {
  required_providers {
    imp = { source = "imp-federation/imp" }
  }
}

variable "domain" {
  type = string
}

variable "publisher" {
  type    = string
  default = "emea"
}

resource "imp_static_route" "backup" {
  publisher = var.publisher
  domain    = var.domain
  next_hop  = "10.20.0.16"
  priority  = 2
}
