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

resource "imp_static_route" "emea_backup" {
  publisher = "emea"
  domain    = imp_sip_federation_domain.emea.domain_name
  next_hop  = "10.20.0.16"
  priority  = 2
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

resource "imp_static_route" "apac_backup" {
  publisher = "apac"
  domain    = imp_sip_federation_domain.apac.domain_name
  next_hop  = "10.20.0.16"
  priority  = 2
}

resource "imp_sip_federation_domain" "other" {
  publisher   = "apac"
  domain_name = "other.com"
}

resource "imp_static_route" "other" {
  publisher = "apac"
  domain    = imp_sip_federation_domain.other.domain_name
  next_hop  = "10.20.0.15"
}

resource "imp_static_route" "other_backup" {
  publisher = "apac"
  domain    = imp_sip_federation_domain.other.domain_name
  next_hop  = "10.20.0.16"
  priority  = 2
}

resource "imp_sip_federation_domain" "other_emea" {
  publisher   = "emea"
  domain_name = "other.com"
}

resource "imp_static_route" "other_emea" {
  publisher = "emea"
  domain    = imp_sip_federation_domain.other_emea.domain_name
  next_hop  = "10.20.0.15"
}

resource "imp_static_route" "other_emea_backup" {
  publisher = "emea"
  domain    = imp_sip_federation_domain.other_emea.domain_name
  next_hop  = "10.20.0.16"
  priority  = 2
}
