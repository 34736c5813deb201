//! The working calendar as it is kept: what year is missing, and entering the notice of a further year from a file, at once. It goes through the
//! register's list of holidays as everything else about it; the job `recompute` then moves what was provisional.
//! Not here: counting (`shared::calendar`), the shipped years (`shared::calendar::decrees`).

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{Datelike as _, NaiveDate};
use shared::access::needs;
use shared::calendar::DayKind;
use shared::fault::{Code, Fault};
use shared::input::{code, line, moment};
use shared::register::{Cells, Day, ListCode};

use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::jobs::Done;
use crate::register;
use crate::sheet::{self, Ask, Reading, Rows, Sheet};

/// Days of one file that are read at most; a year has some forty.
const MAX_DAYS: usize = 5_000;

/// A year of which so few days off are given says less than a notice: New Year, Spring Festival and the others make 13 and more.
const FEW_DAYS: usize = 11;
/// Longest name of a holiday.
const NAME: usize = 40;

/// What was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Years that are known now.
    pub years: Vec<i32>,
    /// Years with fewer days off than any notice has, and how many.
    pub thin: Vec<(i32, usize)>,
    /// Encoding and separator of the file.
    pub reading: Option<Reading>,
}

/// Enters the notices of a file: any encoding and separator that the imports read, columns for date, name, kind and year in either
/// language. For whoever drafts and publishes the list of holidays, and for the machine's owner.
///
/// # Errors
/// `access.denied`; `import.file` and `import.mapping` with line, column, value and what is allowed there; `import.doubtful`.
pub async fn import_file(ctx: &Ctx, path: &Path, accept: bool) -> Result<Imported, Fault> {
    allowed(ctx)?;
    let ask = Ask {
        encoding: None,
        known: &known_heads,
    };
    let sheet = Sheet::open(path, &ask)?;
    if !accept && let Some(fault) = sheet::doubtful(&sheet.reading.doubts) {
        return Err(fault);
    }
    let days = parse(&sheet.reading.heads, sheet.rows()?)?;
    let mut imported = enter(ctx, days).await?;
    imported.reading = Some(sheet.reading);
    Ok(imported)
}

/// Enters the notices of a CSV text with the columns `date,name,kind,notice_year` and moves the deadlines that waited for them; gives
/// the years. A year that is known already is replaced.
///
/// # Errors
/// As `import_file`; `register.draft_open` while the list of holidays has a draft.
pub async fn import(ctx: &Ctx, text: &str) -> Result<Imported, Fault> {
    allowed(ctx)?;
    let days = parse_text(text)?;
    enter(ctx, days).await
}

fn allowed(ctx: &Ctx) -> Result<(), Fault> {
    needs::DRAFTING.ask(&ctx.actor)?;
    needs::PUBLISHING.ask(&ctx.actor)
}

async fn enter(ctx: &Ctx, days: Vec<Day>) -> Result<Imported, Fault> {
    let years: BTreeSet<i32> = days.iter().map(|day| day.year).collect();
    let off = |year: i32| {
        days.iter()
            .filter(|day| day.year == year && !day.kind.is_working())
            .count()
    };
    let thin = years
        .iter()
        .map(|year| (*year, off(*year)))
        .filter(|(_, days)| *days < FEW_DAYS)
        .collect();
    let rows = days.iter().map(Day::cells).collect();
    let of_years = |row: &Cells| Day::of(row).is_some_and(|day| years.contains(&day.year));
    register::enter(ctx, ListCode::Calendar, rows, &of_years).await?;
    crate::jobs::recompute(&ctx.services)
        .await
        .settle(&ctx.services)?;
    Ok(Imported {
        years: years.into_iter().collect(),
        thin,
        reading: None,
    })
}

/// Years from this one to the next that have no notice. From December on the next year is asked for, too.
pub async fn missing_years(ctx: &Ctx) -> Result<Vec<i32>, Fault> {
    let today = ctx.now().date();
    let reference = ctx.services.reference().await?;
    let last = if today.month() == 12 {
        today.year() + 1
    } else {
        today.year()
    };
    Ok((today.year()..=last)
        .filter(|year| !reference.calendar.knows(*year))
        .collect())
}

