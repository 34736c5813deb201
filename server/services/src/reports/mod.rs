//! Reports: the overview by place and by category, cubes of any measures, frozen figures, and the open figures of a month.
//! Every number is a set of `shared::measure::Predicate` in the actor's scope, counted by the same conditions that list it (I14).
//! Not here: formulas (`shared::measure`), SQL (`store::reports`).

pub mod analytic;
mod board;
mod cubes;
pub(crate) mod figures;
mod files;
mod followed;
mod freezing;
mod kept;
mod live;
mod names;
mod pivots;
pub mod requests;
mod scheduled;
mod standard;
mod three;
mod touched;
mod warnings;
mod wholes;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Deserialize;
use shared::access::{Scope, needs};
use shared::calendar::{Instant, bounded, day_start, days_after};
use shared::fault::{Code, Fault};
use shared::measure::{LiveReport, Overview, OverviewRow, Rate, StateCount};
use shared::place;
use shared::ticket::TicketState;
use store::reports::{Breakdown, Counted, Period};

use crate::context::Ctx;
use crate::fault::Settle;
use crate::watch::watched;

pub use board::{board, pin, tile, to_front, unpin};
pub use cubes::{catalogue, cube};
pub use figures::refresh_figures;
pub use files::{Printer, ReportFile, file};
pub use freezing::{freeze, frozen};
pub use kept::{comment, keep, kept, kept_list, sign};
pub use live::{check_now, checks, watch_reports};
pub use pivots::{delete_pivot, keep_pivot, pivots};
pub use scheduled::{reschedule, run_scheduled, schedule, schedules, unschedule};
pub use standard::{Told, standard};
pub use three::three;
pub use touched::{marks, overview_marks, touched};
pub use warnings::{answer_warning, figure_warnings, warn};

/// Version of the formulas; raised with each change of one of them.
pub const FORMULA_VERSION: u32 = 2;
/// Longest period, in days.
const MAX_DAYS: i64 = 1_100;

/// The overview as it was counted: when, its parts, and the copy's number of the change feed where the copy counted it.
pub(crate) type OverviewCounted = (Instant, Breakdown, Option<i64>);

/// Which report is wanted. Both days are included.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct OverviewQuery {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Division code; everything in the actor's scope when absent.
    #[serde(default)]
    pub region: Option<String>,
}

/// The overview report (各市办理情况): tickets by city × state and by category, each with its rates.
///
/// # Errors
/// `access.denied`, `input.period`, `input.place`; `report.unsound` while a live check of its numbers fails.
pub async fn overview(ctx: &Ctx, query: OverviewQuery) -> Result<Overview, Fault> {
    watched(ctx, "report.overview", "tickets", counted(ctx, query)).await
}

async fn counted(ctx: &Ctx, query: OverviewQuery) -> Result<Overview, Fault> {
    let scope = ctx.reach(needs::REPORT)?;
    for (field, day) in [("from", query.from), ("to", query.to)] {
        if bounded(day).is_none() {
            return Err(Fault::field(field, Code::InputDate));
        }
    }
    if query.to < query.from {
        return Err(period("to", "order"));
    }
    if query.to.signed_duration_since(query.from).num_days() > MAX_DAYS {
        return Err(period("to", "long"));
    }
    let reference = ctx.services.reference().await?;
    let region = query.region.clone().filter(|code| !code.is_empty());
    if region
        .as_ref()
        .is_some_and(|code| !reference.divisions.contains_key(code))
    {
        return Err(Fault::field("region", Code::InputPlace));
    }
    live::sound(ctx, LiveReport::Counted, &live::OVERVIEW).await?;
    let digits = digits_of_groups(&scope, region.as_deref());
    let period = Period {
        from: day_start(query.from),
        to: day_start(days_after(query.to, 1)),
        region,
    };
    let days = (query.from, query.to);
    let counting = Box::pin(count(ctx, &scope, (&period, days), digits));
    let counted = ctx.wanted.read(counting).await?;
    let (now, breakdown, copied) = Arc::unwrap_or_clone(counted);
    let store::reports::Breakdown {
        by_region,
        by_category,
    } = breakdown;
    let total = sum(&by_region);
    Ok(Overview {
        as_of: now,
        formula_version: FORMULA_VERSION,
        from: query.from.to_string(),
        to: query.to.to_string(),
        total: row(&total, (String::new(), String::new())),
        by_region: names::regions(&reference, &scope, &period, digits, by_region),
        by_category: names::categories(&reference, by_category),
        copied,
    })
}

/// The overview of a period that could not be asked for: no figures, the period as it was given.
pub fn nothing(ctx: &Ctx, query: &OverviewQuery) -> Overview {
    Overview {
        as_of: ctx.now(),
        formula_version: FORMULA_VERSION,
        from: query.from.to_string(),
        to: query.to.to_string(),
        total: row(&sum(&[]), (String::new(), String::new())),
        by_region: Vec::new(),
        by_category: Vec::new(),
        copied: None,
    }
}

