//! One publisher: the first contact, readings, and writes that are never lost and never doubled.

mod contact;
mod lookups;
mod nodes;
mod reading;
mod settings;
mod store;
mod writability;
mod writing;

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::OnceCell;

pub(crate) use contact::check_is_publisher;
pub use contact::{Contact, Node};
pub use nodes::{NodeClient, Restart, Service, ServiceState};
pub use reading::Freshness;
pub use settings::FederationSettings;
pub use writing::Deletion;

use crate::axl::Axl;
use crate::change_log::ChangeLog;
use crate::discovery::Discovery;
use crate::domain::{DomainName, FederatedDomain, Pkid, RouteKey, StaticRoute};
use crate::profile::{Profile, ProfileSource};
use crate::record::Stored;
use crate::table::Table;
use crate::{Connection, Error, Scope};
use contact::ContactCell;
use settings::SettingsCell;
use store::Store;

/// How a publisher is used.
#[derive(Clone, Debug)]
pub struct Options {
    /// The names of its tables.
    pub profile: ProfileSource,
    /// Whether a profile that nobody has verified may write.
    pub allow_unverified_profile: bool,
    /// Whether every write is refused.
    pub read_only: bool,
    /// A file that gets a line before and after each write.
    pub change_log: Option<PathBuf>,
}

/// A federated domain table: rows that are unique by name.
pub type DomainTable = Table<FederatedDomain, DomainName>;

/// A static route table: rows that are unique by pattern, next hop, port and protocol.
pub type RouteTable = Table<StaticRoute, RouteKey>;

/// The client of one publisher. Cheap to clone; making one contacts nobody.
#[derive(Clone, Debug)]
pub struct Publisher {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    name: String,
    axl: Axl,
    profile: Profile,
    allow_unverified_profile: bool,
    read_only: bool,
    change_log: Option<ChangeLog>,
    role: Role,
    contact: ContactCell,
    settings: SettingsCell,
    writable: OnceCell<Result<(), Error>>,
    domains: Store<FederatedDomain>,
    routes: Store<StaticRoute>,
}

/// What the node at the address has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// The database publisher: nothing can be changed elsewhere.
    Publisher,
    /// Any node of the cluster.
    AnyNode,
}

impl Publisher {
    /// Makes the client of the publisher that is called `name` here.
    pub fn new(name: &str, connection: Connection, options: Options) -> Self {
        let axl = Axl::new(connection);
        let change_log = options
            .change_log
            .map(|path| ChangeLog::new(path, name, axl.username()));
        Self {
            shared: Arc::new(Shared {
                name: name.to_owned(),
                axl,
                profile: options.profile.into_profile(),
                allow_unverified_profile: options.allow_unverified_profile,
                read_only: options.read_only,
                change_log,
                role: Role::Publisher,
                contact: ContactCell::default(),
                settings: SettingsCell::default(),
                writable: OnceCell::new(),
                domains: Store::default(),
                routes: Store::default(),
            }),
        }
    }

    /// What the publisher is called here.
    pub fn name(&self) -> &str {
        &self.shared.name
    }

    /// Where it is, as a connection is given it.
    pub fn address(&self) -> String {
        self.shared.axl.address().to_string()
    }

    /// The release and the nodes of the cluster. Asked for once; a refused logon is not repeated.
    pub async fn contact(&self, scope: &Scope) -> Result<Arc<Contact>, Error> {
        self.shared.contact(scope).await
    }

    /// Whether the first contact was made: the run uses this publisher then.
    pub fn is_contacted(&self) -> bool {
        self.shared.contact.is_made()
    }

    /// Whether it is whoever answers, whatever certificate that shows.
    pub fn accepts_any_certificate(&self) -> bool {
        self.shared.axl.connection().insecure_skip_verify
    }

    /// Whether `read_only` refuses every change.
    pub fn is_read_only(&self) -> bool {
        self.shared.read_only
    }

    /// Whether writes are allowed: by the settings, by the profile, and by the catalogue.
    pub async fn check_writable(&self, scope: &Scope) -> Result<(), Error> {
        self.shared.check_writable(scope).await
    }

    /// Finds out what the publisher's tables are called, over the same connection. No profile is needed for it.
    pub fn discovery(&self) -> Discovery {
        Discovery::new(self.shared.axl.clone())
    }

