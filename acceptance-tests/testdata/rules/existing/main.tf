resource "imp_sip_federation_domain" "each" {
  for_each    = toset(["there.com", "learned.com", "xmpp.com"])
  publisher   = "emea"
  domain_name = each.key
}

resource "imp_static_route" "there" {
  publisher           = "emea"
  destination_pattern = ".com.there"
  next_hop            = "10.20.0.15"
}

resource "imp_static_route" "one_too_many" {
  publisher           = "emea"
  destination_pattern = ".com.full"
  next_hop            = "10.30.0.1"
}
