//! The same lists, searches and reports asked by each kind of scope: own tickets, a unit, its subtree, a city, a province, everything.
//! Deliberately absent: pages over HTTP (`xtask/src/bench/persons.rs`, which holds them against the SQL of these measures).
//! Who asks must not decide what it costs; the budgets hold for the slowest.

use crate::{Bench, export, lists, timing::Measure};

/// Kind of scope and somebody who has it.
const PERSONS: &[(&str, &str)] = &[
    ("own", "nj.agent"),
    ("unit", "nj.zjj.liaison"),
    ("tree", "nj.zjj.reviewer"),
    ("city", "nj.supervisor"),
    ("province", "js.analyst"),
    ("all", "js.manager"),
];

/// Name and address of the list page.
const LISTS: &[(&str, &str)] = &[
    ("list", ""),
    ("due", "sort=due_at"),
    ("updated", "state=CLOSED&sort=-updated_at"),
    ("oldest", "light=red&sort=accepted_at"),
    ("county", "region=320106&state=CLOSED"),
    ("search", "q=反映"),
];

/// Each list by each person, and each report.
pub async fn measure(bench: &Bench) -> anyhow::Result<Vec<Measure>> {
    let mut all = Vec::new();
    for (kind, person) in PERSONS {
        let ctx = bench.person(person).await?;
        for (name, address) in LISTS {
            all.push(lists::one(bench, &ctx, &format!("person.{kind}.{name}"), address).await?);
        }
        all.extend(export::report(bench, person, &format!("person.{kind}.report")).await?);
    }
    Ok(all)
}
