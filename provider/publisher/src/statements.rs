//! The statements that writes would send, for a person to read before anything is sent.

use crate::domain::Pkid;
use crate::profile::{Profile, ProfileSource};
use crate::record::{Enumeration, Record};
use crate::sql::{Literal, Write};

/// Makes the statements that writes would send. Primary keys, and the numbers of enumerations, are placeholders:
/// only the publisher knows them.
#[derive(Debug)]
pub struct Statements {
    profile: Profile,
}

#[allow(
    private_bounds,
    reason = "how rows lie in tables is this crate's own business"
)]
impl Statements {
    /// By the names that a profile has.
    pub fn new(profile: ProfileSource) -> Self {
        Self {
            profile: profile.into_profile(),
        }
    }

    /// What the creation of a row sends. `whose` says what the row is, for the placeholder of its key.
    pub fn create<T: Record>(&self, whose: &str, row: &T) -> Result<String, String> {
        let key = Literal::Text(Pkid::placeholder(whose).to_string());
        let mut assignments = vec![(T::key_column(&self.profile), key)];
        assignments.extend(row.assignments(&self.profile, &self.enumerations::<T>())?);
        let write = Write::insert(T::table(&self.profile), &assignments);
        Ok(write.as_str().to_owned())
    }

    /// What a change of a row sends, if the row is as `prior` says.
    pub fn update<T: Record>(&self, whose: &str, prior: &T, new: &T) -> Result<String, String> {
        let enumerations = self.enumerations::<T>();
        let current = prior.assignments(&self.profile, &enumerations)?;
        let changed: Vec<_> = new
            .assignments(&self.profile, &enumerations)?
            .into_iter()
            .filter(|wanted| !current.contains(wanted))
            .collect();
        let write = Write::update(
            T::table(&self.profile),
            T::key_column(&self.profile),
            &Pkid::placeholder(whose),
            &changed,
            &current,
        );
        Ok(write.as_str().to_owned())
    }

    /// What the deletion of a row sends.
    pub fn delete<T: Record>(&self, whose: &str) -> String {
        let write = Write::delete(
            T::table(&self.profile),
            T::key_column(&self.profile),
            &Pkid::placeholder(whose),
        );
        write.as_str().to_owned()
    }

    fn enumerations<T: Record>(&self) -> Vec<Enumeration> {
        let columns = T::enumerations(&self.profile);
        columns.into_iter().map(Enumeration::unread).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{FederatedDomain, IntegrationType};

    fn domain(description: Option<&str>) -> FederatedDomain {
        FederatedDomain {
            domain_name: "remote.com".parse().unwrap(),
            description: description.map(|text| text.parse().unwrap()),
            integration_type: IntegrationType::OcsLync,
            direct_federation: true,
        }
    }

    #[test]
    fn what_only_the_publisher_knows_is_a_placeholder() {
        let statements = Statements::new(ProfileSource::BuiltIn);
        assert_eq!(
            statements.create("x", &domain(None)).unwrap(),
            "INSERT INTO pefederateddomain (pkid, domainname, description, tkfedprotocol, isdirectfederation) VALUES \
             ('<pkid of x>', 'remote.com', NULL, <Inter-Domain to OCS/Lync in typefedprotocol>, 't')"
        );
        assert_eq!(
            statements
                .update("x", &domain(None), &domain(Some("new")))
                .unwrap(),
            "UPDATE pefederateddomain SET description = 'new' WHERE pkid = '<pkid of x>' AND domainname = \
             'remote.com' AND (description IS NULL OR description = '') AND tkfedprotocol = <Inter-Domain to OCS/Lync \
             in typefedprotocol> AND isdirectfederation = 't'"
        );
        assert_eq!(
            statements.delete::<FederatedDomain>("x"),
            "DELETE FROM pefederateddomain WHERE pkid = '<pkid of x>'"
        );
    }
}
