//! Changing cases that are under way: other versions, other places, more or fewer people.

use std::collections::BTreeMap;

use bpmn::change::{self, Jump, JumpError, ProblemKind, TurnError};
use bpmn::{Definition, Effect, Instance, StartAt, Value, Vars};

use crate::story::{flows, open};

fn process(inside: &str) -> Definition {
    let xml = format!(
        r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><message id="m" name="stop"/><process id="p">{inside}</process></definitions>"#
    );
    Definition::parse(&xml).expect("reads")
}

fn start(def: &Definition) -> Instance {
    bpmn::start(def, StartAt::None, people(&["a", "b", "c"]))
        .expect("starts")
        .instance
}

fn people(names: &[&str]) -> Vars {
    let names: Vec<Value> = names.iter().map(|name| Value::from(*name)).collect();
    Vars::from([("people".to_owned(), names.into())])
}

fn done(def: &Definition, at: &Instance, element: &str) -> Instance {
    let tasks = at.tasks();
    let task = tasks
        .iter()
        .find(|task| task.element == element)
        .unwrap_or_else(|| panic!("{element} is not open, but {:?}", open(at)));
    bpmn::complete(def, at, task.id, Vars::new())
        .expect("goes on")
        .instance
}

/// start → fork → (left | right) → join → last
fn parallel() -> Definition {
    process(&format!(
        r#"<startEvent id="s"/><userTask id="first"/><parallelGateway id="fork"/><userTask id="left"/><userTask id="right"/><parallelGateway id="join"/><userTask id="last"/>{}"#,
        flows(&[
            ("s", "first"),
            ("first", "fork"),
            ("fork", "left"),
            ("fork", "right"),
            ("left", "join"),
            ("right", "join"),
            ("join", "last"),
        ])
    ))
}

const ALL: &str = r#"<multiInstanceLoopCharacteristics><loopDataInputRef>people</loopDataInputRef><inputDataItem name="person"/></multiInstanceLoopCharacteristics>"#;

fn several(how: &str) -> Definition {
    process(&format!(
        r#"<startEvent id="s"/><userTask id="sign">{how}</userTask><userTask id="last"/>{}"#,
        flows(&[("s", "sign"), ("sign", "last")])
    ))
}

#[test]
fn a_case_goes_on_under_a_new_version_with_its_tasks_and_timers() {
    let old = process(&format!(
        r#"<startEvent id="s"/><userTask id="work"/><boundaryEvent id="late" attachedToRef="work"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><userTask id="hurry"/><endEvent id="e"/>{}"#,
        flows(&[("s", "work"), ("work", "e"), ("late", "hurry")])
    ));
    let new = process(&format!(
        r#"<startEvent id="s"/><userTask id="work"/><boundaryEvent id="late" attachedToRef="work"><timerEventDefinition><timeDuration>PT9H</timeDuration></timerEventDefinition></boundaryEvent><userTask id="hurry"/>
           <boundaryEvent id="stop" attachedToRef="work"><messageEventDefinition messageRef="m"/></boundaryEvent><userTask id="more"/><endEvent id="e"/>{}"#,
        flows(&[
            ("s", "work"),
            ("work", "more"),
            ("more", "e"),
            ("late", "hurry")
        ])
    ));
    let at = start(&old);
    let moved = change::migrate(&new, &at, &BTreeMap::new())
        .expect("runs")
        .expect("every place is there");
    assert_eq!(moved.instance.tasks(), at.tasks(), "the same task");
    assert_eq!(
        moved.instance.timers(),
        at.timers(),
        "a running deadline stays"
    );
    assert_eq!(moved.places, [("work".to_owned(), "work".to_owned())]);
    assert!(
        matches!(moved.effects.as_slice(), [Effect::WaitOpened(wait)] if wait.element == "stop"),
        "{:?}",
        moved.effects
    );
    assert_eq!(open(&done(&new, &moved.instance, "work")), ["more"]);
    let back = change::migrate(&old, &moved.instance, &BTreeMap::new())
        .expect("runs")
        .expect("and back");
    assert_eq!(back.instance.tasks(), at.tasks());
    assert_eq!(back.instance.waits(), []);
}

