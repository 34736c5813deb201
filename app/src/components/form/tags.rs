//! Boxes for the office's tags: of one name, so that they post without script.
//! Not here: which tags there are (the register), what they look like on a ticket (`row::Flags`).
//! Nothing is shown where the office has none.

use leptos::prelude::*;
use shared::text::fields;
use shared::ticket::view::TagView;

use super::{FieldNotes, use_form};
use crate::context::{say, use_locale};

/// The boxes.
#[component]
pub fn TagChoices(
    /// The tags that can be chosen.
    tags: Vec<TagView>,
    /// Codes of those that are ticked at the start.
    #[prop(default = Vec::new())]
    chosen: Vec<String>,
) -> impl IntoView {
    if tags.is_empty() {
        return ().into_any();
    }
    let locale = use_locale();
    let form = use_form();
    let ticked = form.state.with_untracked(|state| {
        if state.is_posted() {
            let values = state.values("tags").into_iter();
            values.map(str::to_owned).collect()
        } else {
            chosen
        }
    });
    let boxes = tags
        .into_iter()
        .enumerate()
        .map(|(index, tag)| {
            let id = if index == 0 {
                form.id("tags")
            } else {
                format!("{}-{index}", form.id("tags"))
            };
            let checked = ticked.contains(&tag.code);
            let name = tag.name(locale).to_owned();
            view! {
                <label class="choice" for=id.clone()>
                    <input type="checkbox" id=id.clone() name="tags" value=tag.code checked=checked/>
                    <span class="choice-text"><b>{name}</b></span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="choices inline">
            <legend>{fields::label("tags").map(say)}</legend>
            <FieldNotes name="tags"/>
            {boxes}
        </fieldset>
    }
    .into_any()
}
