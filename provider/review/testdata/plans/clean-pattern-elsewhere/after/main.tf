terraform {
  required_providers {
    imp = { source = "imp-federation/imp" }
  }
}

provider "imp" {}

resource "imp_static_route" "primary" {
  publisher           = "emea"
  destination_pattern = ".net.elsewhere"
  next_hop            = "10.20.0.15"
  priority            = 2
  description         = "a"
}
