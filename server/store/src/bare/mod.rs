//! The product's own statements straight through sqlx, with rows decoded and thrown away: what `cargo xtask bench` holds the services against.
//! Deliberately absent: anything that answers a person. Only counts leave this module, and every statement is scoped as in the product (I7).
//! Here the reads; `twin` writes, `wire` binds and decodes. Nothing of the product calls it.

mod clocks;
mod timers;
mod twin;
mod wire;
mod work;

use std::sync::LazyLock;

use sea_orm::EntityTrait;
use shared::access::Scope;
use shared::calendar::Instant;
use shared::ids::TicketId;
use shared::query::{TicketFilter, TicketQuery};
use uuid::Uuid;

use crate::entity::case::{event, task};
use crate::entity::table;
use crate::entity::ticket::{
    application, assignment, contact, follow_up, instance, questionnaire, rating, site_record,
    ticket_link, transfer,
};
use crate::reports::{self, Period};
use crate::scope::{reaches, within};
use crate::sql::{Sql, only, vals};
use crate::tickets::{list, row};
use crate::{Store, StoreError};

pub use twin::Twin;
use wire::Pool;
pub use work::Work;

/// Plain access to the store's own pools.
pub struct Bare {
    pages: Pool,
    reports: Pool,
    main: Pool,
    store: Store,
}

impl Bare {
    /// On the connections of an open store, so that caches and settings are the same.
    pub fn of(store: &Store) -> Self {
        Self {
            pages: Pool::of(&store.reader().conn),
            reports: Pool::of(&store.report_reader().conn),
            main: Pool::of(store.main()),
            store: store.clone(),
        }
    }

    fn is_sqlite(&self) -> bool {
        self.store.kind() == "sqlite"
    }

    /// The first page of a list; how many rows.
    pub async fn list(
        &self,
        scope: &Scope,
        query: &TicketQuery,
        now: Instant,
    ) -> Result<usize, StoreError> {
        let page = self.page(scope, query, now).await?;
        self.pages.all(page, &wire::TICKET).await
    }

    async fn page(
        &self,
        scope: &Scope,
        query: &TicketQuery,
        now: Instant,
    ) -> Result<Sql, StoreError> {
        let db = self.store.reader();
        list::statement(db.handle(), scope, query, now).await
    }

    /// One statement over all tickets of a filter, row by row, without pages: the loop that an export cannot beat.
    pub async fn walk(
        &self,
        scope: &Scope,
        query: &TicketQuery,
        now: Instant,
    ) -> Result<usize, StoreError> {
        let page = self.page(scope, query, now).await?;
        self.reports.walk(page, &wire::TICKET).await
    }

    /// What a ticket's page reads, table by table.
    pub async fn case(&self, scope: &Scope, id: TicketId) -> Result<usize, StoreError> {
        let mut ticket = Sql::new("select ", vals![]);
        ticket
            .text(*row::COLUMNS)
            .push(" from tickets t where t.id = ?", vals![id])
            .append(reaches(scope));
        let mut rows = self.pages.all(ticket, &wire::TICKET).await?;
        for (columns, rest, shape) in PARTS.iter() {
            let mut sql = Sql::new("select ", vals![]);
            sql.text(columns).push(rest, vals![id]);
            rows += self.pages.all(sql, shape).await?;
        }
        Ok(rows)
    }

    /// The statements of the overview report.
    pub async fn overview(
        &self,
        scope: &Scope,
        period: &Period,
        digits: u8,
        now: Instant,
    ) -> Result<usize, StoreError> {
        let mut rows = 0;
        for [accepted, due] in reports::statements(scope, period, digits, (now, self.is_sqlite())) {
            rows += self.reports.all(accepted, "tttiiiii").await?;
            rows += self.reports.all(due, "ttii").await?;
        }
        Ok(rows)
    }

    /// How the database goes about the first page of a list, line by line.
    pub async fn plan(
        &self,
        scope: &Scope,
        query: &TicketQuery,
        now: Instant,
    ) -> Result<Vec<String>, StoreError> {
        let page = self.page(scope, query, now).await?;
        self.pages.explain(page).await
    }

