//! Causes become faults in one place: an incident id is made, the whole chain is logged once, and only the code leaves (I11).
//! Services work with `Failure` inside and give `Fault` outside; `Settle` is the border.
//! Not here: the codes and their sentences (`shared::fault`, `shared::text::faults`).

use shared::fault::{Code, Fault};
use store::StoreError;

use crate::context::Services;

/// What can go wrong inside a service: something to tell the caller, or a cause to log.
#[derive(Debug)]
pub enum Failure {
    /// May leave as it is.
    Fault(Fault),
    /// The store failed.
    Store(StoreError),
    /// Anything else that failed.
    Broken(anyhow::Error),
}

impl Failure {
    /// Whether the database does not answer, which passes by itself or by an administrator.
    pub(crate) fn is_outage(&self) -> bool {
        matches!(self, Self::Store(error) if outage(error).is_some())
    }

    /// Whether the database had too much to do: the same may succeed later, or in smaller portions.
    pub(crate) fn is_busy(&self) -> bool {
        matches!(self, Self::Store(StoreError::Busy(_)))
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Broken(error)
    }
}

/// Ends the inner world: causes are logged, the fault goes out.
pub trait Settle<T> {
    /// The value, or the fault that may leave the server.
    fn settle(self, services: &Services) -> Result<T, Fault>;
}

impl<T, E: Into<Failure>> Settle<T> for Result<T, E> {
    fn settle(self, services: &Services) -> Result<T, Fault> {
        self.map_err(|error| services.fault(error.into()))
    }
}

impl Services {
    /// The fault for a failure. Causes get an incident id and are logged with their whole chain, once.
    pub fn fault(&self, failure: Failure) -> Fault {
        match failure {
            Failure::Fault(fault) => fault,
            Failure::Store(StoreError::Conflict {
                current, expected, ..
            }) => version_stale(current, expected),
            Failure::Store(StoreError::Cursor) => Fault::field("cursor", Code::InputCursor),
            // What asks for a text with such a character finds nothing in any of ours; SQLite says so by itself.
            Failure::Store(StoreError::Characters(_)) => Fault::new(Code::InputCharacters),
            Failure::Store(error) => {
                if let Some(code) = outage(&error) {
                    self.outage(code, &error)
                } else {
                    let code = match &error {
                        StoreError::Damaged(_) => Code::DatabaseDamaged,
                        _ => Code::Broken,
                    };
                    self.incident(code, &anyhow::Error::new(error))
                }
            }
            Failure::Broken(error) => self.incident(Code::Broken, &error),
        }
    }

    fn incident(&self, code: Code, cause: &anyhow::Error) -> Fault {
        let incident = hex::encode(&self.new_id().as_bytes()[..]);
        tracing::error!(incident.id = %incident, fault.code = %code, cause = format!("{cause:#}"), "a call failed for a reason that the caller must not see");
        Fault {
            incident: Some(incident),
            ..Fault::new(code)
        }
    }

    /// The database does not answer: one line a minute for all calls together.
    fn outage(&self, code: Code, cause: &StoreError) -> Fault {
        let fresh = hex::encode(&self.new_id().as_bytes()[..]);
        let note = self.outages().note(code, fresh);
        if let Some(more) = note.line {
            tracing::error!(incident.id = %note.incident, fault.code = %code, %cause, since_the_last_line = more, "calls fail because of the database; the next line comes in a minute");
        }
        Fault {
            incident: Some(note.incident),
            ..Fault::new(code)
        }
    }

    /// Says once that the database works again, when nothing has failed for a while; whether it is said.
    pub(crate) fn outage_over(&self) -> bool {
        if let Some(more) = self.outages().over() {
            tracing::info!(since_the_last_line = more, "the database works again");
        }
        self.outages().is_quiet()
    }
}

/// A failure of the file system: no room, or not writable just now. Both pass by an administrator.
pub(crate) fn disk(error: std::io::Error, doing: &str) -> Failure {
    use std::io::ErrorKind;
    let words = format!("{doing}: {error}");
    Failure::Store(match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            StoreError::Full(words)
        }
        _ => StoreError::Unavailable(words),
    })
}

/// The code of an error that is the database's and passes; `None` for the others.
pub(crate) fn outage(error: &StoreError) -> Option<Code> {
    match error {
        // A key that is taken right now belongs to the same call on another connection.
        StoreError::Busy(_) | StoreError::Exists("idempotency_key") => Some(Code::Busy),
        StoreError::Full(_) => Some(Code::StorageFull),
        StoreError::Unavailable(_) => Some(Code::DatabaseAway),
        StoreError::Unknown(_) => Some(Code::OutcomeUnknown),
        _ => None,
    }
}

/// Somebody else was faster: the version now and the one that was expected.
pub fn version_stale(current: i32, expected: i32) -> Fault {
    Fault::new(Code::VersionStale)
        .fact("current", current)
        .fact("expected", expected)
}
