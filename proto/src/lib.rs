//! The Terraform plugin protocol, version 6, as generated wire types.
