//! A client for Cisco IM and Presence database publishers: SIP federated domains and static routes.
//!
//! [`domain`] has the types that a publisher's administration pages work with, each parsed once. The
//! rest of the crate reads and writes them over AXL. The crate knows nothing of whoever uses it.

pub mod domain;
