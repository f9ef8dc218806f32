terraform {
  required_providers {
    imp = {
      source = "imp-federation/imp"
    }
  }
}

variable "names" {
  type = list(string)
}

resource "imp_sip_federation_domain" "this" {
  count       = length(var.names)
  domain_name = var.names[count.index]
}

resource "imp_static_route" "this" {
  count    = length(var.names)
  domain   = imp_sip_federation_domain.this[count.index].domain_name
  next_hop = "10.20.0.15"

  lifecycle {
    replace_triggered_by = [imp_sip_federation_domain.this[count.index].pkid]
  }
}
