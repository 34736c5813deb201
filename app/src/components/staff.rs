//! The frame of the staff's pages: the audience first, then rail and page (`.staff-shell > nav.rail + main.page`).
//! Not here: the header (`frame`), the rights themselves (services, I6).
//! Keys: `/` search, `g d` to-dos, `g s` the one search, arrows and Enter in tables (`browser::keys`).

use std::future::Future;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use shared::access::{Actor, Permission as P, needs};
use shared::text::{
    Text, account, approval, citizen, directive, incoming, job, notification, paper, pivot, pool,
    quality, request, staff, ticket, views,
};

use super::access::Guarded;
use super::icon::{Draw, Icon};
use super::page::Page;
use crate::api::approvals::approval_count;
use crate::api::staff::task_count;
use crate::context::{say, use_actor, use_now, use_revision};
use crate::error::AppError;
use crate::routes::need_of;

/// A page for people who are signed in.
#[component]
pub fn StaffPage(
    /// Its path in the router's words, whose row says who may see it.
    path: &'static str,
    /// Title in the tab.
    #[prop(into)]
    title: Signal<String>,
    /// Shows the title as the `h1`.
    #[prop(default = true)]
    heading: bool,
    children: ChildrenFn,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    {
        crate::browser::keys::listen();
        crate::browser::kept::watch();
    }
    let children = StoredValue::new(children);
    view! {
        <Guarded need=need_of(path)>
            <div class="staff-shell">
                <Rail/>
                <Page title=title width="wide" heading>
                    <Printed/>
                    {children.with_value(|children| children())}
                </Page>
            </div>
        </Guarded>
    }
}

/// On paper only: who printed this and when, for "today" is another day tomorrow.
#[component]
fn Printed() -> impl IntoView {
    let who = use_actor().map(|actor| actor.name).unwrap_or_default();
    let when = use_now().local().format("%Y-%m-%d %H:%M").to_string();
    view! { <p class="on-paper">{say(staff::PRINTED)} " " <span lang="zh">{who}</span> " " {when}</p> }
}

/// One entry of the rail.
struct Door {
    path: &'static str,
    word: Text,
    icon: Icon,
}

impl Door {
    /// Who finds it in the rail: whoever may see its page. To-dos are everybody's, but only people with tickets can have any; long jobs as
    /// well, but only who exports or looks after jobs has a reason to go there.
    fn is_for(&self, actor: &Actor) -> bool {
        match self.path {
            "/tasks" => needs::TICKETS.is_met_by(actor),
            "/staff/account-requests" => {
                needs::APPLYING.is_met_by(actor)
                    || needs::ROLES.is_met_by(actor)
                    || needs::ACCOUNTS.is_met_by(actor)
                    || needs::AUDIT.is_met_by(actor)
            }
            "/staff/reviews" => [P::AccountApprove, P::RoleGrant, P::AuditRead]
                .into_iter()
                .any(|right| actor.may(right)),
            "/staff/jobs" => needs::EXPORT.is_met_by(actor) || needs::OTHERS_JOBS.is_met_by(actor),
            path => need_of(path).is_met_by(actor),
        }
    }
}

