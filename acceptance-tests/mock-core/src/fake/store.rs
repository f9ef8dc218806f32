//! The state store `test_store`: states in memory, under locks whose ids count up.

use tfplugin_protocol::tfplugin6::*;

use super::{Shared, error};
use crate::codec;
use crate::value::Type;

/// What it keeps.
#[derive(Default)]
pub(crate) struct Kept {
    pub(crate) states: std::collections::BTreeMap<String, Vec<u8>>,
    pub(crate) locks: std::collections::BTreeMap<String, String>,
    chunk_size: usize,
    last_lock: u32,
}

pub(super) fn schema() -> Schema {
    let path = schema::Attribute {
        name: "path".to_owned(),
        r#type: "\"string\"".into(),
        optional: true,
        ..Default::default()
    };
    Schema {
        version: 0,
        block: Some(schema::Block {
            attributes: vec![path],
            ..Default::default()
        }),
    }
}

fn path(config: Option<&DynamicValue>) -> String {
    let ty = Type::object([("path", Type::String)]);
    let config = codec::from_wire(config, &ty).unwrap();
    config
        .attribute("path")
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

impl Shared {
    pub(super) fn validate_store(
        &mut self,
        q: &validate_state_store_config::Request,
    ) -> validate_state_store_config::Response {
        self.calls.push("validate store".to_owned());
        let bad = path(q.config.as_ref()) == "bad";
        let diagnostics = if bad { vec![error("bad path")] } else { vec![] };
        validate_state_store_config::Response { diagnostics }
    }

    pub(super) fn configure_store(
        &mut self,
        q: &configure_state_store::Request,
    ) -> configure_state_store::Response {
        let proposed = q.capabilities.unwrap_or_default();
        self.calls
            .push(format!("configure store chunks={}", proposed.chunk_size));
        self.store.chunk_size = usize::try_from(proposed.chunk_size).unwrap_or_default();
        configure_state_store::Response {
            capabilities: Some(proposed),
            ..Default::default()
        }
    }

    pub(super) fn read_state(
        &mut self,
        q: &read_state_bytes::Request,
    ) -> Vec<read_state_bytes::Response> {
        self.calls.push(format!("read state {}", q.state_id));
        let state = self.store.states.get(&q.state_id);
        let state = state.map(Vec::as_slice).unwrap_or_default();
        let mut start = 0;
        let response = |bytes: &[u8]| {
            let end = start + i64::try_from(bytes.len()).unwrap() - 1;
            let response = read_state_bytes::Response {
                bytes: bytes.to_vec().into(),
                total_length: i64::try_from(state.len()).unwrap(),
                range: Some(StateRange { start, end }),
                diagnostics: Vec::new(),
            };
            start = end + 1;
            response
        };
        state.chunks(self.store.chunk_size).map(response).collect()
    }

    pub(super) fn lock_state(&mut self, q: &lock_state::Request) -> lock_state::Response {
        self.calls
            .push(format!("lock {} for {}", q.state_id, q.operation));
        if self.store.locks.contains_key(&q.state_id) {
            return lock_state::Response {
                diagnostics: vec![error("locked")],
                ..Default::default()
            };
        }
        self.store.last_lock += 1;
        let lock_id = self.store.last_lock.to_string();
        self.store.locks.insert(q.state_id.clone(), lock_id.clone());
        lock_state::Response {
            lock_id,
            ..Default::default()
        }
    }

    pub(super) fn unlock_state(&mut self, q: &unlock_state::Request) -> unlock_state::Response {
        self.calls
            .push(format!("unlock {} id={}", q.state_id, q.lock_id));
        let held = self.store.locks.get(&q.state_id) == Some(&q.lock_id);
        if held {
            self.store.locks.remove(&q.state_id);
        }
        let diagnostics = if held {
            vec![]
        } else {
            vec![error("not locked")]
        };
        unlock_state::Response { diagnostics }
    }

    pub(super) fn states(&mut self) -> get_states::Response {
        self.calls.push("states".to_owned());
        get_states::Response {
            state_ids: self.store.states.keys().cloned().collect(),
            ..Default::default()
        }
    }

    pub(super) fn delete_state(&mut self, q: &delete_state::Request) -> delete_state::Response {
        self.calls.push(format!("delete state {}", q.state_id));
        let known = self.store.states.remove(&q.state_id).is_some();
        let diagnostics = if known {
            vec![]
        } else {
            vec![error("no state")]
        };
        delete_state::Response { diagnostics }
    }
}
