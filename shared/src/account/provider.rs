//! Identities of a provider by which people sign in beside their passwords.
//! Not here: what the provider says (services).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::calendar::Instant;

/// An identity that signs in to an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IdentityView {
    /// Id.
    pub id: Uuid,
    /// Who vouches for it.
    pub issuer: String,
    /// What the issuer calls the person.
    pub subject: String,
    /// Since when it is linked.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub linked_at: Instant,
    /// When it signed in last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub used_at: Option<Instant>,
}

/// The own identities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnIdentities {
    /// The provider of this installation; nothing where there is none.
    pub issuer: Option<String>,
    /// Whether one of its identities could be linked.
    pub may_link: bool,
    /// What is linked.
    pub items: Vec<IdentityView>,
}
