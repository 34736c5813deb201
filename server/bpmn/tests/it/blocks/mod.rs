//! Random block-structured models, run with random choices and held against what they mean (`oracle`): the same is open after
//! every act, nothing gets stuck or lost, the same acts give the same state, a saved instance goes on like the live one.
//! Next: `tree`, `xml`, `oracle`, `act`.

mod act;
mod oracle;
mod tree;
mod xml;

use std::collections::BTreeMap;

use bpmn::{
    Definition, Effect, Instance, OpenTask, OpenTimer, RunError, StartAt, Step, Value, Vars, change,
};
use proptest::prelude::*;

use crate::properties::keep_books;
use oracle::{Key, Oracle};
use tree::{Block, tree};

/// No tree takes longer; one that did would never end.
const MOST_ACTS: usize = 2_000;

fn key(element: &str, vars: &Vars) -> Key {
    let item = |(name, value): (&String, &Value)| {
        let n = name.strip_prefix('i')?.parse().ok()?;
        Some((n, value.as_int()?))
    };
    let mut items: Vec<(usize, i64)> = vars.iter().filter_map(item).collect();
    // Numbers grow from outside to inside.
    items.sort_unstable();
    Key {
        element: element.to_owned(),
        items,
    }
}

enum Open {
    Task(OpenTask),
    Timer(OpenTimer),
}

impl Open {
    fn key(&self) -> Key {
        match self {
            Self::Task(task) => key(&task.element, &task.vars),
            Self::Timer(timer) => key(&timer.element, &timer.vars),
        }
    }

    fn act(&self, def: &Definition, at: &Instance) -> Result<Step, RunError> {
        match self {
            Self::Task(task) => bpmn::complete(def, at, task.id, Vars::new()),
            Self::Timer(timer) => bpmn::timer_due(def, at, timer.id),
        }
    }
}

/// Everything that can be acted on, in the order of its keys.
fn open(at: &Instance) -> Vec<Open> {
    let tasks = at.tasks().into_iter().map(Open::Task);
    let timers = at.timers().into_iter().map(Open::Timer);
    let mut open: Vec<Open> = tasks.chain(timers).collect();
    open.sort_by_key(Open::key);
    open
}

/// Timers by what the effects say; one that rings is used up without a word.
fn keep_time(running: &mut Vec<u64>, effects: &[Effect]) {
    for effect in effects {
        match effect {
            Effect::TimerSet { timer, .. } => running.push(*timer),
            Effect::TimerCancelled { timer } => running.retain(|id| id != timer),
            _ => {}
        }
    }
}

fn ends(effects: &[Effect]) -> usize {
    let end = |effect: &&Effect| matches!(effect, Effect::Ended { .. });
    effects.iter().filter(end).count()
}

fn reloaded(at: &Instance) -> Instance {
    let text = serde_json::to_string(at).expect("serialises");
    serde_json::from_str(&text).expect("comes back")
}

/// Runs a tree to its end; `choices` says what is done next, over and over.
fn play(tree: &Block, choices: &[usize]) -> Result<usize, TestCaseError> {
    let xml = xml::file(tree);
    let def = Definition::parse(&xml).expect("reads");
    prop_assert_eq!(crate::story::trouble(&def), vec![], "{}", xml);
    let first = bpmn::start(&def, StartAt::None, tree.vars());
    prop_assert_eq!(&first, &bpmn::start(&def, StartAt::None, tree.vars()));
    let mut step = first.map_err(|error| TestCaseError::fail(format!("{error}: {xml}")))?;
    let mut meaning = Oracle::start(tree);
    let (mut tasks, mut timers) = (Vec::new(), Vec::new());
    for n in 0..MOST_ACTS {
        let at = &step.instance;
        let things = open(at);
        let keys: Vec<Key> = things.iter().map(Open::key).collect();
        prop_assert_eq!(&keys, &meaning.open(), "after {} acts: {}", n, xml);
        keep_books(&mut tasks, &step.effects);
        keep_time(&mut timers, &step.effects);
        let ids = |open: Vec<OpenTimer>| open.into_iter().map(|it| it.id).collect::<Vec<_>>();
        prop_assert_eq!(
            &tasks,
            &at.tasks().iter().map(|it| it.id).collect::<Vec<_>>()
        );
        prop_assert_eq!(&timers, &ids(at.timers()), "effects and state agree");
        prop_assert_eq!(at.is_ended(), meaning.is_over(), "{}", xml);
        prop_assert_eq!(ends(&step.effects), usize::from(at.is_ended()));
        prop_assert!(!at.is_stuck(), "{}", xml);
        if at.is_ended() {
            prop_assert!(
                things.is_empty() && at.waits().is_empty() && at.active_elements().is_empty()
            );
            prop_assert_eq!(bpmn::set_vars(&def, at, Vars::new()), Err(RunError::Ended));
            return Ok(n);
        }
        let saved = reloaded(at);
        prop_assert_eq!(&saved, at);
        let moved = change::migrate(&def, at, &BTreeMap::new());
        let moved = moved.map_err(|error| TestCaseError::fail(error.to_string()))?;
        let moved =
            moved.map_err(|problems| TestCaseError::fail(format!("{problems:?}: {xml}")))?;
        prop_assert_eq!(
            &moved.instance,
            at,
            "the same version changes nothing: {}",
            xml
        );
        prop_assert_eq!((moved.effects, moved.forgotten), (vec![], vec![]));
        let chosen = &things[choices[n % choices.len()] % things.len()];
        let (live, again) = (chosen.act(&def, at), chosen.act(&def, &saved));
        prop_assert_eq!(
            &live,
            &again,
            "a reloaded instance goes on like the live one"
        );
        meaning.act(&chosen.key());
        if let Open::Timer(timer) = chosen {
            timers.retain(|id| *id != timer.id);
        }
        step = live.map_err(|error| TestCaseError::fail(format!("{error}: {xml}")))?;
    }
    Err(TestCaseError::fail(format!("does not end: {xml}")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn block_structured_models_do_what_they_mean(tree in tree(), choices in proptest::collection::vec(any::<usize>(), 1..40)) {
        play(&tree, &choices)?;
    }
}
