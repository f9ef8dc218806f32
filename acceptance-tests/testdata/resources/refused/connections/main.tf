# Three objects on each publisher, all of which need it at once.
resource "imp_sip_federation_domain" "remote" {
  for_each    = var.publishers
  publisher   = each.key
  domain_name = "remote.com"
}

resource "imp_static_route" "primary" {
  for_each  = var.publishers
  publisher = each.key
  domain    = "remote.com"
  next_hop  = "10.20.0.15"
}

resource "imp_static_route" "backup" {
  for_each  = var.publishers
  publisher = each.key
  domain    = "remote.com"
  next_hop  = "10.20.0.16"
}
