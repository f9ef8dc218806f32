terraform {
  required_providers {
    imp = { source = "imp-federation/imp" }
  }
}

provider "imp" {}

resource "imp_sip_federation_domain" "remote" {
  publisher   = "emea"
  domain_name = "remote.com"
}

resource "imp_static_route" "primary" {
  publisher           = "emea"
  destination_pattern = ".com.remote"
  next_hop            = "10.20.0.15"

  lifecycle {
    create_before_destroy = true
    replace_triggered_by  = [terraform_data.generation]
  }
}

resource "terraform_data" "generation" {
  input = 1
}
