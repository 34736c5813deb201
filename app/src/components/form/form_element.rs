//! The form element itself: plain POST to its path, intercepted when hydrated.
//! Native validation is off (`novalidate`): the server's sentences are in the page's language and lose nothing.
//! Read next: `summary`, `browser::submit`.

use leptos::context::Provider;
use leptos::prelude::*;
use shared::text::{Text, common};

use super::{ErrorSummary, FormContext};
use crate::forms::{KEY, MARK, address};

/// Id of the form element after its prefix.
pub(crate) const FORM: &str = "form";

/// A form posted to `action`. Fields inside read its state from the context.
#[component]
pub fn Form(
    /// The path of its handler (`forms::registry`).
    #[prop(into)]
    action: String,
    /// Before every element id inside; needed when several forms stand on one page.
    #[prop(optional, into)]
    prefix: String,
    /// Classes of the form element.
    #[prop(optional, into)]
    class: String,
    /// Tells it from other forms of the page with the same path.
    #[prop(optional, into)]
    mark: String,
    /// Carries files when it is posted without script.
    #[prop(optional)]
    multipart: bool,
    /// Called in the browser after the server has accepted it.
    #[prop(optional)]
    on_done: Option<Callback<()>>,
    /// Heading of a refusal, where "not sent" says too little.
    #[prop(default = common::NOT_SENT)]
    failed: Text,
    /// What the form is for, when no visible heading says it.
    #[prop(optional, into)]
    label: Option<String>,
    children: Children,
) -> impl IntoView {
    let form = FormContext {
        failed,
        ..FormContext::new(&address(&action, &mark), prefix)
    };
    #[cfg(all(feature = "hydrate", feature = "staff"))]
    crate::browser::kept::restore(form);
    let mark = (!mark.is_empty()).then(|| view! { <input type="hidden" name=MARK value=mark/> });
    let enctype = if multipart {
        "multipart/form-data"
    } else {
        "application/x-www-form-urlencoded"
    };
    #[cfg(feature = "hydrate")]
    let on_submit = crate::browser::submit::interceptor(action.clone(), form, on_done);
    #[cfg(not(feature = "hydrate"))]
    let on_submit = move |_: leptos::ev::SubmitEvent| {
        let _ = on_done;
    };
    view! {
        <form method="post" action=action id=form.id(FORM) enctype=enctype class=class aria-label=label novalidate=true on:submit=on_submit>
            <Provider value=form>
                <input type="hidden" name=KEY value=move || form.key.get() />
                {mark}
                <ErrorSummary/>
                {children()}
            </Provider>
        </form>
    }
}
