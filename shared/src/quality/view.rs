//! Findings, rules and scores as they are shown, and what is sent about a finding.
//! Not here: their words (`text::quality`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{FindingState, Open, QualityRule, ScoreWeights, Severity, Standing};
use crate::calendar::Instant;
use crate::command;
use crate::command::{Together, Words};
use crate::ids::TicketId;
use crate::ticket::TicketNo;
use crate::ticket::view::Named;

/// A finding as whoever sees to it reads it. Nothing personal is in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QualityFindingView {
    /// Its id.
    pub id: Uuid,
    /// The rule.
    pub rule: QualityRule,
    /// How much it weighs.
    pub severity: Severity,
    /// How it stands.
    pub state: FindingState,
    /// The ticket.
    pub ticket: TicketId,
    /// Its number.
    pub ticket_no: TicketNo,
    /// The unit that sees to it; absent: the centre of the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Named>,
    /// The division.
    pub region: Named,
    /// What exactly, as codes and numbers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
    /// When it was found first.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub first_seen: Instant,
    /// When it was found last.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub last_seen: Instant,
    /// Until when it should be seen to.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub due_at: Instant,
    /// Who asked to dismiss it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_by: Option<String>,
    /// Why it is to be dismissed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When nobody had to see to it any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub closed_at: Option<Instant>,
    /// Who saw to it; absent where the next look no longer found it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_by: Option<String>,
    /// What was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The reader may decide on the dismissal: somebody else asked for it.
    pub may_decide: bool,
}

/// A page of findings, those that are due first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QualityFindingPage {
    /// The findings.
    pub items: Vec<QualityFindingView>,
    /// The next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// A rule as it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleView {
    /// Which.
    pub rule: QualityRule,
    /// Its version.
    pub version: i32,
    /// How much it weighs, where no area says otherwise.
    pub severity: Severity,
    /// What the product does about it.
    pub standing: Standing,
    /// Whether it is looked at in the reader's area.
    pub on: bool,
}

/// Every rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RulesView {
    /// The rules, in the order of their numbers.
    pub items: Vec<RuleView>,
    /// When the tickets were last looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub looked_at: Option<Instant>,
}

/// The score of a unit, or of the centre of a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScoreView {
    /// The unit; absent: the centre of the city.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Named>,
    /// The city, for a centre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Named>,
    /// Its tickets when they were last counted.
    pub tickets: i64,
    /// Open findings.
    pub open: Open,
    /// In thousandths; absent without tickets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<i64>,
}

/// The scores in the reader's scope, the worst first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScoresView {
    /// A row each.
    pub items: Vec<ScoreView>,
    /// What a finding of each severity weighed.
    #[serde(default)]
    pub weights: ScoreWeights,
}

command! {
    /// FixFinding
    ///
    /// It is corrected. If the next look finds it again, it stands in the list again.
    FixFinding {
        /// What was done, 2 to 500 characters.
        note: Words<2, 500>,
    }
}

impl Together for FixFinding {}

command! {
    /// AskDismissal
    ///
    /// It is no fault; a second person decides.
    AskDismissal {
        /// Why, 5 to 500 characters.
        reason: Words<5, 500>,
    }
}

impl Together for AskDismissal {}

command! {
    /// DecideDismissal
    ///
    /// The second person's word.
    DecideDismissal {
        /// Whether it is no fault.
        agreed: bool,
    }
}

impl Together for DecideDismissal {}
