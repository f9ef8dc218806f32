variable "routes" {
  description = "The last number of each next hop."
  type        = set(string)
}

resource "imp_sip_federation_domain" "lone" {
  publisher   = "emea"
  domain_name = "lone.com"
}

resource "imp_static_route" "full" {
  for_each            = var.routes
  publisher           = "emea"
  destination_pattern = ".com.full"
  next_hop            = "10.30.0.${each.key}"
}
