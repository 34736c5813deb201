//! The quarterly reviews of posts in the reader's reach, and one of them with an answer for each post.
//! Not here: making and closing them (`services::users::life`).
//! One form carries all answers of a review; what is left for later stays open.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::account::review::{ReviewAnswer, ReviewHead, ReviewSheet, ReviewedPost};
use shared::calendar::Instant;
use shared::text::account::life::roles;
use shared::text::account::stand_in as words;
use shared::text::staff;

use crate::api::account::{read_review, read_reviews};
use crate::components::empty::Empty;
use crate::components::form::{FieldNames, FieldNotes, Form, SubmitButton, use_form};
use crate::components::page::{Loaded, by_id, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::context::{say, use_locale};

/// The page's own address.
const PATH: &str = "/staff/reviews";

/// `/staff/reviews`
#[component]
pub fn ReviewsPage() -> impl IntoView {
    view! {
        <StaffPage path="/staff/reviews" title=fixed(words::REVIEWS)>
            <Heads/>
        </StaffPage>
    }
}

#[component]
fn Heads() -> impl IntoView {
    let resource = of_address(String::new, |_| read_reviews());
    let show = |heads: Vec<ReviewHead>| view! { <List heads/> };
    view! {
        <div class="stack">
            <p class="muted">{say(words::REVIEWS_WHY)}</p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn List(heads: Vec<ReviewHead>) -> impl IntoView {
    if heads.is_empty() {
        return view! {
            <section class="card"><Empty title=words::NO_REVIEWS reason=words::NO_REVIEWS_WHY/></section>
        }
        .into_any();
    }
    let line = |head: ReviewHead| {
        let class = if head.open > 0 { "badge warn" } else { "badge" };
        view! {
            <tr>
                <td class="key"><a href=format!("{PATH}/{}", head.id)><b lang="zh-CN">{head.unit_name}</b></a></td>
                <td data-label=say(words::TERM)>{head.term}</td>
                <td data-label=say(words::DUE)><When at=head.due_at/></td>
                <td data-label=say(words::POSTS) class="num">{head.posts}</td>
                <td data-label=say(words::OPEN) class="num"><span class=class>{head.open}</span></td>
            </tr>
        }
    };
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::REVIEWS)>
            <table class="table cards">
                <thead><tr>
                    <th scope="col">{say(staff::OWN_UNIT)}</th>
                    <th scope="col">{say(words::TERM)}</th>
                    <th scope="col">{say(words::DUE)}</th>
                    <th scope="col" class="num">{say(words::POSTS)}</th>
                    <th scope="col" class="num">{say(words::OPEN)}</th>
                </tr></thead>
                <tbody>{heads.into_iter().map(line).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// `/staff/reviews/:id`
#[component]
pub fn ReviewPage() -> impl IntoView {
    view! {
        <StaffPage path="/staff/reviews/:id" title=fixed(words::REVIEWS)>
            <One/>
        </StaffPage>
    }
}

#[component]
fn One() -> impl IntoView {
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        done.map(|_| view! { <p class="note ok">{say(words::DONE)}</p> })
    };
    let resource = by_id(read_review);
    let show = |sheet: ReviewSheet| view! { <Sheet sheet/> };
    view! {
        <div class="stack">
            <div aria-live="polite" class="done-note">{note}</div>
            <p><a href=PATH>{say(words::BACK)}</a></p>
            <Loaded resource show/>
        </div>
    }
}

/// The answers that can be chosen; a post is frozen by nobody's word.
const ANSWERS: [ReviewAnswer; 3] = [
    ReviewAnswer::Kept,
    ReviewAnswer::Shortened,
    ReviewAnswer::Ended,
];

/// The fields of a post in the form: its answer, and its last day.
fn fields(post: &ReviewedPost) -> (String, String) {
    let (no, username) = (post.no, &post.username);
    (
        format!("answer.{no}.{username}"),
        format!("until.{no}.{username}"),
    )
}

/// The last day before an instant at which something ends.
fn last_day(at: Instant) -> String {
    Instant(at.0 - 1).date().to_string()
}

#[component]
fn Sheet(sheet: ReviewSheet) -> impl IntoView {
    let locale = use_locale();
    let head = sheet.head;
    let may = sheet.posts.iter().any(|post| post.may_answer);
    let names = sheet.posts.iter().map(|post| {
        let label = words::last_day(&post.name, post.no, locale);
        (fields(post).1, label)
    });
    provide_context(FieldNames(names.collect()));
    let lines = sheet.posts.into_iter();
    let lines = lines.map(|post| view! { <Post post/> }).collect_view();
    let save = may.then(|| view! { <div><SubmitButton label=words::SAVE/></div> });
    view! {
        <section class="card stack">
            <h2 class="section-title"><span lang="zh-CN">{head.unit_name}</span> " " {head.term}</h2>
            <p class="muted">{say(words::DUE)} " " <When at=head.due_at/></p>
            <Form action=format!("{PATH}/{}/answer", head.id) class="stack" label=say(words::ANSWER)>
                <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::REVIEWS)>
                    <table class="table cards">
                        <thead><tr>
                            <th scope="col">{say(words::HOLDER)}</th>
                            <th scope="col">{say(staff::ROLES)}</th>
                            <th scope="col">{say(words::REACH)}</th>
                            <th scope="col">{say(words::LASTS)}</th>
                            <th scope="col">{say(words::SEEN)}</th>
                            <th scope="col">{say(words::ANSWER)}</th>
                        </tr></thead>
                        <tbody>{lines}</tbody>
                    </table>
                </div>
                {save}
            </Form>
        </section>
    }
}

#[component]
fn Post(post: ReviewedPost) -> impl IntoView {
    let locale = use_locale();
    let reach = post.scope.map(|scope| scope.label(locale));
    let lasts = post.until.map(last_day);
    let lasts = lasts.unwrap_or_else(|| say(words::LASTING).to_owned());
    let seen = match post.seen_at {
        Some(at) => view! { <When at/> }.into_any(),
        None => say(words::NEVER).into_any(),
    };
    view! {
        <tr>
            <td class="key"><b lang="zh-CN">{post.name.clone()}</b> " " <span class="muted small" translate="no">{post.username.clone()}</span></td>
            <td data-label=say(staff::ROLES)>{roles(post.role.as_str(), locale)} " " <span class="muted small num">{post.no}</span></td>
            <td data-label=say(words::REACH)>{reach}</td>
            <td data-label=say(words::LASTS)>{lasts}</td>
            <td data-label=say(words::SEEN)>{seen}</td>
            <td data-label=say(words::ANSWER)><Answer post/></td>
        </tr>
    }
}

/// What was answered, or the choice; what was typed stays when something else was refused.
#[component]
fn Answer(post: ReviewedPost) -> impl IntoView {
    let locale = use_locale();
    if let Some(answer) = post.answer {
        let day = post.ends_at.map(last_day);
        return view! {
            <span class="badge">{answer.label(locale)}</span> " " {day} " " <span lang="zh-CN">{post.by}</span>
        }
        .into_any();
    }
    if !post.may_answer {
        return view! { <span class="muted">{say(words::OPEN)}</span> }.into_any();
    }
    let form = use_form();
    let (answer, until) = fields(&post);
    let chosen = form.initial(&answer, None);
    let option = move |code: ReviewAnswer| {
        let selected = code.as_str() == chosen;
        view! { <option value=code.as_str() selected=selected>{code.label(locale)}</option> }
    };
    let options = ANSWERS.into_iter().map(option).collect_view();
    let day = form.initial(&until, None);
    let id = form.id(&until);
    view! {
        <div class="stack tight">
            <select name=answer aria-label=words::about(&post.name, post.no, locale)>
                <option value="">{say(words::LATER)}</option>
                {options}
            </select>
            <FieldNotes name=until.clone()/>
            <input
                id=id
                type="date"
                name=until
                value=day
                aria-label=words::last_day(&post.name, post.no, locale)
                title=say(words::LAST_DAY_HELP)
            />
        </div>
    }
    .into_any()
}
