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

variable "pattern" {
  type    = string
  default = ".com.other"
}

resource "imp_sip_federation_domain" "remote" {
  domain_name       = "remote.com"
  direct_federation = var.direct_federation

  lifecycle {
    create_before_destroy = true
  }
}

resource "imp_static_route" "only" {
  destination_pattern = var.pattern
  next_hop            = "10.20.0.15"

  lifecycle {
    create_before_destroy = true
  }
}
