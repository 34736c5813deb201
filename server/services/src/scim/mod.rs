//! SCIM 2.0 (RFC 7643, 7644): an identity management says who comes and who goes (`users`, `groups`), and linked platforms hear of our accounts (`out`).
//! No right is ever given this way: whoever is new has no posts, and what was frozen works again when people say so.
//! Not here: HTTP and the shape of errors (`web::scim` of the server), the life of accounts (`users::life`).

mod about;
mod filter;
mod groups;
pub mod out;
mod said;
mod shape;
mod users;

pub use about::{resource_types, schemas, service};
pub use groups::{group, groups};
pub use users::{Answer, Query, create, delete, get, list, patch, replace};

/// Where SCIM begins.
pub const PREFIX: &str = "/scim/v2";
/// The schema of users.
pub const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
/// The schema of groups.
pub const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
/// What an office says of its people beside that: the code of the unit, as `department`.
pub const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
/// The schema of lists.
pub const LIST: &str = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
/// The schema of patches.
pub const PATCH: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
/// Resources of one answer where nothing is said, and at most.
pub const COUNT: (u64, u64) = (100, 200);
