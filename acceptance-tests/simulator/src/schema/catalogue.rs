//! The tables of one node's database, made from a schema definition.

use serde::{Deserialize, Serialize};

use super::{
    Column, FederatedDomainTable, SchemaDefinition, SettingPlace, StaticRouteTable, Table,
    TypeTable,
};

/// Every table of a database, the catalogue's own among them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue {
    /// The tables; those of the catalogue first, the others by name.
    pub tables: Vec<Table>,
}

/// A change to the tables, as an upgrade of the product makes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CatalogueChange {
    /// A table gets another name.
    RenameTable {
        /// Its name so far.
        table: String,
        /// Its name from now on.
        to: String,
    },
    /// A column gets another name.
    RenameColumn {
        /// The table.
        table: String,
        /// The column's name so far.
        column: String,
        /// The column's name from now on.
        to: String,
    },
    /// A table gets a further column. One that is NOT NULL without a default breaks every INSERT that does not name
    /// it.
    AddColumn {
        /// The table.
        table: String,
        /// The column.
        column: Column,
    },
    /// A string column gets another length, which changes the catalogue's fingerprint and nothing else.
    ChangeLength {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// The new length in bytes.
        length: u32,
    },
    /// An enumeration value gets another name.
    RenameEnumValue {
        /// The type table.
        table: String,
        /// The value's number.
        number: i64,
        /// The value's new name.
        to: String,
    },
    /// The product reports another release.
    ChangeRelease {
        /// The new answer of `getCUPVersion`.
        to: String,
    },
}

impl Catalogue {
    /// The tables of an IM and Presence node.
    pub fn of_im_and_presence(definition: &SchemaDefinition) -> Self {
        let mut tables = vec![
            domain_table(&definition.federated_domain),
            route_table(&definition.static_route),
            type_table(&definition.federated_domain.integration_types),
            type_table(&definition.static_route.route_types),
            type_table(&definition.static_route.protocols),
            Table::new(
                &definition.incoming_acl.table,
                vec![
                    Column::pkid("pkid"),
                    Column::varchar(&definition.incoming_acl.domain_column, 255).required(),
                    Column::varchar("description", 255),
                ],
            )
            .unique_over(&["pkid"]),
            Table::new(
                &definition.backend_gateway.table,
                vec![
                    Column::pkid("pkid"),
                    Column::varchar(&definition.backend_gateway.domain_column, 255).required(),
                    Column::varchar("gatewaytype", 64)
                        .required()
                        .default_to("Federated"),
                    Column::varchar("description", 255),
                ],
            )
            .unique_over(&["pkid"]),
            processnode(),
        ];
        for (place, kind) in definition.settings.places() {
            add_setting(&mut tables, place, kind);
        }
        tables.extend(definition.other_tables.iter().cloned());
        for (name, columns) in &definition.extra_columns {
            if let Some(table) = tables.iter_mut().find(|table| &table.name == name) {
                table.columns.extend(columns.iter().cloned());
            }
        }
        Self::with_system_tables(tables)
    }

    /// The tables of a call manager node: none of federation's among them.
    pub fn of_call_manager(definition: &SchemaDefinition) -> Self {
        let mut tables = definition.other_tables.clone();
        tables.push(processnode());
        Self::with_system_tables(tables)
    }

    /// The table of that name.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }

    pub(crate) fn table_mut(&mut self, name: &str) -> Option<&mut Table> {
        self.tables.iter_mut().find(|table| table.name == name)
    }

    /// Every table with its number in `systables`: below 100 for the catalogue's own.
    pub fn numbered(&self) -> impl Iterator<Item = (i64, &Table)> {
        let mut system = 0;
        let mut user = 99;
        self.tables.iter().map(move |table| {
            let number = if table.system { &mut system } else { &mut user };
            *number += 1;
            (*number, table)
        })
    }

    fn with_system_tables(mut tables: Vec<Table>) -> Self {
        tables.sort_by(|one, other| one.name.cmp(&other.name));
        let mut all = system_tables();
        all.extend(tables);
        Self { tables: all }
    }
}

/// What a settings column holds, and so how it is declared.
#[derive(Debug, Clone, Copy)]
pub(crate) enum SettingKind {
    Text,
    Flag,
    List,
}

impl super::SettingsPlaces {
    pub(crate) fn places(&self) -> [(&SettingPlace, SettingKind); 4] {
        [
            (&self.proxy_domain, SettingKind::Text),
            (&self.email_address_for_federation, SettingKind::Flag),
            (&self.partitioned_federation, SettingKind::Flag),
            (&self.tls_peer_subjects, SettingKind::List),
        ]
    }
}

