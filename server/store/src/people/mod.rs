//! People who can sign in, their posts and roles, their sessions, and wrong tries.
//! Not here: passwords and tokens (services), what posts give together (`shared::access`).
//! Rights are read from here for every request, never from a token (P-25).

pub mod devices;
pub mod factors;
pub mod identities;
pub mod life;
pub mod list_columns;
pub mod lookups;
pub mod passkeys;
pub mod posts;
pub mod readers;
pub mod resets;
pub mod roles;
pub mod saved_views;
pub mod scim;
pub mod session_keys;
pub mod sessions;
pub(crate) mod sharing;
pub mod teams;
pub mod users;
pub mod view_subscriptions;
