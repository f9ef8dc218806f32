resource "imp_sip_federation_domain" "remote" {
  publisher   = "emea"
  domain_name = "remote.com"

  timeouts = {
    create = "300ms"
  }
}
