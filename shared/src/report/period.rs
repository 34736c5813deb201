//! The time that a report is about: a day, a week, a month, a quarter, a year, or any days. Whole days of Beijing's time.
//! Not here: what is counted in it (`crate::measure`).
//! Written as `2026-10-03`, `2026-W44`, `2026-10`, `2026-Q4`, `2026`, `2026-10-01_2026-10-15`.

use std::fmt;

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};

use crate::calendar;
use crate::text::{Locale, clock};

codes! {
    /// How long a report's time is.
    Span {
        Day = "day", "day", "日", "Day";
        Week = "week", "week", "周", "Week";
        Month = "month", "month", "月", "Month";
        Quarter = "quarter", "quarter", "季度", "Quarter";
        Year = "year", "year", "年", "Year";
        Free = "free", "free", "自选", "Any days";
    }
}

/// A time with its first and last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// How long it is.
    pub span: Span,
    /// First day.
    pub from: NaiveDate,
    /// Last day, inclusive.
    pub to: NaiveDate,
}

impl Period {
    /// The time of a span in which a day lies; of any days that day alone.
    pub fn around(span: Span, day: NaiveDate) -> Self {
        let from = match span {
            Span::Day | Span::Free => day,
            Span::Week => {
                let back = u64::from(day.weekday().num_days_from_monday());
                day.checked_sub_days(Days::new(back)).unwrap_or(day)
            }
            Span::Month => first_of(day, day.month()),
            Span::Quarter => first_of(day, (day.month() - 1) / 3 * 3 + 1),
            Span::Year => first_of(day, 1),
        };
        let last = match span {
            Span::Day | Span::Free => from,
            Span::Week => calendar::days_after(from, 6),
            Span::Month => before_months(from, 1),
            Span::Quarter => before_months(from, 3),
            Span::Year => before_months(from, 12),
        };
        Self {
            span,
            from,
            to: last,
        }
    }

    /// Any days from one to another.
    pub const fn days(from: NaiveDate, to: NaiveDate) -> Self {
        Self {
            span: Span::Free,
            from,
            to,
        }
    }

    /// What a report is about when nothing is said: the last whole time of its span; of any days this month so far.
    pub fn usual(span: Span, today: NaiveDate) -> Self {
        if span == Span::Free {
            return Self::days(first_of(today, today.month()), today);
        }
        Self::around(span, today).previous()
    }

    /// The time of the same length before it.
    #[must_use]
    pub fn previous(&self) -> Self {
        let day_before = self.from.pred_opt().unwrap_or(self.from);
        if self.span != Span::Free {
            return Self::around(self.span, day_before);
        }
        let long = self.to.signed_duration_since(self.from);
        let from = day_before.checked_sub_signed(long).unwrap_or(day_before);
        Self::days(from, day_before)
    }

    /// The same time of the year before: the same dates, of a week the week of the same number (the last one where there is none), of the
    /// leap day the day before it.
    #[must_use]
    pub fn last_year(&self) -> Self {
        let back = |day: NaiveDate| day.checked_sub_months(Months::new(12)).unwrap_or(day);
        match self.span {
            Span::Free => Self::days(back(self.from), back(self.to)),
            Span::Week => {
                let week = self.from.iso_week();
                let of = |number| NaiveDate::from_isoywd_opt(week.year() - 1, number, Weekday::Mon);
                let monday = of(week.week()).or_else(|| of(52)).unwrap_or(self.from);
                Self::around(Span::Week, monday)
            }
            Span::Day | Span::Month | Span::Quarter | Span::Year => {
                Self::around(self.span, back(self.from))
            }
        }
    }

