//! The result for people and for programs: a table per database and size, the growth, and one JSON file.
//! Nothing is measured here.
//! Read next: `budget.rs`.

use super::{Row, Run, budget};
use serde_json::{Value, json};

/// Prints the rows of one database and size; how many are over budget.
pub fn print(run: &Run) -> usize {
    println!(
        "\n{} with {} tickets (load of the machine {} before, {} after)",
        run.database, run.tickets, run.load.0, run.load.1
    );
    println!(
        "{:<22} {:>11} {:>11} {:>7}  {:<12} {:<5} what",
        "measure", "value", "baseline", "ratio", "budget", ""
    );
    let mut over = 0;
    for row in &run.rows {
        let budget = budget::of(run.database, &row.name);
        let holds = budget.and_then(|budget| budget.holds(row));
        over += usize::from(holds == Some(false));
        println!(
            "{:<22} {:>11} {:>11} {:>7}  {:<12} {:<5} {}",
            row.name,
            amount(row.value, &row.unit),
            amount(row.baseline, &row.unit),
            row.ratio()
                .map_or(String::new(), |ratio| format!("{ratio:.2}")),
            budget.map_or(String::new(), |budget| budget.words(&row.unit)),
            verdict(holds),
            row.note.as_ref().unwrap_or(&row.what),
        );
    }
    over
}

/// Prints how much dearer the large run is; how many measures grew too much.
pub fn print_growth(small: &Run, large: &Run) -> usize {
    println!(
        "\n{}: {} tickets against {} (each at most {} × dearer)",
        large.database,
        large.tickets,
        small.tickets,
        budget::GROWTH
    );
    let mut over = 0;
    for (name, growth) in growth(small, large) {
        let holds = growth <= budget::GROWTH;
        over += usize::from(!holds);
        println!("{name:<22} {growth:>7.2}  {}", verdict(Some(holds)));
    }
    over
}

/// Cost at the large size by cost at the small one.
fn growth(small: &Run, large: &Run) -> Vec<(String, f64)> {
    let pairs = large.rows.iter().filter_map(|row| {
        let before = small.rows.iter().find(|other| other.name == row.name)?;
        let judged = budget::is_judged_by_growth(&row.name);
        let factor = budget::cost(row)? / budget::cost(before)?;
        judged.then(|| (row.name.clone(), factor))
    });
    pairs.collect()
}

/// Everything, for programs.
pub fn json(runs: &[Run], machine: Value) -> Value {
    let mut growths = Vec::new();
    for large in runs {
        let small = runs
            .iter()
            .find(|run| run.database == large.database && run.tickets < large.tickets);
        for (name, factor) in small.map(|small| growth(small, large)).unwrap_or_default() {
            growths.push(json!({
                "database": large.database, "name": name, "times": factor,
                "budget": budget::GROWTH, "holds": factor <= budget::GROWTH,
            }));
        }
    }
    json!({
        "machine": machine,
        "runs": runs.iter().map(run_json).collect::<Vec<_>>(),
        "growth": growths,
    })
}

fn run_json(run: &Run) -> Value {
    let rows = run.rows.iter().map(|row| row_json(run.database, row));
    json!({
        "database": run.database,
        "tickets": run.tickets,
        "load_before": run.load.0,
        "load_after": run.load.1,
        "rows": rows.collect::<Vec<_>>(),
    })
}

fn row_json(database: &str, row: &Row) -> Value {
    let budget = budget::of(database, &row.name);
    json!({
        "name": row.name, "what": row.what, "unit": row.unit, "value": row.value, "baseline": row.baseline,
        "against": row.against, "ratio": row.ratio(), "rows": row.rows, "runs": row.runs, "cpu_ms": row.cpu_ms, "note": row.note,
        "budget": budget.map(|budget| budget.words(&row.unit)), "holds": budget.and_then(|budget| budget.holds(row)),
    })
}

fn amount(value: Option<f64>, unit: &str) -> String {
    match value {
        None => String::new(),
        Some(value) if value >= 100.0 => format!("{value:.0} {unit}"),
        Some(value) if value >= 10.0 => format!("{value:.1} {unit}"),
        Some(value) => format!("{value:.2} {unit}"),
    }
}

const fn verdict(holds: Option<bool>) -> &'static str {
    match holds {
        Some(true) => "ok",
        Some(false) => "OVER",
        None => "",
    }
}
