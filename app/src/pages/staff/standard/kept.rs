//! Kept reports: the list, and one with its digest, remarks, signature, and what differs from the one before.
//! Not here: the rules (`services::reports::kept`), how parts are drawn (`content`).
//! Reads and sends without script.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use shared::report::{CommentView, Difference, KeptPage, KeptReport, KeptRow, MAX_COMMENT, Period};
use shared::text::{clock, standard as words};

use super::content::Content;
use super::{PATH, Take};
use crate::api::report::{KeptView, read_kept, read_kept_list};
use crate::components::empty::Empty;
use crate::components::form::{FieldNames, Form, SubmitButton, TextArea};
use crate::components::page::{Loaded, by_query, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale, use_now};
use crate::pages::staff::measures::ReportWays;

/// The list's own address.
const KEPT: &str = "/reports/kept";

/// `/reports/kept`
#[component]
pub fn KeptReportsPage() -> impl IntoView {
    view! {
        <StaffPage path="/reports/kept" title=fixed(words::KEPT)>
            <List/>
        </StaffPage>
    }
}

/// `/reports/kept/:no`
#[component]
pub fn KeptReportPage() -> impl IntoView {
    view! {
        <StaffPage path="/reports/kept/:no" title=fixed(words::KEPT_ONE) heading=false>
            <One/>
        </StaffPage>
    }
}

#[component]
fn List() -> impl IntoView {
    let resource = by_query(read_kept_list);
    let show = |page: KeptPage| view! { <Rows page/> };
    view! {
        <div class="stack loose report">
            <ReportWays here=KEPT/>
            <p class="muted">{say(words::KEPT_WHY)} " " <a href=PATH>{say(words::REPORTS)}</a></p>
            <Loaded resource show/>
        </div>
    }
}

/// A page of kept reports.
#[component]
pub(super) fn Rows(
    /// The page.
    page: KeptPage,
) -> impl IntoView {
    if page.items.is_empty() {
        return view! {
            <section class="card"><Empty title=words::KEPT_NONE reason=words::KEPT_NONE_WHY/></section>
        }
        .into_any();
    }
    let rows = page
        .items
        .into_iter()
        .map(|row| view! { <Row row/> })
        .collect_view();
    let more = page.next.map(|next| {
        let href = format!("{KEPT}?cursor={}", shared::query::encoded(&next));
        view! { <p><a href=href>{say(words::MORE)}</a></p> }
    });
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::KEPT)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::NUMBER)}</th>
                        <th scope="col">{say(words::REPORTS)}</th>
                        <th scope="col">{say(words::PERIOD)}</th>
                        <th scope="col">{say(words::MADE)}</th>
                        <th scope="col">{say(words::SIGNED)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {more}
    }
    .into_any()
}

#[component]
fn Row(row: KeptRow) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let at = |at| clock::date_time(at, now, locale);
    let made = words::by_at(&row.made_by, &at(row.made_at));
    let signed = match (&row.signed_by, row.signed_at) {
        (Some(by), Some(when)) => words::by_at(by, &at(when)),
        _ => say(words::UNSIGNED).to_owned(),
    };
    let href = format!("{KEPT}/{}", row.no);
    let period = Period::parse(&row.period);
    let period = period.map_or_else(|| row.period.clone(), |period| period.words(locale));
    view! {
        <tr>
            <td class="key" data-label=say(words::NUMBER)><a href=href translate="no">{row.no}</a></td>
            <td data-label=say(words::REPORTS)>{row.name.label(locale)}</td>
            <td data-label=say(words::PERIOD)>{period}</td>
            <td data-label=say(words::MADE)>{made}</td>
            <td data-label=say(words::SIGNED)>{signed}</td>
        </tr>
    }
}

