//! What conditions mean, by example.

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
        "", "${}", "1 +", "(1", "a b", "'open", "1a", "a = 1", "@", "has(1)", "[1,", "a.1", "${a",
        "1..2",
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
        Err(ConditionError::TooLong)
    );
    let nested = format!("{}1{}", "(".repeat(40), ")".repeat(40));
    assert_eq!(Condition::parse(&nested), Err(ConditionError::TooDeep));
    assert_eq!(
        Condition::parse(&format!("{}true", "!".repeat(40))),
        Err(ConditionError::TooDeep)
    );
    assert_eq!(
        Condition::parse(&format!("a{}", ".b".repeat(200))),
        Err(ConditionError::TooDeep)
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
