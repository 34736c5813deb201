//! A ticket's history said once more: to the process that it had and to another version, side by side, up to where the two first differ.
//! Pure: nothing is kept, no service is called. What the process that it had does not understand ends the walk; then nothing is said about the other.
//! Not here: which tickets (`approvals::owner::retrace`), the words themselves (`said`). Time is not run: clocks that ring are left out.

use std::sync::Arc;

use bpmn::{Correlation, Definition, Effect, Instance, StartAt, TaskId, Value, Vars};
use shared::calendar::Instant;
use shared::process::retrace::Retrace;
use shared::ticket::Verb;
use store::record::{Assignment, Event, TicketCase};

use super::said::{Begin, Note, Saying};
use super::{Process, SLOT_PATH};
use crate::fault::Failure;
use crate::tickets::opening::{self, From, slot_of};

/// Services that are called one after the other without anybody between them.
const SERVICES: usize = 50;
/// The slot of the unit that leads.
const LEAD: &str = "lead";

/// What a ticket's history came to under another version.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    /// The same way.
    Same,
    /// The process that it had does not understand it either.
    Untraced,
    /// Another way.
    Differs(Found),
}

/// Where a way first differs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    /// The version that the ticket had.
    pub(crate) version: i32,
    /// Line of the history.
    pub(crate) line: i32,
    pub(crate) verb: Verb,
    pub(crate) at: Instant,
    pub(crate) kind: Retrace,
    pub(crate) was: Vec<String>,
    pub(crate) would_be: Vec<String>,
}

impl Process {
    /// Says a ticket's history to the version that it had and to another one.
    pub(crate) fn retraced(
        &self,
        (case, history): (&TicketCase, &[Event]),
        version: i32,
    ) -> Result<Outcome, Failure> {
        let (had, known) = self.of_case(case, case.ticket.accepted_at)?;
        if had == version {
            return Ok(Outcome::Same);
        }
        let other = self.version(version)?;
        let (mut known, mut other) = (Road::new(known), Road::new(other));
        let mut is_said = false;
        for event in history {
            let Some(deed) = deed_of(event, case) else {
                continue;
            };
            let before = (known.stand(), other.stand());
            if !known.say(&deed) {
                return Ok(Outcome::Untraced);
            }
            is_said = true;
            let found = if other.say(&deed) {
                differing(known.stand(), other.stand())
            } else {
                Some((Retrace::Refused, before.0.tasks, before.1.tasks))
            };
            if let Some((kind, was, would_be)) = found {
                return Ok(Outcome::Differs(Found {
                    version: had,
                    line: event.seq,
                    verb: event.verb,
                    at: event.at,
                    kind,
                    was,
                    would_be,
                }));
            }
        }
        Ok(if is_said {
            Outcome::Same
        } else {
            Outcome::Untraced
        })
    }
}

/// What is different first, with what was and what would be.
fn differing(was: Stand, would_be: Stand) -> Option<(Retrace, Vec<String>, Vec<String>)> {
    if was.is_over != would_be.is_over {
        return Some((Retrace::Ends, was.tasks, would_be.tasks));
    }
    if was.tasks != would_be.tasks {
        return Some((Retrace::Tasks, was.tasks, would_be.tasks));
    }
    (was.timers != would_be.timers).then_some((Retrace::Timers, was.timers, would_be.timers))
}

/// What is said to a process.
#[derive(Debug, Clone, PartialEq)]
enum Deed {
    Begin,
    /// In a slot, or for the whole ticket.
    Done(Saying, Option<String>),
    Sent(Note, Option<String>),
    /// Once more, in these slots: before the closing or after it.
    Redo(Value),
}

