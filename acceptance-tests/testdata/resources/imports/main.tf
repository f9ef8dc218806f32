resource "imp_sip_federation_domain" "remote" {
  publisher   = "emea"
  domain_name = "remote.com"
  description = "Remote partner, through Lync"
}

resource "imp_static_route" "primary" {
  publisher = "apac"
  domain    = "remote.com"
  next_hop  = "2001:db8::15"
  protocol  = "TCP"
  priority  = 2

  depends_on = [imp_sip_federation_domain.remote, imp_sip_federation_domain.counterpart]
}

resource "imp_sip_federation_domain" "counterpart" {
  publisher   = "apac"
  domain_name = "remote.com"
}
