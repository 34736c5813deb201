//! How long approvals took that ended in the time, by their definition, beside the target of the office, with the list behind each number.
//! Not here: the sum itself (`store::approvals::durations`), the list (`approvals::views`).
//! Names are those of a definition's newest version.

use std::collections::BTreeMap;

use shared::access::needs;
use shared::approval::query::ApprovalFilter;
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::query::encoded;
use shared::register::Rule;
use shared::report::{Align, Cell, Part, Table};
use shared::text::{Locale, standard as words};
use store::approvals::Duration;

use super::change::{DASH, count, decimal};
use super::tables::{head, nothing};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};

/// Milliseconds of a hundredth of a day.
const HUNDREDTH: i64 = 864_000;
/// Milliseconds of an hour.
const HOUR: i64 = 3_600_000;

/// What was counted.
pub(super) struct Times {
    items: Vec<Item>,
    /// The list of all.
    href: Option<String>,
    /// Hours within which approvals should end on the average; 0 for none.
    target: i64,
}

/// One definition.
struct Item {
    zh: String,
    en: String,
    duration: Duration,
    href: Option<String>,
}

/// Counts what ended from one instant until another, in the reach of reports.
pub(super) async fn counted(ctx: &Ctx, time: (Instant, Instant)) -> Result<Times, Fault> {
    let scope = ctx.reach(needs::REPORT)?;
    let db = ctx.services.store().report_reader();
    let found = store::approvals::durations(&db, &scope, time).await;
    let found = found.settle(&ctx.services)?;
    // Whoever sees other approvals than those that are counted has no list behind the numbers.
    let has_list = needs::APPROVALS.scope(&ctx.actor) == Some(scope);
    named(ctx, found, (time, has_list))
        .await
        .settle(&ctx.services)
}

async fn named(
    ctx: &Ctx,
    found: Vec<Duration>,
    (time, has_list): ((Instant, Instant), bool),
) -> Result<Times, Failure> {
    let reader = ctx.services.store().reader();
    let said = store::settings::get(&reader, Rule::APPROVAL_HOURS.key).await?;
    let heads = store::definitions::heads(&reader).await?;
    // By key and version: the newest of each stays.
    let newest = heads.into_iter().map(|head| (head.key, head.version));
    let newest: BTreeMap<String, i32> = newest.collect();
    let mut items = Vec::with_capacity(found.len());
    for duration in found {
        let key = duration.definition.as_str();
        let definition = match newest.get(key) {
            Some(version) => {
                let machinery = ctx.services.machinery();
                machinery.definition(&reader, key, *version).await?
            }
            None => None,
        };
        let name = |locale: Locale| {
            let found = definition.as_deref().map_or(key, |it| it.name_in(locale));
            found.to_owned()
        };
        items.push(Item {
            zh: name(Locale::Zh),
            en: name(Locale::En),
            href: has_list.then(|| list(Some(key), time)),
            duration: duration.clone(),
        });
    }
    Ok(Times {
        items,
        href: has_list.then(|| list(None, time)),
        target: Rule::APPROVAL_HOURS.number(said.as_deref()),
    })
}

/// The address of the approvals that ended in the time.
fn list(definition: Option<&str>, (from, until): (Instant, Instant)) -> String {
    let filter = ApprovalFilter {
        definition: definition.map(str::to_owned),
        ended_from: Some(from.0),
        ended_to: Some(until.0),
        ..ApprovalFilter::default()
    };
    let mut href = "/approvals?shelf=all".to_owned();
    for (name, value) in filter.to_pairs() {
        let value = encoded(&value);
        for part in ["&", name.as_str(), "=", value.as_str()] {
            href.push_str(part);
        }
    }
    href
}

impl Times {
    /// Mean days by definition, and of all; beside the target, where there is one.
    pub(super) fn put(&self, parts: &mut Vec<Part>, caption: &str, locale: Locale) {
        if self.items.is_empty() {
            nothing(parts, locale);
            return;
        }
        let mut columns = vec![
            head(words::ITEM.get(locale), Align::Start),
            head(words::COUNT.get(locale), Align::End),
            head(words::DAYS.get(locale), Align::End),
        ];
        if self.target > 0 {
            let days = decimal(self.target * HOUR / HUNDREDTH);
            columns.push(head(words::within_days(&days, locale), Align::Start));
        }
        let rows = self.items.iter().map(|it| {
            let name = match locale {
                Locale::Zh => it.zh.as_str(),
                Locale::En => it.en.as_str(),
            };
            let sum = (it.duration.cases, it.duration.millis);
            self.row((name, it.href.clone()), sum, locale)
        });
        let cases = self.items.iter().map(|it| it.duration.cases).sum();
        let millis = self.items.iter().map(|it| it.duration.millis).sum();
        let all = (words::ALL.get(locale), self.href.clone());
        parts.push(Part::Table(Table {
            caption: caption.to_owned(),
            columns,
            rows: rows.collect(),
            total: Some(self.row(all, (cases, millis), locale)),
        }));
    }

    fn row(
        &self,
        (name, href): (&str, Option<String>),
        (cases, millis): (i64, i64),
        locale: Locale,
    ) -> Vec<Cell> {
        let each = cases * HUNDREDTH;
        let days = (each > 0).then(|| decimal((millis * 2 + each) / (each * 2)));
        let mut row = vec![
            Cell::words(name),
            count(cases, href.clone()),
            Cell {
                text: days.clone().unwrap_or_else(|| DASH.to_owned()),
                number: days,
                href,
            },
        ];
        if self.target > 0 {
            let word = if cases == 0 {
                DASH
            } else if millis <= self.target * HOUR * cases {
                words::WITHIN.get(locale)
            } else {
                words::BEYOND.get(locale)
            };
            row.push(Cell::words(word));
        }
        row
    }
}