/// What a line of the history said to the process; nothing where it said nothing. A part that a unit gave on says nothing to it.
fn deed_of(event: &Event, case: &TicketCase) -> Option<Deed> {
    let fact = |name: &str| event.facts.get(name).map(String::as_str);
    let is = |name: &str| fact(name) == Some("true");
    let mut parts = case.assignments.iter();
    let part = event
        .assignment_id
        .and_then(|id| parts.find(|part| part.id == id));
    let slot = part.map(|part| part.slot.clone());
    let name = slot.as_deref().unwrap_or(LEAD);
    if event.verb == Verb::Register {
        return Some(Deed::Begin);
    }
    // Another unit has the slot from then on, whoever ruled so.
    if part.is_some_and(|part| fact("to") == Some(part.unit.as_str())) && fact("from").is_some() {
        return Some(Deed::Sent(Note::Reassigned, slot));
    }
    if event.verb == Verb::Recall {
        return Some(Deed::Sent(Note::Released, slot));
    }
    if event.verb.as_str() == Note::Withdraw.name() {
        return Some(Deed::Sent(Note::Withdraw, None));
    }
    let mut all = Saying::all(&Value::List(Vec::new())).into_iter();
    let said = match all.find(|said| said.verb() == event.verb)? {
        // What its ruling led to was said above.
        Saying::Rule => return None,
        Saying::Redo(_) => return Some(Deed::Redo(opening::slots([name], From::Sign))),
        said @ (Saying::Sign | Saying::Reply) => return in_slot(said, part),
        Saying::UnitReview(_) => return in_slot(Saying::UnitReview(is("pass")), part),
        Saying::Dispatch(_) => {
            let beside = fact("assisting").unwrap_or_default();
            Saying::Dispatch(dispatched(fact("lead")?, beside)?)
        }
        Saying::ConfirmDecline(_) => Saying::ConfirmDecline(is("confirm")),
        Saying::Pass { .. } | Saying::Back(_) if is("pass") => Saying::Pass {
            exempt: fact("exempt").is_some(),
        },
        Saying::Pass { .. } | Saying::Back(_) => Saying::Back(opening::slots([name], From::Handle)),
        said @ (Saying::Answer | Saying::Decline | Saying::Close) => said,
    };
    Some(Deed::Done(said, None))
}

/// Of a slot; nothing where a unit gave the part on.
fn in_slot(said: Saying, part: Option<&Assignment>) -> Option<Deed> {
    let part = part.filter(|part| part.parent_id.is_none())?;
    Some(Deed::Done(said, Some(part.slot.clone())))
}

/// The slots of a dispatch.
fn dispatched(lead: &str, assisting: &str) -> Option<Value> {
    let beside = assisting.split_whitespace().count();
    let mut names = vec![LEAD.to_owned()];
    names.extend((1..=beside).map(|index| format!("assist-{index}")));
    (!lead.is_empty()).then(|| opening::slots(names.iter().map(String::as_str), From::Sign))
}

/// How it stands with a process.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Stand {
    tasks: Vec<String>,
    timers: Vec<String>,
    is_over: bool,
}

/// A process while a history is said to it.
struct Road {
    library: bpmn::Library,
    standing: Option<Instance>,
}

impl Road {
    fn new(definition: &Arc<Definition>) -> Self {
        Self {
            library: bpmn::Library::new(Arc::clone(definition)),
            standing: None,
        }
    }

    /// Says something; false, and nothing has happened, when it does not fit.
    fn say(&mut self, deed: &Deed) -> bool {
        let next = self.after(deed);
        let fits = next.is_some();
        if fits {
            self.standing = next;
        }
        fits
    }

    fn after(&self, deed: &Deed) -> Option<Instance> {
        let running = self.standing.as_ref().filter(|it| !it.is_ended());
        match deed {
            Deed::Begin => self.begun(Begin::Registered),
            Deed::Redo(slots) => match running {
                Some(running) => self.done(running, (&Saying::Redo(slots.clone()), None)),
                None => self.begun(Begin::Redo(slots.clone())),
            },
            Deed::Done(said, slot) => self.done(running?, (said, slot.as_deref())),
            Deed::Sent(note, slot) => {
                let target = slot
                    .as_deref()
                    .map_or(Correlation::Any, |slot| Correlation::scope(SLOT_PATH, slot));
                let step =
                    bpmn::message(&self.library, running?, note.name(), &target, note.vars());
                self.settled(step.ok()?)
            }
        }
    }

