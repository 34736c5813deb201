//! Passkeys as pages show them, and what a browser answers when one is made or signs.
//! The answers have the fields of WebAuthn's own JSON; bytes stand in them as base64url without padding. What a browser adds is not looked at.
//! Not here: what a browser is asked, and when an answer is good (services).

use serde::{Deserialize, Serialize};

use crate::calendar::Instant;
use crate::ids::PasskeyId;

/// A passkey as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyView {
    /// Its id.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub made_at: Instant,
    /// When it was used last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub used_at: Option<Instant>,
}

/// With what somebody can take the second step of signing in; recovery codes stand in for either.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondView {
    /// An app that shows codes.
    pub app: bool,
    /// A passkey.
    pub passkey: bool,
}

/// What a browser answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer<T> {
    /// What it calls the passkey.
    pub id: String,
    /// The rest.
    pub response: T,
}

/// Of a passkey that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Made {
    /// What was asked, where: JSON, as it was signed.
    #[serde(rename = "clientDataJSON")]
    pub client_data: String,
    /// What the authenticator says.
    pub authenticator_data: String,
    /// The public key (SubjectPublicKeyInfo).
    pub public_key: String,
    /// Its COSE algorithm.
    pub public_key_algorithm: i64,
}

/// Of a passkey that has signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Signed {
    /// What was asked, where: JSON, as it was signed.
    #[serde(rename = "clientDataJSON")]
    pub client_data: String,
    /// What the authenticator says.
    pub authenticator_data: String,
    /// The signature of both.
    pub signature: String,
}
