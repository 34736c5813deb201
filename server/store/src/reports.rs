//! The numbers of the overview report, counted in two grouped queries per breakdown.
//! Not here: names, totals, rates (services). The sets are those of `tickets::filter::measure`, the same as in lists (I14).
//! Accepted tickets are anchored at acceptance, lead assignments at their deadline (`domain.md` 4.2).

use std::collections::BTreeMap;

use shared::access::Scope;
use shared::calendar::Instant;
use shared::measure::{Predicate, Rate};
use shared::place;
use shared::ticket::TicketState;

use crate::database::Handle;
use crate::migration::floor;
use crate::scope::{region, within};
use crate::sql::{Reader, Sql, vals};
use crate::tickets::filter::measure;
use crate::{Conn, StoreError};

/// What a report looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// Inclusive.
    pub from: Instant,
    /// Exclusive.
    pub to: Instant,
    /// Division code; everything in the scope when absent.
    pub region: Option<String>,
}

/// By what a report is broken down; each divides the tickets without rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// By the first digits of the division: 4 for cities, 6 for districts.
    Region {
        /// 4 or 6.
        digits: u8,
    },
    /// By first-level category; an empty code for tickets without one.
    Category,
}

/// One part and its numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    /// Digits of the division, or category code.
    pub code: String,
    /// Accepted in the period.
    pub accepted: i64,
    /// Of these, closed by now.
    pub closed: i64,
    /// Of these, open and past the deadline now.
    pub overdue: i64,
    /// Lead assignments with a deadline in the period and by now.
    pub due: i64,
    /// Of these, answered by their deadline.
    pub on_time: i64,
    /// Of the accepted ones, rated 1 to 5.
    pub rated: i64,
    /// Of these, satisfied.
    pub satisfied: i64,
    /// Accepted ones by state.
    pub states: Vec<(TicketState, i64)>,
}

/// The numbers of every part that has any, in the order of codes.
pub async fn overview(
    conn: &dyn Conn,
    scope: &Scope,
    period: &Period,
    group: Group,
    now: Instant,
) -> Result<Vec<Counted>, StoreError> {
    let h = conn.handle();
    let asked = Asked {
        scope,
        period,
        group,
        now,
    };
    let mut parts: BTreeMap<String, Counted> = BTreeMap::new();
    accepted(h, &asked, &mut parts).await?;
    due(h, &asked, &mut parts).await?;
    Ok(parts
        .into_iter()
        .map(|(code, part)| Counted { code, ..part })
        .collect())
}

/// The question of a report.
struct Asked<'a> {
    scope: &'a Scope,
    period: &'a Period,
    group: Group,
    now: Instant,
}

fn column(group: Group) -> &'static str {
    match group {
        Group::Region { digits: 0..=4 } => "t.city",
        Group::Region { .. } => "t.region",
        Group::Category => "coalesce(substr(t.category, 1, 2), '')",
    }
}

/// `, sum(…)` of a measure.
fn sum(sql: &mut Sql, predicate: Predicate, now: Instant) {
    sql.text(", cast(sum(case when 1 = 1")
        .append(measure(predicate, now))
        .text(" then 1 else 0 end) as bigint)");
}

/// The two statements of a breakdown, for measurements: what was accepted, what was due.
pub(crate) fn statements(
    scope: &Scope,
    period: &Period,
    group: Group,
    (now, sqlite): (Instant, bool),
) -> [Sql; 2] {
    let asked = Asked {
        scope,
        period,
        group,
        now,
    };
    [accepted_sql(&asked, sqlite), due_sql(&asked)]
}

fn accepted_sql(asked: &Asked<'_>, sqlite: bool) -> Sql {
    let Asked {
        scope,
        period,
        group,
        now,
    } = *asked;
    let mut sql = Sql::new("select ", vals![]);
    sql.text(column(group)).text(", t.state, count(*)");
    for predicate in [
        Predicate::Closed,
        Predicate::Overdue,
        Predicate::SatisfiedDenominator,
        Predicate::SatisfiedNumerator,
    ] {
        sum(&mut sql, predicate, now);
    }
    sql.push(
        " from tickets t where t.accepted_at >= ? and t.accepted_at < ?",
        vals![period.from, period.to],
    );
    if !sqlite {
        // Leaves out the months that cannot have any.
        sql.push(
            " and t.id >= ? and t.id < ?",
            vals![floor(period.from), floor(period.to)],
        );
    }
    sql.append(measure(Predicate::Accepted, now))
        .append(inside(scope, period))
        .text(" group by 1, 2");
    sql
}

async fn accepted(
    h: Handle<'_>,
    asked: &Asked<'_>,
    parts: &mut BTreeMap<String, Counted>,
) -> Result<(), StoreError> {
    let sql = accepted_sql(asked, h.is_sqlite());
    for row in h.all(sql).await? {
        let mut r = Reader::new(&row);
        let (code, state): (String, TicketState) = (r.get()?, r.code()?);
        let part = parts.entry(code).or_default();
        let count: i64 = r.get()?;
        part.accepted += count;
        part.closed += r.get::<i64>()?;
        part.overdue += r.get::<i64>()?;
        part.rated += r.get::<i64>()?;
        part.satisfied += r.get::<i64>()?;
        part.states.push((state, count));
    }
    for part in parts.values_mut() {
        part.states.sort_unstable();
    }
    Ok(())
}

fn due_sql(asked: &Asked<'_>) -> Sql {
    let Asked {
        scope,
        period,
        group,
        now,
    } = *asked;
    let mut sql = Sql::new("select ", vals![]);
    sql.text(column(group)).text(", count(*)");
    sum(&mut sql, Predicate::OnTimeNumerator, now);
    sql.push(
        " from tickets t where t.lead_due_at >= ? and t.lead_due_at < ?",
        vals![period.from, period.to],
    );
    sql.append(measure(Predicate::OnTimeDenominator, now))
        .append(inside(scope, period))
        .text(" group by 1");
    sql
}

async fn due(
    h: Handle<'_>,
    asked: &Asked<'_>,
    parts: &mut BTreeMap<String, Counted>,
) -> Result<(), StoreError> {
    let sql = due_sql(asked);
    for row in h.all(sql).await? {
        let mut r = Reader::new(&row);
        let code: String = r.get()?;
        let part = parts.entry(code).or_default();
        part.due += r.get::<i64>()?;
        part.on_time += r.get::<i64>()?;
    }
    Ok(())
}

fn inside(scope: &Scope, period: &Period) -> Sql {
    let mut sql = within(scope);
    if let Some(code) = &period.region {
        sql.append(region(place::prefix(code)));
    }
    sql
}

/// Solved in the citizens' own words / answered that question, of the tickets accepted in the period.
pub async fn solved(conn: &dyn Conn, scope: &Scope, period: &Period) -> Result<Rate, StoreError> {
    let mut sql = Sql::new(
        "select cast(coalesce(sum(case when t.solved = '1' then 1 else 0 end), 0) as bigint), count(*) from tickets t
         where t.accepted_at >= ? and t.accepted_at < ? and t.id >= ? and t.id < ? and t.solved is not null",
        vals![period.from, period.to, floor(period.from), floor(period.to)],
    );
    sql.append(measure(Predicate::Accepted, period.to))
        .append(inside(scope, period));
    let row = conn
        .handle()
        .one(sql)
        .await?
        .ok_or_else(|| StoreError::broken("no count"))?;
    let mut r = Reader::new(&row);
    Ok(Rate {
        numerator: r.get()?,
        denominator: r.get()?,
    })
}
