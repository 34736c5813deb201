//! Properties: random walks through the shipped process, random files and conditions.
//! Held: same inputs give the same state, a reloaded instance goes on like the live one, nothing panics, nothing is lost.

use std::collections::BTreeMap;

use bpmn::{
    Condition, Correlation, Definition, Effect, Instance, RunError, StartAt, Step, Value, Vars,
};
use proptest::prelude::*;
use shared::text::Locale;

use crate::permit::PERMIT;
use crate::story::{TICKET, slot, vars};

/// One random act on an instance, by numbers; `None` if there is nothing to act on.
fn act(
    def: &Definition,
    instance: &Instance,
    (kind, which, choice): (u8, usize, u8),
) -> Option<Result<Step, RunError>> {
    let slots = vec![
        slot("a", "lead", if choice % 2 == 0 { "sign" } else { "handle" }),
        slot("b", "assist", "sign"),
    ];
    let pick = |words: [&str; 3]| Value::from(words[usize::from(choice) % 3]);
    let given = vars([
        ("decision", pick(["dispatch", "answer", "decline"])),
        ("confirmed", (choice % 2 == 0).into()),
        ("approved", (choice % 3 > 0).into()),
        (
            "review",
            if choice % 4 == 0 {
                "back".into()
            } else {
                "pass".into()
            },
        ),
        ("exempt", (choice % 5 == 0).into()),
        (
            "outcome",
            if choice % 3 == 0 {
                "redo".into()
            } else {
                "close".into()
            },
        ),
        ("slots", slots.into()),
    ]);
    if kind < 200 {
        let tasks = instance.tasks();
        let task = tasks.get(which.checked_rem(tasks.len())?)?.id;
        return Some(bpmn::complete(def, instance, task, given));
    }
    let waits = instance.waits();
    let wait = waits.get(which.checked_rem(waits.len())?)?;
    let bpmn::WaitKind::Message(name) = &wait.kind else {
        return None;
    };
    if name == "withdraw" && choice % 8 != 0 {
        return None;
    }
    Some(bpmn::message(
        def,
        instance,
        name,
        &Correlation::Wait(wait.id),
        vars([("slot_stage", "sign".into())]),
    ))
}

fn walk() -> impl Strategy<Value = Vec<(u8, usize, u8)>> {
    proptest::collection::vec((any::<u8>(), any::<usize>(), any::<u8>()), 1..60)
}

/// What the effects say is open is exactly what the instance says.
pub fn keep_books(open: &mut Vec<u64>, effects: &[Effect]) {
    for effect in effects {
        match effect {
            Effect::TaskOpened(task) => open.push(task.id),
            Effect::ServiceCalled { task, .. } => open.push(*task),
            Effect::TaskClosed { task, .. } => open.retain(|id| id != task),
            _ => {}
        }
    }
    open.sort_unstable();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn walks_through_the_ticket_lose_nothing(acts in walk()) {
        let def = Definition::parse(TICKET).expect("reads");
        let first = bpmn::start(&def, StartAt::None, Vars::new()).expect("starts");
        let mut open = Vec::new();
        keep_books(&mut open, &first.effects);
        let mut live = first.instance;
        for done in acts {
            let text = serde_json::to_string(&live).expect("serialises");
            let saved: Instance = serde_json::from_str(&text).expect("comes back");
            prop_assert_eq!(&saved, &live);
            let (Some(a), Some(b)) = (act(&def, &live, done), act(&def, &saved, done)) else { continue };
            prop_assert_eq!(&a, &b, "a reloaded instance goes on like the live one");
            let step = a.map_err(|error| TestCaseError::fail(error.to_string()))?;
            keep_books(&mut open, &step.effects);
            live = step.instance;
            let tasks: Vec<u64> = live.tasks().into_iter().map(|task| task.id).collect();
            prop_assert_eq!(&open, &tasks, "effects and state agree");
            prop_assert_eq!(live.is_ended(), tasks.is_empty(), "a case is over or somebody has to do something");
            prop_assert!(!live.is_stuck());
            if live.is_ended() {
                break;
            }
        }
    }

    #[test]
    fn conditions_never_panic(text in "[a-z0-9 '\"().,+*/%<>=!&|?:\\[\\]${}#_\\\\-]{0,80}") {
        if let Ok(condition) = Condition::parse(&text) {
            let seen = vars([("a", 1.into()), ("b", "x".into()), ("c", Value::from(vec![Value::Null])), ("d", Value::from([("a", 2.5.into())]))]);
            let value = condition.value(&seen);
            // Written in our own language and read again, it means the same.
            if let Ok(again) = Condition::parse(&condition.to_cel()) {
                prop_assert_eq!(value, again.value(&seen));
            }
        }
    }

    #[test]
    fn damaged_files_never_panic(permit: bool, at: usize, length in 0..200_usize, junk in ".{0,20}") {
        let whole = if permit { PERMIT } else { TICKET };
        let floor = |mut i: usize| { while !whole.is_char_boundary(i) { i -= 1; } i };
        let at = at % whole.len();
        let (from, to) = (floor(at), floor((at + length).min(whole.len())));
        let xml = format!("{}{junk}{}", &whole[..from], &whole[to.max(from)..]);
        if let Ok(def) = Definition::parse(&xml) {
            let _ = (def.check(), def.calls(), def.decisions(), def.to_xml());
            for element in def.tree().all() {
                let _ = def.form(element.id());
            }
            for locale in [Locale::Zh, Locale::En] {
                let _ = bpmn::diagram::draw(&def, locale, "", &BTreeMap::new());
            }
            let _ = bpmn::start(&def, StartAt::None, Vars::new());
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn random_graphs_end_or_wait_or_say_why(nodes in proptest::collection::vec(0..8_u8, 1..12), flows in proptest::collection::vec((0..12_usize, 0..12_usize), 0..14)) {
        let mut xml = String::from(r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><startEvent id="start"/><sequenceFlow id="f" sourceRef="start" targetRef="n0"/>"#);
        for (n, kind) in nodes.iter().enumerate() {
            let element = ["userTask", "exclusiveGateway", "parallelGateway", "inclusiveGateway", "endEvent", "task", "receiveTask", "manualTask"][usize::from(*kind)];
            xml.push_str(&format!("<{element} id=\"n{n}\"/>"));
        }
        for (n, (from, to)) in flows.iter().enumerate() {
            xml.push_str(&format!("<sequenceFlow id=\"f{n}\" sourceRef=\"n{}\" targetRef=\"n{}\"/>", from % nodes.len(), to % nodes.len()));
        }
        xml.push_str("</process></definitions>");
        let def = Definition::parse(&xml).expect("reads");
        let _ = def.check();
        let mut run = bpmn::start(&def, StartAt::None, Vars::new());
        prop_assert_eq!(&run, &bpmn::start(&def, StartAt::None, Vars::new()), "same inputs, same state");
        for _ in 0..10 {
            let Ok(step) = &run else { break };
            let Some(task) = step.instance.tasks().first().map(|task| task.id) else { break };
            run = bpmn::complete(&def, &step.instance, task, Vars::new());
        }
        match run {
            Ok(step) => prop_assert!(step.instance.is_ended() || step.instance.is_stuck() || !step.instance.tasks().is_empty()),
            Err(error) => prop_assert!(matches!(error, RunError::Fuel { .. } | RunError::NoFlow { .. }), "{}", error),
        }
    }
}
