terraform {
  required_providers {
    imp = {
      source = "imp-federation/imp"
    }
  }
}

variable "hops" {
  type = list(string)
}

resource "imp_static_route" "this" {
  count               = length(var.hops)
  destination_pattern = ".com.remote"
  next_hop            = var.hops[count.index]
}
