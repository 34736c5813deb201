//! A fresh ticket written again and again under new ids, by plain statements: what registering costs the database alone.
//! Everything is computed beforehand; only statements and the commit are left to be timed.
//! The copies are no valid cases: for a database that is thrown away after the measurement.

use shared::access::Scope;
use shared::ids::TicketId;
use shared::ticket::TicketNo;
use uuid::Uuid;

use super::Bare;
use crate::StoreError;
use crate::entity::table;
use crate::entity::ticket::instance;
use crate::entity::trail::{audit, outbox};
use crate::host::{clock, events, tasks};
use crate::record::{AuditEntry, ClockEntry, ClockKind, Event, OutboxMessage, Ticket, TicketCase};
use crate::sql::{Sql, vals};
use crate::tickets::case;
use crate::tickets::{row, search};
use crate::trail::audit::row_of;

/// The statements of one copy.
pub struct Twin(Vec<Sql>);

impl Bare {
    /// Copies of a ticket that has just been registered, with the numbers and ids given.
    pub async fn twins(
        &self,
        of: TicketId,
        names: Vec<(TicketNo, Uuid)>,
    ) -> Result<Vec<Twin>, StoreError> {
        let db = self.store.reader();
        let case = case::load(&db, &Scope::All, of)
            .await?
            .ok_or_else(|| StoreError::broken("no such ticket"))?;
        let history = case::history(&db, of).await?;
        let mut rid = search::row_number(case.ticket.accepted_at) + 1_000_000;
        names
            .into_iter()
            .map(|(no, id)| {
                rid += 1;
                self.twin(&case, &history, (no, id, rid))
            })
            .collect()
    }

    /// Writes a copy in a transaction of its own.
    pub async fn write_twin(&self, twin: Twin) -> Result<(), StoreError> {
        self.main.transaction(twin.0).await
    }

    fn twin(
        &self,
        case: &TicketCase,
        history: &[Event],
        (no, id, rid): (TicketNo, Uuid, i64),
    ) -> Result<Twin, StoreError> {
        let id = TicketId(id);
        let ticket = Ticket {
            id,
            ticket_no: no,
            ..case.ticket.clone()
        };
        let mut all = vec![insert(case::KEYS.head, case::ticket_key(&ticket))];
        all.extend(self.ticket(&ticket, rid)?);
        if let Some(instance) = &case.instance {
            let mut process = instance.clone();
            process.ticket_id = id;
            let values = process.values(instance::Beside {});
            all.push(insert(table::insert::<instance::Entity>().head, values));
        }
        for task in &case.hung.tasks {
            let mut task = task.clone();
            task.case_id = id.into();
            all.push(insert(tasks::INSERT.head, tasks::values(&task)));
        }
        for event in history {
            let mut event = event.clone();
            event.case_id = id.into();
            all.push(insert(events::INSERT.head, events::values(&event)));
        }
        let started = ClockEntry {
            due_at: ticket.due_at,
            limit_rule: ticket.limit_rule,
            provisional: ticket.provisional,
            ..ClockEntry::new(id.into(), ClockKind::Start, ticket.accepted_at)
        };
        all.push(insert(clock::INSERT.head, clock::values(&started)));
        all.extend(self.around(&ticket)?);
        Ok(Twin(all))
    }

    fn ticket(&self, ticket: &Ticket, rid: i64) -> Result<Vec<Sql>, StoreError> {
        let values = row::inserted(ticket, None, self.store.seal())?;
        let runs = search::runs(ticket);
        if self.is_sqlite() {
            let values = values.into_iter().chain(vals![rid]).collect();
            let sql = insert(row::INSERT_SQLITE.head, values);
            let grams = Sql::new(
                "insert into ticket_search (rowid, grams) values (?, ?)",
                vals![rid, search::fts_text(&runs)],
            );
            return Ok(vec![sql, grams]);
        }
        let sql = insert(row::INSERT.head, values);
        let grams = search::vectors(&runs).into_iter().enumerate().map(|(chunk, vector)| {
            Sql::new(
                "insert into ticket_search (ticket_id, chunk, grams) values (?, ?, cast(? as tsvector))",
                vals![ticket.id, chunk, vector],
            )
        });
        Ok(std::iter::once(sql).chain(grams).collect())
    }

    /// The message to the citizen and the audit row.
    fn around(&self, ticket: &Ticket) -> Result<[Sql; 3], StoreError> {
        let seal = self.store.seal();
        let letter = seal.seal("bench", ticket.id.0.as_bytes(), &[b'x'; 240])?;
        let at = ticket.accepted_at;
        let message = OutboxMessage {
            id: ticket.id.0,
            ticket_id: Some(ticket.id),
            channel: "sms".to_owned(),
            to: String::new(),
            body: String::new(),
            at,
            about: None,
            area: Some(ticket.region.clone()),
            urgent: false,
        };
        let message = outbox::Model {
            sent_at: Some(at).into(),
            ..crate::outbox::row(&message, seal.key_id(), letter)
        };
        let audit = row_of(&AuditEntry {
            id: ticket.id.0,
            at,
            actor: ticket.accepted_by,
            actor_name: "bench".to_owned(),
            action: "ticket.register".to_owned(),
            object: format!("ticket:{}", ticket.id),
            outcome: "ok".to_owned(),
            ip: None,
            facts: [("ticket_no".to_owned(), ticket.ticket_no.to_string())].into(),
            erasable: std::collections::BTreeMap::new(),
        })?;
        Ok([
            insert(
                table::insert::<outbox::Entity>().head,
                table::values(&message),
            ),
            insert(table::insert::<audit::Entity>().head, table::values(&audit)),
            Sql::new(
                "insert into audit_pending (n) select max(n) from audit",
                vals![],
            ),
        ])
    }
}

fn insert(head: &'static str, values: Vec<sea_orm::Value>) -> Sql {
    let mut sql = Sql::new(head, vals![]);
    sql.list(values);
    sql
}
