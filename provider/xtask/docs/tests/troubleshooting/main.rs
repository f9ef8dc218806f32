//! The guide to troubleshooting explains every message of the provider, and none that the provider does not have.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod page;
mod sources;
mod tokens;

use std::path::Path;

use page::{Page, begins, plain};
use sources::{Message, messages};

/// Messages of the framework that this provider has no use for, each with what it lacks.
const UNUSED: [(&str, &str); 9] = [
    ("Deprecated", "deprecated types"),
    ("Deprecated block", "deprecated blocks"),
    ("Deprecated attribute", "deprecated attributes"),
    (
        "Write-only attribute not supported",
        "write-only attributes",
    ),
    (
        "Conflicting attributes",
        "attributes that exclude each other",
    ),
    ("Import is not supported", "resources without an import"),
    ("No identity", "resources without an identity"),
    ("Unable to move the object", "moves from other types"),
    ("Read-only block", "computed blocks"),
];

/// Parts of the framework that this provider has no use for.
const UNUSED_PARTS: [&str; 3] = [
    "provider/framework/src/state_store.rs",
    "provider/framework/src/state_store/",
    "provider/framework/src/service/state_stores.rs",
];

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../.."))
}

fn is_unused(message: &Message) -> bool {
    let from_framework = message.file.starts_with("provider/framework");
    let unused_part = UNUSED_PARTS
        .iter()
        .any(|part| message.file.starts_with(part));
    unused_part || from_framework && UNUSED.iter().any(|(words, _)| *words == message.words)
}

#[test]
fn every_message_is_explained() {
    let page = Page::read(root());
    let messages = messages(root());
    // So many that nothing has been overlooked.
    assert!(messages.len() > 120, "{}", messages.len());
    let explained = |message: &Message| {
        let heading = message
            .words
            .split_whitespace()
            .take(3)
            .collect::<Vec<_>>()
            .join(" ");
        let is_heading = heading.starts_with("Unable to ") && page.words.contains(&heading);
        is_heading
            || message.is_our_mistake
            || page.words.contains(&plain(&message.words))
            || page
                .messages
                .iter()
                .any(|on_page| begins(&message.words, on_page))
    };
    let missing: Vec<String> = messages
        .iter()
        .filter(|message| !is_unused(message) && !explained(message))
        .map(|message| format!("{}: {}", message.file.display(), plain(&message.words)))
        .collect();
    assert!(
        missing.is_empty(),
        "docs/guides/troubleshooting.md does not explain:\n{}",
        missing.join("\n")
    );
}

#[test]
fn every_explained_message_exists() {
    let messages = messages(root());
    let exists = |on_page: &&String| {
        // Those with a code have pages of their own, made from the rules themselves.
        let coded = on_page.contains("[IMP");
        coded
            || messages
                .iter()
                .any(|message| begins(&message.words, on_page))
    };
    let page = Page::read(root());
    let gone: Vec<&String> = page
        .messages
        .iter()
        .filter(|on_page| !exists(on_page))
        .collect();
    assert!(gone.is_empty(), "no message of the provider: {gone:#?}");
    for (unused, lacks) in UNUSED {
        assert!(
            messages.iter().any(|message| message.words == unused),
            "{unused} ({lacks}) is no message any more"
        );
    }
    for part in UNUSED_PARTS {
        assert!(
            messages
                .iter()
                .any(|message| message.file.starts_with(part)),
            "{part} has no messages any more"
        );
    }
}

#[test]
fn open_parts_and_shortened_messages_are_recognised() {
    let message = "The {host} is too busy (HTTP 503). It was asked for {} seconds.";
    let message = &message.replace("{host}", "…").replace("{}", "…");
    for on_page in [
        "The publisher at … is too busy (HTTP 503)",
        "The publisher at … is too busy",
        "The publisher at … is too busy (HTTP 503). It was asked for … seconds.",
    ] {
        assert!(begins(message, on_page), "{on_page}");
    }
    for other in [
        "The publisher at … is too lazy",
        "Too busy",
        "The publisher at",
    ] {
        assert!(!begins(message, other), "{other}");
    }
    assert!(begins("Missing …", "Missing address"));
    assert!(!begins("Missing address", "Missing publisher"));
}
