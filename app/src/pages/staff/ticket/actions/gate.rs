//! Forms of the gate: answer directly, a three-way call, decline, rule on declining, review a dispatch, recall, withdraw, urge, name the unit complained about.
//! Not here: dispatching (a page of its own), the desk (`pages::staff::desk`).
//! Limits of lengths are shown by the counters and kept by the rules.

use leptos::prelude::*;
use shared::query::phrase::PhraseUse;
use shared::text::ticket;
use shared::text::ticket::{guarded, review, three_way as call};
use shared::ticket::DeclineReason;
use shared::ticket::Verb;
use shared::ticket::rules::length;
use shared::ticket::view::{Named, TicketDetail};

use super::{Act, Cause, VerbForm};
use crate::components::form::{
    ChoiceItem, Choices, Field, Phrases, Select, SelectItem, SubmitButton, TextArea, yes_no,
};
use crate::components::unit_select::UnitSelect;
use crate::context::use_locale;

/// The form of a verb of this stage.
pub fn form(act: &Act, detail: &TicketDetail, units: &[Named]) -> Option<AnyView> {
    Some(match act.verb {
        Verb::Answer => answer(act),
        Verb::ThreeWay => three_way(act, units.to_vec()),
        Verb::Decline => decline(act),
        Verb::ConfirmDecline => confirm_decline(act),
        Verb::ReviewDispatch => review_dispatch(act),
        Verb::Recall => recall(act, detail, units.to_vec()),
        Verb::Withdraw => withdraw(act),
        Verb::Urge => urge(act),
        Verb::NameAccused => name_accused(act, units.to_vec()),
        _ => return None,
    })
}

fn answer(act: &Act) -> AnyView {
    view! {
        <VerbForm act=act.clone() help=ticket::ANSWER_HELP>
            <TextArea name="answer" max=length::ANSWER as u32 rows=5/>
            <Phrases name="answer" purpose=PhraseUse::Reply/>
            <p><SubmitButton label=ticket::ANSWER_SEND/></p>
        </VerbForm>
    }
    .into_any()
}

fn three_way(act: &Act, units: Vec<Named>) -> AnyView {
    view! {
        <VerbForm act=act.clone() help=call::HELP>
            <UnitSelect name="line_unit" units/>
            <Field name="line_with"/>
            <Choices name="solved" items=yes_no() layout="inline"/>
            <TextArea name="answer" label=call::ANSWER max=length::ANSWER as u32 rows=4/>
            <p><SubmitButton label=call::SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn decline(act: &Act) -> AnyView {
    let causes = act.clone();
    let locale = use_locale();
    let reasons: Vec<SelectItem> = DeclineReason::ALL
        .iter()
        .map(|reason| {
            SelectItem::new(
                reason.as_str(),
                format!("{} {}", reason.code(), reason.label(locale)),
            )
        })
        .collect();
    view! {
        <VerbForm act=act.clone() help=ticket::DECLINE_HELP>
            <Select name="reason" items=Signal::stored(reasons)/>
            <Cause act=causes/>
            <TextArea name="explanation" help=ticket::DECLINE_EXPLAIN max=length::EXPLANATION as u32 rows=3/>
            <p><SubmitButton label=ticket::DECLINE_SEND/></p>
        </VerbForm>
    }
    .into_any()
}

fn confirm_decline(act: &Act) -> AnyView {
    let items = vec![
        ChoiceItem::new("yes", ticket::CONFIRM_YES),
        ChoiceItem::new("no", ticket::CONFIRM_NO),
    ];
    view! {
        <VerbForm act=act.clone()>
            <Choices name="confirm" items layout="inline"/>
            <TextArea name="opinion" optional=true max=length::REASON as u32 rows=3/>
            <p><SubmitButton label=ticket::CONFIRM_SEND/></p>
        </VerbForm>
    }
    .into_any()
}

fn review_dispatch(act: &Act) -> AnyView {
    let items = vec![
        ChoiceItem::new("yes", review::GRANT),
        ChoiceItem::new("no", review::REFUSE),
    ];
    view! {
        <VerbForm act=act.clone() help=review::HELP>
            <Choices name="grant" items layout="inline"/>
            <TextArea name="opinion" help=ticket::OPINION_HELP optional=true max=length::REASON as u32 rows=3/>
            <p><SubmitButton label=review::SEND/></p>
        </VerbForm>
    }
    .into_any()
}

fn recall(act: &Act, detail: &TicketDetail, units: Vec<Named>) -> AnyView {
    let causes = act.clone();
    let locale = use_locale();
    let parts: Vec<SelectItem> = detail
        .assignments
        .iter()
        .filter(|part| part.status.is_open() && part.tree.parent.is_none())
        .map(|part| {
            let words = format!("{} · {}", part.unit.name, part.role.label(locale));
            SelectItem::chinese(part.id.to_string(), words)
        })
        .collect();
    let first = parts.first().map(|part| part.value.clone());
    view! {
        <VerbForm act=act.clone() help=ticket::RECALL_HELP>
            <Select name="assignment" label=ticket::RECALL_WHICH items=Signal::stored(parts) value=first.unwrap_or_default()/>
            <UnitSelect name="to" units/>
            <Cause act=causes/>
            <TextArea name="reason" max=length::REASON as u32 rows=3/>
            <p><SubmitButton label=ticket::RECALL_SEND/></p>
        </VerbForm>
    }
    .into_any()
}

fn name_accused(act: &Act, units: Vec<Named>) -> AnyView {
    view! {
        <VerbForm act=act.clone() help=guarded::NAME_HELP>
            <UnitSelect name="accused_unit" units help=guarded::UNIT_HELP optional=true/>
            <TextArea name="reason" max=length::REASON as u32 rows=2/>
            <p><SubmitButton label=guarded::NAME_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn withdraw(act: &Act) -> AnyView {
    view! {
        <VerbForm act=act.clone() help=ticket::WITHDRAW_HELP>
            <TextArea name="reason" optional=true max=length::REASON as u32 rows=2/>
            <p><SubmitButton label=ticket::WITHDRAW_SEND class="danger"/></p>
        </VerbForm>
    }
    .into_any()
}

fn urge(act: &Act) -> AnyView {
    view! {
        <VerbForm act=act.clone() help=ticket::URGE_HELP>
            <TextArea name="message" optional=true max=length::REASON as u32 rows=2/>
            <p><SubmitButton label=ticket::URGE_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}
