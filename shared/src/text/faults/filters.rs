//! Sentences about filters and conditions that cannot be read.
//! Not here: how they are read (`query`).

use super::Facts;
use crate::query::language::{Slip, WHERE};

/// What is wrong with a filter, or where an expression goes wrong and why.
pub(super) fn query(facts: &Facts<'_>) -> String {
    let slip = facts.get("why").and_then(Slip::parse);
    if let Some(slip) = slip.filter(|_| facts.get("field") == Some(WHERE)) {
        return mistake(facts, slip);
    }
    match (facts.get("why"), facts.get("field")) {
        (Some("pairs"), _) => {
            let most = facts.get("max").unwrap_or("200");
            return facts.say(
                format!("筛选条件太多，最多 {most} 个，请减少一些。"),
                format!("There are too many filters, at most {most}; please take some away."),
            );
        }
        (Some("unknown"), Some(field)) => {
            return facts.say(
                format!("没有名为“{field}”的筛选条件。"),
                format!("There is no filter called \"{field}\"."),
            );
        }
        _ => {}
    }
    let name = facts.get("field").and_then(crate::text::staff::filter);
    match name {
        Some(name) => facts.say(
            format!("筛选条件“{}”读不出来，请重新选择。", name.zh),
            format!(
                "The filter \"{}\" cannot be read; please choose again.",
                name.en
            ),
        ),
        None => facts.say(
            "筛选条件读不出来，请重新选择。",
            "The filters cannot be read; please choose again.",
        ),
    }
}

fn mistake(facts: &Facts<'_>, slip: Slip) -> String {
    let why = slip.text();
    let at = facts.get("at").unwrap_or("1");
    match (slip, facts.get("value").filter(|near| !near.is_empty())) {
        (Slip::Wide | Slip::Nothing | Slip::Foreign, _) => facts.say(
            format!("高级条件：{}。", why.zh),
            format!("Advanced conditions: {}.", why.en),
        ),
        (_, Some(near)) => facts.say(
            format!("高级条件第 {at} 个字“{near}”处：{}。", why.zh),
            format!(
                "Advanced conditions, character {at} (\"{near}\"): {}.",
                why.en
            ),
        ),
        (_, None) => facts.say(
            format!("高级条件第 {at} 个字处：{}。", why.zh),
            format!("Advanced conditions, character {at}: {}.", why.en),
        ),
    }
}
