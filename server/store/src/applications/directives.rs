//! Directives (督办单) as lists: the newest first, inside the scope of whoever looks; and one of them.
//! Not here: issuing and answering (services), the head (`entity::ticket::application`).
//! A unit sees those that were issued to it, a centre those about its tickets.

use sea_orm::FromQueryResult;
use sea_orm::entity::prelude::*;
use shared::access::Scope;
use shared::application::DirectiveState;
use shared::calendar::Instant;
use shared::ids::{ApplicationId, TicketId};
use uuid::Uuid;

use crate::entity::Col;
use crate::entity::ticket::application::{Column, Entity};
use crate::record::Application;
use crate::scope::{above, any, reaches, within};
use crate::sql::{Bind as _, Sql, vals};
use crate::{Conn, StoreError};

/// Which directives.
#[derive(Debug, Clone, Default)]
pub struct Directives {
    /// Of these states; of all when empty.
    pub states: Vec<DirectiveState>,
    /// About this ticket, as its own or beside it.
    pub ticket: Option<TicketId>,
    /// Behind this one: when it was issued, and its id.
    pub after: Option<(Instant, ApplicationId)>,
    /// This one alone.
    pub id: Option<ApplicationId>,
    /// So many at most.
    pub limit: u32,
}

#[derive(FromQueryResult)]
struct Found {
    id: Uuid,
}

/// Directives in the scope, the newest first.
pub async fn directives(
    conn: &dyn Conn,
    scope: &Scope,
    wanted: &Directives,
) -> Result<Vec<Application>, StoreError> {
    let h = conn.handle();
    // Text: the scope is one, and the list goes along an index.
    let mut sql = Sql::new(
        "select q.id from applications q join tickets t on t.id = q.ticket_id join assignments a on a.id = q.assignment_id where q.sort = 'S'",
        vals![],
    );
    sql.append(reached(scope));
    if !wanted.states.is_empty() {
        sql.text(" and q.directive in ");
        sql.list(wanted.states.iter().map(|it| (*it).bind()).collect());
    }
    if let Some(id) = wanted.id {
        sql.push(" and q.id = ?", vals![id]);
    }
    if let Some(ticket) = wanted.ticket {
        sql.push(
            " and (q.ticket_id = ? or q.id in (select d.application_id from directive_tickets d where d.ticket_id = ?))",
            vals![ticket, ticket],
        );
    }
    if let Some((at, id)) = wanted.after {
        sql.push(" and (q.asked_at, q.id) < (?, ?)", vals![at, id]);
    }
    sql.text(" order by q.asked_at desc, q.id desc");
    sql.limit(wanted.limit as usize);
    let ids: Vec<Uuid> = h
        .rows::<Found>(sql)
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let all = Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| Col(ApplicationId(*id)))));
    let mut found: Vec<Application> = h.records(all).await?;
    found.sort_by_key(|it| ids.iter().position(|id| *id == it.id.0));
    Ok(found)
}

/// ` and …` for whose directives somebody sees: a unit's people those of their units, everybody else those about tickets in reach.
fn reached(scope: &Scope) -> Sql {
    match scope {
        Scope::Unit(code) => {
            let mut sql = Sql::new(" and a.unit = ?", vals![code.as_str()]);
            sql.append(reaches(scope));
            sql
        }
        Scope::UnitTree(path) => {
            let mut sql = Sql::new(
                " and a.unit_path >= ? and a.unit_path < ?",
                vals![path.as_str(), above(path)],
            );
            sql.append(reaches(scope));
            sql
        }
        Scope::Any(parts) => any(parts, reached),
        _ => within(scope),
    }
}
