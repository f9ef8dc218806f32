terraform {
  required_providers {
    keyring = {
      source = "example/keyring"
    }
  }
  state_store "keyring_archive" {
    provider "keyring" {
      folder = "doors"
    }
    directory = "archive"
  }
}

variable "size" {
  type    = number
  default = 1
}

resource "terraform_data" "this" {
  input = sensitive(join("", [for number in range(var.size) : format("%010000d", number)]))
}
