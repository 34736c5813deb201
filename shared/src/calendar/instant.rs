//! An instant: UTC milliseconds inside, RFC 3339 with +08:00 outside.
//! Not here: reading the clock.
//! Chinese civil time has had no daylight saving since 1992, so a fixed offset is exact for every ticket.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeZone};
use serde::{Deserialize, Serialize};

/// Seconds of +08:00.
const OFFSET: i32 = 8 * 3600;

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

    /// Reads RFC 3339 with any offset.
    pub fn parse(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text.trim())
            .ok()
            .map(|t| Self(t.timestamp_millis()))
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
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an RFC 3339 time"))
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
