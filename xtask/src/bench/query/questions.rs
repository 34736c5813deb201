//! What is asked: by whom, where, and how often. The kinds of scope are those of `persons.rs`.
//! Periods are reckoned back from the last day of the demo, so that a kept database gives the same rows on every day.
//! Not here: timing (`ask.rs`).

use chrono::{Days, NaiveDate};

/// Days of the demo.
const DAYS: u32 = 365;

/// How an address is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// A page, alone and by sixteen at once.
    Page,
    /// The same over REST.
    Rest,
    /// Alone, a few times: what takes long.
    Long,
    /// A file, until its last byte; the rows are counted.
    File,
}

/// A question.
pub struct Question {
    /// Name of the measure, without the person.
    pub name: &'static str,
    /// Address below the server's root.
    pub path: String,
    pub how: How,
    /// Name of the measure of `minsheng-bench` with the same SQL, without the person.
    pub sql: &'static str,
}

/// Kind of scope and somebody who has it.
pub const PERSONS: &[(&str, &str)] = &[
    ("own", "nj.agent"),
    ("unit", "nj.zjj.liaison"),
    ("tree", "nj.zjj.reviewer"),
    ("city", "nj.supervisor"),
    ("province", "js.analyst"),
    ("all", "js.manager"),
];

/// All questions for a database of so many tickets, whose last day is `last`.
pub fn of(tickets: u32, last: NaiveDate) -> Vec<Question> {
    let ask = |name, path: &str, how, sql| Question {
        name,
        path: path.to_owned(),
        how,
        sql,
    };
    let whole = format!("from={}&to={last}", back(last, DAYS - 1));
    let month = format!("from={}&to={last}", back(last, 30));
    let mut all = vec![
        ask("list", "/tickets", How::Page, "list"),
        ask("list.rest", "/api/v1/tickets", How::Rest, "list"),
        ask("due", "/tickets?sort=due_at", How::Page, "due"),
        ask(
            "common",
            "/tickets?q=%E5%8F%8D%E6%98%A0",
            How::Page,
            "search",
        ),
        ask("rare", "/tickets?q=1502%E5%AE%A4", How::Page, ""),
        ask("digits", "/tickets?q=2401", How::Page, ""),
        ask(
            "where",
            "/tickets?where=light%20%3D%20red%20and%20returns%20%3E%3D%201",
            How::Page,
            "",
        ),
        ask("facets", "/tickets?facets=true", How::Long, ""),
    ];
    let cube = |name, rest: String| ask_owned(name, format!("/api/v1/reports/cube?{rest}"));
    all.push(cube("cube.month", format!("by=city&{month}")));
    all.push(cube("cube.year", format!("by=city&{whole}")));
    all.push(cube(
        "cube.unit_category",
        format!("by=lead_unit,category&{whole}"),
    ));
    all.push(cube(
        "cube.closed",
        format!("show=closed&by=lead_unit&{whole}"),
    ));
    all.push(Question {
        sql: "report",
        ..ask_owned("overview", format!("/reports/overview?{whole}"))
    });
    for (name, rows) in [("export.3000", 3_000), ("export.100000", 100_000)] {
        let days = (u64::from(rows as u32) * u64::from(DAYS)).div_ceil(u64::from(tickets));
        let days = u32::try_from(days).unwrap_or(DAYS).clamp(1, DAYS);
        let from = back(last, days - 1);
        let path = format!("/tickets/export.csv?accepted_from={from}&accepted_to={last}");
        all.push(ask(name, &path, How::File, ""));
    }
    let from = back(last, (3_000 * DAYS).div_ceil(tickets).clamp(1, DAYS) - 1);
    let path = format!("/tickets/export.csv?format=xlsx&accepted_from={from}&accepted_to={last}");
    all.push(ask("export.3000.xlsx", &path, How::File, ""));
    all
}

fn ask_owned(name: &'static str, path: String) -> Question {
    Question {
        name,
        path,
        how: How::Long,
        sql: "",
    }
}

fn back(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(days)))
        .unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_asks_for_about_so_many_rows() {
        let last = NaiveDate::from_ymd_opt(2026, 11, 30).expect("a day");
        let path = |tickets, name| {
            let mut all = of(tickets, last).into_iter();
            all.find(|it| it.name == name).expect(name).path
        };
        assert!(path(1_000_000, "export.3000").contains("accepted_from=2026-11-29"));
        assert!(path(100_000, "export.100000").contains("accepted_from=2025-12-01"));
        assert!(path(10_000_000, "export.3000.xlsx").contains("accepted_from=2026-11-30"));
    }
}
