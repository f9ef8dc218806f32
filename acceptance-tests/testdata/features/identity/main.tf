variable "next_hop" {
  type    = string
  default = "10.20.0.15"
}

import {
  to = imp_sip_federation_domain.remote

  identity = {
    publisher   = "emea"
    domain_name = "remote.com"
  }
}

# Port and protocol are the usual ones.
import {
  to = imp_static_route.primary

  identity = {
    publisher           = "emea"
    destination_pattern = ".com.remote"
    next_hop            = var.next_hop
  }
}

import {
  to = imp_static_route.backup

  identity = {
    publisher           = "emea"
    destination_pattern = ".com.remote"
    next_hop            = "10.20.0.16"
    next_hop_port       = 5061
    protocol            = "TLS"
  }
}

resource "imp_sip_federation_domain" "remote" {
  publisher   = "emea"
  domain_name = "remote.com"
}

resource "imp_static_route" "primary" {
  publisher = "emea"
  domain    = imp_sip_federation_domain.remote.domain_name
  next_hop  = "10.20.0.15"
}

resource "imp_static_route" "backup" {
  publisher = "emea"
  domain    = imp_sip_federation_domain.remote.domain_name
  next_hop  = "10.20.0.16"
  priority  = 2
}
