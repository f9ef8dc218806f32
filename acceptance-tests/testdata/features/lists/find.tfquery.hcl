list "imp_sip_federation_domain" "all" {
  provider = imp
}

list "imp_static_route" "remote" {
  provider = imp

  config {
    publisher = "emea"
    domain    = "remote.com"
  }
}
