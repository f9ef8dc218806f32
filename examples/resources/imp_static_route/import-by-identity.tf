import {
  to = imp_static_route.primary
  identity = {
    publisher           = "emea"
    destination_pattern = ".com.remote"
    next_hop            = "10.20.0.15"
    next_hop_port       = 5061  # the usual port of the protocol where it is left out
    protocol            = "TLS" # TLS where it is left out
  }
}
