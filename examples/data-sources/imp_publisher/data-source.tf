data "imp_publisher" "emea" {
  publisher = "emea"

  lifecycle {
    postcondition {
      condition     = self.writable
      error_message = "No schema profile is verified for ${self.release}."
    }
  }
}

output "unreachable_nodes" {
  value = [for node in data.imp_publisher.emea.nodes : node.name if !node.reachable]
}
