//! The desk's form for a message that came in: it begins with the message's sender and text, and says which message it registers.
//! Not here: the list of messages (`pages::staff::incoming`).

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::incoming::{IncomingView, IncomingWay};
use shared::text::incoming as words;
use shared::ticket::rules::length;

use super::Content;
use crate::api::staff::incoming::read_message;
use crate::components::files::MessageFiles;
use crate::components::form::{Hidden, use_form};
use crate::components::page::Loaded;
use crate::context::say;

/// The field that names the message.
const FIELD: &str = "incoming";

/// The form's fields, filled from the message that the address names.
#[component]
pub(super) fn Begun() -> impl IntoView {
    let asked = use_query_map().with_untracked(|query| query.get(FIELD));
    // What came back from the server is newer than the message.
    let asked = asked.filter(|_| use_form().initial(FIELD, None).is_empty());
    let Some(id) = asked else {
        return view! { <Content/> }.into_any();
    };
    let resource = Resource::new_blocking(move || id.clone(), read_message);
    let show = |message: IncomingView| view! { <Filled message/> };
    view! { <Loaded resource show/> }.into_any()
}

#[component]
fn Filled(message: IncomingView) -> impl IntoView {
    let contact = match message.way {
        IncomingWay::Sms => "citizen.phone",
        IncomingWay::Mail => "citizen.email",
    };
    let title: String = message.subject.chars().take(length::TITLE).collect();
    let fields = [
        (FIELD, message.id.to_string()),
        ("channel", message.way.channel().as_str().to_owned()),
        (contact, message.from),
        ("title", title),
        ("content", message.text),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), value));
    use_form().state.update(|state| {
        if !state.is_posted() {
            state.fields = fields.to_vec();
        }
    });
    let files = (!message.attached.is_empty()).then(|| {
        view! {
            <section class="card stack tight">
                <MessageFiles files=message.attached refused=Vec::new()/>
                <p class="help">{say(words::FILES_GO)}</p>
            </section>
        }
    });
    view! {
        {files}
        <Content/>
    }
}

/// Says that a message is registered, and which.
#[component]
pub(super) fn OfMessage() -> impl IntoView {
    let id = use_form().initial(FIELD, None);
    (!id.is_empty()).then(|| {
        view! {
            <Hidden name=FIELD value=Signal::stored(id)/>
            <p class="note">{say(words::REGISTERS)}</p>
        }
    })
}
