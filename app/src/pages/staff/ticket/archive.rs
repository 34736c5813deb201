//! How an archived ticket is sealed, on top of its page: when, the seal, and whether the ticket is still what was sealed.
//! Not here: what is digested (`services::tickets::archive`).

use leptos::prelude::*;
use shared::text::ticket::archive as words;
use shared::ticket::view::ArchiveView;

use crate::components::ticket::When;
use crate::context::{say, use_locale};

/// The seal.
#[component]
pub fn Sealed(archive: Option<ArchiveView>) -> impl IntoView {
    let locale = use_locale();
    archive.map(|it| {
        let (tone, told) = match it.broken {
            None => ("note ok stack tight", say(words::WHOLE).to_owned()),
            Some(part) => (
                "note warn stack tight",
                format!("{} {}", say(words::BROKEN), part.label(locale)),
            ),
        };
        let (events, files) = (it.events, it.files);
        view! {
            <section class=tone aria-label=say(words::ARCHIVED)>
                <b>{say(words::ARCHIVED)}</b>
                <dl class="facts">
                    <div><dt>{say(words::AT)}</dt><dd><When at=it.at/></dd></div>
                    <div>
                        <dt>{say(words::SEALED)}</dt>
                        <dd>{say(words::HEAD)} " · " {events} " " {say(words::LINES)} " · " {files} " " {say(words::FILES)}</dd>
                    </div>
                    <div><dt>{say(words::SEAL)}</dt><dd class="num code" translate="no">{it.seal}</dd></div>
                    {it.erased_at.map(|at| view! {
                        <div><dt>{say(words::ERASED)}</dt><dd><When at=at/></dd></div>
                    })}
                </dl>
                <p>{told}</p>
            </section>
        }
    })
}
