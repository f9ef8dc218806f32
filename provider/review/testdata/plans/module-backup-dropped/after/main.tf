terraform {
  required_providers {
    imp = { source = "imp-federation/imp" }
  }
}

provider "imp" {}

module "remote" {
  source   = "./federation"
  for_each = toset(["remote.com", "other.com"])

  domain_name = each.key
  clusters = {
    emea = ["10.20.0.15", "10.20.0.16"]
    apac = ["10.30.0.15"]
  }
}
