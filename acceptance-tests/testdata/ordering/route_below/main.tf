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

resource "imp_static_route" "only" {
  domain   = "sub.remote.com"
  next_hop = "10.20.0.15"
}
