resource "imp_sip_federation_domain" "remote" {
  domain_name = "remote.com"
}

resource "imp_static_route" "primary" {
  domain   = imp_sip_federation_domain.remote.domain_name
  next_hop = "10.20.0.15"
}
