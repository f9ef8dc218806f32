use proptest::prelude::*;

use super::*;

fn identifier(text: &str) -> Identifier {
    text.to_owned().try_into().unwrap()
}

#[test]
fn each_write_names_one_row_by_its_primary_key() {
    let (table, key, name) = (identifier("t"), identifier("pkid"), identifier("name"));
    let pkid: Pkid = "5d0b0f3c-4a52-4b6f-8a30-2f7f0b1c9e11".parse().unwrap();
    let assignments = [(&name, Literal::Text("it's".to_owned()))];
    assert_eq!(
        Write::insert(&table, &assignments).as_str(),
        "INSERT INTO t (name) VALUES ('it''s')"
    );
    assert_eq!(
        Write::update(&table, &key, &pkid, &assignments, &[(&name, Literal::Null)]).as_str(),
        "UPDATE t SET name = 'it''s' WHERE pkid = '5d0b0f3c-4a52-4b6f-8a30-2f7f0b1c9e11' AND (name IS NULL OR \
         name = '')"
    );
    assert_eq!(
        Write::delete(&table, &key, &pkid).as_str(),
        "DELETE FROM t WHERE pkid = '5d0b0f3c-4a52-4b6f-8a30-2f7f0b1c9e11'"
    );
}

proptest! {
    #[test]
    fn no_text_escapes_its_quotes(text in any::<String>()) {
        let sql = quoted(&text);
        let inside = &sql[1..sql.len() - 1];
        prop_assert_eq!(inside.replace("''", ""), text.replace('\'', ""));
        prop_assert_eq!(inside.matches('\'').count(), 2 * text.matches('\'').count());
    }

    #[test]
    fn only_plain_names_are_identifiers(text in any::<String>()) {
        if let Ok(name) = Identifier::try_from(text) {
            prop_assert!(name.as_str().bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'));
        }
    }
}
