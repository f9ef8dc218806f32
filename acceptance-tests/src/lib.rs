//! Drives real Terraform and OpenTofu binaries against simulated publishers.
