//! Approvals on another version of their definition: which, how far each is, what is kept of it.
//! Not here: the moving itself (`owner::migrate`), for every kind.

use anyhow::Context as _;
use shared::access::Scope;
use shared::approval::ApprovalVerb;
use shared::ids::{ApprovalId, CaseId};
use store::approvals::Reach;
use store::record::{ApprovalCase, Inside};
use store::{Conn, StoreError, Tx};

use crate::context::Ctx;
use crate::fault::Failure;
use crate::host::library::Pins;
use crate::host::versions::{Moves, Page};

impl Moves for ApprovalCase {
    const MOVED: ApprovalVerb = ApprovalVerb::Migrate;
    const MOVED_BACK: ApprovalVerb = ApprovalVerb::UndoMigration;

    async fn of_version(
        conn: &dyn Conn,
        scope: &Scope,
        version: (&str, i32),
        page: Page,
    ) -> Result<Vec<CaseId>, StoreError> {
        store::approvals::open_of_version(conn, scope, version, page).await
    }

    async fn standings(
        conn: &dyn Conn,
        scope: &Scope,
        version: (&str, i32),
        page: Page,
    ) -> Result<Vec<(CaseId, Option<String>)>, StoreError> {
        store::approvals::states_of_version(conn, scope, version, page).await
    }

    async fn within(
        ctx: &Ctx,
        tx: &Tx,
        scope: &Scope,
        id: CaseId,
    ) -> Result<Option<Self>, StoreError> {
        let reach = Reach {
            scope,
            actor: &ctx.actor,
        };
        store::approvals::load(tx, reach, ApprovalId(id.0)).await
    }

    fn runs_on(&self) -> (i32, Pins) {
        let approval = &self.approval;
        (approval.definition_version, approval.pins.clone())
    }

    fn run_on(&mut self, version: i32, pins: &Pins) {
        self.approval.definition_version = version;
        self.approval.pins.clone_from(pins);
    }

    fn stand(&self) -> i32 {
        self.approval.version
    }

    fn kept(&self) -> Result<Vec<u8>, Failure> {
        Ok(serde_json::to_vec(&self.approval.inside).context("what is inside an approval")?)
    }

    fn process_in(kept: &[u8]) -> Result<Option<String>, Failure> {
        let inside: Inside = serde_json::from_slice(kept).context("what is inside an approval")?;
        Ok(inside.state)
    }
}
