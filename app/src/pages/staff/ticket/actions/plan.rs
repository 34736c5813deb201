//! The form by which a unit plans its part: who, when, how long.
//! Not here: the page of the plan (`pages::staff::plan`), which has the same fields.

use leptos::prelude::*;
use shared::text::ticket::plan as words;
use shared::ticket::Verb;
use shared::ticket::plan::{DayPart, PartPlan, PlannedView};
use shared::ticket::rules::length;
use shared::ticket::view::ColleagueView;

use super::{Act, VerbForm};
use crate::components::form::{Field, Select, SelectItem, SubmitButton, TextArea};
use crate::context::use_locale;

/// The form of a verb of this stage.
pub fn form(act: &Act) -> Option<AnyView> {
    if act.verb != Verb::Plan {
        return None;
    }
    let part = act.part.as_ref();
    let PartPlan { planned, people } = part.map(|part| part.plan.clone()).unwrap_or_default();
    let form = view! {
        <VerbForm act=act.clone() help=words::HELP>
            <PlanFields planned people/>
            <p><SubmitButton label=words::SEND class=""/></p>
        </VerbForm>
    };
    Some(form.into_any())
}

/// Who does it, and when.
#[component]
pub fn PlanFields(
    /// What is planned.
    planned: Option<PlannedView>,
    /// For whom it can be planned.
    people: Vec<ColleagueView>,
) -> impl IntoView {
    let locale = use_locale();
    let named = planned.as_ref().map(|it| it.name.clone());
    let mut own = people.iter();
    let own = own.find(|it| Some(&it.name) == named.as_ref());
    let own = own.map(|it| it.username.clone()).unwrap_or_default();
    let items: Vec<SelectItem> = people
        .into_iter()
        .map(|it| SelectItem::chinese(it.username, it.name))
        .collect();
    let parts: Vec<SelectItem> = DayPart::ALL
        .iter()
        .map(|it| SelectItem::new(it.as_str(), it.label(locale)))
        .collect();
    let day = planned.as_ref().map(|it| it.day.clone());
    let part = planned.as_ref().map_or(DayPart::Whole, |it| it.day_part);
    let hours = planned.as_ref().and_then(|it| it.hours);
    let hours = hours.map(|hours| hours.to_string()).unwrap_or_default();
    let note = planned.and_then(|it| it.note).unwrap_or_default();
    view! {
        <Select name="colleague" label=words::PERSON items=Signal::stored(items) value=own optional=true/>
        <Field name="day" kind="date" value=day.unwrap_or_default() optional=true/>
        <Select name="day_part" items=Signal::stored(parts) value=part.as_str()/>
        <Field name="hours" kind="number" inputmode="numeric" value=hours optional=true/>
        <TextArea name="plan_note" value=note optional=true max=length::REASON as u32 rows=2/>
    }
}
