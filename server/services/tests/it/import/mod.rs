//! Imports of files as offices have them: every encoding, separator, head, time and phone, and what is told about them.
//! Files whose bytes matter are written here; the shared folder of faults is walked in `faults`.
//! Not here: undoing and taking again (`again`), the calendar (`calendar`).

mod again;
mod books;
mod calendar;
mod faults;
mod killed;
mod reading;

use std::path::PathBuf;

use services::import::{self, Done, ImportPlan};
use services::{Ctx, Services};
use shared::access::Scope;
use shared::fault::Fault;
use shared::query::TicketQuery;
use shared::text::Locale;
use store::record::Ticket;

use crate::support::Kind;
use crate::support::World;

/// A world with a folder for files.
pub struct Desk {
    pub world: World,
    folder: tempfile::TempDir,
}

impl Desk {
    /// On SQLite: reading a file is the same on both databases.
    pub async fn new() -> Self {
        Self::on(Kind::available()[0]).await
    }

    pub async fn on(kind: Kind) -> Self {
        Self {
            world: World::open(kind).await,
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    pub fn services(&self) -> &Services {
        &self.world.services
    }

    pub fn owner(&self) -> Ctx {
        let mut ctx = Ctx::system(self.services());
        ctx.locale = Locale::Zh;
        ctx
    }

    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        path
    }

    pub fn order(&self, file: PathBuf) -> ImportPlan {
        ImportPlan {
            file,
            map: None,
            source: None,
            dry_run: false,
            accept: false,
        }
    }

    /// Imports these bytes; the figures of the lines always add up.
    pub async fn bring(&self, name: &str, bytes: impl AsRef<[u8]>) -> Result<Done, Fault> {
        let order = self.order(self.file(name, bytes));
        self.take(order).await
    }

    pub async fn take(&self, order: ImportPlan) -> Result<Done, Fault> {
        let done = import::run(&self.owner(), order).await?;
        let (l, c) = (done.lines, done.tally);
        assert_eq!(
            l.lines,
            l.told + l.titles + l.heads + l.blank + l.rows + l.further,
            "{done}"
        );
        assert_eq!(c.read, c.imported + c.duplicate + c.rejected, "{done}");
        Ok(done)
    }

    pub async fn tickets(&self) -> Vec<Ticket> {
        let query = TicketQuery {
            limit: 200,
            ..TicketQuery::default()
        };
        let db = self.services().store().reader();
        store::tickets::list(&db, &Scope::All, &query, self.services().now())
            .await
            .expect("a page")
            .items
    }

    pub async fn ticket(&self, id: &str) -> Ticket {
        self.tickets()
            .await
            .into_iter()
            .find(|ticket| ticket.external_no.as_deref() == Some(id))
            .unwrap_or_else(|| panic!("no ticket for {id}"))
    }

    pub async fn finds(&self, words: &str) -> Vec<String> {
        let query =
            TicketQuery::from_pairs(&[("q".to_owned(), words.to_owned())]).expect("a query");
        let db = self.services().store().reader();
        store::tickets::list(&db, &Scope::All, &query, self.services().now())
            .await
            .expect("a page")
            .items
            .into_iter()
            .filter_map(|ticket| ticket.external_no)
            .collect()
    }
}

/// A text that is long enough for every rule.
pub const TEXT: &str = "小区门口的路灯连续三天不亮，希望尽快维修。";

/// The shared folder of faults; tests that need it pass without it, but not in CI.
pub fn fault(name: &str) -> Option<Vec<u8>> {
    let root = std::env::var("MINSHENG_SHARED_DATA").unwrap_or_else(|_| {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").to_owned()
    });
    let found = std::fs::read(PathBuf::from(root).join("faults").join(name)).ok();
    assert!(
        found.is_some() || std::env::var("CI").as_deref() != Ok("true"),
        "the shared data is needed in CI"
    );
    found
}
