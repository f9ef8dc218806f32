terraform {
  required_providers {
    imp = {
      source = "imp-federation/imp"
    }
  }
}

variable "pairs" {
  type = number
}

resource "imp_sip_federation_domain" "remote" {
  count       = var.pairs
  domain_name = "remote${count.index}.com"
}

resource "imp_static_route" "only" {
  count    = var.pairs
  domain   = "remote${count.index}.com"
  next_hop = "10.20.0.15"
}
