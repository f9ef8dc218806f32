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

ephemeral "keyring_pass" "guest" {
  holder = "guest"
}

resource "keyring_door" "front" {
  name = "front"
  pass = ephemeral.keyring_pass.guest.code
}
