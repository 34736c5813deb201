//! What the verbs of a ticket say to its process: how they begin it, which tasks they complete with which outcome, which messages they send.
//! The only list of these words: verbs say nothing else, and the check of a version asks for exactly them (`vocabulary`, `road`).
//! Not here: what a verb changes besides (`tickets`), when it fits (`tickets::flow`).

use bpmn::{Value, Vars};
use shared::ticket::Verb;

use crate::host::vars;

/// The slot of a check, in place of those that a dispatch makes.
pub(crate) const SLOT: &str = "lead";

/// How a process is begun.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Begin {
    /// A request was registered.
    Registered,
    /// A closed ticket is done once more, in these slots.
    Redo(Value),
}

impl Begin {
    /// The message at whose start event it begins; the plain start without one.
    pub const fn message(&self) -> Option<&'static str> {
        match self {
            Self::Registered => None,
            Self::Redo(_) => Some("redo"),
        }
    }

    /// What the process gets to know.
    pub fn vars(self) -> Vars {
        match self {
            Self::Registered => Vars::new(),
            Self::Redo(slots) => vars([("entry", "redo".into()), ("slots", slots)]),
        }
    }
}

/// What a verb says when it completes its task.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Saying {
    Answer,
    Decline,
    /// To these slots.
    Dispatch(Value),
    ConfirmDecline(bool),
    Sign,
    Rule,
    Reply,
    UnitReview(bool),
    /// The closing review passes; whether nobody is called.
    Pass {
        exempt: bool,
    },
    /// The closing review gives it back to these slots.
    Back(Value),
    Close,
    /// Once more in these slots, before it is closed.
    Redo(Value),
}

impl Saying {
    /// Everything that is ever said, about these slots.
    pub fn all(slots: &Value) -> Vec<Self> {
        vec![
            Self::Answer,
            Self::Decline,
            Self::Dispatch(slots.clone()),
            Self::ConfirmDecline(true),
            Self::ConfirmDecline(false),
            Self::Sign,
            Self::Rule,
            Self::Reply,
            Self::UnitReview(true),
            Self::UnitReview(false),
            Self::Pass { exempt: false },
            Self::Pass { exempt: true },
            Self::Back(slots.clone()),
            Self::Close,
            Self::Redo(slots.clone()),
        ]
    }

    /// The verb for which the task waits.
    pub const fn verb(&self) -> Verb {
        match self {
            Self::Answer => Verb::Answer,
            Self::Decline => Verb::Decline,
            Self::Dispatch(_) => Verb::Dispatch,
            Self::ConfirmDecline(_) => Verb::ConfirmDecline,
            Self::Sign => Verb::Sign,
            Self::Rule => Verb::Rule,
            Self::Reply => Verb::Reply,
            Self::UnitReview(_) => Verb::UnitReview,
            Self::Pass { .. } | Self::Back(_) => Verb::Review,
            Self::Close => Verb::Close,
            Self::Redo(_) => Verb::Redo,
        }
    }

    /// The outcome, as the process gets to know it.
    pub fn vars(self) -> Vars {
        match self {
            Self::Answer => vars([("decision", "answer".into())]),
            Self::Decline => vars([("decision", "decline".into())]),
            Self::Dispatch(slots) => vars([("decision", "dispatch".into()), ("slots", slots)]),
            Self::ConfirmDecline(confirmed) => vars([("confirmed", confirmed.into())]),
            Self::Sign | Self::Rule | Self::Reply => Vars::new(),
            Self::UnitReview(approved) => vars([("approved", approved.into())]),
            Self::Pass { exempt } => vars([("review", "pass".into()), ("exempt", exempt.into())]),
            Self::Back(slots) => vars([("review", "back".into()), ("slots", slots)]),
            Self::Close => vars([("outcome", "close".into())]),
            Self::Redo(slots) => vars([("outcome", "redo".into()), ("slots", slots)]),
        }
    }

    /// What a part that was given on waits for after it; nothing where it goes up.
    pub const fn next_below(&self) -> Option<Verb> {
        match self {
            Self::Sign | Self::UnitReview(false) => Some(ANSWERED),
            Self::Reply => Some(Verb::UnitReview),
            _ => None,
        }
    }

    /// Whether units have work in its slots from then on.
    pub const fn opens_slots(&self) -> bool {
        matches!(self, Self::Dispatch(_) | Self::Back(_) | Self::Redo(_))
    }

    /// Whether the ticket is over with it: that is what the citizen is told.
    pub const fn is_the_end(&self) -> bool {
        matches!(self, Self::Close | Self::ConfirmDecline(true))
    }
}

/// What verbs said before applications had a process of their own; those that were asked for then are still ruled on so. A version may have the
/// task and the event, none must.
pub(crate) const NO_LONGER_ASKED: (Verb, Note) = (Verb::Rule, Note::SendBack);

/// What the gate waits for.
pub(crate) const AT_GATE: Verb = Verb::Dispatch;

/// What the desk may do at once with what waits at the gate.
pub(crate) const AT_DESK: Verb = Verb::Answer;

/// What a part waits for that is worked on.
pub(crate) const ANSWERED: Verb = Verb::Reply;

/// Verbs that only need their task to be open and leave it so.
pub(crate) const LOOKED_AT: [Verb; 1] = [Verb::FollowUp];

/// A message of a verb to the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Note {
    /// The citizen takes the ticket back.
    Withdraw,
    /// A unit says that a slot's work is not its matter.
    SendBack,
    /// Another unit gets the slot.
    Reassigned,
    /// Nobody works in the slot any more.
    Released,
}

impl Note {
    pub const ALL: [Self; 4] = [
        Self::Withdraw,
        Self::SendBack,
        Self::Reassigned,
        Self::Released,
    ];

    /// The message's name in the definition.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Withdraw => "withdraw",
            Self::SendBack => "send_back",
            Self::Reassigned => "reassigned",
            Self::Released => "released",
        }
    }

    /// What the process gets to know.
    pub fn vars(self) -> Vars {
        match self {
            Self::Reassigned => vars([("slot_stage", "sign".into())]),
            Self::Withdraw | Self::SendBack | Self::Released => Vars::new(),
        }
    }

    /// Whether it is for one slot.
    pub const fn is_of_slot(self) -> bool {
        !matches!(self, Self::Withdraw)
    }
}

/// The name of the variable in which each slot of the repetition stands.
pub(crate) const SLOT_VARIABLE: &str = "slot";

/// The names of all variables that verbs set.
pub(crate) fn variables() -> Vec<String> {
    let slots = Value::List(Vec::new());
    let said = Saying::all(&slots).into_iter().map(Saying::vars);
    let sent = Note::ALL.into_iter().map(Note::vars);
    let begun = [Begin::Redo(slots.clone()).vars()];
    let all = said.chain(sent).chain(begun);
    let mut names: Vec<String> = all
        .flat_map(Vars::into_iter)
        .map(|(name, _)| name)
        .collect();
    names.push(SLOT_VARIABLE.to_owned());
    names.sort();
    names.dedup();
    names
}
