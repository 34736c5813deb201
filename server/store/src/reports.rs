//! The numbers of the overview report: two queries, grouped by place and category at once and folded into both breakdowns here.
//! Not here: names, totals, rates (services). The sets are those of `tickets::filter::measure`, the same as in lists (I14).
//! Texts: each reads one index. Accepted tickets are anchored at acceptance, lead assignments at their deadline (`domain.md` 4.2).

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use shared::access::Scope;
use shared::calendar::Instant;
use shared::measure::{Predicate, Rate};
use shared::place;
use shared::ticket::TicketState;

use crate::entity::Col;
use crate::migration::floor;
use crate::scope::{among, parts, reaches, region, within};
use crate::sql::{Sql, vals};
use crate::tickets::filter::measure;
use crate::tickets::list::drive::from_unit;
use crate::tickets::list::lead::Area;
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

/// A report's two breakdowns; each divides the tickets without rest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Breakdown {
    /// By the first digits of the division, in the order of codes.
    pub by_region: Vec<Counted>,
    /// By first-level category in the order of codes; an empty code for tickets without one.
    pub by_category: Vec<Counted>,
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

/// The numbers of every part that has any. `digits` is 4 for cities, 6 for districts.
pub async fn overview(
    conn: &dyn Conn,
    scope: &Scope,
    period: &Period,
    digits: u8,
    now: Instant,
) -> Result<Breakdown, StoreError> {
    let h = conn.handle();
    let mut counted = Parts::default();
    for [accepted, due] in statements(scope, period, digits, (now, h.is_sqlite())) {
        for row in h.rows::<AcceptedRow>(accepted).await? {
            counted.each(row.region, row.category, |part| {
                part.accepted += row.counted;
                part.closed += row.closed;
                part.overdue += row.overdue;
                part.rated += row.rated;
                part.satisfied += row.satisfied;
                part.add_state(row.state.0, row.counted);
            });
        }
        for row in h.rows::<DueRow>(due).await? {
            counted.each(row.region, row.category, |part| {
                part.due += row.counted;
                part.on_time += row.on_time;
            });
        }
    }
    Ok(counted.finish())
}

/// A group of the accepted.
#[derive(FromQueryResult)]
struct AcceptedRow {
    region: String,
    category: String,
    state: Col<TicketState>,
    counted: i64,
    closed: i64,
    overdue: i64,
    rated: i64,
    satisfied: i64,
}

/// A group of the due.
#[derive(FromQueryResult)]
struct DueRow {
    region: String,
    category: String,
    counted: i64,
    on_time: i64,
}

impl Counted {
    fn add_state(&mut self, state: TicketState, count: i64) {
        match self.states.iter_mut().find(|(of, _)| *of == state) {
            Some((_, n)) => *n += count,
            None => self.states.push((state, count)),
        }
    }
}

/// Both breakdowns while they are counted.
#[derive(Default)]
struct Parts {
    regions: BTreeMap<String, Counted>,
    categories: BTreeMap<String, Counted>,
}

impl Parts {
    fn each(&mut self, region: String, category: String, add: impl Fn(&mut Counted)) {
        add(self.regions.entry(region).or_default());
        add(self.categories.entry(category).or_default());
    }

    fn finish(self) -> Breakdown {
        let sorted = |parts: BTreeMap<String, Counted>| {
            let part = |(code, mut part): (String, Counted)| {
                part.states.sort_unstable();
                Counted { code, ..part }
            };
            parts.into_iter().map(part).collect()
        };
        Breakdown {
            by_region: sorted(self.regions),
            by_category: sorted(self.categories),
        }
    }
}

/// The question of a report.
struct Asked<'a> {
    scope: &'a Scope,
    /// What these reach is counted by statements of their own.
    without: &'a [Scope],
    period: &'a Period,
    digits: u8,
    now: Instant,
    sqlite: bool,
}

/// Place and first-level category, by which both statements group.
fn columns(digits: u8) -> &'static str {
    if digits <= 4 {
        "t.city as region, coalesce(substr(t.category, 1, 2), '') as category"
    } else {
        "t.region as region, coalesce(substr(t.category, 1, 2), '') as category"
    }
}

