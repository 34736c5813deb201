//! The number of a cell: what was counted, and the value that a measure makes of it.
//! Not here: the counting (store).
//! Half-up to two decimals; nothing to divide by gives no value (`domain.md` 4).

use serde::{Deserialize, Serialize};

use super::{Formula, Measure, MeasureUnit, Rate};

/// Milliseconds of a hundredth of an hour.
const HUNDREDTH: i64 = 36_000;

/// What was counted for a measure: tickets; for a mean the sum of milliseconds, for a quantile those of one ticket, and the tickets over which it is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Figure {
    /// Of which measure.
    pub measure: Measure,
    /// Counted in.
    pub numerator: i64,
    /// Counted over; of a number the same as the numerator.
    pub denominator: i64,
}

impl Figure {
    /// What people read: `1234`, `95.85 %`, `12.50`, or a dash without a denominator.
    pub fn value(self) -> String {
        match self.measure.definition().unit() {
            MeasureUnit::Tickets => self.numerator.to_string(),
            MeasureUnit::Percent => self.rate().percent(),
            MeasureUnit::Hours => self.hours().map_or_else(
                || "—".to_owned(),
                |hundredths| format!("{}.{:02}", hundredths / 100, hundredths % 100),
            ),
        }
    }

    /// As a rate.
    pub const fn rate(self) -> Rate {
        Rate {
            numerator: self.numerator,
            denominator: self.denominator,
        }
    }

    /// Hundredths of an hour on average, or of a quantile, half-up; none without a ticket.
    pub const fn hours(self) -> Option<i64> {
        if self.denominator <= 0 {
            return None;
        }
        let among = match self.measure.definition().formula {
            Formula::Quantile { .. } => 1,
            _ => self.denominator,
        };
        let each = among * HUNDREDTH;
        Some((self.numerator * 2 + each) / (each * 2))
    }

    /// How large it is among others of its measure: tickets, hundredths of a percent or of an hour; none without a denominator.
    pub const fn amount(self) -> Option<i64> {
        match self.measure.definition().unit() {
            MeasureUnit::Tickets => Some(self.numerator),
            MeasureUnit::Percent => self.rate().basis_points(),
            MeasureUnit::Hours => self.hours(),
        }
    }

    /// Whether there are too few to say much; nothing at all is no small sample.
    pub const fn is_small(self) -> bool {
        self.denominator > 0 && self.denominator < self.measure.definition().min_sample
    }

    /// Both numbers together with another's of the same measure. Quantiles have no sum: whoever adds rows counts their whole by itself.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            measure: self.measure,
            numerator: self.numerator + other.numerator,
            denominator: self.denominator + other.denominator,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(measure: Measure, numerator: i64, denominator: i64) -> String {
        Figure {
            measure,
            numerator,
            denominator,
        }
        .value()
    }

    #[test]
    fn published_shares_come_out_half_up() {
        // domain.md 4.1 and 4.2: connection rate; closed at once and forwarded; four shares of a month.
        assert_eq!(of(Measure::DirectRate, 18_851, 19_668), "95.85 %");
        assert_eq!(of(Measure::DirectRate, 27_929, 46_653), "59.87 %");
        assert_eq!(of(Measure::ForwardedShare, 18_724, 46_653), "40.13 %");
        assert_eq!(27_929 + 18_724, 46_653);
        assert_eq!(41_424 + 5_229, 46_653);
        let parts = [20_915, 19_346, 8_595, 2_759];
        let whole: i64 = parts.iter().sum();
        assert_eq!(whole, 51_615);
        let shares = parts.map(|part| of(Measure::PhoneShare, part, whole));
        assert_eq!(shares, ["40.52 %", "37.48 %", "16.65 %", "5.35 %"]);
    }

    #[test]
    fn hours_are_rounded_half_up_and_nothing_gives_a_dash() {
        let hour = 3_600_000;
        assert_eq!(of(Measure::HandlingHours, 25 * hour, 2), "12.50");
        assert_eq!(of(Measure::HandlingHours, 18_000, 1), "0.01");
        assert_eq!(of(Measure::HandlingHours, 17_999, 1), "0.00");
        assert_eq!(of(Measure::HandlingHours, 0, 0), "—");
        // A quantile is one ticket's time, over however many it is taken.
        assert_eq!(of(Measure::ReplyP90, 25 * hour, 40), "25.00");
        assert_eq!(of(Measure::ReplyP90, 0, 0), "—");
        assert_eq!(of(Measure::OnTime, 0, 0), "—");
        assert_eq!(of(Measure::Accepted, 0, 0), "0");
    }

    #[test]
    fn few_are_marked_and_none_are_not() {
        let small = |measure, denominator| {
            Figure {
                measure,
                numerator: 0,
                denominator,
            }
            .is_small()
        };
        assert!(small(Measure::Satisfied, 9) && !small(Measure::Satisfied, 10));
        assert!(!small(Measure::Satisfied, 0) && !small(Measure::Accepted, 1));
    }
}
