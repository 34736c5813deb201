//! Who speaks: as the reader's roles show it, with a button that asks for a reason and shows what is masked in the clear for some minutes.
//! Not here: who may look and what is recorded (services, I12).
//! A unit never gets the block of a confidential ticket or a tip-off; the page says why it is not there.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::access::needs;
use shared::text::account::{readers, sight};
use shared::text::{common, fields, ticket};
use shared::ticket::RequestKind;
use shared::ticket::rules::length;
use shared::ticket::view::{CitizenView, TicketDetail};

use super::facts::Fact;
use crate::components::form::{Form, SubmitButton, TextArea};
use crate::components::ticket::own_facts;
use crate::context::{say, use_actor, use_locale, use_now};

/// The block.
#[component]
pub fn CitizenBlock(detail: TicketDetail, revealed: Option<CitizenView>) -> impl IntoView {
    let locale = use_locale();
    let looks = revealed.is_some();
    let shown = revealed.or_else(|| detail.citizen.clone());
    let hidden = (!detail.hidden.is_empty()).then(|| {
        let said = sight::hidden(&detail.hidden, locale);
        view! { <p class="muted">{said}</p> }
    });
    let content = if let Some(citizen) = shown {
        let in_clear = !citizen.masked;
        let note = looks.then(|| view! { <p class="note warn">{say(ticket::REVEALED)}</p> });
        let reveal =
            (detail.may_reveal && !looks).then(|| view! { <Reveal id=detail.row.id.to_string()/> });
        let position = citizen
            .lon
            .zip(citizen.lat)
            .map(|(lon, lat)| format!("{lon:.6}, {lat:.6}"));
        let subject = Some(citizen.subject_type.label(locale).to_owned());
        view! {
            {note}
            <dl class="facts" class:in-clear=in_clear>
                <Fact name=label("citizen.name") value=citizen.name chinese=true/>
                <Fact name=label("citizen.phone") value=citizen.phone/>
                <Fact name=label("citizen.backup_contact") value=citizen.backup_contact/>
                <Fact name=label("citizen.email") value=citizen.email/>
                <Fact name=label("citizen.id_number") value=citizen.id_number/>
                <Fact name=label("citizen.organisation") value=citizen.organisation chinese=true/>
                <Fact name=label("citizen.credit_code") value=citizen.credit_code/>
                <Fact name=ticket::ADDRESS value=citizen.address chinese=true/>
                <Fact name=ticket::POSITION value=position/>
                <Fact name=ticket::SUBJECT value=subject/>
                <Fact name=label("content") value=citizen.content chinese=true/>
                {own_facts(&citizen.own, locale)}
            </dl>
            {reveal}
        }
        .into_any()
    } else {
        let row = &detail.row;
        let why = if row.anonymous {
            ticket::CITIZEN_ANONYMOUS
        } else if row.confidential || row.kind == RequestKind::TipOff {
            ticket::CITIZEN_HIDDEN
        } else {
            ticket::CITIZEN_NONE
        };
        // Of an anonymous request the exact place is hidden as well.
        let reveal = detail
            .may_reveal
            .then(|| view! { <Reveal id=detail.row.id.to_string()/> });
        view! { <p class="muted">{say(why)}</p> {reveal} }.into_any()
    };
    let may_ask = use_actor().is_some_and(|actor| needs::READERS.is_met_by(&actor));
    let readers = may_ask.then(|| {
        let href = format!("/office/readers?no={}", detail.row.ticket_no);
        view! { <p><a href=href>{say(readers::LINK)}</a></p> }
    });
    let mark = looks.then(|| view! { <Watermark/> });
    view! {
        <section class="card stack tight citizen">
            {mark}
            <h2 class="section-title">{say(ticket::CITIZEN)}</h2>
            {content}
            {hidden}
            {readers}
        </section>
    }
}

/// How often the mark stands over the block.
const MARKS: usize = 12;

/// Who looks and when, over what is in the clear: a photo of the screen tells whose it is.
#[component]
fn Watermark() -> impl IntoView {
    let who = use_actor().map(|actor| actor.name).unwrap_or_default();
    let when = use_now().local().format("%Y-%m-%d %H:%M").to_string();
    let mark = format!("{who} {when}");
    let marks = std::iter::repeat_n(mark, MARKS)
        .map(|mark| view! { <span>{mark}</span> })
        .collect_view();
    view! { <p class="watermark" aria-hidden="true" translate="no">{marks}</p> }
}

/// A field's name as a text; fields of the citizen block all have one.
fn label(field: &str) -> shared::text::Text {
    fields::label(field).unwrap_or(common::OPTIONAL)
}

#[component]
fn Reveal(id: String) -> impl IntoView {
    let open =
        use_params_map().with_untracked(|params| params.get("verb").as_deref() == Some("reveal"));
    view! {
        <details class="fold" open=open>
            <summary>{say(ticket::REVEAL_OPEN)}</summary>
            <Form action=format!("/tickets/{id}/reveal") prefix="reveal-" class="stack tight">
                <TextArea name="reason" help=ticket::REVEAL_HELP max=length::REVEAL as u32 rows=2/>
                <p><SubmitButton label=ticket::REVEAL_SEND class=""/></p>
            </Form>
        </details>
    }
}
