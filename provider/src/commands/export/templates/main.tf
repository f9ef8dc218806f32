locals {
  estate = jsondecode(file("${path.module}/estate.json"))
}

module "federated_domain" {
  source   = "./federated_domain"
  for_each = local.estate.federated_domains

  publisher         = each.value.publisher
  domain_name       = each.value.domain_name
  description       = each.value.description
  integration_type  = each.value.integration_type
  direct_federation = each.value.direct_federation
  static_routes     = each.value.static_routes
}

# Routes that belong to no federated domain.
resource "imp_static_route" "other" {
  for_each = local.estate.other_static_routes

  publisher                 = each.value.publisher
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
}
