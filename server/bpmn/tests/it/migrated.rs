//! Moving a case to another version does not bring back what has already come, and finds what is being undone.
//! Not here: which places have a counterpart (`change`).

use std::collections::BTreeMap;

use bpmn::{Correlation, Definition, Instance, StartAt, Vars, change};

use crate::story::{flows, open};

fn file(inside: &str) -> Definition {
    let xml = format!(
        r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><message id="m" name="stop"/><message id="o" name="other"/><process id="p">{inside}</process></definitions>"#
    );
    Definition::parse(&xml).expect("reads")
}

fn start(def: &Definition) -> Instance {
    bpmn::start(def, StartAt::None, Vars::new())
        .expect("starts")
        .instance
}

fn done(def: &Definition, at: &Instance, element: &str) -> Instance {
    let tasks = at.tasks();
    let task = tasks.iter().find(|task| task.element == element);
    let task = task.unwrap_or_else(|| panic!("{element} is not open, but {:?}", open(at)));
    bpmn::complete(def, at, task.id, Vars::new())
        .expect("goes on")
        .instance
}

fn moved(to: &Definition, at: &Instance, mapping: &[(&str, &str)]) -> Instance {
    let mapping: BTreeMap<String, String> = mapping
        .iter()
        .map(|(from, to)| ((*from).to_owned(), (*to).to_owned()))
        .collect();
    change::migrate(to, at, &mapping)
        .expect("runs")
        .expect("every place is there")
        .instance
}

/// A task with a timer beside it and, for contrast, a cycle.
fn reminded(late: &str) -> Definition {
    let timer = |id: &str, kind: &str, text: &str| {
        format!(
            r#"<boundaryEvent id="{id}" attachedToRef="work" cancelActivity="false"><timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition></boundaryEvent>"#
        )
    };
    file(&format!(
        r#"<startEvent id="s"/><userTask id="work"/>{}{}<userTask id="hurry"/><userTask id="again"/>{}"#,
        timer(late, "timeDuration", "PT1H"),
        timer("often", "timeCycle", "R2/PT1H"),
        flows(&[("s", "work"), (late, "hurry"), ("often", "again")])
    ))
}

fn ring(def: &Definition, at: &Instance, element: &str) -> Instance {
    let timers = at.timers();
    let timer = timers.iter().find(|timer| timer.element == element);
    bpmn::timer_due(def, at, timer.expect("runs").id)
        .expect("rings")
        .instance
}

#[test]
fn a_timer_that_has_rung_does_not_ring_again() {
    let def = reminded("late");
    let at = ring(&def, &start(&def), "late");
    assert_eq!(moved(&def, &at, &[]), at);
    let at = ring(&def, &at, "often");
    assert_eq!(moved(&def, &at, &[]), at, "one round is left");
    let at = ring(&def, &at, "often");
    assert_eq!(moved(&def, &at, &[]), at);
    assert!(at.timers().is_empty());
    // Under another name it is still the same event, without the mapping it is a new one.
    let renamed = reminded("too_late");
    let same = moved(&renamed, &at, &[("late", "too_late")]);
    assert!(same.timers().is_empty());
    let fresh = moved(&renamed, &at, &[]);
    let timers: Vec<String> = fresh.timers().into_iter().map(|t| t.element).collect();
    assert_eq!(timers, ["too_late"]);
}

#[test]
fn event_sub_processes_that_were_interrupted_stay_so() {
    let sub = |id: &str, message: &str| {
        format!(
            r#"<subProcess id="{id}" triggeredByEvent="true"><startEvent id="{id}-s"><messageEventDefinition messageRef="{message}"/></startEvent><userTask id="{id}-t"/>{}</subProcess>"#,
            flows(&[(&format!("{id}-s"), &format!("{id}-t"))])
        )
    };
    let def = file(&format!(
        r#"<startEvent id="s"/><userTask id="work"/>{}{}{}"#,
        sub("stop", "m"),
        sub("other", "o"),
        flows(&[("s", "work")])
    ));
    let at = start(&def);
    assert_eq!(at.waits().len(), 2);
    let at = bpmn::message(&def, &at, "stop", &Correlation::Any, Vars::new());
    let at = at.expect("is awaited").instance;
    assert_eq!(open(&at), ["stop-t"]);
    assert_eq!(moved(&def, &at, &[]), at);
    assert!(done(&def, &at, "stop-t").is_ended());
}

#[test]
fn what_is_being_undone_from_inside_moves_along() {
    let def = file(&format!(
        r#"<startEvent id="s"/><subProcess id="sub"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>
             <userTask id="t"/><boundaryEvent id="c" attachedToRef="t"><compensateEventDefinition/></boundaryEvent><userTask id="u" isForCompensation="true"/><association id="a" sourceRef="c" targetRef="u"/></subProcess>
           <boundaryEvent id="late" attachedToRef="sub"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>
           <endEvent id="e"><compensateEventDefinition/></endEvent>{}"#,
        flows(&[("s", "sub"), ("sub", "e")])
    ));
    let at = start(&def);
    let at = done(&def, &done(&def, &at, "t"), "t");
    assert_eq!(open(&at), ["u"]);
    assert_eq!(moved(&def, &at, &[]), at, "nor does its timer begin to run");
    let at = done(&def, &moved(&def, &at, &[]), "u");
    assert!(done(&def, &at, "u").is_ended());
}

#[test]
fn a_reminder_of_the_sample_is_not_repeated() {
    let def = Definition::parse(crate::permit::PERMIT).expect("reads");
    let people = vec!["chen".into()];
    let given = Vars::from([
        ("vote".to_owned(), "one".into()),
        ("reviewers".to_owned(), people.into()),
        ("approved".to_owned(), true.into()),
    ]);
    let mut at = bpmn::start(&def, StartAt::None, given)
        .expect("starts")
        .instance;
    for element in ["intake", "countersign"] {
        let task = at.tasks()[0].id;
        let yes = Vars::from([("approved".to_owned(), true.into())]);
        assert_eq!(open(&at), [element]);
        at = bpmn::complete(&def, &at, task, yes)
            .expect("goes on")
            .instance;
    }
    let at = ring(&def, &at, "late");
    assert_eq!(open(&at), ["decide", "remind"]);
    assert_eq!(moved(&def, &at, &[]), at);
}
