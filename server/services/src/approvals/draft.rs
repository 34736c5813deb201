//! An approval while a verb decides about it: what was read, what is changed, and the effects of the process on both.
//! Pure and synchronous; `finish` gives the one `ApprovalChange` that the runner saves (I3, I4).
//! Not here: rights (`rights`), what each verb decides (`verbs`). Next: `draft/run`, `draft/open`, `draft/parts`, `draft/versions`.

mod open;
mod parts;
mod run;
mod throw;
mod versions;

use std::collections::{BTreeMap, BTreeSet};

use bpmn::WaitKind;
use shared::access::Actor;
use shared::approval::{ApprovalStatus, ApprovalVerb, EventKind, IncidentKind};
use shared::calendar::Instant;
use shared::ids::UserId;
use store::record::{
    Approval, ApprovalCase, ApprovalChange, ApprovalEvent, AuditEntry, CasePerson, Delivery,
    Incident, Involved, OutboxMessage,
};

use super::definitions::Library;
use super::people::{People, Person};
use super::rights::{self, Barrier};
use crate::context::Ctx;
use crate::fault::Failure;
use crate::reference::Reference;

pub(crate) use run::{Halt, variables};

/// What a verb may know of the world besides the case.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub now: Instant,
    pub actor: &'a Actor,
    pub reference: &'a Reference,
    pub library: &'a Library,
    /// People whom the verb names.
    pub people: &'a People,
}

impl<'a> Scene<'a> {
    /// Around one call.
    pub fn of(
        ctx: &'a Ctx,
        reference: &'a Reference,
        library: &'a Library,
        people: &'a People,
    ) -> Self {
        Self {
            now: ctx.now(),
            actor: &ctx.actor,
            reference,
            library,
            people,
        }
    }
}

/// People whom an opened task names, to be looked up before the case is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub task_no: i64,
    /// Sign-in names, each with whether the definition itself says it: then where that person works is its author's business.
    pub names: Vec<(String, bool)>,
    /// One assignee, not several candidates.
    pub is_assignee: bool,
}

/// What an event says besides who and when.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    pub element: Option<String>,
    pub task_no: Option<i64>,
    pub note: Option<String>,
    pub facts: BTreeMap<String, String>,
}

impl Told {
    /// About a step.
    pub fn of(element: &str, task_no: i64) -> Self {
        Self {
            element: Some(element.to_owned()),
            task_no: Some(task_no),
            ..Self::default()
        }
    }

    /// With what was said.
    #[must_use]
    pub fn note(mut self, note: Option<String>) -> Self {
        self.note = note;
        self
    }

    /// With a code, a name or a number.
    #[must_use]
    pub fn fact(mut self, name: &str, value: impl ToString) -> Self {
        self.facts.insert(name.to_owned(), value.to_string());
        self
    }
}

/// An approval under a verb.
pub(crate) struct Draft<'a> {
    pub scene: Scene<'a>,
    before: Option<ApprovalCase>,
    /// The case, changed as the verb goes on.
    pub case: ApprovalCase,
    instance: Option<bpmn::Instance>,
    wanted: Vec<Wanted>,
    events: Vec<ApprovalEvent>,
    thrown: Vec<Delivery>,
    outbox: Vec<OutboxMessage>,
    audit: Vec<AuditEntry>,
    /// How many events led to this change without a person or a clock between.
    pub hops: i32,
}

impl<'a> Draft<'a> {
    /// A loaded case; the process is taken up where it stands.
    pub fn open(scene: Scene<'a>, case: ApprovalCase) -> Result<Self, Failure> {
        let instance = case
            .approval
            .inside
            .state
            .as_deref()
            .map(serde_json::from_str)
            .transpose()
            .map_err(anyhow::Error::new)?;
        Ok(Self {
            before: Some(case.clone()),
            instance,
            ..Self::around(scene, case)
        })
    }

    /// A new case, not yet in its process.
    pub fn fresh(scene: Scene<'a>, approval: Approval) -> Self {
        Self::around(scene, ApprovalCase::of(approval))
    }

    fn around(scene: Scene<'a>, case: ApprovalCase) -> Self {
        Self {
            scene,
            before: None,
            case,
            instance: None,
            wanted: Vec::new(),
            events: Vec::new(),
            thrown: Vec::new(),
            outbox: Vec::new(),
            audit: Vec::new(),
            hops: 0,
        }
    }

