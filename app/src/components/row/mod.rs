//! A ticket as a row of the staff's tables: the time left first, then number and title, place, unit, state (`table.cards` on phones).
//! Not here: which rows (services), the citizen's tracker (`timeline`). Rows can be chosen for an act on many (`BulkBar`).
//! The number is the row's link (`a.row-link`), so that keyboard and screen reader have one way in.

mod columns;
mod found;

use leptos::prelude::*;
use shared::application::RulingOn;
use shared::ladder::Colour;
use shared::query::search::FoundIn;
use shared::query::shown::ListColumn;
use shared::text::ticket::difficult;
use shared::text::{Locale, Text, bulk, paper, staff};
use shared::ticket::bulk::BulkAct;
use shared::ticket::view::{DeadlineView, TicketRow};
use shared::ticket::{TicketNo, TicketState, Urgency};

use self::found::{Excerpt, Marked};
use super::light::LightChip;
use super::ticket::{StateBadge, When};
use crate::context::{say, use_actor, use_locale};

/// Id of the form to which the boxes of the rows belong.
const CHOSEN: &str = "chosen";

/// Acts on many tickets that this person's roles have.
pub fn bulk_acts() -> Vec<BulkAct> {
    let Some(actor) = use_actor() else {
        return Vec::new();
    };
    let may = |act: &BulkAct| act.verb().need().is_met_by(&actor);
    BulkAct::ALL.iter().copied().filter(may).collect()
}

/// What can be done with the rows that are chosen: a plain GET form to the look before. Nothing for who may do none of it.
#[component]
pub fn BulkBar() -> impl IntoView {
    let locale = use_locale();
    let acts = bulk_acts();
    (!acts.is_empty()).then(|| {
        let button = |act: BulkAct| {
            view! { <button class="button" name="act" value=act.as_str()>{act.label(locale)}</button> }
        };
        let buttons = acts.into_iter().map(button).collect_view();
        view! {
            <form id=CHOSEN method="get" action="/bulk" class="row bulk-bar">
                <span class="muted small">{say(bulk::WITH_CHOSEN)}</span>
                {buttons}
            </form>
        }
    })
}

/// The head of such a table.
#[component]
pub fn TicketHead(
    /// The column that says what is to be done.
    #[prop(optional)]
    to_do: bool,
    /// Rows can be chosen.
    #[prop(optional)]
    choosing: bool,
    /// The usual columns step back behind those that are chosen.
    #[prop(optional)]
    chosen: bool,
    /// Names of chosen columns, own fields among them.
    #[prop(optional)]
    own: Vec<String>,
) -> impl IntoView {
    let own = own
        .into_iter()
        .map(|name| view! { <th scope="col" class="minor">{name}</th> })
        .collect_view();
    view! {
        <thead>
            <tr>
                {choosing.then(|| view! { <th scope="col" class="w-choose"><span class="visually-hidden">{say(bulk::CHOOSE)}</span></th> })}
                <th scope="col" class="w-time">{say(staff::TIME_LEFT)}</th>
                <th scope="col" class="w-number">{say(staff::NUMBER)}</th>
                <th scope="col">{say(staff::TITLE)}</th>
                {to_do.then(|| view! { <th scope="col" class="w-to-do">{say(staff::TO_DO)}</th> })}
                {(!chosen).then(|| view! {
                    <th scope="col" class="w-place minor">{say(staff::PLACE)}</th>
                    <th scope="col" class="w-unit">{say(staff::UNIT)}</th>
                    <th scope="col" class="w-state">{say(staff::STATE)}</th>
                })}
                {own}
                {(!chosen).then(|| view! { <th scope="col" class="w-updated minor last">{say(staff::UPDATED)}</th> })}
            </tr>
        </thead>
    }
}

