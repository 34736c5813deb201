//! Applications (申请单): what is asked for about an assignment and decided by somebody else. A kind of case with this head.
//! Not here: the assignment (`assignment`), what hangs on it as on every case (`entity::case`), who decides (services).
//! Each sort has columns for its facts and leaves those of the others empty.

use std::collections::BTreeMap;

use shared::application::{
    ApplicationSort, ApplicationStatus, DifficultReason, DirectiveCause, DirectiveLevel,
    DirectiveState, DisputeStage, ExtensionReason, Meeting, RulingReason, SuspensionReason,
};
use shared::calendar::Instant;
use shared::ids::{ApplicationId, AssignmentId, TicketId, UserId};
use shared::ticket::{DeclineReason, ReturnReason};

use crate::entity::prelude::*;

entity! {
    /// An application about an assignment.
    #[sea_orm(table_name = "applications")]
    pub struct Application {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ApplicationId,
        /// The ticket's number and the place among its applications; unique.
        pub application_no: String,
        pub sort: ApplicationSort,
        pub ticket_id: TicketId,
        pub assignment_id: AssignmentId,
        /// Six digits of the ticket's area.
        pub region: String,
        /// The unit that asks.
        pub unit: String,
        pub asked_at: Instant,
        pub asked_by: Option<UserId>,
        pub asked_by_name: Option<String>,
        pub explanation: String,
        /// Of a send-back: why.
        pub return_reason: Option<ReturnReason>,
        /// Of a send-back: the unit that should have it.
        pub suggested_unit: Option<String>,
        /// Of an extension: why.
        pub extension_reason: Option<ExtensionReason>,
        /// Of an extension: the working days that are asked for; of a directive: those until the answer.
        pub days: Option<i32>,
        /// Of a suspension: why.
        pub suspension_reason: Option<SuspensionReason>,
        /// Of a suspension: ids of files of the ticket that prove it.
        pub files: Vec<String>,
        /// Of a termination: why.
        pub termination_reason: Option<DeclineReason>,
        /// Of a suspension and of an interim reply: the day on which it goes on.
        pub until: Option<Instant>,
        /// What the citizen reads once it is granted.
        pub public_words: Option<String>,
        /// Of a send-back: the ticket's category when it was asked for.
        pub category: Option<String>,
        /// Of a send-back: nine digits of the ticket's street, where it is known.
        pub street: Option<String>,
        /// Of a send-back and of a ruling on how the ticket counts: the law or decision that it relies on, as it was written.
        pub legal_basis: Option<String>,
        /// Of a send-back: the row of the areas of responsibility that it relies on, `category/division/unit`.
        pub duty: Option<String>,
        /// Of a send-back: how it is decided.
        pub stage: Option<DisputeStage>,
        /// Of a directive: why.
        pub cause: Option<DirectiveCause>,
        /// Of a directive: how serious.
        pub level: Option<DirectiveLevel>,
        /// Of a directive: the tickets that it is about beside its own, their ids by their numbers.
        pub linked: BTreeMap<String, String>,
        /// Of a ruling on how the ticket counts: why.
        pub ruling_reason: Option<RulingReason>,
        /// Of such a ruling: whether it revokes the one that stands.
        pub revokes: bool,
        /// Of a hard case: why.
        pub difficult_reason: Option<DifficultReason>,
    }
    moves {
        /// Until when it should be decided, or a directive answered.
        pub due_at: Option<Instant>,
        pub warn_at: Option<Instant>,
        pub provisional: bool,
        /// Raised with every change.
        pub version: i32,
        pub status: ApplicationStatus,
        pub updated_at: Instant,
        /// Number of the newest event.
        pub last_seq: i32,
        /// The engine's state as JSON, while its process runs. One that was asked for before applications had processes waits in its ticket's.
        pub process: Option<String>,
        /// Version of the definition on which it runs or ran; 0 before applications had processes.
        pub definition_version: i32,
        pub decided_at: Option<Instant>,
        pub decided_by: Option<UserId>,
        pub decided_by_name: Option<String>,
        pub opinion: Option<String>,
        /// Of an extension: the working days that are given.
        pub granted_days: Option<i32>,
        /// Of a send-back: the unit that has it since the ruling.
        pub ruled_unit: Option<String>,
        /// Of a send-back: whether that unit may not send it back.
        pub is_final: bool,
        /// Of a send-back that a meeting decided.
        pub meeting: Option<Meeting>,
        /// Of a directive: how it stands.
        pub directive: Option<DirectiveState>,
        /// Of a directive: what the unit answered last.
        pub answer: Option<String>,
        pub answered_at: Option<Instant>,
        pub answered_by: Option<UserId>,
        pub answered_by_name: Option<String>,
        /// Of a directive: how often a better answer was asked for.
        pub returned: i32,
        /// Of a ruling on how the ticket counts: whether the first opinion is for it.
        pub supported: Option<bool>,
        pub advice: Option<String>,
        pub advised_at: Option<Instant>,
        pub advised_by: Option<UserId>,
        pub advised_by_name: Option<String>,
    }
}
