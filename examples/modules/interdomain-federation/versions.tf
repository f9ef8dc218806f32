terraform {
  required_version = ">= 1.3"

  required_providers {
    imp = {
      source = "imp-federation/imp"
    }
  }
}
