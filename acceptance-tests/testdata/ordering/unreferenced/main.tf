terraform {
  required_providers {
    imp = {
      source = "imp-federation/imp"
    }
  }
}

variable "direct_federation" {
  type    = bool
  default = true
}

variable "force_destroy" {
  type    = bool
  default = false
}

resource "imp_sip_federation_domain" "remote" {
  domain_name       = "remote.com"
  direct_federation = var.direct_federation
  force_destroy     = var.force_destroy
}

resource "imp_static_route" "primary" {
  domain   = "remote.com"
  next_hop = "10.20.0.15"
}

resource "imp_static_route" "backup" {
  domain   = "remote.com"
  next_hop = "10.20.0.16"
  priority = 2
}
