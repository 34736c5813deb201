//! Lists as files: what holds or is drafted as CSV, and a file into the draft, first only looked at where that is asked.
//! A file is taken as a whole or not at all; every line that cannot be taken is told with its column.
//! Not here: bytes and separators (`sheet`), what a cell may hold (`shared::register`).

use std::collections::BTreeMap;

use shared::access::needs;
use shared::fault::{Code, Fault, FieldFault};
use shared::register::{
    Cells, Column, LineReport, List, ListCode, MOST_LINES, RevisionState, TableReport, list,
};
use shared::text::Locale;
use store::register::{At, Change};

use super::draft::{Step, change, change_of};
use super::{Asked, Desk, body, cells, office};
use crate::context::Ctx;
use crate::exports;
use crate::fault::{Failure, Settle};
use crate::host::denied::recorded;
use crate::sheet;

/// Lines that are told one by one.
const TOLD: usize = 100;

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

/// What a file holds.
#[derive(Default)]
pub(crate) struct Read {
    lines: u64,
    /// Its rows by key.
    pub(crate) rows: BTreeMap<String, Cells>,
    /// The line of each.
    pub(crate) lines_of: BTreeMap<String, u64>,
    /// The first lines that cannot be taken.
    pub(crate) wrong: Vec<LineReport>,
    refused: u64,
}

impl Read {
    fn refuse(&mut self, line: u64, found: Vec<FieldFault>) {
        self.refused += 1;
        for field in found {
            if self.wrong.len() < TOLD {
                self.wrong.push(LineReport {
                    line,
                    column: field.field,
                    code: field.code,
                    facts: field.facts,
                });
            }
        }
    }
}

/// Reads a file of a list.
///
/// # Errors
/// `import.mapping` for what is no table of this list; `register.too_many`. Lines that cannot be taken are in `wrong`.
pub(crate) fn read(list: &List, text: String) -> Result<Read, Fault> {
    let known = |heads: &[String]| {
        let found = columns(list, heads).iter().flatten().count();
        // One head alone may be a word of a title.
        if found > 1 || list.columns.len() == 1 {
            found
        } else {
            0
        }
    };
    let opened = sheet::text::open(text, &known);
    let (heads, mut rows) = opened.map_err(|fault| fault.fact("why", "list_heads"))?;
    let columns = columns(list, &heads);
    lacking(list, (&columns, &heads))?;
    let mut read = Read::default();
    loop {
        let row = rows.read().map_err(|_| Fault::new(Code::InputEncoding))?;
        let Some(row) = row else { break };
        if row.is_blank() {
            continue;
        }
        read.lines += 1;
        if read.lines > MOST_LINES as u64 {
            return Err(Fault::new(Code::RegisterTooMany).fact("max", MOST_LINES));
        }
        let mut sent = Cells::new();
        for (column, cell) in columns.iter().zip(&row.cells) {
            if let Some(column) = column {
                sent.insert(column.name.to_owned(), cell.clone());
            }
        }
        if let Some(trouble) = row.trouble {
            read.refuse(row.line, vec![doubt(trouble.doubt())]);
            continue;
        }
        match list.read(&sent) {
            Err(fault) => read.refuse(row.line, fault.fields),
            Ok(found) => match read.lines_of.insert(found.key.clone(), row.line) {
                Some(first) => read.refuse(row.line, vec![twice(list, first)]),
                None => {
                    read.rows.insert(found.key, found.cells);
                }
            },
        }
    }
    Ok(read)
}

/// Which column of the list each head means; the first of two counts.
fn columns(list: &List, heads: &[String]) -> Vec<Option<&'static Column>> {
    let mut used = Vec::new();
    let mut one = |head: &String| {
        let plain = sheet::plain_head(head);
        let is = |column: &&Column| {
            [column.name, column.label.zh, column.label.en]
                .iter()
                .chain(column.heads)
                .any(|name| sheet::plain_head(name) == plain)
        };
        let found = list.columns.iter().find(is)?;
        let is_new = !used.contains(&found.name);
        used.push(found.name);
        is_new.then_some(found)
    };
    heads.iter().map(&mut one).collect()
}

/// Columns that are never empty must be there.
fn lacking(list: &List, (found, heads): (&[Option<&Column>], &[String])) -> Result<(), Fault> {
    let there = |column: &&Column| {
        found
            .iter()
            .flatten()
            .any(|known| known.name == column.name)
    };
    match list
        .columns
        .iter()
        .find(|column| column.is_needed && !there(column))
    {
        None => Ok(()),
        Some(column) => Err(Fault::new(Code::ImportMapping)
            .fact("why", "list_column")
            .fact("zh", column.label.zh)
            .fact("en", column.label.en)
            .fact(
                "heads",
                heads.join("、").chars().take(200).collect::<String>(),
            )),
    }
}

fn doubt(why: shared::import::Doubtful) -> FieldFault {
    FieldFault {
        field: String::new(),
        code: Code::ImportDoubtful,
        facts: [("why".to_owned(), why.to_string())].into(),
    }
}

fn twice(list: &List, first: u64) -> FieldFault {
    let key = list.columns.iter().find(|column| column.is_key);
    FieldFault {
        field: key.map_or("", |column| column.name).to_owned(),
        code: Code::InputTaken,
        facts: [("line".to_owned(), first.to_string())].into(),
    }
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
