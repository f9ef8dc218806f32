//! Configuration of a static route as a person would have written it.

use imp_publisher::domain::{Protocol, RouteType};
use tfplugin_framework::Field;

use super::model::Model;
use super::plan::usual_port;

pub(super) fn generate(state: &Model, config: &mut Model) {
    // A pattern that is a plain reversed name is told by its domain.
    if state.domain.is_known() {
        config.destination_pattern = Field::Null;
    }
    if state.next_hop_port == usual_port(&state.protocol) {
        config.next_hop_port = Field::Null;
    }
    if state.protocol.is(Protocol::Tls.as_str()) {
        config.protocol = Field::Null;
    }
    if state.route_type.is(RouteType::Domain.as_str()) {
        config.route_type = Field::Null;
    }
    for (number, written) in [
        (&state.priority, &mut config.priority),
        (&state.weight, &mut config.weight),
    ] {
        if number.is(&1) {
            *written = Field::Null;
        }
    }
    for (switch, default, written) in [
        (
            state.allow_less_specific_route,
            true,
            &mut config.allow_less_specific_route,
        ),
        (state.in_service, true, &mut config.in_service),
        (state.block_route, false, &mut config.block_route),
    ] {
        if switch.is(&default) {
            *written = Field::Null;
        }
    }
}
