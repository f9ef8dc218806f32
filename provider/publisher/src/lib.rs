//! A client for Cisco IM and Presence database publishers.
