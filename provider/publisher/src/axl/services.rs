//! What the Control Center answers, decoded.

use super::answer::{enter, finish};
use super::xml::{Problem, Steps};

/// What the Control Center says of a request, and of the services that it was about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ServiceReport {
    /// 0 where the request was carried out.
    pub(crate) return_code: i64,
    /// Why not, in its own words; often empty.
    pub(crate) reason: String,
    pub(crate) services: Vec<ServiceEntry>,
}

/// One service, as the Control Center words it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ServiceEntry {
    pub(crate) name: String,
    pub(crate) status: String,
    pub(crate) reason: String,
    pub(crate) start_time: String,
    /// Seconds since the start; `None` where it is not running, or the node does not tell.
    pub(crate) up_time: Option<u64>,
}

pub(super) fn report(body: &[u8]) -> Result<ServiceReport, Problem> {
    let mut steps = enter(body, |name| name.ends_with("Return"))?;
    let mut report = ServiceReport::default();
    let mut code = None;
    while let Some(element) = steps.child()? {
        match element.name() {
            "ReturnCode" => code = Some(number(&steps.text()?)?),
            "ReasonString" => report.reason = trimmed(&mut steps)?,
            "ServiceInfoList" => {
                while let Some(element) = steps.child()? {
                    if element.name() == "item" {
                        report.services.push(entry(&mut steps)?);
                    } else {
                        steps.skip()?;
                    }
                }
            }
            _ => steps.skip()?,
        }
    }
    finish(&mut steps)?;
    report.return_code = code.ok_or(Problem::Missing("ReturnCode"))?;
    Ok(report)
}

fn entry(steps: &mut Steps<'_>) -> Result<ServiceEntry, Problem> {
    let mut entry = ServiceEntry::default();
    while let Some(element) = steps.child()? {
        match element.name() {
            "ServiceName" => entry.name = trimmed(steps)?,
            "ServiceStatus" => entry.status = trimmed(steps)?,
            "ReasonCodeString" => entry.reason = trimmed(steps)?,
            "StartTime" => entry.start_time = trimmed(steps)?,
            // -1 where the service is not running.
            "UpTime" => entry.up_time = trimmed(steps)?.parse().ok(),
            _ => steps.skip()?,
        }
    }
    Ok(entry)
}

fn trimmed(steps: &mut Steps<'_>) -> Result<String, Problem> {
    Ok(steps.text()?.trim().to_owned())
}

fn number(text: &str) -> Result<i64, Problem> {
    let text = text.trim();
    text.parse().map_err(|_| Problem::Unreadable {
        what: "ReturnCode",
        text: text.chars().take(40).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(content: &str) -> Vec<u8> {
        format!(
            "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Body>\
             <ns1:soapGetServiceStatusResponse xmlns:ns1=\"http://schemas.cisco.com/ast/soap\">\
             <ns1:soapGetServiceStatusReturn>{content}</ns1:soapGetServiceStatusReturn>\
             </ns1:soapGetServiceStatusResponse></soapenv:Body></soapenv:Envelope>"
        )
        .into_bytes()
    }

    #[test]
    fn the_services_are_read_whether_prefixed_or_not() {
        let body = answer(
            "<ns1:ReturnCode>0</ns1:ReturnCode><ReasonCode>-1</ReasonCode><ReasonString/><ns1:ServiceInfoList>\
             <ns1:item><ns1:ServiceName>Cisco XCP Router</ns1:ServiceName><ServiceStatus> Started </ServiceStatus>\
             <ReasonCode>-1</ReasonCode><ReasonCodeString> </ReasonCodeString>\
             <StartTime>Thu Sep 15 13:52:46 2011</StartTime><UpTime>510026</UpTime></ns1:item><item/>\
             </ns1:ServiceInfoList>",
        );
        let read = report(&body).unwrap();
        assert_eq!((read.return_code, read.services.len()), (0, 2));
        let router = &read.services[0];
        assert_eq!(
            (router.status.as_str(), router.reason.as_str()),
            ("Started", "")
        );
        assert_eq!(router.start_time, "Thu Sep 15 13:52:46 2011");
        assert_eq!(router.up_time, Some(510_026));
        assert_eq!(read.services[1].up_time, None);
    }

    #[test]
    fn an_answer_without_a_code_or_with_a_strange_one_is_none() {
        for content in ["", "<ReturnCode/>", "<ReturnCode>yes</ReturnCode>"] {
            assert!(report(&answer(content)).is_err(), "{content}");
        }
        let mut cut = answer("<ReturnCode>0</ReturnCode>");
        cut.truncate(cut.len() - 10);
        assert!(report(&cut).is_err());
    }
}
