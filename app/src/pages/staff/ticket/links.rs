//! Linked tickets, made from either side.
//! Not here: the forms (`actions::together`), tickets about one event (`together`).

use leptos::prelude::*;
use shared::text::ticket::link as words;
use shared::ticket::together::{LinkKind, LinkView};

use crate::components::ticket::{StateBadge, TicketNumber, When};
use crate::context::{say, use_locale};

/// The links; nothing while there are none.
#[component]
pub fn Links(
    /// Those that the reader sees.
    rows: Vec<LinkView>,
) -> impl IntoView {
    let locale = use_locale();
    let lines: Vec<_> = rows
        .into_iter()
        .map(|it| {
            let kind = if it.is_from_other && it.kind == LinkKind::FollowsUp {
                say(words::FOLLOWED_BY)
            } else {
                it.kind.label(locale)
            };
            let href = format!("/tickets/{}", it.other.id);
            let note = it.note.map(|note| view! { <p class="prose" lang="zh-CN">{note}</p> });
            view! {
                <div class="sub-block">
                    <p class="row">
                        <b>{kind}</b>
                        <a href=href><TicketNumber ticket_no=it.other.ticket_no/></a>
                        <StateBadge state=it.other.state/>
                    </p>
                    <p lang="zh-CN">{it.title}</p>
                    {note}
                    <p class="muted small"><span lang="zh-CN">{it.by}</span> " · " <When at=it.at/></p>
                </div>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="card">
                <h2 class="section-title">{say(words::LINKS)}</h2>
                {lines}
            </section>
        }
    })
}
