//! The one rustls crypto provider of this tree: ring, extended by ECDSA P-521 verification.
