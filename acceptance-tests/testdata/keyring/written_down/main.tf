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

resource "terraform_data" "front" {
  input = "front"
}
