//! Event definitions with their references resolved to names and codes.
//! Not here: where events may stand (`check`). What cannot be read becomes `Event::Broken` and a note for the check.
//! Next: `process`.

use std::collections::HashMap;

use super::local_ref;
use super::process::Notes;
use crate::check::{Code, Fact};
use crate::condition::Condition;
use crate::model::{BPMN, ElementView, Event, TimerKind, TimerText};
use crate::run::TimerSpec;
use crate::time::is_timer;

/// The messages, signals, errors and escalations that a file declares, by id.
pub(super) struct Names<'a> {
    declared: HashMap<(&'a str, &'a str), ElementView<'a>>,
}

impl<'a> Names<'a> {
    pub(super) fn read(root: ElementView<'a>) -> Self {
        let kinds = ["message", "signal", "error", "escalation"];
        let declared = root
            .children()
            .filter(|child| child.namespace() == BPMN && kinds.contains(&child.kind()))
            .map(|child| ((child.kind(), child.id()), child))
            .collect();
        Self { declared }
    }

    fn find(&self, kind: &str, reference: &str) -> Option<ElementView<'a>> {
        self.declared.get(&(kind, local_ref(reference))).copied()
    }

    /// The name of the message, if the reference and the name are there.
    pub(super) fn message(&self, reference: &str) -> Option<String> {
        self.find("message", reference)
            .and_then(ElementView::name)
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
    }

    /// An error or escalation code; files of other tools often leave the declaration out and mean the reference itself.
    fn code(&self, kind: &str, attribute: &str, reference: Option<&str>) -> Option<String> {
        let reference = reference.filter(|r| !r.trim().is_empty())?;
        let declared = self
            .find(kind, reference)
            .and_then(|element| element.plain(attribute))
            .filter(|code| !code.is_empty());
        Some(declared.unwrap_or(local_ref(reference)).to_owned())
    }

    /// A code that is declared empty means nothing, and what is thrown without one is caught only by what catches everything.
    fn doubt(
        &self,
        node: ElementView<'_>,
        (kind, attribute, reference): (&str, &str, Option<&str>),
        notes: &mut Notes,
    ) {
        let reference = reference.filter(|r| !r.trim().is_empty());
        let declared = reference.and_then(|reference| self.find(kind, reference));
        let code = declared.and_then(|element| element.plain(attribute));
        let throws = matches!(node.kind(), "endEvent" | "intermediateThrowEvent");
        if let (Some(code), Some(reference)) = (code, reference)
            && code.trim().is_empty()
        {
            let facts = [(Fact::Reference, reference.to_owned())];
            notes.error(node, Code::EmptyErrorCode, &facts);
        } else if throws && reference.is_none() {
            notes.warning(node, Code::NoErrorCode, &[]);
        }
    }
}

/// The event of an event node: none, one, or broken.
pub(super) fn read(node: ElementView<'_>, names: &Names<'_>, notes: &mut Notes) -> Event {
    let definitions: Vec<ElementView<'_>> = node
        .children()
        .filter(|child| child.namespace() == BPMN && child.kind().ends_with("EventDefinition"))
        .collect();
    if node.child("eventDefinitionRef").is_some() {
        notes.error(node, Code::EventByReference, &[]);
        return Event::Broken;
    }
    match definitions.as_slice() {
        [] => Event::None,
        [one] => definition(node, *one, names, notes),
        _ => {
            notes.error(node, Code::SeveralEvents, &[]);
            Event::Broken
        }
    }
}

fn definition(
    node: ElementView<'_>,
    element: ElementView<'_>,
    names: &Names<'_>,
    notes: &mut Notes,
) -> Event {
    match element.kind() {
        "messageEventDefinition" => match element.plain("messageRef") {
            None => broken(node, Code::NoReference, "messageRef", notes),
            Some(reference) => names.message(reference).map_or_else(
                || broken(node, Code::NoName, reference, notes),
                Event::Message,
            ),
        },
        "signalEventDefinition" => match element.plain("signalRef") {
            None => broken(node, Code::NoReference, "signalRef", notes),
            Some(reference) => {
                let name = names
                    .find("signal", reference)
                    .and_then(ElementView::name)
                    .filter(|name| !name.is_empty());
                name.map_or_else(
                    || broken(node, Code::NoName, reference, notes),
                    |name| Event::Signal(name.to_owned()),
                )
            }
        },
        "timerEventDefinition" => timer(node, element, notes),
        "errorEventDefinition" => {
            let reference = element.plain("errorRef");
            names.doubt(node, ("error", "errorCode", reference), notes);
            Event::Error(names.code("error", "errorCode", reference))
        }
        "escalationEventDefinition" => {
            let reference = element.plain("escalationRef");
            names.doubt(node, ("escalation", "escalationCode", reference), notes);
            Event::Escalation(names.code("escalation", "escalationCode", reference))
        }
        "conditionalEventDefinition" => {
            let text = element
                .child("condition")
                .map(ElementView::text)
                .unwrap_or_default();
            match Condition::parse(&text) {
                Ok(condition) => Event::Conditional(condition),
                Err(error) => {
                    notes.unreadable(node, &text, &error);
                    Event::Broken
                }
            }
        }
        "terminateEventDefinition" => Event::Terminate {
            all: element.vendor("terminateAll") == Some("true"),
            turns: element.vendor("terminateMultiInstance") == Some("true"),
        },
        "cancelEventDefinition" => Event::Cancel,
        "compensateEventDefinition" => Event::Compensation {
            activity: element
                .plain("activityRef")
                .map(|r| local_ref(r).to_owned())
                .filter(|activity| !activity.is_empty()),
            wait: element.plain("waitForCompletion") != Some("false"),
        },
        "linkEventDefinition" => Event::Link(element.name().unwrap_or_default().to_owned()),
        other => broken(node, Code::UnknownEvent, other, notes),
    }
}

fn broken(node: ElementView<'_>, code: Code, fact: &str, notes: &mut Notes) -> Event {
    notes.error(node, code, &[(Fact::Reference, fact.to_owned())]);
    Event::Broken
}

fn timer(node: ElementView<'_>, element: ElementView<'_>, notes: &mut Notes) -> Event {
    let kinds = [
        ("timeDate", TimerKind::Date),
        ("timeDuration", TimerKind::Duration),
        ("timeCycle", TimerKind::Cycle),
    ];
    let found = kinds
        .iter()
        .find_map(|(name, kind)| element.child(name).map(|child| (*kind, child.text())));
    let Some((kind, text)) = found.filter(|(_, text)| !text.is_empty()) else {
        return broken(node, Code::NoTimer, "timerEventDefinition", notes);
    };
    let spec = match kind {
        TimerKind::Date => TimerSpec::Date(text.clone()),
        TimerKind::Duration => TimerSpec::Duration(text.clone()),
        TimerKind::Cycle => TimerSpec::Cycle(text.clone()),
    };
    match Condition::embedded(&text).transpose() {
        Ok(None) if !is_timer(&spec) => broken(node, Code::BadTimer, &text, notes),
        Ok(expression) => Event::Timer(TimerText {
            kind,
            text,
            expression,
        }),
        Err(error) => {
            notes.unreadable(node, &text, &error);
            Event::Broken
        }
    }
}
