//! What is done with an input: everything that a stranger's text can set in motion.
//! A refusal is a good answer; only a panic, a long time or much memory is not.
//! Next: `files`, `texts`.

use std::time::{Duration, Instant};

use bpmn::change::{self, Jump};
use bpmn::decision::Decision;
use bpmn::{Condition, Correlation, Definition, Instance, StartAt, TimerSpec, Value, Vars, time};
use rand::Rng;

/// Remembers the longest of several steps.
#[derive(Default)]
pub struct Watch {
    pub longest: Duration,
}

impl Watch {
    pub fn time<T>(&mut self, step: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let done = step();
        self.longest = self.longest.max(begun.elapsed());
        done
    }
}

/// Steps of one walk.
const STEPS: usize = 12;

fn seen() -> Vars {
    Vars::from([
        ("a".to_owned(), 1.into()),
        ("b".to_owned(), "x".into()),
        ("c".to_owned(), vec![Value::Null, 2.5.into()].into()),
        ("d".to_owned(), Value::from([("a", true.into())])),
        ("n".to_owned(), 3.into()),
    ])
}

pub fn condition(text: &str) {
    for read in [
        Condition::parse(text),
        Condition::feel(text),
        Condition::tests(text, "a"),
    ] {
        let Ok(condition) = read else { continue };
        let value = condition.value(&seen());
        // Written in the engine's own language and read again, it means the same.
        if let Ok(again) = Condition::parse(&condition.to_cel()) {
            assert_eq!(value, again.value(&seen()), "{}", condition.to_cel());
        }
    }
}

pub fn decision(text: &str) {
    for decision in Decision::parse(text).unwrap_or_default() {
        if let Ok(outcome) = decision.decide(&seen()) {
            outcome.clone().into_value();
            outcome.into_variables(&decision);
        }
    }
}

struct Still;

impl time::Clock for Still {
    fn now(&self) -> i64 {
        1_772_503_200_000
    }
    fn add_working_days(&self, from: i64, days: i64) -> Result<i64, time::CalendarError> {
        from.checked_add(days.saturating_mul(86_400_000))
            .ok_or(time::CalendarError::NoClock)
    }
    fn add_working_hours(&self, from: i64, hours: i64) -> Result<i64, time::CalendarError> {
        from.checked_add(hours.saturating_mul(3_600_000))
            .ok_or(time::CalendarError::NoClock)
    }
    fn working_days_between(&self, from: i64, to: i64) -> Result<i64, time::CalendarError> {
        Ok(to.saturating_sub(from) / 86_400_000)
    }
    fn limit(&self, name: &str, _from: i64) -> Result<i64, time::CalendarError> {
        Err(time::CalendarError::NoLimit {
            name: name.to_owned(),
        })
    }
}

pub fn timer(text: &str) {
    for spec in [
        TimerSpec::Date(text.to_owned()),
        TimerSpec::Duration(text.to_owned()),
        TimerSpec::Cycle(text.to_owned()),
    ] {
        // A timer never rings before it was set, unless a date says so.
        if let Ok(at) = time::due(&spec, &Still) {
            assert!(
                matches!(spec, TimerSpec::Date(_)) || at >= time::Clock::now(&Still),
                "{at}"
            );
        }
    }
}

pub fn definition(text: &str, random: &mut impl Rng, watch: &mut Watch) {
    let Ok(def) = watch.time(|| Definition::parse(text)) else {
        return;
    };
    watch.time(|| def.check());
    watch.time(|| bpmn::check::ignored(&def));
    let again = Definition::parse(&def.to_xml()).expect("what was written can be read");
    assert_eq!(def.lost_in(&again), Vec::<String>::new());
    let Ok(step) = watch.time(|| bpmn::start(&def, StartAt::None, seen())) else {
        return;
    };
    let mut at = step.instance;
    for _ in 0..STEPS {
        let saved = serde_json::to_string(&at).expect("an instance can be saved");
        let saved: Instance = serde_json::from_str(&saved).expect("and comes back");
        assert_eq!(saved, at);
        at = match watch.time(|| step_of(&def, &at, random)) {
            Some(next) => next,
            None => continue,
        };
        if at.is_ended() {
            return;
        }
    }
    change::migrate(&def, &at, &std::collections::BTreeMap::new())
        .ok()
        .map(|moved| {
            moved
                .map(|moved| assert_eq!(moved.instance.tasks(), at.tasks()))
                .ok()
        });
}

fn step_of(def: &Definition, at: &Instance, random: &mut impl Rng) -> Option<Instance> {
    let tasks = at.tasks();
    let timers = at.timers();
    let waits = at.waits();
    let step = match random.random_range(0..8_u8) {
        0 if !timers.is_empty() => {
            bpmn::timer_due(def, at, timers[random.random_range(0..timers.len())].id)
        }
        1 if !waits.is_empty() => {
            let wait = &waits[random.random_range(0..waits.len())];
            match &wait.kind {
                bpmn::WaitKind::Message(name) => {
                    bpmn::message(def, at, name, &Correlation::Wait(wait.id), Vars::new())
                }
                bpmn::WaitKind::Signal(name) => bpmn::signal(def, at, name, Vars::new()),
                _ => bpmn::set_vars(def, at, Vars::from([("a".to_owned(), 2.into())])),
            }
        }
        2 if !tasks.is_empty() => bpmn::fail(def, at, tasks[0].id, "E"),
        3 => {
            let processes = def.processes();
            let nodes = &processes.first()?.nodes;
            let target = &nodes.get(random.random_range(0..nodes.len().max(1)))?.id;
            let jump = Jump {
                go: vec![target.clone()],
                despite: random.random(),
                ..Jump::default()
            };
            return change::jump(def, at, &jump).ok().map(|step| step.instance);
        }
        4 if !tasks.is_empty() => {
            let task = tasks[random.random_range(0..tasks.len())].id;
            if let Some(chosen) = bpmn::choices(def, at, task).first() {
                bpmn::choose(def, at, task, chosen)
            } else if random.random() {
                return change::add_turn(def, at, task, "x".into())
                    .ok()
                    .map(|step| step.instance);
            } else {
                return change::remove_turn(def, at, task)
                    .ok()
                    .map(|step| step.instance);
            }
        }
        _ if !tasks.is_empty() => {
            let task = tasks[random.random_range(0..tasks.len())].id;
            bpmn::complete(def, at, task, Vars::new())
        }
        _ => return None,
    };
    step.ok().map(|step| step.instance)
}
