//! The dispatch page: the matter on one side; units with load and reasons, category, urgency with its deadlines on the other.
//! Not here: the list of units (`units`),
//! what dispatching does (`forms::staff::ticket::dispatch`).

mod units;

use leptos::prelude::*;
use shared::calendar::Instant;
use shared::category::CategoryNode;
use shared::person::holds_mask;
use shared::query::phrase::PhraseUse;
use shared::text::ticket::{review, tree};
use shared::text::{clock, common, desk};
use shared::ticket::Urgency;
use shared::ticket::rules::length;
use shared::ticket::view::{DispatchSheet, DispatchTerms, TicketDetail};

use self::units::Picker;
use super::ticket::{CitizenBlock, Facts, Head, Proposal, Wrote};
use crate::api::staff::{Dispatching, read_dispatching};
use crate::components::category_select::CategorySelect;
use crate::components::empty::Empty;
use crate::components::form::{
    Check, EnteredLater, Field, FieldNotes, Form, Hidden, KeptForm, OwnFields, Phrases,
    SubmitButton, TagChoices, TextArea, use_form,
};
use crate::components::page::{Loaded, by_id, fixed};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale, use_now};

/// `/tickets/:id/dispatch`
#[component]
pub fn DispatchPage() -> impl IntoView {
    view! {
        <StaffPage path="/tickets/:id/dispatch" title=fixed(desk::DISPATCH) heading=false>
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
                <div class="stack">
                    <Wrote detail=detail.clone()/>
                    <Proposal proposal=detail.proposal.clone()/>
                    {form}
                </div>
                <div class="stack">
                    <Facts detail=detail.clone()/>
                    <CitizenBlock detail=detail revealed=None/>
                    <p><a href=back>{say(desk::BACK)}</a></p>
                </div>
            </div>
        </article>
    }
}

/// What the form begins with: the ticket's category and tags, and what was proposed and refused.
#[derive(Debug, Clone, Default)]
struct Before {
    category: String,
    marked: Vec<String>,
    /// Who was to lead, and who was to assist.
    units: (Option<String>, Vec<String>),
    advice: String,
}

impl Before {
    fn of(detail: &TicketDetail) -> Self {
        let row = &detail.row;
        let own = row.category.as_ref();
        let marked = row.tags.iter().map(|tag| tag.code.clone()).collect();
        let Some(proposal) = &detail.proposal else {
            return Self {
                category: own.map(|it| it.code.clone()).unwrap_or_default(),
                marked,
                ..Self::default()
            };
        };
        let category = proposal.category.as_ref().or(own);
        // Masked advice would be sent as it is shown; it can be read in the proposal.
        let advice = proposal.advice.clone().filter(|text| !holds_mask(text));
        let assisting = proposal.assisting.iter().map(|unit| unit.code.clone());
        Self {
            category: category.map(|it| it.code.clone()).unwrap_or_default(),
            marked,
            units: (Some(proposal.lead.code.clone()), assisting.collect()),
            advice: advice.unwrap_or_default(),
        }
    }
}

#[component]
fn DispatchForm(
    detail: TicketDetail,
    sheet: DispatchSheet,
    categories: Vec<CategoryNode>,
) -> impl IntoView {
    let before = Before::of(&detail);
    let row = detail.row;
    let id = row.id.to_string();
    let version = Signal::stored(row.version.to_string());
    let urgency = row.urgency.as_str();
    view! {
        <Form action=format!("/tickets/{id}/dispatch") class="stack">
            <Hidden name="version" value=version/>
            <Choice id before urgency sheet categories/>
            <Check name="review" label=review::ASK help=review::ASK_HELP/>
            <p class="muted small">{say(desk::TOLD)}</p>
            <div class="action-bar"><SubmitButton label=desk::SEND/></div>
            <EnteredLater/>
        </Form>
    }
}

/// What it is first, since the likely units and the deadlines follow from it; then who gets it, how soon, and what they are told.
#[component]
fn Choice(
    id: String,
    /// What the form begins with.
    before: Before,
    urgency: &'static str,
    sheet: DispatchSheet,
    categories: Vec<CategoryNode>,
) -> impl IntoView {
    let Before {
        category: known,
        marked,
        units,
        advice,
    } = before;
    let form = use_form();
    let category = RwSignal::new(form.initial("category", Some(known.clone())));
    let on_change = Callback::new(move |code| category.set(code));
    view! {
        <section class="card stack">
            <CategorySelect tree=categories value=known on_change/>
        </section>
        <section class="card stack">
            <h2 class="section-title">{say(desk::CHOOSE_UNITS)}</h2>
            <Picker id units=sheet.units category proposed=units/>
            <Field name="assist_due" kind="date" optional=true help=tree::ASSIST_DUE_HELP/>
        </section>
        <section class="card stack">
            <Timing category terms=sheet.terms urgency/>
            <Hidden name="retag" value=Signal::stored("yes".to_owned())/>
            <OwnFields fields=sheet.own category/>
            <TagChoices tags=sheet.tags chosen=marked/>
            <TextArea name="advice" value=advice optional=true max=length::ADVICE as u32 rows=3/>
            <Phrases name="advice" purpose=PhraseUse::Dispatch/>
        </section>
    }
}

/// Urgency: with the category it decides about the deadlines.
#[component]
fn Timing(
    category: RwSignal<String>,
    terms: Vec<DispatchTerms>,
    urgency: &'static str,
) -> impl IntoView {
    let form = use_form();
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
        <fieldset class="choices">
            <legend>{say(desk::TERMS)}</legend>
            <FieldNotes name="urgency"/>
            {Urgency::ALL.iter().copied().enumerate().map(tile).collect_view()}
        </fieldset>
        <Field name="urgency_reason" optional=true help=desk::URGENCY_CHANGED/>
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
            let contact = words(found.contact_due.due_at);
            let text = desk::terms(sign.as_deref(), contact.as_deref(), due.as_deref(), locale);
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
