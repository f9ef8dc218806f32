terraform {
  required_providers {
    imp = { source = "imp-federation/imp" }
  }
}

provider "imp" {
  publishers = {
    emea = { address = "imp-pub.emea.example.com" }
    apac = { address = "imp-pub.apac.example.com" }
  }
}

locals {
  clusters = toset(["emea", "apac"])
}

resource "imp_sip_federation_domain" "remote" {
  for_each    = local.clusters
  publisher   = each.key
  domain_name = "remote.com"
}

resource "imp_static_route" "primary" {
  for_each  = imp_sip_federation_domain.remote
  publisher = each.key
  domain    = each.value.domain_name
  next_hop  = "10.20.0.25"
}

resource "imp_static_route" "backup" {
  for_each  = imp_sip_federation_domain.remote
  publisher = each.key
  domain    = each.value.domain_name
  next_hop  = "10.20.0.16"
  priority  = 2
}
