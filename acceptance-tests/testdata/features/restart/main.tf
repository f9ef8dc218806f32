variable "publisher" {
  type    = string
  default = "emea"
}

variable "confirm" {
  type    = string
  default = "emea"
}

variable "nodes" {
  type    = set(string)
  default = null
}

variable "node_addresses" {
  type = map(string)
}

action "imp_restart_xcp_router" "emea" {
  config {
    publisher      = var.publisher
    confirm        = var.confirm
    nodes          = var.nodes
    node_addresses = var.node_addresses
    node_timeout   = var.node_timeout
  }
}

variable "node_timeout" {
  type    = string
  default = "100s"
}
