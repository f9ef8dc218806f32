variable "node_addresses" {
  type = map(string)
}

resource "imp_sip_federation_domain" "remote" {
  publisher   = "emea"
  domain_name = "remote.com"
}

data "imp_publisher" "emea" {
  publisher      = imp_sip_federation_domain.remote.publisher
  node_addresses = var.node_addresses
}

output "nodes" {
  value = { for node in data.imp_publisher.emea.nodes : node.name => {
    reachable       = node.reachable
    rows_equal      = node.rows_equal
    started         = node.router_started != null
    restart_pending = node.restart_pending
  } }
}
