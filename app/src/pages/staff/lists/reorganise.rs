//! Merging and dividing units: which end, which follow, what it moves, and the button that writes the drafts.
//! Not here: the rules (`services::register::reorganise`), publishing the drafts (`preview`).
//! Choosing is a question in the address; each row of the duty list is given in the form below it.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;
use shared::query::encoded;
use shared::register::{DutyMove, EndingUnit, ListCode, ReorganiseView};
use shared::text::register::reorganise as words;
use shared::text::staff;
use shared::ticket::view::Named;

use super::path_of;
use crate::api::lists::{Reorganisation, read_reorganise};
use crate::components::empty::Empty;
use crate::components::fault::FaultCard;
use crate::components::form::{FieldNames, Form, Hidden, SubmitButton, use_form};
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale, use_seed};

/// `/office/units/:area/reorganise`
#[component]
pub fn ReorganisePage() -> impl IntoView {
    view! {
        <StaffPage path="/office/units/:area/reorganise" title=fixed(words::TITLE) heading=false>
            <Content/>
        </StaffPage>
    }
}

/// What was chosen, from a form that came back without script.
fn returned() -> Option<String> {
    use_seed().with(|seed| {
        let form = seed.form.as_ref()?;
        let named = form.fields.iter();
        let named = named.filter(|(name, _)| matches!(name.as_str(), "ends" | "into" | "from"));
        let pairs: Vec<String> = named
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("&"))
    })
}

#[component]
fn Content() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let returned = returned();
    let address = move || {
        let area = params.with(|params| params.get("area").unwrap_or_default());
        let asked = query.with(ParamsMap::to_query_string);
        let asked = asked.trim_start_matches('?');
        let asked = if asked.is_empty() {
            returned.as_deref().unwrap_or_default()
        } else {
            asked
        };
        format!("area={area}&{asked}")
    };
    let resource = of_address(address, read_reorganise);
    // A function is built anew each time, so that no form keeps what was typed for other units.
    let show = |found: Reorganisation| move || view! { <Whole found=found.clone()/> };
    view! { <Loaded resource show/> }
}

#[component]
fn Whole(found: Reorganisation) -> impl IntoView {
    let locale = use_locale();
    let name =
        |name: &str, text: shared::text::Text| (name.to_owned(), text.get(locale).to_owned());
    provide_context(FieldNames(vec![
        name("ends", words::ENDS),
        name("into", words::INTO),
        name("given", words::DUTIES),
        name("from", words::FROM),
    ]));
    let Reorganisation { view, fault } = found;
    let list = path_of(ListCode::Units, &view.area);
    let area = if view.area.code.is_empty() {
        "base".to_owned()
    } else {
        view.area.code.clone()
    };
    let here = format!("/office/units/{area}/reorganise");
    let is_chosen = !view.ends.is_empty() && !view.into.is_empty();
    if view.choices.is_empty() && fault.is_none() {
        return view! {
            <article class="stack">
                <header class="stack tight"><h1>{say(words::TITLE)}</h1></header>
                <section class="card">
                    <Empty title=words::NO_UNITS reason=words::NO_UNITS_WHY>
                        <a class="button" href=list>{ListCode::Units.label(locale)}</a>
                    </Empty>
                </section>
            </article>
        }
        .into_any();
    }
    let moves = is_chosen.then(|| view! { <Moves view=view.clone() here=here.clone()/> });
    view! {
        <article class="stack">
            <header class="stack tight">
                <p>
                    <a href="/office/lists">{say(staff::LISTS)}</a> " · "
                    <a href=list>{ListCode::Units.label(locale)} " · " <span lang="zh-CN">{view.area.name.clone()}</span></a>
                </p>
                <h1>{say(words::TITLE)}</h1>
                <p class="help">{say(words::HELP)}</p>
            </header>
            {fault.map(|fault| view! { <FaultCard fault/> })}
            <Choose view here/>
            {moves}
        </article>
    }
    .into_any()
}

