use super::meaning::{Kind, Meaning};
use super::survey::Column;

fn column(type_number: i64, length: i64) -> Column {
    Column {
        name: "x".to_owned(),
        type_number,
        length,
        default: None,
    }
}

#[test]
fn informix_types_are_told_apart_whether_null_is_allowed_or_not() {
    for (type_number, length, kind) in [
        (13, 255, Kind::Text),
        (13 + 256, 255, Kind::Text),
        (43, 512, Kind::Text),
        (0, 36, Kind::Text),
        (0, 1, Kind::Switch),
        (2, 4, Kind::Number),
        (1 + 256, 2, Kind::Number),
        (41 + 256, 1, Kind::Switch),
        (7, 4, Kind::Other),
    ] {
        assert_eq!(column(type_number, length).kind(), kind, "{type_number}");
    }
}

#[test]
fn type_tables_are_told_by_what_is_in_them() {
    let of = |names: &[&str]| {
        let values = names.iter().zip(1..);
        let values = values.map(|(name, number)| (number, (*name).to_owned()));
        super::enumerations::TypeTable(values.collect())
    };
    let federation = of(&["Inter-domain to AOL", "Inter-domain to Lync/S4B"]);
    assert_eq!(federation.meaning(), Some(Meaning::IntegrationType));
    assert_eq!(
        federation.number(Meaning::IntegrationType, "ocs_lync"),
        Some(2)
    );
    assert_eq!(federation.number(Meaning::IntegrationType, "xmpp"), None);
    assert_eq!(
        of(&["tls", "tcp", "udp"]).meaning(),
        Some(Meaning::Protocol)
    );
    assert_eq!(of(&["User", "Domain"]).meaning(), Some(Meaning::RouteType));
    assert_eq!(of(&["TCP", "UDP"]).meaning(), None);
}
