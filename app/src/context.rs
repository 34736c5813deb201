//! What a page knows of its request, on both sides: `Seed` is made on the server, travels in the page and is read again by the browser.
//! The server's part of the bargain (what it provides for each request) is `Visit`, feature `ssr`.
//! Not here: cookies as text (`server/web`), forms (`forms`).

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::access::Actor;
use shared::calendar::Instant;
use shared::citizen::mandate::ActsFor;
use shared::fault::Fault;
use shared::register::TextCode;
use shared::text::{Locale, Text};
use shared::ticket::view::{OwnAskView, OwnChoiceView};

use crate::forms::FormState;

/// Facts of the request that the first render needs; the same in the browser when it hydrates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Seed {
    /// Language of the page.
    pub locale: Locale,
    /// Large-text mode.
    pub large_text: bool,
    /// The person signed in.
    pub actor: Option<Actor>,
    /// When the page was made; relative words ("today") count from it.
    pub now: Instant,
    /// Fresh per page; the forms' idempotency keys begin with it.
    pub form_key: String,
    /// A form that came back: what was typed and why it was refused.
    pub form: Option<FormState>,
    /// Why the whole request was refused before any page could run, for example a cross-site post.
    pub refusal: Option<Fault>,
    /// What the office calls itself in the page's language.
    pub office: String,
    /// What it says above the citizen's form.
    pub notice: String,
    /// What that form asks beside the rest.
    pub own: Vec<OwnAskView>,
    /// The categories that can be chosen there, since it asks more of them.
    pub matters: Vec<OwnChoiceView>,
    /// The office takes no requests on the web.
    pub is_closed: bool,
    /// A citizen has signed in by a code.
    pub citizen: Option<CitizenSeed>,
}

/// What a page knows of a citizen who has signed in: number and name only where the form begins with them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CitizenSeed {
    /// The number.
    pub phone: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The organisations for which they file.
    pub acts_for: Vec<ActsFor>,
}

impl Seed {
    /// A page nobody asked for in particular: a visitor, Chinese, at 1970.
    pub fn blank() -> Self {
        Self {
            locale: Locale::Zh,
            large_text: false,
            actor: None,
            now: Instant(0),
            form_key: String::new(),
            form: None,
            refusal: None,
            office: String::new(),
            notice: String::new(),
            own: Vec::new(),
            matters: Vec::new(),
            is_closed: false,
            citizen: None,
        }
    }
}

/// The seed of this page, read once at the root.
#[derive(Clone)]
pub struct SeedContext {
    seed: StoredValue<Seed>,
    /// Raised by the first navigation in the browser: the form that came back and the page's time are then old.
    pub left: RwSignal<bool>,
    /// A form that came back because somebody else was faster: the page is read anew and the form keeps what was typed.
    pub returned: RwSignal<Option<FormState>>,
    /// Raised by every accepted form; resources that show what forms change take it as a source.
    pub revision: RwSignal<u32>,
}

/// Reads the seed, from the request or from the page, and keeps it for the whole tree. Called once, first thing in `App`.
pub fn provide_seed() {
    let seed = SharedValue::new(seed_of_request).into_inner();
    provide_context(SeedContext {
        seed: StoredValue::new(seed),
        left: RwSignal::new(false),
        returned: RwSignal::new(None),
        revision: RwSignal::new(0),
    });
}

#[cfg(feature = "ssr")]
fn seed_of_request() -> Seed {
    use_context::<Visit>().map_or_else(Seed::blank, |visit| visit.seed())
}

#[cfg(not(feature = "ssr"))]
fn seed_of_request() -> Seed {
    Seed::blank()
}

/// The seed context; a blank one outside `App` (component tests).
pub fn use_seed() -> SeedContext {
    use_context::<SeedContext>().unwrap_or_else(|| SeedContext {
        seed: StoredValue::new(Seed::blank()),
        left: RwSignal::new(false),
        returned: RwSignal::new(None),
        revision: RwSignal::new(0),
    })
}

