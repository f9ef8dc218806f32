terraform {
  required_providers {
    imp = {
      source = "imp-federation/imp"
    }
  }
}

provider "imp" {
}

data "imp_anything" "this" {
}
