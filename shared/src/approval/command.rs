//! What is taken where the road is not that of a verb on one approval: filing, events from outside, definitions and their versions.
//! Not here: what the verbs take (`verbs`), what comes back (`view`).
//! Filing and events arrive parsed; what is taken of definitions is judged whole by the services.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{EventKind, rules};
use crate::command;
use crate::command::{Line, Moment, Sent, Together, Typed, Variables};
use crate::fault::{Check, Code};
use crate::ticket::RequestKind;

command! {
    /// File
    ///
    /// An application on the active version of a definition.
    Start {
        /// Key of the definition.
        definition: Line<1, { rules::ELEMENT }>,
        /// What it is about, 2 to 80 characters.
        title: Line<2, { rules::TITLE }>,
        /// The start form's fields as typed.
        fields: Typed,
        /// When it was filed, where that was before it is sent: on paper. Not in the future, at most 7 days ago. Clocks go by the time at which it is received.
        done_at: Option<Moment>,
    }
}

impl Together for Start {}

command! {
    /// Throw
    ///
    /// A message or a signal from outside: to cases that wait for it, or to a definition that begins with it.
    Throw {
        /// Message or signal.
        kind: EventKind,
        /// Its name, at most 200 characters.
        name: Line<1, { rules::ELEMENT }>,
        /// For a message: the number of the case that is to get it. Without one it starts a new case.
        approval_no: Option<Line<1, { rules::ELEMENT }>>,
        /// JSON values by name, at most 100.
        variables: Variables,
    }
}

impl Together for Throw {
    fn check(sent: &Sent, check: &mut Check) {
        let number: Option<Option<Line<1, { rules::ELEMENT }>>> = sent.peek("approval_no");
        if sent.peek("kind") == Some(EventKind::Signal) && number.flatten().is_some() {
            check.add("approval_no", Code::InputBody);
        }
    }
}

macro_rules! commands {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $ty:ty,)* })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$fmeta])* pub $field: $ty,)* }
    )+};
}

commands! {
    /// Deploy a definition (BPMN 2.0) or decision tables (DMN), or only check a definition.
    Deploy {
        /// The file's text.
        xml: String,
        /// From when new cases start on it, RFC 3339; absent: not before it is activated.
        #[serde(default)]
        active_from: Option<String>,
    }

    /// From when new cases start on a version.
    Activate {
        /// RFC 3339; absent: now.
        #[serde(default)]
        from: Option<String>,
        /// Of tickets only: code of a division in which they start on it; absent: everywhere.
        #[serde(default)]
        area: Option<String>,
        /// Of tickets only: the kind that starts on it; absent: every kind.
        #[serde(default)]
        kind: Option<RequestKind>,
    }

    /// Move running cases from one version to another.
    Migrate {
        from: i32,
        to: i32,
        /// New ids by old ones, where an element's id has changed.
        #[serde(default)]
        mapping: BTreeMap<String, String>,
        /// Only count.
        #[serde(default)]
        dry_run: bool,
    }
}