/// The units in use, to be chosen as those that end and those that follow.
#[component]
fn Choose(view: ReorganiseView, here: String) -> impl IntoView {
    let ends: Vec<String> = view.ends.iter().map(|it| it.unit.code.clone()).collect();
    let into: Vec<String> = view.into.iter().map(|it| it.code.clone()).collect();
    let options = |chosen: &[String]| {
        let option = |unit: &Named| {
            let selected = chosen.contains(&unit.code);
            let label = format!("{} {}", unit.name, unit.code);
            view! { <option value=unit.code.clone() selected=selected lang="zh-CN">{label}</option> }
        };
        view.choices.iter().map(option).collect_view()
    };
    let from = view.from.clone().unwrap_or_default();
    view! {
        <section class="card">
            <form method="get" action=here class="stack">
                <div class="field">
                    <label for="ends">{say(words::ENDS)}</label>
                    <p class="help">{say(words::MULTIPLE)}</p>
                    <select id="ends" name="ends" multiple=true size="10">{options(&ends)}</select>
                </div>
                <div class="field">
                    <label for="into">{say(words::INTO)}</label>
                    <p class="help">{say(words::FIRST)}</p>
                    <select id="into" name="into" multiple=true size="10">{options(&into)}</select>
                </div>
                <div class="field">
                    <label for="from">{say(words::FROM)}</label>
                    <input type="date" id="from" name="from" value=from autocomplete="off"/>
                </div>
                <div><button class="button primary">{say(words::LOOK)}</button></div>
            </form>
        </section>
    }
}

/// What the act moves, and the form that writes it.
#[component]
fn Moves(view: ReorganiseView, here: String) -> impl IntoView {
    let locale = use_locale();
    let successor = view.into.first().map(|unit| unit.name.clone());
    let lines = view.ends.iter().cloned();
    let lines = lines.map(|unit| view! { <Ends unit/> }).collect_view();
    let others = (view.elsewhere > 0)
        .then(|| view! { <p class="note warn">{words::elsewhere(view.elsewhere, locale)}</p> });
    let (below, earlier) = (view.below.clone(), view.earlier.clone());
    view! {
        <section class="card stack tight" aria-labelledby="moves">
            <h2 class="section-title" id="moves">{say(words::MOVES)}</h2>
            <p>{say(words::SUCCESSOR)} " " <b lang="zh-CN">{successor}</b></p>
            <ul class="stack tight plain">{lines}</ul>
            <Units title=words::BELOW units=below/>
            <Units title=words::EARLIER units=earlier/>
            {others}
            <p class="muted">{say(words::LIMITS)}</p>
            <Form action=here prefix="reorganise-" class="stack" label=say(words::TITLE)>
                <Kept view=view.clone()/>
                <Duties view/>
                <div><SubmitButton label=words::WRITE/></div>
            </Form>
        </section>
    }
}

/// A unit that ends, with what it still has.
#[component]
fn Ends(unit: EndingUnit) -> impl IntoView {
    let fact = |name: shared::text::Text, count: i64| {
        view! { <div><dt>{say(name)}</dt><dd class="num">{staff::grouped(count)}</dd></div> }
    };
    view! {
        <li>
            <b lang="zh-CN">{unit.unit.name}</b> " " <code translate="no">{unit.unit.code}</code>
            <dl class="facts compact">
                {fact(words::OPEN, unit.open)}
                {fact(words::PEOPLE, unit.people)}
                {fact(words::DUTIES, unit.duties)}
                {fact(words::HOURS, unit.hours)}
            </dl>
        </li>
    }
}

/// Names of units under a head; nothing without any.
#[component]
fn Units(title: shared::text::Text, units: Vec<Named>) -> impl IntoView {
    (!units.is_empty()).then(|| {
        let names: Vec<String> = units.into_iter().map(|unit| unit.name).collect();
        view! { <p>{say(title)} " " <span lang="zh-CN">{names.join("、")}</span></p> }
    })
}

