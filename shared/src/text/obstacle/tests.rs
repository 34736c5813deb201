//! Test: every code is told in both languages, with every fact that belongs to it; what was stored comes back.
//! Not here: single sentences of services (`server/services/tests/it/approvals`).
//! The codes are those that the enums themselves read, so that a new one is asked for here.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Told;
use crate::process::obstacle::{
    Barrier, CalendarError, ConditionError, DecisionError, Fuel, NoLoop, NoVariable, Obstacle,
    Operation, RunError, There, TimeForm, TimerError, ValueKind,
};
use crate::text::Locale;

/// The codes that an enum reads, from what it says of one that it does not.
pub(super) fn codes_of<T: DeserializeOwned>(unknown: Value) -> BTreeSet<String> {
    let error = match serde_json::from_value::<T>(unknown) {
        Ok(_) => panic!("`?` is no code"),
        Err(error) => error.to_string(),
    };
    let (_, expected) = error.split_once("expected").expect("the codes");
    expected
        .split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// Words of every short code, by language.
fn label(word: &str, locale: Locale) -> Option<&'static str> {
    Barrier::parse(word)
        .map(|it| it.label(locale))
        .or_else(|| Fuel::parse(word).map(|it| it.label(locale)))
        .or_else(|| NoVariable::parse(word).map(|it| it.label(locale)))
        .or_else(|| ValueKind::parse(word).map(|it| it.label(locale)))
        .or_else(|| TimeForm::parse(word).map(|it| it.label(locale)))
}

/// Every fact of a thing as it is stored, however deep.
pub(super) fn facts(of: &Value, found: &mut Vec<String>) {
    match of {
        Value::Object(map) => map
            .iter()
            .filter(|(name, value)| !(*name == "code" && map.len() <= 2 && value.is_string()))
            .for_each(|(_, value)| facts(value, found)),
        Value::Array(items) => items.iter().for_each(|item| facts(item, found)),
        Value::String(text) => found.push(text.clone()),
        Value::Number(number) => found.push(number.to_string()),
        Value::Null | Value::Bool(_) => {}
    }
}

/// Reads each example, sees that all codes are there, that it is told differently in both languages, and with all facts.
fn walk<T: DeserializeOwned + Told>(unknown: Value, examples: &[(Value, &[&str])]) {
    let mut seen = BTreeSet::new();
    for (stored, words_of_its_own) in examples {
        let code = stored.get("code").and_then(Value::as_str);
        let code = code.or_else(|| stored.as_str()).or_else(|| {
            let map = stored.as_object()?;
            map.keys().next().map(String::as_str)
        });
        seen.insert(code.expect("a code").to_owned());
        let read: T = serde_json::from_value(stored.clone()).expect("an example");
        let (zh, en) = (read.told(Locale::Zh), read.told(Locale::En));
        if words_of_its_own.is_empty() {
            assert!(!zh.is_ascii() && en.is_ascii(), "{stored}: {zh} / {en}");
        }
        let mut all = Vec::new();
        facts(stored, &mut all);
        // A bare code is its own word, not a fact.
        all.retain(|fact| stored.as_str() != Some(fact));
        for fact in all {
            for (locale, told) in [(Locale::Zh, &zh), (Locale::En, &en)] {
                let fact = label(&fact, locale).unwrap_or(&fact);
                assert!(
                    told.contains(fact),
                    "{stored}: {told} says nothing of {fact}"
                );
            }
        }
    }
    let known = codes_of::<T>(unknown);
    assert!(!known.is_empty());
    assert_eq!(seen, known);
}

pub(super) fn tagged() -> Value {
    json!({"code": "?"})
}

#[test]
fn every_calendar_and_timer_error_is_told() {
    walk::<CalendarError>(
        tagged(),
        &[
            (json!({"code": "no_clock"}), &[]),
            (json!({"code": "too_long", "facts": {"value": 41}}), &[]),
            (
                json!({"code": "no_notice", "facts": {"before": "2031-01-02"}}),
                &[],
            ),
            (json!({"code": "no_limit", "facts": {"name": "soon"}}), &[]),
        ],
    );
    walk::<TimerError>(
        tagged(),
        &[
            (json!({"code": "unreadable", "facts": {"text": "x9"}}), &[]),
            (json!({"code": "too_far", "facts": {"text": "P9000Y"}}), &[]),
            (
                json!({"code": "calendar", "facts": {"text": "3 wd", "why": {"code": "no_limit", "facts": {"name": "soon"}}}}),
                &[],
            ),
        ],
    );
}

#[test]
fn every_error_of_a_condition_is_told() {
    let syntax = |found: Value| json!({"code": "syntax", "facts": {"at": 17, "found": found}});
    let kinds = |operation: Value| json!({"code": "kinds", "facts": {"operation": operation, "kinds": ["string", "int"]}});
    walk::<ConditionError>(
        tagged(),
        &[
            (json!({"code": "too_long", "facts": {"most": 512}}), &[]),
            (json!({"code": "too_deep", "facts": {"most": 32}}), &[]),
            (syntax(json!({"written": "}"})), &[]),
            (syntax(json!({"text": "abc"})), &[]),
            (
                json!({"code": "refused", "facts": {"what": "bean.run()"}}),
                &[],
            ),
            (json!({"code": "missing", "facts": {"name": "days"}}), &[]),
            (json!({"code": "division_by_zero"}), &[]),
            (json!({"code": "overflow"}), &[]),
            (kinds(json!({"named": "count"})), &[]),
            (json!({"code": "too_many_steps"}), &[]),
            (json!({"code": "too_large"}), &[]),
            (
                json!({"code": "no_time", "facts": {"text": "x9", "wanted": "instant"}}),
                &[],
            ),
            (
                json!({"code": "no_time", "facts": {"text": "x9", "wanted": "duration"}}),
                &[],
            ),
            (
                json!({"code": "calendar", "facts": {"why": {"code": "no_clock"}}}),
                &[],
            ),
        ],
    );
    walk::<There>(
        json!("?"),
        &[
            (json!({"written": "}"}), &["}"]),
            (json!({"text": "abc"}), &[]),
            (json!("letter_after_number"), &[]),
            (json!("open_text"), &[]),
            (json!("end"), &[]),
        ],
    );
    walk::<Operation>(
        json!("?"),
        &[
            (json!({"named": "+"}), &["+"]),
            (json!("condition"), &[]),
            (json!("text"), &[]),
            (json!("timer"), &[]),
            (json!("aggregation"), &[]),
        ],
    );
}

