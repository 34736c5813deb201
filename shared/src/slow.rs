//! Slow statements of the database as who looks after the system sees them, and what their plans point at.
//! Not here: watching and keeping them (store), the words around them (`text::account::slow`).
//! Advice is read from the steps of the plan and the statement's own text: it says where to look, not what to do.

use serde::{Deserialize, Serialize};

use crate::calendar::Instant;

codes! {
    /// What a plan points at.
    SlowSign {
        Scan = "scan", "scan", "整表扫描", "The whole table is read";
        Walk = "walk", "walk", "整个索引走了一遍", "A whole index is walked";
        Sort = "sort", "sort", "排序没有用上索引", "Sorted without an index";
    }
}

/// Something that a plan points at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlowAdvice {
    /// What.
    pub sign: SlowSign,
    /// Table or index; empty for an order.
    pub of: String,
    /// Columns that are compared there, or by which it is ordered: candidates for an index.
    pub columns: Vec<String>,
}

/// A slow statement of one caller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlowView {
    /// Its text with marks in the place of values.
    pub statement: String,
    /// The name of the call or the job; empty where it is not known.
    pub caller: String,
    /// How often it was slow.
    pub times: i64,
    /// Milliseconds of the last time.
    pub last_ms: i64,
    /// Milliseconds of the longest time.
    pub most_ms: i64,
    /// Milliseconds on average.
    pub average_ms: i64,
    /// First seen.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub first_at: Instant,
    /// Last seen.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub last_at: Instant,
    /// The steps of its plan.
    pub plan: Vec<String>,
    /// What they point at.
    pub advice: Vec<SlowAdvice>,
}

/// What is kept, the latest first, and from when on a statement is slow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlowPage {
    /// At most a hundred.
    pub items: Vec<SlowView>,
    /// Milliseconds from which on a statement is kept.
    pub from_ms: i32,
}

/// What the steps of a plan point at.
pub fn advice(statement: &str, plan: &[String]) -> Vec<SlowAdvice> {
    let mut all: Vec<SlowAdvice> = Vec::new();
    for step in plan {
        let step = step.trim_start_matches([' ', '-', '>']);
        if let Some(found) = of_step(statement, step)
            && !all.contains(&found)
        {
            all.push(found);
        }
    }
    all
}

fn of_step(statement: &str, step: &str) -> Option<SlowAdvice> {
    let sort = || SlowAdvice {
        sign: SlowSign::Sort,
        of: String::new(),
        columns: ordered(statement),
    };
    if step.starts_with("USE TEMP B-TREE FOR ORDER BY") || step == "Sort" {
        return Some(sort());
    }
    if let Some(rest) = step.strip_prefix("SCAN ") {
        let mut words = rest.split_whitespace();
        let alias = words.next().filter(|word| word.starts_with(is_name))?;
        let index = rest.split_once("INDEX ").map(|(_, index)| index);
        return Some(SlowAdvice {
            sign: index.map_or(SlowSign::Scan, |_| SlowSign::Walk),
            of: index.map_or_else(|| table_of(statement, alias), str::to_owned),
            columns: compared(statement, alias),
        });
    }
    let (_, rest) = step.split_once("Seq Scan on ")?;
    let mut words = rest.split_whitespace();
    let table = words.next()?;
    Some(SlowAdvice {
        sign: SlowSign::Scan,
        of: table.to_owned(),
        columns: compared(statement, words.next().unwrap_or(table)),
    })
}

fn is_name(sign: char) -> bool {
    sign.is_ascii_alphabetic() || sign == '_'
}

/// The table behind an alias.
fn table_of(statement: &str, alias: &str) -> String {
    let words: Vec<&str> = statement
        .split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '_'))
        .filter(|word| !word.is_empty())
        .collect();
    let mut threes = words.windows(3);
    let named = threes.find(|three| {
        let opens = ["from", "join"].contains(&three[0].to_ascii_lowercase().as_str());
        opens && three[2] == alias
    });
    named.map_or(alias, |three| three[1]).to_owned()
}

/// The columns of an alias that stand in conditions.
fn compared(statement: &str, alias: &str) -> Vec<String> {
    let lower = statement.to_ascii_lowercase();
    let behind = lower.split_once(" where ").map_or("", |(_, rest)| rest);
    let conditions = behind.split(" order by ").next().unwrap_or_default();
    let mark = format!("{}.", alias.to_ascii_lowercase());
    let mut columns: Vec<String> = Vec::new();
    let words = conditions
        .split(|sign: char| !(sign.is_ascii_alphanumeric() || ['_', '.', '"'].contains(&sign)));
    for word in words {
        let plain = word.replace('"', "");
        let column = plain.strip_prefix(&mark).filter(|it| !it.is_empty());
        if let Some(column) = column
            && !columns.iter().any(|known| known == column)
        {
            columns.push(column.to_owned());
        }
    }
    columns
}

/// What the last order of a statement goes by.
fn ordered(statement: &str) -> Vec<String> {
    let lower = statement.to_ascii_lowercase();
    let Some((_, behind)) = lower.rsplit_once(" order by ") else {
        return Vec::new();
    };
    let order = behind.split(" limit ").next().unwrap_or_default();
    let order = order.split(')').next().unwrap_or_default();
    let columns = order.split(',').map(|it| it.trim().replace('"', ""));
    columns.filter(|it| !it.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATEMENT: &str = "select t.id from tickets t where t.city = ? and (t.state = ? or +t.kind in (?,?)) order by t.due_at, t.id limit 51";

    fn found(plan: &[&str]) -> Vec<(SlowSign, String, String)> {
        let plan: Vec<String> = plan.iter().map(|&step| step.to_owned()).collect();
        let all = advice(STATEMENT, &plan).into_iter();
        all.map(|it| (it.sign, it.of, it.columns.join(" ")))
            .collect()
    }

    #[test]
    fn plans_of_both_databases_point_at_tables_and_columns() {
        let scan = (
            SlowSign::Scan,
            "tickets".to_owned(),
            "city state kind".to_owned(),
        );
        let sort = (SlowSign::Sort, String::new(), "t.due_at t.id".to_owned());
        let lite = found(&["SCAN t", "USE TEMP B-TREE FOR ORDER BY"]);
        assert_eq!(lite, [scan.clone(), sort.clone()]);
        let big = found(&["Limit", "  ->  Sort", "        ->  Seq Scan on tickets t"]);
        assert_eq!(big, [sort, scan]);
        let walk = found(&["SCAN t USING INDEX tickets_due"]);
        assert_eq!(walk[0].0, SlowSign::Walk);
        assert_eq!(walk[0].1, "tickets_due");
    }

    #[test]
    fn what_is_led_by_an_index_points_at_nothing() {
        let plan = [
            "SEARCH t USING INDEX tickets_city (city=?)",
            "SCAN (subquery-1)",
            "  ->  Index Scan using tickets_city on tickets t",
        ];
        assert!(found(&plan).is_empty());
    }
}
