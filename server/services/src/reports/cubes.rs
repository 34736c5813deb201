//! Cubes: measures by dimensions over a period, in the reader's scope, with the names that people read.
//! Not here: counting (`store::tickets::cube`), formulas (`shared::measure`).
//! The filter is read as a list reads it, so that a number and its list cannot differ (I14).

use shared::access::{Scope, needs};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::measure::{
    Axis, CatalogueView, CubeKey, CubeName, CubeQuery, CubeRow, CubeView, Figure, LiveCheck,
    LiveReport, Measure, units_of,
};
use shared::text::{Text, measure as words, report};
use shared::ticket::{Channel, RequestKind, TicketState, Urgency};
use store::tickets::CubeCounted;

use super::{analytic, followed, live, wholes};
use crate::context::Ctx;
use crate::fault::Settle;
use crate::reference::Reference;
use crate::tickets::columns::prepared;
use crate::watch::watched;

/// Most rows that are shown; the total has all.
const MOST_ROWS: usize = 1_000;

/// The catalogue of measures.
///
/// # Errors
/// `access.denied`.
pub async fn catalogue(ctx: &Ctx) -> Result<CatalogueView, Fault> {
    let read = async {
        ctx.ask(needs::REPORT)?;
        Ok::<_, Fault>(CatalogueView::whole())
    };
    watched(ctx, "report.measures", "measures", read).await
}

/// A cube in the reader's scope.
///
/// # Errors
/// `access.denied`, `input.place`, `busy`; `report.unsound` while a live check of one of its measures fails.
pub async fn cube(ctx: &Ctx, query: CubeQuery) -> Result<CubeView, Fault> {
    watched(ctx, "report.cube", "tickets", Box::pin(counted(ctx, query))).await
}

pub(super) async fn counted(ctx: &Ctx, query: CubeQuery) -> Result<CubeView, Fault> {
    let scope = ctx.reach(needs::REPORT)?;
    let reference = ctx.services.reference().await?;
    let region = query.filter.region.as_deref();
    let is_known = |code: &str| reference.divisions.contains_key(code.trim_end_matches('-'));
    if region.is_some_and(|code| !is_known(code)) {
        return Err(Fault::field("region", Code::InputPlace));
    }
    live::sound(ctx, LiveReport::Counted, &query.measures).await?;
    let asked = CubeQuery {
        filter: prepared(&reference, (&ctx.actor, &scope), &query.filter, ctx.now())?,
        ..query.clone()
    };
    let copied = Box::pin(by_copy(ctx, &scope, &asked));
    if let Some((as_of, rows, whole, mark)) = ctx.wanted.read(copied).await? {
        let rows = followed::follow(&reference, &query, rows);
        let mut view = view(&reference, &query, as_of, &rows);
        wholes::put(&mut view.total, &whole);
        return Ok(CubeView {
            copied: Some(mark),
            ..view
        });
    }
    let counting = Box::pin(in_turn(ctx, &scope, &asked));
    let (as_of, rows) = ctx.wanted.read(counting).await?;
    let rows = followed::follow(&reference, &query, rows);
    let mut view = view(&reference, &query, as_of, &rows);
    let whole = Box::pin(whole_in_turn(ctx, &scope, (&asked, as_of)));
    wholes::put(&mut view.total, &ctx.wanted.read(whole).await?);
    if let Some(wrong) = view.total.iter().find(|figure| live::is_out(figure)) {
        tracing::error!(measure = wrong.measure.as_str(), query = %view.query, "a number of a report cannot be");
        return Err(Fault::new(Code::ReportUnsound).fact("check", LiveCheck::Range));
    }
    Ok(view)
}

/// What the copy counted: when, the rows, the wholes of quantiles, and its number of the change feed.
type Copied = (Instant, Vec<CubeCounted>, Vec<Figure>, i64);

/// Counts by the analytic copy in the person's turn, where it has what is asked; rows and wholes of one state of it.
async fn by_copy(ctx: &Ctx, scope: &Scope, asked: &CubeQuery) -> Result<Option<Copied>, Fault> {
    if ctx.services.analytic().is_none() {
        return Ok(None);
    }
    let _turn = ctx.services.gates().reports.turn(ctx.actor.user()).await?;
    let found = analytic::ask(ctx, scope, asked).await;
    let Some((as_of, rows, mark)) = found.settle(&ctx.services)? else {
        return Ok(None);
    };
    let Some(whole) = wholes::asked(asked) else {
        return Ok(Some((as_of, rows, Vec::new(), mark)));
    };
    let found = analytic::ask(ctx, scope, &whole).await;
    let found = found.settle(&ctx.services)?;
    Ok(found
        .filter(|(_, _, other)| *other == mark)
        .map(|(_, one, _)| {
            let first = one.first();
            let wholes = first.map_or_else(Vec::new, |row| figures(&whole.measures, row));
            (as_of, rows, wholes, mark)
        }))
}