    /// The settings of the cluster that federation depends on, at most ten minutes old.
    pub async fn federation_settings(&self, scope: &Scope) -> Result<FederationSettings, Error> {
        self.expect_answers()?;
        self.shared.federation_settings(scope).await
    }

    /// Every SIP federated domain.
    pub async fn domains(
        &self,
        freshness: Freshness,
        scope: &Scope,
    ) -> Result<Arc<DomainTable>, Error> {
        self.expect_answers()?;
        self.shared
            .read(&self.shared.domains, freshness, scope)
            .await
    }

    /// Every static route.
    pub async fn routes(
        &self,
        freshness: Freshness,
        scope: &Scope,
    ) -> Result<Arc<RouteTable>, Error> {
        self.expect_answers()?;
        self.shared
            .read(&self.shared.routes, freshness, scope)
            .await
    }

    /// Looks a domain up directly: the rows that have the primary key or the name.
    pub async fn find_domain(
        &self,
        pkid: Option<&Pkid>,
        name: Option<&DomainName>,
        scope: &Scope,
    ) -> Result<Vec<Stored<FederatedDomain>>, Error> {
        self.expect_answers()?;
        self.shared
            .find(&self.shared.domains, pkid, name, scope)
            .await
    }

    /// Looks a route up directly: the rows that have the primary key or the natural key.
    pub async fn find_route(
        &self,
        pkid: Option<&Pkid>,
        key: Option<&RouteKey>,
        scope: &Scope,
    ) -> Result<Vec<Stored<StaticRoute>>, Error> {
        self.expect_answers()?;
        self.shared
            .find(&self.shared.routes, pkid, key, scope)
            .await
    }

    /// Creates a domain under a primary key of the caller's, exactly once. Where the rows that the
    /// administration page makes with a domain do not appear, the domain is removed again.
    pub async fn create_domain(
        &self,
        pkid: &Pkid,
        domain: &FederatedDomain,
        scope: &Scope,
    ) -> Result<Stored<FederatedDomain>, Error> {
        self.expect_answers()?;
        let shared = &self.shared;
        let stored = shared.create(&shared.domains, pkid, domain, scope).await?;
        shared.check_companions(pkid, domain, scope).await?;
        Ok(stored)
    }

    /// Changes a domain, if it still is as `prior` says. One that is already as `new` says is a success.
    pub async fn update_domain(
        &self,
        pkid: &Pkid,
        prior: &FederatedDomain,
        new: &FederatedDomain,
        scope: &Scope,
    ) -> Result<Stored<FederatedDomain>, Error> {
        self.expect_answers()?;
        self.shared
            .update(&self.shared.domains, pkid, prior, new, scope)
            .await
    }

    /// Deletes the domain with a primary key.
    pub async fn delete_domain(&self, pkid: &Pkid, scope: &Scope) -> Result<Deletion, Error> {
        self.expect_answers()?;
        self.shared.delete(&self.shared.domains, pkid, scope).await
    }

    /// Creates a route under a primary key of the caller's, exactly once.
    pub async fn create_route(
        &self,
        pkid: &Pkid,
        route: &StaticRoute,
        scope: &Scope,
    ) -> Result<Stored<StaticRoute>, Error> {
        self.expect_answers()?;
        self.shared
            .create(&self.shared.routes, pkid, route, scope)
            .await
    }

    /// Changes a route, if it still is as `prior` says. One that is already as `new` says is a success.
    pub async fn update_route(
        &self,
        pkid: &Pkid,
        prior: &StaticRoute,
        new: &StaticRoute,
        scope: &Scope,
    ) -> Result<Stored<StaticRoute>, Error> {
        self.expect_answers()?;
        self.shared
            .update(&self.shared.routes, pkid, prior, new, scope)
            .await
    }

    /// Deletes the route with a primary key.
    pub async fn delete_route(&self, pkid: &Pkid, scope: &Scope) -> Result<Deletion, Error> {
        self.expect_answers()?;
        self.shared.delete(&self.shared.routes, pkid, scope).await
    }

    /// Begins nothing while the publisher is known to be out of reach.
    fn expect_answers(&self) -> Result<(), Error> {
        self.shared.axl.standing_failure().map_or(Ok(()), Err)
    }
}
