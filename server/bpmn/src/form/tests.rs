//! What forms ask for and what they make of an answer, by example.

use super::{FieldKind, FieldOption, FieldProblem, FormField};
use crate::check::Code;
use crate::model::Definition;
use crate::value::Value;

fn process(inside: &str) -> Definition {
    let xml = format!(
        r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:ms="https://minsheng.example/bpmn" xmlns:flowable="http://flowable.org/bpmn" xmlns:activiti="http://activiti.org/bpmn" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="p">{inside}</process></definitions>"#
    );
    Definition::parse(&xml).expect("reads")
}

/// A start and a task, one of them with a form.
fn asks(start: &str, task: &str) -> Definition {
    let form = |fields: &str| format!("<extensionElements>{fields}</extensionElements>");
    process(&format!(
        r#"<startEvent id="s">{}</startEvent><sequenceFlow id="f" sourceRef="s" targetRef="t"/><userTask id="t" ms:role="handler">{}</userTask>"#,
        form(start),
        form(task)
    ))
}

fn field(kind: FieldKind) -> FormField {
    FormField {
        id: "x".to_owned(),
        name: "某".to_owned(),
        name_en: None,
        kind,
        required: false,
        options: Vec::new(),
        default: None,
        max: None,
        class: None,
    }
}

fn option(value: &str, label: &str, label_en: Option<&str>) -> FieldOption {
    FieldOption {
        value: value.to_owned(),
        label: label.to_owned(),
        label_en: label_en.map(str::to_owned),
    }
}

