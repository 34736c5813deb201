//! Live checks (报表核对): what must hold before a report shows its numbers.
//! Not here: making them (`services::reports::live`), their sentences (`text::report::touched`).
//! A check that fails hides what it is about and nothing else.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Measure;
use crate::calendar::Instant;

codes! {
    /// A check.
    LiveCheck {
        Sum = "sum", "sum", "合计核对", "Sums";
        Range = "range", "range", "范围核对", "Ranges";
        Frozen = "frozen", "frozen", "固化核对", "Frozen figures";
        Night = "night", "night", "夜间检查核对", "Nightly look";
        Feed = "feed", "feed", "变更读取核对", "Changes read";
    }
}

codes! {
    /// What a check came to.
    LiveState {
        Sound = "sound", "sound", "通过", "Passed";
        Failing = "failing", "failing", "没有通过", "Failing";
        Waits = "waits", "waits", "尚无可核对", "Nothing to check yet";
    }
}

codes! {
    /// A report that asks the checks before it shows numbers.
    LiveReport {
        Counted = "counted", "counted", "即时统计", "Counted now";
        Frozen = "frozen", "frozen", "固化数据", "Frozen figures";
        Touched = "touched", "touched", "数据质量影响", "Figures touched by findings";
    }
}

impl LiveReport {
    /// The checks whose failing hides numbers of it.
    pub const fn asks(self) -> &'static [LiveCheck] {
        match self {
            Self::Counted => &[LiveCheck::Sum, LiveCheck::Range],
            Self::Frozen => &[LiveCheck::Frozen],
            Self::Touched => &[LiveCheck::Sum, LiveCheck::Range, LiveCheck::Night],
        }
    }
}

impl LiveCheck {
    /// The fact in which the measures stand that do not hold, by their words with commas between.
    pub const MEASURES: &str = "measures";
}

/// A check as it came out last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LiveView {
    /// Which.
    pub check: LiveCheck,
    /// What it came to.
    pub state: LiveState,
    /// What exactly, as codes and numbers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
    /// When it was made last.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub run_at: Instant,
    /// Since when it comes out so.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub since: Instant,
}

impl LiveView {
    /// Whether it fails and is about one of these measures; what names none is about all.
    pub fn hides(&self, measures: &[Measure]) -> bool {
        let named = self.facts.get(LiveCheck::MEASURES);
        let is_about = named.is_none_or(|words| {
            words
                .split(',')
                .filter_map(Measure::parse)
                .any(|measure| measures.contains(&measure))
        });
        self.state == LiveState::Failing && is_about
    }
}

/// Every check that was made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LiveChecks {
    /// In the order of the list.
    pub items: Vec<LiveView>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_check_hides_its_measures_and_no_others() {
        let of = |state, facts: &[(&str, &str)]| LiveView {
            check: LiveCheck::Range,
            state,
            facts: facts
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            run_at: Instant(0),
            since: Instant(0),
        };
        let hours = of(
            LiveState::Failing,
            &[(LiveCheck::MEASURES, "handling_hours,on_time")],
        );
        assert!(hours.hides(&[Measure::Accepted, Measure::HandlingHours]));
        assert!(!hours.hides(&[Measure::Accepted]));
        assert!(of(LiveState::Failing, &[]).hides(&[Measure::Accepted]));
        assert!(!of(LiveState::Sound, &[]).hides(&[Measure::Accepted]));
    }
}
