//! Forms of a dispute about whose matter a ticket is: the unit sends it back, the dispatcher rules, alone or after a meeting.
//! Not here: how it stands (`assignments`), which of them can be done (services).
//! What a send-back relies on is a row of the areas of responsibility, or written.

use leptos::prelude::*;
use shared::application::DisputeStage;
use shared::text::{Locale, dispute, ticket};
use shared::ticket::rules::length;
use shared::ticket::view::{DutyView, Named};
use shared::ticket::{ReturnReason, Verb};

use super::super::facts::path;
use super::{Act, Cause, VerbForm};
use crate::components::form::{
    Check, ChoiceItem, Choices, Field, Select, SelectItem, SubmitButton, TextArea,
};
use crate::components::unit_select::UnitSelect;
use crate::context::use_locale;

/// The form of a verb of this stage.
pub fn form(act: &Act, units: &[Named], duties: &[DutyView]) -> Option<AnyView> {
    Some(match act.verb {
        Verb::SendBack => send_back(act, units.to_vec(), duties),
        Verb::Rule => rule(act, units.to_vec()),
        Verb::Confer => confer(act, units.to_vec()),
        _ => return None,
    })
}

fn send_back(act: &Act, units: Vec<Named>, duties: &[DutyView]) -> AnyView {
    let causes = act.clone();
    let locale = use_locale();
    let reasons: Vec<SelectItem> = ReturnReason::ALL
        .iter()
        .map(|reason| SelectItem::new(reason.as_str(), reason.label(locale)))
        .collect();
    let own = act.part.as_ref().map(|part| part.unit.code.clone());
    let others: Vec<Named> = units
        .into_iter()
        .filter(|unit| Some(&unit.code) != own.as_ref())
        .collect();
    // One of the two is needed; without rows it is the written one.
    let written_alone = duties.is_empty();
    let rows: Vec<SelectItem> = duties.iter().map(|duty| row(duty, locale)).collect();
    view! {
        <VerbForm act=act.clone() help=ticket::SEND_BACK_HELP>
            <Select name="reason" items=Signal::stored(reasons)/>
            <Cause act=causes/>
            <TextArea name="explanation" help=ticket::SEND_BACK_EXPLAIN max=length::EXPLANATION as u32 rows=3/>
            {(!rows.is_empty()).then(|| view! {
                <Select name="duty" items=Signal::stored(rows) help=dispute::DUTY_HELP empty=dispute::DUTY_NONE optional=true/>
            })}
            <TextArea name="basis" label=dispute::LEGAL_BASIS help=dispute::BASIS_HELP optional=!written_alone max=length::REASON as u32 rows=2/>
            <UnitSelect name="suggested_unit" units=others help=dispute::SUGGESTED_HELP optional=true/>
            <p><SubmitButton label=ticket::SEND_BACK_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn row(duty: &DutyView, locale: Locale) -> SelectItem {
    let category = duty.category.as_ref().map(|it| path(it, locale));
    let of = [category, Some(duty.place.name.as_str())];
    let of: Vec<&str> = of.into_iter().flatten().collect();
    SelectItem::new(
        duty.unit.code.clone(),
        format!("{} · {}", duty.unit.name, of.join(" · ")),
    )
}

fn outcomes() -> Vec<ChoiceItem> {
    vec![
        ChoiceItem::new("yes", ticket::RULE_UPHOLD),
        ChoiceItem::new("no", ticket::RULE_REDISPATCH),
    ]
}

fn rule(act: &Act, units: Vec<Named>) -> AnyView {
    let stands = act.part.as_ref().and_then(|part| part.dispute.as_ref());
    let is_last = stands.is_some_and(|it| it.stage == DisputeStage::Designation);
    let fields = move || {
        let may_end = (!is_last).then(|| {
            view! { <Check name="final_ruling" label=ticket::RULE_FINAL help=ticket::RULE_FINAL_HELP/> }
        });
        view! {
            <Choices name="uphold" items=outcomes()/>
            <UnitSelect name="to" units optional=true/>
            <TextArea name="opinion" max=length::REASON as u32 rows=3/>
            {may_end}
            <p><SubmitButton label=ticket::RULE_SEND/></p>
        }
    };
    if is_last {
        view! { <VerbForm act=act.clone() help=dispute::DESIGNATION_HELP>{fields()}</VerbForm> }
            .into_any()
    } else {
        view! { <VerbForm act=act.clone()>{fields()}</VerbForm> }.into_any()
    }
}

fn confer(act: &Act, units: Vec<Named>) -> AnyView {
    view! {
        <VerbForm act=act.clone() help=dispute::CONFER_HELP>
            <Field name="held_on" kind="date"/>
            <TextArea name="parties" help=dispute::PARTIES_HELP max=length::ADVICE as u32 rows=4/>
            <TextArea name="minutes" max=length::MINUTES as u32 rows=5/>
            <Choices name="uphold" items=outcomes()/>
            <UnitSelect name="to" units optional=true/>
            <TextArea name="opinion" max=length::REASON as u32 rows=3/>
            <p><SubmitButton label=ticket::RULE_SEND/></p>
        </VerbForm>
    }
    .into_any()
}
