# On publishers, real ones in a lab or practice ones: Terraform and OpenTofu 1.6 and later. The clusters emea and apac
# come from the variables of the provider (IMP_PUBLISHERS, IMP_USERNAME, IMP_PASSWORD, IMP_SCHEMA_PROFILE and so on).
# What is created is destroyed at the end.

variables {
  domain_name = "remote.com"
  clusters = {
    emea = { next_hops = ["10.20.0.15", "10.20.0.16"] }
    apac = { next_hops = ["10.30.0.15"] }
  }
}

run "it_is_written" {
  command = apply

  assert {
    condition     = { for name, domain in output.domains : name => domain.id } == { apac = "apac/remote.com", emea = "emea/remote.com" }
    error_message = "The domain is on both clusters."
  }

  assert {
    condition = output.static_routes.emea[*].id == [
      "emea/.com.remote/10.20.0.15:5061/TLS",
      "emea/.com.remote/10.20.0.16:5061/TLS",
    ]
    error_message = "The routes are there, with the port of TLS."
  }
}

run "another_order_changes_priorities_in_place" {
  command = apply

  variables {
    clusters = {
      emea = { next_hops = ["10.20.0.16", "10.20.0.15"] }
      apac = { next_hops = ["10.30.0.15"] }
    }
  }

  assert {
    condition     = output.static_routes.emea[*].next_hop == ["10.20.0.16", "10.20.0.15"] && output.static_routes.emea[*].priority == [1, 2]
    error_message = "The order is another one."
  }

  assert {
    condition     = output.domains == run.it_is_written.domains
    error_message = "The domains are the same rows as before."
  }
}

run "the_port_follows_the_protocol" {
  command = apply

  variables {
    overrides = { emea = { protocol = "TCP" } }
  }

  assert {
    condition     = output.static_routes.emea[*].next_hop_port == [5060, 5060] && output.static_routes.apac[*].next_hop_port == [5061]
    error_message = "TCP has the port 5060, and TLS 5061."
  }
}

run "a_cluster_leaves" {
  command = apply

  variables {
    overrides = { apac = { enabled = false } }
  }

  assert {
    condition     = keys(output.domains) == ["emea"]
    error_message = "apac has no domain any more."
  }
}
