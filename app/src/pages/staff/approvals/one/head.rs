//! The head of an approval: number, status, title, and why it stands still where it does.
//! Not here: the form of the correction (`case`), incidents (`incidents`).
//! Read next: `facts`.

use leptos::prelude::*;
use shared::approval::view::ApprovalDetail;
use shared::approval::{ApprovalStatus, ApprovalVerb};
use shared::text::{Text, approval, approval_forms as words};

use super::super::marks::ApprovalBadge;
use crate::context::{say, use_locale};

/// The head.
#[component]
pub fn Head(detail: ApprovalDetail) -> impl IntoView {
    let row = detail.row;
    let process = format!(
        "{} · {}",
        row.definition.name,
        approval::version(row.definition_version, use_locale())
    );
    let outcome = detail.outcome.map(|outcome| {
        view! { <span class="flag">{say(approval::OUTCOME)} " " {outcome}</span> }
    });
    // Whoever corrects sees the words beside the form.
    let corrects = detail.actions.contains(&ApprovalVerb::Correct);
    let why = match row.status {
        ApprovalStatus::Correcting if !corrects => detail
            .correction
            .map(|why| banner(words::CORRECTION_ASKED, why)),
        ApprovalStatus::Suspended => detail
            .correction
            .map(|why| banner(approval::SUSPENDED_FOR, why)),
        _ => None,
    };
    view! {
        <header class="ticket-head">
            <span class="ticket-no" translate="no">{row.approval_no}</span>
            <ApprovalBadge status=row.status/>
            {outcome}
            <span class="muted small">{process}</span>
            <h1 lang="zh-CN">{row.title}</h1>
        </header>
        {why}
    }
}

fn banner(title: Text, why: String) -> impl IntoView {
    view! {
        <div class="note warn">
            <b>{say(title)}</b>
            <p class="prose" lang="zh-CN">{why}</p>
        </div>
    }
}