    /// Reads a time; none for anything else, or for years that no calendar here has.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((from, to)) = text.split_once('_') {
            let (from, to) = (calendar::day(from)?, calendar::day(to)?);
            return (from <= to).then_some(Self::days(from, to));
        }
        if let Some((year, week)) = text.split_once("-W") {
            let year = number(year, 4)?;
            let week = number(week, 2)?;
            let monday = NaiveDate::from_isoywd_opt(i32::try_from(year).ok()?, week, Weekday::Mon)?;
            return Some(Self::around(Span::Week, calendar::bounded(monday)?));
        }
        if let Some((year, quarter)) = text.split_once("-Q") {
            let quarter = number(quarter, 1).filter(|it| (1..=4).contains(it))?;
            let month = quarter * 3 - 2;
            let first = calendar::day(&format!("{year}-{month:02}-01"))?;
            return Some(Self::around(Span::Quarter, first));
        }
        match text.len() {
            10 => Some(Self::around(Span::Day, calendar::day(text)?)),
            7 => {
                let first = calendar::day(&format!("{text}-01"))?;
                Some(Self::around(Span::Month, first))
            }
            4 => {
                let first = calendar::day(&format!("{text}-01-01"))?;
                Some(Self::around(Span::Year, first))
            }
            _ => None,
        }
    }

    /// How people read it, with its days.
    pub fn words(&self, locale: Locale) -> String {
        let (from, to) = (self.from, self.to);
        let (year, month) = (from.year(), from.month());
        let week = from.iso_week();
        let quarter = (month - 1) / 3 + 1;
        let (first, last) = (from.to_string(), to.to_string());
        let days = clock::days(&first, &last, locale);
        match (self.span, locale) {
            (Span::Free | Span::Day, _) => days,
            (Span::Week, Locale::Zh) => {
                format!("{} 年第 {} 周（{days}）", week.year(), week.week())
            }
            (Span::Week, Locale::En) => {
                format!("Week {} of {} ({days})", week.week(), week.year())
            }
            (Span::Month, Locale::Zh) => {
                format!("{year} 年 {month} 月（1 日至 {} 日）", to.day())
            }
            (Span::Month, Locale::En) => {
                let named = clock::month(&format!("{year}-{month}"), locale);
                format!("{named} (1 to {})", to.day())
            }
            (Span::Quarter, Locale::Zh) => format!("{year} 年第 {quarter} 季度（{days}）"),
            (Span::Quarter, Locale::En) => format!("Quarter {quarter} of {year} ({days})"),
            (Span::Year, Locale::Zh) => format!("{year} 年（{days}）"),
            (Span::Year, Locale::En) => format!("Year {year} ({days})"),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from, self.to);
        match self.span {
            Span::Day => write!(f, "{from}"),
            Span::Week => {
                let week = from.iso_week();
                write!(f, "{:04}-W{:02}", week.year(), week.week())
            }
            Span::Month => write!(f, "{}", from.format("%Y-%m")),
            Span::Quarter => write!(f, "{:04}-Q{}", from.year(), (from.month() - 1) / 3 + 1),
            Span::Year => write!(f, "{:04}", from.year()),
            Span::Free => write!(f, "{from}_{to}"),
        }
    }
}

/// The first of a month in the year of a day.
fn first_of(day: NaiveDate, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day)
}

/// The last day before so many months have gone by.
fn before_months(from: NaiveDate, months: u32) -> NaiveDate {
    let next = from.checked_add_months(Months::new(months));
    next.and_then(|next| next.pred_opt()).unwrap_or(from)
}

/// A number of so many digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Period {
        Period::parse(text).expect(text)
    }

    fn days(period: Period) -> (String, String) {
        (period.from.to_string(), period.to.to_string())
    }

    fn pair(from: &str, to: &str) -> (String, String) {
        (from.to_owned(), to.to_owned())
    }

    #[test]
    fn printing_and_reading_agree() {
        for text in [
            "2026-10-03",
            "2026-W44",
            "2026-10",
            "2026-Q4",
            "2026",
            "2026-10-01_2026-10-15",
        ] {
            assert_eq!(read(text).to_string(), text);
        }
        for text in [
            "",
            "2026-13",
            "2026-W54",
            "2026-Q5",
            "2026-Q0",
            "26",
            "2026-02-30",
            "9999",
            "2026-10-15_2026-10-01",
            "2026-W4",
            "a-W01",
        ] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }

    #[test]
    fn months_turn_and_years_turn() {
        assert_eq!(days(read("2024-02")), pair("2024-02-01", "2024-02-29"));
        assert_eq!(days(read("2026-02")), pair("2026-02-01", "2026-02-28"));
        assert_eq!(days(read("2026-12")), pair("2026-12-01", "2026-12-31"));
        assert_eq!(read("2026-01").previous().to_string(), "2025-12");
        assert_eq!(read("2026-Q1").previous().to_string(), "2025-Q4");
        assert_eq!(days(read("2026-Q4")), pair("2026-10-01", "2026-12-31"));
        assert_eq!(read("2026-03-01").previous().to_string(), "2026-02-28");
        assert_eq!(read("2024-03-01").previous().to_string(), "2024-02-29");
    }

    #[test]
    fn a_year_before_a_leap_day_is_the_day_before() {
        assert_eq!(read("2024-02-29").last_year().to_string(), "2023-02-28");
        assert_eq!(read("2025-02").last_year().to_string(), "2024-02");
        let free = read("2024-02-01_2024-02-29").last_year();
        assert_eq!(free.to_string(), "2023-02-01_2023-02-28");
    }

    #[test]
    fn weeks_begin_on_monday_and_keep_their_number() {
        assert_eq!(days(read("2026-W01")), pair("2025-12-29", "2026-01-04"));
        assert_eq!(read("2027-W01").previous().to_string(), "2026-W53");
        assert_eq!(read("2026-W53").last_year().to_string(), "2025-W52");
        assert_eq!(read("2026-W44").last_year().to_string(), "2025-W44");
    }

    #[test]
    fn what_is_usual_is_over() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 1).expect("a date");
        assert_eq!(Period::usual(Span::Day, day).to_string(), "2026-02-28");
        assert_eq!(Period::usual(Span::Week, day).to_string(), "2026-W08");
        assert_eq!(Period::usual(Span::Month, day).to_string(), "2026-02");
        assert_eq!(Period::usual(Span::Quarter, day).to_string(), "2025-Q4");
        assert_eq!(Period::usual(Span::Year, day).to_string(), "2025");
        let free = Period::usual(Span::Free, day);
        assert_eq!(free.to_string(), "2026-03-01_2026-03-01");
        assert_eq!(
            read("2026-10-11_2026-10-15").previous().to_string(),
            "2026-10-06_2026-10-10"
        );
    }
}
