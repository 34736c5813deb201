//! What keeps a process from going on (障碍): a code with its facts, from where it arises to the incident that stores it.
//! Not here: the sentences in both languages (`text::obstacle`), kinds of incident (`approval::IncidentKind`).
//! Next: `engine` (a step that cannot be taken), `condition` (an expression), `time` (a time that cannot be waited for).

mod condition;
mod engine;
mod time;

use serde::{Deserialize, Serialize};

use crate::fault::{Code, Fault, FieldFault};

pub use condition::{ConditionError, Operation, There, TimeForm, ValueKind};
pub use engine::{DecisionError, Fuel, NoLoop, NoVariable, RunError};
pub use time::{CalendarError, TimerError};

/// What keeps a case where it is. Stored and sent as `{"code": …, "facts": {…}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "facts", rename_all = "snake_case")]
pub enum Obstacle {
    /// The engine cannot take the step.
    Step {
        /// Why.
        why: Box<RunError>,
    },
    /// A time that cannot be waited for.
    Time {
        /// Why.
        why: TimerError,
    },
    /// People, a unit or a deadline whose expression cannot be computed.
    Expression {
        /// Why.
        why: ConditionError,
    },
    /// The definition names nobody for a task.
    NamesNobody,
    /// Nobody has one of the names.
    NobodyCalled {
        /// The names, with commas.
        names: String,
    },
    /// Somebody is named who may not do the task.
    Barred {
        /// The sign-in name.
        name: String,
        /// Why.
        why: Barrier,
    },
    /// There is no such unit.
    NoUnit {
        /// Its code.
        unit: String,
    },
    /// Nothing is open and nothing is awaited.
    NothingOpen,
    /// Messages and signals set each other off.
    TooManyHops {
        /// How many at most.
        most: i32,
    },
    /// There is no such service.
    NoService {
        /// Its name.
        service: String,
    },
    /// A service did not answer in time.
    ServiceSilent {
        /// How long it was waited for.
        seconds: u64,
    },
    /// A service that does nothing.
    ServiceIdle,
    /// A service outside says itself what is wrong.
    ServiceSaid {
        /// Its own words.
        words: String,
    },
    /// From before obstacles had codes.
    Told {
        /// The words that were kept.
        words: String,
    },
}

impl Obstacle {
    /// What a service outside says.
    pub fn said(words: impl Into<String>) -> Self {
        Self::ServiceSaid {
            words: words.into(),
        }
    }

    /// As it is stored.
    pub fn to_json(&self) -> String {
        // Only strings, numbers and codes: this cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// As it was stored; a text that is none of ours is told as it stands.
    pub fn stored(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_else(|_| Self::Told {
            words: text.to_owned(),
        })
    }
}

impl From<RunError> for Obstacle {
    fn from(why: RunError) -> Self {
        Self::Step { why: Box::new(why) }
    }
}
impl From<TimerError> for Obstacle {
    fn from(why: TimerError) -> Self {
        Self::Time { why }
    }
}
impl From<ConditionError> for Obstacle {
    fn from(why: ConditionError) -> Self {
        Self::Expression { why }
    }
}

codes! {
    /// Why somebody cannot be given a task.
    Barrier {
        /// Filed the case.
        Filed = "filed", "filed", "发起人不能办理自己发起的办件", "nobody decides on what he filed himself";
        /// May not work on approvals.
        NoRight = "no_right", "no_right", "这个账号没有办理办件的权限", "this account may not work on approvals";
        /// Works elsewhere.
        Elsewhere = "elsewhere", "elsewhere", "这个账号属于其他地区", "this account works in another area";
    }
}

impl Barrier {
    /// The fault at the field that named somebody.
    pub fn fault(self, field: &str) -> Fault {
        Fault::fields(vec![FieldFault {
            field: field.to_owned(),
            code: Code::InputPerson,
            facts: [("reason".to_owned(), self.to_string())].into(),
        }])
    }
}
