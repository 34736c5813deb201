//! Platforms that hear of our accounts: what they were told, with its receipt, and where they differ.
//! Not here: how they are told (services), which there are (the configuration).
//! A platform is told the state of an account as it is when it is told, never a password.

use serde::{Deserialize, Serialize};

use crate::calendar::Instant;

codes! {
    /// How it stands with what a platform is told.
    PushState {
        Waiting = "waiting", "waiting", "待推送", "Waits";
        Sent = "sent", "sent", "已送达", "Taken";
        GivenUp = "given_up", "given_up", "推送失败", "Given up";
    }
}

codes! {
    /// How a platform differs from our accounts.
    DriftKind {
        Missing = "missing", "missing", "平台缺少", "Missing there";
        TooMany = "too_many", "too_many", "平台多出", "Unknown here";
        Active = "active", "active", "此处已停用，平台仍启用", "Active there, stopped here";
        Inactive = "inactive", "inactive", "此处启用，平台已停用", "Stopped there, open here";
        Roles = "roles", "roles", "角色不一致", "Other roles";
    }
}

/// A linked platform with its last look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlatformView {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Sign-in name of who answers for it.
    pub owner: String,
    /// When its users were compared last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub looked_at: Option<Instant>,
    /// How many users it had then.
    pub users: i64,
    /// Why the look came to nothing, as an HTTP status or `away`; else empty.
    pub trouble: String,
}

/// What a platform is told of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PushView {
    /// Its id.
    pub id: String,
    /// Code of the platform.
    pub platform: String,
    /// What the platform is called.
    pub platform_name: String,
    /// Sign-in name of the account.
    pub username: String,
    /// How it stands with it.
    pub state: PushState,
    /// Since when.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub made_at: Instant,
    /// How often it was tried.
    pub tries: i32,
    /// When it is tried next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub next_at: Option<Instant>,
    /// When it came to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub done_at: Option<Instant>,
    /// The receipt: what the platform answered last, such as `201`; `away` where it did not.
    pub receipt: String,
}

/// An account that a platform has otherwise than we.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DriftView {
    /// Code of the platform.
    pub platform: String,
    /// What the platform is called.
    pub platform_name: String,
    /// Sign-in name there and here.
    pub username: String,
    /// How it differs.
    pub kind: DriftKind,
    /// When it was found.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub found_at: Instant,
}

/// Platforms with what they were told, the newest first, and where they differ.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlatformPage {
    /// The platforms.
    pub platforms: Vec<PlatformView>,
    /// What they were told.
    pub pushes: Vec<PushView>,
    /// Where the next page of these begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
    /// Where they differ: the first five hundred.
    pub drifts: Vec<DriftView>,
}
