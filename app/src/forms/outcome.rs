//! How a posted form ends: sent elsewhere, or back to its page.
//! Cookies are wishes here (`Keep`); the server writes them (`context::CookieWriter`).
//! Read next: `registry`.

use shared::fault::Fault;
use shared::text::Locale;
use shared::ticket::command::Lookup;

use crate::context::{Filed, Look};

/// What a form wants this browser to remember. The server turns each into one or more cookies.
#[derive(Clone)]
pub enum Keep {
    /// `__Host-lang`, one year: the language of the pages.
    Language(Locale),
    /// `__Host-text`, one year: large text on, or off (delete).
    LargeText(bool),
    /// `__Host-track`, 30 minutes, sealed: the ticket that this browser follows; `None` deletes it.
    Track(Option<Lookup>),
    /// `__Host-filed`, 30 minutes, sealed: what was just filed.
    Filed(Filed),
    /// `__Host-reveal`, sealed: this browser may look at one citizen in the clear for some minutes.
    Reveal(Look),
    /// Access and refresh cookies of a new session.
    SignIn(Box<services::sessions::SignedIn>),
    /// Deletes the session's cookies and every sealed one.
    SignOut,
    /// `__Host-citizen`: the session of a citizen who has signed in by a code.
    Citizen(services::citizens::SignedIn),
    /// Deletes it, and what this browser follows.
    CitizenOut,
}

/// Success: 303 to a path inside this site.
#[derive(Clone)]
pub struct Redirect {
    /// Path and query.
    pub to: String,
    /// Cookies to set.
    pub keep: Vec<Keep>,
    /// What the person may do has changed, which the whole page shows.
    pub is_anew: bool,
}

impl Redirect {
    /// To a path, nothing to remember.
    pub fn to(path: impl Into<String>) -> Self {
        Self {
            to: path.into(),
            keep: Vec::new(),
            is_anew: false,
        }
    }

    /// Loads the page that comes as a whole.
    #[must_use]
    pub fn anew(mut self) -> Self {
        self.is_anew = true;
        self
    }

    /// Remembers something as well.
    #[must_use]
    pub fn keep(mut self, keep: Keep) -> Self {
        self.keep.push(keep);
        self
    }

    /// Whether somebody leaves this browser, so that nothing of theirs may stay in it.
    pub fn clears_site(&self) -> bool {
        self.keep
            .iter()
            .any(|keep| matches!(keep, Keep::SignOut | Keep::CitizenOut))
    }

    /// Whether the header of the page or its language changes, so that a hydrated page must load anew.
    pub fn whole_page(&self) -> bool {
        let renews = self.keep.iter().any(|keep| {
            matches!(
                keep,
                Keep::Language(_)
                    | Keep::LargeText(_)
                    | Keep::SignIn(_)
                    | Keep::SignOut
                    | Keep::Citizen(_)
                    | Keep::CitizenOut
            )
        });
        self.is_anew || renews
    }
}

/// Header and value that make a browser forget what this site has kept in it: drafts, and pages to go back to.
pub const CLEAR_SITE: (&str, &str) = ("clear-site-data", "\"cache\", \"storage\"");

/// Why a handler did not accept a form.
#[derive(Debug)]
pub enum Refusal {
    /// Refused; the page comes back with what was typed.
    Fault(Fault),
    /// Not sent yet: the page comes back with these fields (a step such as "next" in the choice of a place).
    Again(Vec<(String, String)>),
    /// Refused, and the fields changed on the way (photos were stored under a draft).
    FaultWith(Fault, Vec<(String, String)>),
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// The form goes back to its page.
#[derive(Debug, Clone)]
pub struct FormFault {
    /// Why; nothing for a step.
    pub fault: Option<Fault>,
    /// What the fields hold now.
    pub fields: Vec<(String, String)>,
}

impl FormFault {
    /// Status of the page: 200 for a step, else the fault's.
    pub fn status(&self) -> u16 {
        self.fault.as_ref().map_or(200, Fault::status)
    }
}
