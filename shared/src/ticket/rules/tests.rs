//! The field checks, one wrong thing at a time, and the flow table as a readable snapshot.

use super::*;
use crate::calendar::Instant;
use crate::fault::{Code, Fault};
use crate::ticket::command::*;
use crate::ticket::{Channel, RequestKind, SubjectType, Urgency};

fn complaint() -> Register {
    Register {
        kind: RequestKind::Complaint,
        channel: Channel::Web,
        title: None,
        content: "昨晚十点后工地仍在施工，噪声很大，希望尽快处理。".into(),
        region: "320106".into(),
        address: Some("上海路12号".into()),
        lon: None,
        lat: None,
        occurred_at: None,
        category: None,
        urgency: Urgency::Normal,
        subject_type: SubjectType::Person,
        citizen: Citizen {
            name: Some("李四".into()),
            phone: Some("13812345678".into()),
            ..Citizen::default()
        },
        anonymous: false,
        confidential: false,
        reply_required: true,
        draft: None,
        repeat_of: None,
    }
}

const NOW: Instant = Instant(1_795_000_000_000);

fn codes(result: Result<(), Fault>) -> Vec<(String, Code)> {
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

fn wrong(change: impl FnOnce(&mut Register)) -> Vec<(String, Code)> {
    let mut command = complaint();
    change(&mut command);
    codes(register(&command, NOW))
}

fn at(field: &str, code: Code) -> Vec<(String, Code)> {
    vec![(field.to_owned(), code)]
}

#[test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
fn a_plain_complaint_passes_and_each_wrong_field_is_named() {
    assert!(wrong(|_| {}).is_empty());
    assert_eq!(
        wrong(|c| c.content = "  太吵了 ".into()),
        at("content", Code::InputTooShort)
    );
    assert_eq!(
        wrong(|c| c.content = "　".into()),
        at("content", Code::InputRequired)
    );
    assert_eq!(
        wrong(|c| c.content = "好".repeat(4_001)),
        at("content", Code::InputTooLong)
    );
    assert!(
        wrong(|c| c.content = "😀".repeat(4_000)).is_empty(),
        "emoji are characters like others"
    );
    assert_eq!(
        wrong(|c| c.title = Some("一".repeat(61))),
        at("title", Code::InputTooLong)
    );
    assert_eq!(
        wrong(|c| c.title = Some("一行\n两行".into())),
        at("title", Code::InputCharacters)
    );
    assert_eq!(
        wrong(|c| c.region = "3201".into()),
        at("region", Code::InputPlace)
    );
    assert_eq!(
        wrong(|c| c.region = String::new()),
        at("region", Code::InputRequired)
    );
    assert_eq!(
        wrong(|c| c.lon = Some(118.7)),
        at("lat", Code::InputRequired)
    );
    assert_eq!(
        wrong(|c| (c.lon, c.lat) = (Some(f64::NAN), Some(32.0))),
        at("lon", Code::InputNumber)
    );
    assert_eq!(
        wrong(|c| c.occurred_at = Some("昨天".into())),
        at("occurred_at", Code::InputDate)
    );
    assert_eq!(
        wrong(|c| c.occurred_at = Some("2099-01-01T00:00:00+08:00".into())),
        at("occurred_at", Code::InputFutureDate)
    );
    assert_eq!(
        wrong(|c| c.category = Some("01'--".into())),
        at("category", Code::InputCategory)
    );
    assert_eq!(
        wrong(|c| c.repeat_of = Some("12".into())),
        at("repeat_of", Code::InputCode)
    );
    assert_eq!(
        wrong(|c| c.citizen.phone = None),
        at("citizen.phone", Code::InputRequired)
    );
    assert_eq!(
        wrong(|c| c.citizen.phone = Some("1381234567".into())),
        at("citizen.phone", Code::InputPhone)
    );
    assert_eq!(
        wrong(|c| c.citizen.id_number = Some("110105194912310021".into())),
        at("citizen.id_number", Code::InputIdNumber)
    );
    assert_eq!(
        wrong(|c| c.citizen.credit_code = Some("91350100M000100Y44".into())),
        at("citizen.credit_code", Code::InputCreditCode)
    );
    assert_eq!(
        wrong(|c| c.citizen.email = Some("a@b".into())),
        at("citizen.email", Code::InputEmail)
    );
    assert!(
        wrong(|c| (c.anonymous, c.citizen) = (true, Citizen::default())).is_empty(),
        "anonymous needs no phone"
    );
}

#[test]
fn several_faults_come_at_once() {
    let found = wrong(|c| (c.content, c.citizen.phone) = (String::new(), Some("12".into())));
    assert_eq!(found.len(), 2);
}

#[test]
fn control_and_direction_characters_are_refused_and_markup_is_only_text() {
    for odd in [
        "\0", "\u{8}", "\u{202E}", "\u{2066}", "\u{200F}", "\u{FEFF}", "\u{FFFF}",
    ] {
        assert_eq!(
            wrong(|c| c.content.push_str(odd)),
            at("content", Code::InputCharacters),
            "{odd:?}"
        );
        assert_eq!(
            wrong(|c| c.citizen.name = Some(format!("李{odd}四"))),
            at("citizen.name", Code::InputCharacters),
            "{odd:?}"
        );
    }
    for fine in [
        "</textarea><script>alert(1)</script>",
        "一行\n两行\t三行",
        "👨‍👩‍👧",
        "' OR 1=1 --",
        "%00",
    ] {
        assert!(wrong(|c| c.content.push_str(fine)).is_empty(), "{fine}");
    }
}

#[test]
fn naughty_strings_are_taken_or_refused_but_never_break() {
    let Some(bytes) = crate::test_data::shared_data("oracles/naughty_strings.json") else {
        return;
    };
    let strings: Vec<serde_json::Value> = serde_json::from_slice(&bytes).expect("a list");
    for text in strings.iter().filter_map(|value| value.as_str()) {
        let _ = wrong(|c| {
            c.content = text.into();
            c.citizen.name = Some(text.into());
            c.citizen.phone = Some(text.into());
            c.citizen.id_number = Some(text.into());
        });
        assert!(title_from(text).chars().count() <= length::TITLE);
        let _ = crate::search::grams(text);
    }
}

#[test]
fn a_lookup_takes_full_width_digits_and_refuses_other_shapes() {
    let ask = |no: &str, code: &str| {
        codes(lookup(&Lookup {
            ticket_no: no.into(),
            code: code.into(),
        }))
    };
    assert!(ask("3201002026021401000123", "１２３456").is_empty());
    assert_eq!(ask("3201", "123456"), at("ticket_no", Code::InputCode));
    assert_eq!(
        ask("3201002026021401000123", "12345"),
        at("code", Code::InputCode)
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
