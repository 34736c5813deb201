//! Asks the browser for a passkey (WebAuthn) and sends the form around with its answer.
//! Called by name instead of through types of web-sys, which have no part that old browsers lack and new ones have; bytes are base64url.
//! Not here: the place in the form (`components::form`), what is asked and when an answer is good (services).

use js_sys::{Array, Function, JSON, Promise, Reflect, Uint8Array};
use leptos::prelude::*;
use serde::Serialize;
use shared::account::passkey::{Answer, Made, Signed};
use shared::text::Text;
use shared::text::account::factor as words;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlFormElement, HtmlInputElement};

use crate::components::form::{FORM, FormContext, answer_of};

/// Asks whenever the form comes back with something to ask.
pub fn watch(
    form: FormContext,
    name: &'static str,
    options: &'static str,
    says: RwSignal<Option<Text>>,
) {
    let (place, field) = (form.id(FORM), form.id(&answer_of(name)));
    Effect::new(move || {
        let asked = form
            .state
            .with(|state| state.value(options).map(str::to_owned));
        let Some(asked) = asked else {
            says.set(None);
            return;
        };
        says.set(Some(words::PASSKEY_WAITS));
        let (place, field) = (place.clone(), field.clone());
        leptos::task::spawn_local(async move {
            let answer = answer(&asked).await;
            // Nothing to do when the reader has left the page meanwhile.
            let _ = says.try_set(answer.as_ref().err().copied());
            if let Ok(answer) = answer {
                send(&place, &field, &answer);
            }
        });
    });
}

/// Sends the form with the answer, which no later way out of the form takes along.
fn send(form: &str, field: &str, answer: &str) {
    let form = super::element(form).and_then(|it| it.dyn_into::<HtmlFormElement>().ok());
    let field = super::element(field).and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
    if let (Some(form), Some(field)) = (form, field) {
        field.set_value(answer);
        let _ = form.request_submit();
        field.set_value("");
    }
}

/// The browser's answer as JSON, or why there is none.
async fn answer(asked: &str) -> Result<String, Text> {
    let call = JSON::parse(&format!("{{\"publicKey\":{asked}}}"));
    let call = call.map_err(|_| words::PASSKEY_GAVE_UP)?;
    let options = of(&call, "publicKey");
    let is_new = !of(&options, "pubKeyCredParams").is_undefined();
    unpack(&options, "challenge");
    let known = if is_new {
        unpack(&of(&options, "user"), "id");
        of(&options, "excludeCredentials")
    } else {
        of(&options, "allowCredentials")
    };
    for passkey in Array::from(&known).iter() {
        unpack(&passkey, "id");
    }
    let made = ask(&call, if is_new { "create" } else { "get" }).await?;
    let answer = if is_new { new(&made) } else { signed(&made) };
    answer.ok_or(words::PASSKEY_GAVE_UP)
}

/// Calls `navigator.credentials`, which is absent on plain http other than this machine.
async fn ask(call: &JsValue, what: &str) -> Result<JsValue, Text> {
    let credentials = of(window().navigator().as_ref(), "credentials");
    let method = of(&credentials, what).dyn_into::<Function>();
    let Ok(method) = method else {
        return Err(words::PASSKEY_NO_SCRIPT);
    };
    let promise = method
        .call1(&credentials, call)
        .ok()
        .and_then(|promise| promise.dyn_into::<Promise>().ok())
        .ok_or(words::PASSKEY_GAVE_UP)?;
    JsFuture::from(promise).await.map_err(|error| {
        let name = of(&error, "name").as_string();
        if name.as_deref() == Some("InvalidStateError") {
            words::PASSKEY_KNOWN
        } else {
            words::PASSKEY_GAVE_UP
        }
    })
}

fn new(made: &JsValue) -> Option<String> {
    let response = of(made, "response");
    let algorithm = call(&response, "getPublicKeyAlgorithm")?.as_f64()?;
    written(
        made,
        Made {
            client_data: text(&of(&response, "clientDataJSON"))?,
            authenticator_data: text(&call(&response, "getAuthenticatorData")?)?,
            public_key: text(&call(&response, "getPublicKey")?)?,
            public_key_algorithm: algorithm as i64,
        },
    )
}

fn signed(made: &JsValue) -> Option<String> {
    let response = of(made, "response");
    written(
        made,
        Signed {
            client_data: text(&of(&response, "clientDataJSON"))?,
            authenticator_data: text(&of(&response, "authenticatorData"))?,
            signature: text(&of(&response, "signature"))?,
        },
    )
}

fn written<T: Serialize>(made: &JsValue, response: T) -> Option<String> {
    let id = text(&of(made, "rawId"))?;
    serde_json::to_string(&Answer { id, response }).ok()
}

/// A part of an object; undefined where there is none.
fn of(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn call(object: &JsValue, name: &str) -> Option<JsValue> {
    let method = of(object, name).dyn_into::<Function>().ok()?;
    method.call0(object).ok()
}

/// Bytes as base64url.
fn text(bytes: &JsValue) -> Option<String> {
    if bytes.is_undefined() || bytes.is_null() {
        return None;
    }
    let bytes = Uint8Array::new(bytes).to_vec();
    let signs: String = bytes.into_iter().map(char::from).collect();
    let text = window().btoa(&signs).ok()?;
    let text = text.replace('+', "-").replace('/', "_");
    Some(text.trim_end_matches('=').to_owned())
}

/// Puts bytes in the place of base64url.
fn unpack(object: &JsValue, name: &str) {
    let text = of(object, name).as_string().unwrap_or_default();
    let text = text.replace('-', "+").replace('_', "/");
    let signs = window().atob(&text).unwrap_or_default();
    let bytes: Vec<u8> = signs
        .chars()
        .filter_map(|sign| u8::try_from(sign).ok())
        .collect();
    let _ = Reflect::set(object, &name.into(), &Uint8Array::from(bytes.as_slice()));
}
