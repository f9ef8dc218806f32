//! A Terraform core for tests: it drives a provider and enforces what Terraform enforces.
