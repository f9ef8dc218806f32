//! Terraform's types and values, and their MessagePack and JSON encodings.
