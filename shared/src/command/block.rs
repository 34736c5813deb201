//! A field that holds fields of its own, such as who speaks: read as a command inside a command, each fault at its own field
//! (`citizen.phone`).
//! Not here: what such a field may hold (the command inside).
//! Read next: `sent`.

use serde::Serialize;

use super::{Command, Part, Sent, Wrong};
use crate::fault::{Check, Code};

/// A command inside a command. Nothing sent is an empty one: what must be there, the command inside says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Block<C>(pub C);

impl<C> std::ops::Deref for Block<C> {
    type Target = C;

    fn deref(&self) -> &C {
        &self.0
    }
}

impl<C: Command> Part for Block<C> {
    const IS_OPTIONAL: bool = true;
    const IS_TEXT: bool = false;

    fn of_text(_text: &str) -> Result<Self, Wrong> {
        Err(Wrong::new(Code::InputBody))
    }

    fn take(sent: &Sent, name: &str, check: &mut Check) -> Option<Self> {
        let Some(inner) = sent.inner(name) else {
            check.add(name, Code::InputBody);
            return None;
        };
        match C::read(inner) {
            Ok(command) => Some(Self(command)),
            Err(fault) => {
                for found in fault.fields {
                    check.add_below(name, found);
                }
                None
            }
        }
    }

    #[cfg(feature = "openapi")]
    fn described() -> super::Described {
        C::described()
    }
}
