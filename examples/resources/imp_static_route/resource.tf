resource "imp_sip_federation_domain" "remote" {
  publisher   = "emea"
  domain_name = "remote.com"
}

# The reference makes Terraform create the route after its domain and delete it before.
resource "imp_static_route" "primary" {
  publisher = "emea"
  domain    = imp_sip_federation_domain.remote.domain_name # the pattern is planned: .com.remote
  next_hop  = "10.20.0.15"                                 # one server, no load balancer
  protocol  = "TLS"                                        # the port is planned: 5061

  lifecycle {
    # The route goes before its domain also where the domain is replaced under the same name.
    replace_triggered_by = [imp_sip_federation_domain.remote.pkid]
  }
}

# Used only while the next hop of the primary route cannot be reached.
resource "imp_static_route" "backup" {
  publisher = "emea"
  domain    = imp_sip_federation_domain.remote.domain_name
  next_hop  = "10.20.0.16"
  protocol  = "TLS"
  priority  = 2

  lifecycle {
    replace_triggered_by = [imp_sip_federation_domain.remote.pkid]
  }
}
