//! How the runner finds, judges and saves tickets; verbs on them import it from here.
//! Not here: the runner itself (`host::perform`), registering (`register`), the citizen's road by number and code (`public`).

use std::sync::Arc;

use shared::access::{Need, Role, needs};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::file::FileCase;
use shared::ids::{AssignmentId, CaseId, FileId, TicketId, UserId};
use shared::notice::Audience;
use shared::ticket::verbs::{On, Tickets};
use shared::ticket::view::{Acted, AssignmentState};
use shared::ticket::{TicketNo, Verb};
use store::duties::Duty;
use store::record::{Assignment, AuditEntry, Event, Incident, TicketCase, TicketChange};
use store::tickets::case::Claim;
use store::{Conn, Decided, StoreError, Tx, Warrant};
use uuid::Uuid;

use super::working_copy::{Scene, WorkingCopy};
use super::{archive, flow, linked, rights, same_text, together};
use crate::context::{Ctx, Services};
use crate::directory;
use crate::fault::Failure;
use crate::host::library::Pins;
use crate::host::time::Whose;
use crate::host::{Host, Hosted, Library, Other};
use crate::process::TICKET_MAIN;
use crate::reference::Reference;
use crate::watch;

pub(crate) use crate::host::perform::tell;
pub(crate) use crate::host::{Order, perform};

/// What a verb acts on, and how the caller may reach it.
#[derive(Debug, Clone)]
pub(crate) enum Target {
    /// A ticket in the actor's scope.
    Ticket(TicketId),
    /// An assignment in the actor's scope.
    Assignment(AssignmentId),
    /// A ticket whose process stands still, for its owner.
    Stopped(TicketId),
    /// The citizen's own ticket, with what proves that.
    Own(TicketNo, Claim),
}

impl Host for Tickets {
    type Case = TicketCase;

    fn target(on: On, id: Uuid) -> Option<Target> {
        match on {
            On::Ticket => Some(Target::Ticket(TicketId(id))),
            On::Assignment => Some(Target::Assignment(AssignmentId(id))),
            On::Own | On::Other => None,
        }
    }
}

impl Hosted for TicketCase {
    type Target = Target;
    type Acted = Acted;

    const STOPPED: Code = Code::TicketStopped;

    fn need(verb: Verb) -> Need {
        verb.need()
    }

