resource "imp_sip_federation_domain" "misspelt" {
  publisher   = "emae"
  domain_name = "remote.com"
}

resource "imp_static_route" "nowhere" {
  domain   = "remote.com"
  next_hop = "10.20.0.15"
}

resource "imp_static_route" "balanced" {
  publisher = "emea"
  domain    = "remote.com"
  next_hop  = "10.20.0.99"
}
