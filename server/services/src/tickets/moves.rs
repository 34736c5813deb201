//! Tickets on another version of their process: which, how far each is, what is kept of it.
//! Not here: the moving itself (`approvals::owner::migrate`), for every kind.

use anyhow::Context as _;
use shared::access::Scope;
use shared::ids::{CaseId, TicketId};
use shared::ticket::Verb;
use store::record::TicketCase;
use store::{Conn, StoreError, Tx};

use crate::context::Ctx;
use crate::fault::Failure;
use crate::host::library::Pins;
use crate::host::versions::{Moves, Page};

impl Moves for TicketCase {
    const MOVED: Verb = Verb::Migrate;
    const MOVED_BACK: Verb = Verb::UndoMigration;

    async fn of_version(
        conn: &dyn Conn,
        scope: &Scope,
        version: (&str, i32),
        page: Page,
    ) -> Result<Vec<CaseId>, StoreError> {
        store::tickets::case::open_of_version(conn, scope, version, page).await
    }

    async fn standings(
        conn: &dyn Conn,
        scope: &Scope,
        version: (&str, i32),
        page: Page,
    ) -> Result<Vec<(CaseId, Option<String>)>, StoreError> {
        store::tickets::case::states_of_version(conn, scope, version, page).await
    }

    async fn within(
        _ctx: &Ctx,
        tx: &Tx,
        scope: &Scope,
        id: CaseId,
    ) -> Result<Option<Self>, StoreError> {
        store::tickets::case::load(tx, scope, TicketId(id.0)).await
    }

    /// A ticket's process calls nothing; of one that has ended no version counts.
    fn runs_on(&self) -> (i32, Pins) {
        let version = self.instance.as_ref().map_or(0, |it| it.definition_version);
        (version, Pins::new())
    }

    fn run_on(&mut self, version: i32, _pins: &Pins) {
        if let Some(instance) = &mut self.instance {
            instance.definition_version = version;
        }
    }

    /// A clock that only tells leaves the version alone, but never the history.
    fn stand(&self) -> i32 {
        self.last_seq
    }

    fn kept(&self) -> Result<Vec<u8>, Failure> {
        let state = self.instance.as_ref().map(|it| &it.state);
        Ok(serde_json::to_vec(&state).context("process state")?)
    }

    fn process_in(kept: &[u8]) -> Result<Option<String>, Failure> {
        Ok(serde_json::from_slice(kept).context("process state")?)
    }
}
