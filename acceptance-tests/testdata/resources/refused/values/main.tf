# Every value that is refused, one in each object.
locals {
  domain_names = {
    empty       = ""
    leading_dot = ".remote.com"
    empty_label = "remote..com"
    accented    = "rémote.com"
    too_long    = join("", [for _ in range(129) : "a"])
  }
  patterns = {
    empty     = ""
    asterisk  = ".com.*.remote"
    space     = ".com remote"
    undotted  = "com.remote"
  }
  next_hops = {
    empty       = ""
    no_address  = "10.20.0.256"
    with_port   = "10.20.0.15:5061"
    with_scheme = "https://fe-01.corp.example"
    unspecified = "0.0.0.0"
    multicast   = "224.0.0.1"
  }
  ports       = { below = -1, above = 65536, fraction = 5061.5 }
  priorities  = { below = 0, above = 65536 }
  weights     = { below = 0, above = 65536 }
  descriptions = {
    empty     = ""
    two_lines = "one\ntwo"
    too_long  = join("", [for _ in range(256) : "a"])
  }
}

resource "imp_sip_federation_domain" "name" {
  for_each    = local.domain_names
  publisher   = "emea"
  domain_name = each.value
}

resource "imp_sip_federation_domain" "description" {
  for_each    = local.descriptions
  publisher   = "emea"
  domain_name = "remote.com"
  description = each.value
}

resource "imp_sip_federation_domain" "integration_type" {
  for_each         = toset(["xmpp"])
  publisher        = "emea"
  domain_name      = "remote.com"
  integration_type = each.value
}

resource "imp_sip_federation_domain" "direct_aol" {
  for_each          = toset(["aol"])
  publisher         = "emea"
  domain_name       = "remote.com"
  integration_type  = each.value
  direct_federation = true
}

resource "imp_sip_federation_domain" "timeouts" {
  for_each    = toset(["soon"])
  publisher   = "emea"
  domain_name = "remote.com"
  timeouts = {
    create = each.value
  }
}

resource "imp_sip_federation_domain" "timeout_keys" {
  for_each    = toset(["creation"])
  publisher   = "emea"
  domain_name = "remote.com"
  timeouts = {
    (each.value) = "1m"
  }
}

resource "imp_static_route" "domain" {
  for_each  = local.domain_names
  publisher = "emea"
  domain    = each.value
  next_hop  = "10.20.0.15"
}

resource "imp_static_route" "pattern" {
  for_each            = local.patterns
  publisher           = "emea"
  destination_pattern = each.value
  next_hop            = "10.20.0.15"
}

resource "imp_static_route" "hop" {
  for_each  = local.next_hops
  publisher = "emea"
  domain    = "remote.com"
  next_hop  = each.value
}

resource "imp_static_route" "port" {
  for_each      = local.ports
  publisher     = "emea"
  domain        = "remote.com"
  next_hop      = "10.20.0.15"
  next_hop_port = each.value
}

resource "imp_static_route" "priority" {
  for_each  = local.priorities
  publisher = "emea"
  domain    = "remote.com"
  next_hop  = "10.20.0.15"
  priority  = each.value
}

resource "imp_static_route" "weight" {
  for_each  = local.weights
  publisher = "emea"
  domain    = "remote.com"
  next_hop  = "10.20.0.15"
  weight    = each.value
}

resource "imp_static_route" "protocol" {
  for_each  = toset(["SCTP"])
  publisher = "emea"
  domain    = "remote.com"
  next_hop  = "10.20.0.15"
  protocol  = each.value
}

resource "imp_static_route" "route_type" {
  for_each   = toset(["phone"])
  publisher  = "emea"
  domain     = "remote.com"
  next_hop   = "10.20.0.15"
  route_type = each.value
}

resource "imp_static_route" "disagreeing" {
  for_each            = toset(["remote.com"])
  publisher           = "emea"
  domain              = each.value
  destination_pattern = ".com.other"
  next_hop            = "10.20.0.15"
}