    fn word(verb: Verb) -> &'static str {
        verb.as_str()
    }

    fn action(verb: Verb) -> String {
        verb.as_str().to_owned()
    }

    fn object(target: &Target) -> String {
        match target {
            Target::Ticket(id) | Target::Stopped(id) => format!("ticket:{id}"),
            Target::Assignment(id) => format!("assignment:{id}"),
            Target::Own(no, _) => format!("ticket_no:{no}"),
        }
    }

    fn asks_rights(target: &Target) -> bool {
        !matches!(target, Target::Own(..))
    }

    async fn load(ctx: &Ctx, tx: &Tx, target: &Target) -> Result<Option<Self>, Failure> {
        let need = match target {
            Target::Stopped(_) => needs::OPERATING,
            _ => needs::TICKETS,
        };
        let view = need.scope(&ctx.actor);
        Ok(match (target, view) {
            (Target::Own(no, claim), _) => store::tickets::case::load_own(tx, no, claim).await?,
            (Target::Ticket(id) | Target::Stopped(id), Some(scope)) => {
                store::tickets::case::load(tx, &scope, *id).await?
            }
            (Target::Assignment(id), Some(scope)) => {
                store::tickets::case::load_by_assignment(tx, &scope, *id).await?
            }
            (_, None) => None,
        })
    }

    async fn load_any(
        warrant: &Warrant,
        conn: &dyn Conn,
        id: CaseId,
    ) -> Result<Option<Self>, Failure> {
        Ok(store::tickets::case::load_unscoped(conn, warrant, TicketId(id.0)).await?)
    }

    fn whose(&self) -> Whose {
        Whose::Place(self.ticket.region.clone())
    }

    async fn library(
        &self,
        services: &Services,
        conn: &dyn Conn,
        reference: &Arc<Reference>,
    ) -> Result<Library, Failure> {
        let now = services.now();
        let library = match (reference.process.of_case(self, now), &self.instance) {
            (Ok(version), _) => Library::alone(version, reference, now),
            // Another server has deployed it a moment ago.
            (Err(_), Some(instance)) => {
                let version = (TICKET_MAIN, instance.definition_version);
                services.library(conn, version, &Pins::new()).await?
            }
            (Err(failure), None) => return Err(failure),
        };
        Ok(library.in_hours_of(self.whose()))
    }

    fn reach(&self, ctx: &Ctx, target: &Target, need: Need) -> Result<(), Fault> {
        if !Self::asks_rights(target) {
            return Ok(());
        }
        let part = part_of(self, target)?;
        let scope = need.scope(&ctx.actor).ok_or_else(Fault::denied)?;
        let reached = part.map_or_else(
            || rights::covers(&scope, self),
            |part| rights::covers_assignment(&scope, self, part),
        );
        if reached {
            Ok(())
        } else {
            Err(Fault::denied())
        }
    }

    fn version(&self, target: &Target) -> i32 {
        let part = part_of(self, target).ok().flatten();
        part.map_or(self.ticket.version, |part| part.version)
    }

    async fn stale(
        &self,
        ctx: &Ctx,
        tx: &Tx,
        target: &Target,
        fault: Fault,
    ) -> Result<Fault, Failure> {
        // A unit that has no part any more is not told what others did since.
        if Self::asks_rights(target) && rights::own_part_only(&ctx.actor, self) {
            return Ok(fault);
        }
        let fault = fault.fact("state", self.ticket.state);
        let mut told = store::tickets::case::history(tx, self.ticket.id).await?;
        told.retain(|event| !event.verb.is_of_file() && !event.verb.is_note());
        let last = told.pop();
        Ok(match last {
            None => fault,
            Some(event) => fault
                .fact("verb", event.verb)
                .fact("at", event.at.rfc3339()),
        })
    }

    async fn history(&self, tx: &Tx) -> Result<Vec<Event>, StoreError> {
        store::tickets::case::history(tx, self.ticket.id).await
    }

    async fn duties(&self, tx: &Tx, reference: &Reference) -> Result<Vec<Duty>, Failure> {
        let ticket = &self.ticket;
        let of = (ticket.category.as_deref(), ticket.region.as_str());
        directory::responsible(tx, reference, of).await
    }

    async fn leaders(
        &self,
        tx: &Tx,
        target: &Target,
        now: Instant,
    ) -> Result<Vec<UserId>, Failure> {
        let Some(part) = part_of(self, target)? else {
            return Ok(Vec::new());
        };
        let audience = Audience::Unit {
            unit: part.unit.clone(),
            roles: vec![Role::UnitReviewer],
        };
        Ok(store::notices::people(tx, &audience, now).await?)
    }

    async fn others(ctx: &Ctx, tx: &Tx, numbers: &[String]) -> Result<Vec<Other>, Failure> {
        let mut out = Vec::new();
        let Some(scope) = needs::TICKETS.scope(&ctx.actor) else {
            return Ok(out);
        };
        for no in numbers.iter().filter_map(|no| TicketNo::parse(no)) {
            let Some(id) = store::tickets::find_by_no(tx, &scope, &no).await? else {
                continue;
            };
            if let Some(case) = store::tickets::case::load(tx, &scope, id).await? {
                out.push(together::other_of(&case));
            }
        }
        Ok(out)
    }

    async fn files(&self, tx: &Tx, named: &[FileId]) -> Result<Vec<FileId>, StoreError> {
        if named.is_empty() {
            return Ok(Vec::new());
        }
        let all = store::files::of_case(tx, FileCase::Ticket, self.ticket.id.0).await?;
        let there = all.into_iter().filter(|(_, blob)| blob.sha256.is_some());
        let ids = there.map(|(file, _)| file.id);
        Ok(ids.filter(|id| named.contains(id)).collect())
    }

    async fn beside(ctx: &Ctx, tx: &Tx, change: &Decided<Self>) -> Result<(), Failure> {
        linked::beside(ctx, tx, change).await?;
        archive::beside(ctx, tx, change).await
    }

    fn admits(&self, verb: Verb, target: &Target, scene: &Scene<'_>) -> Result<(), Fault> {
        let today = flow::Today::of(scene.reference, scene.now);
        flow::admits(verb, self, part_of(self, target)?, &today)
    }

    fn aim(copy: &mut WorkingCopy<'_>, target: &Target) {
        if let Target::Assignment(id) = target {
            copy.part = Some(*id);
        }
    }

    fn entry(&self, ctx: &Ctx, verb: Verb, target: &Target) -> AuditEntry {
        let mut entry = ctx.audit(verb.as_str(), format!("ticket:{}", self.ticket.id), "ok");
        match target {
            Target::Own(..) => "citizen".clone_into(&mut entry.actor_name),
            Target::Assignment(id) => {
                entry.facts.insert("assignment".to_owned(), id.to_string());
            }
            Target::Ticket(_) | Target::Stopped(_) => {}
        }
        entry
    }

    fn completed(
        ctx: &Ctx,
        copy: &WorkingCopy<'_>,
        verb: Verb,
        mut entry: AuditEntry,
    ) -> AuditEntry {
        if let Some(mac) = same_text::mac(&ctx.services, copy, verb) {
            entry.facts.insert(same_text::FACT.to_owned(), mac);
        }
        entry
    }

    async fn save(tx: &Tx, change: &Decided<Self>) -> Result<(), StoreError> {
        store::tickets::case::save(tx, change).await
    }

    async fn note(&self, tx: &Tx, incident: Incident) -> Result<i32, StoreError> {
        store::tickets::case::note_incident(tx, self, incident).await
    }

    fn acted(change: &TicketChange) -> Acted {
        let ticket = &change.after.ticket;
        let state = |a: &Assignment| AssignmentState {
            id: a.id,
            unit: a.unit.clone(),
            role: a.role,
            status: a.status,
            version: a.version,
        };
        Acted {
            id: ticket.id,
            ticket_no: ticket.ticket_no.clone(),
            version: ticket.version,
            state: ticket.state,
            assignments: change.after.assignments.iter().map(state).collect(),
        }
    }

    async fn refusal(ctx: &Ctx, verb: Verb, object: String, fault: &Fault) {
        record_denial(ctx, verb, object, fault).await;
    }
}

/// The assignment that is named, when one is.
fn part_of<'c>(case: &'c TicketCase, target: &Target) -> Result<Option<&'c Assignment>, Fault> {
    let Target::Assignment(id) = target else {
        return Ok(None);
    };
    let part = case.assignments.iter().find(|a| a.id == *id);
    part.map(Some).ok_or_else(Fault::missing)
}

/// A call that was refused for want of a right, or that reached for something outside the scope, is an event of its own; it is kept although
/// the verb's transaction is not, as is a defect. Other faults are none of the audit's.
pub(crate) async fn record_denial(ctx: &Ctx, verb: Verb, object: String, fault: &Fault) {
    watch::broke(ctx, (verb.as_str(), &object), fault).await;
    if fault.code != Code::AccessDenied && !watch::is_probe(ctx, fault) {
        return;
    }
    let mut entry = ctx.audit(verb.as_str(), object, fault.code.as_str());
    if let Some(permission) = verb.need().permission() {
        let fact = ("permission".to_owned(), permission.to_string());
        entry.facts.extend([fact]);
    }
    watch::refused(ctx, entry).await;
}
