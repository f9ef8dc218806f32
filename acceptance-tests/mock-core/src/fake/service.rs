//! The calls of the protocol the provider answers.

use std::collections::BTreeMap;

use bytes::Bytes;
use tfplugin_protocol::tfplugin6::provider_server::Provider;
use tfplugin_protocol::tfplugin6::*;
use tokio_stream::Iter;
use tonic::{Request, Response, Status, Streaming};

use super::{Fake, Shared, Spoil, error, thing};
use crate::value::Value;

type Events<T> = Iter<std::vec::IntoIter<Result<T, Status>>>;

fn spoil<T>(spoiler: &mut Spoil<T>, answer: &mut T) {
    if let Some(spoiler) = spoiler {
        spoiler(answer);
    }
}

fn text(private: &Bytes) -> String {
    String::from_utf8_lossy(private).into_owned()
}

impl Shared {
    fn plan(&mut self, q: &plan_resource_change::Request) -> plan_resource_change::Response {
        let prior = thing::read(q.prior_state.as_ref());
        let proposed = thing::read(q.proposed_new_state.as_ref());
        let step = match (prior.is_null(), proposed.is_null()) {
            (true, _) => "create",
            (_, true) => "destroy",
            _ => "update",
        };
        let private = text(&q.prior_private);
        self.calls.push(format!(
            "plan {step} private={private} identity={}",
            q.prior_identity.is_some()
        ));
        let mut answer = plan_resource_change::Response {
            planned_private: format!("{private}>{step}").into(),
            planned_identity: q.prior_identity.clone(),
            ..Default::default()
        };
        if proposed.is_null() {
            answer.planned_state = thing::write(&Value::Null);
            return answer;
        }
        let mut planned = thing::with(&proposed, "password", Value::Null);
        for computed in ["id", "size"] {
            if planned.attribute(computed).is_null() && prior.is_null() {
                planned = thing::with(&planned, computed, Value::unknown());
            }
        }
        if !prior.is_null() && prior.attribute("name") != planned.attribute("name") {
            let selector = attribute_path::step::Selector::AttributeName("name".into());
            let step = attribute_path::Step {
                selector: Some(selector),
            };
            answer
                .requires_replace
                .push(AttributePath { steps: vec![step] });
        }
        if prior.is_null() {
            answer.planned_identity = None;
        }
        answer.planned_state = thing::write(&planned);
        answer
    }

    fn apply(&mut self, q: &apply_resource_change::Request) -> apply_resource_change::Response {
        let prior = thing::read(q.prior_state.as_ref());
        let planned = thing::read(q.planned_state.as_ref());
        let private = text(&q.planned_private);
        let name = planned
            .attribute("name")
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let mut answer = apply_resource_change::Response::default();
        if planned.is_null() {
            let id = prior
                .attribute("id")
                .as_str()
                .unwrap_or_default()
                .to_owned();
            let name = prior
                .attribute("name")
                .as_str()
                .unwrap_or_default()
                .to_owned();
            self.calls.push(format!("delete {name} private={private}"));
            self.remote.remove(&id);
            answer.new_state = thing::write(&Value::Null);
            return answer;
        }
        let step = if prior.is_null() { "create" } else { "update" };
        self.calls.push(format!("{step} {name} private={private}"));
        let id = if let Value::String(id) = planned.attribute("id") {
            id
        } else {
            self.next_id += 1;
            self.next_id.to_string()
        };
        let mut result = thing::with(&planned, "id", Value::string(&id));
        if result.attribute("size").is_unknown() {
            result = thing::with(&result, "size", Value::int(7));
        }
        self.remote.insert(id.clone(), result.clone());
        answer.new_state = thing::write(&result);
        answer.private = format!("made-{id}").into();
        answer.new_identity = thing::identity(&Value::string(&id));
        answer
    }

