//! What a unit's share of a ticket shows of its place in the tree, and of who is responsible for it.
//! Not here: the rest of it (`view`).

use serde::{Deserialize, Serialize};

use super::Named;
use crate::ids::{AssignmentId, UserId};

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