/// `, sum(…)` of a measure, under a name.
fn sum(sql: &mut Sql, (predicate, name): (Predicate, &'static str), now: Instant) {
    sql.text(", cast(sum(case when 1 = 1")
        .append(measure(predicate, now))
        .text(" then 1 else 0 end) as bigint) as ")
        .text(name);
}

/// The statements of the report for each post's scope, along its own index and without what the posts before it reach: what was accepted,
/// what was due. Their sums are the report.
pub(crate) fn statements(
    scope: &Scope,
    period: &Period,
    digits: u8,
    (now, sqlite): (Instant, bool),
) -> Vec<[Sql; 2]> {
    let all = parts(scope);
    let each = |(index, scope)| {
        two(&Asked {
            scope,
            without: &all[..index],
            period,
            digits,
            now,
            sqlite,
        })
    };
    all.iter().enumerate().map(each).collect()
}

fn two(asked: &Asked<'_>) -> [Sql; 2] {
    let accepted = if asked.sqlite {
        sliced(asked, accepted_sql, "region, category, state", &ACCEPTED)
    } else {
        accepted_sql(asked, asked.period)
    };
    // A set without an index by deadline would be read again for every slice.
    let due = if asked.sqlite && !is_set(asked) {
        sliced(asked, due_sql, "region, category", &DUE)
    } else {
        due_sql(asked, asked.period)
    };
    [accepted, due]
}

/// Whether the report is of a unit, a person or a street, whose tickets are read one by one.
fn is_set(asked: &Asked<'_>) -> bool {
    matches!(
        asked.scope,
        Scope::Own(_) | Scope::Team(_) | Scope::Unit(_) | Scope::UnitTree(_)
    ) || matches!(area(asked), Area::Street(_))
}

fn area<'a>(asked: &Asked<'a>) -> Area<'a> {
    Area::of(asked.scope, asked.period.region.as_deref())
}

/// ` from … where …` on SQLite: what leads to the tickets without a time, or nothing where the time alone leads.
fn led(asked: &Asked<'_>) -> Option<Sql> {
    match (asked.scope, area(asked)) {
        (Scope::Own(user), _) => Some(Sql::new(
            " from tickets t where t.accepted_by = ?",
            vals![*user],
        )),
        (Scope::Team(people), _) => Some(among(" from tickets t where t.accepted_by in ", people)),
        (_, Area::Street(code)) => {
            Some(Sql::new(" from tickets t where t.street = ?", vals![code]))
        }
        (_, Area::Division(_) | Area::City(_)) => area(asked)
            .city()
            .map(|city| Sql::new(" from tickets t where t.city = ?", vals![city])),
        (_, Area::Wide) => None,
    }
}

/// The tickets accepted in a slice. A city's lie in the index of its list, which has the times of acceptance in its ids (I8).
fn accepted_in(asked: &Asked<'_>, slice: &Period) -> Sql {
    const BY_TIME: &str = " from tickets t where t.accepted_at >= ? and t.accepted_at < ?";
    const BY_ID: &str = " and t.id >= ? and t.id < ?";
    let ids = || vals![floor(slice.from), floor(slice.to)];
    let times = || vals![slice.from, slice.to];
    let mut sql = Sql::default();
    if !asked.sqlite {
        // The ids leave out the months that cannot have any.
        sql.push_bounds(BY_TIME, times()).push_bounds(BY_ID, ids());
    } else if let Some(unit) = from_unit(asked.scope, Some((slice.from, slice.to))) {
        sql.append(unit);
    } else if let Some(led) = led(asked) {
        sql.append(led).push_bounds(BY_ID, ids());
    } else {
        sql.push_bounds(BY_TIME, times());
    }
    sql
}

/// The tickets with a lead's deadline in a slice.
fn due_in(asked: &Asked<'_>, slice: &Period) -> Sql {
    let times = vals![slice.from, slice.to];
    let mut between = Sql::default();
    between.push_bounds(" and t.lead_due_at >= ? and t.lead_due_at < ?", times);
    let found = asked
        .sqlite
        .then(|| from_unit(asked.scope, None).or_else(|| led(asked)))
        .flatten();
    let mut sql = found.unwrap_or_else(|| Sql::new(" from tickets t where 1 = 1", vals![]));
    sql.append(between.aside(asked.sqlite && is_set(asked)));
    sql
}

/// What is counted of the accepted.
const ACCEPTED: [&str; 5] = ["counted", "closed", "overdue", "rated", "satisfied"];
/// What is counted of the due.
const DUE: [&str; 2] = ["counted", "on_time"];

