//! Monthly reports of the audit: what was counted, and whether the signature holds.
//! Not here: making and signing them (services). Reads without script.

use leptos::prelude::*;
use shared::access::{
    AuditActCount, AuditQuestion, AuditReport, AuditReportView, AuditReports, AuditRule,
};
use shared::report::Period;
use shared::text::account::audit as words;
use shared::text::staff::grouped;

use crate::api::staff::audit::read_audit_reports;
use crate::components::empty::Empty;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::context::{say, use_locale};

/// `/audit/reports`
#[component]
pub fn AuditReportsPage() -> impl IntoView {
    view! {
        <StaffPage path="/audit/reports" title=fixed(words::REPORTS)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(async |_| read_audit_reports().await);
    let show = |found: AuditReports| {
        if found.items.is_empty() {
            return view! {
                <section class="card"><Empty title=words::NO_REPORTS reason=words::NO_REPORTS_WHY/></section>
            }
            .into_any();
        }
        let one = |it: AuditReportView| view! { <Report it/> };
        found.items.into_iter().map(one).collect_view().into_any()
    };
    view! {
        <div class="stack">
            <p class="muted">{say(words::REPORTS_HELP)}</p>
            <p class="row"><a class="button" href="/audit">{say(words::AUDIT)}</a></p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Report(it: AuditReportView) -> impl IntoView {
    let AuditReportView {
        report,
        made_at,
        hash,
        holds,
    } = it;
    let (class, word) = if holds {
        ("note ok", words::HOLDS)
    } else {
        ("note bad", words::BROKEN)
    };
    let month = Period::parse(&report.month);
    let month = month.map_or_else(|| report.month.clone(), |it| it.words(use_locale()));
    view! {
        <section class="card stack">
            <h2 class="section-title">{month}</h2>
            <p class=class>{say(words::SIGNATURE)} ": " {say(word)} " · " <When at=made_at/></p>
            <p class="muted small" translate="no">"SHA-256 " {hash}</p>
            <Counts report/>
        </section>
    }
}

/// Questions, alarms and acts with their numbers.
#[component]
fn Counts(report: AuditReport) -> impl IntoView {
    let locale = use_locale();
    let AuditReport {
        month,
        questions,
        alarms,
        acts,
        ..
    } = report;
    // The rows behind a number are those of its month alone.
    let days = Period::parse(&month).map_or_else(
        || format!("from={month}-01"),
        |it| format!("from={}&to={}", it.from, it.to),
    );
    let question = |question: &AuditQuestion| {
        let count = questions.get(question.code()).copied().unwrap_or(0);
        let href = format!("/audit?question={question}&{days}");
        view! { <li><a href=href>{question.label(locale)}</a> " " <span class="num">{grouped(count)}</span></li> }
    };
    let rule = |rule: &AuditRule| {
        let count = alarms.get(rule.code()).copied().unwrap_or(0);
        view! { <li><span>{rule.label(locale)}</span> " " <span class="num">{grouped(count)}</span></li> }
    };
    let act = |act: AuditActCount| {
        let name = words::action(&act.action, locale).unwrap_or_default();
        view! {
            <tr>
                <td class="key">{name} " " <span class="muted small" translate="no">{act.action}</span></td>
                <td class="num" data-label=say(words::COUNTED)><span class="num">{grouped(act.counted)}</span></td>
                <td class="num" data-label=say(words::FAILED)><span class="num">{grouped(act.failed)}</span></td>
            </tr>
        }
    };
    let questions = AuditQuestion::ALL.iter().map(question).collect_view();
    let rules = AuditRule::ALL.iter().map(rule).collect_view();
    let acts = acts.into_iter().map(act).collect_view();
    view! {
        <ul class="plain counts">{questions}</ul>
        <p><b>{say(words::ALARMS)}</b></p>
        <ul class="plain counts">{rules}</ul>
        <details class="fold">
            <summary>{say(words::ACTS)}</summary>
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::ACTS)>
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::WHAT)}</th>
                            <th scope="col" class="num">{say(words::COUNTED)}</th>
                            <th scope="col" class="num">{say(words::FAILED)}</th>
                        </tr>
                    </thead>
                    <tbody>{acts}</tbody>
                </table>
            </div>
        </details>
    }
}