#[test]
fn places_are_mapped_by_hand_and_what_has_no_counterpart_is_named() {
    let old = parallel();
    let new = process(&format!(
        r#"<startEvent id="s"/><parallelGateway id="fork"/><userTask id="links"/><receiveTask id="right"/><parallelGateway id="join"/>{}"#,
        flows(&[
            ("s", "fork"),
            ("fork", "links"),
            ("fork", "right"),
            ("links", "join"),
            ("right", "join")
        ])
    ));
    let at = done(&old, &start(&old), "first");
    let plain = change::migrate(&new, &at, &BTreeMap::new())
        .expect("runs")
        .expect_err("two places have no counterpart");
    let found: Vec<(&str, ProblemKind)> = plain
        .iter()
        .map(|problem| (problem.element.as_str(), problem.kind))
        .collect();
    assert_eq!(
        found,
        [
            ("left", ProblemKind::Missing),
            ("right", ProblemKind::OtherKind)
        ]
    );
    let at = done(&old, &at, "right");
    let by_hand =
        BTreeMap::from([("left", "links")].map(|(from, to)| (from.to_owned(), to.to_owned())));
    let moved = change::migrate(&new, &at, &by_hand)
        .expect("runs")
        .expect("the join has the same way in");
    assert_eq!(open(&moved.instance), ["links"]);
    assert!(done(&new, &moved.instance, "links").is_ended());
}

#[test]
fn repeated_and_called_work_moves_along() {
    let old = several(ALL);
    let new = process(&format!(
        r#"<startEvent id="s"/><userTask id="sign">{ALL}</userTask><userTask id="extra"/><userTask id="last"/>{}"#,
        flows(&[("s", "sign"), ("sign", "extra"), ("extra", "last")])
    ));
    let at = done(&old, &start(&old), "sign");
    let moved = change::migrate(&new, &at, &BTreeMap::new())
        .expect("runs")
        .expect("moves")
        .instance;
    assert_eq!(moved.tasks(), at.tasks());
    let at = done(&new, &done(&new, &moved, "sign"), "sign");
    assert_eq!(open(&at), ["extra"]);
    let single = several("");
    let problems = change::migrate(&single, &moved, &BTreeMap::new())
        .expect("runs")
        .expect_err("nobody knows which of the turns would stay");
    assert!(
        problems
            .iter()
            .all(|problem| problem.kind == ProblemKind::OtherLoop
                || problem.kind == ProblemKind::OtherKind),
        "{problems:?}"
    );
}

fn go(leave: &[&str], go: &[&str]) -> Jump {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Jump {
        leave: words(leave),
        go: words(go),
        ..Jump::default()
    }
}

#[test]
fn a_case_is_taken_back_and_forward() {
    let def = parallel();
    let at = start(&def);
    let ahead = change::jump(&def, &at, &go(&["first"], &["last"])).expect("forward");
    assert_eq!(open(&ahead.instance), ["last"]);
    assert!(matches!(
        ahead.effects.first(),
        Some(Effect::TaskClosed {
            completed: false,
            ..
        })
    ));
    let back = change::jump(&def, &ahead.instance, &go(&["last"], &["first"])).expect("back");
    let both = done(&def, &back.instance, "first");
    assert_eq!(open(&both), ["left", "right"]);
    let all_back =
        change::jump(&def, &both, &go(&["left", "right"], &["first"])).expect("both ways");
    assert_eq!(open(&all_back.instance), ["first"]);
}

