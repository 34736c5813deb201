//! The place: city, district, street as three lists, the address, the position.
//! With script a list appears as soon as the one before is chosen; without it a "next" button brings the next list.
//! Not here: the divisions (`services::directory`).

use leptos::prelude::*;
use shared::place::Division;
use shared::text::{Text, citizen};

use super::position::Position;
use crate::api::places::divisions;
use crate::components::form::{Field, FieldNotes, StepButton, use_form};
use crate::context::say;
use crate::error::AppError;

/// The group; also on the agent's desk, without the position.
#[component]
pub fn Place(
    /// Offers the phone's position.
    #[prop(default = true)]
    position: bool,
    /// Called in the browser with the most exact code chosen so far.
    #[prop(optional)]
    on_place: Option<Callback<String>>,
) -> impl IntoView {
    let form = use_form();
    let city = RwSignal::new(form.initial("city", None));
    let county = RwSignal::new(form.initial("county", None));
    let street = RwSignal::new(form.initial("street", None));
    #[cfg(feature = "hydrate")]
    restore([("city", city), ("county", county), ("street", street)]);
    let cities = Resource::new_blocking(|| (), |()| divisions(String::new()));
    let counties = Resource::new_blocking(move || city.get(), below);
    let streets = Resource::new_blocking(move || county.get(), below);
    // With script the lists follow by themselves.
    let live = RwSignal::new(false);
    Effect::new(move || live.set(true));
    let change_city = Callback::new(move |code: String| {
        city.set(code);
        county.set(String::new());
        street.set(String::new());
    });
    let change_county = Callback::new(move |code: String| {
        county.set(code);
        street.set(String::new());
    });
    let change_street = Callback::new(move |code: String| street.set(code));
    Effect::new(move || {
        let chosen = [street.get(), county.get(), city.get()];
        if let Some(on_place) = on_place {
            on_place.run(
                chosen
                    .into_iter()
                    .find(|code| !code.is_empty())
                    .unwrap_or_default(),
            );
        }
    });
    view! {
        <div class="place-selects grid-3">
            <DivisionList name="city" empty=citizen::CHOOSE_CITY chosen=city list=cities on_change=change_city/>
            <DivisionList name="county" empty=citizen::CHOOSE_COUNTY chosen=county list=counties on_change=change_county/>
            <DivisionList name="street" empty=citizen::CHOOSE_STREET chosen=street list=streets on_change=change_street/>
        </div>
        <div hidden=move || live.get()>
            <StepButton label=citizen::NEXT_PLACE value="place"/>
        </div>
        <Field name="address" help=citizen::ADDRESS_HELP optional=true autocomplete="street-address"/>
        {position.then(|| view! { <Position/> })}
    }
}

/// The divisions below one; nothing below nothing.
async fn below(parent: String) -> Result<Vec<Division>, AppError> {
    if parent.is_empty() {
        Ok(Vec::new())
    } else {
        divisions(parent).await
    }
}

/// One list; it says so while it is empty, since nothing has been chosen above it.
#[component]
fn DivisionList(
    name: &'static str,
    empty: Text,
    chosen: RwSignal<String>,
    list: Resource<Result<Vec<Division>, AppError>>,
    on_change: Callback<String>,
) -> impl IntoView {
    let form = use_form();
    let id = form.id(name);
    let has_error = move || form.error(name).is_some();
    let label = shared::text::fields::label(name).map_or("", say);
    let node = NodeRef::<leptos::html::Select>::new();
    #[cfg(feature = "hydrate")]
    follow(node, chosen);
    let options = move |divisions: Vec<Division>| {
        let code = chosen.get_untracked();
        let option = |division: Division| {
            let selected = division.code == code;
            view! { <option value=division.code selected=selected lang="zh-CN">{division.name}</option> }
        };
        divisions.into_iter().map(option).collect_view()
    };
    view! {
        <div class="field" class:has-error=has_error>
            <label for=id.clone()>{label}</label>
            <FieldNotes name/>
            <Transition>
                {
                    let id = id.clone();
                    move || {
                        let id = id.clone();
                        Suspend::new(async move {
                            let divisions = list.await.unwrap_or_default();
                            let nothing = divisions.is_empty();
                            view! {
                                <select
                                    node_ref=node
                                    id=id.clone()
                                    name=name
                                    disabled=nothing
                                    autocomplete="off"
                                    aria-invalid=move || has_error().then_some("true")
                                    aria-describedby=format!("{id}-error")
                                    on:change=move |event| on_change.run(event_target_value(&event))
                                >
                                    <option value="">{say(empty)}</option>
                                    {options(divisions)}
                                </select>
                            }
                        })
                    }
                }
            </Transition>
        </div>
    }
}

/// A draft's place: the lists follow the kept codes, unless the form itself came back with a place.
#[cfg(feature = "hydrate")]
fn restore(lists: [(&'static str, RwSignal<String>); 3]) {
    let kept = lists.map(|(name, list)| (super::draft::kept(name), list));
    Effect::new(move || {
        if kept[0].1.get_untracked().is_empty() {
            for (value, list) in kept.clone() {
                list.set(value.unwrap_or_default());
            }
        }
    });
}

/// Keeps signal and list alike: a choice made before hydration counts, a restored code is shown.
#[cfg(feature = "hydrate")]
fn follow(node: NodeRef<leptos::html::Select>, chosen: RwSignal<String>) {
    Effect::new(move |seen: Option<()>| {
        let Some(select) = node.get() else { return };
        let code = chosen.get();
        if seen.is_none() && code.is_empty() && !select.value().is_empty() {
            chosen.set(select.value());
        } else if select.value() != code {
            select.set_value(&code);
        }
    });
}
