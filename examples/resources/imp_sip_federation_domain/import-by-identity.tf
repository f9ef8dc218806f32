import {
  to = imp_sip_federation_domain.remote["emea"]
  identity = {
    publisher   = "emea"
    domain_name = "remote.com"
  }
}
