variable "remote" {
  type    = bool
  default = true
}

resource "imp_sip_federation_domain" "remote" {
  count       = var.remote ? 1 : 0
  publisher   = "emea"
  domain_name = "remote.com"
}

# Not reached through Microsoft servers, and its publisher is asked for the first time after the domain that is was planned.
resource "imp_static_route" "other" {
  publisher           = "apac"
  destination_pattern = ".com.other"
  next_hop            = "10.30.0.15"
  depends_on          = [imp_sip_federation_domain.remote]
}
