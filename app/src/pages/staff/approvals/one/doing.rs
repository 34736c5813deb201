//! A verb that can be done now, and the form around its fields: where it is posted, what it carries, whether it came back.
//! Not here: the fields of each verb (`task`, `case`, `owner`).
//! Forms of one path are told apart by their mark: the task, the paper, the incident.

use leptos::prelude::*;
use shared::approval::ApprovalVerb;
use shared::approval::view::{ApprovalRow, IncidentView, TaskView};
use shared::ids::ApprovalId;
use shared::text::Text;

use crate::components::form::{EnteredLater, Form, Hidden};
use crate::context::{say, use_locale, use_seed};
use crate::forms::address;

/// What a verb is about.
#[derive(Debug, Clone, Copy)]
enum Thing {
    Whole,
    /// Task and part.
    Task(i64, i32),
    Paper(i32),
    Incident(i32),
}

/// A verb that can be done now.
#[derive(Debug, Clone, Copy)]
pub struct Doing {
    id: ApprovalId,
    version: i32,
    /// The verb.
    pub verb: ApprovalVerb,
    thing: Thing,
}

impl Doing {
    /// A verb of the whole case.
    pub fn whole(row: &ApprovalRow, verb: ApprovalVerb) -> Self {
        Self {
            id: row.id,
            version: row.version,
            verb,
            thing: Thing::Whole,
        }
    }

    /// A verb of an open task.
    pub fn task(row: &ApprovalRow, task: &TaskView, verb: ApprovalVerb) -> Self {
        Self {
            thing: Thing::Task(task.task, task.part),
            ..Self::whole(row, verb)
        }
    }

    /// Handing in a paper.
    pub fn paper(row: &ApprovalRow, number: i32) -> Self {
        Self {
            thing: Thing::Paper(number),
            ..Self::whole(row, ApprovalVerb::Supply)
        }
    }

    /// Settling an incident.
    pub const fn incident(incident: &IncidentView, verb: ApprovalVerb) -> Self {
        Self {
            id: incident.approval,
            version: incident.version,
            verb,
            thing: Thing::Incident(incident.number),
        }
    }

    fn action(&self) -> String {
        // Approve and refuse are two buttons of one form.
        let word = match self.verb {
            ApprovalVerb::Approve | ApprovalVerb::Refuse => "decide",
            verb => verb.as_str(),
        };
        format!("/approvals/{}/{word}", self.id)
    }

    fn mark(&self) -> String {
        match self.thing {
            Thing::Whole => String::new(),
            Thing::Task(task, part) => format!("{task}-{part}"),
            Thing::Paper(number) | Thing::Incident(number) => number.to_string(),
        }
    }

    /// Which form of the page it is.
    pub fn address(&self) -> String {
        address(&self.action(), &self.mark())
    }

    /// Whether its form came back with what was typed.
    pub fn came_back(&self) -> bool {
        let (seed, own) = (use_seed(), self.address());
        let fresh = !seed.left.get_untracked();
        let returned = seed.returned.get_untracked();
        returned.is_some_and(|form| form.address() == own)
            || fresh
                && seed.with(|seed| {
                    let form = seed.form.as_ref();
                    form.is_some_and(|form| form.address() == own)
                })
    }
}

/// The form of a verb: a line of help, what the person saw, the fields.
#[component]
pub fn VerbForm(
    /// The verb.
    doing: Doing,
    /// A line above the fields.
    #[prop(optional)]
    help: Option<Text>,
    /// Where to go back to, when it is not the approval.
    #[prop(default = None)]
    back: Option<String>,
    children: Children,
) -> impl IntoView {
    let mark = doing.mark();
    let later = doing.verb.is_entered_later();
    let prefix = format!("{}-{mark}-", doing.verb);
    let seen =
        |name: &'static str, value: String| view! { <Hidden name value=Signal::stored(value)/> };
    let thing = match doing.thing {
        Thing::Whole => None,
        Thing::Task(task, part) => Some(vec![
            seen("task", task.to_string()),
            seen("part", part.to_string()),
        ]),
        Thing::Paper(number) => Some(vec![seen("paper", number.to_string())]),
        Thing::Incident(number) => Some(vec![seen("incident", number.to_string())]),
    };
    view! {
        <Form action=doing.action() mark prefix class="verb-form" label=doing.verb.label(use_locale())>
            {help.map(|help| view! { <p class="help">{say(help)}</p> })}
            {seen("version", doing.version.to_string())}
            {thing}
            {back.map(|back| seen("back", back))}
            {children()}
            {later.then(|| view! { <EnteredLater/> })}
        </Form>
    }
}

/// A verb as a fold, open when its form came back.
#[component]
pub fn Fold(
    /// The verb.
    doing: Doing,
    /// Open from the start.
    #[prop(optional)]
    open: bool,
    children: Children,
) -> impl IntoView {
    let open = open || doing.came_back();
    view! {
        <details class="fold act" open=open>
            <summary><b>{doing.verb.label(use_locale())}</b></summary>
            {children()}
        </details>
    }
}

/// Several folds below one heading, itself a fold; open when one of its forms came back.
#[component]
pub fn Group(
    /// The heading.
    title: Text,
    /// The verbs inside.
    verbs: Vec<Doing>,
    children: Children,
) -> impl IntoView {
    let open = verbs.iter().any(Doing::came_back);
    (!verbs.is_empty()).then(|| {
        view! {
            <details class="fold more-ways" open=open>
                <summary>{say(title)}</summary>
                <div class="actions">{children()}</div>
            </details>
        }
    })
}
