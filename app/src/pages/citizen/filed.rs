//! After filing: the number large and copyable, the code, the expected date in words.
//! Shown from a sealed cookie for half an hour, so that a reload loses nothing and no address holds the code.
//! Not here: the timeline (`progress`).

use leptos::prelude::*;
use shared::text::{Text, citizen, clock, common};
use shared::ticket::TicketNo;

use crate::api::public::{FiledView, filed};
use crate::components::icon::{Draw, Icon};
use crate::components::page::{Loaded, Page, fixed};
use crate::components::ticket::TicketNumber;
use crate::context::{say, use_locale, use_now};

/// `/filed`
#[component]
pub fn FiledPage() -> impl IntoView {
    let resource = Resource::new_blocking(|| (), |()| filed());
    let show = |filed: Option<FiledView>| match filed {
        Some(filed) => view! { <Filed filed/> }.into_any(),
        None => view! { <Gone/> }.into_any(),
    };
    view! {
        <Page title=fixed(citizen::FILED_TITLE) heading=false>
            <Loaded resource show/>
        </Page>
    }
}

#[component]
fn Filed(filed: FiledView) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let due = filed.due_at.map(|due| {
        let provisional = filed
            .provisional
            .then(|| view! { <span class="muted">{say(common::PROVISIONAL)}</span> });
        view! {
            <div>
                <dt>{say(citizen::FILED_DUE)}</dt>
                <dd><b>{clock::answer_by(due, now, locale)}</b> " " {provisional}</dd>
            </div>
        }
    });
    let number = TicketNo::parse(&filed.ticket_no);
    view! {
        <section class="card stack loose filed">
            <div class="row filed-head">
                <span class="filed-sign"><Draw icon=Icon::Tick/></span>
                <h1>{say(citizen::FILED_TITLE)}</h1>
            </div>
            <div>
                <p>{say(citizen::FILED_NEXT)}</p>
                <p>{say(citizen::FILED_SMS)}</p>
            </div>
            <dl class="filed-facts">
                <div>
                    <dt>{say(citizen::FILED_NUMBER)}</dt>
                    <dd class="row">
                        {number.map(|ticket_no| view! { <TicketNumber ticket_no large=true/> })}
                        <CopyButton what=filed.ticket_no.clone() of=citizen::FILED_NUMBER/>
                    </dd>
                </div>
                <div>
                    <dt>{say(citizen::FILED_CODE)}</dt>
                    <dd class="row">
                        <span class="query-code" translate="no">{filed.code.clone()}</span>
                        <CopyButton what=filed.code of=citizen::FILED_CODE/>
                    </dd>
                </div>
                {due}
            </dl>
            <div class="row">
                <a class="button primary" href="/track/ticket">{say(citizen::SEE_PROGRESS)}</a>
                <a class="button" href="/file">{say(citizen::FILE_ANOTHER)}</a>
            </div>
        </section>
    }
}

#[component]
fn Gone() -> impl IntoView {
    view! {
        <section class="card stack">
            <h1>{say(citizen::TRACK_TITLE)}</h1>
            <p>{say(citizen::FILED_GONE)}</p>
            <p><a class="button primary" href="/track">{say(citizen::TRACK_TITLE)}</a></p>
        </section>
    }
}

/// Copies a value; there only with script, since without it there is nothing to do but select.
#[component]
fn CopyButton(
    /// What is copied.
    what: String,
    /// Name of it, for screen readers.
    of: Text,
) -> impl IntoView {
    let locale = use_locale();
    let shown = RwSignal::new(false);
    let word = RwSignal::new(citizen::COPY);
    Effect::new(move || shown.set(true));
    let copy = move |_| {
        #[cfg(feature = "hydrate")]
        {
            let what = what.clone();
            leptos::task::spawn_local(async move {
                let copied = crate::browser::copy::copy(&what).await;
                word.set(if copied {
                    citizen::COPIED
                } else {
                    citizen::COPY_FAILED
                });
            });
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = &what;
    };
    view! {
        <button type="button" class="button" hidden=move || !shown.get() on:click=copy>
            <Draw icon=Icon::Copy/>
            <span aria-live="polite">{move || word.get().get(locale)}</span>
            <span class="visually-hidden">{say(of)}</span>
        </button>
    }
}