/// One row.
#[component]
pub fn TicketLine(
    /// The ticket.
    ticket: TicketRow,
    /// The deadline that counts here: the task's, or the ticket's.
    deadline: DeadlineView,
    /// Which clock that is.
    clock: Option<Text>,
    /// What is to be done; makes a column of its own.
    #[prop(optional)]
    to_do: Option<String>,
    /// It can be chosen.
    #[prop(optional)]
    choosing: bool,
    /// The usual columns step back behind those that are chosen.
    #[prop(optional)]
    chosen: bool,
    /// Chosen columns, own fields among them, each by its code and its name.
    #[prop(optional)]
    own: Vec<(String, String)>,
    /// What a search found in it.
    #[prop(default = None)]
    found: Option<FoundIn>,
) -> impl IntoView {
    let locale = use_locale();
    let own = own
        .into_iter()
        .map(|(code, name)| {
            if let Some(column) = ListColumn::parse(&code) {
                return columns::standard(column, &ticket, locale);
            }
            let answer = ticket.own.iter().find(|answer| answer.code == code);
            let words = answer.map(|answer| match locale {
                Locale::Zh => answer.shown_zh.clone(),
                Locale::En => answer.shown_en.clone(),
            });
            view! { <td class="minor" data-label=name>{words.unwrap_or_else(|| "—".to_owned())}</td> }
                .into_any()
        })
        .collect_view();
    // Of a task's own clock the ticket's rung says nothing.
    let of_ticket = deadline == ticket.deadline;
    let colour = ticket.rung.as_ref().filter(|_| of_ticket);
    let colour = colour.map(|rung| rung.colour);
    let href = format!("/tickets/{}", ticket.id);
    let unit = match ticket.lead_unit.clone() {
        Some(unit) => view! { <span lang="zh-CN">{unit.name}</span> }.into_any(),
        None if matches!(ticket.state, TicketState::Draft | TicketState::ToDispatch) => {
            view! { <span class="muted">{say(staff::NO_UNIT)}</span> }.into_any()
        }
        // Answered at the desk, taken back, or closed before it came here: no unit ever leads it.
        None => view! { <span class="muted">"—"</span> }.into_any(),
    };
    let region = ticket.region.name.clone();
    let title = ticket.title.clone();
    let words = match found.as_ref().filter(|found| !found.title.is_empty()) {
        Some(found) => view! { <Marked parts=found.title.clone()/> }.into_any(),
        None => title.clone().into_any(),
    };
    let excerpt = found.map(|found| view! { <Excerpt found/> });
    let choose = choosing.then(|| {
        let label = bulk::choose(ticket.ticket_no.as_str(), locale);
        view! { <td class="choose"><input type="checkbox" name="ticket" value=ticket.id.to_string() form=CHOSEN aria-label=label autocomplete="off"/></td> }
    });
    view! {
        <tr>
            {choose}
            <td class="key"><LightChip deadline clock colour/></td>
            <td class="num-left"><a class="row-link ticket-no" href=href title=ticket.ticket_no.to_string() translate="no"><ShortNumber ticket_no=ticket.ticket_no.clone()/></a></td>
            <td class="title" title=title>{marks(&ticket, locale)}<span lang="zh-CN">{words}</span>{excerpt}</td>
            {to_do.map(|words| view! { <td class="to-do">{words}</td> })}
            {(!chosen).then(|| view! {
                <td class="minor place" data-label=say(staff::PLACE)><span lang="zh-CN">{region}</span></td>
                <td class="unit" data-label=say(staff::UNIT)>{unit}</td>
                <td><StateBadge state=ticket.state/></td>
            })}
            {own}
            {(!chosen).then(|| view! { <td class="minor last nowrap" data-label=say(staff::UPDATED) lang=locale.tag()><When at=ticket.updated_at/></td> })}
        </tr>
    }
}

/// The number's day, channel and sequence; area and year stand before them on paper and on phones, and are always copied from the title.
#[component]
fn ShortNumber(ticket_no: TicketNo) -> impl IntoView {
    let digits = ticket_no.as_str();
    let group =
        |from: usize, to: usize| view! { <span class="group">{digits[from..to].to_owned()}</span> };
    view! {
        <span class="no-head">{group(0, 6)}{group(6, 10)}</span>
        {group(10, 14)}{group(14, 16)}{group(16, 22)}
    }
}

/// What is special about a ticket, as words: urgent, confidential, redone, urged.
#[component]
pub fn Flags(
    /// The ticket.
    ticket: TicketRow,
) -> impl IntoView {
    marks(&ticket, use_locale())
}

fn marks(ticket: &TicketRow, locale: Locale) -> impl IntoView + use<> {
    flags(ticket, locale)
        .into_iter()
        .map(|(word, red)| {
            let class = if red { "flag red" } else { "flag" };
            view! { <span class=class>{word}</span> " " }
        })
        .collect_view()
}

fn flags(ticket: &TicketRow, locale: Locale) -> Vec<(String, bool)> {
    let mut flags = Vec::new();
    if ticket.urgency != Urgency::Normal {
        flags.push((ticket.urgency.label(locale).to_owned(), true));
    }
    if ticket.cycle_no > 0 {
        flags.push((staff::redone(ticket.cycle_no, locale), true));
    }
    if ticket.urge_count > 0 {
        flags.push((staff::urged(ticket.urge_count, locale), false));
    }
    // Yellow and blue are said by the light; what is orange or red has its name.
    if let Some(rung) = &ticket.rung
        && matches!(rung.colour, Colour::Orange | Colour::Red)
    {
        flags.push((rung.name(locale).to_owned(), rung.colour == Colour::Red));
    }
    if ticket.confidential {
        flags.push((staff::CONFIDENTIAL.get(locale).to_owned(), false));
    }
    if ticket.anonymous {
        flags.push((staff::ANONYMOUS.get(locale).to_owned(), false));
    }
    if ticket.paper_no.is_some() {
        flags.push((paper::FLAG.get(locale).to_owned(), false));
    }
    if ticket.difficult {
        flags.push((difficult::FLAG.get(locale).to_owned(), true));
    }
    if ticket.unreasonable {
        flags.push((RulingOn::Unreasonable.label(locale).to_owned(), false));
    } else if ticket.not_counted {
        flags.push((RulingOn::NotCounted.label(locale).to_owned(), false));
    }
    for tag in &ticket.tags {
        flags.push((tag.name(locale).to_owned(), false));
    }
    flags
}
