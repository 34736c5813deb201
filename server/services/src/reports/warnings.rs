//! Warnings of figures: each morning the office's rules are counted over the days until yesterday, what they find is told and listed until it is answered.
//! Not here: the tests (`shared::measure::WarnTest`), the rules' list (`shared::register`).
//! One warning a rule, place and day, so that a job that runs twice, or on two servers, tells it once.

use std::collections::BTreeMap;

use chrono::{NaiveDate, Timelike as _};
use shared::access::{Area, Role, Scope, needs};
use shared::fault::Fault;
use shared::measure::{
    AnswerWarning, Axis, CubeKey, CubeName, CubeQuery, Figure, Key, MeasureUnit, Side, WarnRule,
    WarningView, Warnings, mean_of,
};
use shared::notice::{Audience, NoticeKind, Told};
use shared::query::{TicketFilter, pairs_of};
use shared::register::{Keep, setting_of};
use shared::text::Locale;
use store::record::{FigureWarning, OutboxMessage};
use store::warnings;
use uuid::Uuid;

use super::cubes::{figures, keys};
use super::figures::everything;
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::gateway::inside::{Subject, notice};
use crate::jobs::Done;
use crate::paging;
use crate::reference::Reference;
use crate::tickets::columns::prepared;
use crate::watch::watched;

/// Warnings of one rule and day.
const MOST_FOUND: usize = 100;
/// Warnings of a page.
const PAGE: usize = 50;
/// The setting that says on which day the rules were counted.
const WARNED: &str = "figures.warned";

/// The job: counts every rule once a day.
///
/// # Errors
/// Of the store.
pub async fn warn(services: &Services) -> Result<Done, Failure> {
    let now = services.now();
    let reader = services.store().reader();
    let said = store::settings::get(&reader, &setting_of(Keep::WARN_FROM.key)).await?;
    let local = now.local();
    let minute = i32::try_from(local.hour() * 60 + local.minute()).unwrap_or(0);
    if minute < Keep::WARN_FROM.of(said.as_deref()) || !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let day = now.date().to_string();
    if store::settings::get(&reader, WARNED).await?.as_deref() == Some(day.as_str()) {
        return Ok(Done::default());
    }
    let reference = services.reference().await?;
    let mut count = 0;
    for rule in reference.lists.warn_rules() {
        match Box::pin(looked(services, &reference, &rule)).await {
            Ok(new) => count += new,
            // A rule that asks for what there is no more keeps no other waiting.
            Err(Failure::Fault(fault)) => {
                tracing::warn!(rule = %rule.code, fault.code = %fault.code, "a rule about figures was not counted");
            }
            Err(failure) => return Err(failure),
        }
    }
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let day = day.clone();
            Box::pin(async move { Ok(store::settings::set(tx, WARNED, &day).await?) })
        })
        .await?;
    Ok(Done { count, more: false })
}

/// Counts a rule; how many warnings are new.
async fn looked(
    services: &Services,
    reference: &Reference,
    rule: &WarnRule,
) -> Result<u64, Failure> {
    let unit = rule
        .unit
        .as_deref()
        .and_then(|code| reference.units.get(code));
    if rule.unit.is_some() && unit.is_none() {
        return Ok(0);
    }
    let region = unit.map_or_else(|| reference.root_region(), |unit| unit.region.clone());
    let scope = match unit {
        Some(unit) => Scope::Region(Area::of(&unit.region).into_prefix()),
        None => everything(),
    };
    let Ok(filter) = TicketFilter::from_pairs(&pairs_of(&rule.filter)) else {
        return Ok(0);
    };
    let days = rule.days_before(services.now().date());
    let asked = |(from, to): (NaiveDate, NaiveDate)| CubeQuery {
        measures: vec![rule.measure],
        axes: rule.axes.clone(),
        from,
        to,
        filter: filter.clone(),
        units: shared::measure::UnitsOf::Then,
    };
    let mut spans = days.into_iter().map(asked);
    let Some(now) = spans.next() else {
        return Ok(0);
    };
    let present = counted(services, reference, &scope, &now).await?;
    let mut before = Vec::new();
    for span in spans {
        before.push(counted(services, reference, &scope, &span).await?);
    }
    let found = present.into_iter().filter_map(|(codes, figure)| {
        let amounts = amounts(rule, &before, &codes);
        let bounds = (rule.threshold, rule.sample);
        let is_met = rule.test.is_met(figure, &amounts, bounds);
        is_met.then_some((codes, figure, amounts))
    });
    let row = |(codes, figure, amounts): (Vec<String>, Figure, Vec<i64>)| {
        let places = keys(reference, &rule.axes, &codes);
        row(services, (rule, &now, &region), (figure, &amounts), &places)
    };
    let rows: Vec<FigureWarning> = found.take(MOST_FOUND).map(row).collect();
    raised(services, rule, (rows, &region)).await
}

