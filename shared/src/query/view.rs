//! Saved views of the ticket list: an address under a name, for oneself or shared.
//! Not here: keeping them (services), what an address says (`TicketQuery`).
//! A view gives no right: whoever opens it sees what he may see anyway.

use serde::{Deserialize, Serialize};

use crate::calendar::Instant;
use crate::ids::ViewId;

/// Longest name, in characters.
pub const MAX_NAME: usize = 40;
/// Longest address, in characters.
pub const MAX_QUERY: usize = 12_000;
/// Most views of a person, and most that are shown of those who share.
pub const MOST: u64 = 100;
/// In the place of a rhythm in forms: not at all.
pub const NEVER: &str = "never";
/// Most views of which somebody is told.
pub const MOST_SUBSCRIBED: usize = 20;

codes! {
    /// With whom a view is shared.
    ViewShare {
        Nobody = "N", "nobody", "仅自己", "Nobody else";
        Unit = "U", "unit", "本单位同事", "Your unit";
        Area = "A", "area", "本地区同事", "Your area";
    }
}

codes! {
    /// How often somebody is told how many tickets a view finds.
    ViewRhythm {
        Daily = "D", "daily", "每个工作日早上", "On the morning of each working day";
        Weekly = "W", "weekly", "每周第一个工作日早上", "On the morning of each week's first working day";
    }
}

/// A view as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeepView {
    /// What it is called.
    pub name: String,
    /// The address behind the question mark.
    pub query: String,
    /// For whom.
    pub shared: ViewShare,
}

/// A new name of a view, and with whom it is shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeView {
    /// The version that was read.
    pub version: i32,
    /// What it is called.
    pub name: String,
    /// For whom.
    pub shared: ViewShare,
}

/// Being told of a view, or no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubscribeView {
    /// How often; nothing ends it.
    pub rhythm: Option<ViewRhythm>,
}

/// That the reader is told of a view, and what the last count came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ViewSubscription {
    /// How often.
    pub rhythm: ViewRhythm,
    /// Tickets that it found, in the reader's scope and without confidential ones and tip-offs; nothing before the first count, or when it cannot be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<i64>,
    /// There may be more of them.
    pub more: bool,
    /// When they were counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub counted_at: Option<Instant>,
}

/// A view in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ViewRow {
    /// Its id.
    pub id: ViewId,
    /// What it is called.
    pub name: String,
    /// The address behind the question mark.
    pub query: String,
    /// For whom.
    pub shared: ViewShare,
    /// Whose it is; none for one's own.
    pub by: Option<String>,
    /// A condition of it can no longer be used.
    pub broken: bool,
    /// Raised with every change.
    pub version: i32,
    /// Whether the reader is told of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscription: Option<ViewSubscription>,
}
