terraform {
  required_providers {
    keyring = {
      source = "example/keyring"
    }
  }
}

variable "folder" {
  type = string
}

provider "keyring" {
  folder = var.folder
}

resource "keyring_rack" "hall" {
  name = "hall"
  wood = "oak"

  hooks {
    label = "front"
  }
}
