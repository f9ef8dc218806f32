//! How much is logged.

use std::ffi::OsString;

use tracing::level_filters::LevelFilter;

/// The level the first variable asks for that is set and not empty; without any, nothing is logged.
pub(super) fn from_environment(
    variables: &[&str],
    lookup: impl Fn(&str) -> Option<OsString>,
) -> LevelFilter {
    variables
        .iter()
        .filter_map(|name| lookup(name))
        .find(|value| !value.is_empty())
        .map_or(LevelFilter::OFF, |value| parse(&value.to_string_lossy()))
}

fn parse(level: &str) -> LevelFilter {
    match level.trim().to_ascii_uppercase().as_str() {
        "DEBUG" => LevelFilter::DEBUG,
        "INFO" => LevelFilter::INFO,
        "WARN" => LevelFilter::WARN,
        "ERROR" => LevelFilter::ERROR,
        "OFF" => LevelFilter::OFF,
        // TRACE, JSON, and what Terraform takes for TRACE with a warning of its own.
        _ => LevelFilter::TRACE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(environment: &[(&str, &str)]) -> LevelFilter {
        from_environment(
            &["TF_LOG_PROVIDER_IMP", "TF_LOG_PROVIDER", "TF_LOG"],
            |name| {
                let found = environment.iter().find(|(key, _)| *key == name);
                found.map(|(_, value)| OsString::from(value))
            },
        )
    }

    #[test]
    fn nothing_asked_nothing_logged() {
        assert_eq!(level(&[]), LevelFilter::OFF);
        assert_eq!(level(&[("TF_LOG", "")]), LevelFilter::OFF);
        assert_eq!(level(&[("TF_LOG_CORE", "TRACE")]), LevelFilter::OFF);
    }

    #[test]
    fn the_first_variable_that_is_set_wins() {
        assert_eq!(
            level(&[("TF_LOG", "trace"), ("TF_LOG_PROVIDER", "off")]),
            LevelFilter::OFF
        );
        assert_eq!(
            level(&[("TF_LOG", "off"), ("TF_LOG_PROVIDER_IMP", "Info")]),
            LevelFilter::INFO
        );
        assert_eq!(
            level(&[("TF_LOG", "WARN"), ("TF_LOG_PROVIDER", "")]),
            LevelFilter::WARN
        );
    }

    #[test]
    fn json_and_the_unknown_mean_everything() {
        assert_eq!(level(&[("TF_LOG", "json")]), LevelFilter::TRACE);
        assert_eq!(level(&[("TF_LOG", "1")]), LevelFilter::TRACE);
    }
}
