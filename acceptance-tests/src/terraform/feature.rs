//! Features that not every core has, and tests that need one.

use std::env;
use std::fs::OpenOptions;
use std::io::Write as _;

use super::{CORE_VARIABLE, Capabilities, Terraform, wheel};
use crate::Failure;

/// The environment variable that names a file, to which every skipped test adds a line: the test, a space, and the
/// feature that it needs.
pub(crate) const SKIPS_VARIABLE: &str = "IMP_TEST_SKIPS";

/// A feature that not every core has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Feature {
    /// `optional(…, default)` in types of variables.
    OptionalAttributes,
    /// `replace_triggered_by` in `lifecycle` blocks.
    ReplaceTriggeredBy,
    /// Plans of destructions that a provider takes part in.
    DestroyPlans,
    /// The built-in resource type `terraform_data`.
    TerraformData,
    /// `import` blocks.
    ImportBlocks,
    /// `import` blocks with `for_each`.
    RepeatedImportBlocks,
    /// `plan -generate-config-out`.
    GeneratedConfiguration,
    /// `provider::imp::function(…)`.
    ProviderFunctions,
    /// `test`.
    TestCommand,
    /// `mock_provider` in files of `test`.
    MockProviders,
    /// Write-only attributes.
    WriteOnlyAttributes,
    /// `import { identity = … }`.
    ResourceIdentity,
    /// `query`.
    ListResources,
    /// `action` blocks.
    Actions,
}

impl Feature {
    /// Its name in lists of skipped tests.
    pub fn name(self) -> &'static str {
        match self {
            Self::OptionalAttributes => "optional_attributes",
            Self::ReplaceTriggeredBy => "replace_triggered_by",
            Self::DestroyPlans => "destroy_plans",
            Self::TerraformData => "terraform_data",
            Self::ImportBlocks => "import_blocks",
            Self::RepeatedImportBlocks => "repeated_import_blocks",
            Self::GeneratedConfiguration => "generated_configuration",
            Self::ProviderFunctions => "provider_functions",
            Self::TestCommand => "test_command",
            Self::MockProviders => "mock_providers",
            Self::WriteOnlyAttributes => "write_only_attributes",
            Self::ResourceIdentity => "resource_identity",
            Self::ListResources => "list_resources",
            Self::Actions => "actions",
        }
    }

    fn is_among(self, capabilities: Capabilities) -> bool {
        match self {
            Self::OptionalAttributes => capabilities.optional_attributes,
            Self::ReplaceTriggeredBy => capabilities.replace_triggered_by,
            Self::DestroyPlans => capabilities.destroy_plans,
            Self::TerraformData => capabilities.terraform_data,
            Self::ImportBlocks => capabilities.import_blocks,
            Self::RepeatedImportBlocks => capabilities.repeated_import_blocks,
            Self::GeneratedConfiguration => capabilities.generated_configuration,
            Self::ProviderFunctions => capabilities.provider_functions,
            Self::TestCommand => capabilities.test_command,
            Self::MockProviders => capabilities.mock_providers,
            Self::WriteOnlyAttributes => capabilities.write_only_attributes,
            Self::ResourceIdentity => capabilities.resource_identity,
            Self::ListResources => capabilities.list_resources,
            Self::Actions => capabilities.actions,
        }
    }
}

/// A core with this feature, for the test of that name: the core that this run is about, where it has the feature.
/// Else, where a core was named in `IMP_TEST_TERRAFORM`, there is none and the test is written down as skipped; and
/// where none was named, the newest from PyPI takes its place, so that no feature goes untried.
#[doc(hidden)]
pub fn core_with(feature: Feature, test: &str) -> Result<Option<Terraform>, Failure> {
    let found = Terraform::find()?;
    if feature.is_among(found.capabilities()) {
        return Ok(Some(found.clone()));
    }
    let named = env::var_os(CORE_VARIABLE).is_some_and(|named| !named.is_empty());
    if !named {
        return Ok(Some(Terraform::version(wheel::NEWEST)?));
    }
    note_skipped(feature, test.trim_end_matches("::here"))?;
    Ok(None)
}

/// A core with this feature for the test in which it stands: `Some`, or `None` where the test has to be skipped,
/// which is then on record.
#[macro_export]
macro_rules! core_with {
    ($feature:expr) => {{
        fn here() {}
        match $crate::core_with($feature, ::std::any::type_name_of_val(&here)) {
            Ok(core) => core,
            Err(failure) => panic!("{failure}"),
        }
    }};
}

fn note_skipped(feature: Feature, test: &str) -> Result<(), Failure> {
    let Some(file) = env::var_os(SKIPS_VARIABLE) else {
        return Ok(());
    };
    let line = format!("{test} {}\n", feature.name());
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(file)
        .and_then(|mut file| file.write_all(line.as_bytes()))
        .map_err(|error| Failure::new(format!("{SKIPS_VARIABLE} cannot be written: {error}")))
}
