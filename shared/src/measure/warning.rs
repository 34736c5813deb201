//! Warnings of figures (预警): rules of the office about a measure over the days until yesterday, and what they found, until somebody says what it is.
//! Not here: counting and telling (`services::reports::warnings`), the rules' list (`register`).
//! All is whole numbers: amounts are tickets, or hundredths of a percent or of an hour.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Axis, CubeName, Figure, Measure, MeasureUnit};
use crate::calendar::Instant;
use crate::command;
use crate::command::{Together, Words};

codes! {
    /// What makes a number a warning.
    WarnTest {
        Above = "above", "above", "达到或超过", "At least";
        Below = "below", "below", "低于或等于", "At most";
        Rise = "rise", "rise", "比前几期平均上升", "Rises against the mean before";
        Burst = "burst", "burst", "异常突增（热点）", "Unusual rise (hot topic)";
    }
}

impl WarnTest {
    /// Whether it looks at the spans before.
    pub const fn compares(self) -> bool {
        matches!(self, Self::Rise | Self::Burst)
    }

    /// Whether a number is a warning, beside the amounts of the spans before. The threshold is in tickets, percent or hours; of a rise it is percent of the mean.
    /// An unusual rise is what lies more than three times the root of the mean above it, as numbers that come by chance (Poisson) hardly do.
    pub fn is_met(self, now: Figure, before: &[i64], (threshold, sample): (i64, i64)) -> bool {
        let Some(amount) = now.amount().filter(|_| now.denominator >= sample) else {
            return false;
        };
        let scale = match now.measure.definition().unit() {
            MeasureUnit::Tickets => 1,
            MeasureUnit::Percent | MeasureUnit::Hours => 100,
        };
        let (sum, many) = (whole(before), i128::try_from(before.len()).unwrap_or(0));
        let (amount, threshold) = (i128::from(amount), i128::from(threshold));
        let more = amount * many - sum;
        match self {
            Self::Above => amount >= threshold * scale,
            Self::Below => amount <= threshold * scale,
            Self::Rise => sum > 0 && more * 100 >= threshold * sum,
            Self::Burst => many > 0 && more > 0 && more * more > 9 * many * sum,
        }
    }
}

fn whole(amounts: &[i64]) -> i128 {
    amounts.iter().map(|it| i128::from(*it)).sum()
}

/// The mean of the spans before, to two decimals; none without any.
pub fn mean_of(measure: Measure, sum: i64, spans: i64) -> Option<String> {
    if spans <= 0 {
        return None;
    }
    let scale = match measure.definition().unit() {
        MeasureUnit::Tickets => 100,
        MeasureUnit::Percent | MeasureUnit::Hours => 1,
    };
    let hundredths = (sum * scale * 2 + spans) / (spans * 2);
    Some(format!("{}.{:02}", hundredths / 100, hundredths % 100))
}

/// A rule as the office's list has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WarnRule {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// What is counted.
    pub measure: Measure,
    /// For each value of these dimensions by itself; none: in all.
    pub axes: Vec<Axis>,
    /// What tickets are beside, as in an address.
    pub filter: String,
    /// So many days until yesterday.
    pub days: u64,
    /// What is asked of the number.
    pub test: WarnTest,
    /// From how much on.
    pub threshold: i64,
    /// With how many spans before it is compared.
    pub spans: u64,
    /// Fewer tickets give no warning.
    pub sample: i64,
    /// Code of the unit that is told, and in whose area is counted; none: everywhere, and nobody is told.
    pub unit: Option<String>,
}

