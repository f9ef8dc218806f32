resource "imp_sip_federation_domain" "own" {
  publisher   = "emea"
  domain_name = "Corp.example"
}

resource "imp_sip_federation_domain" "remote" {
  publisher   = "emea"
  domain_name = "remote.com"
}

# Ordinary interdomain federation: partitioned federation does not matter.
resource "imp_sip_federation_domain" "plain" {
  publisher         = "emea"
  domain_name       = "plain.com"
  direct_federation = false
}

resource "imp_sip_federation_domain" "apac" {
  for_each    = toset(["one.com", "two.com"])
  publisher   = "apac"
  domain_name = each.key
}

resource "imp_static_route" "known" {
  publisher = "emea"
  domain    = imp_sip_federation_domain.plain.domain_name
  next_hop  = "FE1.corp.example"
}

resource "imp_static_route" "unknown" {
  publisher = "emea"
  domain    = imp_sip_federation_domain.plain.domain_name
  next_hop  = "fe3.corp.example"
}
