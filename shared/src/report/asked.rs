//! Which report is asked for: its name, the time, an area and a category.
//! Not here: what it says (`catalogue`), who may see it (services).

use chrono::NaiveDate;

use super::{Period, ReportName};
use crate::fault::{Code, Fault};
use crate::measure::{UnitsOf, check_period};
use crate::query::{TicketFilter, wrong};

/// A report that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportAsked {
    /// Which one.
    pub name: ReportName,
    /// Of which time.
    pub period: Period,
    /// Division code; the reader's scope when absent.
    pub region: Option<String>,
    /// Category code, for a report about one topic.
    pub category: Option<String>,
    /// Under which units its tickets stand.
    pub units: UnitsOf,
}

impl ReportAsked {
    /// The usual time, without area and category.
    pub fn usual(name: ReportName, today: NaiveDate) -> Self {
        Self {
            name,
            period: Period::usual(name.standard().span, today),
            region: None,
            category: None,
            units: UnitsOf::Then,
        }
    }

    /// Reads `period`, or `from` and `to`, with `area`, `category` and `units`; what is not named is usual.
    ///
    /// # Errors
    /// `input.query` naming what cannot be read, `input.date`, `input.period`.
    pub fn from_pairs(
        name: ReportName,
        pairs: &[(String, String)],
        today: NaiveDate,
    ) -> Result<Self, Fault> {
        let mut asked = Self::usual(name, today);
        let (mut from, mut to) = (None, None);
        for (field, value) in pairs {
            let value = value.trim();
            match field.as_str() {
                "period" | "from" | "to" | "area" | "category" | "units" if value.is_empty() => {}
                "period" => {
                    let read = Period::parse(value);
                    asked.period = read.ok_or_else(|| wrong(field, value))?;
                }
                "from" => from = Some(day(field, value)?),
                "to" => to = Some(day(field, value)?),
                "area" => asked.region = Some(value.to_owned()),
                "category" => asked.category = Some(value.to_owned()),
                "units" => {
                    asked.units = UnitsOf::parse(value).ok_or_else(|| wrong(field, value))?;
                }
                _ => return Err(wrong(field, value)),
            }
        }
        if from.is_some() || to.is_some() {
            let period = asked.period;
            asked.period = Period::days(from.unwrap_or(period.from), to.unwrap_or(period.to));
        }
        check_period(asked.period.from, asked.period.to)?;
        Ok(asked)
    }

    /// Prints it; `from_pairs` of it gives the same one.
    pub fn to_query(&self) -> String {
        let mut pairs = vec![("period", self.period.to_string())];
        pairs.extend(self.region.clone().map(|code| ("area", code)));
        pairs.extend(self.category.clone().map(|code| ("category", code)));
        if self.units == UnitsOf::Now {
            pairs.push(("units", self.units.to_string()));
        }
        serde_urlencoded::to_string(pairs).unwrap_or_default()
    }

    /// The filter that area and category are.
    pub fn filter(&self) -> TicketFilter {
        TicketFilter {
            region: self.region.clone(),
            category: self.category.clone(),
            ..TicketFilter::default()
        }
    }
}

fn day(field: &str, value: &str) -> Result<NaiveDate, Fault> {
    crate::calendar::day(value).ok_or_else(|| Fault::field(field, Code::InputDate))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::pairs_of;

    fn read(query: &str) -> Result<ReportAsked, Fault> {
        let today = NaiveDate::from_ymd_opt(2026, 3, 25).expect("a date");
        ReportAsked::from_pairs(ReportName::Special, &pairs_of(query), today)
    }

    #[test]
    fn printing_and_reading_agree() {
        for query in [
            "",
            "period=2026-W10&area=320100",
            "from=2026-01-02&to=2026-01-09&category=01",
            "period=2026-W10&units=now",
        ] {
            let asked = read(query).expect(query);
            assert_eq!(read(&asked.to_query()), Ok(asked), "{query}");
        }
        let free = read("from=2026-03-02").expect("readable");
        assert_eq!(free.period.to_string(), "2026-03-02_2026-03-25");
    }

    #[test]
    fn what_cannot_be_reported_is_named() {
        for (query, field) in [
            ("period=last", "period"),
            ("from=2026-02-30", "from"),
            ("from=2026-03-09&to=2026-03-01", "to"),
            ("from=2001-03-09", "to"),
            ("colour=red", "colour"),
            ("units=later", "units"),
        ] {
            let fault = read(query).expect_err(query);
            assert_eq!(fault.fields[0].field, field, "{query}");
        }
    }
}
