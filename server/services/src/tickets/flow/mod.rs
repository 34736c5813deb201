//! Whether a verb fits the case now: the shared flow table, the open task that waits for it, and the rules that look at
//! what has happened before. The runner asks it before deciding, the views ask it for the actions shown: one answer for both.
//! Not here: who may (`rights`), what the verb's data must be (`shared::ticket::rules`).

mod life;
mod outcome;

use chrono::NaiveDate;
use shared::application::{ApplicationSort, ApplicationStatus, DisputeStage, ExtensionCaps};
use shared::calendar::{Instant, WorkCalendar};
use shared::fault::{Code, Fault};
use shared::ids::AssignmentId;
use shared::ticket::rules::{self, flow as table};
use shared::ticket::{RatingSource, SlotRole, Urgency, Verb};
use store::record::{Assignment, Contact, TicketCase};

use crate::applications::{
    may_send_back, of_assignment, pending, waiting_ruling, waiting_stage, waits_for_unit,
};
use crate::process;
use crate::reference::Reference;
use crate::tickets::archive::holds_person;
use crate::tickets::tree;

use outcome::redo;
pub use outcome::{
    follow_up_missing, is_bad, is_followed_up, is_redo_justified, may_be_sampled_out, offers_redo,
    wants_no_call,
};

/// Cycles of redo before it becomes a hard case (`domain.md` 3.2, row 19).
pub const MAX_CYCLES: i32 = 2;

/// The working day that an instant belongs to: itself, or the next one after a day of rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day(pub String);

impl Day {
    /// The working day of an instant; without a decree for the year weekends rest.
    pub fn of(calendar: &WorkCalendar, now: Instant) -> Self {
        let date = now.date();
        let working = date
            .pred_opt()
            .and_then(|before| calendar.nth_working_day(before, 1).ok())
            .unwrap_or(date);
        Self(working.format("%Y-%m-%d").to_string())
    }
}

/// What rules look at beside the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Today {
    /// The working day.
    pub day: Day,
    /// The present.
    pub now: Instant,
    /// How much more time a unit may be given.
    pub extension: ExtensionCaps,
    /// Days after the closing in which a citizen may ask for it to be opened again.
    pub reopen_days: i32,
    /// Working days after its dispatch for which a unit may send a ticket back.
    pub return_days: i32,
    /// The first day of dispatch from which it still may; none where it always may.
    pub return_from: Option<NaiveDate>,
    /// How many levels of assignments a ticket may have.
    pub levels: i32,
}

impl Today {
    /// Now, with what is set.
    pub fn of(reference: &Reference, now: Instant) -> Self {
        Self {
            day: Day::of(&reference.calendar, now),
            now,
            extension: reference.extension,
            reopen_days: reference.reopen_days,
            return_days: reference.return_days,
            return_from: first_dispatch(&reference.calendar, now, reference.return_days),
            levels: reference.levels,
        }
    }
}

/// The first day of dispatch since which no more than so many working days have passed.
fn first_dispatch(calendar: &WorkCalendar, now: Instant, days: i32) -> Option<NaiveDate> {
    if days <= 0 {
        return None;
    }
    let today = now.date();
    let mut first = today;
    while let Some(before) = first.pred_opt() {
        if calendar.working_days_between(before, today) > i64::from(days) {
            break;
        }
        first = before;
    }
    Some(first)
}

/// Whether it was dispatched too long ago to be sent back.
pub(crate) fn is_return_late(assignment: &Assignment, today: &Today) -> bool {
    let dispatched = assignment.dispatched_at.date();
    today.return_from.is_some_and(|first| dispatched < first)
}

/// What was asked of the unit in an earlier cycle is answered all the same.
const OF_ANY_CYCLE: [Verb; 5] = [
    Verb::AnswerDirective,
    Verb::JudgeDirective,
    Verb::CancelDirective,
    Verb::AdviseRuling,
    Verb::DecideRuling,
];

