//! The reference model: what must be on the publisher and in the state, by plain rules over maps.

use std::collections::{BTreeMap, BTreeSet};

use imp_publisher_simulator::{Cluster, pattern_of_domain};

use super::engine::Held;
use super::wanted::{Connection, Object, lies_under};
use crate::rows::{Kind, Row};

/// Everything that there is: the rows, and what the state has of them.
#[derive(Clone, Debug)]
pub(super) struct World {
    /// By primary key.
    pub(super) rows: BTreeMap<String, Row>,
    /// By address.
    pub(super) state: BTreeMap<String, Held>,
}

/// The rows that Terraform has nothing to do with, by primary key. They change only when their administrators do it.
pub(super) type Strangers = BTreeMap<String, Row>;

/// How a command ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Ending {
    /// It succeeded.
    Success,
    /// It failed, and said so.
    Failure,
    /// A process was killed, so that creates in flight may have left their rows without state.
    Killed,
}

impl World {
    pub(super) fn new(cluster: &Cluster, state: BTreeMap<String, Held>) -> Self {
        let rows = Kind::ALL.into_iter().flat_map(|kind| kind.rows(cluster));
        Self {
            rows: rows.map(|row| (row.pkid.clone(), row)).collect(),
            state,
        }
    }

    /// The row of each object in the state: by primary key; else by natural key, where nobody else holds it and it was not
    /// learned.
    pub(super) fn own_rows(&self) -> BTreeMap<&str, &Row> {
        let held: BTreeSet<&str> = self.state.values().map(|held| held.pkid.as_str()).collect();
        let own = |held_by: &Held| {
            self.rows.get(&held_by.pkid).or_else(|| {
                let mut free = self.rows.values();
                let is_free = |row: &&Row| !row.is_learned && !held.contains(row.pkid.as_str());
                free.find(|row| row.key == held_by.key && is_free(row))
            })
        };
        let state = self.state.iter();
        state
            .filter_map(|(address, held)| Some((address.as_str(), own(held)?)))
            .collect()
    }

    /// The rows that no object in the state has.
    pub(super) fn strangers(&self) -> Strangers {
        let own: BTreeSet<&str> = self
            .own_rows()
            .values()
            .map(|row| row.pkid.as_str())
            .collect();
        let rows = self.rows.iter();
        rows.filter(|(pkid, _)| !own.contains(pkid.as_str()))
            .map(|(pkid, row)| (pkid.clone(), row.clone()))
            .collect()
    }

    /// The objects that stay as they are or are changed in place, with the primary keys of their rows.
    pub(super) fn survivors(&self, objects: &[Object]) -> BTreeMap<String, String> {
        let own = self.own_rows();
        let stays = |object: &Object| {
            let row = own.get(object.address.as_str())?;
            let is_same_place = match object.kind {
                Kind::Domain => row.key == object.key,
                Kind::Route => row
                    .key
                    .starts_with(&format!("{}/", pattern_of_domain(object.domain))),
            };
            let is_tainted = self.state[&object.address].is_tainted;
            (is_same_place && !is_tainted).then(|| row.pkid.clone())
        };
        let alone: BTreeMap<String, String> = objects
            .iter()
            .filter_map(|object| Some((object.address.clone(), stays(object)?)))
            .collect();
        let follows = |address: &String| {
            let object = objects.iter().find(|object| object.address == *address);
            match &object.unwrap().connection {
                Connection::Reference(domain) => alone.contains_key(domain),
                Connection::Name | Connection::Pattern => true,
            }
        };
        let survivors = alone.iter().filter(|(address, _)| follows(address));
        survivors
            .map(|(address, pkid)| (address.clone(), pkid.clone()))
            .collect()
    }

    /// Why an apply may fail though nothing goes wrong on the way.
    pub(super) fn obstacles(&self, objects: &[Object]) -> Vec<String> {
        let own = self.own_rows();
        let survivors = self.survivors(objects);
        let mut obstacles = Vec::new();
        for object in objects {
            let mine = own.get(object.address.as_str()).map(|row| &row.pkid);
            for row in self.rows.values() {
                if row.key == object.key && Some(&row.pkid) != mine {
                    obstacles.push(format!("{} has its key already", row.key));
                }
            }
        }
        for (address, domain) in &own {
            if domain.key.starts_with('.') || survivors.contains_key(*address) {
                continue;
            }
            let staying = |row: &&Row| {
                let holder = own.iter().find(|(_, own)| own.pkid == row.pkid);
                holder.is_none_or(|(holder, _)| survivors.contains_key(*holder))
            };
            let staying = self.rows.values().filter(staying);
            let coming = objects.iter().map(|object| &object.key);
            for key in staying.map(|row| &row.key).chain(coming) {
                if key.starts_with('.') && lies_under(key, &domain.key) {
                    obstacles.push(format!("{key} would lose {}", domain.key));
                }
            }
        }
        obstacles
    }

