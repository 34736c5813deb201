//! What each measure may cost, and how much dearer it may become with ten times the tickets.
//! The figures are the product's promise: change them only with the promise.
//! Read next: `table.rs`, which prints the verdicts.

use super::{Row, query::aims};

/// How much dearer a large database may make a measure.
pub const GROWTH: f64 = 1.5;

/// A bound on a measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Budget {
    /// At most so many times the baseline.
    Times(f64),
    /// At most so much, in the measure's unit.
    AtMost(f64),
    /// At least so much.
    AtLeast(f64),
    /// At most so much more than the baseline.
    More(f64),
}

/// The budget of a measure; most of the others are only held against their growth.
pub fn of(database: &str, name: &str) -> Option<Budget> {
    if let Some(aim) = aims::of(name) {
        return Some(aim);
    }
    let budget = match name {
        // A million tickets in five minutes on SQLite, in ten on PostgreSQL, search index and check included.
        "demo" if database == "sqlite" => Budget::AtLeast(1_000_000.0 / 300.0),
        "demo" => Budget::AtLeast(1_000_000.0 / 600.0),
        "demo.inconsistent" => Budget::AtMost(0.0),
        "export" => Budget::Times(4.0),
        "export.memory" => Budget::AtMost(64.0),
        // Ten million rows in a minute.
        "audit.verified" => Budget::AtLeast(10_000_000.0 / 60.0),
        // Told while somebody types, and at a million tickets.
        "duplicates.desk" | "duplicates.merge" => Budget::AtMost(20.0),
        // A tenth of what a verb takes.
        "audit.share" => Budget::AtMost(10.0),
        "page.list" => Budget::More(5.0),
        "weight.form.readable" => Budget::AtMost(30.0),
        "weight.form.complete" => Budget::AtMost(300.0),
        "server.memory" => Budget::AtMost(120.0),
        "server.memory.after" => Budget::AtMost(250.0),
        "engine.transition" => Budget::AtMost(50.0),
        "timers.scan" | "timers.batch" => Budget::AtMost(10.0),
        // Megabytes that the scans leave behind, whatever the number of cases.
        "timers.memory" => Budget::AtMost(4.0),
        // Whoever asks: a page of a list, and a report of a hundred thousand tickets. Sixteen at once share two processors.
        _ if name.starts_with("http.") && name.ends_with(".report.1") => Budget::AtMost(1_000.0),
        _ if name.starts_with("http.") && name.ends_with(".export.1") => return None,
        _ if name.starts_with("http.") && name.ends_with(".1") => Budget::AtMost(100.0),
        _ if name.starts_with("http.") && name.ends_with(".report.16") => Budget::AtMost(8_000.0),
        _ if name.starts_with("http.") => Budget::AtMost(1_000.0),
        _ if name.starts_with("person.") && !name.ends_with(".report") => Budget::Times(3.0),
        _ if name.starts_with("list.") && name != "list.tasks" => Budget::Times(3.0),
        _ => return None,
    };
    Some(budget)
}

impl Budget {
    /// Whether the measure keeps it; `None` when there is nothing to judge.
    pub fn holds(self, row: &Row) -> Option<bool> {
        let value = row.value?;
        Some(match self {
            Self::Times(most) => row.ratio()? <= most,
            Self::AtMost(most) => value <= most,
            Self::AtLeast(least) => value >= least,
            Self::More(most) => value - row.baseline? <= most,
        })
    }

    /// For the table: `≤ 3 ×`.
    pub fn words(self, unit: &str) -> String {
        match self {
            Self::Times(most) => format!("≤ {most} ×"),
            Self::AtMost(most) => format!("≤ {most} {unit}"),
            Self::AtLeast(least) => format!("≥ {least:.0} {unit}"),
            Self::More(most) => format!("≤ +{most} {unit}"),
        }
    }
}

/// Whether the measure's growth is judged: everything that costs time or memory. A filter that fits hardly any ticket (`rare.`) reads
/// the whole index of its scope, so it grows with it; it is shown, and kept cheap by what the index carries.
pub fn is_judged_by_growth(name: &str) -> bool {
    !name.starts_with("weight.")
        && !name.starts_with("rare.")
        && !name.starts_with("http.")
        && !matches!(name, "demo.inconsistent" | "timers.memory" | "audit.share")
}

/// What one unit of work costs: time per call, or per row where the work is linear in its rows, such as a page that is not full.
pub fn cost(row: &Row) -> Option<f64> {
    let value = row.value.filter(|value| *value > 0.0)?;
    let of_rows = ["list.", "search.", "person."]
        .iter()
        .any(|word| row.name.starts_with(word));
    Some(match (row.name.as_str(), row.unit.as_str()) {
        ("report" | "export", _) => value / row.rows.max(1) as f64,
        _ if of_rows => value / row.rows.max(1) as f64,
        (_, "1/s") => 1.0 / value,
        _ => value,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, value: f64, baseline: Option<f64>, unit: &str) -> Row {
        Row {
            name: name.to_owned(),
            unit: unit.to_owned(),
            value: Some(value),
            baseline,
            rows: 1,
            ..Row::default()
        }
    }

    #[test]
    fn a_rate_is_dearer_when_it_is_lower() {
        let page = Row {
            rows: 50,
            ..row("list.tasks", 1.0, None, "ms")
        };
        assert_eq!(cost(&page), Some(0.02), "a fuller page is not dearer");
        let rate = row("create", 500.0, Some(1000.0), "1/s");
        assert_eq!(rate.ratio(), Some(2.0));
        assert_eq!(cost(&rate), Some(0.002));
        assert_eq!(of("sqlite", "create"), None);
    }

    #[test]
    fn budgets_are_judged() {
        let list = row("list.unit", 2.9, Some(1.0), "ms");
        assert_eq!(
            of("sqlite", "list.unit").and_then(|it| it.holds(&list)),
            Some(true)
        );
        let page = row("page.list", 9.0, Some(3.5), "ms");
        assert_eq!(
            of("sqlite", "page.list").and_then(|it| it.holds(&page)),
            Some(false)
        );
        let absent = Row::default();
        assert_eq!(Budget::AtMost(1.0).holds(&absent), None);
        assert_eq!(
            of("postgres", "demo").map(|it| it.words("1/s")).as_deref(),
            Some("≥ 1667 1/s")
        );
    }
}