/// The fault for a verb that does not fit now.
///
/// # Errors
/// `ticket.flow.not_allowed`, `assignment.flow.not_allowed` and the conflicts of single rules, such as `assignment.return.final`.
#[allow(clippy::too_many_lines, reason = "a table: a rule a verb")]
pub fn admits(
    verb: Verb,
    case: &TicketCase,
    assignment: Option<&Assignment>,
    today: &Today,
) -> Result<(), Fault> {
    table::ticket(verb, case.ticket.state)?;
    if let Some(assignment) = assignment {
        table::assignment(verb, assignment.status)?;
        if assignment.cycle_no != case.ticket.cycle_no && !OF_ANY_CYCLE.contains(&verb) {
            return Err(Fault::new(Code::AssignmentNotAllowed)
                .fact("status", assignment.status)
                .fact("verb", verb));
        }
    }
    match verb {
        Verb::Register | Verb::Reveal | Verb::Withdraw => special(verb, case),
        Verb::Ring
        | Verb::Archive
        | Verb::Serve
        | Verb::Message
        | Verb::Migrate
        | Verb::UndoMigration
        | Verb::AddFile
        | Verb::RemoveFile
        | Verb::Note
        | Verb::Receive => Err(refused(verb, case)),
        Verb::Rate => rate(case),
        Verb::Urge => urge(case, &today.day),
        Verb::SendBack => send_back(case, assignment, today),
        Verb::Rule | Verb::Confer => rule_on_return(verb, case, assignment),
        Verb::Extend => extend(case, assignment, today),
        Verb::RuleExtension => rule((verb, ApplicationSort::Extend), case, assignment),
        Verb::Retry
        | Verb::Skip
        | Verb::Contact
        | Verb::Relay
        | Verb::RecordSite
        | Verb::PhoneUrge
        | Verb::PlaceCall
        | Verb::ResumeWork
        | Verb::HandOver
        | Verb::Plan
        | Verb::NameAccused
        | Verb::Link => Ok(()),
        Verb::SubAssign
        | Verb::TakeBack
        | Verb::SetLimit
        | Verb::ReturnAnswer
        | Verb::HandUp
        | Verb::AskAssistance => in_tree(verb, case, (assignment, today)),
        Verb::Take => take(assignment),
        Verb::SuspendWork => asks(ApplicationSort::Suspend, verb, case, (assignment, today)),
        Verb::Interim => asks(ApplicationSort::Interim, verb, case, (assignment, today)),
        Verb::Terminate => asks(ApplicationSort::Terminate, verb, case, (assignment, today)),
        Verb::AskDifficult => asks(ApplicationSort::Difficult, verb, case, (assignment, today)),
        Verb::RuleDifficult => rule((verb, ApplicationSort::Difficult), case, assignment),
        Verb::RuleSuspension => rule((verb, ApplicationSort::Suspend), case, assignment),
        Verb::RuleInterim => rule((verb, ApplicationSort::Interim), case, assignment),
        Verb::RuleTermination => rule((verb, ApplicationSort::Terminate), case, assignment),
        Verb::Reopen => reopen(case, today),
        Verb::RuleReopening => rule((verb, ApplicationSort::Reopen), case, assignment),
        Verb::Supervise | Verb::AnswerDirective | Verb::JudgeDirective | Verb::CancelDirective => {
            directive(verb, case, assignment)
        }
        Verb::AskRuling | Verb::AdviseRuling | Verb::DecideRuling => ruling(verb, case, assignment),
        // Of what has a process that can end.
        Verb::Transfer if case.instance.is_none() => Err(refused(verb, case)),
        Verb::Transfer => Ok(()),
        Verb::EnterReceipt if case.transfers.iter().any(|it| it.receipt.is_none()) => Ok(()),
        Verb::EnterReceipt => Err(Fault::new(Code::TransferReceipt)),
        Verb::Unlink if case.links.iter().any(|it| it.ended_at.is_none()) => Ok(()),
        Verb::CorrectCitizen if case.ticket.citizen.is_some() => Ok(()),
        Verb::EraseCitizen if holds_person(&case.ticket) => Ok(()),
        Verb::Unlink | Verb::CorrectCitizen | Verb::EraseCitizen => Err(refused(verb, case)),
        Verb::Recall => recall(verb, case),
        Verb::Redo => redo(case),
        Verb::Close => close(case),
        Verb::Reply => reply(case, assignment),
        Verb::Merge => merge(case),
        Verb::Split => split(case),
        Verb::PrivateWords => private_words(case),
        _ => life::admits(verb, case, assignment),
    }
}

fn refused(verb: Verb, case: &TicketCase) -> Fault {
    Fault::new(Code::FlowNotAllowed)
        .fact("state", case.ticket.state)
        .fact("verb", verb)
}

/// An open task of the process waits for the verb.
fn waits(verb: Verb, case: &TicketCase, assignment: Option<&Assignment>) -> Result<(), Fault> {
    let fits = |task: &&store::record::Task| {
        process::waits_for(task, verb)
            && assignment.is_none_or(|a| task.assignment_id == Some(a.id))
    };
    if case.hung.tasks.iter().any(|task| fits(&task)) {
        Ok(())
    } else {
        Err(refused(verb, case))
    }
}

