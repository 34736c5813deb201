//! The drawing is whole, well-formed, and never carries what a file says as code.

use std::collections::BTreeMap;

use shared::text::Locale;

use super::{Mark, draw};
use crate::model::Definition;

const TICKET: &str = include_str!("../../definitions/ticket-main-2.bpmn");
const PERMIT: &str = include_str!("../../definitions/permit-sample.bpmn");

fn drawn(xml: &str, marks: &BTreeMap<String, Mark>) -> Option<String> {
    let definition = Definition::parse(xml).expect("reads");
    draw(&definition, Locale::Zh, "办理流程", marks)
}

#[test]
fn every_shape_and_edge_of_the_shipped_definitions_is_drawn() {
    for shipped in [TICKET, PERMIT] {
        let svg = drawn(shipped, &BTreeMap::new()).expect("it has a layout");
        let document = roxmltree::Document::parse(&svg).expect("well-formed");
        let elements: std::collections::BTreeSet<&str> = document
            .descendants()
            .filter_map(|node| node.attribute("data-element"))
            .collect();
        let wanted = shipped.matches("bpmnElement=\"").count() - 1;
        assert_eq!(elements.len(), wanted, "all but the plane itself");
        assert!(!svg.contains("NaN") && !svg.contains("inf"));
        assert!(!svg.contains("style="), "only classes");
    }
}

#[test]
fn marks_are_counts_classes_links_and_words() {
    let marks = BTreeMap::from([(
        "triage".to_owned(),
        Mark {
            count: Some(12),
            classes: vec!["is-here"],
            href: Some("/x?a=1&b=2".to_owned()),
            words: Some("12 件".to_owned()),
        },
    )]);
    let svg = drawn(TICKET, &marks).expect("it has a layout");
    assert!(svg.contains(
        r#"<a href="/x?a=1&amp;b=2"><g class="bpmn-task is-here" data-element="triage">"#
    ));
    assert!(svg.contains(">12</text>") && svg.contains("12 件</title>"));
}

#[test]
fn a_file_without_layout_has_no_drawing_and_bad_numbers_leave_shapes_out() {
    let around = |di: &str| {
        format!(
            r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC">
               <process id="p"><userTask id="u" name="&lt;script&gt;alert(1)&lt;/script&gt;"/><userTask id="v"/></process>{di}</definitions>"#
        )
    };
    assert_eq!(drawn(&around(""), &BTreeMap::new()), None);
    let di = r#"<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="p">
        <bpmndi:BPMNShape bpmnElement="u"><dc:Bounds x="0" y="0" width="100" height="80"/></bpmndi:BPMNShape>
        <bpmndi:BPMNShape bpmnElement="v"><dc:Bounds x="NaN" y="1e300" width="100" height="80"/></bpmndi:BPMNShape>
        <bpmndi:BPMNShape bpmnElement="gone"><dc:Bounds x="0" y="0" width="1" height="1"/></bpmndi:BPMNShape>
        </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"#;
    let svg = drawn(&around(di), &BTreeMap::new()).expect("one shape is good");
    assert!(svg.contains(r#"data-element="u""#) && !svg.contains(r#"data-element="v""#));
    assert!(!svg.contains("<script"));
    roxmltree::Document::parse(&svg).expect("well-formed");
}
