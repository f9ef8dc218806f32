//! Lets in who may come in: what every service on a node does before it answers.

use http::HeaderMap;

use crate::accounts::Credentials;
use crate::answer::Answer;
use crate::cluster::{ClusterState, NodeState};
use crate::journal::JournalEntry;
use crate::options::UserRole;

/// Logs the request's user on and has `answer` answer; sets the cookies of a new session.
pub(crate) fn authenticated(
    cluster: &ClusterState,
    node: &NodeState,
    headers: &HeaderMap,
    entry: &mut JournalEntry,
    answer: impl FnOnce(UserRole, &mut JournalEntry) -> Answer,
) -> Answer {
    let credentials = Credentials::of(headers);
    entry.user = credentials.basic.as_ref().map(|(name, _)| name.clone());
    let Some(user) = cluster.accounts().log_on(&node.name, &credentials) else {
        return Answer::unauthorized();
    };
    entry.user = Some(user.name.clone());
    let answer = if user.role == UserRole::None {
        Answer::forbidden()
    } else {
        answer(user.role, entry)
    };
    match user.new_session {
        None => answer,
        Some(session) => answer
            .with_header(
                "set-cookie",
                format!("JSESSIONIDSSO={session}; Path=/; Secure; HttpOnly"),
            )
            .with_header(
                "set-cookie",
                format!("JSESSIONID={session}; Path=/; Secure; HttpOnly"),
            ),
    }
}
