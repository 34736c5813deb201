//! My to-dos: what waits for this person, the least time left first, with one tab per kind of work.
//! Not here: which tasks are whose (services), the centre's other lists (`shelf`).
//! The task's own limit is shown, which may end long before the ticket's.

mod phrases;
mod shelf;

pub use phrases::PhrasesPage;
pub use shelf::ShelfPage;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};
use shared::access::needs;
use shared::text::{staff, ticket, ticket::tree};
use shared::ticket::Verb;
use shared::ticket::view::TaskRow;

use self::shelf::CentreTabs;
use super::alarms::AlarmNote;
use crate::api::staff::{Tasks, read_tasks};
use crate::components::empty::Empty;
use crate::components::on_page::OnPage;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::row::{BulkBar, TicketHead, TicketLine, bulk_acts};
use crate::components::staff::StaffPage;
use crate::context::{say, use_actor, use_locale};

/// `/tasks`
#[component]
pub fn TasksPage() -> impl IntoView {
    view! {
        <StaffPage path="/tasks" title=fixed(staff::TASKS)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let resource = by_query(async |query| read_tasks(query).await.map(Shown::from));
    let show = move |found: Shown| {
        let verb = query
            .with_untracked(|query| query.get("verb"))
            .unwrap_or_default();
        let later = query.with_untracked(|query| query.get("cursor")).is_some();
        view! { <List found verb later/> }
    };
    let rings = use_actor().filter(|actor| needs::ALARMS.is_met_by(actor));
    let rings = rings.map(|_| view! { <AlarmNote/> });
    view! {
        <CentreTabs/>
        {rings}
        <Tabs/>
        <Loaded resource show/>
    }
}

/// The to-dos as the page keeps them: the rows stand in the page, and are not sent again as data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Shown {
    count: i64,
    next: Option<String>,
    is_empty: bool,
    rows: OnPage<Vec<TaskRow>>,
}

impl From<Tasks> for Shown {
    fn from(found: Tasks) -> Self {
        Self {
            count: found.count,
            next: found.page.next_cursor,
            is_empty: found.page.items.is_empty(),
            rows: OnPage::new(found.page.items),
        }
    }
}

/// The kinds of work that this person's roles have.
#[component]
fn Tabs() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let verbs: Vec<Verb> = use_actor().map_or_else(Vec::new, |actor| {
        kinds()
            .into_iter()
            .filter(|verb| verb.need().is_met_by(&actor))
            .collect()
    });
    let tab = move |verb: Option<Verb>| {
        let href = verb.map_or_else(|| "/tasks".to_owned(), |verb| format!("/tasks?verb={verb}"));
        let word = verb.map_or_else(|| say(staff::ALL_TASKS), |verb| verb.label(locale));
        let wanted = verb.map(|verb| verb.to_string());
        let current = move || {
            let chosen = query
                .with(|query| query.get("verb"))
                .filter(|it| !it.is_empty());
            (chosen == wanted).then_some("page")
        };
        view! { <a href=href aria-current=current>{word}</a> }
    };
    (verbs.len() > 1).then(|| {
        let tabs = std::iter::once(None)
            .chain(verbs.iter().copied().map(Some))
            .map(tab)
            .collect_view();
        view! { <nav class="tabs" aria-label=say(staff::TASK_KINDS)>{tabs}</nav> }
    })
}

/// Kinds of work: the verbs that tasks wait for, what a stage waits for first.
fn kinds() -> Vec<Verb> {
    let timed = Verb::of_people().filter(|verb| ticket::clock_of(*verb).is_some());
    let mut kinds: Vec<Verb> = timed.collect();
    kinds.sort_by_key(|verb| verb.descriptor().rank);
    kinds
}

#[component]
fn List(found: Shown, verb: String, later: bool) -> impl IntoView {
    let locale = use_locale();
    if found.is_empty {
        return view! { <section class="card"><Empty title=staff::NO_TASKS reason=staff::NO_TASKS_WHY/></section> }.into_any();
    }
    let kind = if verb.is_empty() {
        String::new()
    } else {
        format!("verb={verb}&")
    };
    let first = later.then(|| format!("/tasks?{}", kind.trim_end_matches('&')));
    let next = found
        .next
        .map(|cursor| format!("/tasks?{kind}cursor={cursor}"));
    let choosing = !bulk_acts().is_empty();
    let lines = move |rows: Vec<TaskRow>| {
        rows.into_iter()
            .map(|task| view! { <Line task choosing/> })
            .collect_view()
    };
    view! {
        <p class="row between">
            <span class="count" role="status">{staff::task_count(found.count, locale)}</span>
            <span class="muted small">{say(staff::SORTED_BY_TIME)}</span>
        </p>
        <BulkBar/>
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(staff::TASKS)>
            <table class="table cards tickets to-dos" class:choosing=choosing>
                <TicketHead to_do=true choosing/>
                {found.rows.tbody(lines)}
            </table>
        </div>
        <Pager first next/>
        <p class="muted small keys">{say(staff::ROW_KEYS)}</p>
    }
    .into_any()
}

#[component]
fn Line(task: TaskRow, choosing: bool) -> impl IntoView {
    let locale = use_locale();
    // Of the verbs that the task admits, the one that this person's role is there for.
    let actor = use_actor();
    let may = |verb: Verb| {
        let actor = actor.as_ref();
        actor.is_some_and(|actor| verb.need().is_met_by(actor))
    };
    let own = kinds()
        .into_iter()
        .find(|verb| task.verbs.contains(verb) && may(*verb));
    let verb = own.or(task.verbs.first().copied());
    let mut words = verb.map_or("", |verb| verb.label(locale)).to_owned();
    if task.responsible.is_some_and(|it| it.is_own) {
        words.push_str(" · ");
        words.push_str(say(tree::MINE));
    }
    let clock = verb.and_then(ticket::clock_of);
    view! { <TicketLine ticket=task.ticket deadline=task.due clock to_do=words choosing/> }
}
