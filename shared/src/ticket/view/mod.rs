//! What pages and programs see of tickets. Made per role by the services: what the actor may not see is absent, not hidden (P-10).
//! Instants are RFC 3339 with +08:00 in JSON (`Instant`). Names of units and places are Chinese.
//! Not here: what verbs take (`command`), filters (`query`).

use serde::{Deserialize, Serialize};

use super::{
    AssignmentStatus, CallOutcome, Channel, ContactWay, HandleResult, Hold, Light, LimitUnit,
    RatingSource, RequestKind, ReturnReason, Satisfaction, SlotRole, Solved, SubjectType, TicketNo,
    TicketState, Urgency, Verb, VisitChannel,
};
use crate::access::{ActorKind, PersonalField};
use crate::application::{
    ApplicationSort, ApplicationStatus, DifficultReason, DisputeStage, ExtensionReason, Meeting,
    SuspensionReason,
};
use crate::calendar::Instant;
use crate::file::FileState;
use crate::ids::{ApplicationId, AssignmentId, FileId, TicketId};
use crate::ladder::{Colour, RungAct};
use crate::query::search::FoundIn;
use crate::register::ReasonFor;
use crate::text::Locale;

macro_rules! views {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $ty:ty,)* })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct $name { $($(#[$fmeta])* pub $field: $ty,)* }
    )+};
}

mod directive;
mod end;
mod own;
mod part;
mod public;
mod sheet;

pub use super::plan::{PartPlan, PlanItem, PlanPage, PlannedView};
pub use directive::{
    DirectivePage, DirectiveRow, DirectiveSheet, DirectiveView, DisputeView, DutyView,
    EndorsedView, RulingView,
};
pub use end::{ArchiveView, TransferView};
pub use own::{OwnAskView, OwnChoiceView, OwnView};
pub use part::{ColleagueView, GatheredView, ResponsibleView, SiteView, TreeView};
pub use public::{PublicTicket, ReopeningView, TrackStep};
pub use sheet::{DispatchSheet, DispatchTerms, LedgerLine, TicketSheet, UnitChoice};

