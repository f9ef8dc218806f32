# One SIP federated domain on one publisher, with its static routes.

terraform {
  required_providers {
    imp = {
      source = "SOURCE"
    }
  }
}

variable "publisher" {
  type = string
}

variable "domain_name" {
  type = string
}

variable "description" {
  type    = string
  default = null
}

variable "integration_type" {
  type    = string
  default = "ocs_lync"
}

variable "direct_federation" {
  type    = bool
  default = true
}

variable "static_routes" {
  description = "The routes by any key. A pattern is only written where it is not the domain's own name reversed."
  type = map(object({
    destination_pattern       = optional(string)
    description               = optional(string)
    next_hop                  = string
    next_hop_port             = optional(number)
    protocol                  = optional(string, "TLS")
    route_type                = optional(string, "domain")
    priority                  = optional(number, 1)
    weight                    = optional(number, 1)
    allow_less_specific_route = optional(bool, true)
    in_service                = optional(bool, true)
    block_route               = optional(bool, false)
  }))
}

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
    replace_triggered_by = [imp_sip_federation_domain.this.pkid]
  }
}
