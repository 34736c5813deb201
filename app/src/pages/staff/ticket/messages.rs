//! The messages about the ticket and what became of each: sent, delivered, not delivered and why. Numbers are masked, texts not shown.
//! Not here: sending one again or noting how somebody was told (`pages::staff::notifications`).
//! Who has nothing to do with notifications gets none.

use leptos::prelude::*;
use shared::notification::{About, MessageState, MessageView};
use shared::text::notification as words;
use shared::text::ticket::guarded;

use crate::components::ticket::When;
use crate::context::{say, use_locale};

/// The messages; nothing while there are none.
#[component]
pub fn Messages(messages: Vec<MessageView>) -> impl IntoView {
    if messages.is_empty() {
        return ().into_any();
    }
    let failed = messages.iter().any(|it| it.state == MessageState::Failed);
    let lines = messages.into_iter().map(|it| view! { <Line it/> });
    let lines = lines.collect_view();
    let way_on = failed.then(|| {
        view! { <p><a href="/staff/notifications">{say(words::UNDELIVERED)}</a></p> }
    });
    view! {
        <section class="card stack tight">
            <h2 class="section-title">{say(words::OF_TICKET)}</h2>
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::OF_TICKET)>
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::TOLD)}</th>
                            <th scope="col">{say(words::TO)}</th>
                            <th scope="col">{say(words::MADE)}</th>
                            <th scope="col">{say(words::STATE)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
            {way_on}
        </section>
    }
    .into_any()
}

#[component]
fn Line(it: MessageView) -> impl IntoView {
    let locale = use_locale();
    let about = it.about.map_or(say(words::EARLIER), |it| it.label(locale));
    let way = say(if it.by_mail {
        words::BY_MAIL
    } else if it.about == Some(About::Called) {
        guarded::BY_CALL
    } else {
        words::BY_SMS
    });
    let reason = match (it.how, it.why) {
        (Some(how), _) => Some(how.label(locale)),
        (None, Some(why)) if it.state != MessageState::Delivered => Some(why.label(locale)),
        _ => None,
    };
    view! {
        <tr>
            <td class="key">{about}</td>
            <td data-label=say(words::TO)>{way} " " <span class="num">{it.to}</span></td>
            <td data-label=say(words::MADE)><When at=it.at/></td>
            <td data-label=say(words::STATE)>
                <span class="badge state">{it.state.label(locale)}</span> " " <When at=it.since/>
                {reason.map(|reason| view! { <br/><span class="muted small">{reason}</span> })}
            </td>
        </tr>
    }
}
