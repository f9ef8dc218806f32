# Cisco's procedure for one remote domain that is reached through the Microsoft servers, on two clusters.

terraform {
  required_providers {
    imp = {
      source = "imp-federation/imp"
    }
  }
}

variable "publishers" {
  description = "The IM and Presence database publisher of each cluster, by a short name of your own."
  type = map(object({
    address        = string
    ca_certificate = optional(string)
    schema_profile = optional(string)
  }))
}

# The user name and the password come from IMP_USERNAME and IMP_PASSWORD.
provider "imp" {
  publishers = var.publishers
}

resource "imp_sip_federation_domain" "remote" {
  for_each    = var.publishers
  publisher   = each.key
  domain_name = "remote.com"
  description = "Remote partner, through Lync"
}

resource "imp_static_route" "primary" {
  for_each  = imp_sip_federation_domain.remote
  publisher = each.key
  domain    = each.value.domain_name
  next_hop  = "10.20.0.15"
  protocol  = "TLS"

  lifecycle {
    replace_triggered_by = [imp_sip_federation_domain.remote[each.key].pkid]
  }
}

resource "imp_static_route" "backup" {
  for_each  = imp_sip_federation_domain.remote
  publisher = each.key
  domain    = each.value.domain_name
  next_hop  = "10.20.0.16"
  protocol  = "TLS"
  priority  = 2

  lifecycle {
    replace_triggered_by = [imp_sip_federation_domain.remote[each.key].pkid]
  }
}
