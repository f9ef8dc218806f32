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

resource "imp_sip_federation_domain" "remote" {
  domain_name       = "remote.com"
  direct_federation = var.direct_federation
}

resource "imp_static_route" "primary" {
  domain   = imp_sip_federation_domain.remote.domain_name
  next_hop = "10.20.0.15"

  lifecycle {
    replace_triggered_by = [imp_sip_federation_domain.remote.pkid]
  }
}

resource "imp_static_route" "backup" {
  domain   = imp_sip_federation_domain.remote.domain_name
  next_hop = "10.20.0.16"
  priority = 2

  lifecycle {
    replace_triggered_by = [imp_sip_federation_domain.remote.pkid]
  }
}
