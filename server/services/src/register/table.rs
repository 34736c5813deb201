//! Lists as files: what holds or is drafted as CSV, and a file into the draft, first only looked at where that is asked.
//! A file is taken as a whole or not at all; every line that cannot be taken is told with its column.
//! Not here: bytes, separators and heads (`sheet`), what a cell may hold (`shared::register`).

use std::collections::BTreeMap;

use shared::access::needs;
use shared::fault::{Code, Fault};
use shared::register::{Cells, List, ListCode, MOST_LINES, RevisionState, TableReport, list};
use shared::text::Locale;
use store::register::{At, Change};

use super::draft::{Step, change, change_of};
use super::{Asked, Desk, body, cells, office};
use crate::context::Ctx;
use crate::exports;
use crate::fault::{Failure, Settle};
use crate::host::denied::recorded;
use crate::sheet::described::{Described, Read};

/// A file for a draft.
#[derive(Debug, Clone)]
pub struct Table {
    /// The version of the draft that was seen.
    pub version: i32,
    /// What the file says.
    pub text: String,
    /// How it was read, such as `GBK (GB18030)`.
    pub encoding: String,
    /// Rows that the file does not have go; otherwise they stay.
    pub replaces: bool,
    /// Nothing is written; only what would come of it is told.
    pub only_look: bool,
}

/// Reads a file into the draft.
///
/// # Errors
/// `import.mapping` for what is no table of this list; `register.too_many`; `version.stale`, `register.no_draft`. Lines that
/// cannot be taken are in the report, and nothing is written then.
pub async fn take(
    ctx: &Ctx,
    (code, area): (ListCode, &str),
    table: Table,
) -> Result<TableReport, Fault> {
    let call = taken(ctx, (code, area), table);
    recorded(ctx, ("register.table", format!("register:{code}")), call).await
}

async fn taken(
    ctx: &Ctx,
    (code, area): (ListCode, &str),
    table: Table,
) -> Result<TableReport, Fault> {
    let desk = Desk::open_for(ctx, needs::DRAFTING, (code, area)).await?;
    let (_, draft) = desk.drafted(table.version)?;
    let read = read(list(code), table.text)?;
    let mut report = TableReport {
        encoding: table.encoding,
        lines: read.lines,
        refused: read.refused,
        wrong: read.wrong,
        ..TableReport::default()
    };
    let services = &ctx.services;
    let at = At {
        number: draft.base,
        draft: Some(draft.number),
    };
    let db = services.store().reader();
    let now = store::register::rows(&db, &desk.part, at, office::EVERY).await;
    let now: BTreeMap<String, String> = now
        .settle(services)?
        .into_iter()
        .filter_map(|row| Some((row.key, row.body?)))
        .collect();
    for (key, cells) in &read.rows {
        match now.get(key) {
            None => report.new += 1,
            Some(was) if *was == body(cells) => report.same += 1,
            Some(_) => report.changed += 1,
        }
    }
    if table.replaces {
        let gone = now
            .keys()
            .filter(|key| !read.rows.contains_key(*key))
            .count();
        report.gone = u64::try_from(gone).unwrap_or(u64::MAX);
        if gone > 0 && !list(code).removable {
            return Err(Fault::field("replaces", Code::RegisterPermanent));
        }
    }
    if table.only_look || report.refused > 0 {
        return Ok(report);
    }
    let changes: Vec<Change> = read
        .rows
        .values()
        .map(|cells| change_of(code, cells))
        .collect();
    let step = if table.replaces {
        Step::Replace(changes)
    } else {
        Step::Put(changes)
    };
    change(ctx, &desk, table.version, step).await?;
    report.is_taken = true;
    Ok(report)
}

/// The rows of a file for a list.
pub(crate) fn read(list: &List, text: String) -> Result<Read, Fault> {
    let described = Described {
        columns: list.columns,
        read: &|sent| list.read(sent),
        most: MOST_LINES,
    };
    described.rows(text)
}

/// A list as CSV: as a revision left it, or as it is drafted.
///
/// # Errors
/// `not_found`.
pub async fn give(
    ctx: &Ctx,
    (code, area): (ListCode, &str),
    asked: &Asked,
) -> Result<(String, String), Fault> {
    let desk = Desk::open(ctx, code, area).await?;
    let services = &ctx.services;
    let db = services.store().reader();
    let at = match asked.revision {
        None => desk.at(),
        Some(number) => {
            let known = desk.revisions.iter().find(|it| it.number == number);
            let known = known.ok_or_else(Fault::missing)?;
            match known.state {
                RevisionState::Published => At {
                    number,
                    draft: None,
                },
                _ => At {
                    number: known.base,
                    draft: Some(number),
                },
            }
        }
    };
    let rows: Vec<Cells> = if at.number == 0 && at.draft.is_none() {
        let found = office::found(services, &desk.part).await.settle(services)?;
        super::desk::code_rows(code, found)
            .into_iter()
            .map(|(_, cells)| cells)
            .collect()
    } else {
        let held = store::register::rows(&db, &desk.part, at, office::EVERY).await;
        let read = |row: store::register::Held| cells(&row.body.unwrap_or_default());
        let rows: Result<_, Failure> = held.settle(services)?.into_iter().map(read).collect();
        rows.settle(services)?
    };
    let area = if desk.part.area.is_empty() {
        super::BASE
    } else {
        &desk.part.area
    };
    let name = format!("{code}-{area}-{}.csv", ctx.now().date().format("%Y%m%d"));
    Ok((name, csv(list(code), &rows, ctx.locale)))
}

/// Heads and cells in the reader's language; reading it again gives the same rows.
fn csv(list: &List, rows: &[Cells], locale: Locale) -> String {
    let mut text = String::from("\u{FEFF}");
    let heads = list
        .columns
        .iter()
        .map(|column| column.label.get(locale).to_owned());
    line(&mut text, heads);
    for row in rows {
        let cells = list.columns.iter().map(|column| {
            let value = row.get(column.name).map_or("", String::as_str);
            let shown = column.kind.choice(value);
            shown.map_or_else(
                || value.to_owned(),
                |choice| choice.text.get(locale).to_owned(),
            )
        });
        line(&mut text, cells);
    }
    text
}

fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(',');
        }
        let safe = exports::cell(&cell);
        if safe.contains([',', '"', '\n', '\r']) {
            text.push('"');
            text.push_str(&safe.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&safe);
        }
    }
    text.push_str("\r\n");
}
