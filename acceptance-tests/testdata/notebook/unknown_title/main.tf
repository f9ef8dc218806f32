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

resource "terraform_data" "title" {
  input = "later"
}

resource "notebook_note" "this" {
  title = terraform_data.title.output
}
