terraform {
  required_providers {
    imp = {
      source = "imp-federation/imp"
    }
  }
}

variable "publishers" {
  type = any
}

# Neither state nor a saved plan holds it.
variable "password" {
  type      = string
  sensitive = true
  ephemeral = true
}

provider "imp" {
  publishers = var.publishers
  password   = var.password
}
