//! The draft's note: says that earlier words are back, with a button that throws them away.
//! Only in the browser; without script the browser itself keeps a form until it is left.
//! Not here: the storage (`browser::draft`).

use leptos::prelude::*;
use shared::text::citizen;

use crate::context::say;

/// What this browser kept when the page was opened; read once, before anything is saved anew.
#[derive(Clone, Copy)]
pub struct Kept(
    #[cfg_attr(
        not(feature = "hydrate"),
        expect(dead_code, reason = "only the browser keeps drafts")
    )]
    StoredValue<Vec<(String, String)>>,
);

/// Reads the draft for the form around. A form that came back from the server holds newer words than any draft.
pub fn provide_kept() {
    #[cfg(feature = "hydrate")]
    let fields = {
        let seed = crate::context::use_seed();
        let posted = !seed.left.get_untracked()
            && seed.with(|seed| seed.form.as_ref().is_some_and(|form| form.path == "/file"));
        // What somebody types who has signed in is theirs, and stays in no browser.
        if posted || crate::context::has_citizen() {
            Vec::new()
        } else {
            crate::browser::draft::load(super::DRAFT).unwrap_or_default()
        }
    };
    #[cfg(not(feature = "hydrate"))]
    let fields = Vec::new();
    provide_context(Kept(StoredValue::new(fields)));
}

/// The same for a form of the staff, which is kept per person: its place follows what was kept.
#[cfg(feature = "staff")]
pub fn provide_kept_of(address: &str) {
    #[cfg(feature = "hydrate")]
    let fields = crate::browser::kept::key(address)
        .and_then(|key| crate::browser::draft::load(&key))
        .unwrap_or_default();
    #[cfg(not(feature = "hydrate"))]
    let fields = {
        let _ = address;
        Vec::new()
    };
    provide_context(Kept(StoredValue::new(fields)));
}

/// The kept value of one field.
#[cfg(feature = "hydrate")]
pub fn kept(name: &str) -> Option<String> {
    let kept = use_context::<Kept>()?;
    kept.0
        .with_value(|fields| {
            fields
                .iter()
                .find(|(field, _)| field == name)
                .map(|(_, value)| value.clone())
        })
        .filter(|value| !value.is_empty())
}

/// Restores a draft, saves every change, and offers to discard.
#[component]
pub fn DraftNote() -> impl IntoView {
    let restored = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    watch(restored);
    let discard = move |_| {
        #[cfg(feature = "hydrate")]
        {
            crate::browser::draft::discard(super::DRAFT);
            // The whole page anew is the one sure way to an empty form.
            let _ = window().location().assign("/file");
        }
        restored.set(false);
    };
    view! {
        <div aria-live="polite">
            {move || {
                restored.get().then(|| {
                    view! {
                        <div class="note row between">
                            <span>{say(citizen::DRAFT_RESTORED)}</span>
                            <button type="button" class="button" on:click=discard>{say(citizen::DRAFT_DISCARD)}</button>
                        </div>
                    }
                })
            }}
        </div>
    }
}

/// Where the draft stays, and the box that asks. Without script there is no draft, and no box.
#[component]
pub fn DraftPlace() -> impl IntoView {
    let kept = RwSignal::new(None::<bool>);
    #[cfg(feature = "hydrate")]
    Effect::new(move || kept.set(Some(crate::browser::draft::is_kept(super::DRAFT))));
    view! {
        {move || {
            kept.get().map(|checked| {
                view! {
                    <p class="muted small">{say(citizen::DRAFT_KEPT)}</p>
                    <label class="row small">
                        <input type="checkbox" id="keep-draft" checked=checked/>
                        <span>{say(citizen::DRAFT_KEEP)}</span>
                    </label>
                }
            })
        }}
    }
}

#[cfg(feature = "hydrate")]
fn watch(restored: RwSignal<bool>) {
    use crate::browser::draft;

    // Putting values in tells the page of them; that is no reason to save.
    let restoring = StoredValue::new(true);
    let fields = use_context::<Kept>()
        .map(|kept| kept.0.get_value())
        .unwrap_or_default();
    Effect::new(move || {
        for (name, value) in &fields {
            draft::put(name, value);
        }
        restored.set(
            fields
                .iter()
                .any(|(name, _)| name == "content" || name == "city" || name == "draft"),
        );
        restoring.set_value(false);
    });
    let save = move || {
        if !restoring.get_value() {
            draft::save(super::DRAFT, super::FORM);
        }
    };
    let typed = window_event_listener(leptos::ev::input, move |_| save());
    let changed = window_event_listener(leptos::ev::change, move |_| save());
    on_cleanup(move || {
        typed.remove();
        changed.remove();
    });
}
