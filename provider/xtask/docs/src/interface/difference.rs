//! Which changes of the interface break a configuration that was written for it as it was.

use std::collections::BTreeSet;

use super::Interface;

/// The changes that break something and that the newest part of the changelog does not name.
pub(super) fn unannounced(released: &Interface, now: &Interface, changelog: &str) -> Vec<String> {
    let announced = announcements(changelog);
    breaking(released, now)
        .into_iter()
        .filter(|(path, _)| !announced.contains(&format!("`{path}`")))
        .map(|(path, why)| format!("{path}: {why}"))
        .collect()
}

/// The breaking changes of the newest version.
fn announcements(changelog: &str) -> String {
    let newest = changelog.split("\n## ").next().unwrap_or_default();
    let part = newest.split_once("BREAKING CHANGES:");
    part.map(|(_, text)| text.split("\n\n\n").next().unwrap_or_default())
        .unwrap_or_default()
        .to_owned()
}

fn breaking(released: &Interface, now: &Interface) -> Vec<(String, String)> {
    let mut changes = Vec::new();
    for (path, old) in &released.0 {
        match now.0.get(path) {
            None => changes.push((path.clone(), "was removed".to_owned())),
            Some(new) if new != old && is_narrower(old, new) => {
                changes.push((path.clone(), format!("was `{old}` and is `{new}`")));
            }
            Some(_) => {}
        }
    }
    for (path, new) in &now.0 {
        let is_new = !released.0.contains_key(path);
        // What is required in something new breaks nothing that exists.
        let parent_is_old = path
            .rsplit_once('.')
            .is_some_and(|(parent, _)| released.0.contains_key(parent));
        if is_new && parent_is_old && words(new).1.contains("required") {
            changes.push((path.clone(), "is new and required".to_owned()));
        }
    }
    changes
}

/// Whether something may no longer be written, or no longer be relied on.
fn is_narrower(old: &str, new: &str) -> bool {
    if let Some((old, new)) = old
        .strip_prefix("version ")
        .zip(new.strip_prefix("version "))
    {
        // States are upgraded, but never downgraded.
        return new.parse::<u64>().ok() < old.parse::<u64>().ok();
    }
    let ((old_type, old), (new_type, new)) = (words(old), words(new));
    let gained = |word| !old.contains(word) && new.contains(word);
    let lost = |word| old.contains(word) && !new.contains(word);
    old_type != new_type
        || gained("required")
        || gained("sensitive")
        || gained("write-only")
        || lost("write-only")
        || lost("computed") && !new.contains("required") && !new.contains("optional")
        || lost("optional") && !new.contains("required")
        || lost("required") && !new.contains("optional")
}

/// The type, and what else is said of it.
fn words(text: &str) -> (&str, BTreeSet<&str>) {
    // A signature has commas of its own.
    if text.starts_with('(') {
        return (text, BTreeSet::new());
    }
    let mut parts = text.split(", ");
    (parts.next().unwrap_or_default(), parts.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(released: &str, now: &str) -> Vec<String> {
        unannounced(&Interface::parse(released), &Interface::parse(now), "")
    }

    #[test]
    fn what_configurations_rely_on_must_stay() {
        for (released, now) in [
            ("resource.a.b: string, optional", ""),
            (
                "resource.a.b: string, optional",
                "resource.a.b: number, optional",
            ),
            (
                "resource.a.b: string, optional",
                "resource.a.b: string, required",
            ),
            (
                "resource.a.b: string, optional",
                "resource.a.b: string, computed",
            ),
            (
                "resource.a.b: string, computed",
                "resource.a.b: string, computed, sensitive",
            ),
            (
                "function.f: (string) string",
                "function.f: (string, string) string",
            ),
            ("resource.a: version 2", "resource.a: version 1"),
            (
                "resource.a: version 0",
                "resource.a: version 0\nresource.a.b: string, required",
            ),
        ] {
            assert_eq!(broken(released, now).len(), 1, "{released} -> {now}");
        }
    }

    #[test]
    fn what_is_added_or_widened_breaks_nothing() {
        for (released, now) in [
            (
                "resource.a.b: string, required",
                "resource.a.b: string, optional",
            ),
            (
                "resource.a.b: string, optional",
                "resource.a.b: string, optional, computed",
            ),
            (
                "resource.a: version 0",
                "resource.a: version 1\nresource.a.b: string, optional",
            ),
            ("", "resource.a: version 0\nresource.a.b: string, required"),
        ] {
            assert_eq!(broken(released, now), [""; 0], "{released} -> {now}");
        }
    }

    #[test]
    fn a_change_is_announced_in_the_newest_part_of_the_changelog_alone() {
        let unannounced = |changelog: &str| {
            unannounced(
                &Interface::parse("resource.a.b: string, optional"),
                &Interface::default(),
                changelog,
            )
        };
        let announced =
            "## 2.0.0 (Unreleased)\n\nBREAKING CHANGES:\n\n* `resource.a.b` is gone: use `c`\n";
        assert_eq!(unannounced(announced), [""; 0]);
        assert_eq!(
            unannounced(&format!("## 2.0.1 (Unreleased)\n\n{announced}")).len(),
            1
        );
        assert_eq!(unannounced("").len(), 1);
    }
}
