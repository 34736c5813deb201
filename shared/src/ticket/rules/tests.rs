//! What registering and looking up take, one wrong thing at a time, and the flow table as a readable snapshot.

use serde_json::{Map, Value, json};

use super::*;
use crate::command::{Command as _, Sent};
use crate::fault::{Code, Fault};
use crate::ticket::command::*;

/// A plain complaint, as a program sends it.
fn complaint() -> Value {
    json!({
        "kind": "complaint",
        "content": "昨晚十点后工地仍在施工，噪声很大，希望尽快处理。",
        "region": "320106",
        "address": "上海路12号",
        "citizen": {"name": "李四", "phone": "13812345678"},
    })
}

fn sent(value: Value) -> Sent {
    match value {
        Value::Object(fields) => Sent::json(fields),
        _ => Sent::json(Map::new()),
    }
}

fn codes<T>(result: Result<T, Fault>) -> Vec<(String, Code)> {
    result
        .err()
        .map(|fault| {
            fault
                .fields
                .into_iter()
                .map(|f| (f.field, f.code))
                .collect()
        })
        .unwrap_or_default()
}

/// The complaint with one field changed, `citizen.phone` for one of the citizen's.
fn with(path: &str, value: impl Into<Value>) -> Vec<(String, Code)> {
    let mut fields = complaint();
    match path.split_once('.') {
        Some((whole, inner)) => fields[whole][inner] = value.into(),
        None => fields[path] = value.into(),
    }
    codes(Register::read(sent(fields)))
}

fn at(field: &str, code: Code) -> Vec<(String, Code)> {
    vec![(field.to_owned(), code)]
}

#[test]
fn a_plain_complaint_passes_and_each_wrong_field_is_named() {
    assert!(codes(Register::read(sent(complaint()))).is_empty());
    for (path, value, code) in [
        ("kind", "request", Code::InputCode),
        ("content", "  太吵了 ", Code::InputTooShort),
        ("content", "　", Code::InputRequired),
        ("content", &"好".repeat(4_001), Code::InputTooLong),
        ("title", &"一".repeat(61), Code::InputTooLong),
        ("region", "3201", Code::InputPlace),
        ("region", "", Code::InputRequired),
        ("occurred_at", "昨天", Code::InputDate),
        ("category", "01'--", Code::InputCategory),
        ("repeat_of", "12", Code::InputCode),
        ("citizen.phone", "", Code::InputRequired),
        ("citizen.phone", "1381234567", Code::InputPhone),
        (
            "citizen.id_number",
            "110105194912310021",
            Code::InputIdNumber,
        ),
        (
            "citizen.credit_code",
            "91350100M000100Y44",
            Code::InputCreditCode,
        ),
        ("citizen.email", "a@b", Code::InputEmail),
        ("citizen.fax", "025", Code::InputBody),
        ("urgency", "very", Code::InputCode),
    ] {
        assert_eq!(with(path, value), at(path, code), "{path}: {value}");
    }
    assert!(
        with("content", "😀".repeat(4_000)).is_empty(),
        "emoji are characters like others"
    );
    assert!(
        with("title", "一行\n两行").is_empty(),
        "a line break in a line is a blank"
    );
    assert_eq!(with("lon", 118.7), at("lat", Code::InputRequired));
    assert_eq!(
        with("citizen", "李四")[0],
        at("citizen", Code::InputBody)[0]
    );
    let mut placed = complaint();
    (placed["lon"], placed["lat"]) = (json!(200.0), json!(32.0));
    assert_eq!(
        codes(Register::read(sent(placed))),
        at("lon", Code::InputNumber)
    );
}

#[test]
fn of_an_anonymous_request_nothing_of_the_person_is_kept_or_judged() {
    let mut fields = complaint();
    (fields["anonymous"], fields["citizen"]) = (json!(true), json!({"phone": "1"}));
    let read = Register::read(sent(fields)).expect("needs no phone");
    assert_eq!(read.citizen.0, CitizenBlock::default());
}

#[test]
fn several_faults_come_at_once() {
    let fields = json!({"content": "", "citizen": {"phone": "12", "email": "a@b"}});
    let found = codes(Register::read(sent(fields)));
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    let all = [
        "kind",
        "content",
        "region",
        "citizen.phone",
        "citizen.email",
    ];
    assert_eq!(names, all);
}

