//! Rows as they are typed and as they stand in files, against what is kept of them.

use super::{Cells, ListCode, list, lists, setting_words};
use crate::fault::{Code, Fault};

fn cells(pairs: &[(&str, &str)]) -> Cells {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn wrong(code: ListCode, pairs: &[(&str, &str)]) -> Vec<(String, Code)> {
    let fault: Fault = list(code).read(&cells(pairs)).expect_err("wrong");
    let field = |found: crate::fault::FieldFault| (found.field, found.code);
    fault.fields.into_iter().map(field).collect()
}

#[test]
fn every_list_has_a_key_and_columns_of_different_names() {
    for list in lists() {
        assert!(
            list.columns.iter().any(|column| column.is_key),
            "{}",
            list.code
        );
        let mut names: Vec<&str> = list.columns.iter().map(|column| column.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), list.columns.len(), "{}", list.code);
    }
}

#[test]
fn a_choice_is_read_by_code_and_by_label() {
    let row = |stage: &str, unit: &str| {
        let sent = cells(&[("stage", stage), ("value", "５"), ("unit", unit)]);
        list(ListCode::Limits).read(&sent).expect("a limit")
    };
    let known = row("handle", "working_days");
    assert_eq!(known.key, "handle/-/-/-/-/-");
    assert_eq!(row("办理", "工作日"), known);
    assert_eq!(row("Handle", "Working days"), known);
    assert_eq!(known.cells["value"], "5");
    let words = list(ListCode::Limits).words(&known.cells);
    assert!(
        words.contains("办理") && words.contains("working days"),
        "{words}"
    );
}

#[test]
fn a_setting_is_read_in_words() {
    use crate::text::Locale::{En, Zh};
    for (value, zh, en) in [
        ("yes", "是", "Yes"),
        ("none", "无", "None"),
        ("agent, auditor", "坐席、审计员", "Agent, Auditor"),
        ("30", "30", "30"),
    ] {
        assert_eq!(setting_words(value, Zh), zh);
        assert_eq!(setting_words(value, En), en);
    }
}

#[test]
fn limits_of_nothing_and_of_ten_thousand_days_are_refused() {
    let with = |value: &'static str| {
        [
            ("stage", "ticket"),
            ("value", value),
            ("unit", "working_days"),
        ]
    };
    for value in ["0", "-1", "10000", "many"] {
        let found = wrong(ListCode::Limits, &with(value));
        assert_eq!(found, [("value".to_owned(), Code::InputNumber)], "{value}");
    }
    assert_eq!(
        wrong(ListCode::Limits, &[("stage", "nothing"), ("extra", "1")]),
        [
            ("stage".to_owned(), Code::InputCode),
            ("value".to_owned(), Code::InputRequired),
            ("unit".to_owned(), Code::InputRequired),
            ("extra".to_owned(), Code::InputBody),
        ]
    );
}

#[test]
fn a_day_stands_near_its_notice_and_a_period_ends_after_it_begins() {
    let day = |date: &'static str| {
        [
            ("date", date),
            ("kind", "holiday"),
            ("name", "元旦"),
            ("notice_year", "2027"),
        ]
    };
    let read = list(ListCode::Calendar).read(&cells(&day("2027年1月1日")));
    assert_eq!(read.expect("a day").key, "2027-01-01");
    assert_eq!(
        wrong(ListCode::Calendar, &day("2029-01-01")),
        [("notice_year".to_owned(), Code::InputDate)]
    );
    assert_eq!(
        wrong(ListCode::Hours, &[("from", "17:30"), ("to", "9:00")]),
        [("to".to_owned(), Code::InputPeriod)]
    );
    assert_eq!(
        wrong(ListCode::Hours, &[("from", "nine"), ("to", "12:00")]),
        [("from".to_owned(), Code::InputTime)]
    );
}

#[test]
fn a_unit_is_neither_above_nor_behind_itself() {
    let unit = |more: &[(&'static str, &'static str)]| {
        let mut row = vec![
            ("code", "320100-ZJJ"),
            ("name", "南京市住房局"),
            ("level", "department"),
            ("region", "320100"),
        ];
        row.extend_from_slice(more);
        row
    };
    let found = wrong(
        ListCode::Units,
        &unit(&[
            ("parent", "320100-ZJJ"),
            ("state", "active"),
            ("successor", "X"),
        ]),
    );
    assert_eq!(
        found,
        [
            ("parent".to_owned(), Code::InputUnit),
            ("successor".to_owned(), Code::InputUnit)
        ]
    );
    let row = list(ListCode::Units).read(&cells(&unit(&[("state", "已终止"), ("successor", "B")])));
    let row = super::UnitRow::of(&row.expect("a unit").cells).expect("a unit");
    assert!(!row.is_active && row.successor.as_deref() == Some("B"));
    assert_eq!(super::UnitRow::of(&row.cells()), Some(row));
}

#[test]
fn a_rung_tells_somebody_names_the_tickets_and_counts_what_can_be() {
    let half = super::shipped(ListCode::Ladder).remove(0);
    let read = |name: &str, value: &str| {
        let mut sent = half.clone();
        sent.insert(name.to_owned(), value.to_owned());
        let read = list(ListCode::Ladder).read(&sent);
        read.map(|row| row.key)
            .map_err(|fault| (fault.fields[0].field.clone(), fault.fields[0].code))
    };
    assert_eq!(read("on", "no"), Ok("half".to_owned()));
    for (name, value, code) in [
        ("value", "100", Code::InputNumber),
        ("value", "0", Code::InputNumber),
        ("trigger", "sometimes", Code::InputCode),
        ("assigned", "no", Code::InputRequired),
        ("text_zh", "时限过半", Code::InputVariableMissing),
        ("text_en", "{no} of {unit}", Code::InputVariable),
    ] {
        assert_eq!(read(name, value), Err((name.to_owned(), code)), "{value}");
    }
    for row in super::shipped(ListCode::Ladder) {
        let read = list(ListCode::Ladder).read(&row).expect("a shipped row");
        assert_eq!(read.cells, row);
    }
}
