//! The server side of HashiCorp's go-plugin protocol.