/// SQLite sorts what it groups, and sorting a year at once is more than twice as dear as sorting its weeks: the slices are grouped one by
/// one and their groups together, in one statement and so on one state of the data.
fn sliced(
    asked: &Asked<'_>,
    of: fn(&Asked<'_>, &Period) -> Sql,
    groups: &'static str,
    counts: &[&'static str],
) -> Sql {
    let mut sql = Sql::new("with slice(", vals![]);
    sql.text(groups);
    for count in counts {
        sql.text(", ").text(count);
    }
    sql.text(") as (");
    for (index, slice) in slices(asked.period).into_iter().enumerate() {
        sql.text(if index > 0 { " union all " } else { "" })
            .append(of(asked, &slice));
    }
    sql.text(") select ").text(groups);
    for count in counts {
        sql.text(", cast(sum(")
            .text(count)
            .text(") as bigint) as ")
            .text(count);
    }
    sql.text(" from slice group by ").text(groups);
    sql
}

/// The period in at most 52 parts of at least a day, without gap or overlap.
fn slices(period: &Period) -> Vec<Period> {
    const MOST: i64 = 52;
    const DAY: i64 = 24 * 3_600_000;
    let (from, to) = (period.from.0, period.to.0.max(period.from.0));
    let length = (to.saturating_sub(from) / MOST + 1).max(DAY);
    let mut slices = Vec::new();
    let mut begin = from;
    while slices.is_empty() || begin < to {
        let end = begin.saturating_add(length).min(to);
        slices.push(Period {
            from: Instant(begin),
            to: Instant(end),
            region: period.region.clone(),
        });
        begin = end;
    }
    slices
}

fn accepted_sql(asked: &Asked<'_>, period: &Period) -> Sql {
    let Asked { digits, now, .. } = *asked;
    let mut sql = Sql::new("select ", vals![]);
    sql.text(columns(digits))
        .text(", t.state as state, count(*) as counted");
    for named in [
        (Predicate::Closed, "closed"),
        (Predicate::Overdue, "overdue"),
        (Predicate::SatisfiedDenominator, "rated"),
        (Predicate::SatisfiedNumerator, "satisfied"),
    ] {
        sum(&mut sql, named, now);
    }
    sql.append(accepted_in(asked, period))
        .append(counted(asked, Predicate::Accepted))
        .text(" group by 1, 2, 3");
    sql
}

fn due_sql(asked: &Asked<'_>, period: &Period) -> Sql {
    let Asked { digits, now, .. } = *asked;
    let mut sql = Sql::new("select ", vals![]);
    sql.text(columns(digits)).text(", count(*) as counted");
    sum(&mut sql, (Predicate::OnTimeNumerator, "on_time"), now);
    sql.append(due_in(asked, period))
        .append(counted(asked, Predicate::OnTimeDenominator))
        .text(" group by 1, 2");
    sql
}

/// ` and …` for the measure inside scope and area; nothing of it leads SQLite to an index.
fn counted(asked: &Asked<'_>, predicate: Predicate) -> Sql {
    let mut sql = measure(predicate, asked.now);
    for other in asked.without {
        sql.text(" and not (1 = 1").append(reaches(other)).text(")");
    }
    if asked.sqlite && from_unit(asked.scope, None).is_some() {
        // The unit's tickets are all that is read.
        sql.append(inside(&Scope::All, asked.period));
    } else {
        sql.append(inside(asked.scope, asked.period));
    }
    sql.aside(asked.sqlite)
}

fn inside(scope: &Scope, period: &Period) -> Sql {
    let mut sql = within(scope);
    if let Some(code) = &period.region {
        sql.append(region(place::prefix(code)));
    }
    sql
}

/// A rate.
#[derive(FromQueryResult)]
struct Solved {
    numerator: i64,
    denominator: i64,
}

/// Solved in the citizens' own words / answered that question, of the tickets accepted in the period.
pub async fn solved(conn: &dyn Conn, scope: &Scope, period: &Period) -> Result<Rate, StoreError> {
    let h = conn.handle();
    let mut sql = Sql::new(
        "select cast(coalesce(sum(case when t.solved = '1' then 1 else 0 end), 0) as bigint) as numerator, count(*) as denominator from tickets t where t.id >= ? and t.id < ?",
        vals![floor(period.from), floor(period.to)],
    );
    let mut rest = Sql::new(
        " and t.accepted_at >= ? and t.accepted_at < ? and t.solved is not null and not t.not_counted",
        vals![period.from, period.to],
    );
    rest.append(measure(Predicate::Accepted, period.to))
        .append(inside(scope, period));
    sql.append(rest.aside(h.is_sqlite()));
    let row = h.row::<Solved>(sql).await?;
    let row = row.ok_or_else(|| StoreError::broken("no count"))?;
    Ok(Rate {
        numerator: row.numerator,
        denominator: row.denominator,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_meet_and_are_few() {
        for (from, to) in [
            (0, 0),
            (5, 4),
            (0, 86_400_000),
            (7, 40_000_000_000),
            (-9, i64::MAX),
        ] {
            let period = Period {
                from: Instant(from),
                to: Instant(to),
                region: None,
            };
            let slices = slices(&period);
            assert!((1..=52).contains(&slices.len()), "{}", slices.len());
            assert_eq!(slices[0].from.0, from);
            assert_eq!(slices[slices.len() - 1].to.0, to.max(from));
            assert!(slices.windows(2).all(|pair| pair[0].to == pair[1].from));
        }
    }
}
