variable "predefined_route" {
  type = string
}

import {
  to = imp_static_route.predefined
  id = "emea/${var.predefined_route}"
}

resource "imp_static_route" "predefined" {
  publisher           = "emea"
  destination_pattern = ".com.remote"
  next_hop            = "10.20.0.15"
}
