//! From records to views, per actor: what somebody may not see is absent from the view (P-10).
//! A unit that was returned or recalled keeps sight of its own part only; the citizen of a confidential ticket or a
//! tip-off is absent for every unit. Not here: what may be done now (`actions`), loading (`read`).

use shared::access::{Actor, ActorKind, Permission, PersonalField, needs};
use shared::calendar::{Added, Instant, WorkCalendar, light};
use shared::ticket::view::{
    ApplicationView, AssignmentView, AttachmentView, DeadlineView, DirectiveView, DisputeView,
    HistoryEvent, Named, OwnView, PartPlan, TicketDetail, TicketRow,
};
use shared::ticket::{LimitUnit, Satisfaction, SubjectType, Verb};
use store::record::{Application, Assignment, Event, Rating, Ticket, TicketCase};

use super::actions;
use super::parts::{contact_view, follow_up_view, reply_view};
pub use super::parts::{hold_view, rating_view};
use super::sight::{self, Sight};
use crate::applications::{self, may_send_back, of_assignment, stage_of, waiting_stage};
use crate::context::Ctx;
use crate::directory::duty_view;
use crate::planning;
use crate::process;
use crate::reference::Reference;
use crate::tickets::clocks;
use crate::tickets::flow;
use crate::tickets::notes;
use crate::tickets::office;
use crate::tickets::own;
use crate::tickets::rights::{self, is_discreet, is_own, own_part_only};
use crate::tickets::tree;
use crate::tickets::verbs::life::dispatch_review;

/// Who looks, when, and with which names.
#[derive(Clone, Copy)]
pub struct Eye<'a> {
    /// Who looks.
    pub actor: &'a Actor,
    /// The names.
    pub reference: &'a Reference,
    /// The present.
    pub now: Instant,
}

/// The parts of a clock as records carry them.
#[derive(Debug, Clone, Copy)]
pub struct Clocked {
    /// When it began.
    pub from: Option<Instant>,
    /// When it ends.
    pub due_at: Option<Instant>,
    /// When it warns.
    pub warn_at: Option<Instant>,
    /// Computed without a decree.
    pub provisional: bool,
    /// The limit.
    pub limit: Option<(i32, LimitUnit)>,
    /// Working days by which it was extended.
    pub extended: i32,
    /// When the work was done, if it is.
    pub done_at: Option<Instant>,
}

impl<'a> Eye<'a> {
    /// The caller's own eye, now.
    pub fn of(ctx: &'a Ctx, reference: &'a Reference) -> Self {
        Self {
            actor: &ctx.actor,
            reference,
            now: ctx.now(),
        }
    }
}

