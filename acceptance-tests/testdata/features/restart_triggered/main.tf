variable "node_addresses" {
  type = map(string)
}

resource "imp_sip_federation_domain" "remote" {
  publisher   = "emea"
  domain_name = "remote.com"

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.imp_restart_xcp_router.emea]
    }
  }
}

action "imp_restart_xcp_router" "emea" {
  config {
    publisher      = "emea"
    confirm        = "emea"
    node_addresses = var.node_addresses
  }
}
