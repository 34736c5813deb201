//! What conditions mean, by example.

use shared::process::obstacle::{CalendarError, Operation, ValueKind};

use super::{Condition, ConditionError};
use crate::value::{Value, Vars};

fn vars() -> Vars {
    Vars::from([
        ("input".to_owned(), Value::Int(3)),
        ("name".to_owned(), Value::from("right")),
        ("yes".to_owned(), Value::Bool(true)),
        ("none".to_owned(), Value::Null),
        (
            "slot".to_owned(),
            Value::from([("stage", Value::from("sign")), ("n", Value::Float(1.5))]),
        ),
        (
            "list".to_owned(),
            Value::from(vec![Value::Int(1), Value::from("b")]),
        ),
    ])
}

fn value(text: &str) -> Result<Value, ConditionError> {
    Condition::parse(text)?.value(&vars())
}

#[test]
fn true_ones_are_true() {
    for text in [
        "input == 3",
        "input == 3.0",
        "${ input  >= 2 }",
        "#{input == 1 || input == 3}",
        "${name == 'right'}",
        "slot.stage == \"sign\" && slot.n > 1",
        "slot['stage'] == 'sign'",
        "has(slot.stage) && !has(slot.other) && !has(gone) && !has(none)",
        "has(gone) && gone == 1 || yes",
        "size(list) == 2 && size('民声') == 2 && size(slot) == 2",
        "'b' in list && !(2 in list) && 'n' in slot",
        "1 + 2 * 3 - 4 / 2 == 5",
        "7 / 2 == 3 && -7 % 3 == -1",
        "${7/2 == 3.5}",
        "yes ? input == 3 : gone",
        "[1, 'b'] == list",
        "count(list, 'b') == 1 && count(list, 2) == 0 && count([], yes) == 0",
        "count([1, 1.0, '1', null, true], 1) == 2 && count([[1], [2], [1]], [1]) == 2",
        "${count(list, name == 'right' ? 1 : 0) * 100 >= 50 * size(list)}",
        "none == null",
        "${not false and 1 lt 2 or gone}",
        "${execution.getVariable('gone') == null && execution.getVariable('input') != null}",
        "${vars:equals(name, 'right') && !vars:equals(gone, 'right')}",
        "${empty gone && empty none && !empty list}",
        "${yes ? true : false}",
        "'a' + 'b' == 'ab' && 'a' < 'b'",
    ] {
        assert_eq!(value(text), Ok(Value::Bool(true)), "{text}");
    }
}

#[test]
fn feel_is_translated() {
    for text in [
        "= input = 3 and name = \"right\"",
        "=input between 1 and 3",
        "=input in [1..3] and input in (2..4) and not(input in ]3..9])",
        "=input in (1, 3) and input in (<2, >= 3)",
        "=if yes then input > 2 else gone",
        "=7 / 2 = 3.5",
        "=slot.n < 2 or gone",
        "=name in [\"left\", \"right\"]",
        "=none = null",
    ] {
        assert_eq!(value(text), Ok(Value::Bool(true)), "{text}");
    }
    let cel = |text: &str| Condition::feel(text).expect("reads").to_cel();
    assert_eq!(cel("a between 1 and b + 1"), "a >= 1 && a <= b + 1");
    assert_eq!(cel("x.y in (1..5]"), "x.y > 1 && x.y <= 5");
    for text in ["=contains(name, \"r\")", "=some x in list satisfies x > 1"] {
        assert!(Condition::parse(text).is_err(), "{text}");
    }
    // What stands twice in the translation must be short, or nesting would double it with each level.
    assert!(Condition::parse("=(input + 1) between 1 and 3").is_err());
}

/// Tuesday, 3 March 2026, 10:00 in China; every day is a working day.
struct Timed(Vars);

impl super::Lookup for Timed {
    fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }
    fn clock(&self) -> Option<&dyn crate::time::Clock> {
        Some(self)
    }
}

impl crate::time::Clock for Timed {
    fn now(&self) -> i64 {
        1_772_503_200_000
    }
    fn add_working_days(&self, from: i64, days: i64) -> Result<i64, CalendarError> {
        Ok(from + days * 86_400_000)
    }
    fn add_working_hours(&self, from: i64, hours: i64) -> Result<i64, CalendarError> {
        Ok(from + hours * 3_600_000)
    }
    fn working_days_between(&self, from: i64, to: i64) -> Result<i64, CalendarError> {
        Ok((to - from) / 86_400_000)
    }
    fn limit(&self, _name: &str, _from: i64) -> Result<i64, CalendarError> {
        Err(CalendarError::NoNotice {
            before: "2031-01-01".to_owned(),
        })
    }
}

