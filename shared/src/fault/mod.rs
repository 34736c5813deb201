//! The one error type that leaves the server: a permanent code with safe facts, never a text from below (I11).
//! Sentences for the codes are in `text::faults`; the HTTP status follows from the class.
//! Not here: what a fault carries beside its code (`told`), collecting what is wrong with a form (`check`), causes.
//! Whoever makes a `Broken` fault logs the cause once beside the incident id.

mod told;

use serde::{Deserialize, Serialize};

pub use crate::check::Check;
pub use crate::class::Class;
pub use told::{Fault, FieldFault, both};

macro_rules! fault_codes {
    ($($(#[$meta:meta])* $variant:ident = $code:literal, $class:ident;)+) => {
        /// Every failure that a person or a program can be told about. Codes are permanent.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$meta])* $variant,)+ }

        impl Code {
            /// Every code in its listed order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The dotted code.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The class, which decides the HTTP status.
            pub const fn class(self) -> Class {
                match self { $(Self::$variant => Class::$class,)+ }
            }

            /// The code for its dotted text.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

fault_codes! {
    /// Several fields are wrong; each has its own entry in `fields`.
    InputInvalid = "input.invalid", Input;
    InputRequired = "input.required", Input;
    /// Facts: `max`, `length`.
    InputTooLong = "input.too_long", Input;
    /// Facts: `min`, `length`.
    InputTooShort = "input.too_short", Input;
    /// Not one of the allowed codes. Facts: `value`.
    InputCode = "input.code", Input;
    InputNumber = "input.number", Input;
    /// Control characters, NUL or text-direction marks.
    InputCharacters = "input.characters", Input;
    /// Facts: `length`.
    /// The bytes are no UTF-8.
    InputEncoding = "input.encoding", Input;
    InputPhone = "input.phone", Input;
    /// A mobile or identity number stands in words for the public.
    InputPersonal = "input.personal", Input;
    /// What is shown masked was sent in the place of what it hides.
    InputMasked = "input.masked", Input;
    /// A mobile or identity number stands in a saved view.
    ViewPersonal = "view.personal", Input;
    /// A mobile or identity number stands in a phrase.
    PhrasePersonal = "phrase.personal", Input;
    InputIdNumber = "input.id_number", Input;
    InputCreditCode = "input.credit_code", Input;
    InputEmail = "input.email", Input;
    InputDate = "input.date", Input;
    /// No time of day.
    InputTime = "input.time", Input;
    /// A day within bounds is wanted. Facts: `min`, `max`.
    InputDay = "input.day", Input;
    InputFutureDate = "input.future_date", Input;
    /// A date with a time of day is wanted.
    InputMoment = "input.moment", Input;
    /// It cannot have been done before what it builds on. Facts: `earliest` (RFC 3339).
    DoneTooEarly = "done_at.too_early", Input;
    /// It was done longer ago than anything may be entered afterwards. Facts: `days`.
    DoneTooLongAgo = "done_at.too_long_ago", Input;
    InputPlace = "input.place", Input;
    /// The place belongs to another centre. Facts: `area` (name of the own one).
    PlaceOutside = "input.place_outside", Input;
    /// Requests of this place do not come in by this channel.
    ChannelOff = "ticket.channel_off", Input;
    InputCategory = "input.category", Input;
    InputUnit = "input.unit", Input;
    /// The words of a search find nothing by their kind. Facts: `why` (`single`, `signs`).
    InputSearch = "input.search", Input;
    /// A period that ends before it begins or is too long. Facts: `why` (`order`, `long`), `max` (days).
    InputPeriod = "input.period", Input;
    /// A text has a variable that its message does not offer, or braces that are none. Facts: `value`, `offers`.
    InputVariable = "input.variable", Input;
    /// A text lacks a variable that it must have. Facts: `value`.
    InputVariableMissing = "input.variable_missing", Input;
    InputCursor = "input.cursor", Input;
    InputQuery = "input.query", Input;
    /// The body is not the JSON or form that the entry point takes. Facts: `detail` (field path only).
    InputBody = "input.body", Input;
    InputIdempotencyKey = "input.idempotency_key", Input;
    /// A partner's program sent no number of its message, or one that is none.
    InputMessageId = "input.message_id", Input;
    /// The same idempotency key came with another body.
    IdempotencyReused = "idempotency.reused", Input;
    PhotoType = "photo.type", Input;
    /// Facts: `max_mb`.
    PhotoTooLarge = "photo.too_large", TooLarge;
    PhotoDimensions = "photo.dimensions", Input;
    /// Facts: `max`.
    PhotoTooMany = "photo.too_many", Input;
    /// The photos of a form are gone, or belong to somebody else's form.
    PhotoDraftGone = "photo.draft_gone", Input;
    /// The file is of no kind that is taken, or is not what it says. Facts: `why`, `name`, `kinds`.
    FileKind = "file.kind", Input;
    /// Facts: `max_mb`.
    FileTooLarge = "file.too_large", TooLarge;
    /// The case has as many files as it may have. Facts: `max`.
    FileTooMany = "file.too_many", Conflict;
    /// The files of the case together. Facts: `max_mb`.
    FileQuota = "file.quota", Conflict;
    /// The part does not begin where the upload stands. Facts: `offset`.
    FileOffset = "file.offset", Conflict;
    /// Another request works on this upload just now.
    FileHeld = "file.held", Conflict;
    /// The virus check has not looked at it yet.
    FileQuarantined = "file.quarantined", Conflict;
    /// The virus check found something; the bytes are destroyed. Facts: `finding`.
    FileInfected = "file.infected", Missing;
    /// The bytes were destroyed.
    FileErased = "file.erased", Missing;
    BodyTooLarge = "body.too_large", TooLarge;
    /// Fewer bytes in a second than a working connection brings.
    BodySlow = "body.slow", Slow;
    SignedOut = "session.signed_out", SignedOut;
    SessionExpired = "session.expired", SignedOut;
    /// Wrong user name or password; the same words for both.
    SignInWrong = "session.wrong", SignedOut;
    /// Facts: `minutes`.
    SignInLocked = "session.locked", Limited;
    /// Facts: `why` (`short`, `long`, `classes`, `signs`, `name`, `same`), `min`, `classes`.
    PasswordWeak = "password.weak", Input;
    /// The second factor is asked before anything else.
    FactorNeeded = "session.factor_needed", Denied;
    /// A second factor has to be set up before anything else.
    EnrolmentNeeded = "session.enrolment_needed", Denied;
    /// The code of the second factor is wrong, was used already, or is too old.
    FactorWrong = "session.factor_wrong", Input;
    /// There is a second factor already, or none that is being set up.
    FactorState = "session.factor_state", Conflict;
    /// The browser's answer of a passkey cannot be read, or its signature is wrong.
    PasskeyWrong = "session.passkey_wrong", Input;
    /// The passkey was used at another address than the installation's own.
    PasskeyOrigin = "session.passkey_origin", Input;
    /// What the passkey signed was asked too long ago, was answered already, or was asked in another session.
    PasskeyLate = "session.passkey_late", Input;
    /// The account has no such passkey, or none at all.
    PasskeyUnknown = "session.passkey_unknown", Input;
    /// By its own count it has signed before what it signs now: there is a copy of it.
    PasskeyCopied = "session.passkey_copied", Input;
    /// The passkey is an account's already.
    PasskeyTaken = "session.passkey_taken", Input;
    /// Facts: `max`.
    PasskeyMany = "session.passkey_many", Input;
    /// The installation is reached by a number or without encryption, where browsers know no passkeys. Facts: `address`.
    PasskeyAddress = "session.passkey_address", Input;
    /// No identity provider is configured, or it does not answer.
    ProviderAway = "session.provider_away", Conflict;
    ProviderRefused = "session.provider_refused", Input;
    /// Nobody is on this way to the provider: it is too old, was used, or is another browser's.
    ProviderState = "session.provider_state", Input;
    /// What the provider said is not believed. Facts: `why`.
    ProviderToken = "session.provider_token", Input;
    ProviderUnknown = "session.provider_unknown", Denied;
    ProviderTaken = "session.provider_taken", Conflict;
    /// The act asks for a proof of the person that is not older than `minutes`: the password, once more.
    ProofNeeded = "session.proof_needed", Denied;
    /// The present password, which is asked for, is another one.
    PasswordWrong = "password.wrong", Input;
    /// A new password has to be chosen before anything else.
    PasswordChange = "password.change", Denied;
    /// The link that sets a new password was used, is too old, or is not whole.
    ResetGone = "password.reset.gone", Denied;
    /// The repeated password is another one.
    PasswordDiffers = "password.differs", Input;
    /// These powers may not be joined, in a role or by one person. Facts: `one`, `other`, `who` where it is somebody else's post.
    RoleExcluded = "role.excluded", Input;
    /// The own account, and what one asked for oneself, is for others to decide.
    AccountSelf = "account.self", Denied;
    /// Whoever took an earlier step of a request takes no other.
    AccountSamePerson = "account.same_person", Denied;
    /// The role reaches further than whoever gives it. Facts: `role`.
    AccountAbove = "account.above", Denied;
    /// It does not fit how it stands with the account. Facts: `account_state`.
    AccountNotNow = "account.not_now", Conflict;
    /// Tasks are open, and nobody takes them over. Facts: `count`.
    AccountTasks = "account.tasks", Conflict;
    /// Who is named cannot take over all that is open. Facts: `count`.
    AccountHeir = "account.heir", Input;
    /// SCIM: a path of a patch that is none of those that can be changed. Facts: `path`.
    ScimPath = "scim.path", Input;
    /// SCIM: what never changes this way, such as the sign-in name.
    ScimFixed = "scim.fixed", Input;
    /// SCIM: a filter that is not read.
    ScimFilter = "scim.filter", Input;
    /// The platform is no longer linked. Facts: `platform`.
    PlatformGone = "platform.gone", Conflict;
    /// Something is asked for about the account already. Facts: `act`.
    AccountRequestOpen = "account.request_open", Conflict;
    /// The request has gone on or has ended. Facts: `request_state`.
    AccountRequestNotNow = "account.request_not_now", Conflict;
    /// The account is there already, and is not as the file has it. Facts: `what`.
    AccountDiffers = "account.differs", Input;
    /// Somebody stands in already in a part of the time.
    StandInThere = "stand_in.there", Conflict;
    /// It cannot be answered so any more.
    StandInNotNow = "stand_in.not_now", Conflict;
    /// It was answered already, or the review is closed.
    ReviewNotNow = "account.review_not_now", Conflict;
    /// Nobody can hold it so long. Facts: `days`.
    AccountTooLong = "account.too_long", Input;
    /// Nobody else could do what this administrator does. Facts: `power`.
    RoleLast = "role.last", Conflict;
    /// Nobody changes the own rights.
    RoleSelf = "role.self", Denied;
    /// The scope is wider than that of whoever gives it. Facts: `most`.
    RoleScope = "role.scope", Input;
    /// Shipped roles are not changed.
    RoleShipped = "role.shipped", Conflict;
    /// The role is stopped and given to nobody.
    RoleStopped = "role.stopped", Input;
    /// There is no role of this code.
    RoleUnknown = "role.unknown", Input;
    /// The code of a new role has another form than codes have.
    RoleCodeForm = "role.code_form", Input;
    /// What a role gives names a permission or a scope that there is not, or a permission twice.
    RoleGrants = "role.grants", Input;
    /// The person has this role at this unit already.
    PostThere = "post.there", Input;
    /// The post was taken back already.
    PostEnded = "post.ended", Conflict;
    /// It would end before it begins, or has ended already.
    /// Or, with `max` (days), too late.
    PostSpan = "post.span", Input;
    /// Once the office is at work, one asks for a post and another grants it.
    PostSecond = "post.second", Conflict;
    /// The person belongs to the team already.
    TeamThere = "team.there", Input;
    /// The team has as many people as one may have. Facts: `max`.
    TeamFull = "team.full", Conflict;
    /// The team has ended, or the person has left it.
    TeamEnded = "team.ended", Conflict;
    /// Somebody else has this name already.
    InputTaken = "input.taken", Input;
    AccessDenied = "access.denied", Denied;
    /// A cross-site request was refused.
    CrossSite = "access.cross_site", Denied;
    NotFound = "not_found", Missing;
    /// Facts: `current` (version now), `expected`.
    VersionStale = "version.stale", Conflict;
    /// The office takes no requests on the web.
    FilingClosed = "filing.closed", Conflict;
    /// The verb does not fit the ticket's state. Facts: `state`, `verb`.
    FlowNotAllowed = "ticket.flow.not_allowed", Conflict;
    /// Facts: `status`, `verb`.
    AssignmentNotAllowed = "assignment.flow.not_allowed", Conflict;
    UrgedToday = "ticket.urge.once_per_day", Conflict;
    /// A bad rating is settled once the citizen was called and told.
    UpsetSteps = "ticket.upset.steps", Input;
    /// A report of danger is looked into whatever its author wants.
    WithdrawDanger = "ticket.withdraw.danger", Conflict;
    ReturnFinal = "assignment.return.final", Conflict;
    ReturnPending = "assignment.return.pending", Conflict;
    /// The unit has answered the ticket.
    ReturnAnswered = "assignment.return.answered", Conflict;
    /// The unit was heard about the matter in this cycle.
    ReturnHeard = "assignment.return.heard", Conflict;
    /// Too long after the dispatch. Facts: `days`.
    ReturnLate = "assignment.return.late", Conflict;
    /// The second dispute is decided by a meeting.
    ReturnMeeting = "assignment.return.meeting", Conflict;
    /// A unit names itself as the one that should have it.
    ReturnOwnUnit = "assignment.return.own_unit", Input;
    /// Fewer parties than a meeting has. Facts: `min`.
    MeetingParties = "assignment.meeting.parties", Input;
    /// A directive about the part waits already.
    DirectivePending = "assignment.directive.pending", Conflict;
    /// No ticket of that number in which the unit has a part.
    DirectiveTicket = "assignment.directive.ticket", Input;
    /// The leading ticket is no other open one of the same centre, or is merged itself.
    MergeInto = "ticket.merge.into", Input;
    /// A confidential ticket or a tip-off is handled by itself.
    MergeDiscreet = "ticket.merge.discreet", Conflict;
    /// Other tickets were merged into the one that is to be merged.
    MergeLeads = "ticket.merge.leads", Conflict;
    /// So many tickets are merged already. Facts: `max`.
    MergeFull = "ticket.merge.full", Conflict;
    /// One of many that were to be merged cannot be. Facts: `no`, `why` (a code), and those of that code.
    MergeOne = "ticket.merge.one", Input;
    /// No ticket of that number is merged into this one and waits for its answer.
    MergedTicket = "ticket.merge.ticket", Input;
    /// No number of a paper form.
    PaperNo = "paper.number", Input;
    /// The paper form is entered or voided already, or another centre's.
    PaperSettled = "paper.settled", Conflict;
    /// The numbers of paper forms for this place and day are used up. Facts: `left`.
    PaperFull = "paper.full", Conflict;
    /// Somebody who does not see the ticket is named in a note about it. Facts: `name`.
    NoteUnseen = "ticket.note.unseen", Input;
    /// A confidential ticket or a tip-off, which is answered and dispatched by itself.
    BulkDiscreet = "ticket.bulk.discreet", Conflict;
    /// Without a category it is dispatched by itself.
    BulkCategory = "ticket.bulk.category", Conflict;
    /// Too many tickets at once, or the same one twice. Facts: `max`, `length`.
    BulkItems = "ticket.bulk.items", Input;
    ExtensionPending = "assignment.extension.pending", Conflict;
    ExtensionLate = "assignment.extension.late", Conflict;
    /// It was given on by a unit above, which decides about it.
    BelowPart = "assignment.below.part", Conflict;
    /// Units below have not answered yet. Facts: `count`.
    BelowOpen = "assignment.below.open", Conflict;
    /// The limit does not end before that of the unit that gives it on. Facts: `due_at`.
    BelowLimit = "assignment.below.limit", Input;
    /// An assisting unit would not answer a working day before who leads, or its day has come.
    AssistLimit = "assignment.assist.limit", Input;
    /// Both officers on site are the same person, or have one certificate.
    SiteOfficers = "assignment.site.officers", Input;
    /// It would go deeper than the office wants. Facts: `max`.
    BelowDepth = "assignment.below.depth", Conflict;
    /// The unit below has nothing with which this can be done.
    BelowUnit = "assignment.below.unit", Input;
    /// An application of this kind waits for its ruling already. Facts: `sort`.
    AskedAlready = "assignment.ask.pending", Conflict;
    /// The deadline has passed, or the day that was asked for has come.
    AskLate = "assignment.ask.late", Conflict;
    /// Facts: `days`.
    RestoreLate = "ticket.restore.late", Conflict;
    /// The ticket was closed too long ago. Facts: `days`.
    ReopenLate = "ticket.reopen.late", Conflict;
    /// Every transfer of the ticket has its receipt, or there is none. Facts: `transfer`.
    TransferReceipt = "ticket.transfer.receipt", Conflict;
    /// As many transfers as a ticket may have. Facts: `max`.
    TransferMost = "ticket.transfer.most", Conflict;
    /// Somebody votes twice in a board.
    BoardMember = "assignment.board.member", Input;
    /// The ruling is not what most members of the board voted for.
    BoardVote = "assignment.board.vote", Input;
    /// A reason that does not fit what is asked for.
    RulingReason = "assignment.ruling.reason", Input;
    /// It was ruled so already, or there is nothing to revoke. Facts: `stands`.
    RulingStands = "assignment.ruling.stands", Conflict;
    /// Who asked for it, or gave the first opinion, does not decide.
    RulingSamePerson = "assignment.ruling.same_person", Conflict;
    /// No other ticket of that number in reach, or none that is linked.
    LinkTicket = "ticket.link.ticket", Input;
    /// They are linked so already.
    LinkKnown = "ticket.link.known", Conflict;
    /// As many links as a ticket may have. Facts: `max`.
    LinkMost = "ticket.link.most", Conflict;
    /// Who proposed a dispatch does not review it.
    DispatchSamePerson = "ticket.dispatch.same_person", Conflict;
    /// The ticket is archived and read only.
    TicketArchived = "ticket.archived", Conflict;
    ExtensionExhausted = "assignment.extension.exhausted", Conflict;
    /// Nobody has answered, and not enough was tried. Facts: `tries`, `days`, `needed`.
    FollowUpMissing = "ticket.follow_up.missing", Conflict;
    /// The time for which a call was agreed upon is past or too far away.
    CallTime = "ticket.follow_up.time", Input;
    /// Somebody else has taken the ticket to call the citizen, or it waits for no call any more.
    FollowUpHeld = "ticket.follow_up.held", Conflict;
    /// The questionnaire was answered, is too old, or the ticket is handled anew.
    QuestionnaireOver = "questionnaire.over", Conflict;
    RedoNotJustified = "ticket.redo.not_justified", Conflict;
    RedoExhausted = "ticket.redo.exhausted", Conflict;
    CategoryRequired = "ticket.category.required", Input;
    LeadAmongAssisting = "ticket.dispatch.lead_among_assisting", Input;
    AlreadyRated = "ticket.rate.not_allowed", Conflict;
    /// Five wrong tries on one number from one place, or many from everywhere. Facts: `minutes`.
    LookupLocked = "lookup.locked", Limited;
    LookupWrong = "lookup.wrong", Missing;
    /// The half hour is over in which this browser may follow a ticket without its code.
    LookupExpired = "lookup.expired", SignedOut;
    RateLimited = "rate.limited", Limited;
    /// The number takes no text messages.
    InputMobile = "input.mobile", Input;
    /// A code was sent to the number a moment ago. Facts: `seconds`.
    CitizenCodeSoon = "citizen.code.soon", Limited;
    /// The code is wrong.
    CitizenCodeWrong = "citizen.code.wrong", Input;
    /// No code is open: it was used, is too old, or was tried too often.
    CitizenCodeGone = "citizen.code.gone", Input;
    /// The first time, the privacy statement has to be agreed to.
    CitizenAgree = "citizen.agree", Input;
    /// Somebody of staff is signed in here.
    CitizenIsStaff = "citizen.is_staff", Conflict;
    /// The citizen files for no such organisation now. Facts: `why` (`anonymous`).
    MandateUnusable = "mandate.unusable", Input;
    /// It cannot be asked for. Facts: `why` (`open`, `many`, `long`), `max` (days).
    MandateAsk = "mandate.ask", Input;
    /// Nobody decides it so. Facts: `why` (`own`, `ended`).
    MandateDecide = "mandate.decide", Conflict;
    /// A unit cannot write to the citizen. Facts: `why` (`nobody`, `discreet`, `many`, `numbers`), `max`.
    RelayUnfit = "relay.unfit", Input;
    /// A unit cannot call the citizen so. Facts: `why` (`nobody`, `discreet`, `many`), `max`.
    CallUnfit = "call.unfit", Input;
    /// The unit is the one that the ticket is about, or lies below it.
    AccusedUnit = "accused.unit", Input;
    /// The unit that is named, or one below it, has a part of the ticket.
    AccusedPart = "accused.part", Conflict;
    /// It cannot be wished for. Facts: `why` (`open`, `many`, `state`).
    WishAsk = "wish.ask", Input;
    /// It was answered or taken back before.
    WishDecide = "wish.decide", Conflict;
    /// An approval that the request started is under way. Facts: `no`.
    WishApproval = "wish.approval", Conflict;
    /// Facts: `year`.
    CalendarMissing = "calendar.missing_year", Conflict;
    /// Facts: `max`.
    ExportTooLarge = "export.too_large", Input;
    /// So many rows are no download in this format. Facts: `max`.
    ExportAsJob = "export.as_job", Input;
    /// More rows than a file may have that is made at once, where there is no job. Facts: `max`.
    ExportNarrow = "export.narrow", Input;
    /// So many rows need a second person, who agrees to a job. Facts: `max`.
    ExportApproval = "export.approval_needed", Input;
    /// Somebody would have more rows on one day than the office lets a person have. Facts: `max`, `left`.
    ExportDayRows = "export.day_rows", Input;
    /// The server has no font with Chinese characters.
    PrintNoFont = "print.no_font", Conflict;
    /// Whoever asked for an export is not the second person.
    ExportSamePerson = "export.same_person", Denied;
    /// This build prints no reports.
    ReportNoPrint = "report.no_print", Missing;
    /// The report is signed already.
    ReportSigned = "report.signed", Conflict;
    /// Whoever made a report is not the second person.
    ReportSamePerson = "report.same_person", Denied;
    /// What is stored of a kept report is not what was written.
    ReportChanged = "report.changed", Conflict;
    /// The mapping or the columns do not fit. Facts: `why`, `detail`.
    ImportMapping = "import.mapping", Input;
    /// The file is no table that can be read. Facts: `why`, `detail`.
    ImportFile = "import.file", Input;
    /// The tickets of this demo are here already. Facts: `seed`.
    DemoThere = "demo.there", Conflict;
    /// How the file was read is doubtful; nothing was written. Facts: `count`, `line`, `why`, `detail` of the first doubt.
    ImportDoubtful = "import.doubtful", Input;
    /// Nobody who can sign in is called so.
    InputPerson = "input.person", Input;
    /// The verb does not fit the approval's state. Facts: `status`, `verb`.
    ApprovalNotAllowed = "approval.flow.not_allowed", Conflict;
    /// The process cannot go on so; its owner has an incident. Facts: `incident` (number), `element`.
    ApprovalStopped = "approval.stopped", Conflict;
    /// The process cannot go on so; its owner has an incident. Facts: `incident` (number), `element`.
    TicketStopped = "ticket.stopped", Conflict;
    /// No step to which the case can go. Facts: `reason`, `element`.
    ApprovalTarget = "approval.target", Input;
    /// Signers beside the task have not answered yet.
    ApprovalSigners = "approval.signers.open", Conflict;
    /// Papers are still missing. Facts: `missing` (count).
    ApprovalPapers = "approval.papers.missing", Conflict;
    /// Something has happened since; nothing can be taken back.
    ApprovalTooLate = "approval.take_back.too_late", Conflict;
    /// The last of those who sign a step at once stays.
    ApprovalLastSigner = "approval.signer.last", Conflict;
    /// A definition that cannot run. Facts: `errors` (count), `element`, `line`, `words` of the first.
    ProcessRefused = "process.refused", Input;
    /// No version of the definition is active. Facts: `definition`.
    ProcessNotActive = "process.not_active", Conflict;
    MigrationUndone = "migration.undone", Conflict;
    /// Somebody else works on the job just now. Facts: `job`, `until` (milliseconds UTC).
    JobHeld = "job.held", Conflict;
    /// The job has ended already.
    JobEnded = "job.ended", Conflict;
    /// The job was stopped by somebody. Facts: `job`.
    JobCancelled = "job.cancelled", Conflict;
    /// The job has no result, or it was thrown away after its time.
    JobNoResult = "job.no_result", Missing;
    /// The rights of whoever asked for the job are not what they were.
    JobRights = "job.rights", Denied;
    /// Nobody here knows this kind of job.
    JobUnknown = "job.unknown", Broken;
    /// There is no draft of the list.
    RegisterNoDraft = "register.no_draft", Conflict;
    /// The list has a draft already. Facts: `by`.
    RegisterDraftOpen = "register.draft_open", Conflict;
    /// The draft changes nothing.
    RegisterEmpty = "register.empty", Conflict;
    /// A check of the draft found what must be mended first. Facts: `count`.
    RegisterFaults = "register.faults", Conflict;
    /// Whoever changed it does not publish it.
    /// No area of that code or name that an office can serve, or several of the name.
    SetupArea = "setup.area", Input;
    RegisterSecond = "register.second", Conflict;
    /// The day lies before one that is past or published already. Facts: `from`.
    RegisterDate = "register.date", Input;
    /// Whoever asked to dismiss a finding does not decide on it.
    QualitySecond = "quality.second", Conflict;
    /// A live check of reports fails, so that its numbers are not shown. Facts: `check`.
    ReportUnsound = "report.unsound", Conflict;
    /// Whoever asks for a cut of figures does not agree to it.
    DataSamePerson = "data.same_person", Conflict;
    /// Only what waits for its day can be taken back.
    RegisterNotComing = "register.not_coming", Conflict;
    /// Rows of this list end and do not go.
    RegisterPermanent = "register.permanent", Conflict;
    /// The law wants it told, to whoever can be told.
    ToldByLaw = "register.told_by_law", Input;
    /// More lines or rows than a list may have. Facts: `max`.
    RegisterTooMany = "register.too_many", Input;
    SchemaOlder = "schema.older", Busy;
    SchemaNewer = "schema.newer", Busy;
    Busy = "busy", Busy;
    /// The browser did not reach the server; made in the browser alone.
    Offline = "offline", Busy;
    /// More is being sent at once than the server has memory for.
    Overloaded = "overloaded", Busy;
    StorageFull = "storage.full", Busy;
    /// The database is not there: stopped, unreachable, its disk failing.
    DatabaseAway = "database.away", Busy;
    /// The database was lost in the midst of a commit: kept or not. The same call under the same idempotency key finds out.
    OutcomeUnknown = "outcome.unknown", Busy;
    /// The database's file is damaged.
    DatabaseDamaged = "database.damaged", Broken;
    Broken = "broken", Broken;
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Ok(Self::parse(&String::deserialize(d)?).unwrap_or(Self::Broken))
    }
}
