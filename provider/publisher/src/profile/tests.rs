use super::*;

fn profile() -> Profile {
    ProfileSource::BuiltIn.into_profile()
}

fn catalogue(profile: &Profile) -> Catalogue {
    let mut catalogue = Catalogue::default();
    for (table, columns) in profile.named_columns() {
        for column in columns {
            let description = Column {
                column_type: 13,
                length: 255,
            };
            catalogue.add(table.as_str(), column, description);
        }
    }
    catalogue
}

#[test]
fn the_built_in_profile_is_well_formed_and_unverified() {
    assert!(!profile().is_verified());
}

#[test]
fn a_catalogue_that_lacks_something_is_told_by_name() {
    let profile = profile();
    assert!(catalogue(&profile).missing(&profile).is_empty());
    let problems = Catalogue::default().missing(&profile);
    assert!(problems.contains(&"there is no table pefederateddomain".to_owned()));
    let mut partial = Catalogue::default();
    let column = Column {
        column_type: 13,
        length: 255,
    };
    partial.add("pefederateddomain", "pkid", column);
    let problems = partial.missing(&profile);
    assert!(problems.contains(&"the table pefederateddomain has no column domainname".to_owned()));
}

#[test]
fn a_column_that_needs_a_value_and_gets_none_is_told() {
    let profile = profile();
    let mut catalogue = catalogue(&profile);
    let required = Column {
        column_type: 258,
        length: 4,
    };
    catalogue.add("sipproxystaticroute", "mystery", required);
    let without = std::collections::BTreeSet::new();
    let problems = catalogue.unfilled(&profile, &without);
    assert!(problems[0].contains("sipproxystaticroute.mystery"));
    let with = [("sipproxystaticroute".to_owned(), "mystery".to_owned())].into();
    assert!(catalogue.unfilled(&profile, &with).is_empty());
}

#[test]
fn the_fingerprint_is_that_of_the_sorted_lines() {
    let mut catalogue = Catalogue::default();
    catalogue.add(
        "b",
        "y",
        Column {
            column_type: 2,
            length: 4,
        },
    );
    catalogue.add(
        "a",
        "x",
        Column {
            column_type: 13,
            length: 128,
        },
    );
    // printf 'a.x:13:128\nb.y:2:4\n' | sha256sum
    assert_eq!(
        catalogue.fingerprint(),
        "sha256:14ec2ddae3a7a051be4653755c01de4951ca712c45e760686e1d964b116c35eb"
    );
}

#[test]
fn what_is_no_profile_is_refused_with_the_place() {
    let error = |text: &str| Profile::from_json(text).unwrap_err().to_string();
    assert!(error("{}").contains("missing field"));
    let text = include_str!("built_in.json");
    assert!(error(&text.replace("\"format\": 1", "\"format\": 2")).contains("format 2"));
    assert!(
        error(&text.replace("pefederateddomain", "x; DROP TABLE y")).contains("name of a table")
    );
    assert!(error(&text.replace("\"aol\"", "\"aim\"")).contains("\"aol\""));
    assert!(error(&text.replace("\"name\"", "\"nmae\"")).contains("nmae"));
}
