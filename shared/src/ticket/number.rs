//! The ticket number (工单编号): `region6 + yyyyMMdd + channel2 + seq6`, 22 digits, `domain.md` section 2.
//! It is never re-used and says nothing about the citizen. The sequence runs per region, day and channel.
//! Not here: drawing the next sequence (store).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Channel;
use crate::command::{Part, Wrong};
use crate::fault::{Code, Fault};

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

    /// Reads a number as typed: blanks, dashes, signs without a picture and a label such as `工单号：` do not count, and wide digits
    /// are digits.
    pub fn parse(text: &str) -> Option<Self> {
        let typed = crate::input::code(text);
        let outside = |c: char| !c.is_ascii_digit();
        // Letters or signs between the digits make it another thing than a number.
        let digits: String = typed
            .trim_matches(outside)
            .chars()
            .filter(|c| *c != '-')
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

impl Part for TicketNo {
    fn absent() -> Result<Self, Wrong> {
        Err(Wrong::new(Code::InputRequired))
    }

    fn of_text(text: &str) -> Result<Self, Wrong> {
        if crate::input::code(text).is_empty() {
            return Self::absent();
        }
        Self::parse(text).ok_or_else(|| {
            let length = text.chars().filter(|c| c.is_numeric()).count();
            Wrong {
                code: Code::InputCode,
                facts: vec![
                    ("length", length.to_string()),
                    ("typed", "ticket_no".to_owned()),
                ],
            }
        })
    }

    #[cfg(feature = "openapi")]
    fn described() -> crate::command::Described {
        crate::command::text(Some(22), None)
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
        for text in [
            "工单号：3201002026021401000123",
            "编号: 320100 20260214 01 000123。",
            "\u{202A}3201002026021401000123\u{202C}",
            "320100–20260214–01–000123",
            "No.3201002026021401000123",
            "【3201002026021401000123】",
        ] {
            assert_eq!(
                TicketNo::parse(text).as_ref().map(TicketNo::as_str),
                Some("3201002026021401000123"),
                "{text:?}"
            );
        }
        for text in [
            "3201",
            "",
            "32010020260214路01000123",
            "32010020260214010001234",
        ] {
            assert_eq!(TicketNo::parse(text), None, "{text}");
        }
    }
}
