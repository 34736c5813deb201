//! How the runner finds, judges and saves approvals; verbs on them import it from here.
//! Not here: the runner itself (`host::perform`), filing (`start`), rights on single tasks (`rights`, asked by each verb).

use std::sync::Arc;

use futures::future::BoxFuture;
use shared::access::{Actor, Need, Scope, needs};
use shared::approval::ApprovalVerb;
use shared::approval::verbs::{Approvals, By, On};
use shared::approval::view::ApprovalActed;
use shared::command::Sent;
use shared::fault::{Code, Fault};
use shared::ids::{ApprovalId, CaseId};
use shared::verb::{CaseVerb, Piece};
use store::approvals::Reach;
use store::record::{ApprovalCase, ApprovalChange, ApprovalEvent, AuditEntry, Incident, Task};
use store::{Conn, Decided, StoreError, Tx, Warrant};
use uuid::Uuid;

use super::people::People;
use super::rights;
use super::working_copy::WorkingCopy;
use crate::context::{Ctx, Services};
use crate::fault::Failure;
use crate::host::denied;
use crate::host::time::Whose;
use crate::host::{Halt, Host, Hosted, Library, Scene};
use crate::reference::Reference;

/// How far the actor sees approvals: as far as the right goes, without it his own; nobody sees none.
pub(crate) fn scope_of(actor: &Actor) -> Option<Scope> {
    let own = || actor.user().map(Scope::Own);
    needs::APPROVALS.scope(actor).or_else(own)
}

/// The case in the actor's reach; outside of it there is none, whatever the version that somebody names.
pub(crate) async fn found(
    ctx: &Ctx,
    conn: &dyn store::Conn,
    id: ApprovalId,
) -> Result<ApprovalCase, Failure> {
    let scope = scope_of(&ctx.actor).ok_or_else(Fault::missing)?;
    let reach = Reach {
        scope: &scope,
        actor: &ctx.actor,
    };
    let case = store::approvals::load(conn, reach, id).await?;
    case.ok_or_else(|| Fault::missing().into())
}

impl Host for Approvals {
    type Case = ApprovalCase;

    fn target(_on: On, id: Uuid) -> Option<ApprovalId> {
        Some(ApprovalId(id))
    }

    /// State, piece and people, as the descriptor says. A piece that only waits is for those who have the right past its holder.
    fn admits<V: CaseVerb<Of = Self>>(
        copy: &WorkingCopy<'_>,
        verb: ApprovalVerb,
        piece: Option<Piece>,
    ) -> Result<(), Halt> {
        let descriptor = &V::DESCRIPTOR;
        if !descriptor.states.contains(&copy.case.approval.status) {
            return Err(copy.not_now(verb));
        }
        let find = |piece: Piece| copy.find(piece.task, piece.part).ok_or_else(Fault::missing);
        let task = piece.map(find).transpose()?;
        let is = |by: &By| rights::is(*by, copy, task);
        if !V::BY.is_empty() && !V::BY.iter().any(is) {
            return Err(Fault::denied().into());
        }
        let past_holder = |by: &By| *by != By::Holder && is(by);
        let waits = |task: &Task| !task.active && !V::BY.iter().any(past_holder);
        match task {
            Some(task) if !descriptor.statuses.contains(&task.kind) || waits(task) => {
                Err(copy.not_now(verb))
            }
            _ => Ok(()),
        }
    }

    fn refused<'a, V: CaseVerb<Of = Self>>(
        ctx: &'a Ctx,
        id: Uuid,
        sent: &'a Sent,
        fault: Fault,
    ) -> BoxFuture<'a, Fault> {
        Box::pin(super::asked::refused::<V>(ctx, id, sent, fault))
    }
}

impl Hosted for ApprovalCase {
    type Target = ApprovalId;
    type Acted = ApprovalActed;

    const STOPPED: Code = Code::ApprovalStopped;

    fn need(verb: ApprovalVerb) -> Need {
        verb.need()
    }

    fn word(verb: ApprovalVerb) -> &'static str {
        verb.as_str()
    }

    fn action(verb: ApprovalVerb) -> String {
        format!("approval.{verb}")
    }

    fn object(target: &ApprovalId) -> String {
        format!("approval:{target}")
    }

    async fn load(ctx: &Ctx, tx: &Tx, target: &ApprovalId) -> Result<Option<Self>, Failure> {
        found(ctx, tx, *target).await.map(Some)
    }

    async fn load_any(
        warrant: &Warrant,
        conn: &dyn Conn,
        id: CaseId,
    ) -> Result<Option<Self>, Failure> {
        Ok(store::approvals::load_unscoped(conn, warrant, ApprovalId(id.0)).await?)
    }

    fn whose(&self) -> Whose {
        Whose::Unit(self.approval.unit.clone())
    }

    async fn library(
        &self,
        services: &Services,
        conn: &dyn Conn,
        _reference: &Arc<Reference>,
    ) -> Result<Library, Failure> {
        let approval = &self.approval;
        let version = (&*approval.definition, approval.definition_version);
        let library = services.library(conn, version, &approval.pins).await?;
        Ok(library.in_hours_of(self.whose()))
    }

    fn reach(&self, _ctx: &Ctx, _target: &ApprovalId, _need: Need) -> Result<(), Fault> {
        Ok(())
    }

    fn version(&self, _target: &ApprovalId) -> i32 {
        self.approval.version
    }

    async fn stale(
        &self,
        _ctx: &Ctx,
        tx: &Tx,
        target: &ApprovalId,
        fault: Fault,
    ) -> Result<Fault, Failure> {
        let mut told = store::approvals::history(tx, *target).await?;
        told.retain(|event| !event.verb.is_of_file());
        let last = told.pop();
        Ok(match last {
            None => fault,
            Some(event) => fault
                .fact("verb", event.verb)
                .fact("at", event.at.rfc3339()),
        })
    }

    async fn history(&self, tx: &Tx) -> Result<Vec<ApprovalEvent>, StoreError> {
        store::approvals::history(tx, self.approval.id).await
    }

    fn admits(
        &self,
        _verb: ApprovalVerb,
        _target: &ApprovalId,
        _scene: &Scene<'_>,
    ) -> Result<(), Fault> {
        Ok(())
    }

    fn entry(&self, ctx: &Ctx, verb: ApprovalVerb, target: &ApprovalId) -> AuditEntry {
        ctx.audit(&Self::action(verb), Self::object(target), "ok")
    }

    fn give(copy: &mut WorkingCopy<'_>, people: &People) {
        copy.give(people);
    }

    async fn save(tx: &Tx, change: &Decided<Self>) -> Result<(), StoreError> {
        store::approvals::save(tx, change).await
    }

    async fn note(&self, tx: &Tx, incident: Incident) -> Result<i32, StoreError> {
        store::approvals::note_incident(tx, self, incident).await
    }

    fn acted(change: &ApprovalChange) -> ApprovalActed {
        let approval = &change.after.approval;
        ApprovalActed {
            id: approval.id,
            approval_no: approval.approval_no.clone(),
            version: approval.version,
            status: approval.status,
            at: change.after.hung.places.keys().cloned().collect(),
        }
    }

    async fn refusal(ctx: &Ctx, verb: ApprovalVerb, object: String, fault: &Fault) {
        denied::keep(ctx, (&Self::action(verb), object), fault).await;
    }
}
