//! Exactly what this person may do with the ticket now, one fold per verb with its form; the first one is open.
//! A form that came back is open with what was typed. Forms by stage: `gate`, `intake`, `unit`, `tree`, `dispute`, `evidence`, `life`, `closing`, `supervise`, `together`, `ruling`, `transfer`, `citizen`, `bin`.
//! A new verb has its form in the file of its stage and in that file's `form`. Not here: whether it may be done (services, I6).

mod bin;
mod checklist;
mod citizen;
mod closing;
mod dispute;
mod evidence;
mod gate;
mod intake;
mod life;
mod plan;
mod reply;
mod ruling;
mod supervise;
mod together;
mod transfer;
mod tree;
mod unit;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::file::FileView;
use shared::register::ReasonFor;
use shared::text::{Text, ticket};
use shared::ticket::Verb;
use shared::ticket::together::MergedView;
use shared::ticket::view::{AssignmentView, DutyView, LadderView, Named, ReasonView, TicketDetail};

use crate::components::form::{EnteredLater, Form, Hidden, Select, SelectItem};
use crate::context::{say, use_locale};

pub use self::plan::PlanFields;
pub use self::reply::ReplyFields;

/// A verb that can be done now, on the ticket or on one of its assignments.
#[derive(Clone)]
struct Act {
    verb: Verb,
    /// The assignment, for a unit's verbs.
    part: Option<AssignmentView>,
    /// Where its form is posted.
    action: String,
    /// What the form sends as `version`.
    version: i32,
    /// The office's reasons that are offered at it.
    reasons: Vec<ReasonView>,
}

/// The card of actions.
#[component]
pub fn Actions(
    detail: TicketDetail,
    units: Vec<Named>,
    duties: Vec<DutyView>,
    /// Tickets that were merged into it.
    merged: Vec<MergedView>,
    /// Files that hang on it.
    files: Vec<FileView>,
    /// How its clocks stand on their ladders.
    ladders: Vec<LadderView>,
) -> impl IntoView {
    let acts = acts(&detail);
    let params = use_params_map();
    let here = params.with_untracked(|params| {
        let verb = params.get("verb")?;
        Some(match params.get("assignment") {
            Some(part) => format!("/tickets/{}/assignments/{part}/{verb}", detail.row.id),
            None => format!("/tickets/{}/{verb}", detail.row.id),
        })
    });
    // At most one form is open: the one that came back, else the first, unless nothing waits for it.
    let first = acts
        .first()
        .filter(|act| !is_aside(act.verb))
        .map_or(usize::MAX, |_| 0);
    let open = acts
        .iter()
        .position(|act| Some(&act.action) == here.as_ref())
        .unwrap_or(first);
    let several = acts.iter().filter_map(|act| act.part.as_ref()).any(|part| {
        acts.iter()
            .filter_map(|act| act.part.as_ref())
            .any(|other| other.id != part.id)
    });
    let folds = acts
        .iter()
        .cloned()
        .enumerate()
        .map(|(index, act)| {
            let choices = (
                units.clone(),
                duties.clone(),
                merged.clone(),
                files.clone(),
                ladders.clone(),
            );
            let detail = detail.clone();
            view! { <Fold act open=index == open primary=index == 0 named=several detail choices/> }
        })
        .collect_view();
    let content = if acts.is_empty() {
        view! { <p class="muted">{say(ticket::NO_ACTIONS)}</p> }.into_any()
    } else {
        folds.into_any()
    };
    view! {
        <section class="card actions" id="actions" aria-labelledby="actions-title">
            <h2 class="section-title" id="actions-title">{say(ticket::ACTIONS)}</h2>
            {content}
        </section>
    }
}

/// On narrow screens what the stage waits for is one press away, wherever the reader is: done at once where the form has only a button.
#[component]
pub fn MainAction(detail: TicketDetail) -> impl IntoView {
    let locale = use_locale();
    let act = acts(&detail).into_iter().next();
    act.filter(|act| !is_aside(act.verb)).map(|act| {
        let word = act.verb.label(locale);
        let button = match act.verb {
            Verb::Sign => {
                let form = format!("{}form", prefix(&act));
                view! { <button class="button primary" type="submit" form=form>{word}</button> }
                    .into_any()
            }
            Verb::Dispatch => {
                view! { <a class="button primary" href=act.action>{word}</a> }.into_any()
            }
            _ => view! { <a class="button primary" href="#actions">{ticket::go_to(word, locale)}</a> }
                .into_any(),
        };
        view! { <div class="action-bar main-action">{button}</div> }
    })
}

/// Where the forms of the page are posted.
pub(super) fn addresses(detail: &TicketDetail) -> Vec<String> {
    acts(detail).into_iter().map(|act| act.action).collect()
}

