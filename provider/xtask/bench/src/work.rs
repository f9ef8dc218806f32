//! What each of the two is asked to do: its own resource, with about as many attributes as the other's.

use mock_core::config;
use mock_core::config::{Input, unknown};
use mock_core::value::Value;

/// The configuration of a provider and of one of its resources.
pub(crate) struct Work {
    pub(crate) type_name: &'static str,
    /// The provider block.
    pub(crate) provider: Input,
    /// The resource as it is configured.
    pub(crate) config: Input,
    /// The same as it is planned to be created, where that needs no network.
    pub(crate) creation: Input,
    /// What the state has beside what is configured.
    pub(crate) computed: Vec<(&'static str, Input)>,
    /// What identifies it, where the provider has such a thing.
    pub(crate) identity: Option<Value>,
}

/// The primary key of the route.
pub(crate) const PKID: &str = "2d3c4b5a-6f70-4182-93a4-b5c6d7e8f901";

/// A static route: 16 attributes.
///
/// A creation whose publisher is known looks at the publisher; one whose publisher is not, cannot.
pub(crate) fn ours() -> Work {
    let config = config! {
        domain = "remote.example.com",
        next_hop = "edge.example.com",
        priority = 2,
        description = "to the remote domain",
    };
    Work {
        type_name: "imp_static_route",
        provider: config! {
            address = "imp.invalid",
            username = "bench",
            password = "bench",
        },
        creation: config.clone().with("publisher", unknown()),
        config,
        computed: vec![
            (
                "id",
                "default/.com.example.remote/edge.example.com:5061/TLS".into(),
            ),
            ("publisher", "default".into()),
            ("destination_pattern", ".com.example.remote".into()),
            ("next_hop_port", 5061.into()),
            ("protocol", "TLS".into()),
            ("route_type", "domain".into()),
            ("weight", 1.into()),
            ("allow_less_specific_route", true.into()),
            ("in_service", true.into()),
            ("block_route", false.into()),
            ("pkid", PKID.into()),
        ],
        identity: Some(Value::object([
            ("publisher", Value::string("default")),
            ("destination_pattern", Value::string(".com.example.remote")),
            ("next_hop", Value::string("edge.example.com")),
            ("next_hop_port", Value::int(5061)),
            ("protocol", Value::string("TLS")),
        ])),
    }
}

/// A proxied MCP server of the peer: 17 attributes.
pub(crate) fn theirs() -> Work {
    let config = config! {
        name = "to the remote domain",
        connection_id = 42,
        folder_id = 7,
        description = "to the remote domain",
        allow_same_user_token_inheritance = false,
    };
    Work {
        type_name: "workato_proxied_mcp_server",
        provider: config! {
            api_key = "bench",
            base_url = "https://workato.invalid",
        },
        creation: config.clone(),
        config,
        computed: vec![
            ("id", "42".into()),
            ("applied_name", "to the remote domain".into()),
            ("asset_type", "proxied".into()),
            ("auth_type", "token".into()),
            ("created_at", "2026-01-01T00:00:00Z".into()),
            ("mcp_url", "https://mcp.invalid/42".into()),
            ("server_url", "https://mcp.invalid/42".into()),
            ("tool_details", Input::List(Vec::new())),
            ("tools_count", 0.into()),
            ("updated_at", "2026-01-01T00:00:00Z".into()),
        ],
        identity: None,
    }
}
