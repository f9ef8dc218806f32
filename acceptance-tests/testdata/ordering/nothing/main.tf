terraform {
  required_providers {
    imp = {
      source = "imp-federation/imp"
    }
  }
}

