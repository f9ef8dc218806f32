list "imp_static_route" "remote" {
  provider = imp

  config {
    publisher = "emea"
    domain    = "remote.com"
  }
}
