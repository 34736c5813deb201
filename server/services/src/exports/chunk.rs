//! The next rows of an export job: one page of the list behind the cursor, the related parts of its tickets, and where the page behind begins.
//! What a job reads is fixed at its start: tickets that were registered by then, in the order of registration, which never changes; no row comes
//! twice, and none is passed over while others write. What a row says is what held when its page was read.
//! Not here: writing the part down (`steps`), what stands in a row (`columns`).

use serde::{Deserialize, Serialize};
use shared::ids::TicketId;
use shared::query::{Sort, TicketQuery};
use store::jobs::Job;

use super::PAGE;
use super::columns::{self, Columns};
use super::format::{self, Chain, Value};
use super::job::Asked;
use super::{more, related};
use crate::context::Ctx;
use crate::fault::Failure;
use crate::reference::Reference;
use crate::tickets::columns::{Chosen, prepared};

/// Rows after which a job takes longer pages: nobody waits for a short one any more.
const LONG: u32 = 10_000;
/// Rows of such a page.
const LONG_PAGE: u32 = 3_000;
/// Tickets of a page whose related parts are read as well.
const RELATED_PAGE: u32 = 200;

/// Where an export stands.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Cursor {
    /// The list's own.
    pub(super) page: Option<String>,
    pub(super) rows: u32,
    pub(super) bytes: u64,
    /// Digest of the rows so far.
    #[serde(default)]
    pub(super) digest: String,
    /// In which order the list is read; nothing in a cursor of an earlier release, which reads on in the order that was asked for.
    #[serde(default)]
    order: Option<Sort>,
    /// Rows of related parts.
    #[serde(default)]
    pub(super) related: u64,
    /// When the last ticket so far was accepted.
    #[serde(default)]
    pub(super) at: Option<i64>,
    /// Password of the archive; it goes with the cursor when the job ends, however it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) password: Option<String>,
}

impl Cursor {
    /// Before the first row, of a file that is packed under a password.
    pub(super) fn under(password: String) -> Self {
        Self {
            password: Some(password),
            ..Self::default()
        }
    }

    /// The same from the beginning.
    #[must_use]
    pub(super) fn anew(self) -> Self {
        Self {
            password: self.password,
            ..Self::default()
        }
    }
}

/// An export at work: for whom, what, and as which job.
#[derive(Clone, Copy)]
pub(super) struct Doing<'a> {
    pub(super) ctx: &'a Ctx,
    pub(super) job: &'a Job,
    pub(super) asked: &'a Asked,
    pub(super) query: &'a TicketQuery,
}

impl<'a> Doing<'a> {
    /// The order of registration, the one way or the other: the only one in which nothing moves.
    pub(super) const fn order(query: &TicketQuery) -> Sort {
        match query.sort {
            Sort::AcceptedAsc => Sort::AcceptedAsc,
            Sort::AcceptedDesc | Sort::DueAsc | Sort::UpdatedDesc | Sort::Best => {
                Sort::AcceptedDesc
            }
        }
    }