    /// The same for the overview report.
    pub async fn plan_overview(
        &self,
        scope: &Scope,
        period: &Period,
        digits: u8,
        now: Instant,
    ) -> Result<Vec<String>, StoreError> {
        let mut lines = Vec::new();
        let all = reports::statements(scope, period, digits, (now, self.is_sqlite()));
        for sql in all.into_iter().flatten() {
            lines.extend(self.reports.explain(sql).await?);
        }
        Ok(lines)
    }

    /// When the n-th newest ticket was accepted; `None` when there are fewer.
    pub async fn nth_newest(&self, n: u32) -> Result<Option<Instant>, StoreError> {
        let db = self.store.report_reader();
        let sql = Sql::new(
            "select t.accepted_at from tickets t order by t.id desc limit 1 offset ?",
            vals![n.saturating_sub(1)],
        );
        let row = db.handle().one(sql).await?;
        let at = row.map(|row| only(&row).map(Instant));
        at.transpose().map_err(StoreError::from)
    }

    /// Ids of tickets spread evenly over a scope's newest `among`.
    pub async fn some_of(&self, scope: &Scope, among: u32) -> Result<Vec<TicketId>, StoreError> {
        let db = self.store.report_reader();
        let mut sql = Sql::new("select t.id from tickets t where 1 = 1", vals![]);
        sql.append(within(scope))
            .push(" order by t.id desc limit ?", vals![among]);
        let rows = db.handle().all(sql).await?;
        let step = (rows.len() / 50).max(1);
        rows.iter()
            .step_by(step)
            .map(|row| only::<Uuid>(row).map(TicketId).map_err(StoreError::from))
            .collect()
    }

    /// Bytes that the database takes on the disk.
    pub async fn bytes(&self) -> Result<i64, StoreError> {
        let sql = if self.is_sqlite() {
            "select page_count * page_size from pragma_page_count(), pragma_page_size()"
        } else {
            "select pg_database_size(current_database())"
        };
        let db = self.store.report_reader();
        db.handle().number(Sql::new(sql, vals![])).await
    }

    /// How many tickets a filter names, without a cap.
    pub async fn count(
        &self,
        scope: &Scope,
        filter: &TicketFilter,
        now: Instant,
    ) -> Result<i64, StoreError> {
        crate::tickets::count_capped(&self.store.report_reader(), scope, filter, i64::MAX, now)
            .await
    }
}

/// The tables of a case beside the ticket: columns, the rest of the statement, and the columns' kinds (`wire`).
static PARTS: LazyLock<Vec<(&str, &str, String)>> = LazyLock::new(|| {
    vec![
        part::<assignment::Entity>(
            " from assignments p where p.ticket_id = ? order by p.dispatched_at, p.id",
        ),
        part::<application::Entity>(
            " from applications p where p.ticket_id = ? order by p.asked_at, p.id",
        ),
        part::<contact::Entity>(" from contacts p where p.ticket_id = ? order by p.at, p.id"),
        part::<site_record::Entity>(
            " from site_records p where p.ticket_id = ? order by p.at, p.id",
        ),
        part::<transfer::Entity>(" from transfers p where p.ticket_id = ? order by p.n"),
        part::<ticket_link::Entity>(" from ticket_links p where p.ticket_id = ? order by p.at"),
        part::<follow_up::Entity>(" from follow_ups p where p.ticket_id = ? order by p.at, p.id"),
        part::<rating::Entity>(" from ratings p where p.ticket_id = ? order by p.at, p.id"),
        part::<questionnaire::Entity>(
            " from questionnaires p where p.ticket_id = ? order by p.made_at, p.id",
        ),
        part::<task::Entity>(" from tasks p where p.case_id = ? order by p.task_no"),
        part::<instance::Entity>(" from instances p where p.ticket_id = ?"),
        ("max(seq)", " from events where case_id = ?", "i".to_owned()),
        part::<event::Entity>(" from events p where p.case_id = ? order by p.seq"),
        (
            "id, blob, place, version, key_id, name, by_name, at",
            " from file_references where case_id = ? and case_kind = 'T' order by at, id",
            "uutitbti".to_owned(),
        ),
    ]
});

fn part<E: EntityTrait>(rest: &'static str) -> (&'static str, &'static str, String) {
    (table::columns::<E>("p"), rest, table::shape::<E>())
}
