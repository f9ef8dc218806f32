//! Terraform provider for federation on Cisco IM and Presence publishers.
#![allow(dead_code)]
mod coordination;
