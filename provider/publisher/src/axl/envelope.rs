//! Requests as SOAP 1.1 writes them: the operation in AXL's namespace, its parameters in none.

use quick_xml::escape::escape;

use crate::AxlVersion;

/// One operation with its parameters.
#[derive(Debug)]
pub(super) struct Operation {
    name: &'static str,
    parameters: String,
}

impl Operation {
    pub(super) fn sql_query(sql: &str) -> Self {
        Self::sql("executeSQLQuery", sql)
    }

    pub(super) fn sql_update(sql: &str) -> Self {
        Self::sql("executeSQLUpdate", sql)
    }

    fn sql(name: &'static str, sql: &str) -> Self {
        Self {
            name,
            // A reader of XML takes a bare carriage return for a line feed.
            parameters: format!("<sql>{}</sql>", escape(sql).replace('\r', "&#13;")),
        }
    }

    pub(super) fn cup_version() -> Self {
        Self {
            name: "getCUPVersion",
            parameters: String::new(),
        }
    }

    pub(super) fn cluster_nodes() -> Self {
        Self {
            name: "getClusterNodesAndCriticalServices",
            parameters: "<nodeName></nodeName><locale>en_US</locale>".to_owned(),
        }
    }

    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// The header `SOAPAction`, which names the version.
    pub(super) fn soap_action(&self, version: AxlVersion) -> String {
        format!("CUCM:DB ver={version} {}", self.name)
    }

    pub(super) fn envelope(&self, version: AxlVersion) -> String {
        let Self { name, parameters } = self;
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
             <soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" \
             xmlns:axl=\"http://www.cisco.com/AXL/API/{version}\"><soapenv:Header/><soapenv:Body>\
             <axl:{name}>{parameters}</axl:{name}></soapenv:Body></soapenv:Envelope>"
        )
    }
}