#[test]
fn times_compare_and_add_like_numbers() {
    let timed = Timed(Vars::from([(
        "filed".to_owned(),
        Value::from("2026-03-01T10:00:00+08:00"),
    )]));
    for text in [
        "now() == timestamp('2026-03-03T10:00:00+08:00')",
        "now() - timestamp(filed) == duration('P2D')",
        "timestamp(filed) + duration('PT36H') < now()",
        "timestamp('2026-03-03') < now()",
        "workdays(timestamp(filed), now()) == 2",
        "add_workdays(timestamp(filed), 3) > now()",
        "${now() > timestamp(filed)}",
    ] {
        let condition = Condition::parse(text).expect(text);
        assert_eq!(condition.value(&timed), Ok(Value::Bool(true)), "{text}");
        assert_eq!(
            Condition::parse(&condition.to_cel()).map(|again| again.to_cel()),
            Ok(condition.to_cel())
        );
    }
    assert!(matches!(
        value("now() > 1"),
        Err(ConditionError::Calendar { .. })
    ));
    for text in ["timestamp('soon')", "duration('P1M')"] {
        assert!(
            matches!(value(text), Err(ConditionError::NoTime { .. })),
            "{text}"
        );
    }
}

#[test]
fn errors_are_not_swallowed() {
    assert_eq!(
        value("gone == 1 || true"),
        Err(ConditionError::Missing {
            name: "gone".to_owned()
        })
    );
    assert_eq!(
        value("1/0 == 1 || true"),
        Err(ConditionError::DivisionByZero)
    );
    assert_eq!(value("1.0 % 0 == 1"), Err(ConditionError::DivisionByZero));
    assert_eq!(
        value("9223372036854775807 + 1"),
        Err(ConditionError::Overflow)
    );
    assert_eq!(
        value("slot.gone"),
        Err(ConditionError::Missing {
            name: "slot.gone".to_owned()
        })
    );
    assert!(matches!(
        value("input && yes"),
        Err(ConditionError::Kinds { .. })
    ));
    assert_eq!(
        value("count(name, 1)"),
        Err(ConditionError::Kinds {
            operation: Operation::Named("count".to_owned()),
            kinds: vec![ValueKind::String, ValueKind::Int],
        })
    );
    assert!(matches!(
        value("name < 1"),
        Err(ConditionError::Kinds { .. })
    ));
    assert!(matches!(
        Condition::parse("input").expect("reads").holds(&vars()),
        Err(ConditionError::Kinds { .. })
    ));
}

#[test]
fn calls_are_refused_when_read() {
    for text in [
        "${bean.run()}",
        "${execution.setVariable('a', 1)}",
        "foo(1)",
        "${vars:contains(a, 'b')}",
        "''.matches('a')",
        "${a.b.c('x')}",
        "=count(list, 1)",
    ] {
        assert!(
            matches!(Condition::parse(text), Err(ConditionError::Refused { .. })),
            "{text}"
        );
    }
}

#[test]
fn nonsense_is_a_syntax_error() {
    for text in [
        "",
        "${}",
        "1 +",
        "(1",
        "a b",
        "'open",
        "1a",
        "a = 1",
        "@",
        "has(1)",
        "[1,",
        "a.1",
        "${a",
        "1..2",
        "count(list)",
        "count(list, 1, 2)",
    ] {
        assert!(
            matches!(Condition::parse(text), Err(ConditionError::Syntax { .. })),
            "{text}"
        );
    }
}

#[test]
fn length_and_depth_are_bounded() {
    assert_eq!(
        Condition::parse(&"1".repeat(513)),
        Err(ConditionError::TooLong { most: 512 })
    );
    let nested = format!("{}1{}", "(".repeat(40), ")".repeat(40));
    assert_eq!(
        Condition::parse(&nested),
        Err(ConditionError::TooDeep { most: 32 })
    );
    assert_eq!(
        Condition::parse(&format!("{}true", "!".repeat(40))),
        Err(ConditionError::TooDeep { most: 32 })
    );
    assert_eq!(
        Condition::parse(&format!("a{}", ".b".repeat(200))),
        Err(ConditionError::TooDeep { most: 32 })
    );
    let chain = format!("1{}", "+1".repeat(255));
    assert_eq!(
        Condition::parse(&chain).expect("fits").value(&vars()),
        Ok(Value::Int(256))
    );
}

#[test]
fn juel_becomes_our_own_language() {
    let cel = |text: &str| Condition::parse(text).expect("reads").to_cel();
    assert_eq!(
        cel("${nrOfCompletedInstances/nrOfInstances >= 0.6 }"),
        "double(nrOfCompletedInstances) / nrOfInstances >= 0.6"
    );
    assert_eq!(cel("${not confirmed}"), "!confirmed");
    assert_eq!(
        cel("${execution.getVariable('x') != null}"),
        "(has(x) ? x : null) != null"
    );
    assert_eq!(
        cel("(a || b) && c - (1 - 2) == 3"),
        "(a || b) && c - (1 - 2) == 3"
    );
}
