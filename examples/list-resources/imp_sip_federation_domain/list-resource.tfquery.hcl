list "imp_sip_federation_domain" "all" {
  provider = imp

  config {
    publisher = "emea"
  }
}
