//! What a definition needs besides itself, and an owned library that brings it.
//! Not here: what decision tables and called processes do (`automatic`, `cases`).

use std::sync::Arc;

use bpmn::decision::Decision;
use bpmn::model::Lookup as _;
use bpmn::time::{CalendarError, Clock};
use bpmn::{Called, Code, Definition, Library, RunError, Severity, StartAt, Vars};

use crate::story::{flows, open};

fn file(inside: &str) -> Definition {
    let xml = format!(
        r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:ms="https://minsheng.example/bpmn" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:flowable="http://flowable.org/bpmn">{inside}</definitions>"#
    );
    Definition::parse(&xml).expect("reads")
}

/// A process with one task of its own name.
fn single(id: &str) -> String {
    format!(
        r#"<process id="{id}"><startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="in-{id}"/><userTask id="in-{id}"/></process>"#
    )
}

fn main_file() -> Definition {
    file(&format!(
        r#"<process id="main"><startEvent id="s"/><businessRuleTask id="rule" ms:decision="limit"/><serviceTask id="again" flowable:type="dmn"><extensionElements><flowable:field name="decisionTableReferenceKey"><flowable:string>area</flowable:string></flowable:field></extensionElements></serviceTask>
           <callActivity id="one" calledElement="x:survey" ms:version="3"/><callActivity id="two" calledElement="hearing" camunda:calledElementBinding="version" camunda:calledElementVersion="2"/>
           <callActivity id="any" calledElement="${{next}}" ms:version="9"/><callActivity id="last" calledElement="notice" camunda:calledElementBinding="latest" camunda:calledElementVersion="7"/>{}</process>{}"#,
        flows(&[
            ("s", "rule"),
            ("rule", "again"),
            ("again", "one"),
            ("one", "two"),
            ("two", "any"),
            ("any", "last")
        ]),
        r#"<process id="helper"><businessRuleTask id="r" ms:decision="limit"/><callActivity id="c" calledElement="notice"/></process>"#
    ))
}

#[test]
fn calls_and_decisions_are_those_that_are_named() {
    let def = main_file();
    let called = |element: &str, process: &str, version| Called {
        element: element.to_owned(),
        process: process.to_owned(),
        version,
    };
    assert_eq!(
        def.calls(),
        [
            called("one", "survey", Some(3)),
            called("two", "hearing", Some(2)),
            called("last", "notice", None),
            called("c", "notice", None)
        ]
    );
    assert_eq!(def.decisions(), ["area", "limit"]);
    assert_eq!(bpmn::check::ignored(&def), []);
    assert_eq!(file(&single("p")).calls(), []);
    assert_eq!(file(&single("p")).decisions(), Vec::<String>::new());
}

#[test]
fn versions_that_cannot_be_had_are_found() {
    let def = file(
        r#"<process id="p"><callActivity id="a" calledElement="x" ms:version="newest"/><callActivity id="b" calledElement="x" ms:version="0"/>
           <callActivity id="c" calledElement="x" ms:version="2"/><callActivity id="d" calledElement="y" camunda:calledElementBinding="deployment"/></process>"#,
    );
    let mut found: Vec<(String, Code, Severity)> = def
        .check()
        .into_iter()
        .map(|f| (f.element, f.remark.code, f.severity))
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            ("a".to_owned(), Code::BadVersion, Severity::Warning),
            ("b".to_owned(), Code::BadVersion, Severity::Warning),
            ("c".to_owned(), Code::SeveralVersions, Severity::Error),
        ]
    );
    let ignored = bpmn::check::ignored(&def);
    let names: Vec<&str> = ignored.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["calledElementBinding"]);
}

struct Noon;

impl Clock for Noon {
    fn now(&self) -> i64 {
        12
    }
    fn add_working_days(&self, from: i64, days: i64) -> Result<i64, CalendarError> {
        Ok(from + days)
    }
    fn add_working_hours(&self, from: i64, hours: i64) -> Result<i64, CalendarError> {
        Ok(from + hours)
    }
    fn working_days_between(&self, from: i64, to: i64) -> Result<i64, CalendarError> {
        Ok(to - from)
    }
    fn limit(&self, _name: &str, from: i64) -> Result<i64, CalendarError> {
        Ok(from)
    }
}

fn table(id: &str, output: &str) -> Arc<Decision> {
    let xml = format!(
        r#"<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision id="{id}"><decisionTable hitPolicy="FIRST"><output name="{id}"/>
           <rule><outputEntry><text>{output}</text></outputEntry></rule></decisionTable></decision></definitions>"#
    );
    Arc::new(Decision::parse(&xml).expect("reads").remove(0))
}

/// Could be kept by services that run on several threads.
fn kept(library: Library) -> impl bpmn::Lookup + Send + Sync + Clone + 'static {
    library
}

#[test]
fn a_library_brings_everything_that_a_case_needs() {
    let bare = Library::new(Arc::new(main_file()));
    assert!(matches!(
        bpmn::start(&bare, StartAt::None, Vars::new()),
        Err(RunError::UnknownDecision { decision, .. }) if decision == "limit"
    ));
    let next = Vars::from([("next".to_owned(), "survey".into())]);
    let library = bare
        .with_decision(table("limit", "now() + 1"))
        .with_decision(table("area", "\"north\""))
        .with_decision(table("area", "\"never asked\""))
        .with_clock(Arc::new(Noon));
    assert!(matches!(
        bpmn::start(&library, StartAt::None, next.clone()),
        Err(RunError::UnknownProcess { process }) if process == "survey"
    ));
    // This file has a survey besides; the file that is there for it comes first.
    let hearing = file(&format!(
        "{}{}",
        single("hearing"),
        single("survey").replace("in-survey", "wrong")
    ));
    let library = library
        .with_called(Arc::new(hearing))
        .with_called(Arc::new(file(&single("survey"))));
    assert_eq!(
        format!("{library:?}"),
        r#"Library { main: "main", called: ["hearing", "survey"], decisions: ["limit", "area", "area"], clock: true }"#
    );
    let library = kept(library);
    assert!(library.main().is_some_and(|main| main.id == "main"));
    let at = bpmn::start(&library, StartAt::None, next)
        .expect("starts")
        .instance;
    assert_eq!(at.variable("limit"), Some(&13.into()));
    assert_eq!(at.variable("area"), Some(&"north".into()));
    assert_eq!(open(&at), ["in-survey"]);
    let at = bpmn::complete(&library, &at, at.tasks()[0].id, Vars::new());
    assert_eq!(open(&at.expect("goes on").instance), ["in-hearing"]);
}