/// Counts in the person's turn, as all reports do.
pub(super) async fn in_turn(
    ctx: &Ctx,
    scope: &Scope,
    asked: &CubeQuery,
) -> Result<(Instant, Vec<CubeCounted>), Fault> {
    let _turn = ctx.services.gates().reports.turn(ctx.actor.user()).await?;
    let now = ctx.now();
    let db = ctx.services.store().report_reader();
    let rows = store::tickets::cube(&db, scope, asked, now)
        .await
        .settle(&ctx.services)?;
    Ok((now, rows))
}

/// The wholes of its quantiles, in the person's turn, as of the same moment.
pub(super) async fn whole_in_turn(
    ctx: &Ctx,
    scope: &Scope,
    (asked, now): (&CubeQuery, Instant),
) -> Result<Vec<Figure>, Fault> {
    if wholes::asked(asked).is_none() {
        return Ok(Vec::new());
    }
    let _turn = ctx.services.gates().reports.turn(ctx.actor.user()).await?;
    let db = ctx.services.store().report_reader();
    let found = wholes::counted(&db, scope, asked, now).await;
    found.settle(&ctx.services)
}

fn view(
    reference: &Reference,
    query: &CubeQuery,
    as_of: Instant,
    rows: &[CubeCounted],
) -> CubeView {
    let mut total = zeros(&query.measures);
    for row in rows {
        for (sum, figure) in total.iter_mut().zip(figures(&query.measures, row)) {
            *sum = sum.plus(figure);
        }
    }
    let shown = rows.iter().take(MOST_ROWS);
    let row = |row: &CubeCounted| CubeRow {
        keys: keys(reference, &query.axes, &row.keys),
        figures: figures(&query.measures, row),
    };
    let version = |measure: &Measure| measure.definition().version;
    CubeView {
        as_of,
        query: query.to_query(),
        measures: query.measures.clone(),
        versions: query.measures.iter().map(version).collect(),
        axes: query.axes.clone(),
        rows: if query.axes.is_empty() {
            Vec::new()
        } else {
            shown.map(row).collect()
        },
        total,
        more: rows.len() > MOST_ROWS,
        copied: None,
    }
}

fn zeros(measures: &[Measure]) -> Vec<Figure> {
    let zero = |measure: &Measure| Figure {
        measure: *measure,
        numerator: 0,
        denominator: 0,
    };
    measures.iter().map(zero).collect()
}

/// The numbers of a row, each with its measure.
pub(super) fn figures(measures: &[Measure], row: &CubeCounted) -> Vec<Figure> {
    let figure = |(measure, (numerator, denominator)): (&Measure, &(i64, i64))| Figure {
        measure: *measure,
        numerator: *numerator,
        denominator: *denominator,
    };
    measures.iter().zip(&row.numbers).map(figure).collect()
}

/// The values of a row with their names.
pub(super) fn keys(reference: &Reference, axes: &[Axis], codes: &[String]) -> Vec<CubeKey> {
    let key = |(axis, code): (&Axis, &String)| CubeKey {
        axis: *axis,
        code: code.clone(),
        name: name(reference, *axis, code),
    };
    axes.iter().zip(codes).map(key).collect()
}

fn name(reference: &Reference, axis: Axis, code: &str) -> CubeName {
    if code.is_empty() {
        return CubeName::from(match axis {
            Axis::Category => report::NO_CATEGORY,
            _ => words::ABSENT,
        });
    }
    let label = match axis {
        Axis::City => return city(reference, code),
        Axis::County => return place(reference, code, (report::WHOLE_CITY, "00")),
        Axis::Category => return category(reference, code),
        Axis::LeadUnit => {
            let first = units_of(code).next().unwrap_or(code);
            return same(reference.unit(first).name);
        }
        Axis::Month => None,
        Axis::Kind => RequestKind::parse(code).map(RequestKind::text),
        Axis::Channel => return channel(reference, code),
        Axis::State => TicketState::parse(code).map(TicketState::text),
        Axis::Urgency => Urgency::parse(code).map(Urgency::text),
    };
    label.map_or_else(|| same(code.to_owned()), CubeName::from)
}

/// What the office on top calls a channel: a number is about more than one place.
fn channel(reference: &Reference, code: &str) -> CubeName {
    let Some(channel) = Channel::parse(code) else {
        return same(code.to_owned());
    };
    let row = reference.lists.channel("", channel);
    CubeName {
        zh: row.zh,
        en: row.en,
    }
}

/// A city's name, by its four digits.
pub(super) fn city(reference: &Reference, code: &str) -> CubeName {
    place(
        reference,
        &format!("{code}00"),
        (report::WHOLE_PROVINCE, "0000"),
    )
}

/// A division's name; what was accepted for the whole belongs to none of its parts.
fn place(reference: &Reference, code: &str, (whole, noughts): (Text, &str)) -> CubeName {
    if code.ends_with(noughts) {
        return whole.into();
    }
    let division = reference.divisions.get(code);
    same(division.map_or_else(|| code.to_owned(), |division| division.name.clone()))
}

fn category(reference: &Reference, code: &str) -> CubeName {
    match reference.categories.get(code) {
        Some(category) => CubeName {
            zh: category.name_zh.clone(),
            en: category.name_en.clone(),
        },
        None => same(code.to_owned()),
    }
}

fn same(name: String) -> CubeName {
    CubeName {
        zh: name.clone(),
        en: name,
    }
}
