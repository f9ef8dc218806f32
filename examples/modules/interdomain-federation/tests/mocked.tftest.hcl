# What the module makes of its inputs. No publisher is asked: Terraform 1.7 and later, OpenTofu 1.8 and later.

mock_provider "imp" {}

variables {
  domain_name = "remote.com"
  description = "Remote partner, through Lync"
  clusters = {
    emea = { next_hops = ["10.20.0.15", "10.20.0.16"] }
    apac = { next_hops = ["10.30.0.15", "10.30.0.16", "10.30.0.17"], protocol = "TCP", next_hop_port = 5070 }
  }
}

run "a_primary_and_backups_on_each_cluster" {
  command = apply

  assert {
    condition     = keys(output.domains) == ["apac", "emea"]
    error_message = "The domain is on each cluster."
  }

  assert {
    condition     = alltrue([for domain in values(output.domains) : domain.domain_name == "remote.com" && domain.direct_federation])
    error_message = "The domain is reached through the Microsoft servers."
  }

  assert {
    condition     = output.static_routes.emea[*].next_hop == ["10.20.0.15", "10.20.0.16"]
    error_message = "The routes come in the order in which they are tried."
  }

  assert {
    condition     = output.static_routes.apac[*].priority == [1, 2, 3]
    error_message = "The first is the primary route, the others are backups."
  }

  assert {
    condition     = alltrue([for route in output.static_routes.emea : route.protocol == "TLS" && route.in_service])
    error_message = "TLS is the default, and every route is in service."
  }

  assert {
    condition     = alltrue([for route in output.static_routes.apac : route.protocol == "TCP" && route.next_hop_port == 5070])
    error_message = "What a cluster has of its own is its own."
  }
}

run "what_the_domain_overrides_wins" {
  command = apply

  variables {
    overrides = {
      emea = { description = "Edge in Frankfurt", next_hops = ["10.20.9.1"] }
      apac = { protocol = "TLS", next_hop_port = 5063 }
    }
  }

  assert {
    condition     = output.domains.emea.description == "Edge in Frankfurt" && output.domains.apac.description == "Remote partner, through Lync"
    error_message = "Only the overridden description differs."
  }

  assert {
    condition     = output.static_routes.emea[*].next_hop == ["10.20.9.1"] && length(output.static_routes.apac) == 3
    error_message = "Only the overridden next hops differ."
  }

  assert {
    condition     = alltrue([for route in output.static_routes.apac : route.protocol == "TLS" && route.next_hop_port == 5063])
    error_message = "The overridden port counts."
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
    clusters = { emea = { next_hops = ["10.20.0.15", "10.20.0.16"], out_of_service = ["10.20.0.15"] } }
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

run "no_next_hop" {
  command = plan

  variables {
    clusters = { emea = { next_hops = [] } }
  }

  expect_failures = [var.clusters]
}

run "the_same_server_twice" {
  command = plan

  variables {
    clusters = { emea = { next_hops = ["fe1.example.com", "FE1.example.com"] } }
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

run "an_override_without_next_hops" {
  command = plan

  variables {
    overrides = { emea = { next_hops = [] } }
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
