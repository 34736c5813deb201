//! Files that mean harm or are merely wrong: refused at once, with a reason, never a panic.
//! Bounds as in `security.md` X-08. Not here: conditions (`properties`).

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use shared::process::obstacle::Fuel;

use bpmn::{Definition, ParseReason, RunError, StartAt, Vars};

const OPEN: &str = r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">"#;

#[track_caller]
fn refused(xml: &str) -> ParseReason {
    let begun = Instant::now();
    let error = Definition::parse(xml).expect_err("must be refused");
    // The bound is 200 ms in release; the test profile is slower.
    assert!(
        begun.elapsed() < Duration::from_secs(2),
        "took {:?}",
        begun.elapsed()
    );
    error.reason
}

#[test]
fn document_types_are_refused() {
    let bomb = format!(
        "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>{OPEN}&b;</definitions>"
    );
    assert_eq!(refused(&bomb), ParseReason::Doctype);
    assert_eq!(
        refused("<?xml version=\"1.0\"?><!DOCTYPE x SYSTEM \"file:///etc/passwd\"><x/>"),
        ParseReason::Doctype
    );
}

#[test]
fn other_encodings_are_refused() {
    assert_eq!(
        refused("<?xml version=\"1.0\" encoding=\"UTF-7\"?><x/>"),
        ParseReason::Encoding("UTF-7".to_owned())
    );
}

#[test]
fn a_hundred_thousand_attributes_are_refused() {
    let mut xml = String::from("<definitions");
    for n in 0..100_000 {
        write!(xml, " a{n}=\"\"").expect("writes");
    }
    assert_eq!(refused(&(xml + "/>")), ParseReason::TooManyAttributes);
    let mut xml = String::from("<definitions");
    for n in 0..100_000 {
        write!(xml, " xmlns:a{n}=\"u:{n}\"").expect("writes");
    }
    assert_eq!(refused(&(xml + "/>")), ParseReason::TooManyAttributes);
}

#[test]
fn depth_size_and_number_are_bounded() {
    assert_eq!(refused(&"<a>".repeat(100_000)), ParseReason::TooDeep);
    assert_eq!(
        refused(&format!("{OPEN}{}</definitions>", "<a/>".repeat(300_000))),
        ParseReason::TooManyNodes
    );
    assert_eq!(refused(&" ".repeat(5 * 1024 * 1024)), ParseReason::TooLarge);
}

#[test]
fn what_is_no_bpmn_is_refused_with_its_line() {
    assert_eq!(refused("<html/>"), ParseReason::NotBpmn);
    assert_eq!(refused("<definitions/>"), ParseReason::NotBpmn);
    assert!(matches!(refused(""), ParseReason::Xml));
    let error = Definition::parse(&format!("{OPEN}\n<process>\n</oops></definitions>"))
        .expect_err("not well-formed");
    assert_eq!(error.line, 3);
}

/// A process around some elements.
fn process(inside: &str) -> Definition {
    Definition::parse(&format!(
        "{OPEN}<process id=\"p\">{inside}</process></definitions>"
    ))
    .expect("reads")
}

#[test]
fn circles_and_explosions_run_out_of_fuel() {
    let circle = process(
        r#"<startEvent id="s"/><task id="t"/><sequenceFlow id="a" sourceRef="s" targetRef="t"/><sequenceFlow id="b" sourceRef="t" targetRef="t"/>"#,
    );
    assert_eq!(
        bpmn::start(&circle, StartAt::None, Vars::new()),
        Err(RunError::Fuel { what: Fuel::Steps })
    );
    let doubling = process(
        r#"<startEvent id="s"/><task id="t"/><userTask id="u"/><sequenceFlow id="a" sourceRef="s" targetRef="t"/>
           <sequenceFlow id="b" sourceRef="t" targetRef="t"/><sequenceFlow id="c" sourceRef="t" targetRef="t"/><sequenceFlow id="d" sourceRef="t" targetRef="u"/>"#,
    );
    assert!(matches!(
        bpmn::start(&doubling, StartAt::None, Vars::new()),
        Err(RunError::Fuel { .. })
    ));
    let calling = process(
        r#"<startEvent id="s"/><callActivity id="c" calledElement="p"/><sequenceFlow id="a" sourceRef="s" targetRef="c"/>"#,
    );
    assert_eq!(
        bpmn::start(&calling, StartAt::None, Vars::new()),
        Err(RunError::Fuel {
            what: Fuel::Nesting
        })
    );
}

#[test]
fn tokens_that_pile_up_at_a_join_are_bounded() {
    let pile = process(
        r#"<startEvent id="s"/><task id="t"/><inclusiveGateway id="j"/><userTask id="u"/><sequenceFlow id="a" sourceRef="s" targetRef="t"/>
           <sequenceFlow id="b" sourceRef="t" targetRef="t"/><sequenceFlow id="c" sourceRef="t" targetRef="j"/><sequenceFlow id="d" sourceRef="u" targetRef="j"/>"#,
    );
    assert_eq!(
        bpmn::start(&pile, StartAt::None, Vars::new()),
        Err(RunError::Fuel { what: Fuel::Tokens })
    );
}

#[test]
fn oversized_variables_are_refused() {
    let def = process(
        r#"<startEvent id="s"/><userTask id="u"/><sequenceFlow id="a" sourceRef="s" targetRef="u"/>"#,
    );
    let big = Vars::from([("x".to_owned(), "x".repeat(300_000).into())]);
    assert_eq!(
        bpmn::start(&def, StartAt::None, big),
        Err(RunError::Fuel {
            what: Fuel::Variables
        })
    );
    let number = Vars::from([("x".to_owned(), f64::NAN.into())]);
    assert!(matches!(
        bpmn::start(&def, StartAt::None, number),
        Err(RunError::BadVariable { .. })
    ));
}

#[test]
fn what_cannot_run_is_refused_by_the_check_and_by_the_engine() {
    for inside in [
        r#"<startEvent id="s"/><scriptTask id="x"/><sequenceFlow id="a" sourceRef="s" targetRef="x"/>"#,
        r#"<startEvent id="s"/><serviceTask id="x"/><sequenceFlow id="a" sourceRef="s" targetRef="x"/>"#,
        r#"<startEvent id="s"/><complexGateway id="x"/><sequenceFlow id="a" sourceRef="s" targetRef="x"/>"#,
    ] {
        let def = process(inside);
        assert!(
            def.check()
                .iter()
                .any(|finding| finding.element == "x" && finding.severity == bpmn::Severity::Error),
            "{inside}"
        );
        assert!(
            matches!(
                bpmn::start(&def, StartAt::None, Vars::new()),
                Err(RunError::Unsupported { .. })
            ),
            "{inside}"
        );
    }
}
