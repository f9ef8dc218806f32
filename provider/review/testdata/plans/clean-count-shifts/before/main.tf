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

locals {
  hops = ["10.20.0.15", "10.20.0.16", "10.20.0.17"]
}

resource "imp_static_route" "all" {
  count     = length(local.hops)
  publisher = "emea"
  domain    = imp_sip_federation_domain.remote.domain_name
  next_hop  = local.hops[count.index]
  priority  = count.index + 1
}
