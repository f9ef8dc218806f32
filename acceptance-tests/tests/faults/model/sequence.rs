//! One sequence, played with a Terraform against a publisher, and judged after each step.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;
use std::time::{Duration, Instant};

use acceptance_tests::Practice;
use imp_publisher_simulator::{
    Cluster, DomainEdit, DomainRow, RouteEdit, RouteRow, pattern_of_domain,
};

use super::engine::{Complaint, Cut, CutBy, Engine, Speaker};
use super::mock::has_fired;
use super::reference::{Ending, Strangers, World};
use super::step::{Deed, Mishap, PUBLISHER_DOWN, Step, Steps};
use super::wanted::{DESCRIPTIONS, NAMES, Object, Wanted};
use crate::rows::{Kind, Row};

/// So many applies settle everything, or nothing does.
const MOST_ROUNDS: usize = 12;

/// For so long the port of a publisher may be taken when it comes up again, and requests may be on their way when
/// nobody is left to ask.
const LONGEST_OUTAGE: Duration = Duration::from_secs(60);

/// How often what happened.
pub(super) type Tally = BTreeMap<String, usize>;

pub(super) struct Sequence<'a, E> {
    practice: &'a Practice,
    engine: E,
    wanted: Wanted,
    strangers: Strangers,
    tally: Tally,
}

impl<'a, E: Engine> Sequence<'a, E> {
    /// On an empty publisher, with an empty state.
    pub(super) fn new(practice: &'a Practice, engine: E) -> Self {
        for kind in Kind::ALL.into_iter().rev() {
            kind.clean(practice.emea());
        }
        practice.simulator().clear_faults();
        practice.simulator().clear_journal();
        Self {
            practice,
            engine,
            wanted: Wanted::default(),
            strangers: Strangers::new(),
            tally: Tally::new(),
        }
    }

    /// Plays all of it, and sets everything right at the end.
    pub(super) fn play(mut self, steps: &Steps) -> Result<Tally, String> {
        for (number, step) in (1..).zip(&steps.0) {
            self.step(step)
                .map_err(|problem| format!("step {number}, {step:?}: {problem}"))?;
        }
        self.settle()
            .map_err(|problem| format!("at the end: {problem}"))?;
        let early = self
            .practice
            .simulator()
            .journal_book()
            .domains_removed_before_their_routes();
        if !early.is_empty() {
            return Err(format!("domains went before their routes: {early:?}"));
        }
        Ok(self.tally)
    }

    fn step(&mut self, step: &Step) -> Result<(), String> {
        match step {
            Step::Edit(edit) => {
                self.wanted.edit(*edit);
                Ok(())
            }
            Step::Apply(mishap) => self.command(mishap, false),
            Step::Destroy(mishap) => {
                self.count("destroyed");
                self.command(mishap, true)
            }
            Step::Meanwhile(deed) => {
                self.count(deed.name());
                self.perform(*deed);
                self.strangers = self.world().strangers();
                Ok(())
            }
        }
    }

    /// How things are, once nothing is on its way any more.
    fn world(&self) -> World {
        let began = Instant::now();
        while !self.cluster().is_idle() {
            assert!(began.elapsed() < LONGEST_OUTAGE, "requests do not end");
            thread::sleep(Duration::from_millis(1));
        }
        World::new(self.cluster(), self.engine.state())
    }