#[test]
fn what_would_not_go_on_sanely_is_refused_unless_it_is_wanted() {
    let def = parallel();
    let at = start(&def);
    assert!(matches!(
        change::jump(&def, &at, &go(&["first"], &["left"])),
        Err(JumpError::JoinNeverFills { join, flow }) if join == "join" && flow == "right-join"
    ));
    let into =
        change::jump(&def, &at, &go(&["first"], &["left", "right"])).expect("both ways are fed");
    assert_eq!(open(&into.instance), ["left", "right"]);
    let both = done(&def, &at, "first");
    assert!(matches!(
        change::jump(&def, &both, &go(&["left"], &["first"])),
        Err(JumpError::Twice { other, .. }) if other == "right"
    ));
    let despite = Jump {
        despite: true,
        ..go(&["left"], &["first"])
    };
    let wanted = change::jump(&def, &both, &despite).expect("somebody knows better");
    assert_eq!(open(&wanted.instance), ["first", "right"]);
    for (jump, expected) in [
        (go(&["nowhere"], &["first"]), "nothing stands at nowhere"),
        (
            go(&["first"], &["nowhere"]),
            "a case cannot go on at nowhere",
        ),
        (go(&["first"], &["s"]), "a case cannot go on at s"),
    ] {
        let error = change::jump(&def, &at, &jump).expect_err(expected);
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn a_case_is_taken_into_and_out_of_sub_processes() {
    let def = process(&format!(
        r#"<startEvent id="s"/><userTask id="first"/><subProcess id="sub"><startEvent id="s2"/><userTask id="in1"/><userTask id="in2"/>{}</subProcess>
           <boundaryEvent id="stop" attachedToRef="sub"><messageEventDefinition messageRef="m"/></boundaryEvent><userTask id="stopped"/><userTask id="last"/>{}"#,
        flows(&[("s2", "in1"), ("in1", "in2")]),
        flows(&[
            ("s", "first"),
            ("first", "sub"),
            ("sub", "last"),
            ("stop", "stopped")
        ])
    ));
    let at = start(&def);
    let inside = change::jump(&def, &at, &go(&["first"], &["in2"]))
        .expect("into")
        .instance;
    assert_eq!(open(&inside), ["in2"]);
    assert_eq!(inside.waits().len(), 1, "its border events wait");
    assert_eq!(
        open(&done(&def, &inside, "in2")),
        ["last"],
        "and it ends as ever"
    );
    let back = change::jump(&def, &inside, &go(&["in2"], &["in1"]))
        .expect("within")
        .instance;
    assert_eq!(open(&back), ["in1"]);
    assert_eq!(back.waits().len(), 1, "it is the same sub-process");
    let out = change::jump(&def, &back, &go(&["in1"], &["first"]))
        .expect("out")
        .instance;
    assert_eq!(open(&out), ["first"]);
    assert_eq!(out.waits(), [], "the empty sub-process is gone");
}

#[test]
fn one_turn_leaves_and_the_others_stay() {
    let def = several(ALL);
    let at = start(&def);
    assert_eq!(at.tasks().len(), 3);
    let jump = Jump {
        leave_tasks: vec![at.tasks()[0].id],
        go: vec!["last".to_owned()],
        despite: true,
        ..Jump::default()
    };
    let out = change::jump(&def, &at, &jump)
        .expect("one of three")
        .instance;
    assert_eq!(open(&out), ["last", "sign", "sign"]);
    let rest = done(&def, &done(&def, &out, "sign"), "sign");
    assert_eq!(open(&rest), ["last", "last"]);
    let whole = change::jump(&def, &at, &go(&["sign"], &["last"]))
        .expect("all of them")
        .instance;
    assert_eq!(open(&whole), ["last"]);
}

#[test]
fn people_are_added_and_taken_away_while_they_sign() {
    let def = several(ALL);
    let at = start(&def);
    let more = change::add_turn(&def, &at, at.tasks()[0].id, "d".into())
        .expect("one more")
        .instance;
    assert_eq!(more.tasks().len(), 4);
    assert_eq!(more.tasks()[3].vars["person"], "d".into());
    let mut fewer = more;
    for _ in 0..3 {
        fewer = change::remove_turn(&def, &fewer, fewer.tasks()[0].id)
            .expect("one less")
            .instance;
    }
    assert_eq!(
        change::remove_turn(&def, &fewer, fewer.tasks()[0].id),
        Err(TurnError::LastOne)
    );
    assert_eq!(open(&done(&def, &fewer, "sign")), ["last"]);
    let lone = done(&def, &fewer, "sign");
    let task = lone.tasks()[0].id;
    assert_eq!(
        change::add_turn(&def, &lone, task, Value::Null),
        Err(TurnError::NotRepeated { task })
    );
}

#[test]
fn taking_the_last_open_one_away_ends_what_the_others_have_done() {
    let def = several(ALL);
    let at = done(&def, &done(&def, &start(&def), "sign"), "sign");
    let rest = change::remove_turn(&def, &at, at.tasks()[0].id)
        .expect("two have signed")
        .instance;
    assert_eq!(open(&rest), ["last"]);
    let one_after_the_other = several(
        r#"<multiInstanceLoopCharacteristics isSequential="true"><loopDataInputRef>people</loopDataInputRef><inputDataItem name="person"/></multiInstanceLoopCharacteristics>"#,
    );
    let at = start(&one_after_the_other);
    let more = change::add_turn(&one_after_the_other, &at, at.tasks()[0].id, "x".into())
        .expect("one more")
        .instance;
    let next = done(&one_after_the_other, &more, "sign");
    assert_eq!(
        next.tasks()[0].vars["person"],
        "x".into(),
        "the added one is next"
    );
    let skipped = change::remove_turn(&one_after_the_other, &next, next.tasks()[0].id)
        .expect("skipped")
        .instance;
    assert_eq!(skipped.tasks()[0].vars["person"], "b".into());
}
