//! An instant: UTC milliseconds inside, RFC 3339 with +08:00 outside.
//! Not here: reading the clock.
//! Chinese civil time has had no daylight saving since 1992, so a fixed offset is exact for every ticket.

use chrono::{
    DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone,
};
use serde::{Deserialize, Serialize};

/// Seconds of +08:00.
const OFFSET: i32 = 8 * 3600;
/// The years that a typed or sent date may have. What lies outside is a slip of the hand, and far outside no arithmetic holds.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// Reads a date as `2026-03-02`, in [`YEARS`].
pub fn day(text: &str) -> Option<NaiveDate> {
    bounded(text.trim().parse().ok()?)
}

/// The date itself, when its year is in [`YEARS`].
pub fn bounded(date: NaiveDate) -> Option<NaiveDate> {
    YEARS.contains(&date.year()).then_some(date)
}

/// The day so many days later; the last one of the calendar where it ends.
pub fn days_after(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days))
        .unwrap_or(NaiveDate::MAX)
}

/// Midnight in +08:00 at which the day begins.
pub fn day_start(date: NaiveDate) -> Instant {
    Instant::from_local(date.and_time(NaiveTime::MIN))
}

/// An instant in UTC milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Instant(pub i64);

impl Instant {
    /// The civil date and time in +08:00; instants beyond the calendar's range are clamped to 1970.
    pub fn local(self) -> DateTime<FixedOffset> {
        let offset = FixedOffset::east_opt(OFFSET)
            .unwrap_or_else(|| unreachable!("a fixed offset of eight hours exists"));
        offset
            .timestamp_millis_opt(self.0)
            .single()
            .unwrap_or_else(|| DateTime::UNIX_EPOCH.with_timezone(&offset))
    }

    /// The civil date in +08:00.
    pub fn date(self) -> NaiveDate {
        self.local().date_naive()
    }

    /// The instant of a civil date and time in +08:00.
    pub fn from_local(local: NaiveDateTime) -> Self {
        Self(local.and_utc().timestamp_millis() - i64::from(OFFSET) * 1000)
    }

    /// RFC 3339 with +08:00, seconds precision.
    pub fn rfc3339(self) -> String {
        self.local().format("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// Reads RFC 3339 with any offset, in [`YEARS`].
    pub fn parse(text: &str) -> Option<Self> {
        let at = Self::read(text)?;
        bounded(at.date())?;
        Some(at)
    }

    /// The same of any year, for what this program wrote itself.
    fn read(text: &str) -> Option<Self> {
        let at = DateTime::parse_from_rfc3339(text.trim()).ok()?;
        Some(Self(at.timestamp_millis()))
    }
}

impl Serialize for Instant {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.rfc3339())
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        Self::read(&text).ok_or_else(|| serde::de::Error::custom(crate::fault::Code::InputMoment))
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Instant {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(
                utoipa::openapi::KnownFormat::DateTime,
            )))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Instant {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_have_bounds() {
        for good in ["1900-01-01", "2026-02-28", " 2100-12-31 "] {
            assert!(day(good).is_some(), "{good}");
        }
        for bad in [
            "1899-12-31",
            "2101-01-01",
            "262142-12-31",
            "-0001-01-01",
            "2026-02-30",
            "",
        ] {
            assert_eq!(day(bad), None, "{bad}");
        }
        assert!(Instant::parse("2026-03-02T00:00:00+08:00").is_some());
        for bad in [
            "9999-12-31T23:59:59Z",
            "0001-01-01T00:00:00Z",
            "+262142-01-01T00:00:00Z",
        ] {
            assert_eq!(Instant::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_calendars_end_is_no_panic() {
        assert_eq!(days_after(NaiveDate::MAX, 1), NaiveDate::MAX);
        let last = Instant(i64::MAX).local();
        assert_eq!(last.to_rfc3339(), "1970-01-01T08:00:00+08:00");
    }
}