/// The numbers of a rule by the values of its dimensions.
async fn counted(
    services: &Services,
    reference: &Reference,
    scope: &Scope,
    query: &CubeQuery,
) -> Result<BTreeMap<Vec<String>, Figure>, Failure> {
    let ctx = Ctx::job(services, "figure_warnings");
    let asked = CubeQuery {
        filter: prepared(reference, (&ctx.actor, scope), &query.filter, ctx.now())?,
        ..query.clone()
    };
    let db = services.store().report_reader();
    let rows = store::tickets::cube(&db, scope, &asked, ctx.now()).await?;
    let number = |row: store::tickets::CubeCounted| {
        let figure = figures(&asked.measures, &row).into_iter().next()?;
        Some((row.keys, figure))
    };
    Ok(rows.into_iter().filter_map(number).collect())
}

/// The amounts of the spans before at a place: no tickets are none of them, no rate is nothing to compare with.
fn amounts(
    rule: &WarnRule,
    before: &[BTreeMap<Vec<String>, Figure>],
    codes: &[String],
) -> Vec<i64> {
    let is_count = rule.measure.definition().unit() == MeasureUnit::Tickets;
    let amount = |span: &BTreeMap<Vec<String>, Figure>| match span.get(codes) {
        Some(figure) => figure.amount(),
        None => is_count.then_some(0),
    };
    before.iter().filter_map(amount).collect()
}

fn row(
    services: &Services,
    (rule, query, region): (&WarnRule, &CubeQuery, &str),
    (figure, amounts): (Figure, &[i64]),
    places: &[CubeKey],
) -> FigureWarning {
    let at: Vec<Key> = places.iter().map(|it| (it.axis, it.code.clone())).collect();
    let side = match rule.measure.definition().unit() {
        MeasureUnit::Hours => Side::Denominator,
        MeasureUnit::Tickets | MeasureUnit::Percent => Side::Numerator,
    };
    let list = query.behind(rule.measure, side, &at);
    let called = |locale: Locale| {
        let names: Vec<&str> = places.iter().map(|it| it.name.get(locale)).collect();
        names.join(" · ")
    };
    let codes: Vec<&str> = places.iter().map(|it| it.code.as_str()).collect();
    FigureWarning {
        id: services.new_id(),
        rule: rule.code.clone(),
        place: codes.join("."),
        from_day: query.from.to_string(),
        to_day: query.to.to_string(),
        region: lies_in(places).unwrap_or_else(|| region.to_owned()),
        name: rule.name.clone(),
        title_zh: called(Locale::Zh),
        title_en: called(Locale::En),
        measure: rule.measure,
        test: rule.test,
        threshold: rule.threshold,
        numerator: figure.numerator,
        denominator: figure.denominator,
        before_sum: amounts.iter().sum(),
        before_spans: i64::try_from(amounts.len()).unwrap_or(0),
        address: format!("/tickets?{}", list.to_query()),
        found_at: services.now(),
        answered_at: None,
        answered_by: None,
        answered_name: None,
        word: None,
    }
}

/// The division of a place, where one of its dimensions says it.
fn lies_in(places: &[CubeKey]) -> Option<String> {
    let of = |axis: Axis| places.iter().find(|it| it.axis == axis);
    let county = of(Axis::County).map(|it| it.code.clone());
    county.or_else(|| of(Axis::City).map(|it| format!("{}00", it.code)))
}

