# A domain that somebody else manages.
data "imp_sip_federation_domain" "partner" {
  publisher   = "emea"
  domain_name = "partner.example"
}

resource "imp_static_route" "partner" {
  publisher = data.imp_sip_federation_domain.partner.publisher
  domain    = data.imp_sip_federation_domain.partner.domain_name
  next_hop  = "10.20.0.15"
}
