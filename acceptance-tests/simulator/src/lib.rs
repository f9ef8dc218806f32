//! A practice Cisco IM and Presence publisher.
