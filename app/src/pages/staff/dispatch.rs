//! The dispatch page: the matter on one side; units with load and reasons, category, urgency with its deadlines on the other.
//! Lead and assisting units are radio and check boxes in one table, so that it works without script; with script a field narrows it.
//! Not here: what dispatching does (`forms::staff::ticket::dispatch`).

use leptos::prelude::*;
use shared::access::Permission;
use shared::calendar::Instant;
use shared::category::CategoryNode;
use shared::text::{clock, common, desk, staff};
use shared::ticket::Urgency;
use shared::ticket::rules::length;
use shared::ticket::view::{DispatchSheet, DispatchTerms, TicketDetail, UnitChoice};

use super::ticket::{CitizenBlock, Facts, Head, Wrote};
use crate::api::staff::{Dispatching, read_dispatching};
use crate::components::category_select::CategorySelect;
use crate::components::empty::Empty;
use crate::components::finder::{Finder, fits};
use crate::components::form::{
    FieldNotes, Form, Hidden, KeptForm, SubmitButton, TextArea, use_form,
};
use crate::components::page::{Loaded, by_id, fixed};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale, use_now};
use crate::routes::Audience;

/// `/tickets/:id/dispatch`
#[component]
pub fn DispatchPage() -> impl IntoView {
    view! {
        <StaffPage audience=Audience::Permission(Permission::TicketDispatch) title=fixed(desk::DISPATCH) heading=false>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_id(read_dispatching);
    let show = |found: Dispatching| view! { <Whole found/> };
    view! { <Loaded resource show/> }
}

#[component]
fn Whole(found: Dispatching) -> impl IntoView {
    let detail = found.ticket.detail.clone();
    let back = format!("/tickets/{}", detail.row.id);
    let within = format!("{back}/dispatch");
    let offered = match &found.sheet {
        Some(sheet) if !sheet.units.is_empty() => vec![within.clone()],
        _ => Vec::new(),
    };
    let form = match found.sheet {
        Some(sheet) if sheet.units.is_empty() => view! {
            <section class="card"><Empty title=desk::NO_UNITS reason=desk::NO_UNITS_WHY/></section>
        }
        .into_any(),
        Some(sheet) => {
            view! { <DispatchForm detail=detail.clone() sheet categories=found.categories/> }
                .into_any()
        }
        None => view! { <p class="note warn">{say(desk::NOT_NOW)}</p> }.into_any(),
    };
    view! {
        <article class="ticket">
            <Head detail=detail.clone() explained=found.ticket.explained/>
            <KeptForm offered within/>
            <div class="columns dispatching">
                <div class="stack"><Wrote detail=detail.clone()/>{form}</div>
                <div class="stack">
                    <Facts detail=detail.clone()/>
                    <CitizenBlock detail=detail revealed=None/>
                    <p><a href=back>{say(desk::BACK)}</a></p>
                </div>
            </div>
        </article>
    }
}

#[component]
fn DispatchForm(
    detail: TicketDetail,
    sheet: DispatchSheet,
    categories: Vec<CategoryNode>,
) -> impl IntoView {
    let row = detail.row;
    let version = Signal::stored(row.version.to_string());
    let known = row
        .category
        .map(|category| category.code)
        .unwrap_or_default();
    view! {
        <Form action=format!("/tickets/{}/dispatch", row.id) class="stack">
            <Hidden name="version" value=version/>
            <section class="card stack">
                <h2 class="section-title">{say(desk::CHOOSE_UNITS)}</h2>
                <Picker units=sheet.units/>
            </section>
            <section class="card stack">
                <Timing categories known terms=sheet.terms urgency=row.urgency.as_str()/>
                <TextArea name="advice" optional=true max=length::ADVICE as u32 rows=3/>
            </section>
            <p class="muted small">{say(desk::TOLD)}</p>
            <div class="action-bar"><SubmitButton label=desk::SEND/></div>
        </Form>
    }
}

/// The units: one leads, any number assists.
#[component]
fn Picker(units: Vec<UnitChoice>) -> impl IntoView {
    let form = use_form();
    let lead = form.initial("lead", None);
    let assisting = form.state.with_untracked(|state| {
        state
            .values("assisting")
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    let words = RwSignal::new(String::new());
    let rows = units
        .into_iter()
        .enumerate()
        .map(|(index, choice)| {
            let leads = choice.unit.code == lead;
            let assists = assisting.contains(&choice.unit.code);
            view! { <UnitRow choice index words leads assists/> }
        })
        .collect_view();
    let has_error = move || form.error("lead").is_some() || form.error("assisting").is_some();
    view! {
        <div class="stack tight" class:has-error=has_error>
            <FieldNotes name="lead"/>
            <FieldNotes name="assisting"/>
            <Finder label=desk::FIND_UNIT words id="unit-search"/>
            <div class="unit-picker" role="region" tabindex="0" aria-label=say(desk::CHOOSE_UNITS)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{say(desk::LEAD)}</th>
                            <th scope="col">{say(desk::ASSIST)}</th>
                            <th scope="col">{say(desk::UNIT)}</th>
                            <th scope="col" class="num">{say(desk::LOAD)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </div>
    }
}

#[component]
fn UnitRow(
    choice: UnitChoice,
    index: usize,
    words: RwSignal<String>,
    leads: bool,
    assists: bool,
) -> impl IntoView {
    let locale = use_locale();
    let form = use_form();
    // The first row carries the field's own id, so that the list of errors leads here.
    let id = |name: &str| {
        if index == 0 {
            form.id(name)
        } else {
            format!("{}-{index}", form.id(name))
        }
    };
    let name = choice.unit.name.clone();
    let found_by = name.clone();
    let hidden = move || !fits(&words.get(), &[&found_by]);
    let mut why: Vec<String> = vec![choice.level.label(locale).to_owned()];
    if choice.led_lately > 0 {
        why.push(desk::led(choice.led_lately, locale));
    }
    if choice.of_place {
        why.push(say(desk::OF_PLACE).to_owned());
    }
    let code = choice.unit.code;
    let (lead_label, assist_label) = (
        format!("{} {name}", say(desk::LEAD)),
        format!("{} {name}", say(desk::ASSIST)),
    );
    view! {
        <tr hidden=hidden>
            <td><input type="radio" name="lead" id=id("lead") value=code.clone() checked=leads aria-label=lead_label/></td>
            <td><input type="checkbox" name="assisting" id=id("assisting") value=code checked=assists aria-label=assist_label/></td>
            <td>
                <span lang="zh-CN">{name}</span>
                <small class="muted block">{why.join(" · ")}</small>
            </td>
            <td class="num">{staff::grouped(choice.open_assignments)}</td>
        </tr>
    }
}

/// Category and urgency: both decide about the deadlines.
#[component]
fn Timing(
    categories: Vec<CategoryNode>,
    known: String,
    terms: Vec<DispatchTerms>,
    urgency: &'static str,
) -> impl IntoView {
    let form = use_form();
    let category = RwSignal::new(form.initial("category", Some(known.clone())));
    let on_change = Callback::new(move |code| category.set(code));
    let chosen = form.initial("urgency", Some(urgency.to_owned()));
    let terms = StoredValue::new(terms);
    let tile = |(index, urgency): (usize, Urgency)| {
        let id = if index == 0 {
            form.id("urgency")
        } else {
            format!("{}-{index}", form.id("urgency"))
        };
        let checked = urgency.as_str() == chosen;
        view! {
            <label class="choice" for=id.clone()>
                <input type="radio" id=id.clone() name="urgency" value=urgency.as_str() checked=checked/>
                <Terms urgency category terms/>
            </label>
        }
    };
    view! {
        <CategorySelect tree=categories value=known on_change/>
        <fieldset class="choices">
            <legend>{say(desk::TERMS)}</legend>
            <FieldNotes name="urgency"/>
            {Urgency::ALL.iter().copied().enumerate().map(tile).collect_view()}
        </fieldset>
    }
}

/// The deadlines of one urgency for the chosen category.
#[component]
fn Terms(
    urgency: Urgency,
    category: RwSignal<String>,
    terms: StoredValue<Vec<DispatchTerms>>,
) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let words = move |due: Option<Instant>| due.map(|at| clock::date_time(at, now, locale));
    let text = move || {
        let category = category.get();
        terms.with_value(|terms| {
            let found = of_category(terms, urgency, &category)?;
            let sign = words(found.sign_due.due_at);
            let due = words(found.due.due_at);
            let text = desk::terms(sign.as_deref(), due.as_deref(), locale);
            let provisional = found.due.provisional.then(|| say(common::PROVISIONAL));
            Some(format!("{text} {}", provisional.unwrap_or_default()))
        })
    };
    view! {
        <span class="choice-text">
            <b>{urgency.label(locale)}</b>
            <small>{text}</small>
        </span>
    }
}

/// The terms of the longest prefix of the category, as the limit table itself chooses.
fn of_category<'t>(
    terms: &'t [DispatchTerms],
    urgency: Urgency,
    category: &str,
) -> Option<&'t DispatchTerms> {
    let fits = |prefix: &Option<String>| {
        prefix
            .as_ref()
            .is_none_or(|prefix| category.starts_with(prefix))
    };
    terms
        .iter()
        .filter(|terms| terms.urgency == urgency && fits(&terms.category))
        .max_by_key(|terms| terms.category.as_ref().map_or(0, String::len))
}
