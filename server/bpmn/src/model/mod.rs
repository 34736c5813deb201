//! A parsed definition: the whole file as it stands (`raw`) and, beside it, what the engine needs to run it (`process`).
//! Not here: reading (`parse`), judging (`check`) and running (`run`).
//! Next: `raw`, then `process` and `event`; `named` and `library` for what a definition does not bring along.

mod event;
mod library;
mod named;
mod process;
mod raw;

use std::collections::BTreeMap;

pub use event::{Event, TimerKind, TimerText};
pub use library::Library;
pub use named::Called;
pub(crate) use named::{called_process, calls};
pub use process::{
    AdHocSpec, CallSpec, Container, Flow, Gateway, LoopCount, LoopSpec, Mapping, MappingSource,
    MultiSpec, Node, NodeIx, NodeKind, Process, Service, StartFacts, SubKind, TaskFacts, TaskKind,
    Written,
};
pub use raw::{ElementView, RawAttribute, RawChild, RawElement, RawTree};

use shared::text::Locale;

use crate::decision::Decision;
use crate::parse::{self, ParseError};
use crate::time::Clock;
use crate::{check, export};

/// Namespace of this product's own attributes, prefix `ms`.
pub const MS: &str = "https://minsheng.example/bpmn";
/// Namespace of the BPMN 2.0 model.
pub const BPMN: &str = "http://www.omg.org/spec/BPMN/20100524/MODEL";
/// Namespaces of the Java engines and their descendants, whose attributes are read where they have a counterpart.
pub const VENDORS: [&str; 4] = [
    "http://flowable.org/bpmn",
    "http://activiti.org/bpmn",
    "http://camunda.org/schema/1.0/bpmn",
    "http://operaton.org/schema/1.0/bpmn",
];
/// Namespace of Camunda 8, which says most in extension elements.
pub const ZEEBE: &str = "http://camunda.org/schema/zeebe/1.0";

/// A definition file, read. Keeps every element, unknown ones and the diagram included.
#[derive(Clone, Debug)]
pub struct Definition {
    pub(crate) tree: RawTree,
    pub(crate) processes: Vec<Process>,
}

impl Definition {
    /// Reads a file. Fails on anything that is no well-formed BPMN 2.0 or exceeds `limits`; whether it can run says [`Self::check`].
    pub fn parse(xml: &str) -> Result<Self, ParseError> {
        parse::definition(xml)
    }

    /// Reads the bytes of a file, in the encoding that its byte order mark or its declaration says.
    pub fn read(bytes: &[u8]) -> Result<Self, ParseError> {
        Self::parse(&parse::decode(bytes)?)
    }

    /// What is wrong with it. A definition with an error must not be deployed.
    pub fn check(&self) -> Vec<check::Finding> {
        check::check(self)
    }

    /// The file again, with the same elements, ids, extension elements and diagram.
    pub fn to_xml(&self) -> String {
        export::to_xml(&self.tree)
    }

    /// What of this definition another one lacks, element by element in order; empty when nothing is lost.
    /// White space between elements does not count.
    pub fn lost_in(&self, other: &Self) -> Vec<String> {
        let (mine, theirs) = (self.tree.content(), other.tree.content());
        let mut lost: Vec<String> = mine
            .iter()
            .zip(&theirs)
            .filter(|(one, other)| one != other)
            .map(|(one, other)| format!("{one} came back as {other}"))
            .collect();
        lost.extend(
            mine.iter()
                .skip(theirs.len())
                .map(|one| format!("{one} is lost")),
        );
        lost.extend(
            theirs
                .iter()
                .skip(mine.len())
                .map(|one| format!("{one} was not there before")),
        );
        lost
    }

    /// The id of the first executable process, else of the first one, else empty.
    pub fn process_id(&self) -> &str {
        self.main_process()
            .map_or("", |process| process.id.as_str())
    }

    /// What the file as a whole is called in a reader's language: the name of its process, or its id where it has none.
    pub fn name_in(&self, locale: Locale) -> &str {
        let id = self.process_id();
        self.element(id)
            .and_then(|process| process.name_in(locale))
            .unwrap_or(id)
    }

    /// All processes of the file.
    pub fn processes(&self) -> &[Process] {
        &self.processes
    }

    /// The process with this id.
    pub fn process(&self, id: &str) -> Option<&Process> {
        self.processes.iter().find(|process| process.id == id)
    }

    /// Any element of the file by its id; those of the standard come before fields of forms and the like.
    pub fn element(&self, id: &str) -> Option<ElementView<'_>> {
        self.tree.by_id(id)
    }

    /// The whole file as a tree.
    pub fn tree(&self) -> &RawTree {
        &self.tree
    }

    pub(crate) fn main_process(&self) -> Option<&Process> {
        self.processes
            .iter()
            .find(|process| process.executable)
            .or_else(|| self.processes.first())
    }
}

/// Where the engine finds processes: the one that starts and those that it calls.
pub trait Lookup {
    /// The process that [`crate::start`] starts.
    fn main(&self) -> Option<&Process>;
    /// A process by id: the main one or a called one.
    fn process(&self, id: &str) -> Option<&Process>;
    /// A decision table by id.
    fn decision(&self, id: &str) -> Option<&Decision> {
        let _ = id;
        None
    }
    /// The time of the transition; without it, conditions over time are errors.
    fn clock(&self) -> Option<&dyn Clock> {
        None
    }
}

impl Lookup for Definition {
    fn main(&self) -> Option<&Process> {
        self.main_process()
    }
    fn process(&self, id: &str) -> Option<&Process> {
        Definition::process(self, id)
    }
}

/// A definition together with those that its call activities may call.
#[derive(Clone, Copy)]
pub struct DefinitionSet<'a> {
    /// The definition that starts.
    pub main: &'a Definition,
    /// The callable ones, by process id.
    pub called: &'a BTreeMap<String, Definition>,
}

impl Lookup for DefinitionSet<'_> {
    fn main(&self) -> Option<&Process> {
        self.main.main_process()
    }
    fn process(&self, id: &str) -> Option<&Process> {
        self.main.process(id).or_else(|| {
            self.called
                .get(id)
                .and_then(|definition| definition.process(id))
        })
    }
}
