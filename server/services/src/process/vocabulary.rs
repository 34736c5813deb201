//! What the tickets' own process must have so that the verbs find their tasks, messages and outcomes in it: one finding a gap, by element.
//! Pure. What the verbs say stands in `said`; the standing words are looked at here, the ways from one to the next are walked in `road`.
//! Not here: what holds for every definition (`bpmn::check`, `approvals::owner`), the sentences (`shared::text::process_check`).

use std::collections::BTreeSet;

use bpmn::model::{Event, LoopCount, LoopSpec, Node, NodeKind, Process, TaskKind};
use bpmn::{Definition, ElementView, Value};
use shared::access::{Role, scope_for};
use shared::process::finding::{Fact, FindingCode};
use shared::ticket::{TicketState, Verb};

use super::road;
use super::said::{Begin, LOOKED_AT, NO_LONGER_ASKED, Note, SLOT_VARIABLE, Saying};

/// What may stand as a task's unit.
const UNITS: [&str; 2] = ["centre", "assignment"];

/// A gap in a ticket process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gap {
    /// Where; the process itself for what is nowhere.
    pub element: String,
    pub line: u32,
    /// What it is.
    pub code: FindingCode,
    /// What it is about: a verb, a message, a word.
    pub fact: (Fact, String),
}

/// Everything that the verbs would miss.
pub(crate) fn gaps(definition: &Definition) -> Vec<Gap> {
    let Some(process) = definition.process(definition.process_id()) else {
        return Vec::new();
    };
    let mut judge = Judge {
        definition,
        process,
        gaps: Vec::new(),
    };
    judge.begins();
    judge.tasks();
    judge.messages();
    judge.ends();
    judge.foreign();
    if judge.gaps.is_empty() {
        return road::walked(definition);
    }
    judge.gaps
}

/// Verbs for which a task may wait.
fn awaited() -> BTreeSet<Verb> {
    let slots = Value::List(Vec::new());
    let said = Saying::all(&slots).into_iter().map(|said| said.verb());
    said.chain(LOOKED_AT).collect()
}

/// Verbs for which a task must wait.
pub(super) fn needed() -> BTreeSet<Verb> {
    let mut verbs = awaited();
    verbs.remove(&NO_LONGER_ASKED.0);
    verbs
}

struct Judge<'d> {
    definition: &'d Definition,
    process: &'d Process,
    gaps: Vec<Gap>,
}

impl<'d> Judge<'d> {
    fn say(&mut self, (element, line): (&str, u32), code: FindingCode, fact: (Fact, &str)) {
        self.gaps.push(Gap {
            element: element.to_owned(),
            line,
            code,
            fact: (fact.0, fact.1.to_owned()),
        });
    }

    fn at(node: &'d Node) -> (&'d str, u32) {
        (node.id.as_str(), node.line)
    }

    fn whole(&self) -> (&'d str, u32) {
        (self.process.id.as_str(), self.process.line)
    }

