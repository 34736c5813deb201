//! The fields of a posted form, as they came.
//! Not here: reading them into commands (`shared::command`).
//! Read next: the forms beside this file.

use chrono::NaiveDate;
use shared::calendar::{self, Instant};
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

    /// Whether a box is ticked.
    pub fn ticked(&self, name: &str) -> bool {
        self.get(name)
            .is_some_and(|value| !matches!(value, "" | "0" | "false" | "off" | "no"))
    }

    /// An optional text: nothing when it is empty.
    pub fn optional(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// When a typed day begins; a fault where it is none.
    pub fn begin_of(&self, name: &str, check: &mut Check) -> Option<Instant> {
        self.moment(name, calendar::day, check)
    }

    /// When a typed day is over; a fault where it is none.
    pub fn end_of(&self, name: &str, check: &mut Check) -> Option<Instant> {
        self.moment(name, |text| calendar::day(text)?.succ_opt(), check)
    }

    fn moment(
        &self,
        name: &str,
        day: impl Fn(&str) -> Option<NaiveDate>,
        check: &mut Check,
    ) -> Option<Instant> {
        let day = day(&self.optional(name)?);
        if day.is_none() {
            check.add(name, Code::InputDate);
        }
        day.map(calendar::day_start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_trimmed_and_have_one_kind_of_line_end() {
        assert_eq!(Fields::of(&[("a", " x\r\ny ")]).text("a"), "x\ny");
        assert_eq!(Fields::of(&[("a", "  ")]).optional("a"), None);
    }

    #[test]
    fn a_day_begins_and_is_over_and_what_is_none_is_told() {
        let fields = Fields::of(&[("a", "2026-03-01"), ("b", "2026-02-30")]);
        let mut check = Check::default();
        let begin = fields.begin_of("a", &mut check);
        let end = fields.end_of("a", &mut check);
        assert_eq!(
            end.zip(begin).map(|(end, begin)| end.0 - begin.0),
            Some(86_400_000)
        );
        assert_eq!(fields.end_of("c", &mut check), None);
        assert!(check.finish().is_ok());
        let mut check = Check::default();
        assert_eq!(fields.end_of("b", &mut check), None);
        assert!(check.finish().is_err());
    }
}
