//! Compensation, transactions and ad-hoc sub-processes, by example.

use bpmn::{Definition, Instance, OpenTaskKind, RunError, Severity, StartAt, Vars};

use crate::story::{flows, open};

fn process(inside: &str) -> Definition {
    let xml = format!(
        r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">{inside}</process></definitions>"#
    );
    Definition::parse(&xml).expect("reads")
}

fn runnable(inside: &str) -> Definition {
    let def = process(inside);
    let errors: Vec<String> = def
        .check()
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| finding.to_string())
        .collect();
    assert_eq!(errors, Vec::<String>::new());
    def
}

/// A task that can be undone by `undo-…`.
fn undoable(id: &str) -> String {
    format!(
        r#"<userTask id="{id}"/><boundaryEvent id="b-{id}" attachedToRef="{id}"><compensateEventDefinition/></boundaryEvent>
           <userTask id="undo-{id}" isForCompensation="true"/><association id="a-{id}" sourceRef="b-{id}" targetRef="undo-{id}"/>"#
    )
}

struct Case {
    def: Definition,
    at: Instance,
}

impl Case {
    fn start(def: Definition) -> Self {
        let at = bpmn::start(&def, StartAt::None, Vars::new())
            .expect("starts")
            .instance;
        Self { def, at }
    }

    fn open(&self) -> Vec<String> {
        open(&self.at)
    }

    fn task(&self, element: &str) -> u64 {
        self.at
            .tasks()
            .into_iter()
            .find(|task| task.element == element)
            .unwrap_or_else(|| panic!("{element} is not open, but {:?}", self.open()))
            .id
    }

    #[track_caller]
    fn does(&mut self, element: &str, then_open: &[&str]) {
        let saved = serde_json::to_string(&self.at).expect("serialises");
        let saved: Instance = serde_json::from_str(&saved).expect("comes back");
        assert_eq!(saved, self.at);
        let step = bpmn::complete(&self.def, &saved, self.task(element), Vars::new());
        self.at = step.expect("goes on").instance;
        assert_eq!(self.open(), then_open);
    }
}

#[test]
fn what_is_done_is_undone_the_last_first() {
    let inside = format!(
        r#"<startEvent id="s"/>{}{}<userTask id="plain"/>
           <intermediateThrowEvent id="throw"><compensateEventDefinition/></intermediateThrowEvent>
           <userTask id="after"/><endEvent id="e"/>{}"#,
        undoable("one"),
        undoable("two"),
        flows(&[
            ("s", "one"),
            ("one", "two"),
            ("two", "plain"),
            ("plain", "throw"),
            ("throw", "after"),
            ("after", "e"),
        ])
    );
    let mut case = Case::start(runnable(&inside));
    case.does("one", &["two"]);
    case.does("two", &["plain"]);
    case.does("plain", &["undo-two"]);
    case.does("undo-two", &["undo-one"]);
    case.does("undo-one", &["after"]);
    case.does("after", &[]);
    assert!(case.at.is_ended());
}

#[test]
fn one_activity_alone_can_be_named() {
    let inside = format!(
        r#"<startEvent id="s"/>{}{}
           <endEvent id="e"><compensateEventDefinition activityRef="one"/></endEvent>{}"#,
        undoable("one"),
        undoable("two"),
        flows(&[("s", "one"), ("one", "two"), ("two", "e")])
    );
    let mut case = Case::start(runnable(&inside));
    case.does("one", &["two"]);
    case.does("two", &["undo-one"]);
    case.does("undo-one", &[]);
    assert_eq!(case.at.ended_at(), Some("e"));
}

#[test]
fn a_finished_sub_process_is_undone_from_inside() {
    let inside = format!(
        r#"<startEvent id="s"/><subProcess id="sub"><startEvent id="s2"/>{}{}{}</subProcess>
           <intermediateThrowEvent id="throw"><compensateEventDefinition activityRef="sub"/></intermediateThrowEvent>
           <endEvent id="e"/>{}"#,
        undoable("one"),
        undoable("two"),
        flows(&[("s2", "one"), ("one", "two")]),
        flows(&[("s", "sub"), ("sub", "throw"), ("throw", "e")])
    );
    let mut case = Case::start(runnable(&inside));
    case.does("one", &["two"]);
    case.does("two", &["undo-two"]);
    case.does("undo-two", &["undo-one"]);
    case.does("undo-one", &[]);
    assert!(case.at.is_ended());
}

