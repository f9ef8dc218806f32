//! Configuration of a SIP federated domain as a person would have written it.

use imp_publisher::domain::IntegrationType;
use tfplugin_framework::Field;

use super::model::Model;

pub(super) fn generate(state: &Model, config: &mut Model) {
    let aol = state.integration_type.is(IntegrationType::Aol.as_str());
    if state.integration_type.is(IntegrationType::OcsLync.as_str()) {
        config.integration_type = Field::Null;
    }
    if state.direct_federation.is(&!aol) {
        config.direct_federation = Field::Null;
    }
    if state.force_destroy.is(&false) {
        config.force_destroy = Field::Null;
    }
}
