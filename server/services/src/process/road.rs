//! Walks a ticket process with everything that its verbs say, from every beginning to every end: where a step cannot be taken, where a verb
//! never finds its task, where units have no work in their slot, where a closed ticket goes on.
//! Pure, and bounded: a process with more standings than `STANDINGS` is walked as far as that. Not here: single elements (`vocabulary`).

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use bpmn::{
    Correlation, Definition, Effect, Instance, OpenTask, OpenTaskKind, RunError, StartAt, Step,
    Value, Vars, WaitKind,
};
use shared::process::finding::{Fact, FindingCode};
use shared::ticket::Verb;

use super::said::{Begin, NO_LONGER_ASKED, Note, SLOT, Saying};
use super::vocabulary::{Gap, needed};
use crate::tickets::opening::{self, From, slot_of};

/// Standings that are looked at.
const STANDINGS: usize = 600;
/// Services that are called one after the other without anybody between them.
const SERVICES: usize = 50;

/// What a walk has found.
struct Walk {
    library: bpmn::Library,
    open: VecDeque<Instance>,
    seen: BTreeSet<String>,
    /// Verbs whose task was open once.
    found: BTreeSet<Verb>,
    /// By element and code, so that each is told once.
    gaps: BTreeMap<(String, FindingCode), Gap>,
}

/// Gaps between the steps.
pub(super) fn walked(definition: &Definition) -> Vec<Gap> {
    let mut walk = Walk {
        library: bpmn::Library::new(Arc::new(definition.clone())),
        open: VecDeque::new(),
        seen: BTreeSet::new(),
        found: BTreeSet::new(),
        gaps: BTreeMap::new(),
    };
    walk.begin(Begin::Registered);
    walk.begin(Begin::Redo(slots()));
    while let Some(standing) = walk.open.pop_front() {
        walk.leave(&standing);
    }
    let whole = definition.process_id().to_owned();
    let is_whole = walk.seen.len() < STANDINGS;
    let never: Vec<Verb> = needed().difference(&walk.found).copied().collect();
    for verb in never.into_iter().filter(|_| is_whole) {
        let key = (format!("{whole} {verb}"), FindingCode::TicketNever);
        let gap = walk.gap(
            &whole,
            FindingCode::TicketNever,
            (Fact::MsVerb, verb.as_str()),
        );
        walk.gaps.insert(key, gap);
    }
    walk.gaps.into_values().collect()
}

fn slots() -> Value {
    opening::slots([SLOT], From::Sign)
}

impl Walk {
    fn gap(&self, element: &str, code: FindingCode, fact: (Fact, &str)) -> Gap {
        let place = self.library.definition().element(element);
        Gap {
            element: element.to_owned(),
            line: place.map_or(1, bpmn::ElementView::line),
            code,
            fact: (fact.0, fact.1.to_owned()),
        }
    }

    fn tell(&mut self, element: &str, code: FindingCode, fact: (Fact, &str)) {
        let gap = self.gap(element, code, fact);
        self.gaps.entry((element.to_owned(), code)).or_insert(gap);
    }

    fn begin(&mut self, begin: Begin) {
        let opens = matches!(begin, Begin::Redo(_));
        let word = begin.message().unwrap_or("register");
        let at = begin.message().map_or(StartAt::None, StartAt::Message);
        let step = bpmn::start(&self.library, at, begin.clone().vars());
        let whole = self.library.definition().process_id().to_owned();
        if let Some(next) = self.taken(step, &whole, word) {
            if opens && !has_work(&next) {
                self.tell(&whole, FindingCode::TicketIdleSlot, (Fact::MsVerb, word));
            }
            self.stand(next);
        }
    }

    /// A step, with everything that goes on by itself behind it; what cannot be taken is told where it stands.
    fn taken(
        &mut self,
        step: Result<Step, RunError>,
        element: &str,
        word: &str,
    ) -> Option<Instance> {
        let mut step = step;
        for _ in 0..SERVICES {
            let done = match step {
                Ok(done) => done,
                Err(error) => {
                    let place = place_of(&error).unwrap_or(element).to_owned();
                    self.tell(&place, FindingCode::TicketStops, (Fact::Step, word));
                    return None;
                }
            };
            let service = done.effects.iter().find_map(|effect| match effect {
                Effect::ServiceCalled { task, .. } => Some(*task),
                _ => None,
            });
            match service {
                Some(task) => {
                    step = bpmn::complete(&self.library, &done.instance, task, Vars::new());
                }
                None => return Some(done.instance),
            }
        }
        self.tell(element, FindingCode::TicketStops, (Fact::Step, word));
        None
    }

    /// Comes to a standing; one that was seen is not looked at again.
    fn stand(&mut self, standing: Instance) {
        if standing.is_ended() || self.seen.len() >= STANDINGS {
            return;
        }
        if standing.is_stuck() {
            let places = standing.active_elements();
            let place = places.first().map_or("", |place| *place).to_owned();
            self.tell(&place, FindingCode::TicketStops, (Fact::Step, ""));
            return;
        }
        if self.seen.insert(name_of(&standing)) {
            self.open.push_back(standing);
        }
    }

