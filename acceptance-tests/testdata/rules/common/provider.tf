terraform {
  required_providers {
    imp = {
      source = "imp-federation/imp"
    }
  }
}

# The settings of each practice cluster, by its name.
variable "publishers" {
  type = any
}

provider "imp" {
  publishers = var.publishers
}
