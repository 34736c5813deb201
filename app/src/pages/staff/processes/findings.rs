//! What the check says of a definition: how grave, where, and what.
//! Not here: the check (`bpmn::check`), its sentences (`shared::text::process_check`).
//! Errors first; what has no effect here last.

use leptos::prelude::*;
use shared::approval::view::FindingView;
use shared::text::{approval, process_owner as words};

use crate::context::{say, use_locale};

/// The findings as a table.
#[component]
pub fn Findings(findings: Vec<FindingView>) -> impl IntoView {
    if findings.is_empty() {
        return view! { <p class="note ok">{say(approval::CHECK_CLEAN)}</p> }.into_any();
    }
    let mut findings = findings;
    findings.sort_by_key(|finding| match finding.severity.as_str() {
        "error" => 0,
        "warning" => 1,
        _ => 2,
    });
    let lines = findings
        .into_iter()
        .map(|finding| view! { <Line finding/> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(approval::CHECK)>
            <table class="table cards findings">
                <thead>
                    <tr>
                        <th scope="col">{say(words::SEVERITY)}</th>
                        <th scope="col" class="num">{say(words::LINE)}</th>
                        <th scope="col">{say(approval::ELEMENT)}</th>
                        <th scope="col">{say(words::WORDS)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Line(finding: FindingView) -> impl IntoView {
    let word = words::severity(&finding.severity, use_locale());
    let class = match finding.severity.as_str() {
        "error" => "flag red",
        _ => "flag",
    };
    view! {
        <tr>
            <td class="key"><span class=class>{word}</span></td>
            <td class="num" data-label=say(words::LINE)>{finding.line}</td>
            <td data-label=say(approval::ELEMENT) translate="no"><code>{finding.element}</code></td>
            <td>{finding.words}</td>
        </tr>
    }
}