    /// What must be true after every command, however it ended. `before` is how things were when it began; `new` are
    /// rows that another administrator made meanwhile.
    pub(super) fn judge(
        &self,
        before: &Self,
        strangers: &Strangers,
        new: &BTreeSet<String>,
        objects: &[Object],
        ending: Ending,
    ) -> Result<(), String> {
        self.nothing_is_doubled()?;
        for (pkid, stranger) in strangers {
            if self.rows.get(pkid) != Some(stranger) {
                let now = self.rows.get(pkid);
                return Err(format!("somebody else's {stranger:?} is now {now:?}"));
            }
        }
        for (pkid, row) in self.strangers() {
            if strangers.contains_key(&pkid) || new.contains(&pkid) {
                continue;
            }
            // The only exception: a create that was in flight.
            let in_flight = objects
                .iter()
                .any(|object| object.key == row.key && !self.state.contains_key(&object.address));
            if !(ending == Ending::Killed && in_flight && !before.rows.contains_key(&pkid)) {
                return Err(format!("{row:?} is left out of the state"));
            }
        }
        for (address, pkid) in before.survivors(objects) {
            if before.rows.contains_key(&pkid) && !self.rows.contains_key(&pkid) {
                return Err(format!("the row of {address} is lost"));
            }
        }
        if ending == Ending::Success && new.is_empty() {
            self.is_as_wanted(strangers, objects)?;
        }
        Ok(())
    }

    fn nothing_is_doubled(&self) -> Result<(), String> {
        let mut keys = BTreeSet::new();
        for row in self.rows.values() {
            if !keys.insert(row.key.to_ascii_lowercase()) {
                return Err(format!("{} is there twice", row.key));
            }
        }
        let mut pkids = BTreeSet::new();
        for (address, held) in &self.state {
            if !held.pkid.is_empty() && !pkids.insert(&held.pkid) {
                return Err(format!("{address} has the row of another object"));
            }
        }
        Ok(())
    }

    /// The rows are those that are written and those of others; the state has those that are written.
    pub(super) fn is_as_wanted(
        &self,
        strangers: &Strangers,
        objects: &[Object],
    ) -> Result<(), String> {
        let addresses: Vec<&str> = objects
            .iter()
            .map(|object| object.address.as_str())
            .collect();
        let held: Vec<&str> = self.state.keys().map(String::as_str).collect();
        if addresses != held {
            return Err(format!("{addresses:?} are written, the state has {held:?}"));
        }
        for object in objects {
            let held = &self.state[&object.address];
            let row = self
                .rows
                .get(&held.pkid)
                .ok_or_else(|| format!("{} has no row", object.address))?;
            let wanted = (object.key.as_str(), object.description, object.priority);
            if wanted != (&row.key, &row.description, row.priority) {
                return Err(format!("{} is {row:?}", object.address));
            }
            if wanted != (&held.key, &held.description, held.priority) || held.is_tainted {
                return Err(format!("{} is {held:?} in the state", object.address));
            }
        }
        let expected = objects.len() + strangers.len();
        if self.rows.len() != expected {
            return Err(format!(
                "{expected} rows are expected, there is {:?}",
                self.rows
            ));
        }
        Ok(())
    }
}

#[test]
fn the_judge_notices_what_is_wrong() {
    let row = |pkid: &str, key: &str| Row {
        pkid: pkid.to_owned(),
        key: key.to_owned(),
        description: String::new(),
        priority: 0,
        is_learned: false,
    };
    let held = |pkid: &str, key: &str| Held {
        pkid: pkid.to_owned(),
        key: key.to_owned(),
        description: String::new(),
        priority: 0,
        is_tainted: false,
    };
    let mut wanted = super::wanted::Wanted::default();
    wanted.edit(super::wanted::Edit::ToggleDomain(0));
    let objects = wanted.objects();
    let (address, key) = (objects[0].address.as_str(), objects[0].key.as_str());
    let world = |rows: &[(&str, &str)], state: &[(&str, &str)]| World {
        rows: rows
            .iter()
            .map(|(pkid, key)| ((*pkid).to_owned(), row(pkid, key)))
            .collect(),
        state: state
            .iter()
            .map(|(address, pkid)| ((*address).to_owned(), held(pkid, key)))
            .collect(),
    };
    let strangers: Strangers = [("s".to_owned(), row("s", "stranger.com"))].into();
    let (own, stranger) = (("1", key), ("s", "stranger.com"));
    let before = world(&[own, stranger], &[(address, "1")]);
    let empty = world(&[stranger], &[]);
    let judged = |after: &World, before: &World, ending| {
        let judged = after.judge(before, &strangers, &BTreeSet::new(), &objects, ending);
        judged.err().unwrap_or_default()
    };
    assert_eq!(judged(&before, &empty, Ending::Success), "");
    for (rows, state, ending, told) in [
        (
            &[own][..],
            &[(address, "1")][..],
            Ending::Failure,
            "somebody else's",
        ),
        (&[stranger], &[(address, "1")], Ending::Failure, "is lost"),
        (
            &[own, stranger, ("2", key)],
            &[(address, "1")],
            Ending::Failure,
            "there twice",
        ),
        (
            &[own, stranger, ("2", "x.com")],
            &[(address, "1")],
            Ending::Failure,
            "left out",
        ),
        (
            &[own, stranger, ("2", "x.com")],
            &[(address, "1")],
            Ending::Killed,
            "left out",
        ),
    ] {
        let found = judged(&world(rows, state), &before, ending);
        assert!(found.contains(told), "{found:?} instead of {told:?}");
    }
    // A create in flight may leave its row without state, and only when a process was killed.
    let orphaned = world(&[own, stranger], &[]);
    assert_eq!(judged(&orphaned, &empty, Ending::Killed), "");
    let found = judged(&orphaned, &empty, Ending::Failure);
    assert!(found.contains("left out"), "{found:?}");
}