impl Eye<'_> {
    /// A deadline with its light and what is left of it in the hours in which it runs.
    pub fn deadline(&self, calendar: &WorkCalendar, clock: Clocked) -> DeadlineView {
        let left = clock
            .due_at
            .filter(|_| clock.done_at.is_none())
            .map(|due| calendar.remaining(self.now, due));
        DeadlineView {
            due_at: clock.due_at,
            light: light(self.now, clock.due_at, clock.warn_at, clock.done_at),
            provisional: clock.provisional,
            minutes_left: left.map(|left| left.minutes),
            working_days_left: left.map(|left| left.days),
            limit_value: clock.limit.map(|(value, _)| value),
            limit_unit: clock.limit.map(|(_, unit)| unit),
            extended_days: clock.extended,
            paused_minutes: 0,
            promised_at: None,
            from: clock.from,
        }
    }

    /// A row of a list.
    pub fn row(&self, ticket: &Ticket) -> TicketRow {
        let sight = Sight::of_row(self.actor, self.reference, ticket, Permission::TicketView);
        self.row_seen(ticket, &sight)
    }

    fn row_seen(&self, ticket: &Ticket, sight: &Sight) -> TicketRow {
        TicketRow {
            id: ticket.id,
            ticket_no: ticket.ticket_no.clone(),
            version: ticket.version,
            cycle_no: ticket.cycle_no,
            kind: ticket.kind,
            channel: ticket.channel,
            state: ticket.state,
            urgency: ticket.urgency,
            title: sight.words(&ticket.title),
            category: ticket
                .category
                .as_deref()
                .and_then(|code| self.reference.category(code)),
            region: self.reference.region_at(
                ticket.street.as_deref().unwrap_or(&ticket.region),
                ticket.closed_at,
            ),
            lead_unit: ticket
                .lead_unit
                .as_deref()
                .map(|code| self.reference.unit_at(code, ticket.closed_at)),
            anonymous: ticket.anonymous,
            confidential: ticket.confidential,
            paper_no: ticket.paper_no.clone(),
            accepted_at: ticket.accepted_at,
            updated_at: ticket.updated_at,
            closed_at: ticket.closed_at,
            deadline: self.ticket_deadline(ticket),
            satisfaction: ticket.latest_satisfaction,
            urge_count: ticket.urge_count,
            not_counted: ticket.not_counted,
            unreasonable: ticket.unreasonable,
            difficult: ticket.difficult_at.is_some(),
            rung: None,
            tags: ticket
                .tags
                .iter()
                .map(|code| office::tag_view(self.reference, code))
                .collect(),
            own: Vec::new(),
        }
    }

    fn ticket_deadline(&self, ticket: &Ticket) -> DeadlineView {
        let clock = Clocked {
            from: Some(ticket.accepted_at),
            due_at: ticket.due_at,
            warn_at: ticket.warn_at,
            provisional: ticket.provisional,
            limit: ticket.limit_value.zip(ticket.limit_unit),
            extended: 0,
            done_at: if ticket.state.is_open() {
                None
            } else {
                ticket.closed_at.or(Some(ticket.updated_at))
            },
        };
        self.deadline(self.reference.hours.of_place(&ticket.region), clock)
    }

    /// The ticket's deadline with the arithmetic behind it: that of the lead's assignment, where the ticket's clock follows a redo or an extension.
    fn followed(&self, case: &TicketCase) -> DeadlineView {
        let ticket = &case.ticket;
        let own = self.ticket_deadline(ticket);
        let lead = process::lead(case).filter(|lead| {
            let is_moved = clocks::added(lead) != Added::default() || lead.cycle_no > 0;
            is_moved && lead.due_at == ticket.due_at
        });
        match lead {
            None => DeadlineView {
                paused_minutes: ticket.paused_minutes,
                ..own
            },
            Some(lead) => DeadlineView {
                from: Some(lead.dispatched_at),
                limit_value: lead.limit_value,
                limit_unit: lead.limit_unit,
                extended_days: lead.extended_days,
                paused_minutes: lead.paused_minutes,
                promised_at: lead.promised_at,
                ..own
            },
        }
    }

    /// The whole ticket as this actor may see it.
    pub fn detail(&self, case: &TicketCase, attachments: Vec<AttachmentView>) -> TicketDetail {
        let ticket = &case.ticket;
        let own_part = own_part_only(self.actor, case);
        let mut assignments: Vec<&Assignment> = case
            .assignments
            .iter()
            .filter(|a| !own_part || is_own(self.actor, a))
            .collect();
        assignments.sort_by_key(|a| process::order(a));
        let of_unit = needs::TICKETS
            .scope(self.actor)
            .is_some_and(|scope| rights::is_unit_view(&scope, case));
        let sight = Sight::of_case(self.actor, case);
        let ratings = |rating: Option<&Rating>| rating.filter(|_| !own_part).map(rating_view);
        let row = TicketRow {
            deadline: self.followed(case),
            ..self.row_seen(ticket, &sight)
        };
        let assignments: Vec<AssignmentView> = assignments
            .into_iter()
            .map(|a| self.assignment(case, a))
            .collect();
        let verbs = actions::of_ticket(self, case);
        let of_parts = assignments.iter().flat_map(|part| part.actions.iter());
        let offered = verbs.iter().chain(of_parts).copied();
        let reasons = office::offered_reasons(self.reference, &ticket.region, offered);
        let lists = &self.reference.lists;
        TicketDetail {
            row: if own_part { own_part_of(row) } else { row },
            subject_type: if own_part {
                SubjectType::Person
            } else {
                ticket.subject_type
            },
            content: sight.words(&ticket.content),
            address: sight.address(ticket),
            lon: sight.degrees(ticket.lon),
            lat: sight.degrees(ticket.lat),
            occurred_at: ticket.occurred_at,
            accused: ticket.accused_words.as_deref().map(|it| sight.words(it)),
            accused_unit: self.accused(ticket),
            channel_name: lists.channel(&ticket.region, ticket.channel).into(),
            reply_required: ticket.reply_required,
            source_system: ticket.source_system.clone(),
            external_no: ticket.external_no.clone(),
            source_words: source_words(ticket, &sight),
            citizen: sight.citizen(ticket),
            hidden: sight.hidden(),
            attachments,
            hold: hold_view(ticket).filter(|_| !own_part),
            archive: None,
            transfers: Vec::new(),
            links: Vec::new(),
            bodies: Vec::new(),
            checklist: Vec::new(),
            assignments,
            follow_ups: if own_part {
                Vec::new()
            } else {
                case.follow_ups.iter().map(follow_up_view).collect()
            },
            first_rating: ratings(case.ratings.first()),
            latest_rating: ratings(case.ratings.last()),
            answer: ticket.answer.clone().filter(|_| !own_part),
            decline_reason: ticket.decline_reason.filter(|_| !own_part),
            decline_explanation: ticket.decline_explanation.clone().filter(|_| !own_part),
            proposal: dispatch_review::view(self.reference, ticket).filter(|_| !of_unit),
            actions: verbs,
            may_reveal: sight::may_reveal(self.actor, case),
            reasons,
            own: self.own(case, &sight, own_part || (of_unit && is_discreet(ticket))),
        }
    }

    /// The unit that the ticket is about.
    fn accused(&self, ticket: &Ticket) -> Option<Named> {
        let code = ticket.accused_unit.as_deref()?;
        Some(self.reference.unit_at(code, ticket.closed_at))
    }

    /// Answers to the office's own fields.
    fn own(&self, case: &TicketCase, sight: &Sight, hidden: bool) -> Vec<OwnView> {
        if hidden {
            return Vec::new();
        }
        let scope = needs::TICKETS.scope(self.actor);
        let reader = own::Reader {
            of_unit: scope.is_some_and(|scope| scope.is_of_unit()),
            personal: sight.of(PersonalField::Own),
        };
        own::views(self.reference, &case.ticket, reader)
    }

    /// One assignment.
    pub fn assignment(&self, case: &TicketCase, assignment: &Assignment) -> AssignmentView {
        let is_told = self.is_told_of_directives(case, assignment);
        let applications = of_assignment(case, assignment.id)
            .rev()
            .filter(|it| it.directive.is_none() || is_told);
        let hours = self.reference.hours.of_unit(&assignment.unit);
        let actions = actions::of_assignment(self, case, assignment);
        AssignmentView {
            id: assignment.id,
            version: assignment.version,
            cycle_no: assignment.cycle_no,
            role: assignment.role,
            unit: self.reference.unit_at(
                &assignment.unit,
                assignment.ended_at.or(case.ticket.closed_at),
            ),
            status: assignment.status,
            dispatched_at: assignment.dispatched_at,
            sign_deadline: self.deadline(
                hours,
                Clocked {
                    from: Some(assignment.dispatched_at),
                    due_at: assignment.sign_due_at,
                    warn_at: None,
                    provisional: assignment.provisional,
                    limit: None,
                    extended: 0,
                    done_at: assignment.signed_at.or(assignment.ended_at),
                },
            ),
            deadline: self.handling(hours, assignment),
            contact_deadline: self.deadline(
                hours,
                Clocked {
                    from: Some(assignment.dispatched_at),
                    due_at: assignment.contact_due_at,
                    warn_at: None,
                    provisional: assignment.provisional,
                    limit: None,
                    extended: 0,
                    done_at: assignment.contacted_at.or(assignment.ended_at),
                },
            ),
            contacts: flow::contacts(case, assignment.id)
                .map(contact_view)
                .collect(),
            signed_at: assignment.signed_at,
            replied_at: assignment.replied_at,
            final_ruling: assignment.final_ruling,
            return_count: assignment.return_count,
            advice: assignment.advice.clone(),
            applications: applications
                .map(|application| self.application(case, application))
                .collect(),
            dispute: self.dispute(case, assignment),
            reply: assignment
                .reply
                .as_ref()
                .map(|reply| reply_view(reply, assignment)),
            tree: tree::view(self.reference, case, assignment, &actions),
            responsible: super::parts::responsible_view(self.actor, assignment),
            plan: PartPlan {
                planned: planning::planned(assignment),
                people: Vec::new(),
            },
            colleagues: Vec::new(),
            actions,
        }
    }

    /// The clock of an assignment's handling.
    fn handling(&self, hours: &WorkCalendar, assignment: &Assignment) -> DeadlineView {
        let clock = Clocked {
            from: Some(assignment.dispatched_at),
            due_at: assignment.due_at,
            warn_at: assignment.warn_at,
            provisional: assignment.provisional,
            limit: assignment.limit_value.zip(assignment.limit_unit),
            extended: assignment.extended_days,
            done_at: assignment.ended_at,
        };
        DeadlineView {
            paused_minutes: assignment.paused_minutes,
            promised_at: assignment.promised_at,
            ..self.deadline(hours, clock)
        }
    }

    /// Whether the actor is told what the centre demands of the unit that has the part: no other unit is.
    fn is_told_of_directives(&self, case: &TicketCase, assignment: &Assignment) -> bool {
        let scope = needs::TICKETS.scope(self.actor);
        scope.is_some_and(|scope| rights::covers_assignment(&scope, case, assignment))
    }

    /// How a part stands in a dispute, for who may send it back or rule on that.
    fn dispute(&self, case: &TicketCase, assignment: &Assignment) -> Option<DisputeView> {
        let concerns = [Verb::SendBack, Verb::Confer].into_iter().any(|verb| {
            let scope = verb.need().scope(self.actor);
            scope.is_some_and(|scope| rights::covers_assignment(&scope, case, assignment))
        });
        let is_live = assignment.status.is_open()
            && case.ticket.state.is_open()
            && assignment.parent_id.is_none();
        (concerns && is_live).then(|| {
            let waits = waiting_stage(case, assignment);
            DisputeView {
                stage: waits.unwrap_or_else(|| stage_of(case, assignment)),
                waits: waits.is_some(),
                refused: may_send_back(case, assignment).err(),
            }
        })
    }

    fn application(&self, case: &TicketCase, application: &Application) -> ApplicationView {
        let named = |code: &String| self.reference.unit(code);
        // Who was relieved is not told who has it now.
        let is_told =
            |unit: &&String| **unit == application.unit || !own_part_only(self.actor, case);
        let duty = application.duty.as_deref().and_then(|key| {
            let mut parts = key.splitn(3, '/');
            Some((parts.next()?, parts.next()?, parts.next()?))
        });
        ApplicationView {
            id: application.id,
            application_no: application.application_no.clone(),
            sort: application.sort,
            return_reason: application.return_reason,
            extension_reason: application.extension_reason,
            explanation: application.explanation.clone(),
            suggested_unit: application.suggested_unit.as_ref().map(named),
            days: application.days,
            suspension_reason: application.suspension_reason,
            termination_reason: application.termination_reason,
            difficult_reason: application.difficult_reason,
            until: application.until,
            public_words: application.public_words.clone(),
            asked_at: application.asked_at,
            status: application.status,
            granted_days: application.granted_days,
            opinion: application.opinion.clone(),
            legal_basis: application.legal_basis.clone(),
            duty: duty.map(|row| duty_view(self.reference, row)),
            stage: application.stage,
            ruled_unit: application.ruled_unit.as_ref().filter(is_told).map(named),
            is_final: application.is_final,
            meeting: application.meeting.clone(),
            directive: self.directive(application),
            ruling: applications::ruling_view(application),
        }
    }

    /// What only a directive has.
    pub fn directive(&self, application: &Application) -> Option<DirectiveView> {
        let state = application.directive?;
        let clock = Clocked {
            from: Some(application.asked_at),
            due_at: application.due_at,
            warn_at: application.warn_at,
            provisional: application.provisional,
            limit: application.days.map(|days| (days, LimitUnit::WorkingDays)),
            extended: 0,
            done_at: if state.waits_for_unit() {
                None
            } else {
                application.answered_at.or(Some(application.updated_at))
            },
        };
        let hours = self.reference.hours.of_unit(&application.unit);
        Some(DirectiveView {
            state,
            cause: application.cause?,
            level: application.level?,
            due: self.deadline(hours, clock),
            also: application.linked.keys().cloned().collect(),
            answer: application.answer.clone(),
            answered_at: application.answered_at,
            answered_by: application.answered_by_name.clone(),
            returned: application.returned,
        })
    }

    /// The history as this actor may see it.
    pub fn history(&self, case: &TicketCase, events: &[Event]) -> Vec<HistoryEvent> {
        let own_part = own_part_only(self.actor, case);
        let last = case
            .assignments
            .iter()
            .filter(|a| is_own(self.actor, a))
            .filter_map(|a| a.ended_at)
            .max();
        let is_told = |event: &Event| {
            let mut parts = case.assignments.iter();
            let part = parts.find(|part| Some(part.id) == event.assignment_id);
            !event.verb.is_of_directive()
                || part.is_some_and(|part| self.is_told_of_directives(case, part))
        };
        let seen = |event: &Event| {
            !own_part
                || event.assignment_id.is_some_and(|id| {
                    case.assignments
                        .iter()
                        .any(|a| a.id == id && is_own(self.actor, a))
                })
                || (event.assignment_id.is_none() && last.is_some_and(|last| event.at < last))
        };
        events
            .iter()
            .filter(|event| seen(event) && is_told(event))
            .filter(|event| !event.verb.is_note() || self.reads(case, event))
            .map(|event| self.event(case, event))
            .collect()
    }

    /// Whether a note is for this reader: every note in a centre; in a unit those of its own people, and those that name the reader.
    fn reads(&self, case: &TicketCase, note: &Event) -> bool {
        let scope = needs::TICKETS.scope(self.actor);
        let of_centre = scope.is_some_and(|scope| !rights::is_unit_view(&scope, case));
        let unit = note.unit.as_deref();
        let named = || {
            let user = self.actor.user().map(|user| user.to_string());
            let ids = note.facts.get(notes::COPIED_TO);
            let mut ids = ids.map_or("", String::as_str).split(',');
            user.is_some_and(|user| ids.any(|id| id == user))
        };
        of_centre || unit.is_some_and(|unit| self.actor.is_at(unit)) || named()
    }

    fn event(&self, case: &TicketCase, event: &Event) -> HistoryEvent {
        // What the process tells of a unit's part names the unit: several parts may be overdue at one moment.
        let told_of = event.assignment_id.filter(|_| event.verb.is_of_process());
        let part = told_of.and_then(|id| case.assignments.iter().find(|a| a.id == id));
        let unit = event.unit.as_ref().or(part.map(|part| &part.unit));
        HistoryEvent {
            seq: event.seq,
            verb: event.verb,
            at: event.at,
            done_at: event.done_at,
            actor: event.doer(nameless(event.verb)),
            actor_code: event.actor_code.clone(),
            by: event.by_name.clone(),
            unit: unit.map(|code| self.reference.unit_at(code, Some(event.at))),
            from_state: event.from_state,
            to_state: event.to_state,
            note: event.note.clone(),
            facts: event.facts.clone(),
        }
    }

    /// A unit's code and name.
    pub fn unit(&self, code: &str) -> Named {
        self.reference.unit(code)
    }
}

/// The source's own words, without the names and numbers in them where the roles mask what citizens say.
fn source_words(ticket: &Ticket, sight: &Sight) -> std::collections::BTreeMap<String, String> {
    let words = ticket.source_words.iter();
    words
        .map(|(name, text)| (name.clone(), sight.words(text)))
        .collect()
}

/// Whose a line without a name is, in histories of earlier releases.
fn nameless(verb: Verb) -> ActorKind {
    match verb {
        Verb::Register | Verb::Urge | Verb::Rate | Verb::Withdraw => ActorKind::Citizen,
        verb if verb.is_of_process() => ActorKind::Process,
        _ => ActorKind::System,
    }
}

/// A row for a unit whose part was returned or recalled: what the ticket was, not who has it now and how it went on.
pub fn own_part_of(row: TicketRow) -> TicketRow {
    TicketRow {
        lead_unit: None,
        satisfaction: Satisfaction::Unrated,
        urge_count: 0,
        not_counted: false,
        unreasonable: false,
        difficult: false,
        rung: None,
        ..row
    }
}