impl SeedContext {
    /// A look at the seed.
    pub fn with<T>(&self, look: impl FnOnce(&Seed) -> T) -> T {
        self.seed.with_value(look)
    }
}

/// The language of the page. It changes only with a new page.
pub fn use_locale() -> Locale {
    use_seed().with(|seed| seed.locale)
}

/// A text in the page's language.
pub fn say(text: Text) -> &'static str {
    text.get(use_locale())
}

/// What the office says to everybody, on pages that are only read (`routes::is_still`) and so made by the server alone.
pub fn office_says(code: TextCode) -> String {
    let locale = use_locale();
    #[cfg(feature = "ssr")]
    if let Some(visit) = use_context::<Visit>() {
        return visit.says(code);
    }
    code.shipped().get(locale).to_owned()
}

/// The person signed in.
pub fn use_actor() -> Option<Actor> {
    use_seed().with(|seed| seed.actor.clone())
}

/// Whether a citizen has signed in by a code.
pub fn has_citizen() -> bool {
    use_seed().with(|seed| seed.citizen.is_some())
}

/// When the page was made; after a navigation in the browser, the browser's clock.
pub fn use_now() -> Instant {
    let seed = use_seed();
    #[cfg(feature = "hydrate")]
    if seed.left.get_untracked() {
        return crate::browser::now();
    }
    seed.with(|seed| seed.now)
}

/// Rises with every accepted form: `Resource::new_blocking(move || revision.get(), …)` shows the new state.
pub fn use_revision() -> RwSignal<u32> {
    use_seed().revision
}

#[cfg(feature = "ssr")]
pub use server::{CookieWriter, Filed, Look, Visit, provide_visit, use_ctx, use_visit};

#[cfg(feature = "ssr")]
mod server {
    use std::sync::{Arc, Weak};

    use leptos::prelude::{provide_context, use_context};
    use services::Ctx;
    use shared::calendar::Instant;
    use shared::fault::{Code, Fault};
    use shared::ids::TicketId;
    use shared::register::TextCode;
    use shared::ticket::command::Lookup;
    use shared::ticket::view::{OwnAskView, OwnChoiceView};

    use super::{CitizenSeed, Seed};
    use crate::error::AppError;
    use crate::forms::{FormState, Keep};

    /// Turns what a form wants to be remembered into `Set-Cookie` values (`__Host-`, HttpOnly, SameSite=Lax; signed where it says so).
    pub trait CookieWriter: Send + Sync {
        /// One header value per cookie.
        fn set_cookie(&self, keep: &Keep) -> Vec<String>;
    }

    /// A complaint that was just filed, from a signed cookie of 30 minutes, so that `/filed` can be read again after a reload.
    #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
    pub struct Filed {
        /// The ticket number.
        pub ticket_no: String,
        /// The query code.
        pub code: String,
        /// When an answer is due.
        pub due_at: Option<Instant>,
        /// The date may still move, since a year's holidays are not announced.
        pub provisional: bool,
    }

    /// A look at one citizen in the clear, from a sealed cookie: every page that shows it asks the service again, and is audited again.
    #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
    pub struct Look {
        /// Whose.
        pub ticket: TicketId,
        /// Why; goes to the audit.
        pub reason: String,
        /// When it ends.
        pub until: Instant,
    }

