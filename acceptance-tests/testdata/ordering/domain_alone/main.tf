terraform {
  required_providers {
    imp = {
      source = "imp-federation/imp"
    }
  }
}

variable "force_destroy" {
  type    = bool
  default = false
}

variable "direct_federation" {
  type    = bool
  default = true
}

resource "imp_sip_federation_domain" "remote" {
  domain_name       = "remote.com"
  direct_federation = var.direct_federation
  force_destroy     = var.force_destroy
}
