//! What a unit's share of a ticket shows of its place in the tree, of its visits on site, and of who is responsible for it.
//! Not here: the rest of it (`view`).

use serde::{Deserialize, Serialize};

use super::Named;
use crate::calendar::Instant;
use crate::ids::{AssignmentId, FileId, UserId};
use crate::ticket::SiteKind;

/// Where a share stands in the tree of assignments, and what can be done with those below it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TreeView {
    /// The share from which it was given on; absent for what a centre dispatched.
    pub parent: Option<AssignmentId>,
    /// 1 for what a centre dispatched.
    pub level: i32,
    /// Units to which it can be given on now, for whoever may do that.
    pub below: Vec<Named>,
    /// Units below with an open part, for whoever may take it back or set its limit.
    pub open: Vec<Named>,
    /// Units below whose answer can be returned.
    pub answered: Vec<Named>,
    /// What units below have answered, put together, for whoever answers now: what was done, and what the citizen is told.
    pub gathered: Option<GatheredView>,
}

/// Answers of units below, each under the name of its unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GatheredView {
    /// What was done.
    pub handling: String,
    /// What the citizen would be told.
    pub public_reply: String,
}

/// The one person of a unit who answers for its share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResponsibleView {
    /// Id of the account.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Whether it is whoever looks.
    pub is_own: bool,
    /// Who acts for him now, where he is away.
    pub stand_in: Option<String>,
}

/// Somebody to whom it can be handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ColleagueView {
    /// Sign-in name.
    pub username: String,
    /// Name.
    pub name: String,
}

/// A visit on site.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteView {
    /// When it was entered.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
    /// Who entered it.
    pub by: Option<String>,
    /// What the visit was.
    pub kind: SiteKind,
    /// When it was.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub visited_at: Instant,
    /// Where, as far as the reader sees places.
    pub address: Option<String>,
    /// Degrees, as far as the reader sees places.
    pub lon: Option<f64>,
    /// Degrees, as far as the reader sees places.
    pub lat: Option<f64>,
    /// The first officer.
    pub officer: String,
    /// Number of the certificate.
    pub officer_no: Option<String>,
    /// The second officer.
    pub second_officer: Option<String>,
    /// Number of the certificate.
    pub second_officer_no: Option<String>,
    /// What was found.
    pub found: String,
    /// What was done there and then.
    pub measures: Option<String>,
    /// Files of the ticket that prove it.
    pub files: Vec<FileId>,
}
