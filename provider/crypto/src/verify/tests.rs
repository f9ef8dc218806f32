use p521::ecdsa::SigningKey;
use p521::ecdsa::signature::hazmat::PrehashSigner;
use p521::elliptic_curve::Generate as _;
use proptest::prelude::*;

use super::*;

fn sign(key: &SigningKey, digest: &[u8]) -> Vec<u8> {
    let mut number = [0; 64];
    number[64 - digest.len()..].copy_from_slice(digest);
    let signature: DerSignature = key.sign_prehash(&number).unwrap();
    signature.as_bytes().to_vec()
}

#[test]
fn each_hash_verifies_its_own_signature_and_no_other() {
    let key = SigningKey::generate();
    let public = key.verifying_key().to_sec1_point(false);
    let message = b"TLS 1.3, client CertificateVerify";
    let signatures = [
        sign(&key, &Sha256::digest(message)),
        sign(&key, &Sha384::digest(message)),
        sign(&key, &Sha512::digest(message)),
    ];
    let algorithms = [ECDSA_P521_SHA256, ECDSA_P521_SHA384, ECDSA_P521_SHA512];
    for (row, algorithm) in algorithms.iter().enumerate() {
        for (column, signature) in signatures.iter().enumerate() {
            let verdict = algorithm.verify_signature(public.as_bytes(), message, signature);
            assert_eq!(
                verdict.is_ok(),
                row == column,
                "{algorithm:?}, signature {column}"
            );
        }
    }
}

/// RFC 6979, A.2.7: the message "sample", SHA-512.
#[test]
fn a_published_vector_verifies() {
    let public = bytes(concat!(
        "04",
        "01894550D0785932E00EAA23B694F213F8C3121F86DC97A04E5A7167DB4E5BCD3",
        "71123D46E45DB6B5D5370A7F20FB633155D38FFA16D2BD761DCAC474B9A2F5023A4",
        "00493101C962CD4D2FDDF782285E64584139C2F91B47F87FF82354D6630F746A2",
        "8A0DB25741B5B34A828008B22ACC23F924FAAFBD4D33F81EA66956DFEAA2BFDFCF5"
    ));
    let signature = bytes(concat!(
        "308187",
        "024200C328FAFCBD79DD77850370C46325D987CB525569FB63C5D3BC53950E6D4C5F174E25A1EE9017B5D450606ADD152B534931D7D4E8455CC91F9B15BF05EC36E377FA",
        "0241617CCE7CF5064806C467F678D3B4080D6F1CC50AF26CA209417308281B68AF282623EAA63E5B5C0723D8B8C37FF0777B1A20F8CCB1DCCC43997F1EE0E44DA4A67A"
    ));
    for (message, valid) in [("sample", true), ("simple", false)] {
        let verdict = ECDSA_P521_SHA512.verify_signature(&public, message.as_bytes(), &signature);
        assert_eq!(verdict.is_ok(), valid, "{message}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_changed_byte_is_refused(at in any::<prop::sample::Index>(), flip in 1..=255_u8) {
        let key = SigningKey::generate();
        let public = key.verifying_key().to_sec1_point(false);
        let mut signature = sign(&key, &Sha512::digest(b"message"));
        let at = at.index(signature.len());
        signature[at] ^= flip;
        prop_assert!(ECDSA_P521_SHA512.verify_signature(public.as_bytes(), b"message", &signature).is_err());
    }

    #[test]
    fn any_bytes_are_refused_without_a_panic(key in any::<Vec<u8>>(), signature in any::<Vec<u8>>()) {
        prop_assert!(ECDSA_P521_SHA512.verify_signature(&key, b"message", &signature).is_err());
    }
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
        .collect()
}
