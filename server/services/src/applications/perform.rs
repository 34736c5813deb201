//! How the runner finds, judges and saves an application alone: for the jobs, and for its process owner. What people ask and decide is a verb of
//! the ticket, which saves both (`hang`).
//! Not here: the runner itself (`host::perform`).

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use shared::access::{Need, needs};
use shared::application::{ApplicationStatus, ApplicationVerb};
use shared::fault::{Code, Fault};
use shared::ids::{ApplicationId, CaseId};
use store::record::{ApplicationCase, ApplicationChange, AuditEntry, Incident};
use store::{Conn, Decided, StoreError, Tx, Warrant};

use crate::context::{Ctx, Services};
use crate::fault::Failure;
use crate::host::time::Whose;
use crate::host::{Hosted, Library, Scene};
use crate::reference::Reference;
use crate::watch;

/// How an application stands after a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stands {
    /// As people read it.
    pub application_no: String,
    pub version: i32,
    /// Word of its status.
    pub status: String,
}

impl Hosted for ApplicationCase {
    type Target = ApplicationId;
    type Acted = Stands;

    const STOPPED: Code = Code::TicketStopped;

    fn need(_: ApplicationVerb) -> Need {
        needs::OPERATING
    }

    fn word(verb: ApplicationVerb) -> &'static str {
        verb.as_str()
    }

    fn action(verb: ApplicationVerb) -> String {
        format!("application.{verb}")
    }

    fn object(target: &ApplicationId) -> String {
        format!("application:{target}")
    }

    async fn load(ctx: &Ctx, tx: &Tx, target: &ApplicationId) -> Result<Option<Self>, Failure> {
        Ok(match needs::OPERATING.scope(&ctx.actor) {
            Some(scope) => store::applications::load(tx, &scope, *target).await?,
            None => None,
        })
    }

    async fn load_any(
        warrant: &Warrant,
        conn: &dyn Conn,
        id: CaseId,
    ) -> Result<Option<Self>, Failure> {
        let id = ApplicationId(id.0);
        Ok(store::applications::load_unscoped(conn, warrant, id).await?)
    }

    fn whose(&self) -> Whose {
        Whose::Place(self.application.region.clone())
    }

    async fn library(
        &self,
        services: &Services,
        _conn: &dyn Conn,
        reference: &Arc<Reference>,
    ) -> Result<Library, Failure> {
        let version = self.application.definition_version;
        let version = reference.applications.version(version)?;
        let library = Library::alone(version, reference, services.now());
        Ok(library.in_hours_of(self.whose()))
    }

    /// Its ticket was looked for in the scope.
    fn reach(&self, _: &Ctx, _: &ApplicationId, _: Need) -> Result<(), Fault> {
        Ok(())
    }

    fn version(&self, _: &ApplicationId) -> i32 {
        self.application.version
    }

    async fn stale(
        &self,
        _: &Ctx,
        _: &Tx,
        _: &ApplicationId,
        fault: Fault,
    ) -> Result<Fault, Failure> {
        Ok(fault.fact("status", self.application.status))
    }

    fn admits(&self, _: ApplicationVerb, _: &ApplicationId, _: &Scene<'_>) -> Result<(), Fault> {
        match self.application.status {
            ApplicationStatus::Open => Ok(()),
            status => Err(Fault::new(Code::AssignmentNotAllowed).fact("status", status)),
        }
    }

    fn entry(&self, ctx: &Ctx, verb: ApplicationVerb, target: &ApplicationId) -> AuditEntry {
        ctx.audit(&Self::action(verb), Self::object(target), "ok")
    }

    async fn save(tx: &Tx, change: &Decided<Self>) -> Result<(), StoreError> {
        store::applications::save(tx, change).await
    }

    async fn note(&self, tx: &Tx, incident: Incident) -> Result<i32, StoreError> {
        store::applications::note_incident(tx, self, incident).await
    }

    fn acted(change: &ApplicationChange) -> Stands {
        let application = &change.after.application;
        Stands {
            application_no: application.application_no.clone(),
            version: application.version,
            status: application.status.to_string(),
        }
    }

    async fn refusal(ctx: &Ctx, verb: ApplicationVerb, object: String, fault: &Fault) {
        watch::broke(ctx, (&Self::action(verb), &object), fault).await;
        if fault.code != Code::AccessDenied && !watch::is_probe(ctx, fault) {
            return;
        }
        let entry = ctx.audit(&Self::action(verb), object, fault.code.as_str());
        watch::refused(ctx, entry).await;
    }
}