#[test]
fn our_own_fields_say_everything() {
    let def = asks(
        r#"<ms:field id="vote" name="会签方式" name_en="Way of signing" type="choice" required="true" options="all:全部同意:Everybody|one:一人即可| votes |:x" default="all"/>
           <ms:field id="note" type="long_text" max="200"/><ms:field id="days" name="工期（天）" type="number"/>"#,
        r#"<ms:field id="opinion" name="意见"/>"#,
    );
    assert_eq!(def.check(), []);
    let vote = FormField {
        id: "vote".to_owned(),
        name: "会签方式".to_owned(),
        name_en: Some("Way of signing".to_owned()),
        required: true,
        options: vec![
            option("all", "全部同意", Some("Everybody")),
            option("one", "一人即可", None),
            option("votes", "votes", None),
        ],
        default: Some("all".to_owned()),
        ..field(FieldKind::Choice)
    };
    let note = FormField {
        id: "note".to_owned(),
        name: "note".to_owned(),
        max: Some(200),
        ..field(FieldKind::LongText)
    };
    let days = FormField {
        id: "days".to_owned(),
        name: "工期（天）".to_owned(),
        ..field(FieldKind::Number)
    };
    assert_eq!(def.form("s"), [vote, note, days]);
    assert_eq!(def.form("t")[0].kind, FieldKind::Text);
    for nothing in ["f", "p", "vote", "gone", ""] {
        assert_eq!(def.form(nothing), [], "{nothing}");
    }
    for kind in FieldKind::ALL {
        let def = asks("", &format!(r#"<ms:field id="a" type="{}"/>"#, kind.key()));
        assert_eq!(def.form("t")[0].kind, kind);
    }
}

#[test]
fn other_engines_fields_are_read() {
    let def = asks(
        r#"<flowable:formProperty id="kind" name="类别" type="enum" required="true"><flowable:value id="a" name="甲"/><flowable:value id="b"/></flowable:formProperty>
           <activiti:formProperty id="from" type="date" default="2026-03-02"/>
           <flowable:formProperty id="shown" type="string" writable="false"/>
           <flowable:formProperty id="sum" variable="total" type="long" default="${1 + 1}"/>"#,
        r#"<camunda:formData><camunda:formField id="who" label="经办人" type="string" defaultValue="zhang"><camunda:validation><camunda:constraint name="required"/><camunda:constraint name="maxlength" config="20"/></camunda:validation></camunda:formField>
           <camunda:formField id="good" type="boolean"/><camunda:formField id="level" type="enum"><camunda:value id="1" name="高"/></camunda:formField></camunda:formData>"#,
    );
    assert_eq!(def.check(), []);
    assert_eq!(crate::check::ignored(&def), []);
    let start = def.form("s");
    let ids: Vec<(&str, FieldKind)> = start.iter().map(|f| (f.id.as_str(), f.kind)).collect();
    assert_eq!(
        ids,
        [
            ("kind", FieldKind::Choice),
            ("from", FieldKind::Date),
            ("total", FieldKind::Number)
        ]
    );
    assert_eq!(
        start[0].options,
        [option("a", "甲", None), option("b", "b", None)]
    );
    assert!(start[0].required && !start[1].required);
    assert_eq!(start[1].default.as_deref(), Some("2026-03-02"));
    assert_eq!(start[2].default, None, "nothing runs yet");
    let who = FormField {
        id: "who".to_owned(),
        name: "经办人".to_owned(),
        required: true,
        default: Some("zhang".to_owned()),
        max: Some(20),
        ..field(FieldKind::Text)
    };
    let task = def.form("t");
    assert_eq!(task[0], who);
    assert_eq!(
        (task[1].kind, task[2].kind),
        (FieldKind::Bool, FieldKind::Choice)
    );
}

#[test]
fn tasks_inside_and_ad_hoc_sub_processes_ask_too() {
    let field =
        |id: &str| format!(r#"<extensionElements><ms:field id="{id}"/></extensionElements>"#);
    let def = process(&format!(
        r#"<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="free"/><adHocSubProcess id="free">{}<userTask id="a" ms:role="handler">{}</userTask></adHocSubProcess>"#,
        field("said"),
        field("done")
    ));
    assert_eq!(def.check(), []);
    assert_eq!(def.form("free")[0].id, "said");
    assert_eq!(def.form("a")[0].id, "done");
}

#[test]
fn an_element_is_found_although_a_field_has_its_id() {
    let def = asks(r#"<ms:field id="t"/>"#, r#"<ms:field id="s"/>"#);
    assert_eq!(
        def.element("t").map(crate::model::ElementView::kind),
        Some("userTask")
    );
    assert_eq!(def.form("t")[0].id, "s");
}

#[test]
fn fields_that_cannot_be_meant_so_are_found() {
    let def = asks(
        r#"<ms:field name="无"/><ms:field id="a" type="file"/><ms:field id="a" type="number"/>"#,
        r#"<flowable:formProperty id="b" type="group"/><ms:field id="c" type="choice" options="|"/><ms:field id="d"/><ms:field id="d"/>"#,
    );
    let findings = def.check();
    let found: Vec<(&str, Code, Option<&str>)> = findings
        .iter()
        .map(|f| {
            let id = f
                .remark
                .facts
                .get(&crate::check::Fact::Field)
                .map(String::as_str);
            (f.element.as_str(), f.remark.code, id)
        })
        .collect();
    assert_eq!(
        found,
        [
            ("s", Code::FieldNoId, None),
            ("s", Code::FieldType, Some("a")),
            ("s", Code::FieldTwice, Some("a")),
            ("t", Code::FieldType, Some("b")),
            ("t", Code::FieldNoOptions, Some("c")),
            ("t", Code::FieldTwice, Some("d")),
        ]
    );
    assert!(
        findings
            .iter()
            .all(|f| f.severity == crate::Severity::Warning)
    );
    assert_eq!(def.form("s").len(), 1, "the first of two, as text");
    assert_eq!(def.form("s")[0].kind, FieldKind::Text);
}

#[track_caller]
fn gives(field: &FormField, text: &str, value: impl Into<Value>) {
    assert_eq!(field.read(text), Ok(value.into()), "{text}");
}

#[track_caller]
fn refuses(field: &FormField, text: &str, problem: FieldProblem) {
    assert_eq!(field.read(text), Err(problem), "{text}");
}

#[test]
fn texts_are_bounded_and_clean() {
    let line = field(FieldKind::Text);
    gives(&line, "  某单位 ", "某单位");
    gives(&line, &"长".repeat(500), "长".repeat(500).as_str());
    refuses(&line, &"长".repeat(501), FieldProblem::TooLong { max: 500 });
    let short = FormField {
        max: Some(2),
        ..line.clone()
    };
    refuses(&short, "三个字", FieldProblem::TooLong { max: 2 });
    let long = field(FieldKind::LongText);
    gives(&long, "一\r\n二\t三", "一\n二\t三");
    refuses(
        &long,
        &"x".repeat(4_001),
        FieldProblem::TooLong { max: 4_000 },
    );
    refuses(&line, "一\n二", FieldProblem::Unreadable);
    for bad in ["a\0b", "a\u{202E}b", "a\u{2066}b", "a\u{200F}b", "\u{7}a"] {
        for kind in FieldKind::ALL {
            refuses(&field(kind), bad, FieldProblem::Unreadable);
        }
    }
}

#[test]
fn nothing_is_a_problem_only_where_something_must_be_given() {
    for kind in FieldKind::ALL {
        let must = FormField {
            required: true,
            ..field(kind)
        };
        refuses(&must, " \n ", FieldProblem::Empty);
        let nothing = match kind {
            FieldKind::People => Value::List(Vec::new()),
            FieldKind::Bool => Value::Bool(false),
            _ => Value::Null,
        };
        gives(&field(kind), "", nothing);
    }
    let people = FormField {
        required: true,
        ..field(FieldKind::People)
    };
    refuses(&people, " , ，", FieldProblem::Empty);
}

#[test]
fn numbers_days_and_yes_or_no() {
    let number = field(FieldKind::Number);
    gives(&number, " 12 ", 12);
    gives(&number, "-0.50", -0.5);
    gives(&number, "１２．５", 12.5);
    gives(&number, "9223372036854775808", 9_223_372_036_854_775_808.0);
    let endless = "9".repeat(400);
    for bad in ["12天", "1e5", "inf", "NaN", "1,000", ".", "--1", &endless] {
        refuses(&number, bad, FieldProblem::NotANumber);
    }
    let date = field(FieldKind::Date);
    gives(&date, "2028-02-29", "2028-02-29");
    gives(&date, "２０２８－０２－２９", "2028-02-29");
    for bad in [
        "2026-02-29",
        "2026-3-2",
        "+2026-03-2",
        "2026/03/02",
        "20260302",
        "12026-3-02",
    ] {
        refuses(&date, bad, FieldProblem::NotADate);
    }
    let truth = field(FieldKind::Bool);
    for yes in ["true", "on", "YES", "1", "是"] {
        gives(&truth, yes, true);
    }
    gives(&truth, "否", false);
    refuses(&truth, "perhaps", FieldProblem::Unreadable);
}

proptest::proptest! {
    /// Whatever is typed: an answer, within its bounds, and the same when it is typed again as it was understood.
    #[test]
    fn anything_can_be_typed(text in "[a-z0-9０-９ ,，.\\-\n\t\u{0}\u{202E}是否长]{0,60}", which in 0..8_usize, required: bool, max in 0..70_u32) {
        let field = FormField {
            required,
            max: Some(max),
            options: vec![option("a", "甲", None)],
            ..field(FieldKind::ALL[which])
        };
        let Ok(value) = field.read(&text) else { return Ok(()) };
        let again = match &value {
            Value::Null => String::new(),
            Value::Text(text) => text.clone(),
            Value::List(names) => {
                let names: Vec<&str> = names.iter().filter_map(Value::as_text).collect();
                names.join("\n")
            }
            Value::Bool(yes) => yes.to_string(),
            Value::Int(n) => n.to_string(),
            Value::Float(n) => n.to_string(),
            Value::Map(_) => panic!("no field gives a map"),
        };
        proptest::prop_assert_eq!(field.read(&again), Ok(value));
        proptest::prop_assert!(!again.contains(['\0', '\u{202E}']), "unclean");
    }
}

#[test]
fn options_and_people() {
    let choice = FormField {
        options: vec![option("all", "全部", None), option("one", "一人", None)],
        ..field(FieldKind::Choice)
    };
    gives(&choice, "one", "one");
    refuses(&choice, "一人", FieldProblem::NotAnOption);
    refuses(&field(FieldKind::Choice), "one", FieldProblem::NotAnOption);
    let person = field(FieldKind::Person);
    gives(&person, " zhang.san ", "zhang.san");
    refuses(&person, "zhang san", FieldProblem::Unreadable);
    let people = field(FieldKind::People);
    let names = |names: &[&str]| names.iter().map(|n| Value::from(*n)).collect::<Vec<_>>();
    gives(
        &people,
        "zhang，li, wang\nli\r\n zhao",
        names(&["zhang", "li", "wang", "zhao"]),
    );
    let many = |n: usize| {
        let all: Vec<String> = (0..n).map(|n| format!("u{n}")).collect();
        all.join(" ")
    };
    assert!(people.read(&many(50)).is_ok());
    refuses(&people, &many(51), FieldProblem::TooLong { max: 50 });
}
