//! The working calendar as administrators keep it: what year is missing, and entering the notice of a further year.
//! After an import the job `recompute` moves every provisional deadline once.
//! Not here: counting (`shared::calendar`), the shipped years (`shared::calendar::decrees`).

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate};
use shared::access::Permission;
use shared::calendar::{DayKind, Decree};
use shared::fault::{Code, Fault};

use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::jobs::Done;

/// Days of one file that are read at most; a year has some forty.
const MAX_DAYS: usize = 5_000;

/// One line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Day {
    date: NaiveDate,
    kind: DayKind,
    name: String,
    year: i32,
}

/// Enters the notices of a CSV text with the columns `date,name,kind,notice_year` (`kind` is `off` or `work`) and moves the
/// deadlines that waited for them; gives the years. A year that is known already is replaced. For the system administrator and
/// for the machine's owner.
///
/// # Errors
/// `access.denied`; `input.body` with the line and what is wrong there.
pub async fn import(ctx: &Ctx, text: &str) -> Result<Vec<i32>, Fault> {
    if !ctx.actor.may(Permission::UserManage) {
        return Err(Fault::denied());
    }
    let days = parse(text)?;
    let years: BTreeSet<i32> = days.iter().map(|day| day.year).collect();
    let mut audit = ctx.audit("calendar.import", "calendar", "ok");
    audit.facts.insert(
        "years".to_owned(),
        years
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" "),
    );
    audit
        .facts
        .insert("days".to_owned(), days.len().to_string());
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let decrees = days.iter().map(|day| Decree {
                    date: day.date,
                    kind: day.kind,
                    name: &day.name,
                    year: day.year,
                });
                store::calendar::put(tx, "import", decrees.collect::<Vec<_>>()).await?;
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.bust_reference().await;
    crate::jobs::recompute(&ctx.services)
        .await
        .settle(&ctx.services)?;
    Ok(years.into_iter().collect())
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
    for year in missing_years(&Ctx::system(services)).await? {
        tracing::warn!(
            calendar.year = year,
            "the holidays of a year are missing; deadlines that reach into it are provisional: minsheng calendar import"
        );
    }
    Ok(Done::default())
}

fn parse(text: &str) -> Result<Vec<Day>, Fault> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let head = reader.headers().map_err(|_| wrong(1, "header"))?.clone();
    let column = |name: &str| {
        head.iter()
            .position(|given| given.eq_ignore_ascii_case(name))
            .ok_or_else(|| wrong(1, name))
    };
    let columns = [
        column("date")?,
        column("name")?,
        column("kind")?,
        column("notice_year")?,
    ];
    let mut days = Vec::new();
    let mut seen = BTreeSet::new();
    for (number, row) in reader.records().enumerate() {
        let line = number + 2;
        if number >= MAX_DAYS {
            return Err(wrong(line, "length"));
        }
        let row = row.map_err(|_| wrong(line, "row"))?;
        let [date, name, kind, year] = columns.map(|at| row.get(at).unwrap_or_default());
        let day = day(line, [date, name, kind, year])?;
        if !seen.insert(day.date) {
            return Err(wrong(line, "date"));
        }
        days.push(day);
    }
    if days.is_empty() {
        Err(wrong(2, "row"))
    } else {
        Ok(days)
    }
}

fn day(line: usize, [date, name, kind, year]: [&str; 4]) -> Result<Day, Fault> {
    let date = shared::calendar::day(date).ok_or_else(|| wrong(line, "date"))?;
    let kind = match kind {
        "off" => DayKind::Holiday,
        "work" => DayKind::Makeup,
        _ => return Err(wrong(line, "kind")),
    };
    let year: i32 = year.parse().map_err(|_| wrong(line, "notice_year"))?;
    // A notice moves days of its own year and of the weeks around it.
    let near = NaiveDate::from_ymd_opt(year, 1, 1)
        .is_some_and(|start| (-31..=396).contains(&date.signed_duration_since(start).num_days()));
    if !near || !(2007..=2100).contains(&year) {
        return Err(wrong(line, "notice_year"));
    }
    if name.is_empty() || name.chars().count() > 40 || name.chars().any(char::is_control) {
        return Err(wrong(line, "name"));
    }
    Ok(Day {
        date,
        kind,
        name: name.to_owned(),
        year,
    })
}

fn wrong(line: usize, what: &str) -> Fault {
    Fault::new(Code::InputBody).fact("detail", format!("line {line}: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_read_line_by_line() {
        let days = parse("\u{FEFF}date,name,kind,notice_year\r\n2027-01-01,元旦,off,2027\n2026-12-27,元旦,work,2027\n").expect("good");
        assert_eq!(days.len(), 2);
        assert_eq!(
            days[1],
            Day {
                date: NaiveDate::from_ymd_opt(2026, 12, 27).expect("a date"),
                kind: DayKind::Makeup,
                name: "元旦".to_owned(),
                year: 2027
            }
        );
    }

    #[test]
    fn a_wrong_line_is_named() {
        let head = "date,name,kind,notice_year\n2027-01-01,元旦,off,2027\n";
        let cases = [
            ("", "line 1: date"),
            ("date,name,kind\n", "line 1: notice_year"),
            ("date,name,kind,notice_year\n", "line 2: row"),
            (&format!("{head}2027-02-30,春节,off,2027"), "line 3: date"),
            (&format!("{head}2027-01-01,元旦,off,2027"), "line 3: date"),
            (&format!("{head}2027-02-10,春节,rest,2027"), "line 3: kind"),
            (
                &format!("{head}2027-02-10,春节,off,2029"),
                "line 3: notice_year",
            ),
            (&format!("{head}2027-02-10,,off,2027"), "line 3: name"),
        ];
        for (text, detail) in cases {
            let fault = parse(text).expect_err(detail);
            assert_eq!(
                (fault.code, fault.facts["detail"].as_str()),
                (Code::InputBody, detail)
            );
        }
    }
}
