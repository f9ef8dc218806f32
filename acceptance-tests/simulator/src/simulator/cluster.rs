//! The handle on one cluster: what it holds, and what can be done to it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::runtime::Handle;

use super::StartError;
use crate::cluster::{ClusterState, ColumnValue, DomainEdit, NodeState, RouteEdit, RowKey};
use crate::control_center::{ROUTER, RestartOutcome, ServiceRow};
use crate::database::{Companions, DomainRow, RouteRow, Settings, Written};
use crate::faults::Faults;
use crate::journal::{AnswerClass, Journal, JournalEntry, Origin};
use crate::options::NodeRole;
use crate::schema::{self, CatalogueChange, SchemaDefinition};
use crate::server::{Context, bind};
use crate::sql::SqlError;

/// A running cluster.
#[derive(Debug, Clone)]
pub struct Cluster {
    state: Arc<ClusterState>,
    journal: Arc<Journal>,
    faults: Arc<Faults>,
    runtime: Handle,
    directory: PathBuf,
}

/// Why something could not be done to a cluster's rows: the database's own number and words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} ({code})")]
pub struct EditError {
    /// Informix's number; 100 where there is no such row.
    pub code: i32,
    /// The product's words.
    pub message: String,
}

impl From<SqlError> for EditError {
    fn from(error: SqlError) -> Self {
        Self {
            code: error.code,
            message: error.message,
        }
    }
}

impl Cluster {
    pub(super) fn new(
        state: Arc<ClusterState>,
        journal: Arc<Journal>,
        faults: Arc<Faults>,
        runtime: Handle,
    ) -> Self {
        Self {
            state,
            journal,
            faults,
            runtime,
            directory: PathBuf::new(),
        }
    }

    pub(super) fn kept_in(mut self, directory: &Path) -> Self {
        directory.clone_into(&mut self.directory);
        self
    }

    pub(super) fn state(&self) -> &ClusterState {
        &self.state
    }

    pub(super) fn runtime(&self) -> &Handle {
        &self.runtime
    }

    pub(super) fn context(&self, node: usize) -> Context {
        Context {
            cluster: Arc::clone(&self.state),
            node,
            journal: Arc::clone(&self.journal),
            faults: Arc::clone(&self.faults),
        }
    }

    pub(super) fn stop(&self) {
        self.state.nodes().iter().for_each(NodeState::stop);
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.state.name
    }

    /// Where clients reach its publisher, as `host:port`.
    pub fn address(&self) -> String {
        self.state
            .nodes()
            .iter()
            .find(|node| node.role == NodeRole::Publisher)
            .or_else(|| self.state.nodes().first())
            .map(NodeState::reached_at)
            .unwrap_or_default()
    }

    /// Its nodes: name, role and where clients reach each.
    pub fn nodes(&self) -> Vec<(String, NodeRole, String)> {
        self.state
            .nodes()
            .iter()
            .map(|node| (node.name.clone(), node.role, node.reached_at()))
            .collect()
    }

    /// Where the first node of that role answers.
    ///
    /// # Panics
    /// Where there is none: a test that asks for it is wrong.
    pub fn address_of(&self, role: NodeRole) -> String {
        let node = self.state.nodes().iter().find(|node| node.role == role);
        node.expect("the cluster has a node of that role")
            .reached_at()
    }

    /// The certificate that the first node of that role shows, in PEM.
    ///
    /// # Panics
    /// Where there is none: a test that asks for it is wrong.
    pub fn certificate_of(&self, role: NodeRole) -> String {
        let node = self.state.nodes().iter().find(|node| node.role == role);
        node.expect("the cluster has a node of that role")
            .certificate
            .certificate_pem
            .clone()
    }

    /// The schema as it is now.
    pub fn schema(&self) -> SchemaDefinition {
        self.state.database().definition.clone()
    }

    /// A profile file for the schema as it is now, verified for this cluster.
    pub fn profile(&self) -> serde_json::Value {
        let database = self.state.database();
        schema::profile_file(&database.definition, &database.catalogue)
    }

    /// A file with that profile as it was at the start.
    pub fn profile_path(&self) -> PathBuf {
        self.directory.join(format!("{}-profile.json", self.name()))
    }

    /// The fingerprint of the catalogue as it is now.
    pub fn catalogue_fingerprint(&self) -> String {
        let database = self.state.database();
        schema::catalogue_fingerprint(&database.definition, &database.catalogue)
    }

    /// Every domain, by name.
    pub fn domains(&self) -> Result<Vec<DomainRow>, EditError> {
        Ok(self.state.database().domains()?)
    }

