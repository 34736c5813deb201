//! texts that a spreadsheet would run, typed into every free field of a ticket, read back out of the exported file.
//! Deliberately absent: workbooks (`services`, `exports::formats`), the tricks one by one (beside `exports::cell`).

use serde_json::json;

use crate::rest::complaint;
use crate::rights::calls::Caller;
use crate::security::{
    campaign::{Campaign, start},
    on_each, quiet,
};
use crate::support::{World, request};

/// What begins a formula, also behind marks that nobody sees.
const FORMULAS: [&str; 14] = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1,1)",
    "=cmd|'/C calc'!A0",
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "\"=1+1",
    "\u{200b}=1+1",
    " =1+1",
    ";=1+1",
];

/// What must not be the first visible sign of a cell.
const STARTS: [char; 9] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', ';'];

/// The cells of a file of comma-separated values.
fn cells(text: &str) -> Vec<String> {
    let (mut cells, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if is_quoted && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            '"' => is_quoted = !is_quoted,
            ',' | '\n' if !is_quoted => cells.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted => {}
            other => cell.push(other),
        }
    }
    cells.push(cell);
    cells
}

/// Whether a spreadsheet would take the cell for a formula. A lone sign, or a number below zero, is what it says.
fn runs(cell: &str) -> bool {
    let is_number = cell.parse::<f64>().is_ok();
    let is_hidden = |sign: char| {
        sign.is_whitespace()
            || matches!(sign, '"' | '“' | '”' | '\u{feff}' | '\u{200b}'..='\u{200f}')
    };
    let seen = cell.trim_start_matches(is_hidden);
    let first = seen.chars().next();
    seen.chars().count() > 1 && !is_number && first.is_some_and(|sign| STARTS.contains(&sign))
}

#[test]
fn no_cell_of_an_export_is_a_formula() {
    on_each(quiet, story);
}

async fn story(world: World) {
    let agent = Caller::of(&world, "agent").await;
    let manager = Caller::of(&world, "manager").await;
    let token = agent.token.as_deref().unwrap_or_default();
    let mut campaign = Campaign::begin("X-03", &world);
    let mut planted = 0;
    for formula in FORMULAS {
        let mut body = complaint();
        body["title"] = json!(formula);
        body["content"] = json!(format!(
            "{formula} 路灯三天不亮，晚上行人看不清路，请尽快派人修理。"
        ));
        body["address"] = json!(formula);
        body["citizen"]["name"] = json!(formula);
        let bearer = format!("Bearer {token}");
        let headers = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
        ];
        let post = request("POST", "/api/v1/tickets", &headers, body.to_string().into());
        let answer = campaign.sends(formula, post).await;
        planted += usize::from(answer.status.is_success());
    }
    assert!(planted > 6, "only {planted} of the formulas were taken");
    let headers = [("cookie", manager.cookies.as_str())];
    let get = request("GET", "/tickets/export.csv", &headers, "".into());
    let file = campaign.sends("the export", get).await;
    assert!(file.status.is_success(), "{}", start(&file.text));
    let cells = cells(&file.text);
    assert!(cells.len() > planted * 5, "{} cells", cells.len());
    for cell in &cells {
        campaign.holds(!runs(cell), || format!("a cell runs: {cell}"));
    }
    let kept = cells.iter().filter(|cell| cell.contains("1+1")).count();
    campaign.holds(kept > 0, || "no text of a formula came through".to_owned());
    campaign.ends(FORMULAS.len());
}

#[test]
fn a_formula_is_told_from_a_text() {
    assert!(runs("=1+1") && runs("\"=1") && runs("\u{feff}@a"));
    assert!(!runs("'=1+1") && !runs("-3.5") && !runs("-") && !runs("路灯"));
    assert_eq!(cells("a,\"b\"\"c,d\"\r\ne"), ["a", "b\"c,d", "e"]);
}
