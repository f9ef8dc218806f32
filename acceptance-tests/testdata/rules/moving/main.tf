# A domain that moves from one cluster to another.
variable "publisher" {
  type    = string
  default = "apac"
}

resource "imp_sip_federation_domain" "remote" {
  publisher   = var.publisher
  domain_name = "remote.com"
}