fn acts(detail: &TicketDetail) -> Vec<Act> {
    let id = detail.row.id;
    let reasons = |verb: Verb| -> Vec<ReasonView> {
        let at = ReasonFor::of(verb);
        let all = detail.reasons.iter();
        all.filter(|reason| Some(reason.verb) == at)
            .cloned()
            .collect()
    };
    let of_ticket = detail.actions.iter().map(|verb| Act {
        verb: *verb,
        part: None,
        action: format!("/tickets/{id}/{verb}"),
        version: detail.row.version,
        reasons: reasons(*verb),
    });
    let of_parts = detail.assignments.iter().flat_map(|part| {
        part.actions.iter().map(move |verb| Act {
            verb: *verb,
            part: Some(part.clone()),
            action: format!("/tickets/{id}/assignments/{}/{verb}", part.id),
            version: part.version,
            reasons: reasons(*verb),
        })
    });
    // What a unit has to do comes before what a centre could do.
    let mut acts: Vec<Act> = of_parts.chain(of_ticket).collect();
    let called = was_called(detail);
    acts.sort_by_key(|act| rank(act.verb, called));
    acts
}

/// Whether the citizen has answered a call since the present units got the ticket: what comes next is closing, not another call.
fn was_called(detail: &TicketDetail) -> bool {
    let since = detail
        .assignments
        .iter()
        .map(|part| part.dispatched_at)
        .max();
    let calls = detail.follow_ups.iter().filter(|call| call.connected);
    calls
        .map(|call| call.at)
        .max()
        .is_some_and(|last| Some(last) >= since)
}

/// Whether no stage waits for the verb: it is done when somebody asks for it, and is never what the page begins with.
const fn is_aside(verb: Verb) -> bool {
    matches!(
        verb,
        Verb::CorrectCitizen | Verb::EraseCitizen | Verb::Recycle | Verb::NameAccused
    )
}

/// The verb's place; once the citizen has answered a call, closing is what the stage waits for.
const fn rank(verb: Verb, called: bool) -> u8 {
    match verb {
        Verb::Close if called => 1,
        verb => verb.descriptor().rank,
    }
}

/// What forms offer: units, rows of the areas of responsibility, merged tickets, files, and ladders.
type Choices = (
    Vec<Named>,
    Vec<DutyView>,
    Vec<MergedView>,
    Vec<FileView>,
    Vec<LadderView>,
);

#[component]
fn Fold(
    act: Act,
    open: bool,
    primary: bool,
    /// Several assignments can be acted on: each fold names its unit.
    named: bool,
    detail: TicketDetail,
    /// Units, rows of the areas of responsibility, merged tickets, files, and ladders.
    choices: Choices,
) -> impl IntoView {
    let locale = use_locale();
    let unit = act
        .part
        .as_ref()
        .filter(|_| named)
        .map(|part| part.unit.name.clone());
    if act.verb == Verb::Dispatch {
        let href = act.action.clone();
        let class = if primary {
            "button primary wide"
        } else {
            "button wide"
        };
        return view! { <p><a class=class href=href>{say(ticket::DISPATCH_OPEN)}</a></p> }
            .into_any();
    }
    let (units, duties, merged, files, ladders) = choices;
    let form = gate::form(&act, &detail, &units)
        .or_else(|| intake::form(&act, &detail))
        .or_else(|| unit::form(&act, &detail, &files))
        .or_else(|| evidence::form(&act, &files))
        .or_else(|| tree::form(&act, &units))
        .or_else(|| plan::form(&act))
        .or_else(|| dispute::form(&act, &units, &duties))
        .or_else(|| life::form(&act, &files))
        .or_else(|| supervise::form(&act, &ladders))
        .or_else(|| together::form(&act, &merged, &detail.links))
        .or_else(|| ruling::form(&act))
        .or_else(|| transfer::form(&act, &detail))
        .or_else(|| citizen::form(&act))
        .or_else(|| bin::form(&act))
        .or_else(|| closing::form(&act, &detail));
    let Some(form) = form else {
        return ().into_any();
    };
    view! {
        <details class="fold act" open=open>
            <summary>
                <b>{act.verb.label(locale)}</b>
                {unit.map(|unit| view! { <span class="muted" lang="zh-CN">{unit}</span> })}
            </summary>
            {form}
        </details>
    }
    .into_any()
}

/// Before the ids of a verb's fields.
fn prefix(act: &Act) -> String {
    match &act.part {
        Some(part) => format!("{}-{}-", act.verb, part.id),
        None => format!("{}-", act.verb),
    }
}

/// The form of a verb: a line of help, the version that the person saw, the fields.
#[component]
fn VerbForm(act: Act, #[prop(optional)] help: Option<Text>, children: Children) -> impl IntoView {
    let prefix = prefix(&act);
    let later = act.verb.is_entered_later();
    let version = Signal::stored(act.version.to_string());
    view! {
        <Form action=act.action prefix class="verb-form" label=act.verb.label(use_locale())>
            {help.map(|help| view! { <p class="help">{say(help)}</p> })}
            <Hidden name="version" value=version/>
            {children()}
            {later.then(|| view! { <EnteredLater/> })}
        </Form>
    }
}

/// The office's reasons, where it offers some at this verb; made inside the form, whose state it reads.
#[component]
fn Cause(act: Act) -> impl IntoView {
    let locale = use_locale();
    let items: Vec<SelectItem> = act
        .reasons
        .iter()
        .map(|reason| SelectItem::new(reason.code.clone(), reason.words(locale)))
        .collect();
    (!items.is_empty()).then(|| {
        view! { <Select name="cause" items=Signal::stored(items) empty=ticket::CAUSE_NONE optional=true/> }
    })
}
