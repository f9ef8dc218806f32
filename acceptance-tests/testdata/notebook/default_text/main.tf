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

resource "notebook_note" "this" {
  title = "groceries"
}
