//! What a core can do, by product and version. Tests of a feature ask here whether to expect it.

use super::{Product, Version};

/// The features of the plugin protocol and of the command line that came one by one.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a feature of its own"
)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Capabilities {
    /// `replace_triggered_by` in `lifecycle` blocks.
    pub replace_triggered_by: bool,
    /// `optional(…, default)` in types of variables.
    pub optional_attributes: bool,
    /// Plans of destructions that a provider takes part in.
    pub destroy_plans: bool,
    /// The built-in resource type `terraform_data`.
    pub terraform_data: bool,
    /// `import` blocks.
    pub import_blocks: bool,
    /// `import` blocks with `for_each`.
    pub repeated_import_blocks: bool,
    /// `plan -generate-config-out`.
    pub generated_configuration: bool,
    /// `provider::imp::function(…)`.
    pub provider_functions: bool,
    /// `moved` blocks between resources of different types.
    pub moves_across_types: bool,
    /// `ephemeral` blocks.
    pub ephemeral_resources: bool,
    /// Write-only attributes.
    pub write_only_attributes: bool,
    /// `import { identity = … }`.
    pub resource_identity: bool,
    /// `terraform query`.
    pub list_resources: bool,
    /// `action` blocks.
    pub actions: bool,
    /// `for_each` in provider blocks.
    pub provider_for_each: bool,
    /// `terraform test`.
    pub test_command: bool,
    /// `terraform test` with `mock_provider`.
    pub mock_providers: bool,
}

impl Capabilities {
    pub(super) fn of(product: Product, version: Version) -> Self {
        // The first minor version of 1 that has it, in Terraform and in OpenTofu.
        let since = |terraform: Option<u16>, opentofu: Option<u16>| {
            let minor = match product {
                Product::Terraform => terraform,
                Product::OpenTofu => opentofu,
            };
            minor.is_some_and(|minor| version.is_at_least(1, minor))
        };
        Self {
            replace_triggered_by: since(Some(2), Some(6)),
            optional_attributes: since(Some(3), Some(6)),
            destroy_plans: since(Some(3), Some(6)),
            terraform_data: since(Some(4), Some(6)),
            import_blocks: since(Some(5), Some(6)),
            repeated_import_blocks: since(Some(7), Some(7)),
            generated_configuration: since(Some(5), Some(6)),
            provider_functions: since(Some(8), Some(7)),
            moves_across_types: since(Some(8), Some(10)),
            ephemeral_resources: since(Some(10), Some(11)),
            write_only_attributes: since(Some(11), Some(11)),
            resource_identity: since(Some(12), Some(12)),
            list_resources: since(Some(14), None),
            actions: since(Some(14), None),
            provider_for_each: since(None, Some(9)),
            test_command: since(Some(6), Some(6)),
            mock_providers: since(Some(7), Some(8)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_begin_with_a_version_and_a_product() {
        let terraform = |minor| Capabilities::of(Product::Terraform, Version::new(1, minor, 4));
        assert!(!terraform(11).resource_identity && terraform(12).resource_identity);
        assert!(!terraform(13).list_resources && terraform(14).list_resources);
        assert!(!terraform(0).import_blocks && !terraform(15).provider_for_each);
        let opentofu = |minor| Capabilities::of(Product::OpenTofu, Version::new(1, minor, 0));
        assert!(opentofu(9).provider_for_each && !opentofu(9).moves_across_types);
        assert!(!opentofu(12).actions && opentofu(12).resource_identity);
    }
}
