//! What the rules look at: pages of tickets by id, each with what hangs on it, in a constant number of queries.
//! Not here: judging (services), what was found (`write`).
//! Texts: their plans matter, for a night looks at everything.

use sea_orm::FromQueryResult;
use sea_orm::entity::prelude::*;
use shared::calendar::Instant;
use shared::ids::{AssignmentId, TicketId};
use shared::ticket::{RequestKind, TicketNo};

use crate::entity::Col;
use crate::entity::ticket::{application, directive_ticket, follow_up, rating};
use crate::record::{Application, ApplicationCase, FollowUp, Rating, Reply, TicketCase};
use crate::scope::not_discreet;
use crate::sql::{Bind as _, Sql, vals};
use crate::tickets::case::with_assignments;
use crate::{Conn, StoreError};

/// Replies of one person that another is compared with.
const LAST: usize = 5;
/// How far apart two requests about the same are, in milliseconds.
const WEEK: i64 = 7 * 24 * 3_600_000;

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// The next tickets behind one, in the order of ids. With an instant only those that are open, were changed since then, or have an open finding.
pub async fn ids(
    conn: &dyn Conn,
    (after, since): (Option<TicketId>, Option<Instant>),
    limit: usize,
) -> Result<Vec<TicketId>, StoreError> {
    let mut sql = Sql::new(
        "select t.id from tickets t where t.id > ?",
        vals![after.map_or(Uuid::nil(), |id| id.0)],
    );
    if let Some(since) = since {
        sql.push(
            " and (t.is_open or t.updated_at >= ? or exists (select 1 from quality_findings f where f.case_id = t.id and f.closed_at is null))",
            vals![since],
        );
    }
    sql.text(" order by t.id").limit(limit);
    let rows = conn.handle().rows::<Id>(sql).await?;
    Ok(rows.into_iter().map(|row| TicketId(row.id)).collect())
}

/// Tickets with their assignments, applications, follow-ups and ratings; nothing else of them.
pub async fn cases(conn: &dyn Conn, ids: &[TicketId]) -> Result<Vec<TicketCase>, StoreError> {
    let h = conn.handle();
    let mut cases = with_assignments(h, ids).await?;
    let known = || ids.iter().map(|id| Col(*id));
    let asked = application::Entity::find().filter(application::Column::TicketId.is_in(known()));
    for asked in h.records::<_, Application>(asked).await? {
        if let Some(case) = cases.get_mut(&asked.ticket_id) {
            case.applications.push(ApplicationCase::of(asked));
        }
    }
    // Directives that are about several tickets stand beside each.
    let beside =
        directive_ticket::Entity::find().filter(directive_ticket::Column::TicketId.is_in(known()));
    let beside = h.find(beside).await?;
    let directives = application::Entity::find()
        .filter(application::Column::Id.is_in(beside.iter().map(|row| row.application_id)));
    for directive in h.records::<_, Application>(directives).await? {
        let of = |row: &&directive_ticket::Model| row.application_id.0 == directive.id;
        for row in beside.iter().filter(of) {
            if let Some(case) = cases.get_mut(&row.ticket_id.0) {
                case.applications
                    .push(ApplicationCase::of(directive.clone()));
            }
        }
    }
    let calls = follow_up::Entity::find().filter(follow_up::Column::TicketId.is_in(known()));
    for call in h.records::<_, FollowUp>(calls).await? {
        if let Some(case) = cases.get_mut(&call.ticket_id) {
            case.follow_ups.push(call);
        }
    }
    let ratings = rating::Entity::find().filter(rating::Column::TicketId.is_in(known()));
    for rating in h.records::<_, Rating>(ratings).await? {
        if let Some(case) = cases.get_mut(&rating.ticket_id) {
            case.ratings.push(rating);
        }
    }
    Ok(cases.into_values().collect())
}

/// An open ticket, and an earlier one of the same number about the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The later one.
    pub ticket: TicketId,
    /// Number of the earlier one.
    pub earlier: TicketNo,
}

#[derive(FromQueryResult)]
struct Twice {
    id: Uuid,
    earlier: Col<TicketNo>,
}

