//! The one runner of all verbs on an existing ticket: key, scope, right, version, flow, decision, one transaction (I3, I4, I6).
//! Each verb implements `Order` in its own file; `decide` is pure and sees only the `Draft`.
//! Not here: registering (`register`), the citizen's road by number and code (`public`).

use std::sync::Arc;

use serde::Serialize;
use shared::access::needs;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::{AssignmentId, TicketId};
use shared::input::Tidy;
use shared::ticket::view::Acted;
use shared::ticket::{TicketNo, Verb};
use store::Tx;
use store::record::{Assignment, AuditEntry, Case};

use super::draft::{Draft, Scene};
use super::{flow, idempotency, rights};
use crate::context::Ctx;
use crate::fault::{Failure, Settle, version_stale};
use crate::reference::Reference;
use crate::watch;

/// What a verb takes and does.
pub(crate) trait Order: Tidy + Serialize + Clone + Send + Sync + 'static {
    /// The verb.
    const VERB: Verb;

    /// The version that the person saw; `None` for verbs that check none.
    fn version(&self) -> Option<i32>;

    /// The rules of `shared::ticket::rules` on the data itself.
    fn check(&self, now: Instant) -> Result<(), Fault>;

    /// What changes. Rights, version and flow have been checked.
    fn decide(
        &self,
        draft: &mut Draft<'_>,
        assignment: Option<AssignmentId>,
    ) -> Result<(), Failure>;
}

/// What a verb acts on, and how the caller may reach it.
#[derive(Debug, Clone)]
pub(crate) enum Target {
    /// A ticket in the actor's scope.
    Ticket(TicketId),
    /// An assignment in the actor's scope.
    Assignment(AssignmentId),
    /// The citizen's own ticket, proven by number and code.
    Own(TicketNo, Vec<u8>),
}

impl Target {
    /// How the target is named in the audit.
    fn object(&self) -> String {
        match self {
            Self::Ticket(id) => format!("ticket:{id}"),
            Self::Assignment(id) => format!("assignment:{id}"),
            Self::Own(no, _) => format!("ticket_no:{no}"),
        }
    }
}

struct Work<O> {
    ctx: Ctx,
    reference: Arc<Reference>,
    target: Target,
    order: O,
}

/// Runs a verb on a target and says how the ticket stands afterwards.
pub(crate) async fn perform<O: Order>(ctx: &Ctx, target: Target, order: O) -> Result<Acted, Fault> {
    let object = target.object();
    let done = run(ctx, target, order).await;
    tell(O::VERB, &done);
    if let Err(fault) = &done {
        record_denial(ctx, O::VERB, object, fault).await;
    }
    done
}

/// Says once that a verb was done or refused; the server counts these lines.
pub(crate) fn tell<T>(verb: Verb, done: &Result<T, Fault>) {
    let outcome = done
        .as_ref()
        .map_or_else(|fault| fault.code.as_str(), |_| "ok");
    tracing::info!(target: "minsheng::verb", verb = verb.as_str(), outcome);
}

async fn run<O: Order>(ctx: &Ctx, target: Target, mut order: O) -> Result<Acted, Fault> {
    if !matches!(target, Target::Own(..)) {
        ctx.ask(O::VERB.need())?;
    }
    order.tidy();
    order.check(ctx.now())?;
    let reference = ctx.services.reference().await?;
    let work = Arc::new(Work {
        ctx: ctx.clone(),
        reference,
        target,
        order,
    });
    idempotency::twice(|| {
        let work = Arc::clone(&work);
        ctx.services
            .store()
            .write(move |tx| Box::pin(async move { work.act(tx).await }))
    })
    .await
    .settle(&ctx.services)
}

