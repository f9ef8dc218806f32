//! Requests as SOAP 1.1 writes them. AXL has the operation in its namespace and the parameters in none; the Control
//! Center has everything in its own.

use quick_xml::escape::escape;

use crate::AxlVersion;

/// The namespace of the Control Center (*Cisco Unified Serviceability*, "Control Center Services API").
const CONTROL_CENTER: &str = "http://schemas.cisco.com/ast/soap";

/// The service of a node that an operation belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Service {
    Axl,
    ControlCenter,
}

/// One operation with its parameters.
#[derive(Debug)]
pub(super) struct Operation {
    service: Service,
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
        // A reader of XML takes a bare carriage return for a line feed.
        let sql = escape(sql).replace('\r', "&#13;");
        Self::axl(name, format!("<sql>{sql}</sql>"))
    }

    pub(super) fn cup_version() -> Self {
        Self::axl("getCUPVersion", String::new())
    }

    pub(super) fn cluster_nodes() -> Self {
        Self::axl(
            "getClusterNodesAndCriticalServices",
            "<nodeName></nodeName><locale>en_US</locale>".to_owned(),
        )
    }

    fn axl(name: &'static str, parameters: String) -> Self {
        Self {
            service: Service::Axl,
            name,
            parameters,
        }
    }

    /// The state of every service.
    pub(super) fn service_status() -> Self {
        Self {
            service: Service::ControlCenter,
            name: "soapGetServiceStatus",
            parameters: "<soap:ServiceStatus></soap:ServiceStatus>".to_owned(),
        }
    }

    /// The restart of a service on a node. The operation works only on the node that is asked.
    pub(super) fn restart(node: &str, service: &str) -> Self {
        let (node, service) = (escape(node), escape(service));
        Self {
            service: Service::ControlCenter,
            name: "soapDoControlServices",
            parameters: format!(
                "<soap:ControlServiceRequest><soap:NodeName>{node}</soap:NodeName>\
                 <soap:ControlType>Restart</soap:ControlType><soap:ServiceList><soap:item>{service}</soap:item>\
                 </soap:ServiceList></soap:ControlServiceRequest>"
            ),
        }
    }

    pub(super) fn service(&self) -> Service {
        self.service
    }

    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// Where the operation's service answers.
    pub(super) fn path(&self) -> &'static str {
        match self.service {
            Service::Axl => "/axl/",
            Service::ControlCenter => "/controlcenterservice2/services/ControlCenterServices",
        }
    }

    /// The header `SOAPAction`, which names AXL's version.
    pub(super) fn soap_action(&self, version: AxlVersion) -> String {
        match self.service {
            Service::Axl => format!("CUCM:DB ver={version} {}", self.name),
            Service::ControlCenter => self.name.to_owned(),
        }
    }

    pub(super) fn envelope(&self, version: AxlVersion) -> String {
        let Self {
            service,
            name,
            parameters,
        } = self;
        let (prefix, namespace) = match service {
            Service::Axl => ("axl", format!("http://www.cisco.com/AXL/API/{version}")),
            Service::ControlCenter => ("soap", CONTROL_CENTER.to_owned()),
        };
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
             <soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" \
             xmlns:{prefix}=\"{namespace}\"><soapenv:Header/><soapenv:Body>\
             <{prefix}:{name}>{parameters}</{prefix}:{name}></soapenv:Body></soapenv:Envelope>"
        )
    }
}
