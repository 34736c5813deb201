//! What tables mean, by example.

use super::{Decision, DecisionError, DecisionParseError, Outcome};
use crate::value::{Value, Vars};

fn table(attributes: &str, values: &str, rules: &[[&str; 3]]) -> Decision {
    let rows: Vec<String> = rules
        .iter()
        .map(|[kind, days, level]| {
            let cell = |name: &str, text: &str| {
                let text = text.replace('<', "&lt;");
                format!("<{name}><text>{text}</text></{name}>")
            };
            format!(
                "<rule>{}{}{}</rule>",
                cell("inputEntry", kind),
                cell("inputEntry", days),
                cell("outputEntry", level)
            )
        })
        .collect();
    let rows = rows.concat();
    let xml = format!(
        r#"<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision id="level"><decisionTable {attributes}>
           <input><inputExpression><text>kind</text></inputExpression></input>
           <input><inputExpression><text>days</text></inputExpression></input>
           <output name="level"><outputValues><text>{values}</text></outputValues></output>{rows}</decisionTable></decision></definitions>"#
    );
    Decision::parse(&xml).expect("reads").remove(0)
}

fn given(kind: &str, days: i64) -> Vars {
    Vars::from([
        ("kind".to_owned(), kind.into()),
        ("days".to_owned(), days.into()),
    ])
}

fn one(decision: &Decision, kind: &str, days: i64) -> Result<Value, DecisionError> {
    match decision.decide(&given(kind, days))? {
        Outcome::One(row) => Ok(row.map_or(Value::Null, |row| row["level"].clone())),
        other => panic!("{other:?}"),
    }
}

#[test]
fn cells_test_ranges_lists_and_comparisons() {
    let decision = table(
        "",
        "",
        &[
            [r#""noise", "dust""#, "[1..5)", r#""low""#],
            [r#""noise""#, ">= 5", "days * 2"],
            [r#"not("noise", "dust")"#, "-", "null"],
        ],
    );
    assert_eq!(one(&decision, "dust", 1), Ok("low".into()));
    assert_eq!(one(&decision, "noise", 5), Ok(10.into()));
    assert_eq!(one(&decision, "dust", 5), Ok(Value::Null));
    assert_eq!(one(&decision, "water", 0), Ok(Value::Null));
}

#[test]
fn each_hit_policy_means_what_the_standard_says() {
    let rules = [
        ["-", "< 10", r#""green""#],
        ["-", "> 3", r#""red""#],
        [r#""fire""#, "-", r#""red""#],
    ];
    let values = r#""red", "green""#;
    let unique = table("", values, &rules);
    assert_eq!(one(&unique, "water", 1), Ok("green".into()));
    assert_eq!(
        one(&unique, "water", 5),
        Err(DecisionError::NotUnique {
            first: 1,
            second: 2
        })
    );
    let first = table("hitPolicy=\"FIRST\"", values, &rules);
    assert_eq!(one(&first, "fire", 5), Ok("green".into()));
    let priority = table("hitPolicy=\"PRIORITY\"", values, &rules);
    assert_eq!(one(&priority, "fire", 5), Ok("red".into()));
    let any = table("hitPolicy=\"ANY\"", values, &rules);
    assert_eq!(one(&any, "fire", 20), Ok("red".into()));
    assert_eq!(
        one(&any, "fire", 1),
        Err(DecisionError::Disagree {
            first: 1,
            second: 3
        })
    );
    let many = |policy: &str| match table(policy, values, &rules).decide(&given("fire", 5)) {
        Ok(Outcome::Many(rows)) => rows
            .into_iter()
            .map(|row| row["level"].as_text().unwrap_or_default().to_owned())
            .collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(many("hitPolicy=\"RULE ORDER\""), ["green", "red", "red"]);
    assert_eq!(many("hitPolicy=\"COLLECT\""), ["green", "red", "red"]);
    assert_eq!(many("hitPolicy=\"OUTPUT ORDER\""), ["red", "red", "green"]);
}

#[test]
fn collected_numbers_are_computed() {
    let rules = [["-", "> 0", "2"], ["-", "> 1", "0.5"], ["-", "> 2", "4"]];
    let number = |how: &str, days| {
        let decision = table(
            &format!("hitPolicy=\"COLLECT\" aggregation=\"{how}\""),
            "",
            &rules,
        );
        match decision.decide(&given("x", days)) {
            Ok(Outcome::Number(number)) => number,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(number("SUM", 3), 6.5.into());
    assert_eq!(number("MIN", 3), 0.5.into());
    assert_eq!(number("MAX", 3), 4.into());
    assert_eq!(number("COUNT", 2), 2.into());
    assert_eq!(number("SUM", 0), Value::Null);
}

#[test]
fn what_is_no_table_is_refused_with_its_place() {
    let around = |inside: &str| {
        Decision::parse(&format!(
            "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\">\n{inside}</definitions>"
        ))
    };
    assert_eq!(around(""), Err(DecisionParseError::Nothing));
    for inside in [
        "<decision/>",
        r#"<decision id="d"><literalExpression/></decision>"#,
        r#"<decision id="d"><decisionTable/></decision>"#,
        r#"<decision id="d"><decisionTable hitPolicy="LUCKY"><output name="x"/></decisionTable></decision>"#,
        r#"<decision id="d"><decisionTable><output name="x"/><rule/></decisionTable></decision>"#,
        r#"<decision id="d"><decisionTable><output name="x"/><rule><outputEntry><text>run()</text></outputEntry></rule></decisionTable></decision>"#,
    ] {
        assert!(
            matches!(
                around(inside),
                Err(DecisionParseError::Table { line: 2, .. })
            ),
            "{inside}: {:?}",
            around(inside)
        );
    }
    assert!(matches!(
        Decision::parse("<!DOCTYPE x><definitions/>"),
        Err(DecisionParseError::File(_))
    ));
}
