terraform {
  required_providers {
    notebook = {
      source = "example/notebook"
    }
  }
}

variable "folder" {
  type = string
}

provider "notebook" {
  folder = var.folder
}
