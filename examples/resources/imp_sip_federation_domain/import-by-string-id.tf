import {
  to = imp_sip_federation_domain.remote["emea"]
  id = "emea/remote.com"
}
