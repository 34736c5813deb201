//! The one runner of all verbs on an existing approval: key, scope, right, version, decision, one transaction (I3, I4, I6).
//! A verb that the process cannot take leaves the case as it was and an incident for the process owner.
//! Not here: filing (`start`), what jobs do (`jobs`).

use std::sync::Arc;

use serde::Serialize;
use shared::access::{Scope, needs};
use shared::approval::ApprovalVerb;
use shared::approval::view::ApprovalActed;
use shared::fault::{Code, Fault};
use shared::ids::{ApprovalId, UserId};
use store::approvals::Reach;
use store::record::{ApprovalCase, ApprovalChange, Incident};
use store::{StoreError, Tx};

use super::denied::recorded;
use super::draft::{Draft, Halt, Scene};
use super::people::People;
use crate::cases::idempotency::{self, KeyTaken};
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle, version_stale};
use crate::reference::Reference;

/// What a verb takes and does.
pub(crate) trait Order: Serialize + Clone + Send + Sync + 'static {
    /// The verb, also when it is refused.
    fn verb(&self) -> ApprovalVerb;

    /// The version that the person saw; `None` for verbs that check none.
    fn version(&self) -> Option<i32>;

    /// Sign-in names in the command.
    fn names(&self) -> Vec<String> {
        Vec::new()
    }

    /// People whom it may give a task back to, known by their ids.
    fn users(&self) -> Vec<UserId> {
        Vec::new()
    }

    /// What changes, after rights and state are asked; everything that is wrong with what was typed is told at once.
    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Halt>;
}

/// Why a transaction did not happen.
pub(super) enum Trouble {
    Failure(Failure),
    Stopped(Box<Incident>),
}

impl KeyTaken for Trouble {
    fn key_taken(&self) -> bool {
        matches!(self, Self::Failure(failure) if failure.key_taken())
    }
}
impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Failure(error.into())
    }
}
impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}
impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Failure(fault.into())
    }
}
impl From<Halt> for Trouble {
    fn from(halt: Halt) -> Self {
        match halt {
            Halt::Failure(failure) => Self::Failure(failure),
            Halt::Stopped(incident) => Self::Stopped(incident),
        }
    }
}

struct Work<O> {
    ctx: Ctx,
    reference: Arc<Reference>,
    id: ApprovalId,
    order: O,
}

/// Runs a verb on an approval and says how it stands afterwards.
pub(crate) async fn perform<O: Order>(
    ctx: &Ctx,
    id: ApprovalId,
    order: O,
) -> Result<ApprovalActed, Fault> {
    let verb = order.verb();
    let done = run(ctx, id, order).await;
    let outcome = done
        .as_ref()
        .map_or_else(|fault| fault.code.as_str(), |_| "ok");
    tracing::info!(target: "minsheng::verb", verb = verb.as_str(), outcome, "approval");
    let what = (&*format!("approval.{verb}"), format!("approval:{id}"));
    recorded(ctx, what, done).await
}

async fn run<O: Order>(ctx: &Ctx, id: ApprovalId, order: O) -> Result<ApprovalActed, Fault> {
    ctx.ask(order.verb().need())?;
    let reference = ctx.services.reference().await?;
    let work = Arc::new(Work {
        ctx: ctx.clone(),
        reference,
        id,
        order,
    });
    let done = idempotency::twice(|| {
        let work = Arc::clone(&work);
        ctx.services
            .store()
            .write(move |tx| Box::pin(async move { work.act(tx).await }))
    });
    match done.await {
        Ok(acted) => Ok(acted),
        Err(Trouble::Failure(failure)) => Err(ctx.services.fault(failure)),
        Err(Trouble::Stopped(incident)) => {
            let number = keep_incident(&ctx.services, id, *incident).await?;
            Err(Fault::new(Code::ApprovalStopped).fact("incident", number))
        }
    }
}

