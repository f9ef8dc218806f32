# One object for each attribute, in which nothing but that attribute changes.
variable "changed" {
  type    = bool
  default = false
}

locals {
  domain_attributes = [
    "publisher", "domain_name", "description", "description_left_out", "integration_type", "direct_federation",
    "force_destroy", "timeouts", "spelling",
  ]
  route_attributes = [
    "publisher", "domain", "destination_pattern", "next_hop", "next_hop_port", "protocol", "route_type",
    "priority", "weight", "allow_less_specific_route", "in_service", "block_route", "description",
    "description_left_out", "timeouts", "spelling",
  ]
  # The one that changes now.
  domain = { for name in local.domain_attributes : name => var.changed ? name : "" }
  route  = { for name in local.route_attributes : name => var.changed ? name : "" }
  label  = { for name in distinct(concat(local.domain_attributes, local.route_attributes)) : name => replace(name, "_", "-") }
}

resource "imp_sip_federation_domain" "each" {
  for_each          = local.domain
  publisher         = each.value == "publisher" ? "apac" : "emea"
  domain_name       = "${each.value == "spelling" ? upper(local.label[each.key]) : local.label[each.key]}.${each.value == "domain_name" ? "org" : "com"}"
  description       = each.value == "description" ? "after" : each.value == "description_left_out" ? null : "before"
  integration_type  = each.value == "integration_type" ? "aol" : "ocs_lync"
  direct_federation = each.value == "direct_federation" ? false : null
  force_destroy     = each.value == "force_destroy"
  timeouts          = each.value == "timeouts" ? { delete = "1h" } : null
}

resource "imp_static_route" "each" {
  for_each                  = local.route
  publisher                 = each.value == "publisher" ? "emea" : "apac"
  domain                    = each.key == "domain" ? imp_sip_federation_domain.pair[each.value == "domain" ? "b" : "a"].domain_name : null
  destination_pattern       = each.key == "domain" ? null : ".com.${each.value == "spelling" ? upper(local.label[each.key]) : local.label[each.key]}${each.value == "destination_pattern" ? ".other" : ""}"
  next_hop                  = each.value == "next_hop" ? "10.20.0.16" : "10.20.0.15"
  next_hop_port             = each.value == "next_hop_port" ? 5065 : null
  protocol                  = each.value == "protocol" ? "TCP" : "TLS"
  route_type                = each.value == "route_type" ? "user" : "domain"
  priority                  = each.value == "priority" ? 2 : 1
  weight                    = each.value == "weight" ? 2 : 1
  allow_less_specific_route = each.value != "allow_less_specific_route"
  in_service                = each.value != "in_service"
  block_route               = each.value == "block_route"
  description               = each.value == "description" ? "after" : each.value == "description_left_out" ? null : "before"
  timeouts                  = each.value == "timeouts" ? { create = "1h" } : null
}

resource "imp_sip_federation_domain" "pair" {
  for_each    = toset(["a", "b"])
  publisher   = "apac"
  domain_name = "${each.key}.example"
}
