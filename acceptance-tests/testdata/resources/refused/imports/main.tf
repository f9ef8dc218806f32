locals {
  domains = {
    learned  = "emea/learned.example"
    xmpp     = "emea/xmpp.example"
    missing  = "emea/missing.example"
    unknown  = "emae/remote.com"
    nameless = "emea/"
  }
  routes = {
    predefined = "emea/.*/0.0.0.0:5060/TCP"
    missing    = "emea/.com.remote/10.20.0.15:5061/TLS"
    malformed  = "emea/.com.remote"
  }
}

import {
  for_each = local.domains
  to       = imp_sip_federation_domain.each[each.key]
  id       = each.value
}

import {
  for_each = local.routes
  to       = imp_static_route.each[each.key]
  id       = each.value
}

resource "imp_sip_federation_domain" "each" {
  for_each    = local.domains
  publisher   = "emea"
  domain_name = "${each.key}.example"
}

resource "imp_static_route" "each" {
  for_each            = local.routes
  publisher           = "emea"
  destination_pattern = ".com.remote"
  next_hop            = "10.20.0.15"
}
