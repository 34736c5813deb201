//! A running instance that tests tell a story with: do this, then that is open.

use bpmn::{Correlation, Definition, Effect, Instance, RunError, StartAt, Step, Value, Vars};

/// The shipped definition of a ticket's life.
pub const TICKET: &str = include_str!("../../definitions/ticket-main.bpmn");

/// What is wrong with a definition, but for tasks that name nobody and variables that nothing sets: in these stories everybody does
/// everything, and the stories bring their variables along.
pub fn trouble(def: &Definition) -> Vec<bpmn::Finding> {
    def.check()
        .into_iter()
        .filter(|finding| {
            !matches!(
                finding.remark.code,
                bpmn::Code::Nobody | bpmn::Code::NeverSet
            )
        })
        .collect()
}

/// Variables in short.
pub fn vars<const N: usize>(pairs: [(&str, Value); N]) -> Vars {
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// One slot of a dispatch.
pub fn slot(id: &str, role: &str, stage: &str) -> Value {
    Value::from([
        ("slot", Value::from(id)),
        ("role", Value::from(role)),
        ("stage", Value::from(stage)),
    ])
}

/// Sequence flows between elements, named after their ends.
pub fn flows(pairs: &[(&str, &str)]) -> String {
    let flow = |(from, to): &(&str, &str)| {
        format!(r#"<sequenceFlow id="{from}-{to}" sourceRef="{from}" targetRef="{to}"/>"#)
    };
    pairs.iter().map(flow).collect::<Vec<_>>().concat()
}

/// Elements of the open tasks, sorted.
pub fn open(at: &Instance) -> Vec<String> {
    let mut open: Vec<String> = at.tasks().into_iter().map(|task| task.element).collect();
    open.sort();
    open
}

/// An instance with the effects of its last step.
pub struct Story {
    pub def: Definition,
    pub instance: Instance,
    pub effects: Vec<Effect>,
}

impl Story {
    pub fn start(xml: &str, at: StartAt<'_>, vars: Vars) -> Self {
        let def = Definition::parse(xml).expect("the definition reads");
        let step = bpmn::start(&def, at, vars).expect("it starts");
        Self {
            def,
            instance: step.instance,
            effects: step.effects,
        }
    }

    fn take(&mut self, step: Result<Step, RunError>) -> &mut Self {
        let step = step.expect("the step is possible");
        self.instance = step.instance;
        self.effects = step.effects;
        self
    }

    /// Elements of the open tasks, sorted.
    pub fn open(&self) -> Vec<String> {
        open(&self.instance)
    }

    #[track_caller]
    pub fn expect(&mut self, tasks: &[&str]) -> &mut Self {
        assert_eq!(self.open(), tasks);
        self
    }

    #[track_caller]
    pub fn ended(&self, at: &str) {
        assert_eq!(self.instance.ended_at(), Some(at));
        assert!(
            self.instance.tasks().is_empty()
                && self.instance.waits().is_empty()
                && self.instance.timers().is_empty()
        );
        assert_eq!(
            self.effects.last(),
            Some(&Effect::Ended {
                element: at.to_owned()
            })
        );
    }

    pub fn complete<const N: usize>(
        &mut self,
        element: &str,
        given: [(&str, Value); N],
    ) -> &mut Self {
        let task = self
            .instance
            .tasks()
            .into_iter()
            .find(|task| task.element == element)
            .expect("the task is open")
            .id;
        let step = bpmn::complete(&self.def, &self.instance, task, vars(given));
        self.take(step)
    }

    /// Completes the task in a slot.
    pub fn complete_in<const N: usize>(
        &mut self,
        slot: &str,
        element: &str,
        given: [(&str, Value); N],
    ) -> &mut Self {
        let in_slot = |task: &bpmn::OpenTask| {
            task.element == element
                && task.vars["slot"].member("slot").and_then(Value::as_text) == Some(slot)
        };
        let task = self
            .instance
            .tasks()
            .into_iter()
            .find(in_slot)
            .expect("the task is open in the slot")
            .id;
        let step = bpmn::complete(&self.def, &self.instance, task, vars(given));
        self.take(step)
    }

    pub fn message<const N: usize>(&mut self, name: &str, given: [(&str, Value); N]) -> &mut Self {
        let step = bpmn::message(
            &self.def,
            &self.instance,
            name,
            &Correlation::Any,
            vars(given),
        );
        self.take(step)
    }

    pub fn message_to<const N: usize>(
        &mut self,
        slot: &str,
        name: &str,
        given: [(&str, Value); N],
    ) -> &mut Self {
        let step = bpmn::message(
            &self.def,
            &self.instance,
            name,
            &Correlation::scope("slot.slot", slot),
            vars(given),
        );
        self.take(step)
    }
}
