//! Debug mode: a person starts the plugin, and tells hosts where it is through `TF_REATTACH_PROVIDERS`.

use std::io::{self, Write as _};
use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::endings::Ending;
use crate::environment::ListenerEnvironment;
use crate::error::ServeError;
use crate::listener::{Address, Listener};
use crate::panics::install_panic_hook;
use crate::requests::Requests;
use crate::router::PluginService;
use crate::serve::Server;
use crate::signals::Signals;

/// Under which names hosts will look for the plugin.
#[derive(Debug, Clone)]
pub struct DebugConfig {
    /// The application protocol the service speaks, 6 for a Terraform provider.
    pub protocol_version: u32,
    /// The source addresses as users' hosts resolve them: Terraform and OpenTofu have different
    /// default registries, hence several (`registry.terraform.io/NAMESPACE/NAME`).
    pub addresses: Vec<String>,
}

/// Serves a plugin to any number of hosts, one after the other or at the same time, until Ctrl-C.
///
/// No cookie, no TLS (the socket's folder admits only this user), no handshake line, no exit when a
/// host goes. All phases of a command share the one process: it may be configured again and again.
pub async fn serve_debug<S: PluginService>(
    config: &DebugConfig,
    requests: Arc<Requests>,
    service: impl FnOnce() -> S,
) -> Result<Ending, ServeError> {
    install_panic_hook();
    let listener = Listener::bind(&ListenerEnvironment::default())?;
    let signals = Signals::take_over().map_err(ServeError::Signals)?;
    let text = instructions(config, &listener.address(), std::process::id());
    io::stdout()
        .write_all(text.as_bytes())
        .and_then(|()| io::stdout().flush())
        .map_err(ServeError::Handshake)?;
    let server = Server::new(listener, None, requests, service());
    let endings = server.endings(signals);
    Ok(server.run(endings.of_debugged()).await)
}

fn instructions(config: &DebugConfig, address: &Address, process: u32) -> String {
    format!(
        "Provider started. To attach Terraform to it, set this environment variable where you run Terraform:\n\n\
         \tTF_REATTACH_PROVIDERS='{}'\n\nCtrl-C ends the provider.\n",
        reattach(config, address, process)
    )
}

fn reattach(config: &DebugConfig, address: &Address, process: u32) -> Value {
    let entry = json!({
        "Protocol": "grpc",
        "ProtocolVersion": config.protocol_version,
        "Pid": process,
        // Without it Terraform takes the plugin for one of protocol 5, and kills it at the end.
        "Test": true,
        "Addr": {"Network": address.network, "String": address.address},
    });
    let entries: Map<String, Value> = config
        .addresses
        .iter()
        .map(|address| (address.clone(), entry.clone()))
        .collect();
    Value::Object(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_leads_to_the_process() {
        let config = DebugConfig {
            protocol_version: 6,
            addresses: vec![
                "registry.opentofu.org/a/b".to_owned(),
                "registry.terraform.io/a/b".to_owned(),
            ],
        };
        let address = Address {
            network: "unix",
            address: "/tmp/plugin1/s".to_owned(),
        };
        let entry = r#"{"Addr":{"Network":"unix","String":"/tmp/plugin1/s"},"Pid":7,"Protocol":"grpc","ProtocolVersion":6,"Test":true}"#;
        let expected = format!(
            "\tTF_REATTACH_PROVIDERS='{{\"registry.opentofu.org/a/b\":{entry},\"registry.terraform.io/a/b\":{entry}}}'\n"
        );
        let text = instructions(&config, &address, 7);
        assert!(text.contains(&expected), "{text}");
    }
}