    /// What the server knows of one request. It calls `provide_visit` in the context closure of pages, of posted
    /// pages and of server functions alike.
    #[derive(Clone)]
    pub struct Visit {
        /// Services, actor, language, address.
        pub ctx: Ctx,
        /// The path that was asked for, without query.
        pub path: String,
        /// Large-text mode, from its cookie (`Keep::LargeText`).
        pub large_text: bool,
        /// Fresh random text of 16 to 40 letters and digits; idempotency keys of this page begin with it.
        pub form_key: String,
        /// The ticket that this browser follows, from the signed cookie of `Keep::Track`.
        pub track: Option<Lookup>,
        /// What was just filed, from the signed cookie of `Keep::Filed`.
        pub filed: Option<Filed>,
        /// The look at a citizen that was just asked for.
        pub reveal: Option<Look>,
        /// A posted form that was refused, or that goes on to its next step: the page is rendered with it.
        pub form: Option<FormState>,
        /// The request was refused before a page could run: the page shows this instead of its content.
        pub refusal: Option<Fault>,
        /// Makes the cookies that forms ask for.
        pub cookies: Arc<dyn CookieWriter>,
        /// Held by every server function of the page while it runs; whoever renders the page sees whether one still does.
        pub running: Weak<()>,
    }

    impl Visit {
        /// The part that travels in the page.
        pub(super) fn seed(&self) -> Seed {
            Seed {
                locale: self.ctx.locale,
                large_text: self.large_text,
                actor: self
                    .ctx
                    .actor
                    .user()
                    .is_some()
                    .then(|| self.ctx.actor.clone()),
                now: self.ctx.now(),
                form_key: self.form_key.clone(),
                form: self.form.clone(),
                refusal: self.refusal.clone(),
                office: self.says(TextCode::OfficeName),
                notice: self.says(TextCode::FormNotice),
                own: self.asks(),
                matters: self.matters(),
                is_closed: self.is_closed(),
                citizen: self.citizen(),
            }
        }

        /// The citizen who has signed in; what the form begins with where the form is.
        fn citizen(&self) -> Option<CitizenSeed> {
            let known = self.ctx.citizen.as_ref()?;
            let account = &known.account;
            if self.path != "/file" {
                return Some(CitizenSeed::default());
            }
            Some(CitizenSeed {
                phone: Some(account.phone.clone()),
                name: account.name.clone(),
                acts_for: known.acts_for.clone(),
            })
        }

        /// Whether the office takes no requests on the web.
        fn is_closed(&self) -> bool {
            let reference = self.ctx.services.reference_at_hand();
            let web = shared::ticket::Channel::Web;
            reference.is_some_and(|it| !it.web_filing || !it.lists.channel("", web).is_on)
        }

        /// What the citizen's form asks beside the rest.
        fn asks(&self) -> Vec<OwnAskView> {
            if self.path != "/file" {
                return Vec::new();
            }
            let reference = self.ctx.services.reference_at_hand();
            reference.map_or_else(Vec::new, |it| services::directory::citizen_fields(&it))
        }

        /// The categories of which it asks more.
        fn matters(&self) -> Vec<OwnChoiceView> {
            if self.path != "/file" {
                return Vec::new();
            }
            let reference = self.ctx.services.reference_at_hand();
            reference.map_or_else(Vec::new, |it| services::directory::citizen_matters(&it))
        }

        /// What the office says to everybody, in the page's language.
        pub fn says(&self, code: TextCode) -> String {
            let locale = self.ctx.locale;
            let reference = self.ctx.services.reference_at_hand();
            reference.map_or_else(
                || code.shipped().get(locale).to_owned(),
                |reference| reference.lists.said(code, "", locale).to_owned(),
            )
        }
    }

    /// Gives the request to the pages and server functions that answer it.
    pub fn provide_visit(visit: Visit) {
        provide_context(visit.ctx.clone());
        provide_context(visit);
    }

    /// The caller of this server function.
    pub fn use_ctx() -> Result<Ctx, AppError> {
        let mut ctx = use_context::<Ctx>().ok_or_else(|| AppError(Fault::new(Code::Broken)))?;
        ctx.running = use_context::<Visit>().and_then(|visit| visit.running.upgrade());
        Ok(ctx)
    }

    /// The request of this server function.
    pub fn use_visit() -> Result<Visit, AppError> {
        use_context::<Visit>().ok_or_else(|| AppError(Fault::new(Code::Broken)))
    }
}