/// Keeps what is new, and tells the rule's unit that there is something.
async fn raised(
    services: &Services,
    rule: &WarnRule,
    (rows, region): (Vec<FigureWarning>, &str),
) -> Result<u64, Failure> {
    if rows.is_empty() {
        return Ok(0);
    }
    let letter = letter(services, rule, region);
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (rows, letter) = (rows.clone(), letter.clone());
            Box::pin(async move {
                let mut count = 0;
                for row in &rows {
                    count += u64::from(warnings::raise(tx, row).await?);
                }
                if let Some(letter) = letter.filter(|_| count > 0) {
                    store::outbox::put(tx, &letter).await?;
                }
                Ok(count)
            })
        })
        .await
}

/// The notice; it names the rule and nothing that it counted.
fn letter(services: &Services, rule: &WarnRule, region: &str) -> Option<OutboxMessage> {
    let audience = Audience::Unit {
        unit: rule.unit.clone()?,
        roles: vec![Role::Supervisor, Role::CentreLeader],
    };
    let told = Told {
        kind: NoticeKind::FigureWarned,
        no: rule.name.clone(),
        approval: None,
        by: None,
    };
    let subject = Subject {
        ticket: None,
        region,
    };
    let stamp = (services.new_id(), services.now());
    Some(notice(&audience, &told, subject, stamp))
}

/// A page of warnings that the reader's reports reach: those that wait, or those that were answered.
///
/// # Errors
/// `access.denied`; `input.cursor` at `cursor`.
pub async fn figure_warnings(
    ctx: &Ctx,
    answered: bool,
    cursor: Option<&str>,
) -> Result<Warnings, Fault> {
    let scope = ctx.reach(needs::REPORT)?;
    let before = cursor.filter(|text| !text.is_empty());
    let before = before.map(paging::id::<Uuid>).transpose()?;
    let db = ctx.services.store().reader();
    let mut found = warnings::page(&db, &scope, (answered, before), PAGE + 1)
        .await
        .settle(&ctx.services)?;
    let next_cursor = paging::cut(&mut found, PAGE).map(|it| it.id.to_string());
    Ok(Warnings {
        next_cursor,
        items: found.into_iter().map(view).collect(),
    })
}

fn view(row: FigureWarning) -> WarningView {
    WarningView {
        id: row.id,
        name: row.name,
        place: CubeName {
            zh: row.title_zh,
            en: row.title_en,
        },
        figure: Figure {
            measure: row.measure,
            numerator: row.numerator,
            denominator: row.denominator,
        },
        test: row.test,
        threshold: row.threshold,
        mean: mean_of(row.measure, row.before_sum, row.before_spans),
        days: [row.from_day, row.to_day],
        href: row.address,
        found_at: row.found_at,
        answered_at: row.answered_at,
        answered_by: row.answered_name,
        word: row.word,
    }
}

/// Says what a warning is.
///
/// # Errors
/// `access.denied`; `not_found` outside the scope, or where it is answered already.
pub async fn answer_warning(ctx: &Ctx, id: Uuid, command: AnswerWarning) -> Result<(), Fault> {
    let object = format!("figure_warning:{id}");
    let answering = Box::pin(answered(ctx, id, command));
    watched(ctx, "report.warning", object, answering).await
}

async fn answered(ctx: &Ctx, id: Uuid, command: AnswerWarning) -> Result<(), Fault> {
    let scope = ctx.reach(needs::REPORT)?;
    let db = ctx.services.store().reader();
    let found = warnings::find(&db, &scope, id)
        .await
        .settle(&ctx.services)?;
    let found = found.filter(|it| it.answered_at.is_none());
    let found = found.ok_or_else(Fault::missing)?;
    let mut entry = ctx.audit("report.warning", format!("figure_warning:{id}"), "ok");
    entry.facts.insert("rule".to_owned(), found.rule.clone());
    let row = FigureWarning {
        answered_at: Some(ctx.now()),
        answered_by: ctx.actor.user(),
        answered_name: ctx.actor.signature(),
        word: Some(command.word.to_string()),
        ..found
    };
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (row, entry) = (row.clone(), entry.clone());
            Box::pin(async move {
                if !warnings::answer(tx, &row).await? {
                    return Err(Fault::missing().into());
                }
                Ok(store::audit::append(tx, &entry).await?)
            })
        })
        .await
        .settle(&ctx.services)
}