/// Keeps what stopped a verb, in a transaction of its own: the case itself stands as before.
pub(super) async fn keep_incident(
    services: &Services,
    id: ApprovalId,
    incident: Incident,
) -> Result<i32, Fault> {
    let at = services.now();
    let ctx = Ctx::system(services);
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let case = store::approvals::load_unscoped(tx, id)
                    .await?
                    .ok_or_else(Fault::missing)?;
                let incident = Incident {
                    opened_at: at,
                    ..incident
                };
                let mut entry = ctx.audit("approval.incident", format!("approval:{id}"), "ok");
                entry
                    .facts
                    .insert("element".to_owned(), incident.element.clone());
                let number = store::approvals::note_incident(tx, &case, incident).await?;
                store::audit::append(tx, &[entry]).await?;
                Ok(number)
            })
        })
        .await
        .settle(services)
}

/// How far the actor sees approvals.
pub(super) fn scope_of(ctx: &Ctx) -> Scope {
    let nobody = UserId(uuid::Uuid::nil());
    needs::APPROVALS
        .scope(&ctx.actor)
        .unwrap_or_else(|| Scope::Own(ctx.actor.user.unwrap_or(nobody)))
}

/// The case in the actor's reach; outside of it there is none, whatever the version that somebody names.
pub(super) async fn found(
    ctx: &Ctx,
    conn: &dyn store::Conn,
    id: ApprovalId,
) -> Result<ApprovalCase, Failure> {
    let scope = scope_of(ctx);
    let reach = Reach {
        scope: &scope,
        actor: &ctx.actor,
    };
    let case = store::approvals::load(conn, reach, id).await?;
    case.ok_or_else(|| Fault::missing().into())
}

impl<O: Order> Work<O> {
    async fn act(&self, tx: &Tx) -> Result<ApprovalActed, Trouble> {
        let ctx = &self.ctx;
        let object = format!("approval:{}", self.id);
        let verb = self.order.verb();
        let call = idempotency::Call::new(ctx, &format!("approval.{verb}"), &object, &self.order)?;
        if let Some(answer) = call.stored(tx).await? {
            return Ok(answer);
        }
        let case = found(ctx, tx, self.id).await?;
        let current = case.approval.version;
        if let Some(expected) = self.order.version()
            && expected != current
        {
            let last = store::approvals::history(tx, self.id).await?.pop();
            let fault = version_stale(current, expected);
            return Err(last
                .map_or(fault.clone(), |event| {
                    fault
                        .fact("verb", event.verb)
                        .fact("at", event.at.rfc3339())
                })
                .into());
        }
        let library = ctx.services.library_of(tx, &case.approval).await?;
        let people = People::find(tx, &self.reference, &self.order.names())
            .await?
            .in_reach_of(&ctx.actor)
            .and_users(tx, &self.reference, &self.order.users())
            .await?;
        let scene = Scene::of(ctx, &self.reference, &library, &people);
        let mut draft = Draft::open(scene, case)?;
        self.order.decide(&mut draft)?;
        draft.audit(ctx.audit(&format!("approval.{verb}"), object, "ok"));
        let change = given(tx, draft).await?;
        store::approvals::save(tx, &change).await?;
        let acted = acted(&change);
        call.keep(tx, &acted).await?;
        Ok(acted)
    }
}

/// Looks up the people whom opened tasks name, and finishes the draft.
pub(super) async fn given(tx: &Tx, mut draft: Draft<'_>) -> Result<ApprovalChange, Failure> {
    let names = draft.wanted();
    if !names.is_empty() {
        let people = People::find(tx, draft.scene.reference, &names).await?;
        draft.give(&people);
    }
    draft.finish()
}

/// How an approval stands after a change.
pub(super) fn acted(change: &ApprovalChange) -> ApprovalActed {
    let approval = &change.after.approval;
    ApprovalActed {
        id: approval.id,
        approval_no: approval.approval_no.clone(),
        version: approval.version,
        status: approval.status,
        at: change.after.places.keys().cloned().collect(),
    }
}