    fn read(&mut self, q: &read_resource::Request) -> read_resource::Response {
        let current = thing::read(q.current_state.as_ref());
        let id = current
            .attribute("id")
            .as_str()
            .unwrap_or_default()
            .to_owned();
        self.calls
            .push(format!("read {id} private={}", text(&q.private)));
        let remote = self.remote.get(&id).cloned().unwrap_or(Value::Null);
        let identity = if remote.is_null() {
            None
        } else {
            thing::identity(&Value::string(&id))
        };
        read_resource::Response {
            new_state: thing::write(&remote),
            private: q.private.clone(),
            new_identity: identity,
            ..Default::default()
        }
    }

    fn import(&mut self, q: &import_resource_state::Request) -> import_resource_state::Response {
        let id = match thing::identified(q.identity.as_ref()) {
            Value::Null => q.id.clone(),
            id => id.as_str().unwrap_or_default().to_owned(),
        };
        self.calls.push(format!("import {id}"));
        let empty = Value::object(
            ["id", "name", "note", "size", "tags", "password"].map(|name| (name, Value::Null)),
        );
        let imported = import_resource_state::ImportedResource {
            type_name: q.type_name.clone(),
            state: thing::write(&thing::with(&empty, "id", Value::string(&id))),
            private: "imported".into(),
            identity: thing::identity(&Value::string(&id)),
        };
        import_resource_state::Response {
            imported_resources: vec![imported],
            ..Default::default()
        }
    }
}

fn provider_schema() -> get_provider_schema::Response {
    let empty = Schema {
        version: 0,
        block: Some(schema::Block::default()),
    };
    let parameter = |name: &str, allow_null_value, allow_unknown_values| function::Parameter {
        name: name.to_owned(),
        r#type: "\"string\"".into(),
        allow_null_value,
        allow_unknown_values,
        ..Default::default()
    };
    let upper = Function {
        parameters: vec![parameter("text", false, false)],
        variadic_parameter: Some(parameter("more", true, true)),
        r#return: Some(function::Return {
            r#type: "\"string\"".into(),
        }),
        ..Default::default()
    };
    get_provider_schema::Response {
        provider: Some(empty.clone()),
        resource_schemas: [("test_thing".to_owned(), thing::schema())].into(),
        data_source_schemas: [("test_thing".to_owned(), thing::schema())].into(),
        ephemeral_resource_schemas: [("test_thing".to_owned(), thing::schema())].into(),
        list_resource_schemas: [("test_thing".to_owned(), empty.clone())].into(),
        action_schemas: [(
            "test_poke".to_owned(),
            ActionSchema {
                schema: Some(empty),
            },
        )]
        .into(),
        state_store_schemas: [("test_store".to_owned(), super::store::schema())].into(),
        functions: [("upper".to_owned(), upper)].into(),
        server_capabilities: Some(ServerCapabilities {
            plan_destroy: true,
            get_provider_schema_optional: true,
            move_resource_state: true,
            generate_resource_config: true,
        }),
        ..Default::default()
    }
}

