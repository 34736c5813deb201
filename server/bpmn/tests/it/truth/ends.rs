//! What a terminate end event ends, and which of two events catches: as the file and the check say.
//! Not here: what the check finds (`truth`).

use super::*;

/// What is open when the first turn of a repeated sub-process has come to its terminate end.
fn after_terminate(attributes: &str, sequential: bool, wrapped: bool) -> Vec<String> {
    let inner = format!(
        r#"<startEvent id="is"/><sequenceFlow id="i1" sourceRef="is" targetRef="work"/><userTask id="work" ms:role="handler"/><sequenceFlow id="i2" sourceRef="work" targetRef="stop"/><endEvent id="stop"><terminateEventDefinition {attributes}/></endEvent>"#
    );
    let inner = if wrapped {
        format!(
            r#"<startEvent id="os"/><sequenceFlow id="o1" sourceRef="os" targetRef="sub"/><subProcess id="sub">{inner}</subProcess>"#
        )
    } else {
        inner
    };
    let between = format!(
        r#"<subProcess id="t"><multiInstanceLoopCharacteristics isSequential="{sequential}"><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>{inner}</subProcess>"#
    );
    let definition = around("", &between);
    // Behind the repetition somebody else goes on.
    let xml = definition.to_xml().replace(
        r#"<endEvent id="e"/>"#,
        r#"<userTask id="after" ms:role="handler"/><sequenceFlow id="f3" sourceRef="after" targetRef="e"/><endEvent id="e"/>"#,
    );
    let xml = xml.replace(
        r#"sourceRef="t" targetRef="e""#,
        r#"sourceRef="t" targetRef="after""#,
    );
    let definition = Definition::parse(&xml).expect("reads");
    let step = bpmn::start(&definition, bpmn::StartAt::None, bpmn::Vars::new()).expect("starts");
    let first = step.instance.tasks().first().expect("a turn").id;
    let step =
        bpmn::complete(&definition, &step.instance, first, bpmn::Vars::new()).expect("goes on");
    if step.instance.is_ended() {
        return vec!["ended".to_owned()];
    }
    step.instance
        .tasks()
        .iter()
        .map(|task| task.element.clone())
        .collect()
}

#[test]
fn a_terminate_event_ends_what_its_attributes_say() {
    for maker in ["flowable", "activiti"] {
        let turns = format!(r#"{maker}:terminateMultiInstance="true""#);
        let all = format!(r#"{maker}:terminateAll="true""#);
        for sequential in [false, true] {
            for wrapped in [false, true] {
                let at = |attributes: &str| after_terminate(attributes, sequential, wrapped);
                assert_eq!(at(&turns), ["after"], "{maker} {sequential} {wrapped}");
                assert_eq!(at(&all), ["ended"], "{maker} {sequential} {wrapped}");
                let left = if sequential { 1 } else { 2 };
                assert_eq!(at(""), vec!["work"; left], "{sequential} {wrapped}");
                let no = format!(r#"{maker}:terminateMultiInstance="false""#);
                assert_eq!(at(&no), vec!["work"; left]);
            }
        }
    }
    // Outside of any repetition the attribute means what the event means anyway.
    let definition = around(
        "",
        r#"<userTask id="t" ms:role="handler"/><parallelGateway id="g"/><sequenceFlow id="g1" sourceRef="t" targetRef="g"/><sequenceFlow id="g2" sourceRef="g" targetRef="stop"/><endEvent id="stop"><terminateEventDefinition flowable:terminateMultiInstance="true"/></endEvent>"#,
    );
    let step = bpmn::start(&definition, bpmn::StartAt::None, bpmn::Vars::new()).expect("starts");
    let task = step.instance.tasks()[0].id;
    let step = bpmn::complete(&definition, &step.instance, task, bpmn::Vars::new()).expect("ends");
    assert!(step.instance.is_ended());
}

#[test]
fn of_two_events_for_one_message_the_one_that_the_check_names_catches() {
    let boundary = |id: &str| {
        format!(
            r#"<boundaryEvent id="{id}" attachedToRef="t"><messageEventDefinition messageRef="m"/></boundaryEvent><sequenceFlow id="{id}f" sourceRef="{id}" targetRef="after_{id}"/><userTask id="after_{id}" ms:role="handler"/>"#
        )
    };
    let between = format!(
        r#"<userTask id="t" ms:role="handler"/>{}{}"#,
        boundary("two"),
        boundary("one")
    );
    let definition = around(r#"<message id="m" name="m"/>"#, &between);
    let findings = definition.check();
    let told = findings
        .iter()
        .find(|finding| finding.remark.code == Code::SameEvent)
        .expect("told");
    let step = bpmn::start(&definition, bpmn::StartAt::None, bpmn::Vars::new()).expect("starts");
    let step = bpmn::message(
        &definition,
        &step.instance,
        "m",
        &bpmn::Correlation::Any,
        bpmn::Vars::new(),
    )
    .expect("caught");
    let open: Vec<String> = step
        .instance
        .tasks()
        .iter()
        .map(|task| task.element.clone())
        .collect();
    assert_eq!(
        open,
        [format!("after_{}", told.remark.facts[&bpmn::Fact::Catches])]
    );
}
