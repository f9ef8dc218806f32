//! How long the greatest answer takes to be read: 8 MB of static routes.
//! `cargo bench -p imp-publisher --bench answers` prints it.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    dead_code,
    reason = "a benchmark of private modules"
)]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use imp_publisher::{AxlVersion, Fault};

#[path = "../src/axl"]
mod axl {
    mod answer;
    mod xml;

    /// Reads every row and keeps none; how many there are.
    pub(crate) fn rows(body: &[u8]) -> u32 {
        let mut rows = 0;
        answer::rows(body, |_| rows += 1).unwrap();
        rows
    }
}

const SIZE: usize = 8 * 1024 * 1024;

fn main() {
    let mut body = String::from(
        "<?xml version='1.0' encoding='UTF-8'?><soapenv:Envelope \
         xmlns:soapenv='http://schemas.xmlsoap.org/soap/envelope/'><soapenv:Body><ns:executeSQLQueryResponse \
         xmlns:ns='http://www.cisco.com/AXL/API/12.5'><return>",
    );
    let mut number = 0_u32;
    while body.len() < SIZE {
        number += 1;
        let _ = write!(
            body,
            "<row><pkid>5d0b0f3c-4a52-4b6f-8a30-{number:012x}</pkid><destinationpattern>.com.remote{number}\
             </destinationpattern><description>Partner {number} &amp; company</description><nexthop>10.20.0.15\
             </nexthop><nexthopport>5061</nexthopport><tksiproutetype>2</tksiproutetype><tksipprotocol>3\
             </tksipprotocol><priority>1</priority><weight>1</weight><allowlessspecific>t</allowlessspecific>\
             <inservice>t</inservice><blockroute>f</blockroute></row>"
        );
    }
    body.push_str("</return></ns:executeSQLQueryResponse></soapenv:Body></soapenv:Envelope>");
    let mut best = Duration::MAX;
    for _ in 0..10 {
        let began = Instant::now();
        let rows = axl::rows(body.as_bytes());
        best = best.min(began.elapsed());
        assert_eq!(rows, number);
    }
    println!("{} bytes, {number} rows: {best:?} at best", body.len());
}
