//! What each question may take. The figures are those that the product is to reach, also where it does not yet.
//! Not here: budgets of the usual run (`bench/budget.rs`).

use super::super::budget::Budget;

/// The aim of a measure of `bench query`, by its name.
pub fn of(name: &str) -> Option<Budget> {
    let rest = name.strip_prefix("query.")?;
    let (_, question) = rest.split_once('.')?;
    Some(match question {
        "list.cpu" => Budget::AtMost(1.5),
        "list.16.p99" => Budget::AtMost(15.0),
        "list.16.rate" => Budget::AtLeast(1_000.0),
        "list.rest.16.rate" => Budget::AtLeast(3_000.0),
        "common.1" | "rare.1" | "digits.1" => Budget::AtMost(5.0),
        "ticket.1" => Budget::AtMost(10.0),
        "overview.1" => Budget::AtMost(30.0),
        "cube.month.1" | "cube.year.1" | "cube.closed.1" => Budget::AtMost(100.0),
        "cube.unit_category.1" => Budget::AtMost(600.0),
        "export.3000.1" | "export.3000.xlsx.1" => Budget::AtMost(100.0),
        "export.100000.1" => Budget::AtMost(800.0),
        "export.3000.first" | "export.100000.first" => Budget::AtMost(50.0),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aims_are_found_for_every_person() {
        assert_eq!(of("query.unit.rare.1"), Some(Budget::AtMost(5.0)));
        assert_eq!(of("query.all.list.16.rate"), Some(Budget::AtLeast(1_000.0)));
        assert_eq!(of("person.unit.list"), None);
    }
}
