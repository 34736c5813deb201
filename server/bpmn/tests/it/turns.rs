//! What repeated activities gather, count and let their conditions see while turns are still running.
//! Not here: turns added and taken away by hand (`change`), except for what that does to the gathered list.

use bpmn::{Definition, Instance, StartAt, Value, Vars, change};

use crate::story::{flows, open, vars};

/// start → sign, as often as there are people → after
fn signed(how: &str, condition: &str) -> Definition {
    let xml = format!(
        r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><startEvent id="s"/>
           <userTask id="sign"><multiInstanceLoopCharacteristics {how}><loopDataInputRef>people</loopDataInputRef><loopDataOutputRef>votes</loopDataOutputRef>
             <inputDataItem name="person"/><outputDataItem name="approved"/><completionCondition>{condition}</completionCondition></multiInstanceLoopCharacteristics></userTask>
           <userTask id="after"/>{}</process></definitions>"#,
        flows(&[("s", "sign"), ("sign", "after")])
    );
    Definition::parse(&xml).expect("reads")
}

fn started(def: &Definition, people: &[&str]) -> Instance {
    let people: Vec<Value> = people.iter().map(|name| Value::from(*name)).collect();
    let given = vars([("people", people.into()), ("approved", true.into())]);
    bpmn::start(def, StartAt::None, given)
        .expect("starts")
        .instance
}

fn votes(def: &Definition, at: &Instance, person: &str, approved: bool) -> Instance {
    let mine = |task: &bpmn::OpenTask| task.vars.get("person") == Some(&person.into());
    let task = at.tasks().into_iter().find(mine).expect("is asked").id;
    let given = vars([("approved", approved.into())]);
    bpmn::complete(def, at, task, given)
        .expect("goes on")
        .instance
}

fn so_far(at: &Instance) -> Value {
    let task = at.tasks()[0].id;
    at.visible(task)["votes"].clone()
}

fn list(votes: &[bool]) -> Value {
    let votes: Vec<Value> = votes.iter().map(|vote| Value::from(*vote)).collect();
    votes.into()
}

const SIXTY: &str = "count(votes, true) * 100 >= 60 * nrOfInstances || count(votes, false) * 100 > 40 * nrOfInstances";

#[test]
fn votes_are_seen_while_others_still_vote() {
    let def = signed("", SIXTY);
    assert_eq!(crate::story::trouble(&def), []);
    let at = started(&def, &["a", "b", "c", "d", "e"]);
    assert_eq!(so_far(&at), list(&[]));
    let at = votes(&def, &at, "d", true);
    let at = votes(&def, &at, "a", false);
    assert_eq!(so_far(&at), list(&[false, true]), "in the order of turns");
    let at = votes(&def, &at, "e", true);
    assert_eq!(open(&at), ["sign", "sign"]);
    let at = votes(&def, &at, "b", true);
    assert_eq!(open(&at), ["after"], "three of five are enough");
    assert_eq!(
        at.variable("votes"),
        Some(&list(&[false, true, true, true]))
    );
    assert_eq!(
        at.variable("approved"),
        Some(&true.into()),
        "what the turns said is their own"
    );
}