const DOORS: [Door; 33] = [
    Door {
        path: "/tasks",
        word: staff::TASKS,
        icon: Icon::Inbox,
    },
    Door {
        path: "/search",
        word: views::SEARCH,
        icon: Icon::Search,
    },
    Door {
        path: "/desk",
        word: staff::DESK,
        icon: Icon::Desk,
    },
    Door {
        path: "/tickets",
        word: staff::TICKETS,
        icon: Icon::List,
    },
    Door {
        path: "/alarms",
        word: ticket::alarm::ALARMS,
        icon: Icon::Alert,
    },
    Door {
        path: "/plan",
        word: ticket::plan::PLAN,
        icon: Icon::Clock,
    },
    Door {
        path: "/directives",
        word: directive::DIRECTIVES,
        icon: Icon::Alert,
    },
    Door {
        path: "/follow-ups",
        word: pool::POOL,
        icon: Icon::Phone,
    },
    Door {
        path: "/incoming",
        word: incoming::INCOMING,
        icon: Icon::Letter,
    },
    Door {
        path: "/paper",
        word: paper::PAPER,
        icon: Icon::Write,
    },
    Door {
        path: "/approvals",
        word: approval::APPROVALS,
        icon: Icon::Stamp,
    },
    Door {
        path: "/processes",
        word: approval::PROCESSES,
        icon: Icon::Flow,
    },
    Door {
        path: "/office/lists",
        word: staff::LISTS,
        icon: Icon::List,
    },
    Door {
        path: "/office/ready",
        word: staff::READY,
        icon: Icon::Tick,
    },
    Door {
        path: "/reports/overview",
        word: staff::REPORT,
        icon: Icon::Chart,
    },
    Door {
        path: "/board",
        word: pivot::BOARD,
        icon: Icon::Chart,
    },
    Door {
        path: "/data-requests",
        word: request::REQUESTS,
        icon: Icon::Chart,
    },
    Door {
        path: "/office/quality",
        word: quality::QUALITY,
        icon: Icon::Tick,
    },
    Door {
        path: "/staff/notifications",
        word: notification::UNDELIVERED,
        icon: Icon::Letter,
    },
    Door {
        path: "/staff/mandates",
        word: citizen::mandate::TITLE,
        icon: Icon::Stamp,
    },
    Door {
        path: "/staff/wishes",
        word: citizen::wish::TITLE,
        icon: Icon::Person,
    },
    Door {
        path: "/staff/jobs",
        word: job::JOBS,
        icon: Icon::Clock,
    },
    Door {
        path: "/staff/accounts",
        word: account::ACCOUNTS,
        icon: Icon::Person,
    },
    Door {
        path: "/staff/account-requests",
        word: account::life::REQUESTS,
        icon: Icon::Stamp,
    },
    Door {
        path: "/staff/reviews",
        word: account::stand_in::REVIEWS,
        icon: Icon::List,
    },
    Door {
        path: "/office/people",
        word: account::posts::PEOPLE,
        icon: Icon::Person,
    },
    Door {
        path: "/office/roles",
        word: account::posts::ROLES,
        icon: Icon::Key,
    },
    Door {
        path: "/office/readers",
        word: account::readers::TITLE,
        icon: Icon::List,
    },
    Door {
        path: "/audit",
        word: account::audit::AUDIT,
        icon: Icon::Search,
    },
    Door {
        path: "/staff/personal-fields",
        word: account::personal::FIELDS,
        icon: Icon::List,
    },
    Door {
        path: "/staff/personal-looks",
        word: account::personal::LOOKS,
        icon: Icon::Search,
    },
    Door {
        path: "/staff/keys",
        word: account::keys::KEYS,
        icon: Icon::Key,
    },
    Door {
        path: "/account",
        word: staff::ACCOUNT,
        icon: Icon::Person,
    },
];

/// Pages without an entry of their own, each with the entry that leads there.
const BESIDE: [(&str, &str); 21] = [
    ("/phrases", "/tasks"),
    ("/bulk", "/tasks"),
    ("/paper-blocks", "/paper"),
    ("/staff/import", "/staff/accounts"),
    ("/staff/platforms", "/staff/accounts"),
    ("/office/teams", "/office/people"),
    ("/office/units", "/office/lists"),
    ("/set-up", "/office/ready"),
    ("/views", "/tickets"),
    ("/persons", "/tickets"),
    ("/measures", "/reports/overview"),
    ("/reports", "/reports/overview"),
    ("/reports/cube", "/reports/overview"),
    ("/reports/frozen", "/reports/overview"),
    ("/reports/touched", "/reports/overview"),
    ("/reports/pivots", "/reports/overview"),
    ("/reports/warnings", "/reports/overview"),
    ("/reports/three", "/reports/overview"),
    ("/reports/checks", "/reports/overview"),
    ("/staff/exports", "/staff/jobs"),
    ("/staff/statements", "/staff/jobs"),
];

/// The work areas that this person has.
#[component]
fn Rail() -> impl IntoView {
    let actor = use_actor().unwrap_or_else(Actor::visitor);
    let location = use_location();
    let doors = DOORS
        .into_iter()
        .filter(|door| door.is_for(&actor))
        .map(|door| {
            let path = door.path;
            let current = move || {
                let here = location.pathname.get();
                let is_under = |path: &str| {
                    here.strip_prefix(path)
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                };
                let mut beside = BESIDE.iter().filter(|(_, door)| *door == path);
                let is_beside = beside.any(|(page, _)| is_under(page));
                (is_under(path) || is_beside).then_some("page")
            };
            let badge = match path {
                "/tasks" => Some(view! { <Badge count=task_count/> }.into_any()),
                "/approvals" => Some(view! { <Badge count=approval_count/> }.into_any()),
                _ => None,
            };
            view! {
                <a href=path aria-current=current>
                    <Draw icon=door.icon/>
                    <span>{say(door.word)}</span>
                    {badge}
                </a>
            }
        })
        .collect_view();
    view! { <nav class="rail" aria-label=say(staff::RAIL)>{doors}</nav> }
}

/// How many wait; nothing while there are none.
#[component]
pub fn Badge<F, R>(count: F) -> impl IntoView
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<i64, AppError>> + Send + 'static,
{
    let revision = use_revision();
    let count = Resource::new(move || revision.get(), move |_| count());
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let n = count.await.unwrap_or_default();
                (n > 0).then(|| view! { <span class="badge">{staff::grouped(n)}</span> })
            })}
        </Transition>
    }
}
