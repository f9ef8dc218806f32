# Everything about the route and its domain is known after apply only.
resource "terraform_data" "domain_name" {
  input = "remote.com"
}

resource "terraform_data" "next_hop" {
  input = "10.20.0.15"
}

resource "terraform_data" "publisher" {
  input = "emea"
}

resource "terraform_data" "protocol" {
  input = "TCP"
}

resource "imp_sip_federation_domain" "remote" {
  publisher   = terraform_data.publisher.output
  domain_name = terraform_data.domain_name.output
}

resource "imp_static_route" "primary" {
  publisher = terraform_data.publisher.output
  domain    = imp_sip_federation_domain.remote.domain_name
  next_hop  = terraform_data.next_hop.output
  protocol  = terraform_data.protocol.output
}
