terraform {
  required_providers {
    imp = {
      source = "imp-federation/imp"
    }
  }
}

resource "imp_static_route" "only" {
  domain   = "remote.com"
  next_hop = "10.20.0.15"
}
