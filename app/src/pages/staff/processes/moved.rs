//! Migrations that were done, each with the way to take it back.
//! Not here: doing one (`migration`).
//! Cases that somebody has handled since stay where they are.

use leptos::prelude::*;
use shared::approval::view::{MigrationRow, ProcessView};
use shared::text::{approval, process_owner as words, staff};

use crate::components::form::{Form, Hidden, SubmitButton};
use crate::components::ticket::When;
use crate::context::{say, use_locale};

/// The migrations of a definition, as the services order them.
#[component]
pub fn Migrations(process: ProcessView) -> impl IntoView {
    let here = format!("/processes/{}/{}", process.key, process.version.version);
    let content = if process.migrations.is_empty() {
        view! { <p class="muted">{say(words::NO_MIGRATIONS)}</p> }.into_any()
    } else {
        let line = |row: MigrationRow| {
            let (here, may_operate) = (here.clone(), process.may_operate);
            view! { <Moved row here may_operate/> }
        };
        process
            .migrations
            .into_iter()
            .map(line)
            .collect_view()
            .into_any()
    };
    view! {
        <section class="card stack tight" aria-labelledby="migrations">
            <h2 class="section-title" id="migrations">{say(approval::MIGRATIONS)}</h2>
            {content}
        </section>
    }
}

#[component]
fn Moved(row: MigrationRow, here: String, may_operate: bool) -> impl IntoView {
    let locale = use_locale();
    let way = format!(
        "{} → {}",
        approval::version(row.from, locale),
        approval::version(row.to, locale)
    );
    let state = match row.undone_at {
        Some(at) => {
            view! { <span class="muted small">{say(approval::UNDONE)} " · " <When at/></span> }
                .into_any()
        }
        None if may_operate => {
            let id = row.id.to_string();
            view! {
                <Form action=format!("{here}/undo") mark=id.clone() prefix=format!("undo-{id}-") label=say(approval::UNDO)>
                    <Hidden name="migration" value=Signal::stored(id)/>
                    <SubmitButton label=approval::UNDO class=""/>
                </Form>
            }
            .into_any()
        }
        None => ().into_any(),
    };
    let by = row
        .by
        .map(|by| view! { " · " <span lang="zh-CN">{by}</span> });
    view! {
        <div class="sub-block">
            <div class="row between">
                <span>
                    <b>{way}</b> " · " {say(words::MOVED)} " " <span class="num">{staff::grouped(row.moved)}</span>
                </span>
                {state}
            </div>
            <p class="muted small"><When at=row.at/>{by}</p>
        </div>
    }
}
