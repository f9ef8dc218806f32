//! Who may log on, which accounts are locked, and the sessions that logging on leaves behind.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::options::{User, UserRole};
use crate::value::new_row_identifier;

/// The accounts of a cluster and the sessions on its nodes.
#[derive(Debug)]
pub(crate) struct Accounts {
    users: Vec<User>,
    failures: BTreeMap<String, u32>,
    failures_before_lock: u32,
    sessions: HashMap<String, Session>,
    session_lifetime: Duration,
    sessions_opened: u64,
}

#[derive(Debug)]
struct Session {
    user: User,
    node: String,
    last_used: Instant,
}

/// Somebody whose logon succeeded.
#[derive(Debug, Clone)]
pub(crate) struct LoggedOn {
    pub(crate) name: String,
    pub(crate) role: UserRole,
    /// The value of the session cookies to set, where the request brought none.
    pub(crate) new_session: Option<String>,
}

/// What a request says about who sends it.
#[derive(Debug, Default)]
pub(crate) struct Credentials {
    /// Name and password of the Authorization header.
    pub(crate) basic: Option<(String, String)>,
    /// The values of all session cookies.
    pub(crate) sessions: Vec<String>,
}

impl Credentials {
    /// Reads the Authorization header and the Cookie headers.
    pub(crate) fn of(headers: &http::HeaderMap) -> Self {
        let basic = headers
            .get(http::header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Basic"))
            .and_then(|(_, value)| STANDARD.decode(value.trim()).ok())
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .and_then(|text| {
                text.split_once(':')
                    .map(|(name, password)| (name.to_owned(), password.to_owned()))
            });
        let sessions = headers
            .get_all(http::header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(name, _)| matches!(*name, "JSESSIONID" | "JSESSIONIDSSO"))
            .map(|(_, value)| value.to_owned())
            .collect();
        Self { basic, sessions }
    }
}

impl Accounts {
    pub(crate) fn new(
        users: Vec<User>,
        failures_before_lock: u32,
        session_lifetime: Duration,
    ) -> Self {
        Self {
            users,
            failures: BTreeMap::new(),
            failures_before_lock,
            sessions: HashMap::new(),
            session_lifetime,
            sessions_opened: 0,
        }
    }

    /// Logs somebody on at `node`, by password or by an open session; `None` is a failed logon.
    pub(crate) fn log_on(&mut self, node: &str, credentials: &Credentials) -> Option<LoggedOn> {
        let lifetime = self.session_lifetime;
        self.sessions
            .retain(|_, session| session.last_used.elapsed() <= lifetime);
        let open = credentials
            .sessions
            .iter()
            .find(|id| {
                self.sessions
                    .get(*id)
                    .is_some_and(|session| session.node == node)
            })
            .cloned();
        let user = match &credentials.basic {
            Some((name, password)) => self.check_password(name, password)?,
            None => self.sessions.get(open.as_ref()?)?.user.clone(),
        };
        let session_of_user = open.and_then(|id| {
            self.sessions
                .get_mut(&id)
                .filter(|session| session.user == user)
        });
        let new_session = if let Some(session) = session_of_user {
            session.last_used = Instant::now();
            None
        } else {
            Some(self.open_session(node, &user))
        };
        Some(LoggedOn {
            name: user.name,
            role: user.role,
            new_session,
        })
    }

    /// Whether failed logons have locked the account.
    pub(crate) fn is_locked(&self, name: &str) -> bool {
        self.failures
            .get(name)
            .is_some_and(|count| *count >= self.failures_before_lock)
    }

    pub(crate) fn unlock(&mut self, name: &str) {
        self.failures.remove(name);
    }

    pub(crate) fn set_password(&mut self, name: &str, password: &str) {
        for user in self.users.iter_mut().filter(|user| user.name == name) {
            password.clone_into(&mut user.password);
        }
    }

    /// Sessions that are open now, and all that were ever opened.
    pub(crate) fn sessions(&self) -> (usize, u64) {
        (self.sessions.len(), self.sessions_opened)
    }

    /// Ends every session, as a restart of the web server does.
    pub(crate) fn end_sessions(&mut self) {
        self.sessions.clear();
    }

    fn check_password(&mut self, name: &str, password: &str) -> Option<User> {
        let user = self.users.iter().find(|user| user.name == name)?.clone();
        if self.is_locked(name) {
            return None;
        }
        if user.password != password {
            *self.failures.entry(name.to_owned()).or_default() += 1;
            return None;
        }
        self.failures.remove(name);
        Some(user)
    }

    fn open_session(&mut self, node: &str, user: &User) -> String {
        let id = new_row_identifier().replace('-', "").to_uppercase();
        self.sessions_opened += 1;
        let session = Session {
            user: user.clone(),
            node: node.to_owned(),
            last_used: Instant::now(),
        };
        self.sessions.insert(id.clone(), session);
        id
    }
}
