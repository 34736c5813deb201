//! Applications from their ticket's side: a verb of the ticket asks for one, decides it, or leaves nothing to decide, and both are saved by one
//! transaction. What a sort needs besides stands in its own verbs.
//! Not here: what the house asks of an application (`kind`).
//! A process of an application that cannot go on stops the verb; the ticket stays as it was.

use std::collections::BTreeMap;

use bpmn::{Correlation, StartAt};
use shared::access::Role;
use shared::application::{
    ApplicationSort, ApplicationStatus, ApplicationVerb, DifficultReason, DirectiveCause,
    DirectiveLevel, DirectiveState, DisputeStage, ExtensionReason, Meeting, RulingReason,
    SuspensionReason,
};
use shared::calendar::{Due, Instant};
use shared::fault::{Code, Fault};
use shared::ids::{ApplicationId, AssignmentId};
use shared::notice::{Audience, NoticeKind};
use shared::process::limit::Stage;
use shared::ticket::{AssignmentStatus, DeclineReason, ReturnReason, Verb};
use store::record::{Application, ApplicationCase, TicketCase};

use super::endorse::{self, First};
use crate::fault::Failure;
use crate::host::{self, vars};
use crate::process::said::Saying;
use crate::process::waits_for;
use crate::tickets::opening;
use crate::tickets::working_copy::{Halt, Scene, Told, WorkingCopy};

/// What is asked for; each sort has facts of its own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub sort: ApplicationSort,
    pub assignment: AssignmentId,
    pub explanation: &'a str,
    pub facts: Facts<'a>,
}

/// What only one sort or another has.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Facts<'a> {
    pub return_reason: Option<ReturnReason>,
    pub suggested_unit: Option<&'a str>,
    /// Of a send-back: what it relies on, and how it is decided.
    pub dispute: Option<Dispute<'a>>,
    pub extension_reason: Option<ExtensionReason>,
    pub days: Option<i32>,
    pub suspension_reason: Option<SuspensionReason>,
    /// Of a suspension: ids of the files that prove it.
    pub files: &'a [String],
    pub termination_reason: Option<DeclineReason>,
    pub until: Option<Instant>,
    pub public_words: Option<&'a str>,
    pub difficult_reason: Option<DifficultReason>,
    /// Of a ruling on how the ticket counts.
    pub ruling: Option<Ruling<'a>>,
    /// Of a directive: why, how seriously, until when, and what else it is about.
    pub directive: Option<&'a Directive>,
}

/// What only a directive says.
#[derive(Debug, Clone)]
pub(crate) struct Directive {
    pub cause: DirectiveCause,
    pub level: DirectiveLevel,
    /// Until when the unit answers.
    pub due: Due,
    /// The tickets beside its own, their ids by their numbers.
    pub linked: BTreeMap<String, String>,
}

/// What only a ruling on how the ticket counts says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ruling<'a> {
    pub reason: RulingReason,
    /// Whether it revokes the one that stands.
    pub revokes: bool,
    pub legal_basis: Option<&'a str>,
}

/// What only a send-back says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dispute<'a> {
    pub legal_basis: Option<&'a str>,
    /// A row of the areas of responsibility: category, division, unit.
    pub duty: Option<&'a str>,
    pub stage: DisputeStage,
}

/// What somebody else decides about it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decision<'a> {
    /// The verb that decides.
    pub verb: Verb,
    pub is_granted: bool,
    pub opinion: Option<&'a str>,
    pub granted_days: Option<i32>,
    /// Of a send-back: how it was ruled.
    pub verdict: Option<Verdict<'a>>,
}

/// What only a ruling on a send-back says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Verdict<'a> {
    /// The unit that has it now; none where nobody got it.
    pub unit: Option<&'a str>,
    pub is_final: bool,
    pub meeting: Option<&'a Meeting>,
}

/// What was asked for about an assignment, in this order.
pub(crate) fn of_assignment(
    case: &TicketCase,
    assignment: AssignmentId,
) -> impl DoubleEndedIterator<Item = &Application> {
    let all = case.applications.iter().map(|it| &it.application);
    all.filter(move |it| it.assignment_id == assignment)
}

/// The application of a sort about an assignment that waits for a decision.
pub(crate) fn pending(
    case: &TicketCase,
    assignment: AssignmentId,
    sort: ApplicationSort,
) -> Option<&Application> {
    of_assignment(case, assignment).find(|it| it.sort == sort && it.status.is_open())
}

pub(super) type OfOne<'d> = host::WorkingCopy<'d, ApplicationCase>;