#[test]
fn votes_against_end_it_as_soon_as_the_rest_cannot_help() {
    let def = signed(r#"isSequential="true""#, SIXTY);
    let at = started(&def, &["a", "b", "c", "d", "e"]);
    let at = votes(&def, &at, "a", false);
    let at = votes(&def, &at, "b", true);
    let at = votes(&def, &at, "c", false);
    assert_eq!(
        open(&at),
        ["sign"],
        "two of five leave a way to sixty per cent"
    );
    let at = votes(&def, &at, "d", false);
    assert_eq!(open(&at), ["after"]);
    assert_eq!(
        at.variable("votes"),
        Some(&list(&[false, true, false, false]))
    );
}

#[test]
fn nobody_to_ask_gives_an_empty_list_and_an_earlier_one_is_not_mistaken() {
    let def = signed("", "count(votes, true) > 0");
    assert_eq!(
        started(&def, &[]).variable("votes"),
        Some(&list(&[])),
        "over at once"
    );
    let people = vec![Value::from("a"), Value::from("b")];
    let earlier = vars([("people", people.into()), ("votes", list(&[true, true]))]);
    let at = bpmn::start(&def, StartAt::None, earlier)
        .expect("starts")
        .instance;
    let at = votes(&def, &at, "a", false);
    assert_eq!(open(&at), ["sign"]);
}

#[test]
fn a_list_that_was_written_over_is_put_right() {
    let def = signed("", SIXTY);
    let at = started(&def, &["a", "b", "c", "d", "e"]);
    let at = votes(&def, &at, "a", false);
    let task = at.tasks()[0].id;
    let forged = vars([
        ("approved", false.into()),
        ("votes", list(&[true, true, true])),
    ]);
    let at = bpmn::complete(&def, &at, task, forged)
        .expect("goes on")
        .instance;
    assert_eq!(so_far(&at), list(&[false, false]));
}

#[test]
fn who_comes_later_takes_nobodys_vote() {
    let def = signed("", "false");
    let at = started(&def, &["a", "b", "c"]);
    let first = at.tasks()[0].id;
    let at = change::remove_turn(&def, &at, first).expect("two are left");
    let at = votes(&def, &at.instance, "c", false);
    let task = at.tasks()[0].id;
    let at = change::add_turn(&def, &at, task, "d".into()).expect("one more");
    let at = votes(&def, &at.instance, "d", true);
    assert_eq!(so_far(&at), list(&[false, true]));
    let at = votes(&def, &at, "b", true);
    assert_eq!(at.variable("votes"), Some(&list(&[true, false, true])));
}

/// The numbers that a turn sees: all, active, done, its own.
fn numbers(at: &Instance) -> [i64; 4] {
    let seen = at.visible(at.tasks()[0].id);
    [
        "nrOfInstances",
        "nrOfActiveInstances",
        "nrOfCompletedInstances",
        "loopCounter",
    ]
    .map(|name| seen[name].as_int().expect("a number"))
}

#[test]
fn the_counters_are_those_of_other_engines() {
    let at_once = signed("", "false");
    let at = started(&at_once, &["a", "b", "c"]);
    assert_eq!(numbers(&at), [3, 3, 0, 0]);
    assert_eq!(numbers(&votes(&at_once, &at, "a", true)), [3, 2, 1, 1]);
    let one_by_one = signed(r#"isSequential="true""#, "false");
    let at = started(&one_by_one, &["a", "b", "c"]);
    assert_eq!(numbers(&at), [3, 1, 0, 0]);
    assert_eq!(numbers(&votes(&one_by_one, &at, "a", true)), [3, 1, 1, 1]);
    // Turns that are done at once count as the others do.
    let xml = r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/>
        <scriptTask id="t"><multiInstanceLoopCharacteristics><loopCardinality>4</loopCardinality><loopDataOutputRef>left</loopDataOutputRef><outputDataItem name="n"/></multiInstanceLoopCharacteristics>
        <script>n = nrOfActiveInstances</script></scriptTask><sequenceFlow id="g" sourceRef="t" targetRef="u"/><userTask id="u"/></process></definitions>"#;
    let def = Definition::parse(xml).expect("reads");
    let at = bpmn::start(&def, StartAt::None, Vars::new()).expect("starts");
    let left: Vec<Value> = [4, 3, 2, 1].map(Value::from).to_vec();
    assert_eq!(at.instance.variable("left"), Some(&left.into()));
}

/// Turns of several steps keep what they say apart, and a condition on the border sees the list grow.
#[test]
fn turns_of_several_steps_do_not_take_each_others_value() {
    let xml = format!(
        r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><startEvent id="s"/>
           <subProcess id="turn"><multiInstanceLoopCharacteristics><loopDataInputRef>people</loopDataInputRef><loopDataOutputRef>votes</loopDataOutputRef>
             <inputDataItem name="person"/><outputDataItem name="approved"/></multiInstanceLoopCharacteristics>
             <userTask id="say"/><userTask id="confirm"/>{}</subProcess>
           <boundaryEvent id="two" attachedToRef="turn" cancelActivity="false"><conditionalEventDefinition><condition>size(votes) == 2</condition></conditionalEventDefinition></boundaryEvent>
           <userTask id="told"/><userTask id="after"/>{}</process></definitions>"#,
        flows(&[("say", "confirm")]),
        flows(&[("s", "turn"), ("turn", "after"), ("two", "told")])
    );
    let def = Definition::parse(&xml).expect("reads");
    let mut at = started(&def, &["a", "b", "c"]);
    for (person, vote) in [("a", true), ("b", false), ("c", true)] {
        at = votes(&def, &at, person, vote);
    }
    for (person, open_then) in [
        ("c", vec!["confirm", "confirm"]),
        ("a", vec!["confirm", "told"]),
        ("b", vec!["after", "told"]),
    ] {
        let mine = |task: &bpmn::OpenTask| task.vars.get("person") == Some(&person.into());
        let task = at.tasks().into_iter().find(mine).expect("is asked").id;
        at = bpmn::complete(&def, &at, task, Vars::new())
            .expect("goes on")
            .instance;
        assert_eq!(open(&at), open_then);
    }
    assert_eq!(at.variable("votes"), Some(&list(&[true, false, true])));
}