/// The job behind the alarm: says in the log, every few hours, which year has no notice.
pub(crate) async fn alarm(services: &Services) -> Result<Done, Failure> {
    for year in missing_years(&Ctx::job(services, "calendar")).await? {
        tracing::warn!(
            calendar.year = year,
            "the holidays of a year are missing; deadlines that reach into it are provisional: minsheng calendar import"
        );
    }
    Ok(Done::default())
}

/// Our columns, and the heads that mean them.
const HEADS: [(&str, &[&str]); 4] = [
    ("date", &["date", "日期", "放假日期", "day"]),
    (
        "name",
        &["name", "名称", "节日", "节日名称", "假日", "节假日", "说明"],
    ),
    ("kind", &["kind", "类型", "类别", "性质", "休或班", "type"]),
    (
        "notice_year",
        &["notice_year", "年份", "年度", "通知年份", "年", "year"],
    ),
];
/// Words for a day off and for a make-up day.
const OFF: [&str; 11] = [
    "off",
    "休",
    "休息",
    "休息日",
    "放假",
    "假",
    "假日",
    "节假日",
    "法定节假日",
    "holiday",
    "rest",
];
const WORK: [&str; 11] = [
    "work",
    "班",
    "上班",
    "调休上班",
    "调休",
    "补班",
    "工作",
    "工作日",
    "调班",
    "workday",
    "makeup",
];

fn places(heads: &[String]) -> [Option<usize>; 4] {
    let plain: Vec<String> = heads.iter().map(|head| sheet::plain_head(head)).collect();
    HEADS.map(|(_, names)| {
        names
            .iter()
            .find_map(|name| plain.iter().position(|head| head == name))
    })
}

fn known_heads(cells: &[String]) -> usize {
    let found = places(cells).iter().flatten().count();
    if found > 1 { found } else { 0 }
}

fn parse_text(text: &str) -> Result<Vec<Day>, Fault> {
    let text = text.trim_start_matches('\u{FEFF}').as_bytes().to_vec();
    let mut rows = Rows::new(Box::new(std::io::Cursor::new(text)), b',');
    let heads = rows
        .read()
        .map_err(|_| wrong(1, "date", ""))?
        .map(|row| row.cells)
        .unwrap_or_default();
    parse(&heads, rows)
}

fn parse(heads: &[String], mut rows: Rows) -> Result<Vec<Day>, Fault> {
    let mut columns = [0; 4];
    for ((slot, found), (ours, _)) in columns.iter_mut().zip(places(heads)).zip(HEADS) {
        *slot = found.ok_or_else(|| {
            Fault::new(Code::ImportMapping)
                .fact("why", "column")
                .fact("detail", calendar_column(ours))
                .fact(
                    "heads",
                    heads.join("、").chars().take(200).collect::<String>(),
                )
        })?;
    }
    let mut days: Vec<Day> = Vec::new();
    let mut seen = BTreeSet::new();
    while let Some(row) = rows.read().map_err(|_| wrong(rows_line(&days), "", ""))? {
        if row.is_blank() {
            continue;
        }
        if days.len() >= MAX_DAYS {
            return Err(wrong(row.line, "", ""));
        }
        let cell = |at: usize| row.cells.get(at).map(|cell| line(cell)).unwrap_or_default();
        let day = day(row.line, columns.map(cell))?;
        if !seen.insert(day.date) {
            return Err(wrong(row.line, "date_twice", &day.date.to_string()));
        }
        days.push(day);
    }
    if days.is_empty() {
        Err(wrong(2, "", ""))
    } else {
        Ok(days)
    }
}

fn rows_line(days: &[Day]) -> u64 {
    days.len() as u64 + 2
}

