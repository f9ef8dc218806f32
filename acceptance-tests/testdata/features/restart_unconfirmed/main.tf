action "imp_restart_xcp_router" "emea" {
  config {
    publisher = "emea"
    confirm   = "apac"
  }
}
