//! What to do about an error.

use super::Error;

impl Error {
    /// What to do about it, where there is more to say than the error itself does.
    pub fn remedy(&self) -> Option<String> {
        let text = match self {
            Self::Unreachable { .. } => {
                "Check `address`, the port (8443) and the firewall between, and that the service Cisco AXL Web \
                 Service runs on the node."
            }
            Self::Certificate { .. } => {
                "Set `ca_certificate` to the authority that signed the certificate, or to the certificate \
                 itself where it is self-signed, and `tls_server_name` to the name in it where that is not \
                 the address."
            }
            Self::Authentication { .. } => {
                "Check `username` and `password`, and that the user has the roles Standard CCM Admin Users and \
                 Standard AXL API Access. The logon was tried once and is not repeated, since three failures lock \
                 the account."
            }
            Self::RoleMissing { .. } => {
                "Give the user the roles Standard CCM Admin Users and Standard AXL API Access; for reading \
                 alone, Standard AXL Read Only API Access instead of the latter."
            }
            Self::ServiceControlRefused { .. } => {
                "Give the user a role that may use Cisco Unified Serviceability, such as Standard SERVICEABILITY \
                 Administration, beside Standard CCM Admin Users."
            }
            Self::OtherNode { .. } => {
                "Correct the address of this node: each node is asked at its own."
            }
            Self::VersionUnsupported { .. } => {
                "Set `axl_version` to one of these, or leave it out to have it found out."
            }
            Self::Busy { .. } => {
                "The publisher refuses writes while too many change notifications are outstanding. Wait until \
                 it has caught up, or raise `retry_timeout`, and run again."
            }
            Self::Redirected { .. } => {
                "Set `address` to the host itself. Where a proxy or a portal answers in its place, correct \
                 `proxy_url`."
            }
            Self::NotCarriedOut { .. } => {
                "Nothing was changed. Run again when the publisher answers as usual."
            }
            Self::Undecodable { .. } => {
                "Check that `address` and `proxy_url` lead to the AXL service of an IM and Presence publisher."
            }
            Self::TimedOut { .. } => "Raise `request_timeout` if the publisher is only slow.",
            Self::OutOfTime { .. } => {
                "Raise the time that the operation may take, or look why the publisher is so slow."
            }
            Self::Subscriber { .. } => {
                "Set `address` to the publisher: these settings can only be changed there."
            }
            Self::OtherProduct { .. } => {
                "Set `address` to the IM and Presence database publisher of the cluster, not to Unified CM."
            }
            Self::ProfileMismatch { .. } => {
                "Nothing was changed. Set `schema_profile` to a profile that was made for this release."
            }
            Self::ProfileUnverified { .. } => {
                "Cisco does not publish the names of these tables. Verify a profile on a lab publisher of the \
                 same release and set `schema_profile` to it; for a lab, `allow_unverified_profile = true` \
                 writes without."
            }
            Self::ReadOnly => "Set `read_only = false` to allow changes.",
            Self::CompanionRowsMissing { .. } => {
                "On this release SQL alone is not enough to add a SIP federated domain. Add it in the \
                 administration page, and import it."
            }
            Self::Rejected { .. }
            | Self::Settings { .. }
            | Self::Cancelled
            | Self::ChangeLog { .. }
            | Self::Duplicate { .. }
            | Self::RowChanged { .. }
            | Self::RowVanished { .. }
            | Self::UnknownOutcome { .. }
            | Self::UnreadableRow { .. } => return None,
        };
        Some(text.to_owned())
    }
}
