//! The head of a ticket: number, state, deadline with its arithmetic, what is special about it, title.
//! Not here: the words of a light (`components::light`).
//! "Why this time" folds open in place, with and without script.

use leptos::prelude::*;
use shared::calendar::ExplainStep;
use shared::process::limit::Limit;
use shared::text::ladder as words;
use shared::text::{clock, common, staff, ticket, time};
use shared::ticket::view::{DeadlineView, LadderView, LedgerLine, TicketDetail};

use super::ladder::{self, Ladder};
use crate::components::light::LightChip;
use crate::components::row::Flags;
use crate::components::ticket::{StateBadge, TicketNumber};
use crate::context::{say, use_locale, use_now};

/// The head.
#[component]
pub fn Head(
    detail: TicketDetail,
    explained: Vec<ExplainStep>,
    /// How the ticket's own clock stands on its ladder.
    #[prop(default = None)]
    ladder: Option<LadderView>,
    /// What happened to the clocks.
    #[prop(default = Vec::new())]
    ledger: Vec<LedgerLine>,
) -> impl IntoView {
    let row = detail.row;
    let no_reply = (!detail.reply_required && !row.anonymous)
        .then(|| view! { <span class="flag">{say(staff::NO_REPLY)}</span> });
    let title = row.title.clone();
    let deadline = row.deadline.clone();
    let colour = ladder::colour(ladder.as_ref());
    view! {
        <header class="ticket-head">
            <TicketNumber ticket_no=row.ticket_no.clone()/>
            <StateBadge state=row.state/>
            <LightChip deadline=deadline.clone() clock=Some(ticket::REPLY_CLOCK) colour/>
            <Flags ticket=row/>
            {no_reply}
            <h1 lang="zh-CN">{title}</h1>
            <Ladder ladder/>
            <Why deadline explained ledger/>
        </header>
    }
}

#[component]
fn Why(
    deadline: DeadlineView,
    explained: Vec<ExplainStep>,
    ledger: Vec<LedgerLine>,
) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let Some(due) = deadline.due_at else {
        return view! { <p class="muted small">{say(ticket::NO_DEADLINE)}</p> }.into_any();
    };
    let from = deadline.from.map(|from| {
        view! { <div><dt>{say(ticket::CLOCK_FROM)}</dt><dd>{clock::date_time(from, now, locale)}</dd></div> }
    });
    let limit = deadline
        .limit_value
        .zip(deadline.limit_unit)
        .map(|(value, unit)| {
            let words = time::limit(Limit { value, unit }, locale);
            view! { <div><dt>{say(ticket::LIMIT)}</dt><dd>{words}</dd></div> }
        });
    let provisional = deadline
        .provisional
        .then(|| view! { " " <span class="muted">{say(common::PROVISIONAL)}</span> });
    let steps = explained
        .iter()
        .map(|step| view! { <li>{time::explain_words(step, now, locale)}</li> })
        .collect_view();
    let ledger = (!ledger.is_empty()).then(|| {
        let lines = ledger
            .iter()
            .map(|line| view! { <li>{words::entry(line, now, locale)}</li> })
            .collect_view();
        view! {
            <p class="muted small">{say(words::LEDGER)}</p>
            <ol class="steps">{lines}</ol>
        }
    });
    view! {
        <details class="fold why">
            <summary>{say(ticket::WHY_THIS_TIME)}</summary>
            <div class="card stack tight">
                <dl class="facts">
                    {from}
                    {limit}
                    <div><dt>{say(ticket::DEADLINE)}</dt><dd>{clock::date_time(due, now, locale)} {provisional}</dd></div>
                </dl>
                <ol class="steps">{steps}</ol>
                {ledger}
            </div>
        </details>
    }
    .into_any()
}
