# Invoked by hand, in a maintenance window: terraform apply -invoke=action.imp_restart_xcp_router.emea
action "imp_restart_xcp_router" "emea" {
  config {
    publisher = "emea"
    confirm   = "emea" # the name of the publisher once more

    # Only where a node is not reached under the name that the publisher has for it.
    node_addresses = {
      "imp-sub1.emea.example.com" = "10.0.0.6"
    }
  }
}
