//! What an event waits for or throws, with all references already resolved to names.
//! Not here: where the event sits (`process`).
//! Next: `run::wait`, `run::throw`.

use crate::condition::Condition;

/// The definition of an event. Names are what the outside world sees: message and signal names, error and escalation codes.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A plain start, end or pass.
    None,
    /// A message by its name.
    Message(String),
    /// A point in time.
    Timer(TimerText),
    /// A signal by its name, for everybody who listens.
    Signal(String),
    /// An error by its code; `None` catches every error.
    Error(Option<String>),
    /// An escalation by its code; `None` catches every escalation.
    Escalation(Option<String>),
    /// A condition that becomes true.
    Conditional(Condition),
    /// Ends the scope at once.
    Terminate {
        /// The whole instance, not only the scope.
        all: bool,
        /// All turns of the repetition around it, where there is one; the case goes on behind it.
        turns: bool,
    },
    /// Cancels a transaction.
    Cancel,
    /// Undoes finished activities.
    Compensation {
        /// The activity to undo; all of the scope if `None`.
        activity: Option<String>,
        /// Does the throwing event wait until all is undone?
        wait: bool,
    },
    /// A jump within one scope.
    Link(String),
    /// More than one definition, or one that could not be read; the check says which.
    Broken,
}

impl Event {
    /// The event's kind in the words of the standard.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Message(_) => "message",
            Self::Timer(_) => "timer",
            Self::Signal(_) => "signal",
            Self::Error(_) => "error",
            Self::Escalation(_) => "escalation",
            Self::Conditional(_) => "conditional",
            Self::Terminate { .. } => "terminate",
            Self::Cancel => "cancel",
            Self::Compensation { .. } => "compensation",
            Self::Link(_) => "link",
            Self::Broken => "unreadable",
        }
    }

    /// Does it wait for something from outside that the instance must remember?
    pub fn is_awaited(&self) -> bool {
        matches!(
            self,
            Self::Message(_) | Self::Timer(_) | Self::Signal(_) | Self::Conditional(_)
        )
    }
}

/// Which of the three timer texts a definition has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimerKind {
    /// ISO 8601 date and time.
    Date,
    /// ISO 8601 duration.
    Duration,
    /// ISO 8601 repeating interval.
    Cycle,
}

/// A timer as written: text, or an expression that gives the text.
#[derive(Clone, Debug, PartialEq)]
pub struct TimerText {
    /// Date, duration or cycle.
    pub kind: TimerKind,
    /// The text as written.
    pub text: String,
    /// The expression, where the text is one.
    pub expression: Option<Condition>,
}
