resource "imp_sip_federation_domain" "remote" {
  publisher   = "emea"
  domain_name = "remote.com"
}

resource "imp_sip_federation_domain" "other" {
  publisher        = "emea"
  domain_name      = "aol.com"
  integration_type = "aol"
}

# Nothing is to be said of this one.
resource "imp_static_route" "fine" {
  publisher = "emea"
  domain    = imp_sip_federation_domain.remote.domain_name
  next_hop  = "10.20.0.15"
}

resource "imp_static_route" "tls" {
  publisher     = "emea"
  domain        = imp_sip_federation_domain.remote.domain_name
  next_hop      = "10.20.0.16"
  next_hop_port = 5062
}

resource "imp_static_route" "tcp" {
  publisher     = "emea"
  domain        = imp_sip_federation_domain.remote.domain_name
  next_hop      = "10.20.0.17"
  next_hop_port = 5061
  protocol      = "TCP"
}

resource "imp_static_route" "named" {
  publisher = "emea"
  domain    = imp_sip_federation_domain.remote.domain_name
  next_hop  = "fe1.corp.example"
}

# Not reached through Microsoft servers: a name and TCP are nobody's business here.
resource "imp_static_route" "elsewhere" {
  publisher = "emea"
  domain    = imp_sip_federation_domain.other.domain_name
  next_hop  = "sip.aol.example"
  protocol  = "TCP"
}
