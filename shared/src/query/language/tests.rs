//! What is read and printed, what is refused and where, what leads; and of any expression that printing and reading agree.

use proptest::prelude::*;

use super::*;
use crate::query::TicketFilter;
use crate::ticket::{Light, TicketState};

const NOW: Instant = Instant(1_772_416_800_000);

fn read(text: &str) -> Expr {
    Expr::parse(text).unwrap_or_else(|mistake| panic!("{text}: {mistake:?}"))
}

#[test]
fn it_is_read_as_people_write_it_and_printed_in_one_way() {
    for (typed, printed) in [
        (
            "state in (DI, HA) and (returns >= 2 or not solved = yes) and area under 3201",
            "state in (DISPATCHED, HANDLING) and (returns >= 2 or not solved = yes) and area under 3201",
        ),
        (
            "状态 = 办理中 且 （退单次数≥2）",
            "state = HANDLING and returns >= 2",
        ),
        ("((kind = 30))", "kind = complaint"),
        ("NOT overdue = YES", "not overdue = yes"),
        (
            "accepted between 2026-01-01 and today-7",
            "accepted between 2026-01-01 and today-7",
        ),
        ("external is not empty", "external is not empty"),
        ("source = \"省 平台\"", "source = \"省 平台\""),
        ("external = \"and\"", "external = \"and\""),
        ("own.floor in (6, \"7 层\")", "own.floor in (6, \"7 层\")"),
        (
            "light = red or light = yellow and urges > 0",
            "light = red or light = yellow and urges > 0",
        ),
        (
            "(state = HA or state = DI) and (urges = 1 and cycles = 0)",
            "(state = HANDLING or state = DISPATCHED) and (urges = 1 and cycles = 0)",
        ),
        (
            "due < 2026-03-02T10:00:00+08:00",
            "due < 2026-03-02T10:00:00+08:00",
        ),
    ] {
        assert_eq!(read(typed).to_string(), printed, "{typed}");
        assert_eq!(read(printed).to_string(), printed);
    }
}

#[test]
fn mistakes_are_told_with_their_place() {
    let nested = |depth: usize| {
        let (open, close) = ("(".repeat(depth), ")".repeat(depth));
        format!("{open}urges = 1{close}")
    };
    let many = ["urges = 1"; MOST_CONDITIONS + 1].join(" and ");
    let values = ["1"; 2].join(", ");
    for (text, slip, at) in [
        ("", Slip::Nothing, 1),
        ("   ", Slip::Nothing, 4),
        ("colour = red", Slip::Field, 1),
        ("state ~ x", Slip::Sign, 7),
        ("state is red", Slip::Empty, 10),
        ("state red", Slip::Operator, 7),
        ("state < HA", Slip::Operator, 7),
        ("state = OPEN", Slip::Value, 9),
        ("returns >= -1", Slip::Value, 12),
        ("returns >= many", Slip::Value, 12),
        ("accepted > 2026-02-30", Slip::Value, 12),
        ("area = 32", Slip::Value, 8),
        ("unit = \"a'b\"", Slip::Value, 8),
        ("state in HA", Slip::List, 10),
        ("state in (HA", Slip::List, 13),
        ("urges between 1", Slip::And, 16),
        ("source = \"x", Slip::Quote, 10),
        ("(urges = 1", Slip::Bracket, 11),
        ("urges = 1)", Slip::Bracket, 10),
        ("urges = 1 urges = 2", Slip::Rest, 11),
        ("urges = 1 and", Slip::Field, 14),
    ] {
        let mistake = Expr::parse(text).expect_err(text);
        assert_eq!((mistake.slip, mistake.at), (slip, at), "{text}");
        let fault = mistake.fault();
        assert_eq!(
            (fault.code, fault.fields[0].field.as_str()),
            (Code::InputQuery, WHERE)
        );
    }
    assert!(Expr::parse(&nested(MOST_DEPTH)).is_ok());
    for (text, slip) in [
        (nested(MOST_DEPTH + 1), Slip::Deep),
        (
            format!("{}urges = 1", "not ".repeat(MOST_DEPTH + 1)),
            Slip::Deep,
        ),
        (many, Slip::Many),
        (
            format!("urges in ({values}{})", " ".repeat(MOST_CHARS)),
            Slip::Long,
        ),
    ] {
        assert_eq!(Expr::parse(&text).expect_err("refused").slip, slip);
    }
}