    /// The columns of the file, and the keys of those that the reader cannot have.
    pub(super) fn columns<'c>(&self, reference: &'c Reference) -> (Columns<'c>, Vec<String>)
    where
        'a: 'c,
    {
        let (ctx, asked) = (self.ctx, self.asked);
        let scope = &asked.reach.tickets;
        let reader = (&ctx.actor, Some(scope.clone()));
        let own = Chosen::of(reference, reader, &asked.own(self.query));
        let chosen = (&asked.layout, &own);
        let (picks, left_out) = columns::places(reference, (&ctx.actor, scope), chosen);
        let columns = Columns {
            reference,
            locale: ctx.locale,
            actor: &ctx.actor,
            // What is late is late as of the moment of asking, on every page.
            now: self.job.made_at,
            own,
            clear: asked.is_clear(),
            picks,
            parts: more::Parts::new(),
        };
        (columns, left_out)
    }

    /// How many tickets the next page has.
    fn limit(&self, cursor: &Cursor) -> u32 {
        if !self.asked.layout.parts.is_empty() {
            RELATED_PAGE
        } else if cursor.rows < LONG {
            PAGE
        } else {
            LONG_PAGE
        }
    }

    /// The list as it is read: what was registered when the job was asked for, from the cursor on.
    fn reads(&self, reference: &Reference, cursor: &mut Cursor) -> Result<TicketQuery, Failure> {
        let reader = (&self.ctx.actor, &self.asked.reach.tickets);
        let mut filter = prepared(reference, reader, &self.query.filter, self.job.made_at)?;
        // As they were when the job was asked for: a list that is published meanwhile changes nothing.
        filter.also.clone_from(&self.asked.also);
        let end = self.job.made_at.0.saturating_add(1);
        filter.accepted_to = Some(filter.accepted_to.map_or(end, |to| to.min(end)));
        let sort = match (cursor.order, &cursor.page) {
            (Some(order), _) => order,
            (None, Some(_)) => self.query.sort,
            (None, None) => Self::order(self.query),
        };
        cursor.order = Some(sort);
        Ok(TicketQuery {
            filter,
            sort,
            limit: self.limit(cursor),
            cursor: cursor.page.clone(),
            columns: self.query.columns.clone(),
        })
    }

    /// How many rows there are: as they were counted, or, where counting stopped, about as many as what was read so far lets expect.
    pub(super) async fn total(&self, cursor: &Cursor) -> Result<Option<i64>, Failure> {
        if !self.asked.more {
            return Ok(Some(self.asked.count).filter(|count| *count > 0));
        }
        let filter = &self.query.filter;
        let first = if filter.accepted_from.is_some() {
            filter.accepted_from
        } else {
            let db = self.ctx.services.store().report_reader();
            let oldest = store::tickets::oldest(&db).await?;
            oldest.map(|at| at.0)
        };
        let asked = self.job.made_at.0;
        let last = filter.accepted_to.map_or(asked, |to| to.min(asked));
        let read = cursor.at.zip(first).map(|(at, first)| {
            let is_rising = cursor.order == Some(Sort::AcceptedAsc);
            let read = if is_rising { at - first } else { last - at };
            (read, last - first)
        });
        let rows = i64::from(cursor.rows);
        Ok(Some(expected(rows, read).max(self.asked.count)))
    }

    /// The next rows as they stand in the file, and where the page behind them begins; the cursor counts them.
    pub(super) async fn next(
        &self,
        cursor: &mut Cursor,
    ) -> Result<(Vec<u8>, Option<String>), Failure> {
        let (ctx, asked) = (self.ctx, self.asked);
        let scope = &asked.reach.tickets;
        let db = ctx.services.store().report_reader().under(scope);
        let reference = ctx.services.reference().await?;
        let is_first = cursor.rows == 0;
        let query = self.reads(&reference, cursor)?;
        let page = store::tickets::list(&db, scope, &query, self.job.made_at).await?;
        let ids: Vec<TicketId> = page.items.iter().map(|ticket| ticket.id).collect();
        let live = store::tickets::case::live_parts(&db, scope, &ids).await?;
        let tickets = page.items.iter();
        let whole = tickets.filter(|ticket| live.contains(&ticket.id));
        let whole: Vec<_> = whole.collect();
        let related = related::lines(ctx, &reference, &whole, &asked.layout.parts).await?;
        let parts = more::parts(ctx, &asked.layout, &ids).await?;
        let (mut columns, _) = self.columns(&reference);
        columns.parts = parts;
        let format = asked.gathered();
        let mut part = if is_first {
            format::head(format, &columns.heads())?
        } else {
            Vec::new()
        };
        let rows = page.items.iter();
        let rows: Vec<Vec<Value>> = rows
            .map(|ticket| columns.row(ticket, live.contains(&ticket.id)))
            .collect();
        part.extend(format::rows(format, &columns.keys(), &rows)?);
        part.extend(related.bytes);
        let mut chain = Chain::of_hex(&cursor.digest);
        for row in &rows {
            chain.add(row)?;
        }
        cursor.digest = chain.to_hex();
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        cursor.rows = cursor.rows.saturating_add(count);
        cursor.related += related.rows;
        let last = page.items.last().map(|ticket| ticket.accepted_at.0);
        cursor.at = last.or(cursor.at);
        Ok((part, page.next_cursor))
    }
}

/// How many rows a whole span has, when so many stood in the part of it that was read; never fewer than those.
fn expected(rows: i64, read: Option<(i64, i64)>) -> i64 {
    let Some((part, whole)) = read.filter(|(part, whole)| *part > 0 && whole > part) else {
        return rows;
    };
    let all = i128::from(rows) * i128::from(whole) / i128::from(part);
    i64::try_from(all).unwrap_or(i64::MAX).max(rows)
}

#[cfg(test)]
mod tests {
    use super::expected;

    #[test]
    fn rows_are_expected_as_they_came_so_far() {
        assert_eq!(expected(3_000, Some((10, 100))), 30_000);
        for read in [None, Some((0, 100)), Some((-5, 100)), Some((100, 90))] {
            assert_eq!(expected(3_000, read), 3_000, "{read:?}");
        }
        assert_eq!(expected(i64::MAX, Some((1, i64::MAX))), i64::MAX);
    }
}
