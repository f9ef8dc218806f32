terraform {
  required_providers {
    keyring = {
      source = "example/keyring"
    }
  }

  provider_meta "keyring" {
    owner = "house"
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
