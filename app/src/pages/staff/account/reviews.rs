//! The quarterly reviews of accounts in the reader's reach, and one of them with an answer for each person.
//! Not here: making and closing them (`services::users::life`).
//! One form carries all answers of a review; who is left for later stays open.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::account::review::{ReviewAnswer, ReviewHead, ReviewPerson, ReviewSheet};
use shared::text::account::life::roles;
use shared::text::account::stand_in as words;
use shared::text::{account, staff};

use crate::api::account::{read_review, read_reviews};
use crate::components::empty::Empty;
use crate::components::form::{Form, SubmitButton};
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
                <td data-label=say(words::PEOPLE) class="num">{head.people}</td>
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
                    <th scope="col" class="num">{say(words::PEOPLE)}</th>
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

#[component]
fn Sheet(sheet: ReviewSheet) -> impl IntoView {
    let head = sheet.head;
    let may = sheet.people.iter().any(|person| person.may_answer);
    let lines = sheet
        .people
        .into_iter()
        .map(|person| view! { <Person person/> })
        .collect_view();
    let save = may.then(|| view! { <div><SubmitButton label=words::SAVE/></div> });
    view! {
        <section class="card stack">
            <h2 class="section-title"><span lang="zh-CN">{head.unit_name}</span> " " {head.term}</h2>
            <p class="muted">{say(words::DUE)} " " <When at=head.due_at/></p>
            <Form action=format!("{PATH}/{}/answer", head.id) class="stack" label=say(words::ANSWER)>
                <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::REVIEWS)>
                    <table class="table cards">
                        <thead><tr>
                            <th scope="col">{say(staff::USERNAME)}</th>
                            <th scope="col">{say(account::NAME)}</th>
                            <th scope="col">{say(staff::ROLES)}</th>
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
fn Person(person: ReviewPerson) -> impl IntoView {
    let locale = use_locale();
    let answer = match person.answer {
        Some(answer) => view! {
            <span class="badge">{answer.label(locale)}</span> " " <span lang="zh-CN">{person.by.clone()}</span>
        }
        .into_any(),
        None if person.may_answer => {
            let name = format!("answer.{}", person.username);
            view! {
                <select name=name aria-label=words::about(&person.name, locale)>
                    <option value="">{say(words::LATER)}</option>
                    <option value="kept">{ReviewAnswer::Kept.label(locale)}</option>
                    <option value="ended">{ReviewAnswer::Ended.label(locale)}</option>
                </select>
            }
            .into_any()
        }
        None => view! { <span class="muted">{say(words::OPEN)}</span> }.into_any(),
    };
    view! {
        <tr>
            <td class="key" translate="no">{person.username.clone()}</td>
            <td data-label=say(account::NAME) lang="zh-CN">{person.name.clone()}</td>
            <td data-label=say(staff::ROLES)>{roles(&person.roles, locale)}</td>
            <td data-label=say(words::ANSWER)>{answer}</td>
        </tr>
    }
}
