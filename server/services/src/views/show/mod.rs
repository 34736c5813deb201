//! From records to views, per actor: what somebody may not see is absent from the view (P-10).
//! A unit that was returned or recalled keeps sight of its own part only; the citizen of a confidential ticket or a
//! tip-off is absent for every unit. Not here: what may be done now (`actions`), loading (`read`).

mod history;
mod part;

use shared::access::{Actor, Permission, PersonalField, needs};
use shared::calendar::{Added, Instant, WorkCalendar, light};
use shared::ticket::view::{
    AssignmentView, AttachmentView, DeadlineView, Named, OwnView, TicketDetail, TicketRow,
};
use shared::ticket::{LimitUnit, Satisfaction, SubjectType};
use store::record::{Assignment, Rating, Ticket, TicketCase};

use super::actions;
use super::parts::follow_up_view;
pub use super::parts::{hold_view, rating_view};
use super::sight::{self, Sight};
use crate::context::Ctx;
use crate::process;
use crate::reference::Reference;
use crate::tickets::clocks;
use crate::tickets::office;
use crate::tickets::own;
use crate::tickets::rights::{self, is_discreet, is_own, own_part_only};
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
