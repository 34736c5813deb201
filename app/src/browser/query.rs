//! Sends a GET form as a navigation inside the page, without its empty fields; without script the browser loads the page anew.
//! Not here: forms that change something (`submit`).
//! The address is the whole state: it can be sent to a colleague.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use leptos_router::params::ParamsMap;
use wasm_bindgen::JsCast;
use web_sys::HtmlFormElement;

/// What such a form does when it is submitted.
pub fn interceptor(path: &'static str) -> impl FnMut(SubmitEvent) + 'static {
    let navigate = use_navigate();
    move |event: SubmitEvent| {
        let Some(form) = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlFormElement>().ok())
        else {
            return;
        };
        event.prevent_default();
        let pairs: ParamsMap = super::submit::fields(&form, None)
            .into_iter()
            .filter(|(_, value)| !value.trim().is_empty())
            .collect();
        navigate(
            &format!("{path}{}", pairs.to_query_string()),
            NavigateOptions::default(),
        );
    }
}
