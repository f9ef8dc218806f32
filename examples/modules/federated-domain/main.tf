# One SIP federated domain on one publisher, with its static routes.

resource "imp_sip_federation_domain" "this" {
  publisher         = var.publisher
  domain_name       = var.domain_name
  description       = var.description
  integration_type  = var.integration_type
  direct_federation = var.direct_federation
}

resource "imp_static_route" "this" {
  for_each = var.static_routes

  publisher                 = var.publisher
  domain                    = each.value.destination_pattern == null ? imp_sip_federation_domain.this.domain_name : null
  destination_pattern       = each.value.destination_pattern
  description               = each.value.description
  next_hop                  = each.value.next_hop
  next_hop_port             = each.value.next_hop_port
  protocol                  = each.value.protocol
  route_type                = each.value.route_type
  priority                  = each.value.priority
  weight                    = each.value.weight
  allow_less_specific_route = each.value.allow_less_specific_route
  in_service                = each.value.in_service
  block_route               = each.value.block_route

  lifecycle {
    # The routes go before their domain also where the domain is replaced under the same name.
    replace_triggered_by = [imp_sip_federation_domain.this.pkid]
  }
}
