terraform {
  required_providers {
    imp = {
      source = "imp-federation/imp"
    }
  }
}

resource "imp_sip_federation_domain" "remote" {
  domain_name = "remote.com"
}

resource "imp_sip_federation_domain" "longer" {
  domain_name = "sub.remote.com"
}

resource "imp_static_route" "longer" {
  domain   = "sub.remote.com"
  next_hop = "10.20.0.15"
}
