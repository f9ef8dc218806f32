mod calls;

use proptest::prelude::*;

use super::answer::{self, Row};
use super::envelope::Operation;
use super::*;

fn envelope(body: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='UTF-8'?><s:Envelope \
         xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>{body}</s:Body></s:Envelope>"
    )
}

fn rows(body: &[u8]) -> Result<Vec<Row>, super::xml::Problem> {
    let mut rows = Vec::new();
    answer::rows(body, |row| rows.push(row))?;
    Ok(rows)
}

fn response(content: &str) -> String {
    envelope(&format!(
        "<n:executeSQLQueryResponse xmlns:n='http://www.cisco.com/AXL/API/12.5' sequence='1'>{content}\
         </n:executeSQLQueryResponse>"
    ))
}

#[test]
fn a_request_is_written_as_axl_wants_it() {
    let operation = Operation::sql_update("UPDATE t SET a = 'x<y&z' WHERE pkid = 'p'");
    let version = "12.5".parse().unwrap();
    assert_eq!(
        operation.soap_action(version),
        "CUCM:DB ver=12.5 executeSQLUpdate"
    );
    let text = operation.envelope(version);
    assert!(text.contains("xmlns:axl=\"http://www.cisco.com/AXL/API/12.5\""));
    assert!(text.contains("<axl:executeSQLUpdate><sql>UPDATE t SET a = &apos;x&lt;y&amp;z&apos;"));
}

#[test]
fn rows_have_their_columns_and_entities_are_resolved() {
    let text = response(
        "<return><row><PKID>1</PKID><name>a&amp;b&#x20AC;</name><empty/></row>\
         <row><pkid>2</pkid><name><![CDATA[<c>]]></name><empty></empty></row></return>",
    );
    assert_eq!(
        rows(text.as_bytes()).unwrap(),
        [
            Row::of(&[("pkid", "1"), ("name", "a&b€"), ("empty", "")]),
            Row::of(&[("pkid", "2"), ("name", "<c>"), ("empty", "")]),
        ]
    );
    let empty = response("<return/>");
    assert_eq!(rows(empty.as_bytes()).unwrap(), []);
}

#[test]
fn rows_may_differ_in_their_columns() {
    let text = response(
        "<return><row><a>1</a><b>2</b></row><row><a>3</a></row><row><b>4</b><c>5</c><d>6</d></row>\
         <row><B>7</B><C>8</C><D>9</D></row></return>",
    );
    assert_eq!(
        rows(text.as_bytes()).unwrap(),
        [
            Row::of(&[("a", "1"), ("b", "2")]),
            Row::of(&[("a", "3")]),
            Row::of(&[("b", "4"), ("c", "5"), ("d", "6")]),
            Row::of(&[("b", "7"), ("c", "8"), ("d", "9")]),
        ]
    );
}

#[test]
fn a_row_of_countless_columns_is_refused() {
    let text = response(&format!(
        "<return><row>{}</row></return>",
        "<a/>".repeat(2000)
    ));
    let problem = rows(text.as_bytes()).unwrap_err().to_string();
    assert!(problem.contains("columns"), "{problem}");
}

#[test]
fn an_answer_cut_short_anywhere_is_an_error() {
    let text = response("<return><row><pkid>1</pkid></row><row><pkid>2</pkid></row></return>");
    for length in 0..text.len() {
        assert!(rows(&text.as_bytes()[..length]).is_err(), "{length}");
    }
}

/// Beside the answer and what is kept of its rows, reading needs no more for many rows than for a few.
#[test]
fn an_answer_is_not_held_a_second_time_while_it_is_read() {
    let row = "<row><pkid>5d0b0f3c-4a52-4b6f-8a30-000000000001</pkid><description>&amp; company</description></row>";
    let beside = |number| {
        let text = response(&format!("<return>{}</return>", row.repeat(number)));
        let mut kept: Vec<Box<str>> = Vec::with_capacity(number);
        let used = allocation_counter::measure(|| {
            answer::rows(text.as_bytes(), |row| {
                kept.push(row.get("pkid").unwrap().into());
            })
            .unwrap();
        });
        assert_eq!(kept.len(), number);
        i64::try_from(used.bytes_max).unwrap() - used.bytes_current
    };
    assert_eq!(beside(10), beside(10_000));
}

