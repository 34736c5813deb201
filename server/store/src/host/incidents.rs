//! What stopped a case, until its owner settles it.
//! Not here: lists of open ones in a scope (`approvals::owner`), what is to be done about them (services).

use std::sync::LazyLock;

use sea_orm::Iterable as _;
use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult as _, QueryOrder as _, QueryResult, Value};
use shared::access::Scope;
use shared::calendar::Instant;
use shared::ids::{CaseId, TicketId};

use super::table::{self, code, small};
use crate::bulk::rows::Insert;
use crate::database::Handle;
use crate::record::{CaseKind, Incident};
use crate::scope::reaches;
use crate::sql::{Bind as _, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// A row of `incidents`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "incidents")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub n: i64,
    pub case_kind: String,
    pub kind: String,
    pub definition: String,
    pub element: String,
    pub task_no: Option<i64>,
    pub timer_no: Option<i64>,
    pub words: String,
    pub tries: i64,
    pub opened_at: i64,
    pub settled_at: Option<i64>,
    pub settled_by: Option<String>,
}

/// None is followed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Whose incident: the case, its kind, and the definition on which it runs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Of<'a> {
    pub(crate) id: CaseId,
    pub(crate) kind: CaseKind,
    pub(crate) definition: &'a str,
}

static PUT: LazyLock<Insert> = LazyLock::new(|| Insert {
    tail: " on conflict (case_id, n) do update set words = excluded.words, tries = excluded.tries, settled_at = excluded.settled_at, settled_by = excluded.settled_by",
    ..table::insert::<Entity>(Column::iter())
});

/// All columns for a text with the alias `k`, to be read by `read`.
pub(crate) static NAMED: LazyLock<&str> = LazyLock::new(table::named::<Entity>);

fn values(of: Of<'_>, i: &Incident) -> Vec<Value> {
    let value = |column| match column {
        Column::CaseId => of.id.bind(),
        Column::N => i.n.bind(),
        Column::CaseKind => of.kind.bind(),
        Column::Kind => i.kind.bind(),
        Column::Definition => of.definition.bind(),
        Column::Element => i.element.as_str().bind(),
        Column::TaskNo => i.task_no.bind(),
        Column::TimerNo => i.timer_no.bind(),
        Column::Words => i.words.as_str().bind(),
        Column::Tries => i.tries.bind(),
        Column::OpenedAt => i.opened_at.bind(),
        Column::SettledAt => i.settled_at.bind(),
        Column::SettledBy => i.settled_by.as_deref().bind(),
    };
    Column::iter().map(value).collect()
}

fn incident(m: Model) -> Result<Incident, StoreError> {
    Ok(Incident {
        n: small(m.n)?,
        kind: code(&m.kind)?,
        element: m.element,
        task_no: m.task_no,
        timer_no: m.timer_no,
        words: m.words,
        tries: small(m.tries)?,
        opened_at: Instant(m.opened_at),
        settled_at: m.settled_at.map(Instant),
        settled_by: m.settled_by,
    })
}

/// An incident out of a row that was asked for with `NAMED`.
pub(crate) fn read(row: &QueryResult) -> Result<Incident, StoreError> {
    incident(Model::from_query_result(row, "k_")?)
}

/// The incidents of a case, settled ones included.
pub(crate) async fn of_case(h: Handle<'_>, id: CaseId) -> Result<Vec<Incident>, StoreError> {
    let select = Entity::find()
        .filter(Column::CaseId.eq(id.0))
        .order_by_asc(Column::N);
    h.find(select).await?.into_iter().map(incident).collect()
}

/// On which kind of case there is an incident.
pub async fn kind_of(conn: &dyn Conn, id: CaseId) -> Result<Option<CaseKind>, StoreError> {
    let select = Entity::find().filter(Column::CaseId.eq(id.0));
    let found = conn.handle().find(select).await?;
    found.first().map(|m| code(&m.case_kind)).transpose()
}

/// Open incidents of tickets in a scope, oldest first, with id, number and version of their tickets.
pub async fn of_tickets(
    conn: &dyn Conn,
    scope: &Scope,
    limit: u32,
) -> Result<Vec<(TicketId, String, i32, Incident)>, StoreError> {
    let mut sql = Sql::new(
        "select t.id as ticket, t.ticket_no as no, t.version as version, ",
        vals![],
    );
    // Text: incidents lead, few as they are.
    sql.text(*NAMED)
        .push(
            " from incidents k cross join tickets t where k.settled_at is null and k.case_kind = ? and t.id = k.case_id",
            vals![CaseKind::Ticket],
        )
        .append(reaches(scope))
        .push(" order by k.opened_at, k.case_id, k.n limit ?", vals![limit]);
    let rows = conn.handle().all(sql).await?;
    rows.iter()
        .map(|row| {
            let version: i64 = row.try_get("", "version")?;
            Ok((
                TicketId(row.try_get("", "ticket")?),
                row.try_get("", "no")?,
                small(version)?,
                read(row)?,
            ))
        })
        .collect()
}

/// Writes what is new or has changed.
pub(crate) async fn save(
    tx: &Tx,
    of: Of<'_>,
    before: &[Incident],
    after: &[Incident],
) -> Result<(), StoreError> {
    let changed = after.iter().filter(|incident| !before.contains(incident));
    table::put(tx, *PUT, changed.map(|incident| values(of, incident))).await
}

/// Notes what stopped a verb that is not saved itself; the same trouble again only counts its tries. Its number.
pub(crate) async fn note(
    tx: &Tx,
    of: Of<'_>,
    known: &[Incident],
    incident: Incident,
) -> Result<i32, StoreError> {
    let about = |i: &Incident| (i.kind, i.element.clone(), i.task_no, i.timer_no);
    let same = known
        .iter()
        .find(|i| i.settled_at.is_none() && about(i) == about(&incident));
    let noted = match same {
        Some(known) => Incident {
            n: known.n,
            tries: known.tries + 1,
            opened_at: known.opened_at,
            ..incident
        },
        None => Incident {
            n: known.iter().map(|i| i.n).max().unwrap_or(0) + 1,
            ..incident
        },
    };
    table::put(tx, *PUT, std::iter::once(values(of, &noted))).await?;
    Ok(noted.n)
}
