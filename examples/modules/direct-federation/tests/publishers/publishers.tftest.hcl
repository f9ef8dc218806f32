# On publishers, real ones in a lab or practice ones: Terraform and OpenTofu 1.6 and later. The clusters emea and apac
# come from the variables of the provider (IMP_PUBLISHERS, IMP_USERNAME, IMP_PASSWORD, IMP_SCHEMA_PROFILE and so on).
# What is created is destroyed at the end.

variables {
  domain_name = "remote.com"
  clusters = {
    emea = { next_hops = ["10.20.8.1", "10.20.8.2"] }
    apac = {}
  }
}

run "it_is_written" {
  command = apply

  assert {
    condition     = { for name, domain in output.domains : name => domain.direct_federation } == { apac = false, emea = false }
    error_message = "The domain is on both clusters, and not reached through Microsoft servers."
  }

  assert {
    condition     = output.static_routes.emea[*].id == ["emea/.com.remote/10.20.8.1:5061/TLS", "emea/.com.remote/10.20.8.2:5061/TLS"]
    error_message = "The routes are there, with the port of TLS."
  }
}

run "routes_can_go_while_the_domain_stays" {
  command = apply

  variables {
    clusters = { emea = {}, apac = {} }
  }

  assert {
    condition     = output.domains == run.it_is_written.domains
    error_message = "The domains are the same rows as before."
  }

  assert {
    condition     = length(flatten(values(output.static_routes))) == 0
    error_message = "No route is left."
  }
}
