//! What a form with a table holds: a chosen file or pasted text, how it was read, and whether it is only looked at.
//! Not here: what becomes of it (`lists`, `staff::import`), bytes (the server's `posted`).
//! The text comes back with its form as far as it is short enough to be mended by hand.

use shared::fault::{Code, Fault};

use crate::forms::lists::{ENCODING, REPORT, UNREAD};
use crate::forms::{Fields, Refusal, STEP};

/// Longest text that comes back with its form, in bytes.
const KEPT: usize = 256 << 10;

/// A table that was posted.
pub(super) struct Posted {
    pub(super) text: String,
    pub(super) encoding: String,
    pub(super) only_look: bool,
    /// The form as it comes back.
    pub(super) fields: Fields,
}

impl Posted {
    /// Reads the fields. A chosen file goes before the text.
    ///
    /// # Errors
    /// Why the file could not be read, or that there is none; the form comes back.
    pub(super) fn of(mut fields: Fields) -> Result<Self, Refusal> {
        let only_look = fields.optional(STEP).is_some();
        for name in [STEP, REPORT] {
            fields.remove(name);
        }
        if let Some(told) = fields.get(UNREAD).map(str::to_owned) {
            fields.remove(UNREAD);
            return Err(Refusal::FaultWith(unread(&told), fields.into_pairs()));
        }
        let file = fields.get("file").filter(|text| !text.is_empty());
        let text = file.unwrap_or_else(|| fields.get("text").unwrap_or_default());
        let text = text.trim_start_matches('\u{feff}').to_owned();
        let encoding = fields.optional(ENCODING);
        for name in ["file", ENCODING] {
            fields.remove(name);
        }
        fields.set("text", if text.len() > KEPT { "" } else { text.as_str() });
        if text.trim().is_empty() {
            let fault = Fault::field("text", Code::InputRequired);
            return Err(Refusal::FaultWith(fault, fields.into_pairs()));
        }
        Ok(Self {
            text,
            encoding: encoding.unwrap_or_else(|| "UTF-8".to_owned()),
            only_look,
            fields,
        })
    }
}

/// The fault of a file that could not be read; letters of no known encoding stand at the field.
fn unread(told: &str) -> Fault {
    let fault = serde_json::from_str::<Fault>(told).ok();
    fault
        .filter(|fault| fault.code != Code::InputEncoding)
        .unwrap_or_else(|| Fault::field("text", Code::InputEncoding))
}
