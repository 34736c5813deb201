//! Compensation as a property: exactly what was completed is undone, once, the last first; what was not completed is not.
//! Not here: how it nests (`blocks`) and single cases (`undo`).

use bpmn::{Definition, Effect, Instance, StartAt, Step, Vars};
use proptest::prelude::*;

use crate::story::{flows, open};

/// Tasks side by side, some of which can be undone, and the order in which they are done.
fn tasks() -> impl Strategy<Value = (Vec<bool>, Vec<usize>)> {
    proptest::collection::vec(any::<bool>(), 1..8).prop_flat_map(|undoable| {
        let order: Vec<usize> = (0..undoable.len()).collect();
        (Just(undoable), Just(order).prop_shuffle())
    })
}

fn elements(undoable: &[bool]) -> String {
    let task = |(n, undoable): (usize, &bool)| {
        let undo = format!(
            r#"<boundaryEvent id="c{n}" attachedToRef="t{n}"><compensateEventDefinition/></boundaryEvent><userTask id="u{n}" isForCompensation="true"/><association id="a{n}" sourceRef="c{n}" targetRef="u{n}"/>"#
        );
        format!(
            r#"<userTask id="t{n}"/>{}"#,
            if *undoable { undo.as_str() } else { "" }
        )
    };
    undoable.iter().enumerate().map(task).collect()
}

/// Ways from `from` to every task, and from there to `to`.
fn ways(undoable: &[bool], from: &str, to: &str) -> String {
    let way = |n: usize| {
        let task = format!("t{n}");
        flows(&[(from, task.as_str()), (task.as_str(), to)])
    };
    (0..undoable.len()).map(way).collect()
}

fn process(inside: &str) -> Definition {
    let xml = format!(
        r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">{inside}</process></definitions>"#
    );
    let def = Definition::parse(&xml).expect("reads");
    assert_eq!(crate::story::trouble(&def), []);
    def
}

fn start(def: &Definition) -> Instance {
    bpmn::start(def, StartAt::None, Vars::new())
        .expect("starts")
        .instance
}

fn done(def: &Definition, at: &Instance, element: &str) -> Step {
    let tasks = at.tasks();
    let task = tasks
        .iter()
        .find(|task| task.element == element)
        .unwrap_or_else(|| panic!("{element} is not open, but {:?}", open(at)));
    bpmn::complete(def, at, task.id, Vars::new()).expect("goes on")
}

/// Completes what undoes, one after the other, until something else is open; gives their names in order.
fn undo(def: &Definition, at: &mut Instance) -> Vec<String> {
    let mut undone = Vec::new();
    while let [element] = open(at).as_slice()
        && element.starts_with('u')
    {
        *at = done(def, at, element).instance;
        undone.push(element.clone());
    }
    undone
}

/// What must be undone after these were done in this order.
fn backwards(undoable: &[bool], order: &[usize]) -> Vec<String> {
    let meant = order.iter().rev().filter(|n| undoable[**n]);
    meant.map(|n| format!("u{n}")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_was_done_is_undone_once_and_the_last_first((undoable, order) in tasks(), later in any::<bool>()) {
        let throw = |id: &str| format!(r#"<intermediateThrowEvent id="{id}"><compensateEventDefinition/></intermediateThrowEvent>"#);
        let def = process(&format!(
            r#"<startEvent id="s"/><parallelGateway id="fork"/><parallelGateway id="join"/>{}<userTask id="ask"/>{}<userTask id="again"/>{}<endEvent id="e"/>{}{}"#,
            elements(&undoable),
            throw("first"),
            throw("second"),
            ways(&undoable, "fork", "join"),
            flows(&[("s", "fork"), ("join", "ask"), ("ask", "first"), ("first", "again"), ("again", "second"), ("second", "e")])
        ));
        let mut at = start(&def);
        for n in &order {
            at = done(&def, &at, &format!("t{n}")).instance;
        }
        at = done(&def, &at, "ask").instance;
        let expected = backwards(&undoable, &order);
        if later && !expected.is_empty() {
            // Half way through, the case is put away and taken up again.
            let text = serde_json::to_string(&at).expect("serialises");
            at = serde_json::from_str(&text).expect("comes back");
        }
        prop_assert_eq!(undo(&def, &mut at), expected);
        prop_assert_eq!(open(&at), ["again"]);
        at = done(&def, &at, "again").instance;
        prop_assert!(at.is_ended(), "nothing is left to be undone a second time");
    }

    #[test]
    fn a_cancelled_transaction_undoes_what_was_done_and_nothing_else((undoable, order) in tasks(), so_many in any::<usize>()) {
        let def = process(&format!(
            r#"<startEvent id="s"/><transaction id="tx"><startEvent id="s2"/><parallelGateway id="fork"/>{}<endEvent id="good"/><userTask id="stop"/><endEvent id="cancel"><cancelEventDefinition/></endEvent>{}{}</transaction>
               <boundaryEvent id="cancelled" attachedToRef="tx"><cancelEventDefinition/></boundaryEvent><userTask id="bad"/>{}"#,
            elements(&undoable),
            ways(&undoable, "fork", "good"),
            flows(&[("s2", "fork"), ("fork", "stop"), ("stop", "cancel")]),
            flows(&[("s", "tx"), ("cancelled", "bad")])
        ));
        let (first, rest) = order.split_at(so_many % (order.len() + 1));
        let mut at = start(&def);
        for n in first {
            at = done(&def, &at, &format!("t{n}")).instance;
        }
        let step = done(&def, &at, "stop");
        let mut dropped: Vec<String> = step.effects.iter().filter_map(|effect| match effect {
            Effect::TaskClosed { element, completed: false, .. } => Some(element.clone()),
            _ => None,
        }).collect();
        dropped.sort();
        let mut left: Vec<String> = rest.iter().map(|n| format!("t{n}")).collect();
        left.sort();
        prop_assert_eq!(dropped, left);
        at = step.instance;
        prop_assert_eq!(undo(&def, &mut at), backwards(&undoable, first));
        prop_assert_eq!(open(&at), ["bad"]);
    }
}
