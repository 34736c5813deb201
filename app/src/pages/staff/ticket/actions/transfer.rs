//! Forms of handing a ticket over to another body, and of its receipt.
//! Not here: what was handed over (`transfers`), who may do what (services).

use leptos::prelude::*;
use shared::text::ticket::transfer as words;
use shared::ticket::Verb;
use shared::ticket::rules::length;
use shared::ticket::view::TicketDetail;

use super::super::transfers::name_of;
use super::{Act, VerbForm};
use crate::components::form::{Check, Field, Select, SelectItem, SubmitButton, TextArea};
use crate::context::use_locale;

/// The form of a verb of this stage.
pub fn form(act: &Act, detail: &TicketDetail) -> Option<AnyView> {
    Some(match act.verb {
        Verb::Transfer => transfer(act, detail),
        Verb::EnterReceipt => receipt(act, detail),
        _ => return None,
    })
}

fn transfer(act: &Act, detail: &TicketDetail) -> AnyView {
    let locale = use_locale();
    let bodies: Vec<SelectItem> = detail
        .bodies
        .iter()
        .map(|body| SelectItem::new(body.code.clone(), body.name(locale).to_owned()))
        .collect();
    view! {
        <VerbForm act=act.clone() help=words::HELP>
            <Select name="body" items=Signal::stored(bodies)/>
            <TextArea name="explanation" help=words::EXPLAIN max=length::EXPLANATION as u32 rows=3/>
            <TextArea name="public_words" max=length::REASON as u32 rows=3/>
            <Field name="receipt" optional=true/>
            <Check name="goes_on" label=words::GOES_ON/>
            <p><SubmitButton label=words::SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn receipt(act: &Act, detail: &TicketDetail) -> AnyView {
    let locale = use_locale();
    let waiting = detail.transfers.iter().filter(|it| it.receipt.is_none());
    let items: Vec<SelectItem> = waiting
        .map(|it| {
            SelectItem::new(
                it.n.to_string(),
                format!("{}. {}", it.n, name_of(it, locale)),
            )
        })
        .collect();
    view! {
        <VerbForm act=act.clone()>
            <Select name="transfer" items=Signal::stored(items)/>
            <Field name="receipt"/>
            <TextArea name="note" optional=true max=length::REASON as u32 rows=2/>
            <p><SubmitButton label=words::RECEIPT_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}
