//! Forms that work with and without script on one road: fields → `handle` (registry) → service.
//! Without script the browser posts to the form's own path and gets 303 or the same page again (422); hydrated pages call
//! `api::forms::submit`, which runs the same handler. Here: what travels; `registry` finds the handler; one file per form below.
//! The view side is `components::form`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use shared::fault::{Code, Fault, FieldFault};

#[cfg(feature = "ssr")]
pub mod citizen;
#[cfg(feature = "ssr")]
mod fields;
pub mod lists;
#[cfg(feature = "ssr")]
mod outcome;
#[cfg(feature = "ssr")]
mod place;
pub mod process;
#[cfg(feature = "ssr")]
mod provider;
#[cfg(feature = "ssr")]
mod registry;
#[cfg(feature = "ssr")]
mod request;
pub mod rights;
#[cfg(feature = "ssr")]
pub mod session;
#[cfg(feature = "ssr")]
pub mod staff;

#[cfg(feature = "ssr")]
pub use fields::Fields;
#[cfg(feature = "ssr")]
pub use outcome::{CLEAR_SITE, FormFault, Keep, Redirect, Refusal};
#[cfg(feature = "ssr")]
pub use registry::{Answer, Call, Files, FormRoute, find, forms, handle, route, shown, take_photo};

/// Name of the hidden field with the idempotency key.
pub const KEY: &str = "idempotency_key";
/// Name of the hidden field that tells forms of one path apart, where a page has several of them.
pub const MARK: &str = "form";
/// Name of the field with the password that a dangerous act asks for again; it stands in a form only after it was asked for.
pub const PROOF: &str = "proof";
/// Name of the field with a passkey's answer in the place of that password, and of the button that asks for one.
pub const PROOF_PASSKEY: &str = "proof_passkey";
/// See `PROOF_PASSKEY`.
pub const PROOF_WAY: &str = "proof_way";
/// What a form that comes back asks a passkey for such a proof.
pub const PROOF_OPTIONS: &str = "proof_options";
/// Says of a form that comes back that the proof was taken: its own button sends it now.
pub const PROVED: &str = "proved";
/// Name of the field with a passkey's answer.
pub const PASSKEY: &str = "passkey";
/// What a form that comes back asks a passkey.
pub const PASSKEY_OPTIONS: &str = "passkey_options";
/// Name of the button that asks for a passkey where a code would do as well.
pub const WAY: &str = "way";
/// Name of a button that goes to the next step of a form instead of sending it.
pub const STEP: &str = "step";

/// A form as it was posted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// The path it was posted to, without query.
    pub path: String,
    /// Names and values in the order of the form.
    pub fields: Vec<(String, String)>,
}

/// A form that comes back to its page: what was typed, and why it was refused (nothing: a step of the form).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormState {
    /// The form's path.
    pub path: String,
    /// What was typed.
    pub fields: Vec<(String, String)>,
    /// Why it was refused.
    pub fault: Option<Fault>,
}

impl FormState {
    /// What was typed into a field; `None` when the form did not have it.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// The form's path and mark, which together say which form of a page it is.
    pub fn address(&self) -> String {
        address(&self.path, self.value(MARK).unwrap_or_default())
    }

    /// Every value of a field, for check boxes of one name.
    pub fn values(&self, name: &str) -> Vec<&str> {
        self.fields
            .iter()
            .filter(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// Whether anything was posted, so that an unticked box differs from a fresh form.
    pub fn is_posted(&self) -> bool {
        !self.fields.is_empty()
    }

    /// What is wrong with a field.
    pub fn field_fault(&self, name: &str) -> Option<&FieldFault> {
        self.fault
            .as_ref()?
            .fields
            .iter()
            .find(|fault| fault.field == name)
    }
}

/// What `api::forms::submit` gives back to a hydrated form. A refusal is data, not an HTTP error: it is a usual answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Submitted {
    /// Accepted; go there.
    Moved {
        /// Path and query inside this site.
        to: String,
        /// Load the page anew, since cookies that the whole page depends on have changed.
        whole_page: bool,
    },
    /// Refused, or a step: show the form with this.
    Again(FormState),
}

/// A form's path and mark in one word.
pub fn address(path: &str, mark: &str) -> String {
    if mark.is_empty() {
        path.to_owned()
    } else {
        format!("{path}#{mark}")
    }
}

/// The idempotency key of one form on one page: the page's random key and a short hash of the form's path.
pub fn form_key(page_key: &str, path: &str) -> String {
    // FNV-1a; it only has to differ between the few forms of one page, on 32-bit wasm as well.
    let hash = path.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    format!("{page_key}-{hash:08x}")
}

/// A path inside this site that is safe to redirect to, else `/` (P-09).
pub fn local_path(path: &str) -> &str {
    let inside = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(['\\', '\r', '\n', '\t', '\0']);
    if inside && path.chars().all(|c| !c.is_control()) {
        path
    } else {
        "/"
    }
}

/// A fault at one field with facts, for faults that are found while a form is read.
pub fn field_fault(field: &str, code: Code, facts: &[(&str, String)]) -> FieldFault {
    let facts: BTreeMap<String, String> = facts
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect();
    FieldFault {
        field: field.to_owned(),
        code,
        facts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_differ_by_form_and_page() {
        assert_ne!(form_key("a", "/file"), form_key("a", "/track"));
        assert_ne!(form_key("a", "/file"), form_key("b", "/file"));
        assert_eq!(form_key("a", "/file"), form_key("a", "/file"));
    }

    #[test]
    fn redirects_stay_inside() {
        assert_eq!(
            local_path("/tickets?state=HANDLING"),
            "/tickets?state=HANDLING"
        );
        for bad in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/a\r\nSet-Cookie: x=1",
            "javascript:alert(1)",
        ] {
            assert_eq!(local_path(bad), "/", "{bad:?}");
        }
    }

    #[test]
    fn a_state_knows_values_and_faults() {
        let state = FormState {
            path: "/file".into(),
            fields: vec![("a".into(), "1".into()), ("a".into(), "2".into())],
            fault: Some(Fault::field("a", Code::InputRequired)),
        };
        assert_eq!(state.value("a"), Some("1"));
        assert_eq!(state.values("a"), ["1", "2"]);
        assert_eq!(state.value("b"), None);
        assert_eq!(
            state.field_fault("a").map(|fault| fault.code),
            Some(Code::InputRequired)
        );
    }
}