#[test]
fn what_holds_for_every_ticket_leads() {
    let led = |text: &str| {
        TicketFilter {
            expr: Some(read(text)),
            ..TicketFilter::default()
        }
        .led(NOW)
    };
    let all = led(
        "state in (HA, DI) and area under 320106 and light = red and accepted >= 2026-01-01 and accepted < 2026-02-01 and own.floor = 6",
    );
    assert_eq!(all.expr, None);
    assert_eq!(all.state, [TicketState::Handling, TicketState::Dispatched]);
    assert_eq!(
        (all.region.as_deref(), all.light),
        (Some("320106"), Some(Light::Red))
    );
    assert_eq!(all.own.get("floor").map(String::as_str), Some("6"));
    assert!(all.accepted_from.is_some() && all.accepted_to.is_some());

    let some =
        led("unit under 320100-ZJJ and (urges > 0 or returns > 0) and state = HA and state = DI");
    assert_eq!(some.unit.as_deref(), Some("320100-ZJJ"));
    assert_eq!(
        some.expr.as_ref().map(ToString::to_string).as_deref(),
        Some("(urges > 0 or returns > 0) and state = DISPATCHED")
    );
    assert_eq!(some.check_led(false), Ok(()));
    let itself = led("lead = 320100-ZJJ");
    assert_eq!(itself.lead_unit.as_deref(), Some("320100-ZJJ"));
    assert!(itself.expr.is_some() && itself.check_led(false).is_ok());
    let wide = led("returns >= 2");
    assert_eq!(wide.check_led(false).map_err(|it| it.slip), Err(Slip::Wide));
    assert_eq!(wide.check_led(true), Ok(()));
    let long = led("returns >= 2 and accepted between 2024-01-01 and 2026-01-01");
    assert!(long.check_led(false).is_err());
    let short = led("returns >= 2 and accepted between today-90 and today");
    assert!(short.check_led(false).is_ok());
}

#[test]
fn a_person_stands_as_a_mark_alone_and_leads() {
    let mark = mark::written(&"ab".repeat(32), &"09".repeat(8));
    let text = format!("phone = {mark} and urges >= 1");
    let expr = read(&text);
    assert_eq!(expr.to_string(), text);
    assert_eq!(expr.persons().count(), 1);
    assert!(!expr.said(crate::text::Locale::Zh).contains(&mark));
    for typed in [
        "phone = 13800138000",
        "电话 = \"138 0013 8000\"",
        "name in (张三)",
        "证件号 = 11010519491231002X",
    ] {
        let mistake = Expr::parse(typed).expect_err("refused");
        assert_eq!(
            (mistake.slip, mistake.near.as_str()),
            (Slip::Person, ""),
            "{typed}"
        );
    }
    let refused = Expr::parse(&format!("name != {mark}")).expect_err("refused");
    assert_eq!(refused.slip, Slip::Operator);
    let led = |text: &str| {
        TicketFilter {
            expr: Some(read(text)),
            ..TicketFilter::default()
        }
        .led(NOW)
    };
    assert_eq!(led(&text).check_led(false), Ok(()));
    let either = led(&format!("name = {mark} or urges >= 1"));
    assert!(
        either.check_led(false).is_err(),
        "leads only where it must hold"
    );
    assert!(either.expr.is_some_and(|expr| expr.asks_person()));
}

#[test]
fn every_sample_is_led() {
    for (text, _) in crate::text::query::SAMPLES {
        let filter = TicketFilter {
            expr: Some(read(text)),
            ..TicketFilter::default()
        };
        assert_eq!(filter.led(NOW).check_led(false), Ok(()), "{text}");
    }
}