    /// Takes every way on.
    fn leave(&mut self, standing: &Instance) {
        for task in standing.tasks() {
            match task.kind {
                OpenTaskKind::User => self.work(standing, &task),
                OpenTaskKind::Receive | OpenTaskKind::Service | OpenTaskKind::AdHoc => {
                    let step = bpmn::complete(&self.library, standing, task.id, Vars::new());
                    self.go(step, &task.element, "");
                }
            }
        }
        for timer in standing.timers() {
            let step = bpmn::timer_due(&self.library, standing, timer.id);
            self.go(step, &timer.element, "ring");
        }
        for wait in standing.waits() {
            let WaitKind::Message(name) = &wait.kind else {
                continue;
            };
            let note = Note::ALL.into_iter().find(|note| note.name() == name);
            let (verb, asks) = NO_LONGER_ASKED;
            if note == Some(asks) && self.is_awaited(standing, verb) {
                // One at a time.
                continue;
            }
            let vars = note.map_or_else(Vars::new, Note::vars);
            let target = Correlation::Wait(wait.id);
            let step = bpmn::message(&self.library, standing, name, &target, vars);
            let next = self.go(step, &wait.element, name);
            match (note, next) {
                (Some(Note::Withdraw), Some(next)) if !next.is_ended() => {
                    self.tell(
                        &wait.element,
                        FindingCode::TicketGoesOn,
                        (Fact::Message, name),
                    );
                }
                (Some(Note::Reassigned), Some(next)) if !has_work(&next) => {
                    self.tell(
                        &wait.element,
                        FindingCode::TicketIdleSlot,
                        (Fact::Message, name),
                    );
                }
                _ => {}
            }
        }
    }

    /// Whether an open task waits for the verb.
    fn is_awaited(&self, standing: &Instance, verb: Verb) -> bool {
        let definition = self.library.definition();
        let waits = |task: OpenTask| {
            let element = definition.element(&task.element);
            let words = element.and_then(|it| it.attr("verb"));
            let mut words = words.unwrap_or_default().split_whitespace();
            words.any(|word| word == verb.as_str())
        };
        standing.tasks().into_iter().any(waits)
    }

    /// Completes a task with everything that its verbs say.
    fn work(&mut self, standing: &Instance, task: &OpenTask) {
        let definition = Arc::clone(self.library.definition());
        let element = definition.element(&task.element);
        let words = element.and_then(|element| element.attr("verb"));
        let verbs: Vec<Verb> = words
            .unwrap_or_default()
            .split_whitespace()
            .filter_map(Verb::parse)
            .collect();
        self.found.extend(&verbs);
        for said in Saying::all(&slots()) {
            let verb = said.verb();
            if !verbs.contains(&verb) {
                continue;
            }
            let (opens, is_the_end) = (said.opens_slots(), said.is_the_end());
            let step = bpmn::complete(&self.library, standing, task.id, said.vars());
            let Some(next) = self.go(step, &task.element, verb.as_str()) else {
                continue;
            };
            if is_the_end && !next.is_ended() {
                self.tell(
                    &task.element,
                    FindingCode::TicketGoesOn,
                    (Fact::MsVerb, verb.as_str()),
                );
            }
            if opens && !has_work(&next) {
                self.tell(
                    &task.element,
                    FindingCode::TicketIdleSlot,
                    (Fact::MsVerb, verb.as_str()),
                );
            }
        }
    }

    fn go(&mut self, step: Result<Step, RunError>, element: &str, word: &str) -> Option<Instance> {
        let next = self.taken(step, element, word)?;
        self.stand(next.clone());
        Some(next)
    }
}

/// Whether a task for people is open in the slot.
fn has_work(standing: &Instance) -> bool {
    let tasks = standing.tasks().into_iter();
    tasks
        .filter(|task| task.kind == OpenTaskKind::User)
        .any(|task| slot_of(&task.vars) == Some(SLOT))
}

/// What tells two standings apart: which tasks are open with what they see, and which variables the process has. Their values are left out,
/// since a verb sets those that its way asks for; so are clocks that only tell.
fn name_of(standing: &Instance) -> String {
    let tasks = standing.tasks().into_iter();
    let mut open: Vec<String> = tasks
        .map(|task| format!("{} {:?}", task.element, task.vars))
        .collect();
    open.sort();
    let set = standing
        .variables()
        .map(|vars| vars.keys().collect::<Vec<_>>());
    if open.is_empty() {
        return format!("{:?} {set:?}", standing.active_elements());
    }
    format!("{open:?} {set:?}")
}

fn place_of(error: &RunError) -> Option<&str> {
    match error {
        RunError::Condition { element, .. }
        | RunError::NoFlow { element }
        | RunError::UncaughtError { element, .. } => Some(element),
        _ => None,
    }
}
