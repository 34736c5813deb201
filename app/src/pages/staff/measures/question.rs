//! The question of a page of figures: a plain GET form, and the measures to choose in it.
//! Not here: what else each page asks.

use leptos::prelude::*;
use shared::measure::{Measure, UnitsOf};
use shared::text::{measure as words, staff};

use crate::context::{say, use_locale};

/// The form; with script it goes on without a new page.
#[component]
pub(super) fn Question(
    /// The page's own address.
    path: &'static str,
    /// Its fields.
    children: Children,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    let on_submit = crate::browser::query::interceptor(path);
    #[cfg(not(feature = "hydrate"))]
    let on_submit = |_: leptos::ev::SubmitEvent| {};
    view! {
        <form method="get" action=path class="stack no-print" aria-label=say(staff::FILTERS) on:submit=on_submit>
            {children()}
        </form>
    }
}

/// Under which units the tickets of units that ended stand.
#[component]
pub(in crate::pages::staff) fn UnitsField(
    /// That which is chosen.
    chosen: UnitsOf,
) -> impl IntoView {
    let locale = use_locale();
    let options = UnitsOf::ALL
        .iter()
        .copied()
        .map(|units| {
            let selected = units == chosen;
            view! { <option value=units.as_str() selected=selected>{units.label(locale)}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for="units">{say(words::UNITS)}</label>
            <select id="units" name="units" autocomplete="off">{options}</select>
        </div>
    }
}

/// The measures to choose: a fold that names those that are chosen, since there are many.
#[component]
pub(super) fn Boxes(
    /// Those that are chosen.
    chosen: Vec<Measure>,
) -> impl IntoView {
    let locale = use_locale();
    let boxes = Measure::ALL
        .iter()
        .copied()
        .map(|measure| {
            let id = format!("show-{measure}");
            let checked = chosen.contains(&measure);
            view! {
                <label class="choice" for=id.clone()>
                    <input type="checkbox" id=id.clone() name="show" value=measure.as_str() checked=checked autocomplete="off"/>
                    <span>{measure.label(locale)}</span>
                </label>
            }
        })
        .collect_view();
    let named: Vec<&str> = chosen.iter().map(|it| it.label(locale)).collect();
    let named = named.join(words::between(locale));
    view! {
        <details class="fold measures" open=chosen.is_empty()>
            <summary><span><b>{say(words::MEASURES)}</b> " " {named}</span></summary>
            <fieldset class="choices inline">
                <legend>{say(words::MEASURES)} " (" {say(words::MOST_MEASURES)} ")"</legend>
                {boxes}
            </fieldset>
        </details>
    }
}
