//! ECDSA P-521 signature verification for rustls, over RustCrypto's `p521`.
//!
//! Only public data passes through here: keys, messages and signatures that anybody on the wire can see.

use p521::ecdsa::signature::hazmat::PrehashVerifier;
use p521::ecdsa::{DerSignature, VerifyingKey};
use rustls::pki_types::{
    AlgorithmIdentifier, InvalidSignature, SignatureVerificationAlgorithm, alg_id,
};
use sha2::{Digest, Sha256, Sha384, Sha512};

/// ECDSA with a P-521 key and SHA-512: what Go signs with, and the only P-521 scheme of TLS 1.3.
pub static ECDSA_P521_SHA512: &dyn SignatureVerificationAlgorithm =
    &EcdsaP521 { hash: Hash::Sha512 };

/// ECDSA with a P-521 key and SHA-384, for certificate chains and TLS 1.2.
pub static ECDSA_P521_SHA384: &dyn SignatureVerificationAlgorithm =
    &EcdsaP521 { hash: Hash::Sha384 };

/// ECDSA with a P-521 key and SHA-256, for certificate chains and TLS 1.2.
pub static ECDSA_P521_SHA256: &dyn SignatureVerificationAlgorithm =
    &EcdsaP521 { hash: Hash::Sha256 };

#[derive(Debug)]
struct EcdsaP521 {
    hash: Hash,
}

#[derive(Debug, Clone, Copy)]
enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl SignatureVerificationAlgorithm for EcdsaP521 {
    fn verify_signature(
        &self,
        public_key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        let key = VerifyingKey::from_sec1_bytes(public_key).map_err(|_| InvalidSignature)?;
        let signature = DerSignature::from_bytes(signature).map_err(|_| InvalidSignature)?;
        key.verify_prehash(&self.hash.digest(message), &signature)
            .map_err(|_| InvalidSignature)
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::ECDSA_P521
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        match self.hash {
            Hash::Sha256 => alg_id::ECDSA_SHA256,
            Hash::Sha384 => alg_id::ECDSA_SHA384,
            Hash::Sha512 => alg_id::ECDSA_SHA512,
        }
    }
}

impl Hash {
    /// The digest as a number of 64 bytes. ECDSA reads it as a number, so leading zeros change nothing; `ecdsa` refuses
    /// a digest shorter than half the curve's field (SHA-256 on P-521).
    fn digest(self, message: &[u8]) -> [u8; 64] {
        let mut number = [0; 64];
        match self {
            Self::Sha256 => number[32..].copy_from_slice(&Sha256::digest(message)),
            Self::Sha384 => number[16..].copy_from_slice(&Sha384::digest(message)),
            Self::Sha512 => number.copy_from_slice(&Sha512::digest(message)),
        }
        number
    }
}

#[cfg(test)]
mod tests;
