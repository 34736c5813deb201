//! Blank forms of a block, each with its number, a page each: the fields that the desk asks. Printed by the browser.
//! Not here: the list (`super`). The frame of the page is left out in print (`print.css`, `paper.css`).

use leptos::prelude::*;
use shared::text::{Text, paper as words};
use shared::ticket::paper::{PaperRow, PaperState};
use shared::ticket::{RequestKind, Urgency};

use crate::api::staff::paper::read_paper_block;
use crate::components::page::{Loaded, by_id, fixed};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale};

/// `/paper-blocks/:id`
#[component]
pub fn PaperBlockPage() -> impl IntoView {
    view! {
        <StaffPage path="/paper-blocks/:id" title=fixed(words::BLANK) heading=false>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_id(read_paper_block);
    let show = |rows: Vec<PaperRow>| view! { <Block rows/> };
    view! { <Loaded resource show/> }
}

#[component]
fn Block(rows: Vec<PaperRow>) -> impl IntoView {
    let open = rows
        .into_iter()
        .filter(|row| row.state == PaperState::Open)
        .map(|row| view! { <Sheet row/> })
        .collect::<Vec<_>>();
    let nothing = open
        .is_empty()
        .then(|| view! { <p class="note">{say(words::NOTHING_TO_PRINT)}</p> });
    view! {
        <div class="stack">
            <div class="no-print stack">
                <h1>{say(words::BLANK)}</h1>
                <p class="muted">{say(words::PRINT_HELP)}</p>
                <p><a href="/paper">{say(words::PAPER)}</a></p>
                {nothing}
            </div>
            {open}
        </div>
    }
}

/// Boxes to tick, with their words behind.
fn boxes(words: impl Iterator<Item = &'static str>) -> String {
    let words: Vec<String> = words.map(|word| format!("□ {word}")).collect();
    words.join("   ")
}

#[component]
fn Sheet(row: PaperRow) -> impl IntoView {
    let locale = use_locale();
    let kinds = boxes(RequestKind::ALL.iter().map(|kind| kind.label(locale)));
    let urgencies = boxes(Urgency::ALL.iter().map(|it| it.label(locale)));
    let id = format!("sheet-{}", row.paper_no);
    view! {
        <section class="card paper-sheet" aria-labelledby=id.clone()>
            <div class="row between">
                <h2 class="section-title" id=id.clone()>{say(words::SHEET)} " " <span class="num" translate="no">{row.paper_no}</span></h2>
                <span lang="zh-CN">{row.region.name}</span>
            </div>
            <table class="paper-form">
                <tbody>
                    <Blank name=words::ACCEPTED_AT/>
                    <Blank name=words::AGENT/>
                    <Blank name=words::CHANNEL/>
                    <Blank name=words::KIND filled=kinds/>
                    <Blank name=words::NAME/>
                    <Blank name=words::PHONE/>
                    <Blank name=words::IDENTITY/>
                    <Blank name=words::ORGANISATION/>
                    <Blank name=words::REGION/>
                    <Blank name=words::ADDRESS/>
                    <Blank name=words::OCCURRED/>
                    <Blank name=words::URGENCY filled=urgencies/>
                    <Blank name=words::REPLY/>
                    <Blank name=words::CONTENT class="tall"/>
                    <Blank name=words::DONE class="high"/>
                    <Blank name=words::ENTERED/>
                </tbody>
            </table>
        </section>
    }
}

/// A line of the form, with room to write.
#[component]
fn Blank(
    name: Text,
    #[prop(optional)] filled: String,
    #[prop(default = "")] class: &'static str,
) -> impl IntoView {
    view! { <tr class=class><th scope="row">{say(name)}</th><td>{filled}</td></tr> }
}
