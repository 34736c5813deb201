//! The history of every kind of case, gapless per case from 1; grows only.
//! Not here: the audit (`audit`), events between cases (`deliveries`).
//! Verb and states are words of the case's kind; whoever reads a history knows which.

use std::str::FromStr;
use std::sync::LazyLock;

use sea_orm::Iterable as _;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _, QueryTrait as _, Value};
use shared::application::ApplicationStatus;
use shared::approval::ApprovalStatus;
use shared::fault::Fault;
use shared::ids::CaseId;
use shared::ticket::TicketState;

use crate::bulk::rows::Insert;
use crate::database::Handle;
use crate::entity::case::event::{Column, Entity, Model};
use crate::entity::{Col, table};
use crate::record::Event;
use crate::sql::{Bind, Sql, json_of};
use crate::{Conn, StoreError, Tx};

/// Many rows at once; the bulk doors use it as well.
pub(crate) static INSERT: LazyLock<Insert> = LazyLock::new(table::insert::<Entity>);

/// A word of the case's kind.
fn code<T: FromStr<Err = Fault>>(text: &str) -> Result<T, StoreError> {
    text.parse()
        .map_err(|_| StoreError::broken(format!("unknown code {text}")))
}

/// The state that an event led to, as it is stored.
pub trait Reached: Sized {
    /// From what is stored.
    fn read(stored: Option<String>) -> Result<Self, StoreError>;
}

impl Reached for TicketState {
    fn read(stored: Option<String>) -> Result<Self, StoreError> {
        let stored = stored.ok_or_else(|| StoreError::broken("an event leads to no state"))?;
        code(&stored)
    }
}

impl Reached for ApplicationStatus {
    fn read(stored: Option<String>) -> Result<Self, StoreError> {
        let stored = stored.ok_or_else(|| StoreError::broken("an event leads to no state"))?;
        code(&stored)
    }
}

impl Reached for Option<ApprovalStatus> {
    fn read(stored: Option<String>) -> Result<Self, StoreError> {
        stored.as_deref().map(code).transpose()
    }
}

/// Values of a row.
pub(crate) fn values<V: Bind + Copy, S: Bind + Copy, T: Bind + Copy>(
    e: &Event<V, S, T>,
) -> Vec<Value> {
    let value = |column| match column {
        Column::CaseId => e.case_id.bind(),
        Column::Seq => e.seq.bind(),
        Column::Verb => e.verb.bind(),
        Column::At => e.at.bind(),
        Column::ByUser => e.by.bind(),
        Column::ByName => e.by_name.as_deref().bind(),
        Column::Unit => e.unit.as_deref().bind(),
        Column::AssignmentId => e.assignment_id.bind(),
        Column::Element => e.element.as_deref().bind(),
        Column::TaskNo => e.task_no.bind(),
        Column::FromState => e.from_state.bind(),
        Column::ToState => e.to_state.bind(),
        Column::Note => e.note.as_deref().bind(),
        Column::Facts => json_of(&e.facts).bind(),
        Column::Actor => e.actor.bind(),
        Column::ActorCode => e.actor_code.as_deref().bind(),
        Column::DoneAt => e.done_at.bind(),
    };
    Column::iter().map(value).collect()
}

fn event<V, S, T>(m: Model) -> Result<Event<V, S, T>, StoreError>
where
    V: FromStr<Err = Fault>,
    S: FromStr<Err = Fault>,
    T: Reached,
{
    Ok(Event {
        case_id: m.case_id.0,
        seq: m.seq.0,
        verb: code(&m.verb)?,
        at: m.at.0,
        by: m.by_user.0,
        by_name: m.by_name,
        unit: m.unit,
        assignment_id: m.assignment_id.0,
        element: m.element,
        task_no: m.task_no,
        from_state: m.from_state.as_deref().map(code).transpose()?,
        to_state: T::read(m.to_state)?,
        note: m.note,
        facts: m.facts.0,
        actor: m.actor.0,
        actor_code: m.actor_code,
        done_at: m.done_at.0,
    })
}

/// The history of a case, oldest first; the caller has loaded it inside a scope before.
pub(crate) async fn of_case<V, S, T>(
    conn: &dyn Conn,
    id: CaseId,
) -> Result<Vec<Event<V, S, T>>, StoreError>
where
    V: FromStr<Err = Fault>,
    S: FromStr<Err = Fault>,
    T: Reached,
{
    let select = Entity::find()
        .filter(Column::CaseId.eq(Col(id)))
        .order_by_asc(Column::Seq);
    let rows = conn.handle().find(select).await?;
    rows.into_iter().map(event).collect()
}

/// The histories of these cases, each oldest first.
pub(crate) async fn of_cases<V, S, T>(
    conn: &dyn Conn,
    ids: &[CaseId],
) -> Result<Vec<Event<V, S, T>>, StoreError>
where
    V: FromStr<Err = Fault>,
    S: FromStr<Err = Fault>,
    T: Reached,
{
    let select = Entity::find()
        .filter(Column::CaseId.is_in(ids.iter().map(|id| Col(*id))))
        .order_by_asc(Column::CaseId)
        .order_by_asc(Column::Seq);
    let rows = conn.handle().find(select).await?;
    rows.into_iter().map(event).collect()
}

/// Number of the newest event, 0 before the first.
pub(crate) async fn last_seq(h: Handle<'_>, id: CaseId) -> Result<i64, StoreError> {
    let newest = Entity::find()
        .select_only()
        .expr(Column::Seq.max())
        .filter(Column::CaseId.eq(Col(id)));
    h.number(Sql::built(newest.build(h.backend()))).await
}

/// Adds lines behind the newest.
pub(crate) async fn append<V: Bind + Copy, S: Bind + Copy, T: Bind + Copy>(
    tx: &Tx,
    events: &[Event<V, S, T>],
) -> Result<(), StoreError> {
    table::put(tx, *INSERT, events.iter().map(values)).await
}
