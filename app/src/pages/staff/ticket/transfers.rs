//! To whom the ticket was handed over, with receipts.
//! Not here: handing over and entering a receipt (`actions::transfer`).

use leptos::prelude::*;
use shared::text::Locale;
use shared::text::ticket::{self, transfer as words};
use shared::ticket::view::TransferView;

use super::facts::Fact;
use crate::components::ticket::{Done, When};
use crate::context::{say, use_locale};

/// The transfers; nothing while there are none.
#[component]
pub fn Transfers(rows: Vec<TransferView>) -> impl IntoView {
    let locale = use_locale();
    let lines: Vec<_> = rows
        .into_iter()
        .map(|it| {
            let name = name_of(&it, locale).to_owned();
            let receipt = it
                .receipt
                .unwrap_or_else(|| say(words::NO_RECEIPT).to_owned());
            let went_on = it.goes_on.then(|| say(words::WENT_ON).to_owned());
            view! {
                <div class="sub-block">
                    <b>{it.n} ". " {name}</b>
                    <p class="prose" lang="zh-CN">{it.explanation}</p>
                    <dl class="facts compact">
                        <div><dt>{say(words::WHEN)}</dt><dd><Done at=it.at done_at=it.done_at/></dd></div>
                        <Fact name=words::BY value=it.by chinese=true/>
                        <Fact name=ticket::FOR_CITIZEN value=Some(it.public_words) chinese=true/>
                        <Fact name=words::RECEIPT value=Some(receipt)/>
                        {it.receipt_at.map(|at| view! { <div><dt>{say(words::RECEIPT_AT)}</dt><dd><When at/></dd></div> })}
                        <Fact name=words::TRANSFERS value=went_on/>
                    </dl>
                </div>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="card">
                <h2 class="section-title">{say(words::TRANSFERS)}</h2>
                {lines}
            </section>
        }
    })
}

/// The body's name of then in the page's language.
pub(super) fn name_of(transfer: &TransferView, locale: Locale) -> &str {
    match locale {
        Locale::Zh => &transfer.body_zh,
        Locale::En => &transfer.body_en,
    }
}
