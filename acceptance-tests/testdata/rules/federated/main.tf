variable "description" {
  type    = string
  default = null
}

# A second domain that is not there yet.
variable "more" {
  type    = set(string)
  default = []
}

resource "imp_sip_federation_domain" "remote" {
  publisher   = "emea"
  domain_name = "remote.com"
  description = var.description
}

resource "imp_sip_federation_domain" "more" {
  for_each    = var.more
  publisher   = "emea"
  domain_name = each.key
}
