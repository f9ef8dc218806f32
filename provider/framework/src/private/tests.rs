use super::{Private, PrivateError};

#[test]
fn entries_survive_the_state() {
    let mut private = Private::default();
    private.set("row", &("key", 7)).unwrap();
    private.imported = true;
    let read = Private::from_bytes(&private.to_bytes()).unwrap();
    assert_eq!(read, private);
    assert_eq!(
        read.get::<(String, u8)>("row").unwrap(),
        Some(("key".to_owned(), 7))
    );
    assert_eq!(read.get::<String>("other").unwrap(), None);
}

#[test]
fn nothing_is_no_bytes() {
    assert!(Private::default().to_bytes().is_empty());
    assert_eq!(Private::from_bytes(b"").unwrap(), Private::default());
}

#[test]
fn foreign_and_future_data_are_refused_with_a_remedy() {
    assert!(matches!(
        Private::from_bytes(b"\x00\x01"),
        Err(PrivateError::Unreadable(_))
    ));
    let error = Private::from_bytes(br#"{"version":2,"secret":[]}"#).unwrap_err();
    assert!(error.to_string().contains("later one"), "{error}");
}

#[test]
fn an_entry_of_another_type_is_an_error_not_a_panic() {
    let mut private = Private::default();
    private.set("row", "text").unwrap();
    assert!(private.get::<u8>("row").is_err());
}
