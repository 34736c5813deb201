//! What staff typed and have not sent, kept per person and form: on this device until it is sent, they sign out, or 7 days are over, and of a
//! case and of the desk on the server, from where it comes back after signing out, in another browser, on another machine; that of the desk when
//! they say so. A session that ends, a reload and Back lose nothing.
//! Not here: the citizen's own form, which has a note of its own (`draft`). Keys, passwords and hidden fields are not kept.

use std::time::Duration;

use leptos::prelude::*;
use shared::ids::UserId;
use shared::text::{Locale, Text, common};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlFormElement, HtmlSelectElement, Storage};

use super::draft;
use crate::api::staff::todo::{keep_typed, read_typed};
use crate::components::form::{FORM, FormContext};
use crate::context::{use_actor, use_locale};
use crate::forms::{FormState, KEY, MARK, STEP, address};

/// Before every key in the browser's storage.
const PREFIX: &str = "minsheng.typed.";
/// Fields that say which form it is, or belong to one showing of it.
const NOT_TYPED: [&str; 9] = [
    KEY, MARK, STEP, "version", "task", "part", "paper", "incident", "back",
];

/// How often a choice whose list is not there yet is tried again, and after how long each time.
const CHOICE_TRIES: u32 = 40;
const CHOICE_PAUSE: Duration = Duration::from_millis(150);
/// How often it is looked whether the form of an offer stands on the page.
const OFFER_TRIES: u32 = 20;
/// While somebody types, the server hears of it no more often, in milliseconds.
const SEND_PAUSE: f64 = 5_000.0;

