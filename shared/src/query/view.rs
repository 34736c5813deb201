//! Saved views of the ticket list: an address under a name, for oneself or shared.
//! Not here: keeping them (services), what an address says (`TicketQuery`).
//! A view gives no right: whoever opens it sees what he may see anyway.

use serde::{Deserialize, Serialize};

use crate::ids::ViewId;

/// Longest name, in characters.
pub const MAX_NAME: usize = 40;
/// Longest address, in characters.
pub const MAX_QUERY: usize = 12_000;
/// Most views of a person, and most that are shown of those who share.
pub const MOST: u64 = 100;

codes! {
    /// With whom a view is shared.
    ViewShare {
        Nobody = "N", "nobody", "仅自己", "Nobody else";
        Unit = "U", "unit", "本单位同事", "Your unit";
        Area = "A", "area", "本地区同事", "Your area";
    }
}

/// A view as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeepView {
    /// What it is called.
    pub name: String,
    /// The address behind the question mark.
    pub query: String,
    /// For whom.
    pub shared: ViewShare,
}

/// A view in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
}
