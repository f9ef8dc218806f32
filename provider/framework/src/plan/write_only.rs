//! Write-only attributes: null in every plan and state.

use tfplugin_values::Value;

use super::level::Level;
use super::selection::Selection;

const WRITE_ONLY: Selection = Selection {
    attribute: |attribute| attribute.write_only,
    block: |_| false,
};

/// Makes every write-only attribute null.
pub(crate) fn nullify_write_only(level: Level<'_>, object: &mut Value) {
    WRITE_ONLY.nullify(level, object);
}