    fn begun(&self, begin: Begin) -> Option<Instance> {
        let at = begin.message().map_or(StartAt::None, StartAt::Message);
        let step = bpmn::start(&self.library, at, begin.vars());
        self.settled(step.ok()?)
    }

    fn done(&self, running: &Instance, (said, slot): (&Saying, Option<&str>)) -> Option<Instance> {
        let task = self.task_for(running, (said.verb(), slot))?;
        let step = bpmn::complete(&self.library, running, task, said.clone().vars());
        self.settled(step.ok()?)
    }

    /// The open task that waits for a verb, in a slot where one is said.
    fn task_for(&self, running: &Instance, (verb, slot): (Verb, Option<&str>)) -> Option<TaskId> {
        let definition = self.library.definition();
        let mut tasks = running.tasks().into_iter();
        let task = tasks.find(|task| {
            let element = definition.element(&task.element);
            let words = element.and_then(|it| it.attr("verb")).unwrap_or_default();
            let mut words = words.split_whitespace();
            let is_here = slot.is_none_or(|slot| slot_of(&task.vars) == Some(slot));
            is_here && words.any(|word| word == verb.as_str())
        });
        task.map(|task| task.id)
    }

    /// Lets go on what goes on by itself.
    fn settled(&self, mut step: bpmn::Step) -> Option<Instance> {
        for _ in 0..SERVICES {
            let service = step.effects.iter().find_map(|effect| match effect {
                Effect::ServiceCalled { task, .. } => Some(*task),
                _ => None,
            });
            let Some(task) = service else {
                return Some(step.instance);
            };
            let next = bpmn::complete(&self.library, &step.instance, task, Vars::new());
            step = next.ok()?;
        }
        None
    }

    fn stand(&self) -> Stand {
        let Some(standing) = &self.standing else {
            return Stand::default();
        };
        let tasks = standing.tasks().into_iter();
        let mut tasks: Vec<String> = tasks
            .map(|task| match slot_of(&task.vars) {
                Some(slot) => format!("{} ({slot})", task.element),
                None => task.element,
            })
            .collect();
        let timers = standing.timers().into_iter();
        let mut timers: Vec<String> = timers.map(|timer| timer.element).collect();
        tasks.sort();
        timers.sort();
        Stand {
            tasks,
            timers,
            is_over: standing.is_ended(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn road(xml: &str) -> Road {
        let definition = Definition::parse(xml).expect("a definition");
        Road::new(&Arc::new(definition))
    }

    fn whole(said: Saying) -> Deed {
        Deed::Done(said, None)
    }

    fn in_lead(said: Saying) -> Deed {
        Deed::Done(said, Some(LEAD.to_owned()))
    }

    #[test]
    fn a_usual_ticket_comes_to_its_end_in_both_shipped_versions() {
        let [first, second] = super::super::VERSIONS;
        let (mut first, mut second) = (road(first), road(second));
        let slots = dispatched("3201-ZJJ", "").expect("slots");
        let deeds = [
            Deed::Begin,
            whole(Saying::Dispatch(slots)),
            in_lead(Saying::Sign),
            in_lead(Saying::Reply),
            in_lead(Saying::UnitReview(true)),
            whole(Saying::Pass { exempt: false }),
            whole(Saying::Close),
        ];
        for deed in &deeds {
            assert!(first.say(deed) && second.say(deed), "{deed:?}");
        }
        assert!(first.stand().is_over && second.stand().is_over);
    }

    #[test]
    fn what_does_not_fit_changes_nothing() {
        let mut road = road(super::super::SHIPPED);
        assert!(road.say(&Deed::Begin));
        let before = road.stand();
        assert!(!road.say(&in_lead(Saying::Reply)));
        assert_eq!(road.stand(), before);
    }
}