    /// The domain of that name.
    pub fn domain(&self, name: &str) -> Result<Option<DomainRow>, EditError> {
        Ok(self
            .domains()?
            .into_iter()
            .find(|domain| domain.domain_name == name))
    }

    /// Every route but the predefined `.*`, by key.
    pub fn routes(&self) -> Result<Vec<RouteRow>, EditError> {
        let mut routes = self.all_routes()?;
        routes.retain(|route| !(route.destination_pattern == ".*" && route.block_route));
        Ok(routes)
    }

    /// Every route, the predefined one among them.
    pub fn all_routes(&self) -> Result<Vec<RouteRow>, EditError> {
        Ok(self.state.database().routes()?)
    }

    /// The rows that came with domains.
    pub fn companions(&self) -> Result<Companions, EditError> {
        Ok(self.state.database().companions()?)
    }

    /// The settings that federation depends on.
    pub fn settings(&self) -> Result<Settings, EditError> {
        Ok(self.state.database().settings()?)
    }

    /// Changes those settings.
    pub fn set_settings(&self, settings: &Settings) -> Result<(), EditError> {
        let database = self.state.database();
        Ok(database.in_transaction(true, || database.set_settings(settings))?)
    }

    /// Adds a domain through the administration page.
    pub fn add_domain(&self, domain: &DomainRow) -> Result<(), EditError> {
        self.done(
            Origin::Administrator,
            "add domain",
            self.state.add_domain(domain),
        )
    }

    /// Changes a domain through the administration page.
    pub fn edit_domain(&self, name: &str, edit: &DomainEdit) -> Result<(), EditError> {
        self.done(
            Origin::Administrator,
            "edit domain",
            self.state.edit_domain(name, edit),
        )
    }

    /// Deletes a domain through the administration page.
    pub fn delete_domain(&self, name: &str) -> Result<(), EditError> {
        self.done(
            Origin::Administrator,
            "delete domain",
            self.state.delete_domain(name),
        )
    }

    /// Adds a route through the administration page.
    pub fn add_route(&self, route: &RouteRow) -> Result<(), EditError> {
        self.done(
            Origin::Administrator,
            "add route",
            self.state.add_route(route),
        )
    }

    /// Changes the route with that key (`pattern/next_hop:port/protocol`) or row identifier through the administration
    /// page.
    pub fn edit_route(&self, key: &str, edit: &RouteEdit) -> Result<(), EditError> {
        self.done(
            Origin::Administrator,
            "edit route",
            self.state.edit_route(key, edit),
        )
    }

    /// Deletes the route with that key or row identifier through the administration page.
    pub fn delete_route(&self, key: &str) -> Result<(), EditError> {
        self.done(
            Origin::Administrator,
            "delete route",
            self.state.delete_route(key),
        )
    }

    /// Sets one column of one row, its row identifier if need be, without asking any rule.
    pub fn set_column(
        &self,
        row: &RowKey,
        column: &str,
        value: Option<&str>,
    ) -> Result<(), EditError> {
        let change = ColumnValue {
            column: column.to_owned(),
            value: value.map(str::to_owned),
        };
        self.done(
            Origin::Administrator,
            "set column",
            self.state.set_column(row, &change),
        )
    }

    /// Adds many rows as they are, without rules, companions and journal.
    pub fn load(&self, domains: &[DomainRow], routes: &[RouteRow]) -> Result<(), EditError> {
        self.state.load(domains, routes)?;
        Ok(())
    }

    /// Open federation learns a domain from traffic.
    pub fn learn_domain(&self, name: &str) -> Result<(), EditError> {
        self.done(
            Origin::System,
            "learn domain",
            self.state.learn_domain(name),
        )
    }

    /// Tears out the rows that came with a domain.
    pub fn remove_companions(&self, domain_name: &str) -> Result<(), EditError> {
        let written = self.state.remove_companions(domain_name);
        self.done(Origin::Administrator, "remove companions", written)
    }

    /// Changes the tables themselves, as an upgrade does.
    pub fn change_catalogue(&self, change: &CatalogueChange) -> Result<(), EditError> {
        Ok(self.state.database().change_catalogue(change)?)
    }

    /// Makes every request take so much longer.
    pub fn set_latency(&self, latency: Duration) {
        self.state.set_latency(latency);
    }

    /// Sets how long a service that is restarted over the Control Center is starting.
    pub fn set_restart_time(&self, duration: Duration) {
        self.state.set_restart_time(duration);
    }

