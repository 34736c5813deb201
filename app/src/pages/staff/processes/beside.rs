//! What would be different if new cases started on this version: elements that are new, gone or changed, with the running cases that stand there.
//! Not here: where running cases would go (`migration`, its preview).

use leptos::prelude::*;
use shared::approval::difference::{DifferenceHow, DifferenceRow, Differences};
use shared::text::{process_owner as words, staff};

use crate::context::{say, use_locale};

/// The card.
#[component]
pub fn Beside(found: Differences) -> impl IntoView {
    let locale = use_locale();
    let content = if found.rows.is_empty() {
        view! { <p class="muted">{say(words::SAME_STEPS)}</p> }.into_any()
    } else {
        let lines = found.rows.into_iter();
        let lines = lines.map(|row| view! { <Line row/> }).collect_view();
        view! {
            <p class="help">{say(words::BESIDE_HELP)}</p>
            <div class="table-wrap" role="region" tabindex="0" aria-labelledby="beside">
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::STEP_NAME)}</th>
                            <th scope="col">{say(words::BECAME)}</th>
                            <th scope="col" class="num">{say(words::RUNNING_THERE)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="card stack tight" aria-labelledby="beside">
            <h2 class="section-title" id="beside">{words::beside(found.active, locale)}</h2>
            {content}
        </section>
    }
}

#[component]
fn Line(row: DifferenceRow) -> impl IntoView {
    let locale = use_locale();
    let class = if row.how == DifferenceHow::Gone {
        "badge warn"
    } else {
        "badge"
    };
    let count = (row.count > 0).then(|| staff::grouped(row.count));
    view! {
        <tr>
            <td class="key">{row.name} " " <code translate="no">{row.element}</code> " " <span class="muted small">{row.sort.label(locale)}</span></td>
            <td data-label=say(words::BECAME)><span class=class>{row.how.label(locale)}</span></td>
            <td class="num" data-label=say(words::RUNNING_THERE)>{count}</td>
        </tr>
    }
}
