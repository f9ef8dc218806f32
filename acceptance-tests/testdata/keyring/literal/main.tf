terraform {
  required_providers {
    keyring = {
      source = "example/keyring"
    }
  }
}

provider "keyring" {
  folder = "doors"
}

resource "keyring_door" "front" {
  name = "front"
  pass = "pass-of-nobody"
}
