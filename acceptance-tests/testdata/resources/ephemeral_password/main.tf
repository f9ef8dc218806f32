# A domain and a route on each of two clusters.
resource "imp_sip_federation_domain" "remote" {
  for_each    = toset(["emea", "apac"])
  publisher   = each.key
  domain_name = "remote.com"
}

resource "imp_static_route" "primary" {
  for_each  = imp_sip_federation_domain.remote
  publisher = each.key
  domain    = each.value.domain_name
  next_hop  = "10.20.0.15"
}