/// What was chosen, as hidden fields.
#[component]
fn Kept(view: ReorganiseView) -> impl IntoView {
    let hidden = |name: &'static str, value: String| {
        view! { <Hidden name value=Signal::stored(value)/> }
    };
    let ends = view
        .ends
        .iter()
        .map(|it| hidden("ends", it.unit.code.clone()));
    let into = view.into.iter().map(|it| hidden("into", it.code.clone()));
    let (ends, into) = (ends.collect_view(), into.collect_view());
    let version = hidden("version", view.version.to_string());
    let from = view.from.clone().map(|from| hidden("from", from));
    view! { {version} {ends} {into} {from} }
}

/// Rows of the duty list, each with who gets it; with one successor there is nothing to choose.
#[component]
fn Duties(view: ReorganiseView) -> impl IntoView {
    if view.duties.is_empty() {
        return ().into_any();
    }
    let locale = use_locale();
    let shown = view.duties.len();
    let more = usize::try_from(view.all_duties).is_ok_and(|all| all > shown);
    let more =
        more.then(|| view! { <p class="muted">{words::more(shown, view.all_duties, locale)}</p> });
    let into = view.into.clone();
    let lines = view
        .duties
        .into_iter()
        .map(|duty| view! { <Duty duty into=into.clone()/> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::DUTIES)>
            <table class="table cards rows">
                <caption>{say(words::DUTIES)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{say(words::CATEGORY)}</th>
                        <th scope="col">{say(words::PLACE)}</th>
                        <th scope="col">{say(words::UNIT)}</th>
                        <th scope="col">{say(words::TO)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        {more}
    }
    .into_any()
}

#[component]
fn Duty(duty: DutyMove, into: Vec<Named>) -> impl IntoView {
    let locale = use_locale();
    let name = duty.name.map(|name| match locale {
        shared::text::Locale::Zh => name.path_zh,
        shared::text::Locale::En => name.path_en,
    });
    let name = name.unwrap_or_else(|| duty.category.clone());
    let field = format!("duty:{}", duty.key);
    let chosen = use_form().initial(&field, Some(duty.to));
    let label = format!("{} {name}", words::TO.get(locale));
    let goes = if into.len() > 1 {
        let options = into
            .into_iter()
            .map(|unit| {
                let selected = unit.code == chosen;
                view! { <option value=unit.code selected=selected lang="zh-CN">{unit.name}</option> }
            })
            .collect_view();
        view! { <select name=field aria-label=label>{options}</select> }.into_any()
    } else {
        let only = into.into_iter().next().map(|unit| unit.name);
        view! { <span lang="zh-CN">{only}</span> }.into_any()
    };
    view! {
        <tr>
            <td data-label=say(words::CATEGORY)>{name} " " <code translate="no">{duty.category}</code></td>
            <td data-label=say(words::PLACE) lang="zh-CN">{duty.region.name}</td>
            <td data-label=say(words::UNIT) lang="zh-CN">{duty.unit.name}</td>
            <td data-label=say(words::TO)>{goes}</td>
        </tr>
    }
}

/// After the act, above the look at the draft of units: what to do next.
#[component]
pub(super) fn Written(area: String) -> impl IntoView {
    let query = use_query_map();
    let note = move || {
        let (done, duties, from) =
            query.with(|query| (query.get("done"), query.get("duties"), query.get("from")));
        if done.as_deref() != Some("reorganise") {
            return None;
        }
        let from = encoded(&from.unwrap_or_default());
        let href = format!("/office/lists/duties/{area}/preview?from={from}");
        let link = duties
            .map(|_| view! { <p><a class="button" href=href>{say(words::TO_DUTIES)}</a></p> });
        Some(view! { <div class="note ok stack tight"><p>{say(words::DONE)}</p>{link}</div> })
    };
    view! { <div aria-live="polite" class="done-note">{note}</div> }
}

/// The way to the act, on the page of units.
#[component]
pub(super) fn ToReorganise(area: String) -> impl IntoView {
    let href = format!("/office/units/{area}/reorganise");
    view! { <p><a class="button" href=href>{say(words::TITLE)}</a></p> }
}
