//! The lists of cases that somebody has to do with, the latest first: tickets and approvals in one order, as far as they are in reach.
//! Not here: the marks themselves (`marks`).
//! Text: the list goes along the index of the person's marks, and each case is looked up behind it.

use sea_orm::FromQueryResult;
use shared::access::Scope;
use shared::calendar::Instant;
use shared::ids::{ApprovalId, CaseId, TicketId, UserId};
use shared::todo::Mark;

use crate::approvals::reach::reached;
use crate::approvals::{self, Reach};
use crate::entity::Col;
use crate::record::{Approval, CaseKind, Ticket};
use crate::scope::reaches;
use crate::sql::{Bind as _, Sql, vals};
use crate::tickets::filter::NOT_RECYCLED;
use crate::{Conn, StoreError, tickets as heads};

/// Which cases.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// Whose list.
    pub user: UserId,
    /// Which of the marks.
    pub mark: Mark,
    /// Only what is under way.
    pub is_open: bool,
    /// Behind this one.
    pub after: Option<(Instant, CaseId)>,
    /// So many at most.
    pub limit: usize,
    /// Tickets in this scope; none without one.
    pub tickets: Option<&'a Scope>,
    /// Approvals in this reach; none without one.
    pub approvals: Option<Reach<'a>>,
}

/// A case of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// Which.
    pub case: CaseId,
    /// Its kind.
    pub kind: CaseKind,
    /// When the mark was made.
    pub at: Instant,
}

#[derive(FromQueryResult)]
struct Found {
    case_id: Col<CaseId>,
    case_kind: Col<CaseKind>,
    marked_at: Col<Instant>,
}

/// A page of a list.
pub async fn list(conn: &dyn Conn, wanted: &Wanted<'_>) -> Result<Vec<Marked>, StoreError> {
    let mut sql = Sql::new(
        "select m.case_id, m.case_kind, m.marked_at from case_marks m where m.user_id = ? and m.mark = ?",
        vals![wanted.user, wanted.mark],
    );
    if wanted.is_open {
        sql.text(" and m.is_open");
    }
    if let Some((at, case)) = wanted.after {
        sql.push(" and (m.marked_at, m.case_id) < (?, ?)", vals![at, case]);
    }
    sql.text(" and (1 = 0");
    if let Some(scope) = wanted.tickets {
        sql.text(
            " or (m.case_kind = 'T' and exists (select 1 from tickets t where t.id = m.case_id",
        )
        .text(NOT_RECYCLED)
        .append(reaches(scope))
        .text("))");
    }
    if let Some(reach) = wanted.approvals {
        sql.text(
            " or (m.case_kind = 'A' and exists (select 1 from approvals a where a.id = m.case_id",
        )
        .append(reached(reach))
        .text("))");
    }
    sql.text(") order by m.marked_at desc, m.case_id desc");
    sql.limit(wanted.limit);
    let rows = conn.handle().rows::<Found>(sql).await?;
    let marked = |row: Found| Marked {
        case: row.case_id.0,
        kind: row.case_kind.0,
        at: row.marked_at.0,
    };
    Ok(rows.into_iter().map(marked).collect())
}

/// These tickets, as far as the scope reaches.
pub async fn tickets(
    conn: &dyn Conn,
    scope: &Scope,
    ids: &[TicketId],
) -> Result<Vec<Ticket>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let h = conn.handle();
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*heads::row::COLUMNS)
        .text(" from tickets t where t.id in ")
        .list(ids.iter().map(|id| id.bind()).collect())
        .append(reaches(scope));
    h.all(sql)
        .await?
        .iter()
        .map(|found| heads::row::read(found, h.seal()))
        .collect()
}

/// These approvals, as far as the reach goes, each with its open elements as JSON.
pub async fn approvals(
    conn: &dyn Conn,
    reach: Reach<'_>,
    ids: &[ApprovalId],
) -> Result<Vec<(Approval, String)>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let h = conn.handle();
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*approvals::row::COLUMNS)
        .text(" from approvals a where a.id in ")
        .list(ids.iter().map(|id| id.bind()).collect())
        .append(reached(reach));
    h.all(sql)
        .await?
        .iter()
        .map(|found| approvals::row::read(found, h.seal()))
        .collect()
}
