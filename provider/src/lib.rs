//! Terraform provider for federation on Cisco IM and Presence publishers.