views! {
    /// A code with its name.
    Named { code: String, name: String, }

    /// One of the office's tags.
    TagView { code: String, zh: String, en: String, }

    /// One of the office's reasons, offered at a verb.
    ReasonView { verb: ReasonFor, code: String, zh: String, en: String, }

    /// A category leaf with its path in both languages.
    CategoryView { code: String, path_zh: String, path_en: String, }

    /// A deadline with the arithmetic behind it.
    DeadlineView {
        /// When the limit ends; absent when there is none.
        due_at: Option<Instant>,
        /// Green, yellow, red.
        light: Light,
        /// The calendar of a year was missing: weekends only, recomputed once.
        provisional: bool,
        /// Working minutes left; negative when overdue.
        minutes_left: Option<i64>,
        /// Working days left or over, rounded as in `calendar::remaining`.
        working_days_left: Option<i32>,
        limit_value: Option<i32>,
        limit_unit: Option<LimitUnit>,
        /// Working days by which it was extended.
        extended_days: i32,
        /// Minutes for which the clock stood still, of an assignment's handling.
        paused_minutes: i32,
        /// The end of a promised day, which the deadline is not before.
        promised_at: Option<Instant>,
        /// When the clock began.
        from: Option<Instant>,
    }

    /// A row of a ticket list.
    TicketRow {
        id: TicketId,
        ticket_no: TicketNo,
        version: i32,
        cycle_no: i32,
        kind: RequestKind,
        channel: Channel,
        state: TicketState,
        urgency: Urgency,
        title: String,
        category: Option<CategoryView>,
        region: Named,
        lead_unit: Option<Named>,
        anonymous: bool,
        confidential: bool,
        /// Number of the paper form on which it was taken down, while the system was away.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        paper_no: Option<String>,
        accepted_at: Instant,
        updated_at: Instant,
        closed_at: Option<Instant>,
        deadline: DeadlineView,
        satisfaction: Satisfaction,
        urge_count: i32,
        /// It was ruled that it is not counted in assessments.
        not_counted: bool,
        /// It was ruled that it is an unreasonable demand.
        unreasonable: bool,
        /// A board found it to be a hard case.
        difficult: bool,
        /// The rung of the escalation ladder that the ticket's own clock has reached, in lists.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rung: Option<RungView>,
        tags: Vec<TagView>,
        /// Answers to the own fields that were asked for as columns, as far as they may be seen; what is about a person is masked.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        own: Vec<OwnView>,
    }

    /// The citizen block: each value as the reader's roles show it, in the clear where it was revealed.
    CitizenView {
        subject_type: SubjectType,
        name: Option<String>,
        phone: Option<String>,
        backup_contact: Option<String>,
        email: Option<String>,
        id_number: Option<String>,
        organisation: Option<String>,
        credit_code: Option<String>,
        /// Where it is; only in the clear, the ticket itself carries it as far as the street.
        address: Option<String>,
        /// Degrees; only in the clear.
        lon: Option<f64>,
        /// Degrees; only in the clear.
        lat: Option<f64>,
        /// What the citizen said, where it has numbers of people in it; only in the clear.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        content: Option<String>,
        /// Whether any value is masked.
        masked: bool,
        /// Answers about the person to the office's own fields, in the clear; of a masked block they stand with the ticket.
        own: Vec<OwnView>,
    }

    /// A citizen's photo: a file that is shown as a picture.
    AttachmentView {
        id: FileId,
        name: String,
        media_type: String,
        size: i64,
        width: i32,
        height: i32,
        /// Whether it can be shown.
        state: FileState,
    }

    /// One unit's share of a ticket.
    AssignmentView {
        id: AssignmentId,
        version: i32,
        cycle_no: i32,
        role: SlotRole,
        unit: Named,
        status: AssignmentStatus,
        dispatched_at: Instant,
        sign_deadline: DeadlineView,
        deadline: DeadlineView,
        signed_at: Option<Instant>,
        replied_at: Option<Instant>,
        final_ruling: bool,
        return_count: i32,
        advice: Option<String>,
        /// What was asked for about it, newest first.
        applications: Vec<ApplicationView>,
        /// By when the citizen is first called; done once reached, or tried for the third time. Of a lead's.
        contact_deadline: DeadlineView,
        /// Tries of the unit to reach the citizen, oldest first.
        contacts: Vec<ContactView>,
        /// Visits of the unit on site, oldest first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        sites: Vec<SiteView>,
        /// Who may send it back, or would rule on that, is told how a send-back stands.
        dispute: Option<DisputeView>,
        reply: Option<ReplyView>,
        /// Its place among the parts that were given on.
        tree: TreeView,
        /// Who of the unit answers for it; somebody from the signing on.
        responsible: Option<ResponsibleView>,
        /// When who of the unit does it.
        plan: PartPlan,
        /// To whom it can be handed over, for whoever may do that.
        colleagues: Vec<ColleagueView>,
        /// What the actor may do with it now.
        actions: Vec<Verb>,
    }

    /// An application about an assignment, with its decision.
    ApplicationView {
        id: ApplicationId,
        /// The ticket's number and the place among its applications.
        application_no: String,
        sort: ApplicationSort,
        /// Why it should be sent back.
        return_reason: Option<ReturnReason>,
        /// Why more time is needed.
        extension_reason: Option<ExtensionReason>,
        explanation: String,
        /// Unit that should have it, where it should be sent back.
        suggested_unit: Option<Named>,
        /// Working days asked for, where more time is needed.
        days: Option<i32>,
        /// Why it should be suspended.
        suspension_reason: Option<SuspensionReason>,
        /// Files of the ticket that prove it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<FileId>,
        /// Why it should be terminated.
        termination_reason: Option<super::DeclineReason>,
        /// Why it should be a hard case.
        difficult_reason: Option<DifficultReason>,
        /// The day on which it goes on, or that is promised.
        until: Option<Instant>,
        /// What the citizen reads once it is granted.
        public_words: Option<String>,
        asked_at: Instant,
        status: ApplicationStatus,
        /// Working days that were granted.
        granted_days: Option<i32>,
        opinion: Option<String>,
        /// What a send-back relies on, as it was written.
        legal_basis: Option<String>,
        /// The row of the areas of responsibility that it relies on.
        duty: Option<DutyView>,
        /// How a send-back is decided.
        stage: Option<DisputeStage>,
        /// The unit that has it since the ruling on a send-back; absent for who is not to know.
        ruled_unit: Option<Named>,
        /// Whether that unit may not send it back.
        is_final: bool,
        /// The meeting that decided a send-back.
        meeting: Option<Meeting>,
        /// What only a directive has.
        directive: Option<DirectiveView>,
        /// What only a ruling on how the ticket counts has.
        ruling: Option<RulingView>,
        /// How it stands with the unit's own word; absent where none is wanted.
        endorsed: Option<EndorsedView>,
    }

    /// A try of a unit to reach the citizen.
    ContactView {
        /// When it was entered.
        at: Instant,
        /// When it was made, where it was entered later than that.
        done_at: Option<Instant>,
        by: Option<String>,
        way: ContactWay,
        reached: bool,
        note: Option<String>,
        /// Where it was, in degrees, as far as the reader sees places.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lon: Option<f64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lat: Option<f64>,
        /// Files of the ticket that prove it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<FileId>,
    }

    /// What an open ticket waits for.
    HoldView {
        kind: Hold,
        /// When it goes on by itself; of a promise the promised day.
        until: Instant,
        /// Of a suspension: why.
        reason: Option<SuspensionReason>,
        /// Of a promise: what the citizen reads.
        words: Option<String>,
    }

    /// What a unit answered.
    ReplyView {
        handling: String,
        public_reply: String,
        fact_true: HandleResult,
        solved: Solved,
        contacted: bool,
        contact_tries: i32,
        unsolved_reason: Option<String>,
        basis: Option<String>,
        replied_at: Instant,
        /// Whether the unit's reviewer has passed it.
        passed: bool,
        /// How much what was done is like one of the last replies of whoever wrote it, in percent; for who decides about it, where it is nearly the same.
        alike: Option<i32>,
    }

    /// A follow-up call.
    FollowUpView {
        /// When it was entered.
        at: Instant,
        /// When it was made, where it was entered later than that.
        done_at: Option<Instant>,
        by: Option<String>,
        channel: VisitChannel,
        connected: bool,
        staff_contacted: Option<bool>,
        report_true: Option<bool>,
        solved: Option<Solved>,
        satisfaction: Option<Satisfaction>,
        opinion: Option<String>,
        /// What came of it, where nobody answered the questions.
        outcome: Option<CallOutcome>,
        /// When the citizen asked to be called.
        appointed_at: Option<Instant>,
    }

    /// One rating; the first and the latest are both kept.
    RatingView { satisfaction: Satisfaction, solved: Option<Solved>, source: RatingSource, at: Instant, words: Option<String>, }

    /// One line of the history (grows only).
    HistoryEvent {
        /// Gapless per ticket, from 1.
        seq: i32,
        verb: Verb,
        /// When it was entered.
        at: Instant,
        /// When it was done, where it was entered later than that.
        done_at: Option<Instant>,
        /// What kind of actor it was.
        actor: ActorKind,
        /// Which job, or which partner's program.
        actor_code: Option<String>,
        /// Display name of the person, or of the program's account; absent for the citizen and for the house itself.
        by: Option<String>,
        unit: Option<Named>,
        from_state: Option<TicketState>,
        to_state: TicketState,
        /// What was said: reason, advice, opinion. Already free of what the actor may not see.
        note: Option<String>,
        /// Codes and numbers of the event.
        facts: std::collections::BTreeMap<String, String>,
    }

    /// The whole ticket as one actor may see it.
    TicketDetail {
        row: TicketRow,
        subject_type: SubjectType,
        content: String,
        /// As far as the street; the whole one by a reveal.
        address: Option<String>,
        /// Degrees, to about a hundred metres; the exact one by a reveal.
        lon: Option<f64>,
        /// As `lon`.
        lat: Option<f64>,
        occurred_at: Option<Instant>,
        /// Whom it is about, as the citizen calls it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        accused: Option<String>,
        /// The unit that it is about, which sees nothing of it, nor do those below it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        accused_unit: Option<Named>,
        /// What the office calls its channel.
        channel_name: TagView,
        reply_required: bool,
        source_system: Option<String>,
        external_no: Option<String>,
        /// The source's own words for place, type and category when they are still to be completed.
        source_words: std::collections::BTreeMap<String, String>,
        /// Absent when the actor may not see even the masked block.
        citizen: Option<CitizenView>,
        /// Classes of personal fields that the reader's roles hide.
        hidden: Vec<PersonalField>,
        attachments: Vec<AttachmentView>,
        /// What it waits for.
        hold: Option<HoldView>,
        /// Its seal, once it is archived.
        archive: Option<ArchiveView>,
        /// To whom it was handed over.
        transfers: Vec<TransferView>,
        /// Linked tickets, as far as the reader sees them.
        links: Vec<super::together::LinkView>,
        /// To whom it can be handed over, where the actor may do so.
        bodies: Vec<TagView>,
        /// What a reply is checked for, for who writes one or decides about it.
        checklist: Vec<TagView>,
        assignments: Vec<AssignmentView>,
        follow_ups: Vec<FollowUpView>,
        first_rating: Option<RatingView>,
        latest_rating: Option<RatingView>,
        answer: Option<String>,
        decline_reason: Option<super::DeclineReason>,
        decline_explanation: Option<String>,
        /// A dispatch that waits for a second person, or was refused by one.
        proposal: Option<super::proposal::ProposalView>,
        /// What the actor may do with the ticket now.
        actions: Vec<Verb>,
        /// Whether a reveal is possible for the actor.
        may_reveal: bool,
        /// What the office offers as `cause` of these actions.
        reasons: Vec<ReasonView>,
        /// Answers to the office's own fields; what is about a person is masked.
        own: Vec<OwnView>,
    }

    /// A task on somebody's list.
    TaskRow {
        ticket: TicketRow,
        /// Set for tasks of a unit.
        assignment: Option<AssignmentId>,
        /// The verbs that the task waits for.
        verbs: Vec<Verb>,
        /// The task's own limit.
        due: DeadlineView,
        /// Who answers for the unit's part.
        responsible: Option<ResponsibleView>,
    }

    /// What registering gives back.
    Registered {
        id: TicketId,
        ticket_no: TicketNo,
        /// Random 8 characters; shown once and sent by text message.
        query_code: String,
        version: i32,
        state: TicketState,
        due_at: Option<Instant>,
        provisional: bool,
    }

    /// What every other verb gives back.
    Acted {
        id: TicketId,
        ticket_no: TicketNo,
        version: i32,
        state: TicketState,
        /// The assignments after the verb, with their versions.
        assignments: Vec<AssignmentState>,
    }

    /// Status and version of one assignment.
    AssignmentState { id: AssignmentId, unit: String, role: SlotRole, status: AssignmentStatus, version: i32, }

    /// An earlier ticket of the same caller, or a likely duplicate, beside the agent's form.
    Related {
        id: TicketId,
        ticket_no: TicketNo,
        title: String,
        state: TicketState,
        accepted_at: Instant,
        /// `same_caller` (same phone and category) and `alike` (same place and category, nearly the same words) are suspected to be the same event;
        /// `same_phone` and `same_matter` only may be.
        why: String,
        /// The unit that leads.
        unit: Option<Named>,
        /// Whether another person's request about the same may join it.
        may_join: bool,
    }

    /// How a ticket moves: its process drawn, with where it stands and where it was.
    FlowView {
        id: TicketId,
        ticket_no: TicketNo,
        /// Version of the definition that it runs on; the newest when it has ended.
        version: i32,
        /// Names of the steps that wait for somebody now, as the definition writes them.
        stands: Vec<String>,
        /// The drawing as SVG, without style and script; absent when the definition has no layout.
        svg: Option<String>,
    }

    /// A rung of the escalation ladder.
    RungView {
        code: String,
        zh: String,
        en: String,
        colour: Colour,
        /// What it gives the centre to do.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        act: Option<RungAct>,
    }

    /// How a running clock stands on its ladder.
    LadderView {
        /// The assignment; absent for the ticket's own clock.
        assignment: Option<AssignmentId>,
        /// The highest rung that it has reached.
        reached: Option<RungView>,
        reached_at: Option<Instant>,
        /// The next one, and when it comes unless the clock ends or moves before.
        next: Option<RungView>,
        next_at: Option<Instant>,
    }

    /// A page of a list.
    TicketPage {
        items: Vec<TicketRow>,
        next_cursor: Option<String>,
        /// The page before; absent on the first one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        prev_cursor: Option<String>,
        /// What was searched for as well as the words; nothing for a search with `exact`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        also: Vec<String>,
        /// What was found in each of the tickets, in their order; nothing where no words were searched for.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        found: Vec<FoundIn>,
        /// So many of the next tickets were looked through for words that have no index: single characters, numbers of two or three digits.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        looked: Option<u32>,
    }

    /// A page of tasks.
    TaskPage { items: Vec<TaskRow>, next_cursor: Option<String>, }
}

impl TagView {
    /// Its name in a language.
    pub fn name(&self, locale: Locale) -> &str {
        match locale {
            Locale::Zh => &self.zh,
            Locale::En => &self.en,
        }
    }
}

impl RungView {
    /// Its name in a language.
    pub fn name(&self, locale: Locale) -> &str {
        match locale {
            Locale::Zh => &self.zh,
            Locale::En => &self.en,
        }
    }
}

impl ReasonView {
    /// Its words in a language.
    pub fn words(&self, locale: Locale) -> &str {
        match locale {
            Locale::Zh => &self.zh,
            Locale::En => &self.en,
        }
    }
}