/// Before the lead unit has answered, and never of a danger (`domain.md` 3.2, row 23); the other two only need the state.
fn special(verb: Verb, case: &TicketCase) -> Result<(), Fault> {
    if verb == Verb::Withdraw && case.ticket.urgency == Urgency::Critical {
        return Err(Fault::new(Code::WithdrawDanger));
    }
    let answered = case.ticket.replied_at.is_some() || case.ticket.cycle_no > 0;
    if verb == Verb::Withdraw && (answered || case.instance.is_none()) {
        Err(refused(verb, case))
    } else {
        Ok(())
    }
}

/// One rating of each handling (一事一评, `domain.md`): the citizen rates once, and again after a redo. Answers in a call are the caller's.
fn rate(case: &TicketCase) -> Result<(), Fault> {
    let cycle = case.ticket.cycle_no;
    let rated = case
        .ratings
        .iter()
        .any(|rating| rating.source == RatingSource::Web && rating.cycle_no == cycle);
    let asked = case.questionnaires.iter();
    let answered = asked
        .filter(|it| it.cycle_no == cycle)
        .any(|it| it.used_at.is_some());
    if rated || answered {
        Err(Fault::new(Code::AlreadyRated))
    } else {
        Ok(())
    }
}

fn urge(case: &TicketCase, today: &Day) -> Result<(), Fault> {
    // Days are compared as text: `yyyy-mm-dd` sorts by time.
    match &case.ticket.last_urged_on {
        Some(last) if *last >= today.0 => Err(Fault::new(Code::UrgedToday)),
        _ => Ok(()),
    }
}

/// Not after a final ruling, not after a reply, not while one is being ruled on, once a cycle, and soon after the dispatch (`domain.md` 3.2, row 8).
fn send_back(
    case: &TicketCase,
    assignment: Option<&Assignment>,
    today: &Today,
) -> Result<(), Fault> {
    let assignment = assignment.ok_or_else(Fault::missing)?;
    own_part(assignment)?;
    may_send_back(case, assignment).map_err(Fault::new)?;
    if is_return_late(assignment, today) {
        return Err(Fault::new(Code::ReturnLate).fact("days", today.return_days));
    }
    Ok(())
}

/// What a unit above gave on is that unit's to decide about.
fn own_part(assignment: &Assignment) -> Result<(), Fault> {
    match assignment.parent_id {
        Some(_) => Err(Fault::new(Code::BelowPart)),
        None => Ok(()),
    }
}

/// Down as deep as may be, beside by who leads alone, not while the unit asks to be relieved; taken back or with another limit while units below work, returned once they have
/// answered; up from a part that was given on (`domain.md` 3.2, row 10).
fn in_tree(
    verb: Verb,
    case: &TicketCase,
    (assignment, today): (Option<&Assignment>, &Today),
) -> Result<(), Fault> {
    let assignment = assignment.ok_or_else(Fault::missing)?;
    if pending(case, assignment.id, ApplicationSort::SendBack).is_some() {
        return Err(Fault::new(Code::ReturnPending));
    }
    let fits = match verb {
        Verb::SubAssign if tree::level(case, assignment) >= today.levels => {
            return Err(Fault::new(Code::BelowDepth).fact("max", today.levels));
        }
        Verb::SubAssign => true,
        Verb::AskAssistance => assignment.role == SlotRole::Lead,
        Verb::HandUp => assignment.parent_id.is_some(),
        Verb::ReturnAnswer => tree::answered_below(case, assignment.id).next().is_some(),
        _ => tree::open_below(case, assignment.id).next().is_some(),
    };
    if fits {
        Ok(())
    } else {
        Err(Fault::new(Code::AssignmentNotAllowed)
            .fact("status", assignment.status)
            .fact("verb", verb))
    }
}

/// Only a part for which nobody is responsible yet is taken; one for which somebody is goes over with a reason.
fn take(assignment: Option<&Assignment>) -> Result<(), Fault> {
    let assignment = assignment.ok_or_else(Fault::missing)?;
    if assignment.responsible.is_none() {
        return Ok(());
    }
    Err(Fault::new(Code::AssignmentNotAllowed)
        .fact("status", assignment.status)
        .fact("verb", Verb::Take))
}

