//! Reading typed values out of a posted form. Values that are no code, number or id are noted at their field.
//! Not here: the rules of the verbs (`shared::ticket::rules`, asked in the services).
//! Read next: the forms beside this file.

use std::str::FromStr;

use shared::fault::{Check, Code};

/// The fields of a posted form.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Wraps posted pairs.
    pub fn new(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// Fields for a test.
    #[cfg(test)]
    pub fn of(pairs: &[(&str, &str)]) -> Self {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Self(pairs.iter().map(owned).collect())
    }

    /// The pairs again.
    pub fn into_pairs(self) -> Vec<(String, String)> {
        self.0
    }

    /// The pairs.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// The first value, as posted.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// All values of one name that are not empty.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0
            .iter()
            .filter(|(field, value)| field == name && !value.is_empty())
            .map(|(_, value)| value.clone())
            .collect()
    }

    /// Replaces all values of a name by one.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.remove(name);
        self.0.push((name.to_owned(), value.into()));
    }

    /// Takes all values of a name out.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(field, _)| field != name);
    }

    /// A required text without surrounding spaces, with line ends as `\n`; the service says whether it is long enough.
    pub fn text(&self, name: &str) -> String {
        // Browsers send CRLF in form posts, and script sends LF: one text, one count of characters.
        self.get(name)
            .unwrap_or_default()
            .trim()
            .replace("\r\n", "\n")
    }

    /// An optional text: nothing when it is empty.
    pub fn optional(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// Whether a box is ticked.
    pub fn ticked(&self, name: &str) -> bool {
        self.get(name)
            .is_some_and(|value| !matches!(value, "" | "0" | "false" | "off" | "no"))
    }

    /// A yes or no that must be chosen.
    pub fn yes_no(&self, name: &str, check: &mut Check) -> Option<bool> {
        match self.get(name) {
            Some("yes" | "true") => Some(true),
            Some("no" | "false") => Some(false),
            None | Some("") => {
                check.add_with(name, Code::InputRequired, &[("choice", &1)]);
                None
            }
            Some(_) => {
                check.add(name, Code::InputCode);
                None
            }
        }
    }

    /// A value that must be there and readable.
    pub fn required<T: FromStr>(&self, name: &str, check: &mut Check) -> Option<T> {
        let Some(text) = self.optional(name) else {
            // Values that are read as codes are chosen, and the words say so.
            check.add_with(name, Code::InputRequired, &[("choice", &1)]);
            return None;
        };
        self.read(name, &text, check)
    }

    /// A value that may be absent, but not unreadable.
    pub fn parsed<T: FromStr>(&self, name: &str, check: &mut Check) -> Option<T> {
        let text = self.optional(name)?;
        self.read(name, &text, check)
    }

    fn read<T: FromStr>(&self, name: &str, text: &str, check: &mut Check) -> Option<T> {
        let value = text.parse().ok();
        if value.is_none() {
            let shown: String = text.chars().take(40).collect();
            check.add_with(name, Code::InputCode, &[("value", &shown)]);
        }
        value
    }

    /// A number that may be absent, but not unreadable; it is typed and not chosen, and the words say so.
    pub fn number<T: FromStr>(&self, name: &str, check: &mut Check) -> Option<T> {
        let text = self.optional(name)?;
        let value = text.parse().ok();
        if value.is_none() {
            let shown: String = text.chars().take(40).collect();
            check.add_with(name, Code::InputNumber, &[("value", &shown)]);
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use shared::ticket::RequestKind;

    use super::*;

    #[test]
    fn texts_are_trimmed_and_have_one_kind_of_line_end() {
        assert_eq!(Fields::of(&[("a", " x\r\ny ")]).text("a"), "x\ny");
        assert_eq!(Fields::of(&[("a", "  ")]).optional("a"), None);
    }

    #[test]
    fn unreadable_codes_are_noted_at_their_field() {
        let mut check = Check::default();
        let posted = Fields::of(&[("kind", "nonsense"), ("other", "complaint")]);
        assert_eq!(posted.required::<RequestKind>("kind", &mut check), None);
        assert_eq!(
            posted.required::<RequestKind>("other", &mut check),
            Some(RequestKind::Complaint)
        );
        assert_eq!(posted.required::<RequestKind>("absent", &mut check), None);
        let fault = check.finish().expect_err("two fields are wrong");
        let found: Vec<_> = fault
            .fields
            .iter()
            .map(|field| (field.field.as_str(), field.code))
            .collect();
        assert_eq!(
            found,
            [("kind", Code::InputCode), ("absent", Code::InputRequired)]
        );
    }
}
