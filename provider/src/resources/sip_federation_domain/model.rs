//! The attributes of a SIP federated domain, and the row they describe.

use imp_publisher::Stored;
use imp_publisher::domain::{DomainName, FederatedDomain, Pkid};
use tfplugin_framework::timeouts::Timeouts;
use tfplugin_framework::{Diagnostics, Field, Identity, model};

use crate::resources::fields::{in_known_spelling, optional, parsed, switch};
use crate::resources::object::Object;

model! {
    /// The attributes of a SIP federated domain.
    #[derive(PartialEq)]
    pub(crate) struct Model {
        id: String,
        publisher: String,
        domain_name: String,
        description: String,
        integration_type: String,
        direct_federation: bool,
        force_destroy: bool,
        pkid: String,
        timeouts: Timeouts,
    }
}

impl Object for Model {
    type Row = FederatedDomain;

    const IMPORT_FORM: &'static str =
        "\"PUBLISHER/DOMAIN_NAME\" such as \"emea/remote.com\", or \"PUBLISHER/PKID\"";

    fn publisher(&self) -> &Field<String> {
        &self.publisher
    }

    fn id(&self) -> &Field<String> {
        &self.id
    }

    fn pkid(&self) -> &Field<String> {
        &self.pkid
    }

    fn timeouts(&self) -> &Field<Timeouts> {
        &self.timeouts
    }

    fn key(&self) -> Option<DomainName> {
        parsed(&self.domain_name, "domain_name").ok()
    }

    fn row(&self) -> Result<FederatedDomain, Diagnostics> {
        Ok(FederatedDomain {
            domain_name: parsed(&self.domain_name, "domain_name")?,
            description: optional(&self.description, "description")?,
            integration_type: parsed(&self.integration_type, "integration_type")?,
            direct_federation: switch(self.direct_federation, "direct_federation")?,
        })
    }

    fn fill(&mut self, publisher: &str, stored: &Stored<FederatedDomain>) {
        let row = &stored.value;
        self.publisher.set(publisher);
        self.domain_name = in_known_spelling(&self.domain_name, &row.domain_name);
        self.description = row.description.as_ref().map(ToString::to_string).into();
        self.integration_type.set(row.integration_type.as_str());
        self.direct_federation.set(row.direct_federation);
        if self.force_destroy.is_null() {
            self.force_destroy.set(false);
        }
        self.pkid.set(stored.pkid.as_str());
        if let Some(id) = id(&self.publisher, &self.domain_name) {
            self.id.set(id);
        }
    }

    fn to_be_read(publisher: &str, pkid: Option<&Pkid>, key: Option<&str>) -> Result<Self, String> {
        if let Some(key) = key {
            key.parse::<DomainName>()
                .map_err(|error| error.to_string())?;
        }
        Ok(Self {
            publisher: publisher.into(),
            domain_name: key.map(ToOwned::to_owned).into(),
            pkid: pkid.map(ToString::to_string).into(),
            ..Self::default()
        })
    }

    fn of_identity(identity: &Identity, names: &[&str]) -> Result<Self, Diagnostics> {
        super::identity::object(identity, names)
    }
}

/// The readable id, where its parts are known.
pub(super) fn id(publisher: &Field<String>, domain_name: &Field<String>) -> Option<String> {
    Some(format!("{}/{}", publisher.as_str()?, domain_name.as_str()?))
}