thread_local! {
    /// When the server heard last of what is typed.
    static SENT: std::cell::Cell<f64> = const { std::cell::Cell::new(0.0) };
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// The key of a form for the person of this page; none for visitors and for forms that are not kept.
pub fn key(address: &str) -> Option<String> {
    let user = use_actor()?.user()?;
    is_kept(address).then(|| key_of(&user.to_string(), address))
}

/// A reason to look at a citizen is given anew each time.
fn is_kept(address: &str) -> bool {
    shared::todo::is_typed_kept(address)
}

/// The key of a form for a person.
pub fn key_of(user: &str, address: &str) -> String {
    format!("{PREFIX}{user}.{address}")
}

/// Keeps what is typed on the staff's pages, until the page is left; throws away what is too old.
pub fn watch() {
    let Some(user) = use_actor().and_then(|actor| actor.user()) else {
        return;
    };
    for old in keys() {
        // Reading throws away what is older than 7 days.
        drop(draft::load(&old));
    }
    take_over(user.to_string(), use_locale());
    let user = StoredValue::new(user.to_string());
    let save = move |event: &Event, at_once: bool| {
        let Some(form) = form_of(event) else { return };
        let address = address_of(&form);
        if is_kept(&address) {
            let key = user.with_value(|user| key_of(user, &address));
            let fields = keep(&key, &form);
            send(address, fields, at_once);
        }
    };
    let typed = window_event_listener(leptos::ev::input, move |event| save(&event, false));
    let changed = window_event_listener(leptos::ev::change, move |event| save(&event, true));
    on_cleanup(move || {
        typed.remove();
        changed.remove();
    });
}

/// Tells the server what is typed: when a field is left, and now and then while somebody types.
fn send(address: String, fields: Vec<(String, String)>, at_once: bool) {
    let now = js_sys::Date::now();
    if !shared::todo::is_typed_on_server(&address) {
        return;
    }
    if !at_once && now - SENT.get() < SEND_PAUSE {
        return;
    }
    SENT.set(now);
    leptos::task::spawn_local(async move {
        // This browser keeps it as well; the next words bring it.
        drop(keep_typed(address, fields).await);
    });
}

/// Where somebody's form is kept: the key in this browser, and its address.
pub(super) fn place_of(user: UserId, address: String) -> (String, String) {
    (key_of(&user.to_string(), &address), address)
}

/// A form was taken: what was kept of it is of no use any more.
pub(super) fn sent((key, address): (String, String)) {
    draft::discard(&key);
    send(address, Vec::new(), true);
}

/// Takes over what was typed on another machine, or before this browser was cleared; what stands here was typed here last.
fn take_over(user: String, locale: Locale) {
    leptos::task::spawn_local(async move {
        let Ok(all) = read_typed().await else { return };
        for (address, fields) in all {
            let key = key_of(&user, &address);
            if draft::load(&key).is_some() {
                continue;
            }
            if shared::todo::is_typed_offered(&address) {
                offer(
                    Offered {
                        key,
                        address,
                        user: user.clone(),
                        fields,
                        locale,
                    },
                    OFFER_TRIES,
                );
                continue;
            }
            draft::keep(&key, fields);
            for form in on_page(&address) {
                put_all(&form, &user, locale);
            }
        }
    });
}

/// What the server kept of a form, to be taken up or thrown away.
struct Offered {
    key: String,
    address: String,
    user: String,
    fields: Vec<(String, String)>,
    locale: Locale,
}

/// Says on top of the form, once it stands on the page, that there are earlier words, with a button that puts them in and one that throws them
/// away. On other pages nothing is said.
fn offer(offered: Offered, tries: u32) {
    if window().location().pathname().ok().as_deref() != Some(offered.address.as_str()) {
        return;
    }
    let Some(form) = on_page(&offered.address).into_iter().next() else {
        if tries > 0 {
            set_timeout(move || offer(offered, tries - 1), CHOICE_PAUSE);
        }
        return;
    };
    let (on, locale) = (form.clone(), offered.locale);
    let discard = (offered.key.clone(), offered.address.clone());
    let go_on = move || {
        draft::keep(&offered.key, offered.fields);
        // What has been typed into the form until now stays.
        put_all(&on, &offered.user, locale);
    };
    let buttons = [
        (common::TYPED_GO_ON, button_of(go_on)),
        (common::TYPED_THROW_AWAY, discarding(discard)),
    ];
    banner(&form, common::TYPED_OFFER.get(locale), buttons, locale);
}

fn button_of(pressed: impl FnOnce() + 'static) -> wasm_bindgen::JsValue {
    Closure::once_into_js(move |_: Event| pressed())
}

/// Throws away what is kept here and on the server, and shows the page anew.
fn discarding((key, address): (String, String)) -> wasm_bindgen::JsValue {
    button_of(move || {
        draft::discard(&key);
        leptos::task::spawn_local(async move {
            drop(keep_typed(address, Vec::new()).await);
            // The whole page anew is the one sure way to an empty form.
            let _ = window().location().reload();
        });
    })
}

/// The forms of an address that stand on the page.
fn on_page(address: &str) -> Vec<HtmlFormElement> {
    let Ok(found) = document().query_selector_all("main form[method=post]") else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.get(index)?.dyn_into::<HtmlFormElement>().ok())
        .filter(|form| address_of(form) == address)
        .collect()
}

/// Throws everything away when somebody signs out, on whatever page.
pub fn forget_at_sign_out() {
    let listener = window_event_listener(leptos::ev::submit, |event| {
        let form = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let out =
            form.is_some_and(|form| form.get_attribute("action").as_deref() == Some("/sign-out"));
        if out {
            for key in &keys() {
                draft::discard(key);
            }
        }
    });
    // It lives as long as the document.
    std::mem::forget(listener);
}

/// Every key of ours.
fn keys() -> Vec<String> {
    let Some(storage) = storage() else {
        return Vec::new();
    };
    let count = storage.length().unwrap_or(0);
    (0..count)
        .filter_map(|index| storage.key(index).ok().flatten())
        .filter(|key| key.starts_with(PREFIX))
        .collect()
}

fn form_of(event: &Event) -> Option<HtmlFormElement> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target
        .closest("main form[method=post]")
        .ok()??
        .dyn_into()
        .ok()
}

fn address_of(form: &HtmlFormElement) -> String {
    let mark = form
        .query_selector(&format!("input[type=hidden][name=\"{MARK}\"]"))
        .ok()
        .flatten()
        .and_then(|mark| mark.get_attribute("value"))
        .unwrap_or_default();
    address(&form.get_attribute("action").unwrap_or_default(), &mark)
}

fn keep(key: &str, form: &HtmlFormElement) -> Vec<(String, String)> {
    let mut fields = super::submit::fields(form, None);
    fields.retain(|(name, value)| !NOT_TYPED.contains(&name.as_str()) && !value.is_empty());
    // Offices have machines of their own, and signing out clears them.
    draft::keep(key, fields.clone());
    fields
}