#[test]
#[allow(clippy::too_many_lines, reason = "one row an error")]
fn every_error_of_the_engine_is_told() {
    let zero = json!({"code": "division_by_zero"});
    walk::<DecisionError>(
        tagged(),
        &[
            (
                json!({"code": "cell", "facts": {"rule": 7, "cell": "< 5", "why": zero}}),
                &[],
            ),
            (
                json!({"code": "not_unique", "facts": {"first": 17, "second": 29}}),
                &[],
            ),
            (
                json!({"code": "disagree", "facts": {"first": 17, "second": 29}}),
                &[],
            ),
            (json!({"code": "no_number", "facts": {"why": zero}}), &[]),
        ],
    );
    walk::<NoLoop>(
        json!("?"),
        &[
            (json!({"kind": "string"}), &[]),
            (json!({"too_many": 4711}), &[]),
            (json!("without_number"), &[]),
        ],
    );
    let of = |code: &str| json!({"code": code, "facts": {"element": "step"}});
    let process = |code: &str| json!({"code": code, "facts": {"process": "permit"}});
    walk::<RunError>(
        tagged(),
        &[
            (json!({"code": "fuel", "facts": {"what": "tokens"}}), &[]),
            (process("unknown_process"), &[]),
            (of("unknown_element"), &[]),
            (process("no_start"), &[]),
            (json!({"code": "ended"}), &[]),
            (
                json!({"code": "unknown_task", "facts": {"task": 4711}}),
                &[],
            ),
            (
                json!({"code": "unknown_timer", "facts": {"timer": 4711}}),
                &[],
            ),
            (
                json!({"code": "nobody_waits", "facts": {"name": "papers"}}),
                &[],
            ),
            (
                json!({"code": "condition", "facts": {"element": "step", "expression": "a / 0", "why": zero}}),
                &[],
            ),
            (of("no_flow"), &[]),
            (
                json!({"code": "uncaught_error", "facts": {"element": "step", "code": "E1"}}),
                &[],
            ),
            (
                json!({"code": "unknown_decision", "facts": {"element": "step", "decision": "table"}}),
                &[],
            ),
            (
                json!({"code": "decision", "facts": {"element": "step", "why": {"code": "no_number", "facts": {"why": zero}}}}),
                &[],
            ),
            (of("still_busy"), &[]),
            (
                json!({"code": "unsupported", "facts": {"element": "step", "kind": "complexGateway"}}),
                &[],
            ),
            (
                json!({"code": "bad_loop", "facts": {"element": "step", "found": {"too_many": 4711}}}),
                &[],
            ),
            (
                json!({"code": "bad_variable", "facts": {"name": "days", "why": "too_deep"}}),
                &[],
            ),
        ],
    );
}

#[test]
fn every_obstacle_is_told_and_comes_back_as_it_was_stored() {
    let examples = [
        json!({"code": "step", "facts": {"why": {"code": "no_flow", "facts": {"element": "step"}}}}),
        json!({"code": "time", "facts": {"why": {"code": "unreadable", "facts": {"text": "x9"}}}}),
        json!({"code": "expression", "facts": {"why": {"code": "missing", "facts": {"name": "days"}}}}),
        json!({"code": "names_nobody"}),
        json!({"code": "nobody_called", "facts": {"names": "li.si, wang.wu"}}),
        json!({"code": "barred", "facts": {"name": "li.si", "why": "filed"}}),
        json!({"code": "no_unit", "facts": {"unit": "320100-ZJJ"}}),
        json!({"code": "nothing_open"}),
        json!({"code": "too_many_hops", "facts": {"most": 25}}),
        json!({"code": "no_service", "facts": {"service": "partner.gone"}}),
        json!({"code": "service_silent", "facts": {"seconds": 20}}),
        json!({"code": "service_idle"}),
        json!({"code": "service_said", "facts": {"words": "connection refused"}}),
        json!({"code": "told", "facts": {"words": "in the words of before"}}),
    ];
    let own: &[&str] = &["words"];
    let walked: Vec<(Value, &[&str])> = examples
        .iter()
        .map(|stored| {
            let has_words = stored.pointer("/facts/words").is_some();
            (stored.clone(), if has_words { own } else { &[] })
        })
        .collect();
    walk::<Obstacle>(tagged(), &walked);
    for stored in examples {
        let read = Obstacle::stored(&stored.to_string());
        let again: Value = serde_json::from_str(&read.to_json()).expect("a JSON");
        assert_eq!(again, stored);
    }
    let prose = "the variable days is not set";
    assert_eq!(Obstacle::stored(prose).told(Locale::Zh), prose);
}
