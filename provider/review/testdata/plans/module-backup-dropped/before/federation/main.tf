terraform {
  required_providers {
    imp = { source = "imp-federation/imp" }
  }
}

variable "domain_name" {
  type = string
}

variable "clusters" {
  type = map(list(string))
}

locals {
  routes = merge([for cluster, hops in var.clusters : {
    for index, hop in hops : "${cluster}-${index}" => { cluster = cluster, hop = hop, priority = index + 1 }
  }]...)
}

resource "imp_sip_federation_domain" "this" {
  for_each    = var.clusters
  publisher   = each.key
  domain_name = var.domain_name
}

resource "imp_static_route" "this" {
  for_each  = local.routes
  publisher = each.value.cluster
  domain    = imp_sip_federation_domain.this[each.value.cluster].domain_name
  next_hop  = each.value.hop
  priority  = each.value.priority
}