/// Puts what was kept into the form once it stands on the page, opens its fold and says so.
pub fn restore(form: FormContext) {
    // What came back from the server is newer.
    let posted = form.state.with_untracked(FormState::is_posted);
    let user = use_actor().and_then(|actor| actor.user());
    let Some(user) = user.filter(|_| !posted) else {
        return;
    };
    let (user, locale) = (user.to_string(), use_locale());
    Effect::new(move || {
        // A form that was filled meanwhile, such as the desk's from a message, is newer as well.
        if form.state.with_untracked(FormState::is_posted) {
            return;
        }
        let element =
            super::element(&form.id(FORM)).and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        if let Some(element) = element {
            put_all(&element, &user, locale);
        }
    });
}

fn put_all(form: &HtmlFormElement, user: &str, locale: Locale) {
    let address = address_of(form);
    if !is_kept(&address) {
        return;
    }
    let key = key_of(user, &address);
    let fields = draft::load(&key).unwrap_or_default();
    let changed = fields
        .iter()
        .filter(|(name, value)| put(form, name, value))
        .count();
    if changed > 0 {
        // The form stands in a fold, and that perhaps in a group of folds.
        let mut inside: Element = form.clone().into();
        while let Ok(Some(fold)) = inside.closest("details:not([open])") {
            let _ = fold.set_attribute("open", "");
            inside = fold;
        }
        note(form, (&key, &address), locale);
    }
}

/// One value into the control of its name; whether it was not there already.
fn put(form: &Element, name: &str, value: &str) -> bool {
    let selector = format!("[name=\"{}\"]", name.replace(['"', '\\'], ""));
    let Ok(found) = form.query_selector_all(&selector) else {
        return false;
    };
    let mut changed = false;
    for index in 0..found.length() {
        let Some(node) = found.get(index) else {
            continue;
        };
        if let Some(select) = node.dyn_ref::<HtmlSelectElement>() {
            if select.value() != value {
                choose(select, value, CHOICE_TRIES);
                changed = true;
            }
        } else {
            changed |= draft::put_one(&node, value);
        }
    }
    changed
}

/// Chooses what was chosen; a list that follows from another one (counties of a city) is filled a moment later, so it is tried again.
fn choose(select: &HtmlSelectElement, value: &str, tries: u32) {
    let before = select.value();
    select.set_value(value);
    if select.value() == value {
        draft::tell(select, "change");
        return;
    }
    select.set_value(&before);
    if tries > 0 {
        let (select, value) = (select.clone(), value.to_owned());
        set_timeout(move || choose(&select, &value, tries - 1), CHOICE_PAUSE);
    }
}

/// Says on top of the form that earlier words are back, with a button that throws them away.
fn note(form: &Element, (key, address): (&str, &str), locale: Locale) {
    let discard = discarding((key.to_owned(), address.to_owned()));
    let buttons = [(common::TYPED_DISCARD, discard)];
    banner(form, common::TYPED_BACK.get(locale), buttons, locale);
}

/// A line on top of the form, in the place of an earlier one, with buttons.
fn banner<const N: usize>(
    form: &Element,
    said: &str,
    buttons: [(Text, wasm_bindgen::JsValue); N],
    locale: Locale,
) {
    let page = document();
    let (Ok(note), Ok(words)) = (page.create_element("div"), page.create_element("span")) else {
        return;
    };
    note.set_class_name("note row between typed-back");
    let _ = note.set_attribute("role", "status");
    words.set_text_content(Some(said));
    let _ = note.append_child(&words);
    for (label, pressed) in buttons {
        let Ok(button) = page.create_element("button") else {
            continue;
        };
        button.set_class_name("button");
        let _ = button.set_attribute("type", "button");
        button.set_text_content(Some(label.get(locale)));
        let _ = button.add_event_listener_with_callback("click", pressed.unchecked_ref());
        let _ = note.append_child(&button);
    }
    if let Ok(Some(old)) = form.query_selector(":scope > .typed-back") {
        old.remove();
    }
    let _ = form.insert_before(&note, form.first_child().as_ref());
}
