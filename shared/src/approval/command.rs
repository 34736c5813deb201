//! What is taken where the road is not that of a verb on one approval: filing, events from outside, definitions and their versions.
//! Not here: what the verbs take (`verbs`), what comes back (`view`).
//! All of it arrives parsed; a definition's text is judged whole by the services.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::{EventKind, rules};
use crate::calendar::Instant;
use crate::command;
use crate::command::{
    Line, Moment, Part, Sent, Ticked, Together, Typed, Variables, Verbatim, Wrong,
};
use crate::fault::{Check, Code};
use crate::place::DivisionCode;
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
        /// Answers to the office's own fields, by their codes.
        own: Typed,
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

command! {
    /// Deploy
    ///
    /// A definition (BPMN 2.0) or decision tables (DMN), as the next version; or only a check of them.
    Deploy {
        /// The file's text.
        xml: Verbatim,
        /// From when new cases start on it, RFC 3339 or a day; absent: not before it is activated.
        active_from: Option<Instant>,
    }
}

impl Together for Deploy {}

command! {
    /// Activate
    ///
    /// New cases start on a version; of tickets also those of an area or a kind alone.
    Activate {
        /// From when, RFC 3339 or a day; absent: now.
        active_from: Option<Instant>,
        /// Of tickets only: code of a division in which they start on it; absent: everywhere.
        area: Option<DivisionCode>,
        /// Of tickets only: the kind that starts on it; absent: every kind.
        kind: Option<RequestKind>,
    }
}

impl Together for Activate {}

command! {
    /// Migrate
    ///
    /// Moves running cases from one version to another.
    Migrate {
        /// The version that cases leave.
        from: i32,
        /// The version that they go to.
        to: i32,
        /// New ids by old ones, where an element's id has changed.
        mapping: Renamed,
        /// Only count.
        dry_run: Ticked,
    }
}

impl Together for Migrate {}

/// New ids of elements by their old ones. A form sends them as lines `old = new`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Renamed(BTreeMap<String, String>);

impl Renamed {
    /// By old id.
    pub fn into_map(self) -> BTreeMap<String, String> {
        self.0
    }
}

impl Part for Renamed {
    const IS_OPTIONAL: bool = true;
    const IS_TEXT: bool = false;

    fn absent() -> Result<Self, Wrong> {
        Ok(Self::default())
    }

    fn of_text(text: &str) -> Result<Self, Wrong> {
        let pair = |line: &str| {
            let (old, new) = line.split_once('=')?;
            let (old, new) = (old.trim(), new.trim());
            (!old.is_empty() && !new.is_empty()).then(|| (old.to_owned(), new.to_owned()))
        };
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let all: Option<_> = lines.map(pair).collect();
        all.map(Self).ok_or_else(|| Wrong::new(Code::InputBody))
    }

    fn of_json(value: &Value) -> Result<Self, Wrong> {
        let pair = |(old, new): (&String, &Value)| Some((old.clone(), new.as_str()?.to_owned()));
        let all = value.as_object().map(|all| all.iter().map(pair).collect());
        all.flatten()
            .map(Self)
            .ok_or_else(|| Wrong::new(Code::InputBody))
    }

    #[cfg(feature = "openapi")]
    fn described() -> command::Described {
        command::map::<String>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_an_old_and_a_new_id_on_each_line() {
        let read = Renamed::of_text("intake = review\r\n\ndecide=decide2").expect("two lines");
        let read = read.into_map();
        assert_eq!((read["intake"].as_str(), read.len()), ("review", 2));
        for text in ["intake", "=review", "intake="] {
            let wrong = Renamed::of_text(text).map_err(|wrong| wrong.code);
            assert_eq!(wrong, Err(Code::InputBody), "{text}");
        }
    }
}
