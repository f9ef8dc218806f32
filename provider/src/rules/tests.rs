//! The rules that need nobody.
