//! The star on the page of a ticket or an approval: one follows it, or no longer.
//! Not here: the list of what is followed (`pages::staff::tasks`).
//! It posts without script, as every form.

use leptos::prelude::*;
use shared::text::todo as words;

use super::{Form, SubmitButton};
use crate::api::staff::todo::read_followed;
use crate::components::page::{Loaded, of_address};
use crate::context::say;

/// The star.
#[component]
pub fn Follow(
    /// The case's page: `/tickets/7`.
    path: String,
) -> impl IntoView {
    let asked = path.clone();
    let resource = of_address(move || asked.clone(), read_followed);
    let show = move |follows: bool| {
        let (act, label) = if follows {
            ("unfollow", words::UNFOLLOW)
        } else {
            ("follow", words::FOLLOW)
        };
        view! {
            <Form action=format!("{path}/{act}") prefix=format!("{act}-") class="follow" label=say(label)>
                <SubmitButton label class=""/>
            </Form>
        }
    };
    view! { <Loaded resource show/> }
}
