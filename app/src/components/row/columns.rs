//! A chosen column of a ticket's row: one cell, named by its label on phones (`table.cards`).
//! Not here: the row and its usual columns (the module above), which are chosen (`shared::query::shown`).

use leptos::prelude::*;
use shared::query::shown::ListColumn;
use shared::text::Locale;
use shared::ticket::view::TicketRow;

use crate::components::ticket::{StateBadge, When};

/// The cell of a column.
pub(super) fn standard(column: ListColumn, ticket: &TicketRow, locale: Locale) -> AnyView {
    let name = column.label(locale);
    let words = |text: String| view! { <td class="minor" data-label=name>{text}</td> }.into_any();
    let chinese = |text: Option<String>| {
        let text = text.unwrap_or_else(|| "—".to_owned());
        view! { <td class="minor" data-label=name><span lang="zh-CN">{text}</span></td> }.into_any()
    };
    match column {
        ListColumn::Place => chinese(Some(ticket.region.name.clone())),
        ListColumn::Unit => chinese(ticket.lead_unit.as_ref().map(|unit| unit.name.clone())),
        ListColumn::State => {
            view! { <td data-label=name><StateBadge state=ticket.state/></td> }.into_any()
        }
        ListColumn::Kind => words(ticket.kind.label(locale).to_owned()),
        ListColumn::Channel => words(ticket.channel.label(locale).to_owned()),
        ListColumn::Category => {
            let category = ticket.category.as_ref().map(|view| match locale {
                Locale::Zh => view.path_zh.clone(),
                Locale::En => view.path_en.clone(),
            });
            words(category.unwrap_or_else(|| "—".to_owned()))
        }
        ListColumn::Accepted => {
            let at = ticket.accepted_at;
            view! { <td class="minor nowrap" data-label=name lang=locale.tag()><When at/></td> }
                .into_any()
        }
        ListColumn::Updated => {
            let at = ticket.updated_at;
            view! { <td class="minor nowrap" data-label=name lang=locale.tag()><When at/></td> }
                .into_any()
        }
        ListColumn::Closed => match ticket.closed_at {
            Some(at) => {
                view! { <td class="minor nowrap" data-label=name lang=locale.tag()><When at/></td> }
                    .into_any()
            }
            None => words("—".to_owned()),
        },
        ListColumn::Urges => words(ticket.urge_count.to_string()),
        ListColumn::Cycles => words(ticket.cycle_no.to_string()),
        ListColumn::Satisfaction => words(ticket.satisfaction.label(locale).to_owned()),
    }
}
