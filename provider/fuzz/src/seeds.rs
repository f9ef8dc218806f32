//! Inputs to begin from: what Terraform 1.11 was seen to send, and one of everything else.

use crate::types::{RESOURCE_INDEX, TYPES};

/// The inputs that a target begins from.
pub fn of(target: &str) -> Option<Vec<Vec<u8>>> {
    match target {
        "msgpack" => Some(msgpack()),
        "json" => Some(json()),
        "type-json" => Some(type_json()),
        "import-id" => Some(import_id()),
        _ => None,
    }
}

/// Types in their JSON form.
fn type_json() -> Vec<Vec<u8>> {
    let odd = [
        "[\"object\",{\"a\":\"string\",\"b\":\"number\"},[\"b\"]]",
        "[\"object\",{\"a\":\"number\",\"b\":[\"tuple\",[\"string\"]]}]",
        " [ \"map\" , [ \"list\" , \"dynamic\" ] ] ",
        "[\"object\",{\"\\u00e9\":\"bool\"}]",
        "[\"object\",{\"e\\u0301\":\"bool\"}]",
    ];
    let texts = TYPES.iter().chain(&odd);
    let mut inputs: Vec<Vec<u8>> = texts.map(|text| text.as_bytes().to_vec()).collect();
    inputs.push(format!("{}\"string\"{}", "[\"list\",".repeat(100), "]".repeat(100)).into_bytes());
    inputs
}

/// Values in MessagePack, each after the byte that chooses its type.
fn msgpack() -> Vec<Vec<u8>> {
    const DYNAMIC: u8 = 0;
    const STRING: u8 = 1;
    const NUMBER: u8 = 2;
    let vectors: [(u8, &[u8]); 26] = [
        (STRING, b"\xd4\x00\x00"),
        (STRING, b"\xc0"),
        (NUMBER, b"\xa30.1"),
        (NUMBER, b"\xcb\x3f\xe0\x00\x00\x00\x00\x00\x00"),
        (NUMBER, b"\x03"),
        (NUMBER, b"\xb39223372036854775808"),
        (NUMBER, b"\xcf\xff\xff\xff\xff\xff\xff\xff\xff"),
        (NUMBER, b"\xd3\x80\x00\x00\x00\x00\x00\x00\x00"),
        (NUMBER, b"\xca\x3e\x80\x00\x00"),
        // "pre-${unknown}" and length(unknown).
        (STRING, b"\xc7\x09\x0c\x82\x01\xc2\x02\xa4pre-"),
        (NUMBER, b"\xc7\x07\x0c\x82\x01\xc2\x03\x92\x00\xc3"),
        // split(",", unknown): not null.
        (4, b"\xc7\x03\x0c\x81\x01\xc2"),
        (4, b"\xc7\x07\x0c\x83\x01\xc2\x05\x01\x06\x09"),
        (DYNAMIC, b"\x92\xc4\x08\"string\"\xa1x"),
        (
            DYNAMIC,
            b"\x92\xc4\x19[\"object\",{\"a\":\"number\"}]\x81\xa1a\x01",
        ),
        (DYNAMIC, b"\x92\xc4\x08\"string\"\xd4\x00\x00"),
        (DYNAMIC, b"\x92\xa8\"string\"\xa1x"),
        (DYNAMIC, b"\xc0"),
        (4, b"\x93\xa1a\xa0\xa3e\xcc\x81"),
        (5, b"\x92\x01\xd4\x00\x00"),
        (6, b"\x82\xa1k\xc3\xa1l\xc2"),
        (7, b"\x91\x92\xc4\x08\"string\"\xa1x"),
        (9, b"\x92\xa1a\xa30.1"),
        (10, b"\x82\xa1a\xa1x\xa1b\x05"),
        (
            11,
            b"\x92\x82\xa1a\xa1x\xa1b\x91\xa1y\x82\xa1a\xc0\xa1b\xc0",
        ),
        (12, b"\x92\x91\x92\x01\x02\x90"),
    ];
    let mut inputs: Vec<Vec<u8>> = vectors
        .iter()
        .map(|(index, bytes)| [&[*index], *bytes].concat())
        .collect();
    // The proposal of a creation.
    inputs.push(
        [
            &[RESOURCE_INDEX][..],
            b"\x87\xa3blk\x91\x82\xa1x\xa11\xa1y\xc0\xa1c\xc0\xa2id\xc0\xa1n\xa30.1",
            b"\xa4nest\x91\x82\xa1a\xa1q\xa1b\xc0\xa4tags\x92\xa1a\xa1b\xa8timeouts\xc0",
        ]
        .concat(),
    );
    inputs.push([b"\x04\xdc\x01\x00".to_vec(), b"\xa1a".repeat(256)].concat());
    inputs
}

/// Values in JSON, each after the byte that chooses its type.
fn json() -> Vec<Vec<u8>> {
    let vectors: [(u8, &str); 17] = [
        (
            0,
            "{\"value\":{\"a\":1,\"b\":[\"x\"]},\"type\":[\"object\",{\"a\":\"number\",\"b\":[\"tuple\",[\"string\"]]}]}",
        ),
        (0, "{\"type\":\"string\",\"value\":\"x\"}"),
        (
            0,
            "{\"value\":{\"e\\u0301\":1},\"type\":[\"object\",{\"e\\u0301\":\"number\"}]}",
        ),
        (1, "\"e\\u0301 \\ud83e\\udd80 \\\"\\\\\\n\""),
        (1, "null"),
        (2, "0.1234567890123456789012345"),
        (2, "-1.5e-30"),
        (2, "12345678901234567890123"),
        (3, "true"),
        (4, "[\"a\",\"\",null]"),
        (5, "[1,2.5,1e3]"),
        (6, "{\"k\":true,\"l\":null}"),
        (9, "[\"a\",1]"),
        (10, "{\"a\":\"x\",\"b\":5}"),
        (10, "{\"a\":5,\"gone\":[{}]}"),
        (
            11,
            "[{\"a\":\"x\",\"b\":[\"y\",\"z\"]},{\"a\":null,\"b\":null}]",
        ),
        (
            RESOURCE_INDEX,
            "{\"blk\":[{\"x\":\"1\",\"y\":null}],\"c\":null,\"id\":\"7\",\"n\":0.1,\"nest\":[{\"a\":\"q\",\"b\":null}],\
             \"tags\":[\"a\",\"b\"],\"timeouts\":null}",
        ),
    ];
    vectors
        .iter()
        .map(|(index, text)| [&[*index], text.as_bytes()].concat())
        .collect()
}

/// Ids as people write them.
fn import_id() -> Vec<Vec<u8>> {
    [
        "emea/remote.com",
        "remote.com",
        "emea/.com.remote/10.20.0.15:5061/TLS",
        ".com.remote.*/sip.remote.com:5060/tcp",
        "apac/.com.remote/[2001:db8::1]:5061/TLS",
        "apac/.com.remote/[::ffff:10.0.0.1]:0/UDP",
        "emea/5d0b0f3c-4a52-4b6f-8a30-2f7f0b1c9e11",
        "5D0B0F3C-4A52-4B6F-8A30-2F7F0B1C9E11",
        "emea/.*/10.0.0.1:5061/TLS",
        "emea/",
        "/",
        "",
    ]
    .map(|id| id.as_bytes().to_vec())
    .to_vec()
}