    /// The present.
    pub fn now(&self) -> Instant {
        self.scene.now
    }

    /// The engine's state, while the process runs.
    pub fn instance(&self) -> Option<&bpmn::Instance> {
        self.instance.as_ref()
    }

    /// When this stands in the history: the present, but never before what stands there already.
    fn recorded_at(&self) -> Instant {
        self.scene.now.max(self.case.approval.updated_at)
    }

    /// Writes one line of the history; gapless behind the newest.
    pub fn event(&mut self, verb: ApprovalVerb, told: Told) {
        let actor = self.scene.actor;
        self.case.approval.last_seq += 1;
        self.events.push(ApprovalEvent {
            case_id: self.case.approval.id.into(),
            seq: self.case.approval.last_seq,
            verb,
            at: self.recorded_at(),
            by: actor.user,
            by_name: actor.user.map(|_| actor.name.clone()),
            unit: actor.unit.clone(),
            assignment_id: None,
            element: told.element,
            task_no: told.task_no,
            from_state: self.before.as_ref().map(|before| before.approval.status),
            to_state: None,
            note: told.note,
            facts: told.facts,
        });
    }

    /// Adds an audit row to the verb's transaction.
    pub fn audit(&mut self, entry: AuditEntry) {
        self.audit.push(entry);
    }

    /// Puts a message into the outbox.
    pub fn send(&mut self, message: OutboxMessage) {
        self.outbox.push(message);
    }

    /// Somebody has to do with the case from now on.
    pub fn involve(&mut self, user: UserId, name: &str, part: Involved) {
        let known = self
            .case
            .people
            .iter()
            .any(|person| person.user == user && person.part == part);
        if !known {
            self.case.people.push(CasePerson {
                user,
                part,
                name: name.to_owned(),
            });
        }
    }

    /// The actor has done something in it.
    pub fn involve_actor(&mut self) {
        if let Some(user) = self.scene.actor.user {
            let name = self.scene.actor.name.clone();
            self.involve(user, &name, Involved::Doer);
        }
    }

    /// Opens an incident; the same trouble again only counts its tries.
    pub fn incident(&mut self, kind: IncidentKind, about: &About<'_>, words: String) {
        let same = self.case.incidents.iter_mut().find(|incident| {
            incident.settled_at.is_none()
                && incident.kind == kind
                && incident.element == about.element
                && (incident.task_no, incident.timer_no) == (about.task_no, about.timer_no)
        });
        if let Some(known) = same {
            known.tries += 1;
            known.words = words;
            return;
        }
        let n = self.case.incidents.iter().map(|i| i.n).max().unwrap_or(0) + 1;
        self.case.incidents.push(Incident {
            n,
            kind,
            element: about.element.to_owned(),
            task_no: about.task_no,
            timer_no: about.timer_no,
            words,
            tries: 1,
            opened_at: self.scene.now,
            settled_at: None,
            settled_by: None,
        });
    }

    /// People whom opened tasks name and who are not known yet.
    pub fn wanted(&self) -> Vec<String> {
        self.wanted
            .iter()
            .flat_map(|wanted| wanted.names.iter().map(|(name, _)| name.clone()))
            .collect()
    }

    /// Gives opened tasks to the people they name; a task that none of them may do waits as an incident.
    pub fn give(&mut self, people: &People) {
        for wanted in std::mem::take(&mut self.wanted) {
            let Some(task) = self.find(wanted.task_no, 0).cloned() else {
                continue;
            };
            let (mut known, mut unknown, mut words): (Vec<Person>, Vec<&str>, _) =
                (Vec::new(), Vec::new(), None);
            for (name, fixed) in &wanted.names {
                let Some(person) = people.get(name) else {
                    unknown.push(name);
                    continue;
                };
                match rights::may_be_given(person, &self.case, &task) {
                    Err(Barrier::Elsewhere) if *fixed => known.push(person.clone()),
                    Ok(()) => known.push(person.clone()),
                    Err(why) => {
                        let name = &person.username;
                        words = Some(format!("{name} may not do this: {}", why.words()));
                    }
                }
            }
            match known.as_slice() {
                [] => {
                    let about = About {
                        element: &task.element,
                        task_no: Some(wanted.task_no),
                        timer_no: None,
                    };
                    let words =
                        words.unwrap_or_else(|| format!("nobody is called {}", unknown.join(", ")));
                    self.incident(IncidentKind::Assignment, &about, words);
                }
                [only] if wanted.is_assignee => {
                    self.assign((wanted.task_no, 0), only.user, &only.name);
                }
                several => {
                    let users = several.iter().map(|person| person.user).collect();
                    self.case.candidates.insert(wanted.task_no, users);
                }
            }
        }
    }

