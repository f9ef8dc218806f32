# What the module makes of its inputs. No publisher is asked: Terraform 1.7 and later, OpenTofu 1.8 and later.

mock_provider "imp" {}

variables {
  domain_name = "remote.com"
  description = "Remote partner, directly"
  clusters = {
    emea = { next_hops = ["10.20.8.1", "10.20.8.2"] }
    apac = {}
  }
}

run "routes_only_where_there_are_next_hops" {
  command = apply

  assert {
    condition     = keys(output.domains) == ["apac", "emea"]
    error_message = "The domain is on each cluster."
  }

  assert {
    condition     = alltrue([for domain in values(output.domains) : domain.domain_name == "remote.com" && !domain.direct_federation])
    error_message = "The domain is not reached through Microsoft servers."
  }

  assert {
    condition     = output.static_routes.emea[*].next_hop == ["10.20.8.1", "10.20.8.2"] && output.static_routes.emea[*].priority == [1, 2]
    error_message = "The routes come in the order in which they are tried."
  }

  assert {
    condition     = length(output.static_routes.apac) == 0
    error_message = "Without next hops there are no routes."
  }
}

run "what_the_domain_overrides_wins" {
  command = apply

  variables {
    overrides = {
      emea = { next_hops = [] }
      apac = { description = "Edge in Singapore", next_hops = ["_sip._tls.remote.com"], next_hop_port = 0 }
    }
  }

  assert {
    condition     = output.domains.emea.description == "Remote partner, directly" && output.domains.apac.description == "Edge in Singapore"
    error_message = "Only the overridden description differs."
  }

  assert {
    condition     = length(output.static_routes.emea) == 0
    error_message = "An empty list takes the routes away."
  }

  assert {
    condition     = output.static_routes.apac[*].next_hop == ["_sip._tls.remote.com"] && output.static_routes.apac[*].next_hop_port == [0]
    error_message = "apac has a route to a DNS SRV record."
  }
}

run "a_cluster_can_be_left_out" {
  command = apply

  variables {
    overrides = { apac = { enabled = false } }
  }

  assert {
    condition     = keys(output.domains) == ["emea"] && keys(output.static_routes) == ["emea"]
    error_message = "apac has neither the domain nor routes."
  }
}

run "a_server_can_be_taken_out_of_service" {
  command = apply

  variables {
    clusters = { emea = { next_hops = ["10.20.8.1", "10.20.8.2"], out_of_service = ["10.20.8.1"] } }
  }

  assert {
    condition     = output.static_routes.emea[*].in_service == [false, true]
    error_message = "Only the route through that server is out of service."
  }
}

run "a_pattern_is_no_domain" {
  command = plan

  variables {
    domain_name = ".com.remote"
  }

  expect_failures = [var.domain_name]
}

run "no_cluster" {
  command = plan

  variables {
    clusters = {}
  }

  expect_failures = [var.clusters]
}

run "the_same_server_twice" {
  command = plan

  variables {
    clusters = { emea = { next_hops = ["edge1.example.com", "Edge1.example.com"] } }
  }

  expect_failures = [var.clusters]
}

run "an_unknown_protocol" {
  command = plan

  variables {
    clusters = { emea = { next_hops = ["10.20.0.15"], protocol = "SIPS" } }
  }

  expect_failures = [var.clusters]
}

run "no_port" {
  command = plan

  variables {
    clusters = { emea = { next_hops = ["10.20.0.15"], next_hop_port = 65536 } }
  }

  expect_failures = [var.clusters]
}

run "an_override_with_the_same_server_twice" {
  command = plan

  variables {
    overrides = { emea = { next_hops = ["edge1.example.com", "Edge1.example.com"] } }
  }

  expect_failures = [var.overrides]
}

run "an_override_with_an_unknown_protocol" {
  command = plan

  variables {
    overrides = { emea = { protocol = "SIPS" } }
  }

  expect_failures = [var.overrides]
}

run "an_override_with_no_port" {
  command = plan

  variables {
    overrides = { emea = { next_hop_port = -1 } }
  }

  expect_failures = [var.overrides]
}

run "an_override_of_no_cluster" {
  command = plan

  variables {
    overrides = { amer = { enabled = false } }
  }

  expect_failures = [output.domains]
}

run "nothing_in_service" {
  command = plan

  variables {
    clusters = { emea = { next_hops = ["10.20.0.15"], out_of_service = ["10.20.0.15"] } }
  }

  expect_failures = [output.static_routes]
}
