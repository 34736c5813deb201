//! Steps that only an approval takes: begun again, variables set, jumps, one more or one less of those who sign at once.
//! Not here: the steps of every kind and their effects (`host::run`), what an opened task looks like (`open`).

use anyhow::Context as _;
use bpmn::change::{Jump, JumpError, TurnError};
use bpmn::{StartAt, Step, Value, Vars};
use shared::approval::ApprovalVerb;
use shared::fault::{Code, Fault};

use super::{Halt, WorkingCopy};
use crate::approvals::start::start_element;
use crate::fault::Failure;
use crate::host::engine_number;

impl WorkingCopy<'_> {
    /// Begins the process of a case that waits at its start, with its variables as they are now.
    pub fn begin_again(&mut self) -> Result<(), Halt> {
        let Some(place) = self.not_begun().map(str::to_owned) else {
            return Ok(());
        };
        let vars = variables(&self.case.approval.inside.variables)?;
        let plain = start_element(&self.scene.library.main);
        let at = if plain.as_deref() == Some(&*place) {
            StartAt::None
        } else {
            StartAt::Event(&place)
        };
        self.begin(at, vars)
    }

    /// Sets variables of the process; of one that is not begun those that it will begin with.
    pub fn set_vars(&mut self, vars: Vars) -> Result<(), Halt> {
        if self.not_begun().is_some() {
            let mut all = variables(&self.case.approval.inside.variables)?;
            all.extend(vars);
            self.case.approval.inside.variables =
                serde_json::to_string(&all).map_err(anyhow::Error::new)?;
            return Ok(());
        }
        let step = bpmn::set_vars(&self.scene.library.lookup, self.running()?, vars);
        self.take(step, None)
    }

    /// Takes the case to other places.
    pub fn jump(&mut self, jump: &Jump) -> Result<(), Halt> {
        match bpmn::change::jump(&self.scene.library.lookup, self.running()?, jump) {
            Ok(step) => self.take(Ok(step), None),
            Err(JumpError::Run(error)) => self.take(Err(error), None),
            Err(error) => Err(jump_refused(&error).into()),
        }
    }

    /// One more person signs a step that several people sign at once.
    pub fn add_turn(&mut self, task_no: i64, item: Value) -> Result<(), Halt> {
        let step = bpmn::change::add_turn(
            &self.scene.library.lookup,
            self.running()?,
            engine_number(task_no),
            item,
        );
        self.take_turn(step, task_no)
    }

    /// One of them need not sign.
    pub fn remove_turn(&mut self, task_no: i64) -> Result<(), Halt> {
        let step = bpmn::change::remove_turn(
            &self.scene.library.lookup,
            self.running()?,
            engine_number(task_no),
        );
        self.take_turn(step, task_no)
    }

    fn take_turn(&mut self, step: Result<Step, TurnError>, task_no: i64) -> Result<(), Halt> {
        match step {
            Ok(step) => self.take(Ok(step), Some(task_no)),
            Err(TurnError::Run(error)) => self.take(Err(error), Some(task_no)),
            Err(TurnError::LastOne) => Err(Fault::new(Code::ApprovalLastSigner).into()),
            Err(TurnError::NotRepeated { .. }) => Err(self.not_now(ApprovalVerb::AddSigner)),
        }
    }

    /// The verb does not fit now.
    pub fn not_now(&self, verb: ApprovalVerb) -> Halt {
        Fault::new(Code::ApprovalNotAllowed)
            .fact("status", self.case.approval.status)
            .fact("verb", verb)
            .into()
    }
}

/// Variables from their JSON; empty text is none.
pub(crate) fn variables(json: &str) -> Result<Vars, Failure> {
    if json.is_empty() {
        return Ok(Vars::new());
    }
    Ok(serde_json::from_str(json).context("variables of an approval")?)
}

/// Why a case cannot be taken there, as safe facts.
pub(crate) fn jump_refused(error: &JumpError) -> Fault {
    let fault = Fault::new(Code::ApprovalTarget);
    match error {
        JumpError::NotThere { element } => {
            fault.fact("reason", "not_there").fact("element", element)
        }
        JumpError::NoTarget { element } => {
            fault.fact("reason", "no_target").fact("element", element)
        }
        JumpError::NotRunning { element, .. } => {
            fault.fact("reason", "not_running").fact("element", element)
        }
        JumpError::JoinNeverFills { join, .. } => {
            fault.fact("reason", "join").fact("element", join)
        }
        JumpError::Twice { other, .. } => fault.fact("reason", "twice").fact("element", other),
        JumpError::Run(_) => fault.fact("reason", "stopped"),
    }
}