    /// Gives a task, or a part of it, to somebody.
    pub fn assign(&mut self, (task_no, part): (i64, i32), user: UserId, name: &str) {
        if let Some(task) = self.find_mut(task_no, part) {
            task.assignee = Some(user);
            task.assignee_name = Some(name.to_owned());
        }
        self.involve(user, name, Involved::Doer);
    }

    /// The case waits at its start: its process could not be begun, and an incident says why.
    pub fn hold(&mut self, element: &str, incident: &Incident) {
        self.case.places = BTreeMap::from([(element.to_owned(), 1)]);
        let about = About {
            element: &incident.element,
            task_no: None,
            timer_no: None,
        };
        self.incident(incident.kind, &about, incident.words.clone());
    }

    /// Where the case waits whose process could not be begun.
    pub fn not_begun(&self) -> Option<&str> {
        let waits = self.instance.is_none() && is_open(self.case.approval.status);
        let place = self.case.places.keys().next().filter(|_| waits)?;
        Some(place)
    }

    /// What is to be saved: the version raised, the places counted, the state written.
    pub fn finish(mut self) -> Result<ApprovalChange, Failure> {
        self.settle_parts();
        let at = self.recorded_at();
        let approval = &mut self.case.approval;
        approval.version = self
            .before
            .as_ref()
            .map_or(1, |before| before.approval.version + 1);
        approval.updated_at = at;
        for event in &mut self.events {
            event.to_state = Some(approval.status);
        }
        let running = self
            .instance
            .as_ref()
            .filter(|instance| !instance.is_ended());
        let mut places: BTreeMap<String, i64> = BTreeMap::new();
        let mut listens = BTreeSet::new();
        if let Some(instance) = running
            && is_open(approval.status)
        {
            for element in instance.active_elements() {
                *places.entry(element.to_owned()).or_default() += 1;
            }
            listens = listened_to(instance);
            if let Some(variables) = instance.variables() {
                approval.inside.variables =
                    serde_json::to_string(variables).map_err(anyhow::Error::new)?;
            }
            approval.inside.state =
                Some(serde_json::to_string(instance).map_err(anyhow::Error::new)?);
        } else {
            if self.instance.is_none() && is_open(approval.status) {
                places.clone_from(&self.case.places);
            }
            approval.inside.state = None;
        }
        self.case.places = places;
        self.case.listens = listens;
        let open: Vec<i64> = self.case.tasks.iter().map(|task| task.task_no).collect();
        self.case.candidates.retain(|task, _| open.contains(task));
        Ok(ApprovalChange {
            before: self.before,
            after: self.case,
            events: self.events,
            thrown: self.thrown,
            outbox: self.outbox,
            audit: self.audit,
        })
    }
}

/// Messages and signals for which a process waits, receive tasks included.
fn listened_to(instance: &bpmn::Instance) -> BTreeSet<(EventKind, String)> {
    instance
        .waits()
        .into_iter()
        .filter_map(|wait| match wait.kind {
            WaitKind::Message(name) => Some((EventKind::Message, name)),
            WaitKind::Signal(name) => Some((EventKind::Signal, name)),
            WaitKind::Timer(_) | WaitKind::Condition => None,
        })
        .collect()
}

/// Whether a status is of a case that goes on.
pub(crate) fn is_open(status: ApprovalStatus) -> bool {
    matches!(
        status,
        ApprovalStatus::Running | ApprovalStatus::Correcting | ApprovalStatus::Suspended
    )
}

/// What an incident is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About<'a> {
    pub element: &'a str,
    pub task_no: Option<i64>,
    pub timer_no: Option<i64>,
}
