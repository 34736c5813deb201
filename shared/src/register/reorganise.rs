//! Units that are merged or divided as one act: several end with one successor, or one ends and others share what it answered for.
//! Not here: what the drafts then hold (`lists::units`, `lists::duties`), writing them (`services::register::reorganise`).
//! The act writes drafts and nothing else: they are looked at and published as any other, from a day.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{AreaView, RevisionView};
use crate::ticket::view::{CategoryView, Named};

/// Which units end, and who follows them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reorganise {
    /// The version of the draft of units that was seen; 0 where there was none.
    pub version: i32,
    /// Codes of the units that end.
    pub ends: Vec<String>,
    /// Codes of those that follow them; the first is their successor.
    pub into: Vec<String>,
    /// From which day, as `2027-01-01`; said when the drafts are published.
    pub from: Option<String>,
    /// Rows of the duty list, by their key, with the unit among those that follow which gets each; without it the successor.
    pub given: BTreeMap<String, String>,
}

/// A unit that would end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EndingUnit {
    /// Code and name.
    pub unit: Named,
    /// What it still has in hand: it finishes that, nothing new goes there.
    pub open: i64,
    /// People with an account, whose posts are given anew.
    pub people: i64,
    /// Its rows of the duty list.
    pub duties: i64,
    /// Its own working hours, which end with it.
    pub hours: i64,
}

/// A row of the duty list that would get another unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DutyMove {
    /// Its key.
    pub key: String,
    /// Code of the category.
    pub category: String,
    /// What the category is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<CategoryView>,
    /// The place.
    pub region: Named,
    /// Who has it.
    pub unit: Named,
    /// Code of who gets it.
    pub to: String,
}

/// What the act would write into the drafts, and what it is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReorganiseView {
    /// The area whose lists it is about.
    pub area: AreaView,
    /// The version of the draft of units; 0 without one.
    pub version: i32,
    /// Units in use, among which is chosen.
    pub choices: Vec<Named>,
    /// Those that end.
    pub ends: Vec<EndingUnit>,
    /// Those that follow, the successor first.
    pub into: Vec<Named>,
    /// From which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Units below, which come under the successor.
    pub below: Vec<Named>,
    /// Units that ended before, whose successor ends now: they get the new one.
    pub earlier: Vec<Named>,
    /// Rows of the duty list that get another unit, the first of them.
    pub duties: Vec<DutyMove>,
    /// How many there are.
    pub all_duties: i64,
    /// Rows of the duty lists of other areas that name a unit which ends; those areas change them.
    pub elsewhere: i64,
}

/// The drafts that the act has written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reorganised {
    /// That of units.
    pub units: RevisionView,
    /// That of the duty list, where it changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duties: Option<RevisionView>,
}
