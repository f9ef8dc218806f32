terraform {
  required_providers {
    imp = { source = "imp-federation/imp" }
  }
}

provider "imp" {}

resource "imp_sip_federation_domain" "remote" {
  publisher   = "emea"
  domain_name = "remote.com"
}

resource "imp_static_route" "primary" {
  publisher = "emea"
  domain    = imp_sip_federation_domain.remote.domain_name
  next_hop  = "10.20.0.15"
}

resource "imp_static_route" "backup" {
  publisher = "emea"
  domain    = imp_sip_federation_domain.remote.domain_name
  next_hop  = "10.20.0.16"
  priority  = 2
}