#[test]
fn a_form_says_identity_and_reply_in_its_own_words() {
    let form = |identity: &str| {
        let fields = [
            ("kind", "complaint"),
            ("content", "小区路灯三天不亮，晚上看不清路，希望尽快修好。"),
            ("region", "320106001"),
            ("citizen.phone", "138 0013 8000"),
            ("citizen.name", " 李明 "),
            ("identity", identity),
            ("no_reply", "1"),
        ];
        let owned = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Register::read(Sent::form(&owned))
    };
    let open = form("open").expect("whole");
    assert!(!open.anonymous.0 && !open.confidential.0);
    assert_eq!(open.reply_required, Some(false));
    let citizen = Citizen::from(open.citizen.0);
    assert_eq!(citizen.phone.as_deref(), Some("13800138000"));
    assert_eq!(citizen.name.as_deref(), Some("李明"));
    assert!(form("confidential").expect("whole").confidential.0);
    let anonymous = form("anonymous").expect("whole");
    assert!(anonymous.anonymous.0 && anonymous.citizen.0 == CitizenBlock::default());
    assert_eq!(codes(form("nobody")), at("identity", Code::InputCode));
}

#[test]
fn control_and_direction_characters_are_refused_or_cleaned_and_markup_is_only_text() {
    let content = |odd: &str| with("content", format!("{}{odd}好", "路灯坏了".repeat(5)));
    for odd in ["\0", "\u{202E}", "\u{FFFD}"] {
        assert_eq!(
            content(odd),
            at("content", Code::InputCharacters),
            "{odd:?}"
        );
        assert_eq!(
            with("citizen.name", format!("李{odd}四")),
            at("citizen.name", Code::InputCharacters),
            "{odd:?}"
        );
    }
    for fine in [
        "\u{8}",
        "\u{200F}",
        "\u{FEFF}",
        "\u{FFFF}",
        "</textarea><script>alert(1)</script>",
        "一行\n两行\t三行",
        "👨‍👩‍👧",
        "' OR 1=1 --",
        "%00",
    ] {
        assert!(content(fine).is_empty(), "{fine}");
    }
}

#[test]
fn naughty_strings_are_taken_or_refused_but_never_break() {
    let Some(bytes) = crate::test_data::shared_data("oracles/naughty_strings.json") else {
        return;
    };
    let strings: Vec<Value> = serde_json::from_slice(&bytes).expect("a list");
    for text in strings.iter().filter_map(Value::as_str) {
        let mut fields = complaint();
        fields["content"] = text.into();
        for name in ["name", "phone", "id_number"] {
            fields["citizen"][name] = text.into();
        }
        let _ = Register::read(sent(fields));
        assert!(title_from(text).chars().count() <= length::TITLE);
        let _ = crate::search::grams(text);
    }
}

#[test]
fn a_lookup_takes_full_width_digits_and_refuses_other_shapes() {
    let ask = |no: &str, code: &str| Lookup::read(sent(json!({"ticket_no": no, "code": code})));
    let found = ask("3201002026021401000123", "１２３456").expect("a number and a code");
    assert_eq!(found.code.as_str(), "123456");
    let kept = serde_json::to_string(&found).expect("written");
    let again: Lookup = serde_json::from_str(&kept).expect("read as when it was typed");
    assert_eq!(again, found);
    assert!(serde_json::from_str::<Lookup>(r#"{"ticket_no":"1","code":"2"}"#).is_err());
    assert_eq!(
        codes(ask("3201", "123456")),
        at("ticket_no", Code::InputCode)
    );
    assert_eq!(
        codes(ask("3201002026021401000123", "12345")),
        at("code", Code::InputCode)
    );
    assert_eq!(
        codes(ask("", "  ")),
        [
            at("ticket_no", Code::InputRequired),
            at("code", Code::InputRequired)
        ]
        .concat()
    );
}

#[test]
fn titles_come_from_the_first_sentence_that_says_enough() {
    assert_eq!(
        title_from("您好。小区门口的路灯坏了三天。请修理。"),
        "您好。小区门口的路灯坏了三天"
    );
    assert_eq!(
        title_from("  路灯\n坏了，晚上看不见路  "),
        "路灯 坏了，晚上看不见路"
    );
    assert_eq!(title_from(""), "");
    let long = title_from(&"很".repeat(100));
    assert!(long.ends_with('…') && long.chars().count() == length::TITLE);
}

#[test]
fn the_flow_table_is_read_by_a_person() {
    insta::assert_snapshot!(flow::table());
}