    fn element(&self, node: &Node) -> Option<ElementView<'d>> {
        self.definition.element(&node.id)
    }

    /// One plain start, one that waits for the redo, and no other: a ticket begins with a verb.
    fn begins(&mut self) {
        let redo = Begin::Redo(Value::Null);
        let redo = redo.message().unwrap_or_default();
        let (mut plain, mut again) = (false, false);
        for node in self.process.nodes.iter().filter(|it| it.parent.is_none()) {
            let NodeKind::Start(start) = &node.kind else {
                continue;
            };
            match &start.event {
                Event::None => plain = true,
                Event::Message(name) if name == redo => {
                    again = true;
                    self.closed_to_others(node, name);
                }
                other => self.say(
                    Self::at(node),
                    FindingCode::TicketStart,
                    (Fact::Event, other.kind()),
                ),
            }
        }
        if !plain {
            self.say(
                self.whole(),
                FindingCode::TicketNoStart,
                (Fact::Event, "none"),
            );
        }
        if !again {
            self.say(
                self.whole(),
                FindingCode::TicketNoMessage,
                (Fact::Message, redo),
            );
        }
    }

    /// Each task is completed by verbs that are there, by a role that may, in a state in which they fit; and each verb has its task.
    fn tasks(&mut self) {
        let awaited = awaited();
        let mut found = BTreeSet::new();
        for node in &self.process.nodes {
            let NodeKind::Task(facts) = &node.kind else {
                continue;
            };
            if facts.kind != TaskKind::User {
                continue;
            }
            let words = self.element(node).and_then(|it| it.attr("verb"));
            let words: Vec<&str> = words.unwrap_or_default().split_whitespace().collect();
            if words.is_empty() {
                self.say(
                    Self::at(node),
                    FindingCode::TicketNoVerb,
                    (Fact::MsVerb, ""),
                );
            }
            let mut verbs = Vec::new();
            for word in words {
                match Verb::parse(word).filter(|verb| awaited.contains(verb)) {
                    Some(verb) => verbs.push(verb),
                    None => self.say(
                        Self::at(node),
                        FindingCode::TicketForeignVerb,
                        (Fact::MsVerb, word),
                    ),
                }
            }
            self.role(node, &verbs);
            self.unit(node);
            self.state(node, &verbs);
            self.slot(node, &verbs);
            found.extend(verbs);
        }
        for verb in needed().difference(&found) {
            self.say(
                self.whole(),
                FindingCode::TicketNoTask,
                (Fact::MsVerb, verb.as_str()),
            );
        }
    }

    fn role(&mut self, node: &'d Node, verbs: &[Verb]) {
        let word = self.element(node).and_then(|it| it.attr("role"));
        // That a role is unknown is told with every definition.
        let Some(word) = word.map(str::trim).filter(|word| !word.is_empty()) else {
            return self.say(
                Self::at(node),
                FindingCode::TicketNobody,
                (Fact::MsRole, ""),
            );
        };
        let Some(role) = Role::parse(word) else {
            return;
        };
        // A task may wait for verbs of several roles: the desk answers what stands on the dispatcher's list.
        let may = |verb: &Verb| {
            let asked = verb.need().permission();
            asked.is_none_or(|permission| scope_for(role, permission).is_some())
        };
        if let Some(verb) = verbs.first().filter(|_| !verbs.iter().any(may)) {
            let fact = format!("{role} {verb}");
            self.say(
                Self::at(node),
                FindingCode::TicketRole,
                (Fact::MsRole, &fact),
            );
        }
    }

    /// Whether its centre or the unit that has the assignment does it; no other unit can.
    fn unit(&mut self, node: &'d Node) {
        let word = self.element(node).and_then(|it| it.attr("unit"));
        if let Some(word) = word.filter(|word| !UNITS.contains(word)) {
            self.say(
                Self::at(node),
                FindingCode::TicketUnit,
                (Fact::MsUnit, word),
            );
        }
    }

    /// The state that a task gives the ticket; inside the slots what assignments say counts where a task says nothing.
    fn state(&mut self, node: &'d Node, verbs: &[Verb]) {
        let word = self.element(node).and_then(|it| it.attr("state"));
        let Some(word) = word else {
            if self.slots_of(node).is_none() {
                self.say(
                    Self::at(node),
                    FindingCode::TicketState,
                    (Fact::MsState, ""),
                );
            }
            return;
        };
        let state = TicketState::parse(word);
        let Some(state) = state.filter(|state| state.is_open() && *state != TicketState::Draft)
        else {
            return self.say(
                Self::at(node),
                FindingCode::TicketState,
                (Fact::MsState, word),
            );
        };
        let unfit = verbs
            .iter()
            .find(|verb| !verb.descriptor().states.contains(&state));
        if let Some(verb) = unfit {
            let fact = format!("{state} {verb}");
            self.say(
                Self::at(node),
                FindingCode::TicketStateVerb,
                (Fact::MsState, &fact),
            );
        }
    }

    /// What a unit does to its share stands inside the repetition over the slots.
    fn slot(&mut self, node: &'d Node, verbs: &[Verb]) {
        let of_part = verbs.iter().find(|verb| verb.is_of_assignment());
        if let Some(verb) = of_part
            && self.slots_of(node).is_none()
        {
            self.say(
                Self::at(node),
                FindingCode::TicketSlot,
                (Fact::MsVerb, verb.as_str()),
            );
        }
    }

    /// The repetition over the slots around a node, or at itself.
    fn slots_of(&self, node: &'d Node) -> Option<&'d Node> {
        let mut next = Some(node);
        while let Some(node) = next {
            if let Some(multi) = &node.multi
                && let LoopSpec::Multi(LoopCount::Collection { element, .. }) = &multi.spec
                && element.as_deref() == Some(SLOT_VARIABLE)
            {
                return Some(node);
            }
            next = node.parent.and_then(|place| self.process.nodes.get(place));
        }
        None
    }

    /// Each message of a verb has its event, which hears it from the verb alone; and no event waits for a verb that sends nothing there.
    fn messages(&mut self) {
        let mut heard = BTreeSet::new();
        for node in &self.process.nodes {
            let Some(name) = message_of(node) else {
                continue;
            };
            match Note::ALL.iter().find(|note| note.name() == name) {
                Some(note) => {
                    heard.insert(note.name());
                    self.closed_to_others(node, name);
                    let scope = match &node.kind {
                        NodeKind::Boundary { attached, .. } => {
                            attached.and_then(|place| self.process.nodes.get(place))
                        }
                        _ => Some(node),
                    };
                    let inside = scope.is_some_and(|scope| self.slots_of(scope).is_some());
                    if note.is_of_slot() && !inside {
                        self.say(
                            Self::at(node),
                            FindingCode::TicketSlot,
                            (Fact::Message, name),
                        );
                    }
                }
                None if self.verb_of(node).is_some() => {
                    self.say(
                        Self::at(node),
                        FindingCode::TicketForeignMessage,
                        (Fact::Message, name),
                    );
                }
                None => {}
            }
        }
        for note in Note::ALL {
            if note != NO_LONGER_ASKED.1 && !heard.contains(note.name()) {
                self.say(
                    self.whole(),
                    FindingCode::TicketNoMessage,
                    (Fact::Message, note.name()),
                );
            }
        }
    }

    fn verb_of(&self, node: &Node) -> Option<&'d str> {
        self.element(node)?.attr("verb")
    }

    fn closed_to_others(&mut self, node: &'d Node, name: &str) {
        if self.verb_of(node).is_none() {
            self.say(
                Self::at(node),
                FindingCode::TicketOpenMessage,
                (Fact::Message, name),
            );
        }
    }

    /// An end that says how the ticket stands says a state of a ticket that is over.
    fn ends(&mut self) {
        for node in &self.process.nodes {
            let NodeKind::End(_) = &node.kind else {
                continue;
            };
            let word = self.element(node).and_then(|it| it.attr("state"));
            let Some(word) = word else { continue };
            if TicketState::parse(word).is_none_or(TicketState::is_open) {
                self.say(
                    Self::at(node),
                    FindingCode::TicketEnd,
                    (Fact::MsState, word),
                );
            }
        }
    }

    /// What a ticket cannot do: call other processes, ask decision tables, name people.
    fn foreign(&mut self) {
        for node in &self.process.nodes {
            let found = match &node.kind {
                NodeKind::Call(_) => Some("callActivity"),
                NodeKind::Task(facts) if facts.kind == TaskKind::BusinessRule => {
                    Some("businessRuleTask")
                }
                _ if node.ad_hoc.is_some() => Some("adHocSubProcess"),
                NodeKind::Task(facts)
                    if facts.assignee.is_some()
                        || !facts.candidate_users.is_empty()
                        || !facts.candidate_groups.is_empty() =>
                {
                    Some("assignee")
                }
                _ => None,
            };
            if let Some(found) = found {
                self.say(
                    Self::at(node),
                    FindingCode::TicketCannot,
                    (Fact::Element, found),
                );
            }
        }
    }
}

/// The message for which an element inside the process waits.
fn message_of(node: &Node) -> Option<&str> {
    let event = match &node.kind {
        NodeKind::Catch(event) | NodeKind::Boundary { event, .. } => event,
        NodeKind::Start(start) if node.parent.is_some() => &start.event,
        NodeKind::Task(facts) if facts.kind == TaskKind::Receive => {
            return facts.message.as_deref();
        }
        _ => return None,
    };
    match event {
        Event::Message(name) => Some(name),
        _ => None,
    }
}
