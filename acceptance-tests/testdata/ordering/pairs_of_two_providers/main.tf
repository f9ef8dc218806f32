terraform {
  required_providers {
    imp = {
      source = "imp-federation/imp"
    }
  }
}

variable "pairs" {
  type = number
}

# Both are the same publisher, as where each team has an alias of its own.
provider "imp" {
  alias = "domains"
}

provider "imp" {
  alias = "routes"
}

resource "imp_sip_federation_domain" "remote" {
  provider    = imp.domains
  count       = var.pairs
  domain_name = "remote${count.index}.com"
}

resource "imp_static_route" "only" {
  provider = imp.routes
  count    = var.pairs
  domain   = "remote${count.index}.com"
  next_hop = "10.20.0.15"
}
