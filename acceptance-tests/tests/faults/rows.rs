//! The rows of one kind on a cluster, as the matrix looks at them.

use imp_publisher_simulator::{Cluster, DomainRow, RouteRow, Subject};

pub(crate) const OLD: &str = "as it was";
pub(crate) const NEW: &str = "as it shall be";

/// Which resource.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    Domain,
    Route,
}

/// A row: its primary key, its natural key, and the fields that are changed.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Row {
    pub(crate) pkid: String,
    pub(crate) key: String,
    pub(crate) description: String,
    /// 0 for a domain, which has none.
    pub(crate) priority: i64,
    /// Whether open federation learned it, so that it is nobody's.
    pub(crate) is_learned: bool,
}

impl Kind {
    pub(crate) const ALL: [Self; 2] = [Self::Domain, Self::Route];

    pub(crate) fn subject(self) -> Subject {
        match self {
            Self::Domain => Subject::Domain,
            Self::Route => Subject::Route,
        }
    }

    /// The address of the object in a configuration.
    pub(crate) fn address(self) -> &'static str {
        match self {
            Self::Domain => "imp_sip_federation_domain.cell",
            Self::Route => "imp_static_route.cell",
        }
    }

    /// The natural key of the object, which is its import id too.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Domain => "cell.com",
            Self::Route => ".com.cell/10.20.0.15:5061/TLS",
        }
    }

    /// Adds the object's row, or a bystander's, through the administration page.
    pub(crate) fn add(self, cluster: &Cluster, label: &str) {
        let description = Some(OLD.to_owned());
        match self {
            Self::Domain => cluster.add_domain(&DomainRow {
                description,
                ..DomainRow::named(&format!("{label}.com"))
            }),
            Self::Route => cluster.add_route(&RouteRow {
                description,
                ..RouteRow::to(&format!(".com.{label}"), "10.20.0.15")
            }),
        }
        .unwrap();
    }

    /// Every row.
    pub(crate) fn rows(self, cluster: &Cluster) -> Vec<Row> {
        let mut rows: Vec<Row> = match self {
            Self::Domain => {
                let row = |row: DomainRow| Row {
                    pkid: row.pkid,
                    key: row.domain_name,
                    description: row.description.unwrap_or_default(),
                    priority: 0,
                    is_learned: row.learned,
                };
                cluster.domains().unwrap().into_iter().map(row).collect()
            }
            Self::Route => {
                let row = |row: RouteRow| Row {
                    key: row.key(),
                    pkid: row.pkid,
                    description: row.description.unwrap_or_default(),
                    priority: row.priority,
                    is_learned: false,
                };
                cluster.routes().unwrap().into_iter().map(row).collect()
            }
        };
        rows.sort();
        rows
    }

    /// Removes every row.
    pub(crate) fn clean(self, cluster: &Cluster) {
        for row in self.rows(cluster) {
            match self {
                Self::Domain => cluster.delete_domain(&row.key),
                Self::Route => cluster.delete_route(&row.pkid),
            }
            .unwrap();
        }
    }
}