impl WorkingCopy<'_> {
    /// Asks for something about an assignment.
    pub fn ask(&mut self, asked: &Asked<'_>) -> Result<(), Halt> {
        let case = ApplicationCase::of(self.application(asked)?);
        let sort = asked.sort;
        let part = self.assignment(asked.assignment)?;
        let (unit, dispatcher) = (part.unit.clone(), part.dispatched_by);
        let dispatcher = dispatcher.filter(|_| sort.is_the_dispatchers());
        let first = self.first_of(sort);
        if asked.facts.directive.is_some() {
            self.tell_unit(NoticeKind::Supervised, &unit, &[Role::UnitReviewer]);
        } else if first == First::Leader {
            self.tell_unit(NoticeKind::Asked, &unit, &[Role::UnitReviewer]);
        } else if let Some(dispatcher) = dispatcher {
            self.tell(NoticeKind::Asked, &Audience::Person(dispatcher));
        }
        let stage = asked.facts.dispute.map_or("", |it| it.stage.as_str());
        self.beside(case, true, |one| {
            let told = Told::default()
                .of(asked.assignment)
                .note(Some(asked.explanation))
                .fact("sort", sort);
            one.event(ApplicationVerb::Ask, told);
            let known = [("sort", sort.as_str().into()), ("stage", stage.into())];
            one.begin(StartAt::None, vars(known))?;
            endorse::begin(one, first);
            Ok(())
        })
    }

    fn application(&self, asked: &Asked<'_>) -> Result<Application, Failure> {
        let ticket = &self.case.ticket;
        let now = self.now();
        let actor = self.scene.actor;
        let timed = opening::deadline(self.scene.reference, ticket, Stage::Rule, now);
        let of_ruling = timed.map(|timed| timed.due);
        let due = asked.facts.directive.map_or(of_ruling, |it| Some(it.due));
        let nth = self.case.applications.len() + 1;
        let facts = asked.facts;
        let (dispute, directive, ruling) = (facts.dispute, facts.directive, facts.ruling);
        let basis = dispute.and_then(|it| it.legal_basis);
        let basis = basis.or(ruling.and_then(|it| it.legal_basis));
        Ok(Application {
            id: ApplicationId(self.new_id()),
            application_no: format!("{}-{nth}", ticket.ticket_no),
            sort: asked.sort,
            ticket_id: ticket.id,
            assignment_id: asked.assignment,
            region: ticket.region.clone(),
            unit: self.assignment(asked.assignment)?.unit.clone(),
            asked_at: now,
            asked_by: actor.user(),
            asked_by_name: actor.signature(),
            explanation: asked.explanation.to_owned(),
            due_at: due.map(|due| due.at),
            warn_at: due.map(|due| due.warn_at),
            provisional: due.is_some_and(|due| due.provisional),
            return_reason: facts.return_reason,
            suggested_unit: facts.suggested_unit.map(str::to_owned),
            extension_reason: facts.extension_reason,
            days: facts.days,
            suspension_reason: facts.suspension_reason,
            files: facts.files.to_vec(),
            termination_reason: facts.termination_reason,
            until: facts.until,
            public_words: facts.public_words.map(str::to_owned),
            category: dispute.and_then(|_| ticket.category.clone()),
            street: dispute.and_then(|_| ticket.street.clone()),
            legal_basis: basis.map(str::to_owned),
            duty: dispute.and_then(|it| it.duty.map(str::to_owned)),
            stage: dispute.map(|it| it.stage),
            cause: directive.map(|it| it.cause),
            level: directive.map(|it| it.level),
            linked: directive.map_or_else(BTreeMap::new, |it| it.linked.clone()),
            ruling_reason: ruling.map(|it| it.reason),
            revokes: ruling.is_some_and(|it| it.revokes),
            difficult_reason: facts.difficult_reason,
            version: 1,
            status: ApplicationStatus::Open,
            updated_at: now,
            last_seq: 0,
            process: None,
            definition_version: 0,
            decided_at: None,
            decided_by: None,
            decided_by_name: None,
            opinion: None,
            granted_days: None,
            ruled_unit: None,
            is_final: false,
            meeting: None,
            directive: directive.map(|_| DirectiveState::Issued),
            answer: None,
            answered_at: None,
            answered_by: None,
            answered_by_name: None,
            returned: 0,
            supported: None,
            advice: None,
            advised_at: None,
            advised_by: None,
            advised_by_name: None,
        })
    }

    /// Decides what waits.
    pub fn decide_on(&mut self, id: ApplicationId, decision: &Decision<'_>) -> Result<(), Halt> {
        let case = self.known(id)?;
        // What the citizen asked for is nothing that a unit waits for.
        if case.application.sort != ApplicationSort::Reopen {
            let unit = case.application.unit.clone();
            let roles = [Role::UnitLiaison, Role::Handler];
            self.tell_unit(NoticeKind::Ruled, &unit, &roles);
        }
        // One that was asked for before applications had processes waits in its ticket's.
        if case.application.process.is_none() {
            let assignment = Some(case.application.assignment_id);
            self.complete(Saying::Rule, assignment)?;
        }
        self.beside(case, false, |one| decide(one, decision))
    }

    /// Lets lapse what nobody has to decide any more: the ticket has ended, or the assignment.
    pub(crate) fn let_lapse(&mut self) -> Result<(), Failure> {
        let is_over = |application: &Application| {
            let mut parts = self.case.assignments.iter();
            let part = parts.find(|part| part.id == application.assignment_id);
            // A directive is answered for by the unit that has the part, also when the ticket is closed; how it counts is ruled then as well.
            let outlasts = application.sort == ApplicationSort::Supervise;
            if outlasts || application.sort.is_ruling() {
                return part.is_none_or(|part| !is_held(part.status));
            }
            let cycle = self.case.ticket.cycle_no;
            let is_open = self.case.ticket.state.is_open();
            if application.sort == ApplicationSort::Reopen {
                // It was opened again without it.
                return is_open || part.is_none_or(|part| part.cycle_no != cycle);
            }
            !is_open || part.is_none_or(|part| !part.status.is_open() || part.cycle_no != cycle)
        };
        let open = self.case.applications.iter().filter(|it| it.is_open());
        let over: Vec<ApplicationCase> = open
            .filter(|it| is_over(&it.application))
            .cloned()
            .collect();
        for case in over {
            self.beside(case, false, lapse)
                .map_err(|halt| halt.before_it_began(Code::TicketStopped))?;
        }
        Ok(())
    }

    pub(super) fn known(&self, id: ApplicationId) -> Result<ApplicationCase, Halt> {
        let mut all = self.case.applications.iter();
        let found = all.find(|it| it.application.id == id).cloned();
        found.ok_or_else(|| Fault::missing().into())
    }

    /// Changes an application within the ticket's verb.
    pub(super) fn beside(
        &mut self,
        case: ApplicationCase,
        is_new: bool,
        change: impl FnOnce(&mut OfOne<'_>) -> Result<(), Halt>,
    ) -> Result<(), Halt> {
        let version = case.application.definition_version;
        let version = self.scene.reference.applications.version(version)?;
        let library = self.scene.library.beside(version);
        let scene = Scene {
            library: &library,
            ..self.scene
        };
        let mut one = if is_new {
            OfOne::fresh(scene, case)
        } else {
            OfOne::open(scene, case)?
        };
        change(&mut one)
            .map_err(|halt| Halt::Failure(halt.before_it_began(Code::TicketStopped)))?;
        let change = one.finish()?;
        let after = change.after.clone();
        let mut all = self.case.applications.iter_mut();
        match all.find(|it| it.application.id == after.application.id) {
            Some(known) => *known = after,
            None => self.case.applications.push(after),
        }
        self.beside.push(change);
        Ok(())
    }
}

