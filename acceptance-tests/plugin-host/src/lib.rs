//! The host side of HashiCorp's go-plugin protocol, for tests and benchmarks.
