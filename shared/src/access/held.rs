//! What keeps somebody who has signed in from working: something that the account's own rules ask first.
//! While it holds, the person has no role and reaches only the own account (`Need::Account`), or only the question itself (`Need::Begun`).
//! Not here: when it holds (`services::sessions`).

use serde::{Deserialize, Serialize};

use crate::fault::Code;

/// What has to be done first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// The password was right, and the second factor is still asked: nothing of the account is open yet.
    Factor,
    /// The password was set by somebody else, or is too old: a new one is chosen first.
    Password,
    /// The office asks for a second factor, and there is none yet.
    Enrolment,
}

impl Held {
    /// The code that says so.
    pub const fn code(self) -> Code {
        match self {
            Self::Factor => Code::FactorNeeded,
            Self::Password => Code::PasswordChange,
            Self::Enrolment => Code::EnrolmentNeeded,
        }
    }

    /// The page where it is done.
    pub const fn page(self) -> &'static str {
        match self {
            Self::Factor => "/sign-in/code",
            Self::Password => "/account/password",
            Self::Enrolment => "/account/factor",
        }
    }
}
