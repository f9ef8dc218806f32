variable "missing" {
  type    = bool
  default = false
}

data "imp_publisher" "emea" {
  publisher = "emea"
}

data "imp_sip_federation_domain" "remote" {
  publisher   = "emea"
  domain_name = "REMOTE.com"
}

data "imp_sip_federation_domains" "all" {}

data "imp_sip_federation_domains" "apac" {
  publisher = "apac"
}

data "imp_sip_federation_domains" "with_learned" {
  publisher            = "emea"
  include_system_owned = true
}

data "imp_static_route" "primary" {
  publisher           = "emea"
  destination_pattern = ".com.remote"
  next_hop            = var.missing ? "10.20.0.99" : "10.20.0.15"
}

data "imp_static_routes" "own" {}

data "imp_static_routes" "all" {
  include_system_owned = true
}

data "imp_static_routes" "of_domain" {
  publisher = "emea"
  domain    = "remote.com"
}

data "imp_static_routes" "by_prefix" {
  pattern_prefix = ".COM.o"
}

data "imp_static_routes" "by_hop" {
  next_hop = "10.20.0.16"
}

output "publisher" {
  value = data.imp_publisher.emea
}

output "domain" {
  value = data.imp_sip_federation_domain.remote
}

output "domains" {
  value = {
    all  = data.imp_sip_federation_domains.all.domains[*].id
    apac = data.imp_sip_federation_domains.apac.domains[*].id
    with_learned = {
      for domain in data.imp_sip_federation_domains.with_learned.domains : domain.id => domain.system_owned
    }
  }
}

output "route" {
  value = data.imp_static_route.primary
}

output "routes" {
  value = {
    own       = data.imp_static_routes.own.routes[*].id
    all       = [for route in data.imp_static_routes.all.routes : route.id if !route.system_owned]
    system    = [for route in data.imp_static_routes.all.routes : route.destination_pattern if route.system_owned]
    of_domain = data.imp_static_routes.of_domain.routes[*].id
    by_prefix = data.imp_static_routes.by_prefix.routes[*].id
    by_hop    = data.imp_static_routes.by_hop.routes[*].id
  }
}