    fn cluster(&self) -> &'a Cluster {
        self.practice.emea()
    }

    fn count(&mut self, what: &str) {
        *self.tally.entry(what.to_owned()).or_default() += 1;
    }

    /// A plan and its apply.
    fn command(&mut self, mishap: &Mishap, is_destroy: bool) -> Result<(), String> {
        let objects = if is_destroy {
            Vec::new()
        } else {
            self.wanted.objects()
        };
        let mut before = self.world();
        let obstacles = before.obstacles(&objects);
        let fault = mishap
            .fault()
            .map(|(name, fault)| (name, self.practice.simulator().inject(fault)));
        let mut new = BTreeSet::new();
        let result = match self.engine.plan(&objects, is_destroy) {
            Ok(_) => self.apply(mishap, fault.map(|(_, fault)| fault), &mut before, &mut new),
            Err(complaints) => Err((complaints, Ending::Failure)),
        };
        let has_struck = match (mishap, fault) {
            (Mishap::PublisherDown | Mishap::Deed(_), _) => true,
            (_, Some((name, fault))) => {
                let has_struck = has_fired(self.practice, fault);
                if has_struck {
                    self.count(name);
                }
                has_struck
            }
            _ => false,
        };
        self.practice.simulator().clear_faults();
        let after = self.world();
        let ending = match &result {
            Ok(()) => Ending::Success,
            Err((_, ending)) => *ending,
        };
        after
            .judge(&before, &self.strangers, &new, &objects, ending)
            .map_err(|problem| format!("{problem}; {result:?}"))?;
        if let Err((complaints, _)) = &result {
            let is_strange = |complaint: &&Complaint| {
                complaint.by == Speaker::Rules || !has_struck && complaint.by == Speaker::Core
            };
            if let Some(strange) = complaints.iter().find(is_strange) {
                return Err(format!("{strange:?}"));
            }
            if !has_struck && obstacles.is_empty() {
                return Err(format!("it fails without a reason: {complaints:?}"));
            }
        }
        self.count(if result.is_ok() { "applied" } else { "failed" });
        let orphans = after.strangers();
        let orphans = orphans
            .keys()
            .filter(|pkid| !self.strangers.contains_key(*pkid) && !new.contains(*pkid));
        for _ in 0..orphans.count() {
            self.count("rows without state");
        }
        self.strangers = after.strangers();
        Ok(())
    }

    /// The apply of a plan. What another administrator makes meanwhile is added to `before`, and to `new`.
    fn apply(
        &mut self,
        mishap: &Mishap,
        fault: Option<u64>,
        before: &mut World,
        new: &mut BTreeSet<String>,
    ) -> Result<(), (Vec<Complaint>, Ending)> {
        match mishap {
            Mishap::Deed(deed) => {
                self.count(deed.name());
                *new = self.interfere(*deed, before);
            }
            Mishap::PublisherDown => {
                self.count(PUBLISHER_DOWN);
                self.take_down();
            }
            _ => {}
        }
        let cut = cut(mishap, fault);
        let applied = self.engine.apply(cut);
        self.bring_up();
        let is_killed = applied.is_cut && cut.is_some_and(|cut| cut.by != CutBy::Interrupt);
        if applied.complaints.is_empty() {
            Ok(())
        } else if is_killed {
            Err((applied.complaints, Ending::Killed))
        } else {
            Err((applied.complaints, Ending::Failure))
        }
    }

    /// Another administrator acts while a plan waits. Returns the rows that are no longer as they were planned with.
    fn interfere(&mut self, deed: Deed, before: &mut World) -> BTreeSet<String> {
        let earlier = before.rows.clone();
        self.perform(deed);
        before.rows = self.world().rows;
        let now = &before.rows;
        self.strangers.retain(|pkid, _| now.contains_key(pkid));
        for (pkid, stranger) in &mut self.strangers {
            stranger.clone_from(&now[pkid]);
        }
        let all = earlier.keys().chain(now.keys());
        all.filter(|pkid| earlier.get(*pkid) != now.get(*pkid))
            .cloned()
            .collect()
    }

    fn take_down(&self) {
        let (node, ..) = &self.cluster().nodes()[0];
        self.cluster().take_down(node);
    }

    fn bring_up(&self) {
        let (node, ..) = &self.cluster().nodes()[0];
        let began = Instant::now();
        // Meanwhile some connection may have got the port, as its own end.
        while let Err(error) = self.cluster().bring_up(node) {
            assert!(began.elapsed() < LONGEST_OUTAGE, "{error}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Does what another administrator does; what the administration page refuses is not done.
    fn perform(&self, deed: Deed) {
        let cluster = self.cluster();
        let rows: Vec<Row> = Kind::ALL
            .into_iter()
            .flat_map(|kind| kind.rows(cluster))
            .collect();
        let chosen = |number: usize| (!rows.is_empty()).then(|| &rows[number % rows.len()]);
        let is_route = |row: &Row| row.key.starts_with('.');
        let done = match deed {
            Deed::Describe(row, value) => chosen(row).map(|row| {
                let description = Some(DESCRIPTIONS[value % DESCRIPTIONS.len()].to_owned());
                if is_route(row) {
                    let edit = RouteEdit {
                        description,
                        ..RouteEdit::default()
                    };
                    cluster.edit_route(&row.key, &edit)
                } else {
                    let edit = DomainEdit {
                        description,
                        ..DomainEdit::default()
                    };
                    cluster.edit_domain(&row.key, &edit)
                }
            }),
            Deed::Prioritise(row, value) => chosen(row).filter(|row| is_route(row)).map(|row| {
                let edit = RouteEdit {
                    priority: Some(value),
                    ..RouteEdit::default()
                };
                cluster.edit_route(&row.key, &edit)
            }),
            Deed::MoveHop(row) => chosen(row).filter(|row| is_route(row)).map(|row| {
                let hop = row.key.split(['/', ':']).nth(1).unwrap_or_default();
                let next_hop = match hop.strip_suffix(".1") {
                    Some(net) => format!("{net}.2"),
                    None => format!("{}.1", hop.trim_end_matches(".2")),
                };
                let edit = RouteEdit {
                    next_hop: Some(next_hop),
                    ..RouteEdit::default()
                };
                cluster.edit_route(&row.key, &edit)
            }),
            Deed::Delete(row) => chosen(row).map(|row| delete(cluster, row)),
            Deed::Recreate(row) => chosen(row).map(|row| recreate(cluster, row)),
            Deed::Anticipate(object) => Some(add(cluster, &self.wanted.any_object(object))),
            Deed::AddRoute(domain) => {
                let pattern = pattern_of_domain(NAMES[domain % NAMES.len()][0]);
                Some(cluster.add_route(&RouteRow::to(&pattern, "10.9.9.1")))
            }
            Deed::Learn(object) => {
                Some(cluster.learn_domain(self.wanted.any_object(object).domain))
            }
        };
        if let Some(Err(refused)) = done {
            // As an administrator would see it: the row is there already.
            assert!(!refused.message.is_empty());
        }
    }

    /// Applies until there is nothing to do, and does what the errors say.
    fn settle(&mut self) -> Result<(), String> {
        for _ in 0..MOST_ROUNDS {
            let objects = self.wanted.objects();
            let before = self.world();
            let obstacles = before.obstacles(&objects);
            let (is_empty, complaints) = match self.engine.plan(&objects, false) {
                Ok(is_empty) => (is_empty, self.engine.apply(None).complaints),
                Err(complaints) => (false, complaints),
            };
            let ending = if complaints.is_empty() {
                Ending::Success
            } else {
                Ending::Failure
            };
            let after = self.world();
            after
                .judge(&before, &self.strangers, &BTreeSet::new(), &objects, ending)
                .map_err(|problem| format!("{problem}; {complaints:?}"))?;
            if !complaints.is_empty() {
                if let Some(strange) = complaints
                    .iter()
                    .find(|complaint| complaint.by != Speaker::Provider)
                {
                    return Err(format!("{strange:?}"));
                }
                if obstacles.is_empty() {
                    return Err(format!("it fails without a reason: {complaints:?}"));
                }
                self.follow(&complaints, &objects)?;
            } else if is_empty {
                return after.is_as_wanted(&self.strangers, &objects);
            }
        }
        Err(format!("{MOST_ROUNDS} applies are not enough"))
    }

    /// Does what the errors say: imports rows, has strangers' routes deleted, leaves own routes out.
    fn follow(&mut self, complaints: &[Complaint], objects: &[Object]) -> Result<(), String> {
        let mut has_helped = false;
        for complaint in complaints {
            let text = &complaint.text;
            if text.contains("learned") {
                // A domain that was learned is nobody's: it has to go.
                let learned = self.strangers.values().find(|row| text.contains(&row.pkid));
                if let Some(row) = learned.cloned() {
                    delete(self.cluster(), &row).unwrap();
                    self.strangers.remove(&row.pkid);
                    has_helped = true;
                }
            } else if let Some((_, block)) = text.split_once("import {") {
                has_helped |= self.import(complaint, block, objects)?;
            } else if text.contains("must be deleted first") {
                let routes: Vec<Row> = self.world().rows.into_values().collect();
                let named = routes.iter().filter(|row| text.contains(&row.pkid));
                let own = self.world();
                let own = own.own_rows();
                for row in named {
                    has_helped = true;
                    let holder = own.iter().find(|(_, own)| own.pkid == row.pkid);
                    if let Some((address, _)) = holder {
                        self.wanted.leave_out(address);
                    } else {
                        delete(self.cluster(), row).unwrap();
                        self.strangers.remove(&row.pkid);
                    }
                }
            }
        }
        if has_helped {
            Ok(())
        } else {
            Err(format!("no error says what to do: {complaints:?}"))
        }
    }

    /// Imports the row that an error names, with the block that it prints. Whether that has changed anything.
    fn import(
        &mut self,
        complaint: &Complaint,
        block: &str,
        objects: &[Object],
    ) -> Result<bool, String> {
        let id = block.split('"').nth(1).unwrap_or_default();
        let address = complaint.address.as_deref().unwrap_or_default();
        let object = objects.iter().find(|object| object.address == address);
        let object = object.ok_or_else(|| format!("no object of mine: {complaint:?}"))?;
        let Some(row) = self
            .strangers
            .values()
            .find(|row| id.ends_with(&row.key) && row.key == object.key)
        else {
            return Ok(false);
        };
        let row = row.clone();
        match self.engine.import(address, id) {
            Ok(()) => self.count("imported"),
            Err(complaints) if format!("{complaints:?}").contains("learned") => {
                delete(self.cluster(), &row).unwrap();
            }
            Err(complaints) => return Err(format!("{complaint:?}, but {complaints:?}")),
        }
        self.strangers.remove(&row.pkid);
        Ok(true)
    }
}

fn cut(mishap: &Mishap, fault: Option<u64>) -> Option<Cut> {
    let by = match mishap {
        Mishap::ProviderKilled(..) => CutBy::ProviderKilled,
        Mishap::TerraformKilled(..) => CutBy::TerraformKilled,
        Mishap::Interrupted(..) => CutBy::Interrupt,
        _ => return None,
    };
    fault.map(|fault| Cut { by, fault })
}

type Edited = Result<(), imp_publisher_simulator::EditError>;

fn delete(cluster: &Cluster, row: &Row) -> Edited {
    if row.key.starts_with('.') {
        cluster.delete_route(&row.pkid)
    } else {
        cluster.delete_domain(&row.key)
    }
}

fn recreate(cluster: &Cluster, row: &Row) -> Edited {
    if row.key.starts_with('.') {
        let mut route = cluster.routes()?.into_iter().find(|it| it.pkid == row.pkid);
        cluster.delete_route(&row.pkid)?;
        let route = route.as_mut().unwrap();
        route.pkid.clear();
        cluster.add_route(route)
    } else {
        let mut domain = cluster.domain(&row.key)?.unwrap();
        cluster.delete_domain(&row.key)?;
        domain.pkid.clear();
        cluster.add_domain(&domain)
    }
}

fn add(cluster: &Cluster, object: &Object) -> Edited {
    match object.kind {
        Kind::Domain => cluster.add_domain(&DomainRow::named(object.domain)),
        Kind::Route => cluster.add_route(&RouteRow::to(
            &pattern_of_domain(object.domain),
            &object.next_hop,
        )),
    }
}
