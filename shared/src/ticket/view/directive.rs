//! What pages and programs see of what is disputed about a unit's part, and of what the centre demands of a unit. As in `view`, which has them too.
//! Not here: the application on which both stand (`view`), what verbs take (`verbs`).
//! What the actor may not see is absent, not hidden.

use serde::{Deserialize, Serialize};

use super::{CategoryView, DeadlineView, Named};
use crate::application::{
    DirectiveCause, DirectiveLevel, DirectiveState, DisputeStage, RulingReason,
};
use crate::calendar::Instant;
use crate::fault::Code;
use crate::ids::{ApplicationId, AssignmentId, TicketId};

/// A row of the areas of responsibility (权责清单).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DutyView {
    /// Whose matter it is.
    pub unit: Named,
    /// A category of any level.
    pub category: Option<CategoryView>,
    /// A division.
    pub place: Named,
}

/// How a unit's part stands in a dispute about whose matter it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DisputeView {
    /// How the send-back that waits is decided, or the next one would be.
    pub stage: DisputeStage,
    /// Whether one waits.
    pub waits: bool,
    /// Why the unit may not send it back now.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub refused: Option<Code>,
}

/// What only a ruling on how a ticket counts (考核认定) has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RulingView {
    /// Why it is asked for.
    pub reason: RulingReason,
    /// Whether it revokes the one that stands.
    pub revokes: bool,
    /// Who asks.
    pub asked_by: Option<String>,
    /// Whether the first opinion supports it; absent while there is none.
    pub supported: Option<bool>,
    /// The first opinion.
    pub advice: Option<String>,
    /// Who gave it.
    pub advised_by: Option<String>,
    /// Who decided.
    pub decided_by: Option<String>,
}

/// How it stands with the unit's own word on what it asks of the centre (单位审批).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EndorsedView {
    /// Whether the unit's leader has still to say it.
    pub waits: bool,
    /// Whether it was passed on; absent while it waits, and where the unit has no other leader than who asked.
    pub supported: Option<bool>,
    /// What the leader said.
    pub words: Option<String>,
    /// Who.
    pub by: Option<String>,
    /// When it was said, or the step passed.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub at: Option<Instant>,
}

/// How a directive (督办单) stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DirectiveView {
    /// What comes next.
    pub state: DirectiveState,
    /// Why it was issued.
    pub cause: DirectiveCause,
    /// How serious it is.
    pub level: DirectiveLevel,
    /// Until when the unit answers.
    pub due: DeadlineView,
    /// Numbers of the tickets that it is about beside its own.
    pub also: Vec<String>,
    /// What the unit answered last.
    pub answer: Option<String>,
    /// When it did.
    pub answered_at: Option<Instant>,
    /// Who did.
    pub answered_by: Option<String>,
    /// How often a better answer was asked for.
    pub returned: i32,
}

/// A directive in a list, and on the pages of the tickets that it is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DirectiveRow {
    /// Its id.
    pub id: ApplicationId,
    /// Its number: the ticket's, and the place among its applications.
    pub application_no: String,
    /// Its own ticket.
    pub ticket: TicketId,
    /// The number of that.
    pub ticket_no: String,
    /// The part that it is about.
    pub assignment: AssignmentId,
    /// The unit to which it was issued.
    pub unit: Named,
    /// When.
    pub issued_at: Instant,
    /// Who issued it.
    pub issued_by: Option<String>,
    /// How it stands.
    pub directive: DirectiveView,
}

/// A page of the list of directives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DirectivePage {
    /// The newest first.
    pub items: Vec<DirectiveRow>,
    /// The next page.
    pub next_cursor: Option<String>,
}

/// A directive whole, as its printed form has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DirectiveSheet {
    /// As the list has it.
    pub row: DirectiveRow,
    /// The ticket's title; absent where it is not to be shown.
    pub title: Option<String>,
    /// What is demanded.
    pub demand: String,
    /// What was said when it was closed, cancelled or given back.
    pub opinion: Option<String>,
    /// When it was closed or cancelled.
    pub decided_at: Option<Instant>,
    /// By whom.
    pub decided_by: Option<String>,
}