/// A ruling on the send-back that waits: after a meeting where it is the second, and nowhere else.
fn rule_on_return(
    verb: Verb,
    case: &TicketCase,
    assignment: Option<&Assignment>,
) -> Result<(), Fault> {
    rule((verb, ApplicationSort::SendBack), case, assignment)?;
    let stage = assignment.and_then(|assignment| waiting_stage(case, assignment));
    let by_meeting = stage == Some(DisputeStage::Meeting);
    match verb {
        Verb::Rule if by_meeting => Err(Fault::new(Code::ReturnMeeting)),
        Verb::Confer if !by_meeting => Err(Fault::new(Code::AssignmentNotAllowed)
            .fact("status", assignment.map_or("", |a| a.status.as_str()))
            .fact("verb", verb)),
        _ => Ok(()),
    }
}

/// A unit that asks to be relieved does not answer before the ruling.
fn reply(case: &TicketCase, assignment: Option<&Assignment>) -> Result<(), Fault> {
    if assignment.is_some_and(|a| pending(case, a.id, ApplicationSort::SendBack).is_some()) {
        return Err(Fault::new(Code::ReturnPending));
    }
    let open = assignment.map_or(0, |a| tree::open_below(case, a.id).count());
    if open > 0 {
        return Err(Fault::new(Code::BelowOpen).fact("count", open));
    }
    waits(Verb::Reply, case, assignment)
}

/// Before the deadline, not while one waits, not when the unit asks to be relieved, and only as often and as long as may be
/// (`domain.md` 3.2, row 12).
fn extend(case: &TicketCase, assignment: Option<&Assignment>, today: &Today) -> Result<(), Fault> {
    let assignment = assignment.ok_or_else(Fault::missing)?;
    own_part(assignment)?;
    if pending(case, assignment.id, ApplicationSort::SendBack).is_some() {
        return Err(Fault::new(Code::ReturnPending));
    }
    if pending(case, assignment.id, ApplicationSort::Extend).is_some() {
        return Err(Fault::new(Code::ExtensionPending));
    }
    if assignment.due_at.is_none_or(|due| due <= today.now) {
        return Err(Fault::new(Code::ExtensionLate));
    }
    let caps = today.extension;
    let given = of_assignment(case, assignment.id)
        .filter(|it| it.sort == ApplicationSort::Extend)
        .filter(|it| it.status == ApplicationStatus::Granted);
    if given.count() as i64 >= i64::from(caps.most) || assignment.extended_days >= caps.sum {
        return Err(Fault::new(Code::ExtensionExhausted)
            .fact("most", caps.most)
            .fact("sum", caps.sum));
    }
    Ok(())
}

/// Only who leads asks for what is about the whole ticket; not while it asks to be relieved, not twice at once, and what moves a deadline
/// before that has passed (`domain.md` 3.2, rows 13, 16 and 21).
fn asks(
    sort: ApplicationSort,
    verb: Verb,
    case: &TicketCase,
    (assignment, today): (Option<&Assignment>, &Today),
) -> Result<(), Fault> {
    let assignment = assignment.ok_or_else(Fault::missing)?;
    if assignment.role != SlotRole::Lead {
        return Err(Fault::new(Code::AssignmentNotAllowed)
            .fact("status", assignment.status)
            .fact("verb", verb));
    }
    if pending(case, assignment.id, ApplicationSort::SendBack).is_some() {
        return Err(Fault::new(Code::ReturnPending));
    }
    if pending(case, assignment.id, sort).is_some() {
        return Err(Fault::new(Code::AskedAlready).fact("sort", sort));
    }
    let is_late = assignment.due_at.is_some_and(|due| due <= today.now);
    if is_late && sort != ApplicationSort::Terminate {
        return Err(Fault::new(Code::AskLate));
    }
    Ok(())
}

/// A new fact is heard for some days after the closing, one at a time (`domain.md` 3.2, row 24).
fn reopen(case: &TicketCase, today: &Today) -> Result<(), Fault> {
    let lead = process::lead(case).ok_or_else(|| refused(Verb::Reopen, case))?;
    if pending(case, lead.id, ApplicationSort::Reopen).is_some() {
        return Err(Fault::new(Code::AskedAlready).fact("sort", ApplicationSort::Reopen));
    }
    let days = i64::from(today.reopen_days);
    let closed = case.ticket.closed_at.unwrap_or(today.now);
    if (today.now.date() - closed.date()).num_days() > days {
        return Err(Fault::new(Code::ReopenLate).fact("days", days));
    }
    Ok(())
}

/// What the verb decides about waits for it.
fn rule(
    (verb, sort): (Verb, ApplicationSort),
    case: &TicketCase,
    assignment: Option<&Assignment>,
) -> Result<(), Fault> {
    let assignment = assignment.ok_or_else(Fault::missing)?;
    // What the unit's own leader has to pass is not the centre's yet.
    let waits = pending(case, assignment.id, sort);
    match waits.filter(|it| !waits_for_unit(case, it.id)) {
        Some(_) => Ok(()),
        None => Err(Fault::new(Code::AssignmentNotAllowed)
            .fact("status", assignment.status)
            .fact("verb", verb)),
    }
}

