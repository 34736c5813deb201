//! The caller card: once a number is typed, what there is of it in the agent's area.
//! Not here: likely duplicates (`super`), who may ask and what is recorded (`services::tickets::caller`).
//! Without script it comes with the button that looks for related tickets.

use leptos::prelude::*;
use shared::text::{Locale, desk};
use shared::ticket::caller::{CallerCard, CallerTicket};

use super::Clues;
use crate::api::staff::{Asked, read_caller};
use crate::components::page::Loaded;
use crate::components::ticket::{StateBadge, TicketNumber, When};
use crate::context::{say, use_locale};

/// The card beside the form.
#[component]
pub(super) fn PastOfCaller(clues: Clues) -> impl IntoView {
    let wanted = move || Asked {
        phone: clues.number(),
        channel: clues.channel.get(),
        reason: clues.reason.get(),
        region: String::new(),
        category: String::new(),
        content: String::new(),
    };
    let wanted = Memo::new(move |_| wanted());
    let resource = Resource::new_blocking(
        move || wanted.get(),
        |asked| async move {
            if asked.phone.trim().is_empty() {
                return Ok(None);
            }
            read_caller(asked).await
        },
    );
    let show = |card: Option<CallerCard>| match card {
        None => view! { <p class="muted">{say(desk::CARD_HINT)}</p> }.into_any(),
        Some(card) if card.total == 0 => {
            view! { <p class="muted">{say(desk::CARD_NONE)}</p> }.into_any()
        }
        Some(card) => view! { <Known card/> }.into_any(),
    };
    view! {
        <section class="card stack" aria-labelledby="caller-card">
            <h2 class="section-title" id="caller-card">{say(desk::CARD)}</h2>
            <div aria-live="polite"><Loaded resource show/></div>
        </section>
    }
}

#[component]
fn Known(card: CallerCard) -> impl IntoView {
    let locale = use_locale();
    let counts = desk::past((card.total, card.open, card.dissatisfied), locale);
    let tags = card
        .tags
        .iter()
        .map(|tag| view! { <span class="flag">{tag.name(locale).to_owned()}</span> " " })
        .collect_view();
    let tags = (!card.tags.is_empty()).then(|| view! { <p>{tags}</p> });
    let lines = card
        .last
        .into_iter()
        .map(|ticket| view! { <Line ticket/> })
        .collect_view();
    view! {
        <p><b>{counts}</b></p>
        {tags}
        <ul class="plain stack tight">{lines}</ul>
    }
}

#[component]
fn Line(ticket: CallerTicket) -> impl IntoView {
    let locale = use_locale();
    let title = if ticket.may_open {
        let href = format!("/tickets/{}", ticket.id);
        view! { <a href=href target="_blank" rel="noopener" lang="zh-CN">{ticket.title.clone()}</a> }
            .into_any()
    } else {
        view! { <b lang="zh-CN">{ticket.title.clone()}</b> }.into_any()
    };
    let marks = marks(&ticket, locale);
    view! {
        <li class="related">
            <div class="row between">
                {title}
                <StateBadge state=ticket.state/>
            </div>
            <p class="muted small">
                {ticket.kind.label(locale)} " · " <When at=ticket.accepted_at/> " · "
                <TicketNumber ticket_no=ticket.ticket_no.clone()/>
            </p>
            {(!marks.is_empty()).then(|| view! { <p class="small">{marks}</p> })}
        </li>
    }
}

/// What the citizen said of it, whether it is a repeated call, how often it was urged.
fn marks(ticket: &CallerTicket, locale: Locale) -> String {
    let said = ticket
        .satisfaction
        .map(|said| said.label(locale).to_owned());
    let repeat = ticket
        .is_repeat
        .then(|| desk::REPEATED.get(locale).to_owned());
    let urged =
        (ticket.urge_count > 0).then(|| shared::text::staff::urged(ticket.urge_count, locale));
    let marks: Vec<String> = [said, repeat, urged].into_iter().flatten().collect();
    marks.join(" · ")
}
