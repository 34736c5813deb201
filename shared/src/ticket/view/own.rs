//! What pages and programs see of the office's own fields: what is asked, and what was answered.
//! Not here: the ticket that has them (`view`), the list of the office (`register`).

use serde::{Deserialize, Serialize};

use crate::register::OwnKind;

views! {
    /// One of several answers to an own field.
    OwnChoiceView { code: String, zh: String, en: String, }

    /// One of the office's own fields, to be asked.
    OwnAskView {
        code: String,
        zh: String,
        en: String,
        kind: OwnKind,
        choices: Vec<OwnChoiceView>,
        needed: bool,
        /// What is known already.
        value: Option<String>,
        /// The categories for which it is asked, with everything below them; none for every ticket.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        categories: Vec<OwnChoiceView>,
    }

    /// The answer to one of the office's own fields.
    OwnView {
        code: String,
        zh: String,
        en: String,
        kind: OwnKind,
        value: String,
        /// As it is read.
        shown_zh: String,
        shown_en: String,
    }
}
