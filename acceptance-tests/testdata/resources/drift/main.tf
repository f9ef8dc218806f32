# One object for each attribute, to be changed behind Terraform's back.
resource "imp_sip_federation_domain" "each" {
  for_each    = toset(["domain_name", "description", "integration_type", "direct_federation"])
  publisher   = "emea"
  domain_name = "${replace(each.key, "_", "-")}.com"
  description = "as planned"
}

resource "imp_static_route" "each" {
  for_each = toset([
    "destination_pattern", "next_hop", "next_hop_port", "protocol", "route_type", "priority", "weight",
    "allow_less_specific_route", "in_service", "block_route", "description",
  ])
  publisher           = "apac"
  destination_pattern = ".com.${replace(each.key, "_", "-")}"
  next_hop            = "10.20.0.15"
  description         = "as planned"
}