#[component]
fn One() -> impl IntoView {
    let names = [("text", words::COMMENT_TEXT)];
    let names = names.map(|(name, label)| (name.to_owned(), say(label).to_owned()));
    provide_context(FieldNames(names.to_vec()));
    let (params, query) = (use_params_map(), use_query_map());
    let number = move || params.with(|params| params.get("no").unwrap_or_default());
    let resource = of_address(number, read_kept);
    let show = |view: KeptView| view! { <Whole view/> };
    let note = move || {
        let done = query.with(|query| query.get("done"));
        done.map(|_| view! { <p class="note ok">{say(words::DONE)}</p> })
    };
    view! {
        <div class="stack loose report">
            <ReportWays here=KEPT/>
            <div aria-live="polite" class="done-note">{note}</div>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Whole(view: KeptView) -> impl IntoView {
    let kept = view.kept;
    let base = format!("{KEPT}/{}", kept.row.no);
    let other = |no: Option<String>, word| {
        no.map(|no| view! { <a class="chip" href=format!("{KEPT}/{no}")>{say(word)}</a> })
    };
    let to_sign = kept
        .may_sign
        .then(|| view! { <a class="chip" href="#sign">{say(words::SIGN)}</a> });
    let around = view! {
        <nav class="row no-print" aria-label=say(words::KEPT)>
            {to_sign}
            {other(kept.before.clone(), words::ONE_BEFORE)}
            {other(kept.after.clone(), words::ONE_AFTER)}
        </nav>
    };
    let sign = kept.may_sign.then(|| {
        view! {
            <section class="card stack tight no-print" id="sign">
                <p class="help">{say(words::SIGN_WHY)}</p>
                <Form action=format!("{base}/sign") prefix="sign-" class="stack" label=say(words::SIGN)>
                    <div><SubmitButton label=words::SIGN/></div>
                </Form>
            </section>
        }
    });
    let query = format!("no={}", shared::query::encoded(&kept.row.no));
    let take = kept
        .is_whole
        .then(|| view! { <Take name=kept.row.name query prints=view.prints/> });
    view! {
        {around}
        {take}
        <Content report=kept.report.clone()/>
        {sign}
        <Differences kept=kept.clone()/>
        <Remarks comments=kept.comments action=format!("{base}/comment")/>
        <p class="no-print"><a href=PATH>{say(words::REPORTS)}</a></p>
    }
}

/// What differs from the one before.
#[component]
fn Differences(kept: KeptReport) -> impl IntoView {
    if kept.before.is_none() {
        return ().into_any();
    }
    if kept.differences.is_empty() {
        return view! {
            <section>
                <h2 class="section-title">{say(words::DIFFERENCES)}</h2>
                <p class="muted">{say(words::NO_DIFFERENCES)}</p>
            </section>
        }
        .into_any();
    }
    let line = |it: Difference| {
        view! {
            <tr>
                <td data-label=say(words::TABLE)>{it.table}</td>
                <td data-label=say(words::ROW)>{it.row}</td>
                <td data-label=say(words::COLUMN)>{it.column}</td>
                <td class="num" data-label=say(words::WAS)>{it.was}</td>
                <td class="num" data-label=say(words::NOW)>{it.now}</td>
            </tr>
        }
    };
    let lines = kept.differences.into_iter().map(line).collect_view();
    view! {
        <section>
            <h2 class="section-title">{say(words::DIFFERENCES)}</h2>
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::DIFFERENCES)>
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::TABLE)}</th>
                            <th scope="col">{say(words::ROW)}</th>
                            <th scope="col">{say(words::COLUMN)}</th>
                            <th scope="col" class="num">{say(words::WAS)}</th>
                            <th scope="col" class="num">{say(words::NOW)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// The remarks, and the form of another one.
#[component]
fn Remarks(comments: Vec<CommentView>, action: String) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let line = |it: CommentView| {
        let who = words::by_at(&it.by, &clock::date_time(it.at, now, locale));
        view! { <li><p>{it.text}</p><p class="muted small">{who}</p></li> }
    };
    let lines = comments.into_iter().map(line).collect_view();
    let max = u32::try_from(MAX_COMMENT).unwrap_or(1_000);
    view! {
        <section class="stack">
            <h2 class="section-title">{say(words::COMMENTS)}</h2>
            <ul class="stack">{lines}</ul>
            <div class="no-print">
                <Form action prefix="comment-" class="stack" label=say(words::COMMENT)>
                    <TextArea name="text" label=words::COMMENT_TEXT max rows=3/>
                    <div><SubmitButton label=words::SEND/></div>
                </Form>
            </div>
        </section>
    }
}
