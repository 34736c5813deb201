//! Directives that are open about the ticket, on top of its page: each with its light, and the way to its form.
//! Not here: those of a part with their answers (`assignments`), the list of all (`pages::staff::directives`).
//! One that was issued at another ticket and is about this one as well stands here too.

use leptos::prelude::*;
use shared::text::directive as words;
use shared::ticket::view::DirectiveRow;

use crate::components::light::LightChip;
use crate::context::{say, use_locale};

/// The open ones.
#[component]
pub fn OpenDirectives(rows: Vec<DirectiveRow>) -> impl IntoView {
    let locale = use_locale();
    let open = rows.into_iter().filter(|row| row.directive.state.is_open());
    let lines: Vec<_> = open
        .map(|row| {
            let href = format!("/directives/{}", row.id);
            let it = row.directive;
            view! {
                <p class="note warn row">
                    <b>{say(words::DIRECTIVE)}</b>
                    <a class="num" href=href>{row.application_no}</a>
                    <span lang="zh-CN">{row.unit.name}</span>
                    <span>{it.level.label(locale)} " · " {it.cause.label(locale)} " · " {it.state.label(locale)}</span>
                    <LightChip deadline=it.due clock=Some(words::CLOCK)/>
                </p>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| view! { <section class="stack tight" aria-label=say(words::DIRECTIVES)>{lines}</section> })
}
