//! A framework for writing Terraform and OpenTofu providers in Rust.
