//! What differs from run to run, and what stands for it in the plans that are kept: addresses of practice publishers,
//! primary keys, and the time. Nothing else is touched, and nothing left out.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

/// When every plan that is kept was made.
const TIME: &str = "2026-01-01T00:00:00Z";

/// What a publisher is called in configurations and in the plans that are kept.
pub(super) fn public_address(cluster: &str) -> String {
    format!("imp-pub.{cluster}.example.com")
}

/// The plan as it is kept: on one line.
pub(super) fn settled(plan: &Value, addresses: &[(String, String)]) -> String {
    let mut plan = plan.clone();
    if let Some(time) = plan.get_mut("timestamp") {
        *time = TIME.into();
    }
    let mut text = plan.to_string();
    for (address, public) in addresses {
        text = text.replace(address.as_str(), public);
    }
    let mut settled = numbered(&text);
    settled.push('\n');
    settled
}

/// With a number in the place of each UUID, in the order in which they appear.
fn numbered(text: &str) -> String {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut settled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(quote) = rest.find('"') {
        let (before, from) = rest.split_at(quote + 1);
        settled.push_str(before);
        rest = from;
        if let Some(uuid) = rest.get(..36).filter(|text| is_uuid(text)) {
            let next = known.len() + 1;
            let number = *known.entry(uuid.to_owned()).or_insert(next);
            // Writing into a String cannot fail.
            let _ = write!(settled, "00000000-0000-4000-8000-{number:012}");
            rest = &rest[36..];
        }
    }
    settled.push_str(rest);
    settled
}

fn is_uuid(text: &str) -> bool {
    let is_right = |(index, byte): (usize, u8)| match index {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.bytes().enumerate().all(is_right)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_differs_from_run_to_run_is_replaced() {
        let plan = json!({
            "timestamp": "2026-11-23T08:00:00Z",
            "a": ["6f0c9a3e-5b1d-4c8e-9f2a-1b3c5d7e9f01", "127.0.0.1:8443"],
            "b": "6f0c9a3e-5b1d-4c8e-9f2a-1b3c5d7e9f01",
            "c": "00000000-0000-4000-8000",
        });
        let addresses = [("127.0.0.1:8443".to_owned(), public_address("emea"))];
        let settled = settled(&plan, &addresses);
        let settled: Value = serde_json::from_str(&settled).unwrap();
        let expected = json!({
            "timestamp": TIME,
            "a": ["00000000-0000-4000-8000-000000000001", "imp-pub.emea.example.com"],
            "b": "00000000-0000-4000-8000-000000000001",
            "c": "00000000-0000-4000-8000",
        });
        assert_eq!(settled, expected);
    }
}
