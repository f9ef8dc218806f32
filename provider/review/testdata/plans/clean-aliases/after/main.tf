terraform {
  required_providers {
    imp = { source = "imp-federation/imp" }
  }
}

provider "imp" {
  address = "imp-pub.emea.example.com"
}

provider "imp" {
  alias   = "apac"
  address = "imp-pub.apac.example.com"
}

resource "imp_sip_federation_domain" "emea" {
  domain_name = "remote.com"
}

resource "imp_static_route" "emea" {
  domain   = imp_sip_federation_domain.emea.domain_name
  next_hop = "10.20.0.15"
}

resource "imp_static_route" "emea_backup" {
  domain   = imp_sip_federation_domain.emea.domain_name
  next_hop = "10.20.0.16"
  priority = 2
}

resource "imp_sip_federation_domain" "apac" {
  domain_name = "remote.com"
  provider    = imp.apac
}

resource "imp_static_route" "apac" {
  domain   = imp_sip_federation_domain.apac.domain_name
  next_hop = "10.20.0.25"
  provider = imp.apac
}

resource "imp_static_route" "apac_backup" {
  domain   = imp_sip_federation_domain.apac.domain_name
  next_hop = "10.20.0.16"
  priority = 2
  provider = imp.apac
}