#[test]
fn an_event_sub_process_decides_how_its_scope_is_undone() {
    let inside = format!(
        r#"<startEvent id="s"/><subProcess id="sub"><startEvent id="s2"/>{}{}
             <subProcess id="how" triggeredByEvent="true"><startEvent id="asked"><compensateEventDefinition/></startEvent>
               <userTask id="tell"/><intermediateThrowEvent id="all"><compensateEventDefinition/></intermediateThrowEvent>{}</subProcess>
           </subProcess><endEvent id="e"><compensateEventDefinition/></endEvent>{}"#,
        undoable("one"),
        flows(&[("s2", "one")]),
        flows(&[("asked", "tell"), ("tell", "all")]),
        flows(&[("s", "sub"), ("sub", "e")])
    );
    let mut case = Case::start(runnable(&inside));
    case.does("one", &["tell"]);
    case.does("tell", &["undo-one"]);
    case.does("undo-one", &[]);
    assert!(case.at.is_ended());
}

#[test]
fn every_turn_of_a_loop_is_undone() {
    let inside = format!(
        r#"<startEvent id="s"/><userTask id="one"><multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask>
           <boundaryEvent id="b" attachedToRef="one"><compensateEventDefinition/></boundaryEvent>
           <userTask id="undo" isForCompensation="true"/><association id="a" sourceRef="undo" targetRef="b"/>
           <endEvent id="e"><compensateEventDefinition/></endEvent>{}"#,
        flows(&[("s", "one"), ("one", "e")])
    );
    let mut case = Case::start(runnable(&inside));
    case.does("one", &["one"]);
    case.does("one", &["undo"]);
    let turn = |case: &Case| {
        let task = &case.at.tasks()[0];
        task.vars.get("loopCounter").cloned()
    };
    assert_eq!(turn(&case), Some(1.into()), "it sees what the turn saw");
    case.does("undo", &["undo"]);
    assert_eq!(turn(&case), Some(0.into()));
    case.does("undo", &[]);
    assert!(case.at.is_ended());
}

#[test]
fn a_cancelled_transaction_undoes_what_was_done_and_drops_what_runs() {
    let inside = format!(
        r#"<startEvent id="s"/><transaction id="tx"><startEvent id="s2"/><parallelGateway id="fork"/>{}<userTask id="other"/>
             <endEvent id="stop"><cancelEventDefinition/></endEvent>{}</transaction>
           <boundaryEvent id="cancelled" attachedToRef="tx"><cancelEventDefinition/></boundaryEvent>
           <userTask id="good"/><userTask id="bad"/>{}"#,
        undoable("one"),
        flows(&[
            ("s2", "fork"),
            ("fork", "one"),
            ("fork", "other"),
            ("one", "stop")
        ]),
        flows(&[("s", "tx"), ("tx", "good"), ("cancelled", "bad")])
    );
    let mut case = Case::start(runnable(&inside));
    assert_eq!(case.open(), ["one", "other"]);
    case.does("one", &["undo-one"]);
    case.does("undo-one", &["bad"]);
    case.does("bad", &[]);
    assert!(case.at.is_ended());
}

#[test]
fn a_handler_that_fails_does_not_stop_the_undoing() {
    let inside = format!(
        r#"<startEvent id="s"/>{}{}
           <boundaryEvent id="late" attachedToRef="undo-two"><messageEventDefinition messageRef="m"/></boundaryEvent><userTask id="complain"/>
           <endEvent id="e"><compensateEventDefinition/></endEvent>{}"#,
        undoable("one"),
        undoable("two"),
        flows(&[
            ("s", "one"),
            ("one", "two"),
            ("two", "e"),
            ("late", "complain")
        ])
    );
    let xml = format!(
        r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><message id="m" name="late"/><process id="p">{inside}</process></definitions>"#
    );
    let mut case = Case::start(Definition::parse(&xml).expect("reads"));
    case.does("one", &["two"]);
    case.does("two", &["undo-two"]);
    let step = bpmn::message(
        &case.def,
        &case.at,
        "late",
        &bpmn::Correlation::Any,
        Vars::new(),
    );
    case.at = step.expect("is awaited").instance;
    assert_eq!(case.open(), ["complain", "undo-one"]);
    case.does("complain", &["undo-one"]);
    case.does("undo-one", &[]);
    assert!(case.at.is_ended());
}

