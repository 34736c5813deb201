//! The ticket number (工单编号): `region6 + yyyyMMdd + channel2 + seq6`, 22 digits, `domain.md` section 2.
//! It is never re-used and says nothing about the citizen. The sequence runs per region, day and channel.
//! Not here: drawing the next sequence (store).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Channel;
use crate::fault::Fault;

/// A ticket number.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct TicketNo(String);

impl TicketNo {
    /// Builds the number. `region6` is the six-digit code of the accepting area, `day` the day in +08:00.
    pub fn new(region6: &str, day: NaiveDate, channel: Channel, sequence: u32) -> Self {
        Self(format!(
            "{region6:0>6.6}{:04}{:02}{:02}{}{sequence:06}",
            day.year(),
            day.month(),
            day.day(),
            channel.code()
        ))
    }

    /// Reads a number as typed: blanks and hyphens are ignored, full-width digits are accepted.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| {
                if ('０'..='９').contains(&c) {
                    char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c)
                } else {
                    c
                }
            })
            .collect();
        (digits.len() == 22 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(Self(digits))
    }

    /// The 22 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits in groups, for reading aloud: region, date, channel, sequence.
    pub fn grouped(&self) -> String {
        format!(
            "{} {} {} {}",
            &self.0[..6],
            &self.0[6..14],
            &self.0[14..16],
            &self.0[16..]
        )
    }
}

impl std::fmt::Display for TicketNo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for TicketNo {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text).ok_or_else(Fault::missing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_has_the_shape_of_the_domain_example() {
        let day = NaiveDate::from_ymd_opt(2026, 2, 14).expect("valid date");
        let no = TicketNo::new("320100", day, Channel::Phone, 123);
        assert_eq!(no.as_str(), "3201002026021401000123");
        assert_eq!(
            TicketNo::parse(" 320100-20260214-01-000123 "),
            Some(no.clone())
        );
        assert_eq!(
            TicketNo::parse("３２０１００２０２６０２１４０１０００１２３"),
            Some(no)
        );
        assert_eq!(TicketNo::parse("3201"), None);
    }
}