/// A call that was refused for want of a right, or that reached for something outside the scope, is an event of its own; it is kept although
/// the verb's transaction is not. Other faults are none of the audit's.
pub(crate) async fn record_denial(ctx: &Ctx, verb: Verb, object: String, fault: &Fault) {
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

/// Writes the record of a refused call.
pub(crate) async fn keep_denial(ctx: &Ctx, entry: AuditEntry) {
    watch::refused(ctx, entry).await;
}

impl<O: Order> Work<O> {
    async fn act(&self, tx: &Tx) -> Result<Acted, Failure> {
        let ctx = &self.ctx;
        let call =
            idempotency::Call::new(ctx, O::VERB.as_str(), &self.target.object(), &self.order)?;
        if let Some(answer) = call.stored(tx).await? {
            return Ok(answer);
        }
        let case = self.load(tx).await?.ok_or_else(Fault::missing)?;
        let assignment = match self.target {
            Target::Assignment(id) => Some(id),
            Target::Ticket(_) | Target::Own(..) => None,
        };
        let part = assignment
            .map(|id| {
                case.assignments
                    .iter()
                    .find(|a| a.id == id)
                    .ok_or_else(Fault::missing)
            })
            .transpose()?;
        self.reach(&case, part)?;
        self.unchanged(tx, &case, part).await?;
        flow::admits(
            O::VERB,
            &case,
            part,
            &flow::Day::of(&self.reference.calendar, ctx.now()),
        )?;
        let (change, assignments) = {
            let scene = Scene {
                now: ctx.now(),
                actor: &ctx.actor,
                ids: ctx.services.ids(),
                reference: &self.reference,
                public_url: &ctx.services.config().public_url,
            };
            let mut draft = Draft::open(scene, case)?;
            self.order.decide(&mut draft, assignment)?;
            let mut entry = ctx.audit(O::VERB.as_str(), format!("ticket:{}", draft.id()), "ok");
            if matches!(self.target, Target::Own(..)) {
                "citizen".clone_into(&mut entry.actor_name);
            }
            if let Some(id) = assignment {
                entry.facts.insert("assignment".to_owned(), id.to_string());
            }
            draft.audit(entry);
            let states = draft.assignment_states();
            (draft.finish()?, states)
        };
        store::cases::save(tx, &change).await?;
        let ticket = change.ticket;
        let acted = Acted {
            id: ticket.id,
            ticket_no: ticket.ticket_no,
            version: ticket.version,
            state: ticket.state,
            assignments,
        };
        call.keep(tx, &acted).await?;
        Ok(acted)
    }

    async fn load(&self, tx: &Tx) -> Result<Option<Case>, Failure> {
        let view = needs::TICKETS.scope(&self.ctx.actor);
        Ok(match (&self.target, view) {
            (Target::Own(no, code_hash), _) => store::cases::load_public(tx, no, code_hash).await?,
            (Target::Ticket(id), Some(scope)) => store::cases::load(tx, &scope, *id).await?,
            (Target::Assignment(id), Some(scope)) => {
                store::cases::load_by_assignment(tx, &scope, *id).await?
            }
            (_, None) => None,
        })
    }

    /// Right on this very case; asked before the version, so that nobody learns more than they may.
    fn reach(&self, case: &Case, assignment: Option<&Assignment>) -> Result<(), Failure> {
        if matches!(self.target, Target::Own(..)) {
            return Ok(());
        }
        let scope = self.ctx.reach(O::VERB.need())?;
        let reached = assignment.map_or_else(
            || rights::covers(&scope, case),
            |a| rights::covers_assignment(&scope, case, a),
        );
        if reached {
            Ok(())
        } else {
            Err(Fault::denied().into())
        }
    }

    fn sees_own_part_only(&self, case: &Case) -> bool {
        !matches!(self.target, Target::Own(..)) && rights::own_part_only(&self.ctx.actor, case)
    }

    /// Nobody was faster. Otherwise says what the other one did.
    async fn unchanged(
        &self,
        tx: &Tx,
        case: &Case,
        assignment: Option<&Assignment>,
    ) -> Result<(), Failure> {
        let current = assignment.map_or(case.ticket.version, |a| a.version);
        match self.order.version() {
            // A unit that has no part any more is not told what others did since.
            Some(expected) if expected != current && self.sees_own_part_only(case) => {
                Err(version_stale(current, expected).into())
            }
            Some(expected) if expected != current => {
                let fault = version_stale(current, expected).fact("state", case.ticket.state);
                let last = store::cases::history(tx, case.ticket.id).await?.pop();
                Err(last
                    .map_or(fault.clone(), |event| {
                        fault
                            .fact("verb", event.verb)
                            .fact("at", event.at.rfc3339())
                    })
                    .into())
            }
            _ => Ok(()),
        }
    }
}
