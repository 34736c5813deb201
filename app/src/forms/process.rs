//! Names of what comes back with a process owner's form: what a check found, what a migration would do.
//! Not here: the forms (`forms::staff::process`), how they are shown (`pages::staff::processes`).
//! Values are JSON of the views in `shared::approval::view`.

/// What a check found: a list of `FindingView`.
pub const FINDINGS: &str = "findings";
/// What a migration would do: a `MigrationView`.
pub const PREVIEW: &str = "preview";