fn day(at: u64, [date, name, kind, year]: [String; 4]) -> Result<Day, Fault> {
    let day = moment::day(&date).map_err(|_| wrong(at, "date", &date))?;
    let word = kind.to_lowercase();
    let kind = if OFF.contains(&word.as_str()) {
        DayKind::Holiday
    } else if WORK.contains(&word.as_str()) {
        DayKind::Makeup
    } else {
        return Err(wrong(at, "kind", &kind));
    };
    let given = code(&year);
    let number: i32 = given
        .trim_end_matches(['年', '度'])
        .parse()
        .map_err(|_| wrong(at, "notice_year", &year))?;
    // A notice moves days of its own year and of the weeks around it.
    let near = NaiveDate::from_ymd_opt(number, 1, 1)
        .is_some_and(|start| (-31..=396).contains(&day.signed_duration_since(start).num_days()));
    if !near || !(2007..=2100).contains(&number) {
        return Err(wrong(at, "notice_year", &year));
    }
    if name.is_empty() || name.chars().count() > NAME {
        return Err(wrong(at, "name", &name));
    }
    Ok(Day {
        date: day,
        kind,
        name,
        year: number,
    })
}

/// The word of our column in the texts.
fn calendar_column(ours: &str) -> &str {
    match ours {
        "name" => "day_name",
        "kind" => "day_kind",
        other => other,
    }
}

/// Line, column, value; the words say what is allowed there.
fn wrong(line: u64, what: &str, value: &str) -> Fault {
    Fault::new(Code::ImportMapping)
        .fact("why", "day")
        .fact("line", line)
        .fact("column", what)
        .fact("value", value.chars().take(60).collect::<String>())
}

#[cfg(test)]
mod tests {
    use shared::text::Locale;

    use super::*;

    #[test]
    fn a_notice_is_read_line_by_line() {
        let day = |date: &str, kind| Day {
            date: date.parse().expect("a date"),
            kind,
            name: "元旦".to_owned(),
            year: 2027,
        };
        for text in [
            "\u{FEFF}date,name,kind,notice_year\r\n2027-01-01,元旦,off,2027\n2026-12-27,元旦,work,2027\n",
            "日期,名称,类型,年份\n2027/1/1,元旦,休,2027年\n,,,\n2026年12月27日,元旦,班,2027\n",
            "*日期,节日 ,类型（休/班）,年度\r2027.1.1,元旦,放假,２０２７\r20261227,元旦,调休上班,2027",
        ] {
            assert_eq!(
                parse_text(text).expect("good"),
                [
                    day("2027-01-01", DayKind::Holiday),
                    day("2026-12-27", DayKind::Makeup)
                ],
                "{text}"
            );
        }
    }

    #[test]
    fn a_wrong_line_is_named() {
        let head = "date,name,kind,notice_year\n2027-01-01,元旦,off,2027\n";
        let cases = [
            ("date,name,kind,notice_year\n", 2, "", ""),
            (
                &format!("{head}2027-02-30,春节,off,2027"),
                3,
                "date",
                "2027-02-30",
            ),
            (
                &format!("{head}2027-01-01,元旦,off,2027"),
                3,
                "date_twice",
                "2027-01-01",
            ),
            (
                &format!("{head}\n2027-02-10,春节,半天,2027"),
                4,
                "kind",
                "半天",
            ),
            (
                &format!("{head}2027-02-10,春节,off,2029"),
                3,
                "notice_year",
                "2029",
            ),
            (&format!("{head}2027-02-10,,off,2027"), 3, "name", ""),
        ];
        for (text, line, column, value) in cases {
            let fault = parse_text(text).expect_err(text);
            let facts = ["line", "column", "value"].map(|name| fault.facts[name].as_str());
            assert_eq!(facts, [line.to_string().as_str(), column, value], "{text}");
            for locale in [Locale::Zh, Locale::En] {
                let words = shared::text::faults::message(&fault, locale);
                assert!(
                    words.contains(&line.to_string()) && words.contains(value),
                    "{words}"
                );
            }
        }
        for text in ["", "date,name,kind\n2027-01-01,元旦,off\n"] {
            let fault = parse_text(text).expect_err(text);
            assert_eq!(fault.facts["why"], "column", "{text}");
        }
    }
}