macro_rules! provider {
    ($($name:ident: $module:ident => |$shared:ident, $q:ident| $body:expr;)* --- $($absent:ident: $absent_module:ident;)*) => {
        #[tonic::async_trait]
        impl Provider for Fake {
            type ListResourceStream = Events<list_resource::Event>;
            type InvokeActionStream = Events<invoke_action::Event>;
            type ReadStateBytesStream = Events<read_state_bytes::Response>;

            $(async fn $name(
                &self,
                request: Request<$module::Request>,
            ) -> Result<Response<$module::Response>, Status> {
                let mut guard = self.lock();
                let $shared: &mut Shared = &mut guard;
                let $q = request.into_inner();
                Ok(Response::new($body))
            })*

            $(async fn $absent(
                &self,
                _: Request<$absent_module::Request>,
            ) -> Result<Response<$absent_module::Response>, Status> {
                Err(Status::unimplemented("not in this provider"))
            })*

            async fn list_resource(
                &self,
                request: Request<list_resource::Request>,
            ) -> Result<Response<Self::ListResourceStream>, Status> {
                let mut shared = self.lock();
                let whole = request.into_inner().include_resource_object;
                let mut events: Vec<_> = shared
                    .remote
                    .iter()
                    .map(|(id, thing)| list_resource::Event {
                        identity: thing::identity(&Value::string(id)),
                        display_name: format!("thing {id}"),
                        resource_object: if whole { thing::write(thing) } else { None },
                        diagnostic: Vec::new(),
                    })
                    .collect();
                spoil(&mut shared.spoil.list, &mut events);
                let events: Vec<_> = events.into_iter().map(Ok).collect();
                Ok(Response::new(tokio_stream::iter(events)))
            }

            async fn invoke_action(
                &self,
                _: Request<invoke_action::Request>,
            ) -> Result<Response<Self::InvokeActionStream>, Status> {
                use invoke_action::event::{Completed, Progress, Type};
                let progress = Type::Progress(Progress { message: "poking".to_owned() });
                let events = [progress, Type::Completed(Completed::default())];
                let mut events = events.map(|it| invoke_action::Event { r#type: Some(it) }).to_vec();
                spoil(&mut self.lock().spoil.action, &mut events);
                let events: Vec<_> = events.into_iter().map(Ok).collect();
                Ok(Response::new(tokio_stream::iter(events)))
            }

            async fn read_state_bytes(
                &self,
                request: Request<read_state_bytes::Request>,
            ) -> Result<Response<Self::ReadStateBytesStream>, Status> {
                let mut shared = self.lock();
                let mut chunks = shared.read_state(&request.into_inner());
                spoil(&mut shared.spoil.read_state, &mut chunks);
                let chunks: Vec<_> = chunks.into_iter().map(Ok).collect();
                Ok(Response::new(tokio_stream::iter(chunks)))
            }

            async fn write_state_bytes(
                &self,
                request: Request<Streaming<write_state_bytes::RequestChunk>>,
            ) -> Result<Response<write_state_bytes::Response>, Status> {
                let hasty = self.lock().spoil.hasty_writes;
                let mut chunks = request.into_inner();
                let (mut id, mut state) = (String::new(), Vec::new());
                while let Some(chunk) = chunks.message().await? {
                    id.extend(chunk.meta.map(|meta| meta.state_id));
                    state.extend_from_slice(&chunk.bytes);
                    if hasty {
                        break;
                    }
                }
                let mut shared = self.lock();
                shared.calls.push(format!("write state {id}"));
                shared.store.states.insert(id, state);
                Ok(Response::new(Default::default()))
            }
        }
    };
}

provider! {
    get_provider_schema: get_provider_schema => |shared, _q| {
        let mut answer = provider_schema();
        spoil(&mut shared.spoil.schema, &mut answer);
        answer
    };
    get_resource_identity_schemas: get_resource_identity_schemas => |shared, _q| {
        let mut identity_schemas =
            BTreeMap::from([("test_thing".to_owned(), thing::identity_schema())]);
        spoil(&mut shared.spoil.identities, &mut identity_schemas);
        get_resource_identity_schemas::Response { identity_schemas, diagnostics: Vec::new() }
    };
    validate_provider_config: validate_provider_config => |_shared, _q| Default::default();
    configure_provider: configure_provider => |_shared, _q| Default::default();
    stop_provider: stop_provider => |shared, _q| {
        shared.calls.push("stop".to_owned());
        Default::default()
    };
    validate_resource_config: validate_resource_config => |_shared, q| {
        let bad = thing::read(q.config.as_ref()).attribute("name").as_str() == Some("bad");
        let diagnostics = if bad { vec![error("bad name")] } else { Vec::new() };
        validate_resource_config::Response { diagnostics }
    };
    upgrade_resource_state: upgrade_resource_state => |shared, q| {
        let json = q.raw_state.unwrap_or_default().json;
        let mut answer = upgrade_resource_state::Response {
            upgraded_state: Some(DynamicValue { json, ..Default::default() }),
            ..Default::default()
        };
        shared.calls.push(format!("upgrade from {}", q.version));
        spoil(&mut shared.spoil.upgrade, &mut answer);
        answer
    };
    read_resource: read_resource => |shared, q| {
        let mut answer = shared.read(&q);
        spoil(&mut shared.spoil.read, &mut answer);
        answer
    };
    plan_resource_change: plan_resource_change => |shared, q| {
        let mut answer = shared.plan(&q);
        spoil(&mut shared.spoil.plan, &mut answer);
        answer
    };
    apply_resource_change: apply_resource_change => |shared, q| {
        let mut answer = shared.apply(&q);
        spoil(&mut shared.spoil.apply, &mut answer);
        answer
    };
    import_resource_state: import_resource_state => |shared, q| {
        let mut answer = shared.import(&q);
        spoil(&mut shared.spoil.import, &mut answer);
        answer
    };
    move_resource_state: move_resource_state => |_shared, q| {
        let json = q.source_state.unwrap_or_default().json;
        move_resource_state::Response {
            target_state: Some(DynamicValue { json, ..Default::default() }),
            target_private: "moved".into(),
            ..Default::default()
        }
    };
    generate_resource_config: generate_resource_config => |_shared, q| {
        let state = thing::read(q.state.as_ref());
        let config = thing::with(&state, "id", Value::Null);
        generate_resource_config::Response { config: thing::write(&config), ..Default::default() }
    };
    validate_data_resource_config: validate_data_resource_config => |_shared, _q| Default::default();
    read_data_source: read_data_source => |_shared, q| {
        let config = thing::read(q.config.as_ref());
        let found = thing::with(&thing::with(&config, "id", "9".into()), "size", Value::int(1));
        read_data_source::Response { state: thing::write(&found), ..Default::default() }
    };
    validate_ephemeral_resource_config: validate_ephemeral_resource_config => |_shared, _q| Default::default();
    open_ephemeral_resource: open_ephemeral_resource => |_shared, q| {
        let config = thing::read(q.config.as_ref());
        let opened = thing::with(&thing::with(&config, "id", "9".into()), "size", Value::int(1));
        open_ephemeral_resource::Response {
            result: thing::write(&opened),
            private: Some("opened".into()),
            renew_at: Some(prost_types::Timestamp { seconds: 60, nanos: 0 }),
            ..Default::default()
        }
    };
    renew_ephemeral_resource: renew_ephemeral_resource => |shared, q| {
        shared.calls.push(format!("renew private={}", text(&q.private.unwrap_or_default())));
        renew_ephemeral_resource::Response { private: Some("renewed".into()), ..Default::default() }
    };
    close_ephemeral_resource: close_ephemeral_resource => |shared, q| {
        shared.calls.push(format!("close private={}", text(&q.private.unwrap_or_default())));
        Default::default()
    };
    validate_list_resource_config: validate_list_resource_config => |_shared, _q| Default::default();
    call_function: call_function => |shared, q| {
        let ty = crate::value::Type::String;
        let texts = q.arguments.iter().map(|it| crate::codec::from_wire(Some(it), &ty).unwrap());
        let joined: String = texts.map(|it| it.as_str().unwrap_or("-").to_uppercase()).collect();
        let result = Some(crate::codec::to_wire(&Value::string(joined), &ty).unwrap());
        let mut answer = call_function::Response { result, error: None };
        spoil(&mut shared.spoil.function, &mut answer);
        answer
    };
    validate_action_config: validate_action_config => |_shared, _q| Default::default();
    plan_action: plan_action => |_shared, _q| Default::default();
    validate_state_store_config: validate_state_store_config => |shared, q| shared.validate_store(&q);
    configure_state_store: configure_state_store => |shared, q| {
        let mut answer = shared.configure_store(&q);
        spoil(&mut shared.spoil.configure_store, &mut answer);
        answer
    };
    lock_state: lock_state => |shared, q| {
        let mut answer = shared.lock_state(&q);
        spoil(&mut shared.spoil.lock, &mut answer);
        answer
    };
    unlock_state: unlock_state => |shared, q| shared.unlock_state(&q);
    get_states: get_states => |shared, _q| {
        let mut answer = shared.states();
        spoil(&mut shared.spoil.states, &mut answer);
        answer
    };
    delete_state: delete_state => |shared, q| shared.delete_state(&q);
    ---
    get_metadata: get_metadata;
    upgrade_resource_identity: upgrade_resource_identity;
    get_functions: get_functions;
}