#[test]
fn undoing_that_cannot_work_is_refused() {
    let refused = |inside: &str| {
        process(inside)
            .check()
            .into_iter()
            .filter(|finding| finding.severity == Severity::Error)
            .map(|finding| finding.remark.code.as_str())
            .collect::<Vec<_>>()
    };
    let start = r#"<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/><userTask id="t"/>"#;
    let boundary =
        r#"<boundaryEvent id="b" attachedToRef="t"><compensateEventDefinition/></boundaryEvent>"#;
    assert_eq!(refused(&format!("{start}{boundary}")), ["no_undoing"]);
    assert_eq!(
        refused(&format!(
            r#"{start}{boundary}<association sourceRef="b" targetRef="u"/><userTask id="u" isForCompensation="true"/><sequenceFlow id="g" sourceRef="u" targetRef="t"/>"#
        )),
        ["undoing_has_flows"]
    );
    assert_eq!(
        refused(&format!(
            r#"{start}<sequenceFlow id="g" sourceRef="t" targetRef="e"/><endEvent id="e"><compensateEventDefinition activityRef="t"/></endEvent>"#
        )),
        ["nothing_to_undo"]
    );
    assert_eq!(
        refused(
            r#"<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="x"/><transaction id="x"><startEvent id="s2"/><sequenceFlow id="g" sourceRef="s2" targetRef="c"/><endEvent id="c"><cancelEventDefinition/></endEvent></transaction>"#
        ),
        ["no_cancel_boundary"]
    );
}

fn ad_hoc(attributes: &str, condition: &str) -> Definition {
    runnable(&format!(
        r#"<startEvent id="s"/><adHocSubProcess id="free" {attributes}><userTask id="a"/><userTask id="b"/><userTask id="c"/>
             <sequenceFlow id="b-c" sourceRef="b" targetRef="c"/>{condition}</adHocSubProcess><userTask id="after"/>{}"#,
        flows(&[("s", "free"), ("free", "after")])
    ))
}

#[test]
fn what_is_done_in_an_ad_hoc_sub_process_is_chosen() {
    let mut case = Case::start(ad_hoc("", ""));
    assert_eq!(case.at.tasks()[0].kind, OpenTaskKind::AdHoc);
    let free = case.task("free");
    assert_eq!(bpmn::choices(&case.def, &case.at, free), ["a", "b"]);
    for element in ["b", "a", "a"] {
        let step = bpmn::choose(&case.def, &case.at, free, element);
        case.at = step.expect("can be chosen").instance;
    }
    assert!(matches!(
        bpmn::choose(&case.def, &case.at, free, "c"),
        Err(RunError::UnknownElement { .. })
    ));
    case.does("b", &["a", "a", "c", "free"]);
    assert_eq!(
        bpmn::complete(&case.def, &case.at, free, Vars::new()),
        Err(RunError::StillBusy {
            element: "free".to_owned()
        })
    );
    case.does("a", &["a", "c", "free"]);
    case.does("a", &["c", "free"]);
    case.does("c", &["free"]);
    case.does("free", &["after"]);
}

#[test]
fn the_condition_ends_an_ad_hoc_sub_process() {
    let condition = "<completionCondition>has(done) &amp;&amp; done</completionCondition>";
    for (attributes, left) in [
        ("", vec!["after"]),
        (r#"cancelRemainingInstances="false""#, vec!["b", "free"]),
    ] {
        let mut case = Case::start(ad_hoc(attributes, condition));
        let free = case.task("free");
        for element in ["a", "b"] {
            let step = bpmn::choose(&case.def, &case.at, free, element);
            case.at = step.expect("can be chosen").instance;
        }
        let done = Vars::from([("done".to_owned(), true.into())]);
        let step = bpmn::complete(&case.def, &case.at, case.task("a"), done);
        case.at = step.expect("goes on").instance;
        assert_eq!(case.open(), left);
    }
}

#[test]
fn one_after_the_other_means_one_at_a_time() {
    let case = Case::start(ad_hoc(r#"ordering="Sequential""#, ""));
    let free = case.task("free");
    let step = bpmn::choose(&case.def, &case.at, free, "a").expect("can be chosen");
    assert!(matches!(
        bpmn::choose(&case.def, &step.instance, free, "b"),
        Err(RunError::StillBusy { .. })
    ));
}
