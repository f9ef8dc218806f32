# Not reached through Microsoft servers, and planned before the domain that is.
resource "imp_sip_federation_domain" "aol" {
  publisher        = "apac"
  domain_name      = "aol.com"
  integration_type = "aol"
}

resource "imp_sip_federation_domain" "remote" {
  publisher   = "emea"
  domain_name = "remote.com"
  depends_on  = [imp_sip_federation_domain.aol]
}
