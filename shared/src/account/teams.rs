//! Teams (班组) of a unit as administrators and programs see and send them.
//! Not here: what a team's scope reaches (`access::Scope`), keeping them (services).

use serde::{Deserialize, Serialize};

use crate::calendar::Instant;
use crate::ids::TeamId;
use crate::ticket::view::Named;

/// A team as it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MakeTeam {
    /// Code of the unit to which it belongs.
    pub unit: String,
    /// What it is called.
    pub name: String,
}

/// Somebody who is taken into a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JoinTeam {
    /// Sign-in name.
    pub username: String,
    /// Leads it.
    #[serde(default)]
    pub leads: bool,
    /// Belongs to it from then on; at once where absent.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub from: Option<Instant>,
    /// And until then; without end where absent.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub until: Option<Instant>,
}

/// A team in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamRow {
    /// Its id.
    pub id: TeamId,
    /// Code of the unit.
    pub unit: String,
    /// Name of the unit.
    pub unit_name: String,
    /// What it is called.
    pub name: String,
    /// Names of those who lead it now.
    pub leads: Vec<String>,
    /// How many belong to it now.
    pub members: i64,
    /// Raised with every change of the team itself.
    pub version: i32,
}

/// A page of teams.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamPage {
    /// By unit.
    pub items: Vec<TeamRow>,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
    /// Units in which a team can be made, for choosing.
    pub units: Vec<Named>,
}

/// Somebody who belongs or belonged to a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberView {
    /// Counted from 1 in each team.
    pub no: i32,
    /// Sign-in name.
    pub username: String,
    /// Display name.
    pub name: String,
    /// Leads it.
    pub leads: bool,
    /// Belongs to it from then on.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub from: Instant,
    /// And until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub until: Option<Instant>,
    /// Whether that is now.
    pub now: bool,
    /// Whether it may be ended: it has not ended, and is not the reader's.
    pub may_end: bool,
}

/// A team with everybody who belongs or belonged to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamSheet {
    /// The team.
    pub row: TeamRow,
    /// Those who belong to it now first.
    pub members: Vec<MemberView>,
}