#[test]
fn rows_are_added_and_taken_off() {
    let one = added(None, ("state", "in", "HA, DI"), false).expect("a row");
    let two = added(Some(one), ("returns", ">=", "2"), false).expect("a row");
    let three = added(Some(two), ("urges", ">=", "3"), true).expect("a row");
    assert_eq!(
        three.to_string(),
        "state in (HANDLING, DISPATCHED) and (returns >= 2 or urges >= 3)"
    );
    assert_eq!(parts(&three).len(), 2);
    let left = without(&three, 0).expect("one is left");
    assert_eq!(left.to_string(), "returns >= 2 or urges >= 3");
    assert_eq!(without(&left, 0), None);
    assert!(added(Some(left), ("urges", ">=", "x"), false).is_err());
}

/// Any condition.
fn condition() -> impl Strategy<Value = Condition> {
    let subject = prop_oneof![
        8 => prop::sample::select(Field::ALL).prop_map(Subject::Field),
        1 => "[a-z][a-z0-9_-]{0,8}".prop_map(Subject::Own),
    ];
    subject
        .prop_flat_map(|of| {
            let op = prop::sample::select(of.kind().ops());
            (Just(of), op)
        })
        .prop_flat_map(|(of, op)| {
            let wanted = match op {
                Op::Empty | Op::Filled => 0..=0,
                Op::Between => 2..=2,
                Op::In => 1..=4,
                _ => 1..=1,
            };
            let values = prop::collection::vec(value(&of, op), wanted);
            (Just(of), Just(op), values)
        })
        .prop_map(|(of, op, values)| {
            // A list names each value once.
            let mut once: Vec<Value> = Vec::new();
            for value in values {
                if op != Op::In || !once.contains(&value) {
                    once.push(value);
                }
            }
            Condition {
                of,
                op,
                values: once,
            }
        })
}

fn value(of: &Subject, op: Op) -> BoxedStrategy<Value> {
    let text = |pattern: &'static str| pattern.prop_map(Value::Text).boxed();
    let Subject::Field(field) = of else {
        return text("[a-z0-9路灯\"\\\\(,]{1,8}");
    };
    match field.kind() {
        FieldKind::Code | FieldKind::Answer => prop::sample::select(field.codes())
            .prop_map(Value::Code)
            .boxed(),
        FieldKind::Flag => any::<bool>().prop_map(Value::Flag).boxed(),
        FieldKind::Number => (0_i64..1_000).prop_map(Value::Number).boxed(),
        FieldKind::Time => prop_oneof![
            (-30_i64..30).prop_map(Moment::Today),
            (0_i64..900_000_000).prop_map(|second| Moment::At(Instant(second * 1_000 + NOW.0 / 2))),
            (0_u64..10_000).prop_map(|days| {
                let first = "2000-01-01".parse().expect("a date");
                Moment::Day(calendar::days_after(first, days))
            }),
        ]
        .prop_map(Value::Time)
        .boxed(),
        FieldKind::Area if op == Op::Under => text("32([0-9]{2}|[0-9]{4}|[0-9]{7})?"),
        FieldKind::Area => text("32[0-9]{4}"),
        FieldKind::Unit | FieldKind::Tree | FieldKind::Mark => text("[A-Za-z0-9_-]{1,12}"),
        FieldKind::Text => text("[A-Za-z0-9路灯\"”\\\\():]{1,12}"),
        FieldKind::Person => text("#[0-9a-f]{64}\\.[0-9a-f]{16}"),
    }
}

/// Any expression within the bounds.
fn expr() -> impl Strategy<Value = Expr> {
    let leaf = condition().prop_map(Expr::Is);
    leaf.prop_recursive(2, 12, 3, |inner| {
        let several = prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            several.clone().prop_map(Expr::All),
            several.prop_map(Expr::Any),
            inner.prop_map(|inner| Expr::Not(Box::new(inner))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn printing_and_reading_agree(expr in expr()) {
        let text = expr.to_string();
        prop_assume!(text.chars().count() <= MOST_CHARS);
        let again = Expr::parse(&text);
        prop_assert_eq!(again.as_ref(), Ok(&expr), "{}", text);
    }

    #[test]
    fn no_text_makes_it_fall(text in "\\PC{0,60}") {
        let _ = Expr::parse(&text);
    }
}
