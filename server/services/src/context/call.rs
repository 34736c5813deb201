//! Who calls, through which session, in which language, from where: what a service call is given beside the services.
//! Not here: the services of the process (the module above), signing in (`sessions`).
//! Rows of the audit are begun here, so that each says where its act came from.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use shared::access::{Actor, Who};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::SessionId;
use shared::text::Locale;
use store::record::AuditEntry;

use super::Services;
use crate::wanted::Wanted;

/// Who calls, through which session, in which language, from where.
#[derive(Clone)]
pub struct Ctx {
    /// The services of the process.
    pub services: Services,
    /// Who acts.
    pub actor: Actor,
    /// The session, for signed-in people.
    pub session: Option<SessionId>,
    /// Who a citizen is that has signed in by a code (`Actor::citizen` is the same account).
    pub citizen: Option<Arc<crate::citizens::Known>>,
    /// The request that this call belongs to: its number stands in the answer, in the log and in the audit.
    pub request: Option<String>,
    /// The job that makes this call, also where it acts for somebody.
    pub job: Option<String>,
    /// Language of texts in the answer.
    pub locale: Locale,
    /// The caller's address, for the audit and rate limits.
    pub ip: Option<String>,
    /// What the caller's browser or program says of itself; shown in the list of sessions.
    pub agent: Option<String>,
    /// The secret that the caller's browser keeps in a cookie; a program has none.
    pub device: Option<String>,
    /// The browser did not bring the secret: it gets it with the answer to this call.
    pub new_device: bool,
    /// Made by the client; a repeated call with the same key gets the same answer.
    pub idempotency_key: Option<String>,
    /// When what is said was done in the world, where it is entered later than that (`host::entered`); not the time of the call.
    pub done_at: Option<Instant>,
    /// Whether a refusal of this request stands in the audit already; clones share it.
    pub refusals: Refusals,
    /// Whether the request still waits for its answer.
    pub wanted: Wanted,
    /// Held while a call of a page is under way, so that nobody takes a slow page for a stuck one.
    pub running: Option<Arc<()>>,
}

/// Lets one refusal of a request into the audit.
#[derive(Clone, Default)]
pub struct Refusals(Arc<AtomicBool>);

impl Ctx {
    /// A call by a visitor of the public pages.
    pub fn visitor(services: &Services) -> Self {
        Self::of(services, Actor::visitor())
    }

    /// A call by the installation itself, at the word of whoever keeps the machine.
    pub fn system(services: &Services) -> Self {
        Self::of(services, Actor::system())
    }

    /// What a job of the house does.
    pub fn job(services: &Services, name: &str) -> Self {
        Self {
            job: Some(name.to_owned()),
            ..Self::of(services, Actor::job(name))
        }
    }

    /// What the process of a case does by itself.
    pub fn process(services: &Services) -> Self {
        Self::of(services, Actor::process())
    }

    /// A call by somebody, without session, address and idempotency key.
    pub fn of(services: &Services, actor: Actor) -> Self {
        Self {
            services: services.clone(),
            actor,
            session: None,
            citizen: None,
            request: None,
            job: None,
            locale: Locale::Zh,
            ip: None,
            agent: None,
            device: None,
            new_device: false,
            idempotency_key: None,
            done_at: None,
            refusals: Refusals::default(),
            wanted: Wanted::default(),
            running: None,
        }
    }

    /// The present.
    pub fn now(&self) -> Instant {
        self.services.now()
    }

    /// What stands for the caller's device in the database; the secret itself stands nowhere.
    pub(crate) fn device_mac(&self) -> Option<Vec<u8>> {
        self.device
            .as_deref()
            .map(|device| self.services.keys().mac("device", device))
    }

    /// The caller's address as households have them: one of IPv4, the /64 of IPv6; empty where none is known.
    pub(crate) fn household(&self) -> String {
        crate::watch::household(self.ip.as_deref().unwrap_or_default())
    }

    /// True for the first refusal of this request.
    pub(crate) fn is_first_refusal(&self) -> bool {
        !self.refusals.0.swap(true, Ordering::Relaxed)
    }

    /// The name of the actor as it stands in the audit: the sign-in name of a person, `visitor`, `partner:<code>`, `job:<name>`, `process` or
    /// `system`. A sign-in name has no colon.
    pub fn actor_name(&self) -> Cow<'_, str> {
        let who = &self.actor.who;
        match who {
            Who::Person(_) => Cow::Borrowed(&self.actor.username),
            Who::Citizen => Cow::Borrowed("visitor"),
            Who::Partner { .. } | Who::Job(_) => {
                Cow::Owned(format!("{}:{}", who.kind(), who.code().unwrap_or_default()))
            }
            Who::Process | Who::System => Cow::Borrowed(who.kind().as_str()),
        }
    }

    /// The refusal of somebody without the right: where nobody is signed in, signing in may help.
    pub fn denied(&self) -> Fault {
        if self.actor.user().is_none() {
            Fault::new(Code::SignedOut)
        } else {
            Fault::denied()
        }
    }

    /// An audit row of the present about an object such as `ticket:<uuid>`; `outcome` is `ok` or a fault's code.
    pub fn audit(&self, action: &str, object: impl Into<String>, outcome: &str) -> AuditEntry {
        let at = self.now();
        AuditEntry {
            id: self.services.ids().new_id(at),
            at,
            actor: self.actor.user(),
            actor_name: self.actor_name().into_owned(),
            action: action.to_owned(),
            object: object.into(),
            outcome: outcome.to_owned(),
            ip: self.ip.clone(),
            facts: self.origin(),
            erasable: std::collections::BTreeMap::new(),
        }
    }

    /// Where an act comes from, as facts of its row: request, session and job. The address stands beside them, since it may have to be erased.
    fn origin(&self) -> std::collections::BTreeMap<String, String> {
        let session = self.session.map(|session| session.to_string());
        let facts = [
            (store::audit::REQUEST, self.request.clone()),
            (store::audit::SESSION, session),
            (store::audit::JOB, self.job.clone()),
        ];
        let facts = facts.into_iter();
        facts
            .filter_map(|(name, value)| Some((name.to_owned(), value?)))
            .collect()
    }
}