fn decide(one: &mut OfOne<'_>, decision: &Decision<'_>) -> Result<(), Halt> {
    let (now, actor) = (one.now(), one.scene.actor);
    let application = &mut one.case.application;
    application.decided_at = Some(now);
    application.decided_by = actor.user();
    application.decided_by_name = actor.signature();
    application.opinion = decision.opinion.map(str::to_owned);
    application.granted_days = decision.granted_days;
    if let Some(verdict) = decision.verdict {
        application.ruled_unit = verdict.unit.map(str::to_owned);
        application.is_final = verdict.is_final;
        application.meeting = verdict.meeting.cloned();
    }
    let told = Told::default()
        .of(application.assignment_id)
        .note(decision.opinion)
        .fact("granted", decision.is_granted);
    let waiting = |verb| {
        let mut tasks = one.case.hung.tasks.iter();
        tasks.find(|task| waits_for(task, verb))
    };
    // The first version of the process knows one verb for every ruling on a send-back.
    let task = waiting(decision.verb)
        .or_else(|| waiting(Verb::Rule).filter(|_| decision.verb == Verb::Confer))
        .map(|task| task.task_no);
    if let Some(task) = task {
        let is_granted = decision.is_granted.into();
        one.complete_task(task, vars([("is_granted", is_granted)]))?;
    } else {
        one.case.application.status = if decision.is_granted {
            ApplicationStatus::Granted
        } else {
            ApplicationStatus::Refused
        };
    }
    one.event(ApplicationVerb::Decide, told);
    Ok(())
}

/// Whether the unit has the part, or had it and has answered.
const fn is_held(status: AssignmentStatus) -> bool {
    !matches!(
        status,
        AssignmentStatus::Returned | AssignmentStatus::Recalled
    )
}

pub(super) fn lapse(one: &mut OfOne<'_>) -> Result<(), Halt> {
    if let Some(directive) = &mut one.case.application.directive {
        *directive = DirectiveState::Cancelled;
    }
    if one.instance().is_some() {
        one.hear("lapse", &Correlation::Any, vars([]))?;
    } else {
        one.case.application.status = ApplicationStatus::Lapsed;
    }
    let told = Told::default().of(one.case.application.assignment_id);
    one.event(ApplicationVerb::Lapse, told);
    Ok(())
}
