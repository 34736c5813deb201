//! Records of applications (申请单): the case with everything that is open of it.
//! Not here: the head's columns (`entity::ticket::application`), what hangs on every kind of case (`host`), SQL (`applications`).
//! A change of one is saved with the change of its ticket, or alone where a job made it.

use shared::application::{ApplicationStatus, ApplicationVerb};

use super::{Application, Change, Event, Hung, Kept};

/// A line of an application's history.
pub type ApplicationEvent = Event<ApplicationVerb, ApplicationStatus>;

/// An application with everything that is open of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ApplicationCase {
    pub application: Application,
    pub hung: Hung,
}

impl ApplicationCase {
    /// A case of which nothing is open yet.
    pub fn of(application: Application) -> Self {
        Self {
            application,
            hung: Hung::default(),
        }
    }

    /// Whether it waits for a decision.
    pub const fn is_open(&self) -> bool {
        self.application.status.is_open()
    }
}

impl Kept for ApplicationCase {
    type Line = ApplicationEvent;
    type Beside = ();

    fn hung(&self) -> &Hung {
        &self.hung
    }
}

/// What a verb changes of an application.
pub type ApplicationChange = Change<ApplicationCase>;