/// One directive about a part at a time; what comes next follows from how it stands.
fn directive(verb: Verb, case: &TicketCase, assignment: Option<&Assignment>) -> Result<(), Fault> {
    let assignment = assignment.ok_or_else(Fault::missing)?;
    let open = pending(case, assignment.id, ApplicationSort::Supervise);
    match rules::directive::fits(verb, open.and_then(|open| open.directive)) {
        Err(Code::AssignmentNotAllowed) => Err(Fault::new(Code::AssignmentNotAllowed)
            .fact("status", assignment.status)
            .fact("verb", verb)),
        other => other.map_err(Fault::new),
    }
}

/// Only a first handling that has not been answered yet is merged (`domain.md` 3.2, row 22).
fn merge(case: &TicketCase) -> Result<(), Fault> {
    let answered = case.ticket.replied_at.is_some() || case.ticket.cycle_no > 0;
    if answered || case.instance.is_none() {
        Err(refused(Verb::Merge, case))
    } else {
        Ok(())
    }
}

/// As long as the leading ticket is not over: then the answer is on its way.
fn split(case: &TicketCase) -> Result<(), Fault> {
    let waits = case.joined.as_ref().is_some_and(|it| it.due_at.is_none());
    if waits {
        Ok(())
    } else {
        Err(refused(Verb::Split, case))
    }
}

/// Where a ticket was merged into this one.
fn private_words(case: &TicketCase) -> Result<(), Fault> {
    let waits = case.merged.iter().any(|it| it.answered_at.is_none());
    if waits {
        Ok(())
    } else {
        Err(refused(Verb::PrivateWords, case))
    }
}

/// About whoever leads; one at a time. The first opinion comes before the decision.
fn ruling(verb: Verb, case: &TicketCase, assignment: Option<&Assignment>) -> Result<(), Fault> {
    let assignment = assignment.ok_or_else(Fault::missing)?;
    let waits = waiting_ruling(case);
    let mine = waits.filter(|it| it.assignment_id == assignment.id);
    let fits = match (verb, waits) {
        (Verb::AskRuling, Some(waits)) => {
            return Err(Fault::new(Code::AskedAlready).fact("sort", waits.sort));
        }
        (Verb::AskRuling, None) => assignment.role == SlotRole::Lead,
        (Verb::AdviseRuling, _) => mine.is_some_and(|it| it.advised_at.is_none()),
        _ => mine.is_some_and(|it| it.advised_at.is_some()),
    };
    if fits {
        Ok(())
    } else {
        Err(Fault::new(Code::AssignmentNotAllowed)
            .fact("status", assignment.status)
            .fact("verb", verb))
    }
}

/// While a unit works on it.
fn recall(verb: Verb, case: &TicketCase) -> Result<(), Fault> {
    let open = case
        .assignments
        .iter()
        .any(|a| a.cycle_no == case.ticket.cycle_no && a.status.is_open());
    if open {
        Ok(())
    } else {
        Err(refused(verb, case))
    }
}

/// The follow-up is complete, or the sample may leave it out; whether it does, the command says.
fn close(case: &TicketCase) -> Result<(), Fault> {
    waits(Verb::Close, case, None)?;
    if is_followed_up(case) || may_be_sampled_out(case) {
        Ok(())
    } else {
        Err(follow_up_missing(case))
    }
}

/// The tries of an assignment's unit to reach the citizen.
pub fn contacts(case: &TicketCase, assignment: AssignmentId) -> impl Iterator<Item = &Contact> {
    let all = case.contacts.iter();
    all.filter(move |it| it.assignment_id == assignment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_rest_belongs_to_the_next_working_day() {
        let calendar = WorkCalendar::shipped();
        let day = |text: &str| Day::of(&calendar, Instant::parse(text).expect("a time")).0;
        assert_eq!(day("2026-03-06T23:59:00+08:00"), "2026-03-06");
        assert_eq!(day("2026-03-07T10:00:00+08:00"), "2026-03-09");
        assert_eq!(
            day("2026-02-28T10:00:00+08:00"),
            "2026-02-28",
            "a Saturday on which people work"
        );
        assert_eq!(
            day("2026-02-15T10:00:00+08:00"),
            "2026-02-24",
            "the spring festival"
        );
    }
}