    /// A node's services; none where there is no such node.
    pub fn services(&self, node: &str) -> Vec<ServiceRow> {
        let node = self.state.node(node);
        node.map(|node| node.services().list(&[]))
            .unwrap_or_default()
    }

    /// Restarts Cisco XCP Router on a node, as an administrator does in the Control Center. Says whether there is such
    /// a node.
    pub fn restart_router(&self, node: &str) -> bool {
        let node = self.state.node(node);
        node.map(|node| node.services().restart(&[ROUTER], Duration::ZERO))
            .is_some()
    }

    /// Sets what becomes of restarts over a node's Control Center from now on. Says whether there is such a node.
    pub fn set_restart_outcome(&self, node: &str, outcome: RestartOutcome) -> bool {
        let node = self.state.node(node);
        node.map(|node| node.services().outcome = outcome).is_some()
    }

    /// Sets a node's state as the publisher's list of nodes words it, such as `Running in Backup Mode`; it is `Normal`
    /// at the start. Says whether there is such a node.
    pub fn set_node_state(&self, node: &str, words: &str) -> bool {
        let node = self.state.node(node);
        node.map(|node| node.set_state_words(words)).is_some()
    }

    /// Holds up replication: a node's own database stays as it is now until [`Self::resume_replication`]. Says whether
    /// there is such a node.
    pub fn hold_replication(&self, node: &str) -> Result<bool, EditError> {
        match self.state.node(node) {
            Some(node) => Ok(self.state.hold_replication(node).map(|()| true)?),
            None => Ok(false),
        }
    }

    /// Lets a node's database follow the publisher again. Says whether there is such a node.
    pub fn resume_replication(&self, node: &str) -> bool {
        let node = self.state.node(node);
        node.map(|node| node.stale().take()).is_some()
    }

    /// Sets the largest answer to a query, in bytes.
    pub fn set_answer_limit(&self, bytes: usize) {
        self.state.set_answer_limit(bytes);
    }

    /// Closes a node's port and its connections. Other nodes serve on.
    pub fn take_down(&self, node: &str) -> bool {
        let node = self.state.node(node);
        node.map(NodeState::stop).is_some()
    }

    /// Opens a node's port again.
    pub fn bring_up(&self, node: &str) -> Result<(), StartError> {
        let nodes = self.state.nodes();
        let Some(index) = nodes.iter().position(|known| known.name == node) else {
            return Ok(());
        };
        if nodes[index].is_up() {
            return Ok(());
        }
        let address = nodes[index].address;
        let listener = bind(address).map_err(|source| StartError::Bind { address, source })?;
        self.serve(index, listener)
    }

    /// Whether failed logons have locked the account.
    pub fn is_locked(&self, user: &str) -> bool {
        self.state.accounts().is_locked(user)
    }

    /// Unlocks the account.
    pub fn unlock(&self, user: &str) {
        self.state.accounts().unlock(user);
    }

    /// Gives a user another password.
    pub fn set_password(&self, user: &str, password: &str) {
        self.state.accounts().set_password(user, password);
    }

    /// Sessions that are open now.
    pub fn open_sessions(&self) -> usize {
        self.state.accounts().sessions().0
    }

    /// Sessions that were ever opened.
    pub fn sessions_opened(&self) -> u64 {
        self.state.accounts().sessions().1
    }

    /// Ends every session, as a restart of the web server does.
    pub fn end_sessions(&self) {
        self.state.accounts().end_sessions();
    }

    /// The greatest number of requests that one of its nodes had under way at once, since the last call.
    pub fn take_most_requests_at_once(&self) -> usize {
        let most = |node: &NodeState| {
            let now = node.under_way.load(Ordering::SeqCst);
            node.most_under_way.swap(now, Ordering::SeqCst)
        };
        self.state.nodes().iter().map(most).max().unwrap_or(0)
    }

    /// Whether no connection is open, and nothing is done any more for one that was: what a client had on its way when it
    /// was killed has had its effect, or never will.
    pub fn is_idle(&self) -> bool {
        self.state.nodes().iter().all(NodeState::is_idle)
    }

    /// Enters into the journal what happened without a request.
    fn done(
        &self,
        origin: Origin,
        what: &str,
        result: Result<Written, SqlError>,
    ) -> Result<(), EditError> {
        let written = result?;
        let mut entry = JournalEntry::new(self.name(), "", origin);
        entry.operation = Some(what.to_owned());
        entry.answer = AnswerClass::Answered;
        entry.rows = Some(written.rows);
        entry.changes = written.changes;
        self.journal.record(entry);
        Ok(())
    }
}
