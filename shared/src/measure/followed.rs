//! Whose name a unit's tickets stand under in a report: that of the unit of then, or of the one that follows it today.
//! Not here: who follows whom (the list of units), bringing rows together (`services::reports::followed`).
//! Rows that were brought together have the codes of all their units as one value, so that their list is exactly theirs.

codes! {
    /// Under which units a report shows tickets.
    UnitsOf {
        Then = "then", "then", "按当时的单位", "By the unit of then";
        Now = "now", "now", "按现在承接的单位", "By the unit that follows it today";
    }
}

/// What stands between codes of units that were brought together; no code has it.
const BETWEEN: char = '~';

/// One value of several units, the one that follows first.
pub fn together<'u>(units: impl Iterator<Item = &'u str>) -> String {
    let units: Vec<&str> = units.collect();
    units.join(&BETWEEN.to_string())
}

/// The units of a value, the one that follows first.
pub fn units_of(value: &str) -> impl Iterator<Item = &str> {
    value.split(BETWEEN)
}

/// Whether a byte stands between codes of units.
pub(super) const fn is_between(byte: u8) -> bool {
    byte == b'~'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_brought_together_and_told_apart() {
        let value = together(["320100-JS", "320100-CGJ"].into_iter());
        assert_eq!(value, "320100-JS~320100-CGJ");
        let units: Vec<&str> = units_of(&value).collect();
        assert_eq!(units, ["320100-JS", "320100-CGJ"]);
        assert_eq!(units_of("320100-JS").next(), Some("320100-JS"));
        assert!(value.bytes().any(is_between));
    }
}
