//! A unit's part as the reader may see it: its clocks, what was asked about it, a dispute, what the centre demands.
//! Not here: the ticket (`show`), replies and calls (`views::parts`), what may be done now (`views::actions`).

use shared::access::needs;
use shared::calendar::WorkCalendar;
use shared::fault::Code;
use shared::ticket::view::{
    ApplicationView, AssignmentView, DeadlineView, DirectiveView, DisputeView, PartPlan,
};
use shared::ticket::{LimitUnit, Verb};
use store::record::{Application, Assignment, TicketCase};

use super::{Clocked, Eye};
use crate::applications::{self, may_send_back, of_assignment, stage_of, waiting_stage};
use crate::directory::duty_view;
use crate::planning;
use crate::tickets::evidence;
use crate::tickets::flow;
use crate::tickets::rights::{self, own_part_only};
use crate::tickets::tree;
use crate::views::actions;
use crate::views::parts::{contact_view, reply_view, responsible_view, site_view};
use crate::views::sight::Sight;

impl Eye<'_> {
    /// One assignment.
    pub fn assignment(&self, case: &TicketCase, assignment: &Assignment) -> AssignmentView {
        let is_told = self.is_told_of_directives(case, assignment);
        let applications = of_assignment(case, assignment.id)
            .rev()
            .filter(|it| it.directive.is_none() || is_told);
        let hours = self.reference.hours.of_unit(&assignment.unit);
        let actions = actions::of_assignment(self, case, assignment);
        let sight = Sight::of_case(self.actor, case);
        let sites = case.site_records.iter();
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
                .map(|contact| contact_view(contact, &sight))
                .collect(),
            sites: sites
                .filter(|site| site.assignment_id == assignment.id)
                .map(|site| site_view(site, &sight))
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
            responsible: responsible_view(self.actor, assignment),
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
    pub(super) fn is_told_of_directives(&self, case: &TicketCase, assignment: &Assignment) -> bool {
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
        let late = || {
            let today = flow::Today::of(self.reference, self.now);
            flow::is_return_late(assignment, &today).then_some(Code::ReturnLate)
        };
        (concerns && is_live).then(|| {
            let waits = waiting_stage(case, assignment);
            DisputeView {
                stage: waits.unwrap_or_else(|| stage_of(case, assignment)),
                waits: waits.is_some(),
                refused: may_send_back(case, assignment).err().or_else(late),
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
            files: evidence::of_application(application),
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
            endorsed: applications::endorsed_view(case, application),
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
}
