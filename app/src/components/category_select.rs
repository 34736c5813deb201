//! The category tree as one list, grouped by its second level; with script a search field narrows it.
//! Not here: the tree (`shared::category`, services), the list's filter by first level (`pages::staff::list`).
//! Without script the whole list is there.

use leptos::prelude::*;
use shared::category::CategoryNode;
use shared::text::{Locale, Text, desk, fields};

use super::finder::{Finder, fits};
use super::form::{FieldNotes, use_form};
use crate::context::{say, use_locale};

/// A leaf with the words it is found by.
#[derive(Clone, PartialEq)]
struct Leaf {
    code: String,
    name: String,
    group: String,
    /// What it is called here beside its name.
    aliases: String,
    /// Pinyin initials of its name, where it is shown in Chinese.
    initials: String,
}

impl Leaf {
    /// Whether what was typed fits its words.
    fn is_meant(&self, typed: &str) -> bool {
        let words = [&self.name, &self.group, &self.aliases, &self.initials];
        fits(typed, &words.map(String::as_str))
    }

    /// Its name, with what it is called here.
    fn words(&self) -> String {
        if self.aliases.is_empty() {
            self.name.clone()
        } else {
            format!("{} ({})", self.name, self.aliases)
        }
    }
}

/// The list of leaves.
#[component]
pub fn CategorySelect(
    /// The tree.
    tree: Vec<CategoryNode>,
    /// What it begins with.
    #[prop(optional, into)]
    value: Option<String>,
    /// A line below the label.
    #[prop(optional)]
    help: Option<Text>,
    /// Called in the browser with the chosen code.
    #[prop(optional)]
    on_change: Option<Callback<String>>,
) -> impl IntoView {
    let (form, locale) = (use_form(), use_locale());
    let id = form.id("category");
    let chosen = RwSignal::new(form.initial("category", value));
    let words = RwSignal::new(String::new());
    let leaves = StoredValue::new(leaves(&tree, locale));
    let has_error = move || form.error("category").is_some();
    let changed = move |event| {
        let code = event_target_value(&event);
        chosen.set(code.clone());
        if let Some(on_change) = on_change {
            on_change.run(code);
        }
    };
    let node = NodeRef::<leptos::html::Select>::new();
    // The tree may come after the form: what this device kept is put in once more.
    #[cfg(all(feature = "hydrate", feature = "staff"))]
    crate::browser::kept::restore(form);
    // The only one that fits is what is looked for: nobody has to choose it from a list of one.
    Effect::new(move |before: Option<String>| {
        let typed = words.get();
        let only = leaves.with_value(|leaves| only_fit(leaves, &typed));
        if let Some(code) = only.filter(|_| before.is_some_and(|before| before != typed)) {
            chosen.set(code.clone());
            choose(node, code.clone());
            if let Some(on_change) = on_change {
                on_change.run(code);
            }
        }
        typed
    });
    let groups = move || {
        let typed = words.get();
        let code = chosen.get_untracked();
        leaves.with_value(|leaves| {
            let wanted = |leaf: &&Leaf| {
                leaf.code == code || leaf.is_meant(&typed)
            };
            let found: Vec<&Leaf> = leaves.iter().filter(wanted).collect();
            found
                .chunk_by(|a, b| a.group == b.group)
                .map(|group| {
                    let options = group
                        .iter()
                        .map(|leaf| {
                            let selected = leaf.code == code;
                            let words = leaf.words();
                            view! { <option value=leaf.code.clone() selected=selected>{words}</option> }
                        })
                        .collect_view();
                    view! { <optgroup label=group[0].group.clone()>{options}</optgroup> }
                })
                .collect_view()
        })
    };
    let search_id = format!("{id}-search");
    view! {
        <div class="field" class:has-error=has_error>
            <label for=id.clone()>{fields::label("category").map_or("", say)}</label>
            <FieldNotes name="category" help/>
            <div class="finder">
                <Finder label=desk::FIND_CATEGORY words id=search_id/>
                <select
                    node_ref=node
                    id=id.clone()
                    name="category"
                    size=move || (!words.get().trim().is_empty()).then_some("8")
                    autocomplete="off"
                    aria-invalid=move || has_error().then_some("true")
                    aria-describedby=format!("{id}-error")
                    on:change=changed
                >
                    <option value="">{say(shared::text::common::PLEASE_CHOOSE)}</option>
                    {groups}
                </select>
            </div>
        </div>
    }
}

/// The code of the one leaf that fits what was typed; none when nothing was typed, or several fit.
fn only_fit(leaves: &[Leaf], typed: &str) -> Option<String> {
    if typed.trim().is_empty() {
        return None;
    }
    let mut found = leaves.iter().filter(|leaf| leaf.is_meant(typed));
    let first = found.next()?;
    found.next().is_none().then(|| first.code.clone())
}

/// Shows the choice in the list once its entries have been drawn anew.
fn choose(node: NodeRef<leptos::html::Select>, code: String) {
    #[cfg(feature = "hydrate")]
    request_animation_frame(move || {
        if let Some(select) = node.get_untracked() {
            select.set_value(&code);
            // As if it had been chosen by hand: whoever keeps what is typed hears of it.
            crate::browser::draft::tell(&select, "change");
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (node, code);
}

fn leaves(tree: &[CategoryNode], locale: Locale) -> Vec<Leaf> {
    let name = |node: &CategoryNode| match locale {
        Locale::Zh => node.name_zh.clone(),
        Locale::En => node.name_en.clone(),
    };
    let mut found = Vec::new();
    for first in tree {
        for second in &first.children {
            let group = format!("{} / {}", name(first), name(second));
            for leaf in &second.children {
                found.push(Leaf {
                    code: leaf.code.clone(),
                    name: name(leaf),
                    group: group.clone(),
                    aliases: leaf.aliases.join(" "),
                    initials: match locale {
                        Locale::Zh => leaf.initials.clone(),
                        Locale::En => String::new(),
                    },
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Leaf, only_fit};

    #[test]
    fn a_single_match_is_the_choice() {
        let leaf = |code: &str, name: &str| Leaf {
            code: code.to_owned(),
            name: name.to_owned(),
            group: "城乡建设 / 市政设施".to_owned(),
            aliases: code.replace("0101", "DG-"),
            initials: if name == "路灯" { "ld" } else { "lm" }.to_owned(),
        };
        let leaves = [leaf("010101", "路灯"), leaf("010102", "路面")];
        assert_eq!(only_fit(&leaves, " 路灯 ").as_deref(), Some("010101"));
        assert_eq!(only_fit(&leaves, "市政 路灯").as_deref(), Some("010101"));
        assert_eq!(only_fit(&leaves, "dg-02").as_deref(), Some("010102"));
        assert_eq!(only_fit(&leaves, "LM").as_deref(), Some("010102"));
        for several in ["路", "", "井盖"] {
            assert_eq!(only_fit(&leaves, several), None, "{several:?}");
        }
    }
}
