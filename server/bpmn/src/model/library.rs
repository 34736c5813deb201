//! A definition with what it needs besides itself, owned: called processes, decision tables, the time.
//! Not here: which versions belong together (the caller looks them up by [`super::Definition::calls`]).
//! Next: `run`.

use std::fmt;
use std::sync::Arc;

use super::{Definition, Lookup, Process};
use crate::decision::Decision;
use crate::time::Clock;

/// Everything that a case needs to run, to be kept and shared; see [`super::DefinitionSet`] for what is only borrowed.
#[derive(Clone)]
pub struct Library {
    main: Arc<Definition>,
    called: Vec<Arc<Definition>>,
    decisions: Vec<Arc<Decision>>,
    clock: Option<Arc<dyn Clock + Send + Sync>>,
}

impl Library {
    /// A definition by itself.
    pub fn new(main: Arc<Definition>) -> Self {
        Self {
            main,
            called: Vec::new(),
            decisions: Vec::new(),
            clock: None,
        }
    }

    /// With a definition that may be called. Of several with one process the first is called.
    #[must_use]
    pub fn with_called(mut self, called: Arc<Definition>) -> Self {
        self.called.push(called);
        self
    }

    /// With a decision table. Of several with one id the first is asked.
    #[must_use]
    pub fn with_decision(mut self, decision: Arc<Decision>) -> Self {
        self.decisions.push(decision);
        self
    }

    /// With the time of the transitions to come.
    #[must_use]
    pub fn with_clock(mut self, clock: Arc<dyn Clock + Send + Sync>) -> Self {
        self.clock = Some(clock);
        self
    }

    /// The definition that starts.
    pub fn definition(&self) -> &Arc<Definition> {
        &self.main
    }

    /// The definition that a process comes from: the main one or a called one, as the engine finds it.
    pub fn definition_of(&self, process: &str) -> Option<&Arc<Definition>> {
        if self.main.process(process).is_some() {
            return Some(&self.main);
        }
        // A file that is there for this process comes before one that has it besides.
        self.called
            .iter()
            .find(|called| called.process_id() == process)
            .or_else(|| {
                self.called
                    .iter()
                    .find(|called| called.process(process).is_some())
            })
    }
}

impl Lookup for Library {
    fn main(&self) -> Option<&Process> {
        self.main.main_process()
    }

    fn process(&self, id: &str) -> Option<&Process> {
        self.definition_of(id)?.process(id)
    }

    fn decision(&self, id: &str) -> Option<&Decision> {
        self.decisions
            .iter()
            .find(|decision| decision.id == id)
            .map(AsRef::as_ref)
    }

    fn clock(&self) -> Option<&dyn Clock> {
        self.clock.as_deref().map(|clock| clock as &dyn Clock)
    }
}

impl fmt::Debug for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let called: Vec<&str> = self.called.iter().map(|it| it.process_id()).collect();
        let decisions: Vec<&str> = self.decisions.iter().map(|it| it.id.as_str()).collect();
        f.debug_struct("Library")
            .field("main", &self.main.process_id())
            .field("called", &called)
            .field("decisions", &decisions)
            .field("clock", &self.clock.is_some())
            .finish()
    }
}
