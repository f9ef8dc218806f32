terraform {
  required_providers {
    imp = { source = "imp-federation/imp" }
  }
}

provider "imp" {
  publishers = {
    emea = { address = "imp-pub.emea.example.com" }
    apac = { address = "imp-pub.apac.example.com" }
  }
}

resource "imp_sip_federation_domain" "remote" {
  for_each          = toset(["emea", "apac"])
  publisher         = each.key
  domain_name       = "remote.com"
  direct_federation = true
}

resource "imp_static_route" "primary" {
  for_each  = imp_sip_federation_domain.remote
  publisher = each.key
  domain    = each.value.domain_name
  next_hop  = "10.20.0.15"

  lifecycle {
    replace_triggered_by = [imp_sip_federation_domain.remote[each.key].pkid]
  }
}

resource "imp_static_route" "backup" {
  for_each  = imp_sip_federation_domain.remote
  publisher = each.key
  domain    = each.value.domain_name
  next_hop  = "10.20.0.16"
  priority  = 2

  lifecycle {
    replace_triggered_by = [imp_sip_federation_domain.remote[each.key].pkid]
  }
}