/// Open tickets whose number asked about the same category in the same division within a week before, and that are not linked to an earlier one.
/// Of confidential tickets and tip-offs nothing is told, nor by them of another.
pub async fn duplicates(conn: &dyn Conn, ids: &[TicketId]) -> Result<Vec<Duplicate>, StoreError> {
    let mut sql = Sql::new(
        "select t.id, min(o.ticket_no) as earlier from tickets t join tickets o on o.phone_hmac = t.phone_hmac and o.category = t.category
         and o.region = t.region and o.accepted_at < t.accepted_at and o.accepted_at >= t.accepted_at - ? and o.state <> 'RE'
         and not o.confidential and o.kind <> ? where t.is_open and t.phone_hmac is not null and t.repeat_of is null",
        vals![WEEK, RequestKind::TipOff],
    );
    sql.append(not_discreet()).text(" and t.id in ");
    sql.list(ids.iter().map(|id| id.bind()).collect());
    sql.text(" group by t.id");
    let rows = conn.handle().rows::<Twice>(sql).await?;
    let found = |row: Twice| Duplicate {
        ticket: TicketId(row.id),
        earlier: row.earlier.0,
    };
    Ok(rows.into_iter().map(found).collect())
}

/// One of the last replies of whoever wrote an assignment's.
#[derive(Debug, Clone, PartialEq)]
pub struct Like {
    /// The assignment.
    pub assignment: AssignmentId,
    /// A reply of before.
    pub reply: Reply,
}

#[derive(FromQueryResult)]
struct Before {
    id: Uuid,
    reply: Col<Reply>,
}

/// The replies that whoever replied to these tickets gave before.
pub async fn last_replies(conn: &dyn Conn, ids: &[TicketId]) -> Result<Vec<Like>, StoreError> {
    let h = conn.handle();
    let mut sql = if h.is_sqlite() {
        Sql::new(
            "select a.id, b.reply from assignments a join assignments b on b.id in
             (select c.id from assignments c where c.replied_by = a.replied_by and c.replied_at < a.replied_at and c.reply is not null
              order by c.replied_at desc limit ?)",
            vals![LAST],
        )
    } else {
        Sql::new(
            "select a.id, b.reply from assignments a cross join lateral
             (select c.reply from assignments c where c.replied_by = a.replied_by and c.replied_at < a.replied_at and c.reply is not null
              order by c.replied_at desc limit ?) b",
            vals![LAST],
        )
    };
    sql.text(" where a.replied_by is not null and a.replied_at is not null and a.reply is not null and a.ticket_id in ")
        .list(ids.iter().map(|id| id.bind()).collect());
    let rows = h.rows::<Before>(sql).await?;
    let like = |row: Before| Like {
        assignment: AssignmentId(row.id),
        reply: row.reply.0,
    };
    Ok(rows.into_iter().map(like).collect())
}

/// The replies that whoever answered this ticket gave before, also where the answer has not left its unit yet.
pub async fn replies_before(conn: &dyn Conn, id: TicketId) -> Result<Vec<Like>, StoreError> {
    let h = conn.handle();
    // Texts, as above: the newest few of one person along one index.
    let text = if h.is_sqlite() {
        "select a.id, b.reply from assignments a join assignments b on b.id in
         (select c.id from assignments c where c.replied_by = a.replied_by and c.id <> a.id and c.replied_at is not null
          and (a.replied_at is null or c.replied_at < a.replied_at) and c.reply is not null order by c.replied_at desc limit ?)"
    } else {
        "select a.id, b.reply from assignments a cross join lateral
         (select c.reply from assignments c where c.replied_by = a.replied_by and c.id <> a.id and c.replied_at is not null
          and (a.replied_at is null or c.replied_at < a.replied_at) and c.reply is not null order by c.replied_at desc limit ?) b"
    };
    let mut sql = Sql::new(text, vals![LAST]);
    sql.push(
        " where a.replied_by is not null and a.reply is not null and a.ticket_id = ?",
        vals![id],
    );
    let rows = h.rows::<Before>(sql).await?;
    let like = |row: Before| Like {
        assignment: AssignmentId(row.id),
        reply: row.reply.0,
    };
    Ok(rows.into_iter().map(like).collect())
}