impl WarnRule {
    /// The days that are looked at, then those before, the nearest first. A single day is compared with the same day of the weeks before.
    pub fn days_before(&self, today: NaiveDate) -> Vec<(NaiveDate, NaiveDate)> {
        let step = if self.days == 1 { 7 } else { self.days };
        let spans = if self.test.compares() { self.spans } else { 0 };
        let back = |days: u64| today.checked_sub_days(Days::new(days)).unwrap_or(today);
        let span = |shift: u64| (back(shift + self.days), back(shift + 1));
        (0..=spans).map(|place| span(place * step)).collect()
    }
}

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WarningView {
    /// Its id.
    pub id: Uuid,
    /// What the rule was called.
    pub name: String,
    /// Where: the values of its dimensions; empty for all.
    pub place: CubeName,
    /// The number.
    pub figure: Figure,
    /// What made it a warning.
    pub test: WarnTest,
    /// From how much on.
    pub threshold: i64,
    /// The mean of the spans before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean: Option<String>,
    /// First and last day.
    pub days: [String; 2],
    /// The list behind the number.
    pub href: String,
    /// When it was found.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub found_at: Instant,
    /// When somebody said what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub answered_at: Option<Instant>,
    /// Who did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<String>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word: Option<String>,
}

/// A page of what rules found, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Warnings {
    /// The warnings.
    pub items: Vec<WarningView>,
    /// The next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

command! {
    /// AnswerWarning
    ///
    /// Somebody has looked at it.
    AnswerWarning {
        /// What it is, 2 to 500 characters.
        word: Words<2, 500>,
    }
}

impl Together for AnswerWarning {}

#[cfg(test)]
mod tests {
    use super::*;

    fn tickets(n: i64) -> Figure {
        Figure {
            measure: Measure::Accepted,
            numerator: n,
            denominator: n,
        }
    }

    #[test]
    fn an_unusual_rise_is_three_roots_of_the_mean_above_it() {
        let burst = |n, before: &[i64]| WarnTest::Burst.is_met(tickets(n), before, (0, 10));
        // The mean is 16, its root 4: up to 28 it may be chance.
        assert!(!burst(28, &[16, 16, 16, 16]) && burst(29, &[16, 16, 16, 16]));
        // Fewer than ten are nothing to speak of, whatever was before.
        assert!(!burst(9, &[0, 0, 0, 0]) && burst(10, &[0, 0, 0, 0]));
        assert!(!burst(40, &[]), "nothing to compare with");
    }

    #[test]
    fn thresholds_are_tickets_percent_and_parts_of_a_mean() {
        let rate = |n, d| Figure {
            measure: Measure::OnTime,
            numerator: n,
            denominator: d,
        };
        let below = |figure| WarnTest::Below.is_met(figure, &[], (90, 10));
        assert!(below(rate(9, 10)) && !below(rate(10, 10)) && !below(rate(1, 9)));
        let above = |n| WarnTest::Above.is_met(tickets(n), &[], (50, 1));
        assert!(above(50) && !above(49));
        let rise = |n| WarnTest::Rise.is_met(tickets(n), &[10, 20, 30], (50, 1));
        assert!(rise(30) && !rise(29));
        assert_eq!(mean_of(Measure::Accepted, 50, 4).as_deref(), Some("12.50"));
    }

    #[test]
    fn a_single_day_is_compared_with_the_same_day_of_the_weeks_before() {
        let day = |m, d| NaiveDate::from_ymd_opt(2026, m, d).expect("a date");
        let rule = |days, test| WarnRule {
            code: "hot".to_owned(),
            name: "热点".to_owned(),
            measure: Measure::Accepted,
            axes: Vec::new(),
            filter: String::new(),
            days,
            test,
            threshold: 0,
            spans: 2,
            sample: 10,
            unit: None,
        };
        let today = day(3, 25);
        let single = rule(1, WarnTest::Burst).days_before(today);
        let alone = |d: NaiveDate| (d, d);
        assert_eq!(
            single,
            [alone(day(3, 24)), alone(day(3, 17)), alone(day(3, 10))]
        );
        let week = rule(7, WarnTest::Rise).days_before(today);
        assert_eq!(week[1], (day(3, 11), day(3, 17)));
        assert_eq!(rule(7, WarnTest::Above).days_before(today).len(), 1);
    }
}
