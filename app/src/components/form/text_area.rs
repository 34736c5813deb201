//! Long texts with a counter. The only place of the product that renders a `<textarea>`.
//! The framework does not escape what stands in textareas in server HTML (P-11), so this file does it itself and tests it.
//! Not here: limits (`shared::ticket::rules`); nothing is cut off, too long a text is told.

use leptos::prelude::*;
use shared::text::{Text, common};

use super::field::{OptionalMark, described_by, label_of};
use super::{FieldNotes, use_form};
use crate::context::use_locale;

/// A text of several lines.
#[component]
pub fn TextArea(
    /// Name in the form and in the command.
    name: &'static str,
    /// Label; from `text::fields` when absent.
    #[prop(optional)]
    label: Option<Text>,
    /// A line below the label.
    #[prop(optional)]
    help: Option<Text>,
    /// What it begins with.
    #[prop(optional, into)]
    value: Option<String>,
    /// May stay empty; says so.
    #[prop(optional)]
    optional: bool,
    /// Most characters; shown by the counter.
    #[prop(default = 4000)]
    max: u32,
    /// Visible lines.
    #[prop(default = 5)]
    rows: u32,
) -> impl IntoView {
    let label = label_of(name, label);
    let value = value.unwrap_or_default();
    view! { <LongText name label help value optional max rows/> }
}

/// The same with a name and a label that are data.
#[component]
pub fn LongText(
    /// Name in the form and in the command.
    #[prop(into)]
    name: String,
    /// Label.
    #[prop(into)]
    label: String,
    /// A line below the label.
    #[prop(default = None)]
    help: Option<Text>,
    /// What it begins with.
    #[prop(into)]
    value: String,
    /// May stay empty; says so.
    optional: bool,
    /// Most characters; shown by the counter.
    max: u32,
    /// Visible lines.
    rows: u32,
) -> impl IntoView {
    let form = use_form();
    let locale = use_locale();
    let id = form.id(&name);
    form.call(&name, &label);
    let value = form.initial(&name, Some(value));
    let length = RwSignal::new(count(&value));
    let asked = StoredValue::new(name.clone());
    let has_error = move || asked.with_value(|name| form.error(name).is_some());
    let described = format!("{} {id}-counter", described_by(&id, help.is_some()));
    let counter_id = format!("{id}-counter");
    let on_input = move |event| length.set(count(&event_target_value(&event)));
    let node = NodeRef::<leptos::html::Textarea>::new();
    // Words typed before hydration count as well.
    Effect::new(move || {
        if let Some(area) = node.get() {
            length.set(count(&area.value()));
        }
    });
    view! {
        <div class="field" class:has-error=has_error>
            <label for=id.clone()>{label} {optional.then(|| view! { <OptionalMark/> })}</label>
            <FieldNotes name=name.clone() help/>
            <textarea
                node_ref=node
                id=id
                name=name
                rows=rows
                aria-required=(!optional).then_some("true")
                aria-invalid=move || has_error().then_some("true")
                aria-describedby=described
                on:input=on_input
                inner_html=raw_text(&value)
            ></textarea>
            <p class="counter" class:over=move || { length.get() > max } id=counter_id>{move || common::counter(length.get(), max, locale)}</p>
        </div>
    }
}

/// A text of several lines in a form that only asks: what it holds goes into the address.
#[cfg(feature = "staff")]
#[component]
pub fn AskArea(
    /// Name in the address.
    name: &'static str,
    /// Id of the element.
    id: &'static str,
    /// Label.
    label: Text,
    /// What it begins with.
    value: String,
    /// Id of what is wrong with it, when something is.
    #[prop(default = None)]
    wrong: Option<&'static str>,
) -> impl IntoView {
    view! {
        <div class="field" class:has-error=wrong.is_some()>
            <label for=id>{crate::context::say(label)}</label>
            <textarea
                id=id
                name=name
                rows="3"
                autocomplete="off"
                spellcheck="false"
                aria-invalid=wrong.map(|_| "true")
                aria-describedby=wrong
                inner_html=raw_text(&value)
            ></textarea>
        </div>
    }
}

/// Characters that count: as the rules do, without surrounding spaces.
fn count(text: &str) -> u32 {
    u32::try_from(text.trim().chars().count()).unwrap_or(u32::MAX)
}

/// The content of a textarea as HTML. It is set as a whole, not as a child: an empty one has no text node in the
/// parsed page that a child could be hydrated from. The HTML parser swallows a first line end, so the server puts one
/// before the text; in the browser nothing is swallowed.
fn raw_text(value: &str) -> String {
    let first = if cfg!(feature = "ssr") { "\n" } else { "" };
    let escaped = value
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!("{first}{escaped}")
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn typed_markup_stays_text() {
        let owner = Owner::new();
        owner.set();
        let typed = "</textarea><script>alert(1)</script> & \n";
        let html = view! { <TextArea name="content" value=typed/> }.to_html();
        assert!(!html.contains("<script>"), "{html}");
        assert!(
            html.contains(
                "&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; \n</textarea>"
            ),
            "{html}"
        );
    }

    #[test]
    fn a_leading_line_end_survives_the_parser() {
        assert_eq!(raw_text("\nx"), "\n\nx");
    }
}
