terraform {
  required_providers {
    imp = { source = "imp-federation/imp" }
  }
}

provider "imp" {}

variable "imp_review_ignore" {
  description = "Findings of terraform-provider-imp review that are accepted, and why."
  type        = map(string)
  default = {
    "IMP302 remote.com" = "The partner has one edge server."
    "IMP312"            = "Router restarts are planned on Sundays."
    "IMP310"            = "Nothing of this kind is here."
  }
}

resource "imp_sip_federation_domain" "remote" {
  publisher   = "emea"
  domain_name = "remote.com"
}

resource "imp_static_route" "primary" {
  publisher = "emea"
  domain    = imp_sip_federation_domain.remote.domain_name
  next_hop  = "10.20.0.15"
}
