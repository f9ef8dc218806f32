variable "port" {
  type    = number
  default = 0
}

resource "imp_static_route" "srv" {
  publisher           = "emea"
  destination_pattern = ".com.remote"
  next_hop            = "10.20.0.15"
  next_hop_port       = var.port
}

resource "imp_static_route" "balanced" {
  publisher           = "emea"
  destination_pattern = ".com.remote"
  next_hop            = "Pool.corp.example"
}
