terraform {
  required_providers {
    imp = {
      source = "imp-federation/imp"
    }
  }
}

resource "imp_sip_federation_domain" "partner" {
  domain_name = "remote.com"
}

resource "imp_static_route" "first" {
  domain   = imp_sip_federation_domain.partner.domain_name
  next_hop = "10.20.0.15"

  lifecycle {
    replace_triggered_by = [imp_sip_federation_domain.partner.pkid]
  }
}

resource "imp_static_route" "second" {
  domain   = imp_sip_federation_domain.partner.domain_name
  next_hop = "10.20.0.16"
  priority = 2

  lifecycle {
    replace_triggered_by = [imp_sip_federation_domain.partner.pkid]
  }
}
