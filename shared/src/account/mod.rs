//! Accounts and their sessions as people and programs see them, and what is sent about them.
//! Not here: rights (`access`), words of the pages (`text::account`), signing in (services).
//! A session says from which browser (`device`) and address somebody works.

pub mod device;
pub mod life;
pub mod passkey;
pub mod platform;
pub mod posts;
pub mod provider;
pub mod readers;
pub mod review;
#[cfg(feature = "staff")]
pub mod staff;
pub mod stand_in;
pub mod teams;

use serde::{Deserialize, Serialize};

use self::life::{AccountEventView, AccountRequestView, AccountState};
use self::passkey::PasskeyView;
use crate::access::RoleCode;
use crate::calendar::Instant;
use crate::ids::SessionId;

codes! {
    /// What a key that signs access tokens is good for.
    KeyState {
        Active = "active", "active", "签名", "Signs";
        Retiring = "retiring", "retiring", "只核对", "Only checks";
        Retired = "retired", "retired", "已失效", "Has ended";
    }
}

/// A key that signs access tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionKeyView {
    /// Its name in the head of tokens (`kid`).
    pub kid: String,
    /// What it is good for now.
    pub state: KeyState,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub made_at: Instant,
    /// When it ends; absent of the one that signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub ends_at: Option<Instant>,
}

/// The second factor of the reader.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FactorView {
    /// Since when there is an app that shows codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub since: Option<Instant>,
    /// Passkeys, the oldest first.
    #[serde(default)]
    pub passkeys: Vec<PasskeyView>,
    /// Whether passkeys can be used: browsers know them by a name of the installation, never by a bare number.
    pub passkeys_work: bool,
    /// Whether the office asks for one.
    pub is_required: bool,
    /// Recovery codes that were not used.
    pub codes_left: i64,
    /// What is being set up, shown until it is confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<PendingFactor>,
}

/// A second factor that waits for its first code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PendingFactor {
    /// The secret in base 32, to be typed by hand.
    pub secret: String,
    /// The address in the QR code (`otpauth:`).
    pub address: String,
    /// The QR code as the path of an SVG drawing.
    pub path: String,
    /// Width and height of the drawing.
    pub size: i32,
}

/// A session of somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionView {
    /// Its id.
    pub id: SessionId,
    /// Whether it is the one that asks.
    pub current: bool,
    /// Browser and system, such as `Firefox · Windows`; empty when nothing is known.
    pub device: String,
    /// Address at sign-in; empty when nothing is known.
    pub address: String,
    /// When the person signed in.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub signed_in_at: Instant,
    /// When it was used last, to ten minutes.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub used_at: Instant,
    /// When it ends without being used.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub ends_at: Instant,
}

/// An account as administrators see it in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountRow {
    /// Sign-in name.
    pub username: String,
    /// Display name.
    pub name: String,
    /// Code of the unit.
    pub unit: String,
    /// Name of the unit.
    pub unit_name: String,
    /// Closed accounts cannot sign in.
    pub active: bool,
    /// How it stands with the account.
    pub state: AccountState,
    /// The password was set by somebody else and has not been changed yet.
    pub password_given: bool,
    /// Codes of the roles of all posts that were not taken back.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub roles: Vec<RoleCode>,
    /// What these are called, in the reader's language.
    pub role_names: Vec<String>,
}

/// A page of accounts, by sign-in name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountPage {
    /// The accounts.
    pub items: Vec<AccountRow>,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// One account with its sessions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountSheet {
    /// The account.
    pub row: AccountRow,
    /// Its sessions that have not ended, the newest first.
    pub sessions: Vec<SessionView>,
    /// Whether the reader may make a link for a new password.
    pub may_reset: bool,
    /// Whether a second factor is set up.
    pub has_factor: bool,
    /// The identities of a provider that sign in to it.
    #[serde(default)]
    pub identities: Vec<provider::IdentityView>,
    /// Whether there is a provider here.
    #[serde(default)]
    pub has_provider: bool,
    /// Its version; what changes it names the one that it saw.
    pub version: i32,
    /// When the person was last at work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub seen_at: Option<Instant>,
    /// What is asked for about it and not decided yet, the oldest first.
    pub requests: Vec<AccountRequestView>,
    /// What happened to it, the newest first.
    pub history: Vec<AccountEventView>,
    /// Alarms of the audit about it that no auditor has looked into yet.
    #[serde(default)]
    pub alarms: i64,
}

/// A link that sets a new password, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResetLink {
    /// The address; it is said this once.
    pub link: String,
    /// Until when it can be used.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub expires_at: Instant,
}