/// A period that cannot be asked for, and why.
pub(crate) fn period(field: &str, why: &str) -> Fault {
    let mut fault = Fault::field(field, Code::InputPeriod);
    if let Some(first) = fault.fields.first_mut() {
        first.facts.insert("why".to_owned(), why.to_owned());
        first.facts.insert("max".to_owned(), MAX_DAYS.to_string());
    }
    fault
}

/// The numbers, counted once for all who ask for the same ones at the same time: by the analytic copy where there is one that is fresh, else by the
/// database. With the copy's number of the change feed.
async fn count(
    ctx: &Ctx,
    scope: &Scope,
    (period, days): (&Period, (NaiveDate, NaiveDate)),
    digits: u8,
) -> Result<Arc<OverviewCounted>, Fault> {
    let gate = &ctx.services.gates().reports;
    let name = format!("{scope:?} {period:?} {digits}");
    let counting = Box::pin(async {
        let _turn = gate.turn(ctx.actor.user()).await?;
        let asked = analytic::overview::asked(period, days, digits);
        let copied = analytic::ask(ctx, scope, &asked)
            .await
            .settle(&ctx.services)?;
        if let Some((now, rows, mark)) = copied {
            return Ok((now, analytic::overview::folded(rows), Some(mark)));
        }
        let now = ctx.now();
        let db = ctx.services.store().report_reader();
        let breakdown = store::reports::overview(&db, scope, period, digits, now)
            .await
            .settle(&ctx.services)?;
        Ok((now, breakdown, None))
    });
    gate.overviews.share(name, counting).await
}

/// Cities for a province, districts inside one city.
pub fn digits_of_groups(scope: &Scope, region: Option<&str>) -> u8 {
    let of_scope = if let Scope::Region(prefix) = scope {
        prefix.len()
    } else {
        0
    };
    let of_query = region.map_or(0, |code| place::prefix(code).len());
    if of_scope.max(of_query) >= 4 { 6 } else { 4 }
}

fn row(counted: &Counted, (name_zh, name_en): (String, String)) -> OverviewRow {
    OverviewRow {
        code: counted.code.clone(),
        name_zh,
        name_en,
        accepted: counted.accepted,
        closed: counted.closed,
        overdue: counted.overdue,
        on_time: Rate {
            numerator: counted.on_time,
            denominator: counted.due,
        },
        satisfied: Rate {
            numerator: counted.satisfied,
            denominator: counted.rated,
        },
        states: TicketState::ALL
            .iter()
            .map(|state| StateCount {
                state: *state,
                count: counted
                    .states
                    .iter()
                    .filter(|(of, _)| of == state)
                    .map(|(_, count)| count)
                    .sum(),
            })
            .filter(|of| of.count > 0)
            .collect(),
    }
}

/// The sum over a partition: place and category divide the tickets without rest (`domain.md` 4.4 b).
fn sum(parts: &[Counted]) -> Counted {
    let mut total = Counted::default();
    let mut states: BTreeMap<TicketState, i64> = BTreeMap::new();
    for part in parts {
        total.accepted += part.accepted;
        total.closed += part.closed;
        total.overdue += part.overdue;
        total.due += part.due;
        total.on_time += part.on_time;
        total.rated += part.rated;
        total.satisfied += part.satisfied;
        for (state, count) in &part.states {
            *states.entry(*state).or_default() += count;
        }
    }
    total.states = states.into_iter().collect();
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_by_city_for_the_province_and_by_district_inside_a_city() {
        let city = Scope::Region("3201".to_owned());
        assert_eq!(digits_of_groups(&Scope::All, None), 4);
        assert_eq!(digits_of_groups(&Scope::All, Some("320000")), 4);
        assert_eq!(digits_of_groups(&Scope::All, Some("320100")), 6);
        assert_eq!(digits_of_groups(&city, None), 6);
        assert_eq!(digits_of_groups(&Scope::UnitTree("A/".to_owned()), None), 4);
    }

    #[test]
    fn days_begin_at_midnight_in_china() {
        let day = NaiveDate::from_ymd_opt(2026, 2, 14).expect("a date");
        assert_eq!(day_start(day).rfc3339(), "2026-02-14T00:00:00+08:00");
    }

    #[test]
    fn the_total_is_the_sum_of_the_parts() {
        let part = |code: &str, accepted, state| Counted {
            code: code.to_owned(),
            accepted,
            states: vec![(state, accepted)],
            ..Counted::default()
        };
        let total = sum(&[
            part("3201", 3, TicketState::Closed),
            part("3202", 4, TicketState::Closed),
            part("3203", 1, TicketState::Handling),
        ]);
        assert_eq!(
            (total.accepted, total.states),
            (
                8,
                vec![(TicketState::Handling, 1), (TicketState::Closed, 7)]
            )
        );
    }
}
