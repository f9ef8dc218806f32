//! Tables that have nothing to do with SIP federation.
//!
//! A publisher has several hundred tables. A client that looks for the two it needs must find them among neighbours
//! that share words with them: a pattern, a domain, a priority, a port.

use super::{Column, Table};

pub(super) fn tables() -> Vec<Table> {
    let mut tables = near_misses();
    tables.extend(unrelated());
    tables
}

/// Tables that have some of the columns of a domain or a route.
fn near_misses() -> Vec<Table> {
    vec![
        Table::new(
            "routepattern",
            vec![
                Column::pkid("pkid"),
                Column::varchar("pattern", 50).required(),
                Column::varchar("description", 100),
                Column::boolean("blockenable", false),
                Column::smallint("tkpatternprecedence")
                    .required()
                    .default_to("5"),
            ],
        ),
        Table::new(
            "routepartition",
            vec![
                Column::pkid("pkid"),
                Column::varchar("name", 50).required(),
                Column::varchar("description", 255),
                Column::boolean("usesrcdevicetimezone", false),
            ],
        ),
        Table::new(
            "siptrunkdestination",
            vec![
                Column::pkid("pkid"),
                Column::varchar("address", 255).required(),
                Column::integer("port").required().default_to("5060"),
                Column::integer("sortorder").required().default_to("1"),
            ],
        ),
        Table::new(
            "sipproxymethodeventroute",
            vec![
                Column::pkid("pkid"),
                Column::varchar("methodeventname", 128).required(),
                Column::varchar("destination", 255),
                Column::integer("destinationport").default_to("5060"),
                Column::varchar("description", 255),
            ],
        ),
        Table::new(
            "sipproxyoutgoingacl",
            vec![
                Column::pkid("pkid"),
                Column::varchar("address", 255).required(),
                Column::varchar("description", 255),
            ],
        ),
        Table::new(
            "sipproxynumberexpansion",
            vec![
                Column::pkid("pkid"),
                Column::varchar("pattern", 128).required(),
                Column::varchar("replacement", 128),
                Column::varchar("description", 255),
            ],
        ),
        Table::new(
            "pepresencedomain",
            vec![
                Column::pkid("pkid"),
                Column::varchar("presencedomainname", 255).required(),
                Column::varchar("description", 255),
                Column::boolean("isdefault", false),
            ],
        ),
        Table::new(
            "peexternalserver",
            vec![
                Column::pkid("pkid"),
                Column::varchar("servername", 255).required(),
                Column::integer("serverport").default_to("443"),
                Column::varchar("description", 255),
            ],
        ),
        Table::new(
            "xmppfederationpolicy",
            vec![
                Column::pkid("pkid"),
                Column::varchar("policydomain", 255).required(),
                Column::boolean("isallowed", true),
                Column::varchar("description", 255),
            ],
        ),
        Table::new(
            "xmppdnsroute",
            vec![
                Column::pkid("pkid"),
                Column::varchar("srvname", 255).required(),
                Column::integer("srvpriority").default_to("1"),
                Column::integer("srvweight").default_to("1"),
                Column::integer("srvport").default_to("5269"),
            ],
        ),
        Table::new(
            "ldapserver",
            vec![
                Column::pkid("pkid"),
                Column::varchar("hostname", 255).required(),
                Column::integer("portnumber").default_to("389"),
                Column::boolean("istlsenabled", false),
                Column::integer("searchpriority").default_to("1"),
            ],
        ),
    ]
}

/// Tables that a publisher has and that share nothing with either object.
fn unrelated() -> Vec<Table> {
    const NAMES: [&str; 40] = [
        "applicationuser",
        "aspprofile",
        "batfile",
        "batjob",
        "calendarserver",
        "cdrserver",
        "certificate",
        "certificateservicecertificatemap",
        "cmcinfo",
        "commonphoneconfig",
        "complianceprofile",
        "conferencealias",
        "contactlist",
        "credential",
        "credentialpolicy",
        "device",
        "dirgroup",
        "enduser",
        "enterprisesubcluster",
        "enterprisephoneconfig",
        "epasuser",
        "externaldatabase",
        "filetransferserver",
        "functionrole",
        "imgateway",
        "interclusterpeer",
        "jabberbackup",
        "ldapfilter",
        "meetingnotification",
        "mobilegateway",
        "numplan",
        "persistentchatroom",
        "plugin",
        "processservice",
        "processnodeservice",
        "snmpcommunity",
        "syslogserver",
        "textconference",
        "timeperiod",
        "userprivacy",
    ];
    NAMES
        .iter()
        .map(|name| {
            Table::new(
                name,
                vec![
                    Column::pkid("pkid"),
                    Column::varchar("name", 128).required(),
                    Column::varchar("description", 255),
                    Column::integer("versionstamp").required().default_to("0"),
                ],
            )
        })
        .collect()
}
