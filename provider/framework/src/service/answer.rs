//! Answers that carry nothing but diagnostics.

use tfplugin_protocol::tfplugin6 as wire;

use crate::convert;
use crate::diagnostics::Diagnostics;

/// An answer that can say that the request failed.
pub(crate) trait Failed {
    /// The answer with these diagnostics and nothing else.
    fn failed(diagnostics: &Diagnostics) -> Self;
}

macro_rules! failed {
    ($($message:ident),+ $(,)?) => {$(
        impl Failed for wire::$message::Response {
            fn failed(diagnostics: &Diagnostics) -> Self {
                Self {
                    diagnostics: convert::diagnostics(diagnostics),
                    ..Self::default()
                }
            }
        }

        impl From<Diagnostics> for wire::$message::Response {
            fn from(diagnostics: Diagnostics) -> Self {
                Self::failed(&diagnostics)
            }
        }
    )+};
}

/// Messages of which diagnostics are the only field.
macro_rules! failed_only {
    ($($message:ident),+ $(,)?) => {$(
        impl Failed for wire::$message::Response {
            fn failed(diagnostics: &Diagnostics) -> Self {
                Self {
                    diagnostics: convert::diagnostics(diagnostics),
                }
            }
        }

        impl From<Diagnostics> for wire::$message::Response {
            fn from(diagnostics: Diagnostics) -> Self {
                Self::failed(&diagnostics)
            }
        }
    )+};
}

failed!(
    apply_resource_change,
    configure_state_store,
    generate_resource_config,
    get_functions,
    get_metadata,
    get_provider_schema,
    get_resource_identity_schemas,
    get_states,
    import_resource_state,
    lock_state,
    move_resource_state,
    open_ephemeral_resource,
    plan_action,
    plan_resource_change,
    read_data_source,
    read_resource,
    renew_ephemeral_resource,
    upgrade_resource_identity,
    upgrade_resource_state,
);

failed_only!(
    close_ephemeral_resource,
    configure_provider,
    delete_state,
    unlock_state,
    validate_action_config,
    validate_data_resource_config,
    validate_ephemeral_resource_config,
    validate_list_resource_config,
    validate_provider_config,
    validate_resource_config,
    validate_state_store_config,
    write_state_bytes,
);

impl Failed for wire::call_function::Response {
    fn failed(diagnostics: &Diagnostics) -> Self {
        Self {
            result: None,
            error: Some(wire::FunctionError {
                text: diagnostics.to_string(),
                function_argument: None,
            }),
        }
    }
}

impl From<Diagnostics> for wire::call_function::Response {
    fn from(diagnostics: Diagnostics) -> Self {
        Self::failed(&diagnostics)
    }
}
