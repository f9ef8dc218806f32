terraform {
  required_providers {
    imp = { source = "imp-federation/imp" }
  }
}

provider "imp" {}

resource "imp_sip_federation_domain" "emea" {
  publisher   = "emea"
  domain_name = "remote.com"
}

resource "imp_static_route" "emea_primary" {
  publisher = "emea"
  domain    = imp_sip_federation_domain.emea.domain_name
  next_hop  = "10.20.0.15"
}

resource "imp_sip_federation_domain" "apac" {
  publisher   = "apac"
  domain_name = "remote.com"
}

resource "imp_static_route" "apac_primary" {
  publisher = "apac"
  domain    = imp_sip_federation_domain.apac.domain_name
  next_hop  = "10.20.0.15"
}
