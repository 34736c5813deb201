//! The start page: three large choices, the emergency numbers, this month's open figures. No news, nothing that moves.
//! Not here: how the figures are counted (`shared::measure`, `services::public`).
//! A failure of the figures leaves the rest of the page as it is.

use leptos::prelude::*;
use shared::measure::Rate;
use shared::register::TextCode;
use shared::text::{Text, citizen, clock, common};

use crate::api::public::{Figures, open_figures};
use crate::components::icon::{Draw, Icon};
use crate::components::page::{Page, fixed};
use crate::context::{office_says, say, use_actor, use_locale};

/// `/`
#[component]
pub fn HomePage() -> impl IntoView {
    // Whoever is signed in for work has no requests by a telephone number.
    let mine = use_actor().is_none().then(|| {
        view! { <p><a href="/me" rel="external">{say(citizen::account::ALL_OF_NUMBER)}</a></p> }
    });
    view! {
        <Page title=fixed(common::PRODUCT) width="home" heading=false>
            <div class="hero">
                <h1>{say(common::PRODUCT)}</h1>
                <p class="prose">{office_says(TextCode::HomeLine)}</p>
            </div>
            <nav class="doors" aria-label=say(common::PRODUCT)>
                <Door href="/file" icon=Icon::Write title=citizen::FILE_DOOR help=citizen::FILE_DOOR_HELP primary=true/>
                <Door href="/track" icon=Icon::Search title=citizen::TRACK_DOOR help=citizen::TRACK_DOOR_HELP/>
                <Door href="/questions" icon=Icon::Question title=citizen::QUESTIONS_DOOR help=citizen::QUESTIONS_DOOR_HELP still=true/>
            </nav>
            {mine}
            <p class="danger-line">
                <span>{say(citizen::DANGER)}</span>
                <a href="tel:110">{say(citizen::POLICE)}</a>
                <a href="tel:119">{say(citizen::FIRE)}</a>
                <a href="tel:120">{say(citizen::AMBULANCE)}</a>
            </p>
            <p class="muted office-words"><span>{office_says(TextCode::OpeningHours)}</span> " " <span>{office_says(TextCode::Contact)}</span></p>
            <OpenFigures/>
        </Page>
    }
}

#[component]
fn Door(
    href: &'static str,
    icon: Icon,
    title: Text,
    help: Text,
    #[prop(optional)] primary: bool,
    /// Leads to a page without browser code, which the browser loads by itself.
    #[prop(optional)]
    still: bool,
) -> impl IntoView {
    view! {
        <a class="door" class:primary=primary href=href rel=still.then_some("external")>
            <Draw icon/>
            <span>
                <b>{say(title)}</b>
                <small>{say(help)}</small>
            </span>
        </a>
    }
}

#[component]
fn OpenFigures() -> impl IntoView {
    let resource = Resource::new_blocking(|| (), |()| open_figures());
    view! {
        <Transition>
            {move || Suspend::new(async move { resource.await.ok().map(|figures| view! { <FigureRow figures/> }) })}
        </Transition>
    }
}

#[component]
fn FigureRow(figures: Figures) -> impl IntoView {
    let locale = use_locale();
    let rates = [
        (citizen::FIGURES_ANSWERED, figures.answered_in_time),
        (citizen::FIGURES_SOLVED, figures.solved),
        (citizen::FIGURES_SATISFIED, figures.satisfied),
    ];
    let nothing = rates.iter().all(|(_, rate)| rate.denominator == 0);
    let heading = citizen::figures_of(&clock::month(&figures.month, locale), locale);
    let content = if nothing {
        view! { <p class="muted">{say(citizen::FIGURES_NONE)}</p> }.into_any()
    } else {
        view! { <dl class="figures">{rates.into_iter().map(|(name, rate)| view! { <Figure name rate/> }).collect_view()}</dl> }.into_any()
    };
    view! {
        <section class="open-figures" aria-labelledby="figures">
            <h2 id="figures" class="section-title">{heading}</h2>
            {content}
        </section>
    }
}

#[component]
fn Figure(name: Text, rate: Rate) -> impl IntoView {
    let locale = use_locale();
    let counted = (rate.denominator > 0).then(|| citizen::counted(rate, locale));
    view! {
        <div class="figure">
            <dt>{say(name)}</dt>
            <dd>
                <b class="num">{rate.percent()}</b>
                {counted.map(|counted| view! { <small class="muted num">{counted}</small> })}
            </dd>
        </div>
    }
}