fn add_setting(tables: &mut Vec<Table>, place: &SettingPlace, kind: SettingKind) {
    let index = tables
        .iter()
        .position(|table| table.name == place.table)
        .unwrap_or_else(|| {
            tables
                .push(Table::new(&place.table, vec![Column::pkid("pkid")]).unique_over(&["pkid"]));
            tables.len() - 1
        });
    let table = &mut tables[index];
    for key in place.condition.keys() {
        if table.column(key).is_none() {
            table.columns.push(Column::varchar(key, 128).required());
        }
    }
    if table.column(&place.column).is_none() {
        // Several settings may share one column of names and values, and that holds text.
        let column = match kind {
            SettingKind::Flag if place.condition.is_empty() => {
                Column::boolean(&place.column, false)
            }
            SettingKind::List => Column::varchar(&place.column, 255).required(),
            SettingKind::Flag | SettingKind::Text => Column::varchar(&place.column, 255),
        };
        table.columns.push(column);
    }
}

fn domain_table(names: &FederatedDomainTable) -> Table {
    let mut columns = vec![
        Column::pkid(&names.pkid),
        Column::varchar(&names.domain_name, 128).required(),
        Column::varchar(&names.description, 255),
        Column::integer(&names.integration_type).required(),
        Column::boolean(&names.direct_federation, false),
    ];
    if let Some(learned) = &names.learned {
        let column = if learned.value == "t" {
            Column::boolean(&learned.column, false)
        } else {
            Column::varchar(&learned.column, 32)
                .required()
                .default_to(&learned.otherwise)
        };
        columns.push(column);
    }
    Table::new(&names.table, columns)
        .unique_over(&[&names.pkid])
        .unique_over(&[&names.domain_name])
        .referring(
            &names.integration_type,
            &names.integration_types.table,
            "enum",
        )
}

fn route_table(names: &StaticRouteTable) -> Table {
    Table::new(
        &names.table,
        vec![
            Column::pkid(&names.pkid),
            Column::varchar(&names.destination_pattern, 255).required(),
            Column::varchar(&names.description, 255),
            Column::varchar(&names.next_hop, 255).required(),
            Column::integer(&names.next_hop_port)
                .required()
                .default_to("5060"),
            Column::integer(&names.route_type).required(),
            Column::integer(&names.protocol).required(),
            Column::integer(&names.priority).required().default_to("1"),
            Column::integer(&names.weight).required().default_to("1"),
            Column::boolean(&names.allow_less_specific_route, true),
            Column::boolean(&names.in_service, true),
            Column::boolean(&names.block_route, false),
        ],
    )
    .unique_over(&[&names.pkid])
    .unique_over(&[
        &names.destination_pattern,
        &names.next_hop,
        &names.next_hop_port,
        &names.protocol,
    ])
    .referring(&names.route_type, &names.route_types.table, "enum")
    .referring(&names.protocol, &names.protocols.table, "enum")
}

fn type_table(enumeration: &TypeTable) -> Table {
    Table::new(
        &enumeration.table,
        vec![
            Column::integer("enum").required(),
            Column::varchar("name", 100).required(),
            Column::varchar("moniker", 100),
        ],
    )
    .unique_over(&["enum"])
}

/// The nodes of the cluster: `tknodeusage` 0 is a publisher, `tkprocessnoderole` 2 is IM and Presence.
fn processnode() -> Table {
    Table::new(
        "processnode",
        vec![
            Column::pkid("pkid"),
            Column::varchar("name", 255).required(),
            Column::varchar("description", 255),
            Column::integer("nodeid").required().default_to("0"),
            Column::integer("tknodeusage").required().default_to("1"),
            Column::integer("tkprocessnoderole")
                .required()
                .default_to("1"),
        ],
    )
    .unique_over(&["pkid"])
    .unique_over(&["name"])
}

fn system_tables() -> Vec<Table> {
    let system = |mut table: Table| {
        table.system = true;
        table
    };
    vec![
        system(Table::new(
            "systables",
            vec![
                Column::varchar("tabname", 128),
                Column::varchar("owner", 32),
                Column::integer("tabid").required(),
                Column::integer("ncols"),
                Column::integer("nrows"),
                Column::varchar("tabtype", 1),
            ],
        )),
        system(Table::new(
            "syscolumns",
            vec![
                Column::varchar("colname", 128),
                Column::integer("tabid").required(),
                Column::smallint("colno").required(),
                Column::smallint("coltype"),
                Column::smallint("collength"),
            ],
        )),
        system(Table::new(
            "sysdefaults",
            vec![
                Column::integer("tabid").required(),
                Column::smallint("colno").required(),
                Column::varchar("type", 1),
                Column::varchar("default", 255),
                Column::varchar("class", 1),
            ],
        )),
    ]
}
