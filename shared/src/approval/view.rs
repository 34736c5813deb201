//! What people and programs see of approvals and of the processes behind them.
//! Not here: changing anything (`command`).
//! Names come in the reader's language where the definition has both.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::difference::Differences;
use super::{ApprovalStatus, ApprovalVerb, EventKind, IncidentKind, Part};
use crate::access::ActorKind;
use crate::calendar::Instant;
use crate::file::FileView;
use crate::ids::{ActivationId, ApprovalId, MigrationId, TicketId};
use crate::process::finding::Remark;
use crate::process::retrace::RetraceView;
use crate::ticket::view::{DeadlineView, Named, OwnAskView, OwnView};
use crate::ticket::{Light, RequestKind};

macro_rules! views {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $ty:ty,)* })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct $name { $($(#[$fmeta])* pub $field: $ty,)* }
    )+};
}

views! {
    /// A row of a list of approvals.
    ApprovalRow {
        id: ApprovalId,
        approval_no: String,
        title: String,
        /// Key of the definition and its name.
        definition: Named,
        definition_version: i32,
        status: ApprovalStatus,
        /// Names of the steps that are open.
        steps: Vec<String>,
        started_by: String,
        started_at: Instant,
        /// The nearest deadline of its open tasks, in to-do lists of one's own task.
        due_at: Option<Instant>,
        light: Light,
        updated_at: Instant,
        version: i32,
    }

    /// A page of a list.
    ApprovalPage {
        items: Vec<ApprovalRow>,
        next_cursor: Option<String>,
        /// Where the page before begins; absent on the first one, and on a to-do list.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        prev_cursor: Option<String>,
        /// How many there are on the whole, beside the first page of a list that is no to-do list; counted up to 10,000.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        total: Option<i64>,
        /// There are more than that.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        about: bool,
    }

    /// What the filters of a list of approvals can be.
    ApprovalChoices {
        /// Definitions with their names.
        definitions: Vec<Named>,
        /// Steps at which people do something, of the definition that is chosen.
        steps: Vec<Named>,
    }

    /// An approval, whole.
    ApprovalDetail {
        row: ApprovalRow,
        unit: Named,
        ended_at: Option<Instant>,
        /// Name of the end that was reached.
        outcome: Option<String>,
        /// What was filled in, in the order of the forms.
        facts: Vec<FactView>,
        /// Open tasks and their parts.
        tasks: Vec<TaskView>,
        /// Papers that were missing when it was accepted.
        papers: Vec<PaperView>,
        /// What the initiator was asked to correct.
        correction: Option<String>,
        /// Who reads along.
        copies: Vec<String>,
        /// Open incidents; texts only for whoever looks after the process.
        incidents: Vec<IncidentView>,
        history: Vec<ApprovalEvent>,
        /// Files of the case, oldest first.
        files: Vec<FileView>,
        /// Whether the reader may put files to the case.
        may_add_files: bool,
        /// What the actor may do with the case itself now.
        actions: Vec<ApprovalVerb>,
        /// People who can be named in verbs, those of the actor's own area first.
        people: Vec<PersonView>,
        /// The start form with its present values, where a correction is being asked for.
        start_form: Vec<FieldView>,
        /// Elements to which the case can be taken, for whoever may jump.
        elements: Vec<Named>,
        /// Messages and signals for which the case waits, for whoever may deliver one.
        awaits: Vec<AwaitedView>,
        /// Whether the reader may see in the clear, for a reason, what is masked.
        may_reveal: bool,
        /// Whether this is such a look: nothing is masked.
        in_clear: bool,
        /// Answers to the office's own fields; what is about a person is masked.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        own: Vec<OwnView>,
    }

    /// A message or a signal that a case waits for.
    AwaitedView {
        kind: EventKind,
        name: String,
    }

    /// Something that was filled in.
    FactView {
        name: String,
        value: String,
        /// Whether a part of the value is hidden.
        masked: bool,
    }

    /// An open task, or a part of one.
    TaskView {
        task: i64,
        part: i32,
        kind: Part,
        element: String,
        name: String,
        /// Who it waits for: a person, or role and unit.
        holder: String,
        /// Whether it waits for somebody now; a task waits behind its signers.
        active: bool,
        /// Whether it waits for the actor.
        mine: bool,
        opened_at: Instant,
        deadline: DeadlineView,
        /// What the one who asked for it said.
        note: Option<String>,
        asked_by: Option<String>,
        /// What the actor may do with it now.
        actions: Vec<ApprovalVerb>,
        form: Vec<FieldView>,
        /// Steps to which it can be sent back: id and name.
        back_to: Vec<Named>,
        /// Whether several people sign this step at once.
        is_turn: bool,
    }

    /// A field of a form.
    FieldView {
        id: String,
        name: String,
        /// `text`, `long_text`, `number`, `date`, `bool`, `choice`, `person`, `people`.
        kind: String,
        required: bool,
        /// Value and label.
        options: Vec<Named>,
        /// The present value, as it would be typed; empty where it is masked.
        value: String,
        /// The present value with a part of it hidden. It stays when nothing is typed.
        masked: Option<String>,
        max: Option<u32>,
    }

    /// A paper that was missing.
    PaperView {
        number: i32,
        name: String,
        due_at: Option<Instant>,
        supplied_at: Option<Instant>,
        note: Option<String>,
        light: Light,
    }

    /// Something that stopped a case. A ticket's or an application's is settled on the same road, by its id.
    IncidentView {
        approval: ApprovalId,
        approval_no: String,
        /// The ticket on whose page the case is seen: of a ticket itself, and of an application that hangs on one.
        ticket: Option<TicketId>,
        /// The case's version, which settling it must name.
        version: i32,
        number: i32,
        kind: IncidentKind,
        element: String,
        element_name: String,
        /// What went wrong, as a sentence; empty for who does not look after the process.
        words: String,
        tries: i32,
        opened_at: Instant,
    }

    /// One line of an approval's history.
    ApprovalEvent {
        seq: i32,
        verb: ApprovalVerb,
        /// When it was entered.
        at: Instant,
        /// When it was done, where it was entered later than that.
        done_at: Option<Instant>,
        /// What kind of actor it was.
        actor: ActorKind,
        /// Which job, or which partner's program.
        actor_code: Option<String>,
        by: Option<String>,
        unit: Option<String>,
        /// Name of the step.
        step: Option<String>,
        note: Option<String>,
        facts: BTreeMap<String, String>,
    }

    /// Somebody who can be named.
    PersonView {
        username: String,
        name: String,
        unit: String,
    }

    /// How an approval stands after a verb.
    ApprovalActed {
        id: ApprovalId,
        approval_no: String,
        version: i32,
        status: ApprovalStatus,
        /// Elements that are open.
        at: Vec<String>,
    }

    /// What can be filed.
    StartView {
        definition: Named,
        version: i32,
        form: Vec<FieldView>,
        people: Vec<PersonView>,
        /// What the office asks beside the form.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        own: Vec<OwnAskView>,
    }

    /// The drawing of one case.
    ApprovalFlow {
        id: ApprovalId,
        approval_no: String,
        version: i32,
        /// Names of the elements where it stands.
        stands: Vec<String>,
        /// SVG, made by the server; absent where the file has no layout.
        svg: Option<String>,
    }

    /// A definition with its versions.
    ProcessRow {
        key: String,
        name: String,
        versions: Vec<VersionRow>,
        /// Open cases over all versions.
        running: i64,
        incidents: i64,
        /// Whether tickets run on it; such a definition is not started by hand.
        is_ticket: bool,
        /// Versions for an area or a kind of tickets.
        activations: Vec<ActivationRow>,
    }

    /// A version on which new tickets of an area or a kind start.
    ActivationRow {
        id: ActivationId,
        version: i32,
        /// Everywhere without it.
        area: Option<Named>,
        /// Every kind without it.
        kind: Option<RequestKind>,
        from: Instant,
        /// From when it counts no more.
        until: Option<Instant>,
        /// Whether it counts now.
        counts: bool,
        by: Option<String>,
    }

    /// One version of a definition.
    VersionRow {
        version: i32,
        deployed_at: Instant,
        /// From when new cases start on it; absent: not activated.
        active_from: Option<Instant>,
        withdrawn_at: Option<Instant>,
        /// Whether new cases start on it now.
        is_active: bool,
        running: i64,
        deployed_by: Option<String>,
    }

    /// A version for its owner.
    ProcessView {
        key: String,
        name: String,
        version: VersionRow,
        versions: Vec<VersionRow>,
        /// SVG, made by the server; absent where the file has no layout.
        svg: Option<String>,
        /// Element, name, how many cases stand there.
        standing: Vec<Standing>,
        findings: Vec<FindingView>,
        /// Decision tables that it asks.
        tables: Vec<TableRow>,
        incidents: Vec<IncidentView>,
        migrations: Vec<MigrationRow>,
        /// How it differs from the version on which new cases start; absent for that one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        beside: Option<Differences>,
        /// Whether tickets run on it.
        is_ticket: bool,
        activations: Vec<ActivationRow>,
        /// Cities and counties for which a version can be activated.
        areas: Vec<Named>,
        /// What the actor may do.
        may_manage: bool,
        may_operate: bool,
        /// The newest replay of recent tickets under it, of the tickets' process.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retraced: Option<RetraceView>,
    }

    /// A decision table with its newest version.
    TableRow {
        key: String,
        version: i32,
    }

    /// How many cases stand at an element.
    Standing {
        element: String,
        name: String,
        count: i64,
    }

    /// A finding of the check.
    FindingView {
        /// `error`, `warning`, `ignored`.
        severity: String,
        element: String,
        line: u32,
        /// What it is: its code, its facts, what stands behind it.
        #[serde(flatten)]
        remark: Remark,
        /// The same as a sentence.
        words: String,
    }

    /// What a deployment came to.
    Deployed {
        key: String,
        version: i32,
        /// False when the newest version has the same text.
        is_new: bool,
        active_from: Option<Instant>,
        findings: Vec<FindingView>,
    }

    /// What a migration would do, or did.
    MigrationView {
        /// Absent for a dry run.
        id: Option<MigrationId>,
        key: String,
        from: i32,
        to: i32,
        /// Cases on the old version that were looked at.
        cases: i64,
        /// Cases that have a place in the new version.
        fits: i64,
        /// Element before, element after, how many stand there.
        places: Vec<PlaceMove>,
        /// Why the others stay, with how many of them.
        problems: Vec<ProblemRow>,
        /// Moved by this run.
        moved: i64,
        /// False while a long migration goes on behind the answer; its count stands in the list of migrations.
        is_finished: bool,
    }

    /// Where cases would stand.
    PlaceMove {
        from: String,
        to: String,
        count: i64,
    }

    /// Why cases cannot move.
    ProblemRow {
        element: String,
        /// The element that it would go to; of `failed` what stands in the way, as code and facts (JSON).
        target: String,
        /// `missing`, `other_kind`, `other_scope`, `other_loop`, `no_such_flow`, `no_process`, `failed`.
        kind: String,
        count: i64,
    }

    /// A migration that was done.
    MigrationRow {
        id: MigrationId,
        from: i32,
        to: i32,
        at: Instant,
        by: Option<String>,
        moved: i64,
        undone_at: Option<Instant>,
    }

    /// An event that is on its way.
    Thrown {
        id: String,
    }

    /// What undoing a migration came to.
    MigrationUndone {
        id: MigrationId,
        /// Cases that stand again as before.
        back: i64,
        /// Cases that have moved on since and stay.
        stayed: i64,
    }
}
