# The same with every attribute set, and a second domain with a route by its pattern.
resource "imp_sip_federation_domain" "remote" {
  for_each          = toset(["emea", "apac"])
  publisher         = each.key
  domain_name       = "remote.com"
  description       = "Remote partner, through Lync"
  integration_type  = "ocs_lync"
  direct_federation = true
  force_destroy     = true

  timeouts = {
    create = "5m"
    delete = "30s"
  }
}

resource "imp_static_route" "primary" {
  for_each                  = imp_sip_federation_domain.remote
  publisher                 = each.key
  domain                    = each.value.domain_name
  next_hop                  = "fe-01.corp.example"
  next_hop_port             = 5065
  protocol                  = "TCP"
  route_type                = "domain"
  priority                  = 3
  weight                    = 7
  allow_less_specific_route = false
  in_service                = false
  block_route               = true
  description               = "Front end 1"

  timeouts = {
    update = "5m"
  }
}

resource "imp_sip_federation_domain" "aol" {
  publisher        = "apac"
  domain_name      = "aol.example"
  integration_type = "aol"
}

resource "imp_static_route" "user" {
  publisher           = "emea"
  destination_pattern = "com.remote.*"
  route_type          = "user"
  next_hop            = "_sipfederationtls._tcp.corp.example"
  next_hop_port       = 0
  protocol            = "UDP"
}
