//! The services of one node: which depend on which, and since when each runs.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// Restarting this one restarts every service below.
pub(crate) const ROUTER: &str = "Cisco XCP Router";

/// From one start of a service to the next.
const SHORTEST_RESTART: Duration = Duration::from_secs(1);

/// The services that depend on the router.
const DEPENDANTS: [&str; 9] = [
    "Cisco XCP Authentication Service",
    "Cisco XCP Connection Manager",
    "Cisco XCP Directory Service",
    "Cisco XCP File Transfer Manager",
    "Cisco XCP Message Archiver",
    "Cisco XCP SIP Federation Connection Manager",
    "Cisco XCP Text Conference Manager",
    "Cisco XCP Web Connection Manager",
    "Cisco XCP XMPP Federation Connection Manager",
];

/// Services that stand alone.
const OTHERS: [&str; 5] = [
    "A Cisco DB",
    "Cisco AXL Web Service",
    "Cisco Presence Engine",
    "Cisco SIP Proxy",
    "Cisco Tomcat",
];

/// Not activated after an installation.
const NOT_ACTIVATED: [&str; 2] = [
    "Cisco XCP Directory Service",
    "Cisco XCP XMPP Federation Connection Manager",
];

/// What the Control Center tells of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceRow {
    /// Its name.
    pub name: String,
    /// `Started`, `Starting`, `Stopped`, or `Unknown` where there is no such service.
    pub status: String,
    /// -1 where all is well, -1068 where the service is not activated.
    pub reason_code: i64,
    /// The reason in words.
    pub reason: String,
    /// When it was started last, such as `Sun Nov 22 13:52:46 2026`; empty where it is not running.
    pub start_time: String,
    /// Seconds since then; -1 where it is not running.
    pub up_time: i64,
    /// How often it was restarted.
    pub restarts: u32,
}

/// What becomes of the next restarts on a node.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RestartOutcome {
    /// Every service comes up again.
    #[default]
    Up,
    /// The node refuses to restart anything.
    Refused,
    /// These services stay stopped.
    Down(Vec<String>),
}

/// The services of one node.
#[derive(Debug)]
pub(crate) struct Services {
    all: Vec<Service>,
    pub(crate) outcome: RestartOutcome,
}

#[derive(Debug)]
struct Service {
    name: &'static str,
    activated: bool,
    started: SystemTime,
    down: bool,
    restarts: u32,
}

impl Services {
    /// All services, running since an hour ago.
    pub(crate) fn new() -> Self {
        let started = SystemTime::now() - Duration::from_secs(3600);
        let names = OTHERS.into_iter().chain([ROUTER]).chain(DEPENDANTS);
        let service = |name| Service {
            name,
            activated: !NOT_ACTIVATED.contains(&name),
            started,
            down: false,
            restarts: 0,
        };
        Self {
            all: names.map(service).collect(),
            outcome: RestartOutcome::default(),
        }
    }

    /// The named services, or all where none is named.
    pub(crate) fn list(&self, names: &[&str]) -> Vec<ServiceRow> {
        if names.iter().all(|name| name.is_empty()) {
            return self.all.iter().map(Service::row).collect();
        }
        let row = |name: &&str| match self.all.iter().find(|service| service.name == *name) {
            Some(service) => service.row(),
            None => ServiceRow {
                name: (*name).to_owned(),
                status: "Unknown".to_owned(),
                reason_code: -1000,
                reason: "Service not installed".to_owned(),
                start_time: String::new(),
                up_time: -1,
                restarts: 0,
            },
        };
        names.iter().map(row).collect()
    }

    /// Restarts the named services and those that depend on them; they are starting for `duration`. Returns the names
    /// of all that were restarted.
    pub(crate) fn restart(&mut self, names: &[&str], duration: Duration) -> Vec<String> {
        let stay_down: &[String] = match &self.outcome {
            RestartOutcome::Up => &[],
            RestartOutcome::Refused => return Vec::new(),
            RestartOutcome::Down(names) => names,
        };
        let with_dependants = names.contains(&ROUTER);
        let now = SystemTime::now();
        let mut restarted = Vec::new();
        for service in self.all.iter_mut().filter(|service| service.activated) {
            if names.contains(&service.name)
                || with_dependants && DEPENDANTS.contains(&service.name)
            {
                // The time is told in whole seconds, and no restart takes less. What has not started yet was not seen.
                let seen = service.started <= now;
                let earliest = if seen {
                    service.started + SHORTEST_RESTART
                } else {
                    now
                };
                service.started = (now + duration).max(earliest);
                service.down = stay_down.iter().any(|name| name == service.name);
                service.restarts += 1;
                restarted.push(service.name.to_owned());
            }
        }
        restarted
    }
}

impl Service {
    fn row(&self) -> ServiceRow {
        let row = |status: &str, reason_code, reason: &str, start_time, up_time| ServiceRow {
            name: self.name.to_owned(),
            status: status.to_owned(),
            reason_code,
            reason: reason.to_owned(),
            start_time,
            up_time,
            restarts: self.restarts,
        };
        if !self.activated {
            return row("Stopped", -1068, "Service Not Activated", String::new(), -1);
        }
        if self.down {
            return row("Stopped", -1, "", String::new(), -1);
        }
        match SystemTime::now().duration_since(self.started) {
            Ok(up) => {
                let seconds = i64::try_from(up.as_secs()).unwrap_or(i64::MAX);
                row("Started", -1, "", written(self.started), seconds)
            }
            Err(_) => row("Starting", -1, "", String::new(), -1),
        }
    }
}

/// As in `Sun Nov 22 13:52:46 2026`.
fn written(time: SystemTime) -> String {
    let time = OffsetDateTime::from(time);
    let (weekday, month) = (time.weekday().to_string(), time.month().to_string());
    format!(
        "{:.3} {:.3} {:2} {:02}:{:02}:{:02} {}",
        weekday,
        month,
        time.day(),
        time.hour(),
        time.minute(),
        time.second(),
        time.year()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_the_product_does() {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_316_094_766);
        assert_eq!(written(time), "Thu Sep 15 13:52:46 2011");
    }

    #[test]
    fn the_router_takes_its_dependants_along() {
        let mut services = Services::new();
        assert_eq!(
            services.restart(&["Cisco SIP Proxy"], Duration::ZERO),
            ["Cisco SIP Proxy"]
        );
        let restarted = services.restart(&[ROUTER], Duration::from_secs(60));
        assert_eq!(restarted.len(), 8);
        let row = &services.list(&["Cisco XCP Connection Manager"])[0];
        assert_eq!((row.status.as_str(), row.restarts), ("Starting", 1));
        let row = &services.list(&["Cisco XCP Directory Service"])[0];
        assert_eq!((row.status.as_str(), row.reason_code), ("Stopped", -1068));
        assert_eq!(services.list(&["nope"])[0].status, "Unknown");
        assert_eq!(services.list(&[]).len(), 15);
    }

    #[test]
    fn a_restart_may_be_refused_or_leave_services_down() {
        let mut services = Services::new();
        services.outcome = RestartOutcome::Refused;
        assert!(services.restart(&[ROUTER], Duration::ZERO).is_empty());
        services.outcome = RestartOutcome::Down(vec!["Cisco XCP Connection Manager".to_owned()]);
        assert_eq!(services.restart(&[ROUTER], Duration::ZERO).len(), 8);
        let rows = services.list(&[ROUTER, "Cisco XCP Connection Manager"]);
        assert_eq!(
            (rows[0].status.as_str(), rows[1].status.as_str()),
            ("Started", "Stopped")
        );
    }
}
