//! Before it is sent: open requests of others that may be about the same, one of which the citizen can join (我也遇到).
//! With script they appear when place and words are known and change; without it a button brings them.
//! Not here: which are shown, and what of them (`services::tickets::me_too`).

use leptos::prelude::*;
use shared::text::{Locale, together};
use shared::ticket::together::{AlikeQuery, AlikeView};

use super::{Section, name_of};
use crate::api::public::read_alike;
use crate::components::form::{FieldNotes, StepButton, use_form};
use crate::components::page::Loaded;
use crate::components::ticket::{StateBadge, When};
use crate::context::{say, use_locale};

/// Words are looked for from so many characters on.
const WORDS: usize = 10;

/// What the fields around say, for whoever looks for the same. What changes inside is noticed as it bubbles up.
#[component]
pub(super) fn Noticed(children: Children) -> impl IntoView {
    let form = use_form();
    let first = |name: &str| form.initial(name, None);
    let asked = RwSignal::new(AlikeQuery {
        county: first("county"),
        street: first("street"),
        category: first("category"),
        content: first("content"),
        kind: first("kind"),
        identity: first("identity"),
    });
    let notice = move |event: leptos::ev::Event| {
        let value = event_target_value(&event);
        match name_of(&event).as_str() {
            "city" => asked.update(|it| {
                it.county.clear();
                it.street.clear();
            }),
            "county" => asked.update(|it| {
                it.county = value;
                it.street.clear();
            }),
            "street" => asked.update(|it| it.street = value),
            "category" => asked.update(|it| it.category = value),
            "content" => asked.update(|it| it.content = value),
            "kind" => asked.update(|it| it.kind = value),
            "identity" => asked.update(|it| it.identity = value),
            _ => {}
        }
    };
    provide_context(asked);
    view! { <div class="stack" on:change=notice>{children()}</div> }
}

/// What looks alike; nothing while nothing does.
#[component]
pub(super) fn Alike() -> impl IntoView {
    let asked = use_context::<RwSignal<AlikeQuery>>()
        .unwrap_or_else(|| RwSignal::new(AlikeQuery::default()));
    let live = RwSignal::new(false);
    Effect::new(move || live.set(true));
    let resource = Resource::new_blocking(
        move || asked.get(),
        |asked| async move {
            let is_told = asked.content.chars().count() >= WORDS;
            if is_told && !asked.county.is_empty() {
                read_alike(asked).await
            } else {
                Ok(Vec::new())
            }
        },
    );
    let show = |found: Vec<AlikeView>| (!found.is_empty()).then(|| view! { <Found found/> });
    view! {
        <div hidden=move || live.get()>
            <StepButton label=together::CITIZEN_ALIKE_FIND value="alike"/>
        </div>
        <FieldNotes name="joins"/>
        <div aria-live="polite"><Loaded resource show/></div>
    }
}

#[component]
fn Found(found: Vec<AlikeView>) -> impl IntoView {
    let (form, locale) = (use_form(), use_locale());
    let chosen = form.initial("joins", None);
    let none = format!("{}-none", form.id("joins"));
    let is_none = found.iter().all(|it| it.token != chosen);
    let tile = |alike: AlikeView| {
        let id = format!("{}-{}", form.id("joins"), alike.token);
        let checked = alike.token == chosen;
        let matter = match locale {
            Locale::Zh => alike.matter_zh,
            Locale::En => alike.matter_en,
        };
        let matter = (!matter.is_empty()).then(|| view! { <b>{matter}</b> " · " });
        view! {
            <li class="stack tight">
                <div class="row between">
                    <span>{matter} <span lang="zh-CN">{alike.place}</span> " · " <When at=alike.accepted_at/></span>
                    <StateBadge state=alike.state/>
                </div>
                <label class="choice slim" for=id.clone()>
                    <input type="radio" id=id.clone() name="joins" value=alike.token checked=checked/>
                    <span>{say(together::CITIZEN_JOIN)}</span>
                </label>
            </li>
        }
    };
    let tiles = found.into_iter().map(tile).collect_view();
    view! {
        <Section title=together::CITIZEN_ALIKE>
            <p>{say(together::CITIZEN_ALIKE_HELP)}</p>
            <ul class="plain stack tight">{tiles}</ul>
            <label class="choice slim" for=none.clone()>
                <input type="radio" id=none.clone() name="joins" value="" checked=is_none/>
                <span>{say(together::CITIZEN_JOIN_NONE)}</span>
            </label>
        </Section>
    }
}