#[test]
fn counts_versions_and_nodes_are_read() {
    let text = response("<return><rowsUpdated>1</rowsUpdated></return>");
    assert_eq!(answer::rows_updated(text.as_bytes()).unwrap(), 1);
    let text = response("<return><version>12.5.1.17900-64</version></return>");
    assert_eq!(answer::version(text.as_bytes()).unwrap(), "12.5.1.17900-64");
    let text = response(
        "<return><clusterNodesInfo><return><name>pub</name><isPublisher>true</isPublisher>\
         <isReachable>true</isReachable><version>12.5</version><criticalServices><criticalServiceInfo>\
         <name>x</name></criticalServiceInfo></criticalServices></return></clusterNodesInfo>\
         <clusterNodesInfo><return><name>sub</name><isPublisher>false</isPublisher></return>\
         </clusterNodesInfo></return>",
    );
    let nodes = answer::cluster_nodes(text.as_bytes()).unwrap();
    assert_eq!(nodes.len(), 2);
    assert!(nodes[0].is_publisher && nodes[0].is_reachable && nodes[0].name == "pub");
    assert!(!nodes[1].is_publisher);
}

#[test]
fn faults_are_read_even_where_parts_are_missing() {
    let fault = |text: &str| answer::fault(envelope(text).as_bytes());
    let whole = fault(
        "<s:Fault><faultcode>s:Server</faultcode><faultstring>outer</faultstring><detail>\
         <axlError><axlcode>-239</axlcode><axlmessage>Could not insert new row</axlmessage>\
         <request>executeSQLUpdate</request></axlError></detail></s:Fault>",
    )
    .unwrap();
    assert_eq!(whole.code, Some(-239));
    assert_eq!(whole.message, "Could not insert new row");
    let bare = fault("<s:Fault><faultstring>outer</faultstring></s:Fault>").unwrap();
    assert_eq!((bare.code, bare.message.as_str()), (None, "outer"));
    assert_eq!(
        fault("<s:Fault/>").unwrap().message,
        "a fault without words"
    );
    assert_eq!(fault("<Other/>"), None);
}

#[test]
fn document_types_entities_and_depth_are_refused() {
    let refused = |text: &str| rows(text.as_bytes()).unwrap_err().to_string();
    assert!(refused("<!DOCTYPE x [<!ENTITY a 'b'>]><x/>").contains("document type"));
    assert!(refused(&response("<return><row><a>&bomb;</a></row></return>")).contains("entity"));
    let deep = "<a>".repeat(100_000);
    assert!(refused(&response(&format!("<return><row>{deep}"))).contains("deep"));
    assert!(refused("<html><body>Sign in</body></html>").contains("SOAP"));
}

#[test]
fn the_versions_of_a_599_are_found() {
    let page = "<html><body>Incorrect axl version. Supported axl versions are 14.0 12.5, 11.5.</body></html>";
    let versions: Vec<String> = answer::offered_versions(page)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(versions, ["11.5", "12.5", "14.0"]);
    assert!(answer::offered_versions("no such page").is_empty());
}

#[test]
fn pauses_grow_and_honour_the_publishers_wish() {
    assert!(pause(1, None) <= FIRST_PAUSE * 3 / 2);
    assert!(pause(40, None) <= LONGEST_PAUSE * 3 / 2);
    let wish = Duration::from_secs(120);
    assert_eq!(pause(1, Some(wish)), wish);
}

proptest! {
    #[test]
    fn no_bytes_panic(body in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = rows(&body);
        let _ = answer::rows_updated(&body);
        let _ = answer::cluster_nodes(&body);
        let _ = answer::fault(&body);
        let _ = answer::offered_versions(&String::from_utf8_lossy(&body));
    }

    #[test]
    fn no_soup_of_tags_panics(body in "(<|>|/|a|s:|&|;|#|\\[|CDATA|!|-|'|=| ){0,80}") {
        let _ = rows(response(&body).as_bytes());
        let _ = answer::fault(envelope(&body).as_bytes());
    }

    #[test]
    fn statements_survive_the_envelope(sql in "[ -~\t\n\r\u{a0}-\u{d7ff}]{0,200}") {
        let text = Operation::sql_query(&sql).envelope("12.5".parse().unwrap());
        let mut steps = super::xml::Steps::new(text.as_bytes());
        steps.enter_body().unwrap();
        steps.child().unwrap().unwrap();
        prop_assert_eq!(steps.text().unwrap(), sql);
    }
}
