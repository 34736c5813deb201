//! Paper forms for the time in which the system is away (断网纸质登记): numbers that are drawn beforehand and printed, each entered once or voided.
//! Not here: registering (`command::Register`, which takes `paper_no` beside the rest), the numbers of tickets (`number`).
//! A paper's number is no ticket's number: the ticket gets its own when it is entered.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::TicketNo;
use super::rules::length;
use super::view::Named;
use crate::calendar::Instant;
use crate::command;
use crate::command::{Part, Together, Within, Words, Wrong};
use crate::fault::Code;
use crate::ids::{PaperBlockId, TicketId};

/// Forms of one block at most.
pub const MOST: i32 = 50;
/// The last number of a place and day.
pub const LAST: i32 = 999;

codes! {
    /// How a paper form stands.
    PaperState {
        Open = "O", "open", "未录入", "Not entered";
        Entered = "E", "entered", "已录入", "Entered";
        Voided = "V", "voided", "已作废", "Voided";
    }
}

/// The number of a paper form: `region6 + yyyyMMdd + Z + seq3`, 18 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct PaperNo(String);

impl PaperNo {
    /// Builds the number. `region6` is the six-digit code of the centre's area, `day` the day for which it is drawn.
    pub fn new(region6: &str, day: NaiveDate, sequence: i32) -> Self {
        Self(format!(
            "{region6:0>6.6}{:04}{:02}{:02}Z{sequence:03}",
            day.year(),
            day.month(),
            day.day(),
        ))
    }

    /// Reads a number as typed: blanks and dashes do not count, and a small letter is a large one.
    pub fn parse(text: &str) -> Option<Self> {
        let typed: String = crate::input::code(text)
            .chars()
            .filter(|c| *c != '-')
            .collect();
        let typed = typed.to_ascii_uppercase();
        let (place, sequence) = typed.split_once('Z')?;
        let are_digits = |part: &str, many: usize| {
            part.len() == many && part.bytes().all(|b| b.is_ascii_digit())
        };
        (are_digits(place, 14) && are_digits(sequence, 3)).then_some(Self(typed))
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Part for PaperNo {
    fn absent() -> Result<Self, Wrong> {
        Err(Wrong::new(Code::InputRequired))
    }

    fn of_text(text: &str) -> Result<Self, Wrong> {
        if crate::input::code(text).is_empty() {
            return Self::absent();
        }
        Self::parse(text).ok_or_else(|| Wrong::new(Code::PaperNo))
    }

    #[cfg(feature = "openapi")]
    fn described() -> crate::command::Described {
        crate::command::text(Some(18), None)
    }
}

impl std::fmt::Display for PaperNo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

command! {
    /// Draw paper forms
    ///
    /// A block of numbers of the caller's centre for one day, to be printed before they are needed.
    ReservePaper {
        /// How many, 1 to 50.
        count: Within<1, 50>,
        /// For which day; today when absent.
        day: Option<NaiveDate>,
    }
}

impl Together for ReservePaper {}

command! {
    /// Void a paper form
    ///
    /// A number that is not going to be entered: spoilt, lost, never used.
    VoidPaper {
        /// Why; at most 500 characters.
        reason: Words<1, { length::REASON }>,
    }
}

impl Together for VoidPaper {}

/// A paper form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperRow {
    /// Its number.
    pub paper_no: String,
    /// The block with which it is printed.
    pub block: PaperBlockId,
    /// The centre's area.
    pub region: Named,
    /// The day for which it was drawn, `yyyy-mm-dd`.
    pub day: String,
    /// How it stands.
    pub state: PaperState,
    /// When it was drawn.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub reserved_at: Instant,
    /// Who drew it.
    pub reserved_by: Option<String>,
    /// The ticket that it became.
    pub ticket: Option<TicketId>,
    /// Its number.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub ticket_no: Option<TicketNo>,
    /// When it was entered or voided.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub settled_at: Option<Instant>,
    /// Who entered or voided it.
    pub settled_by: Option<String>,
    /// Why it was voided.
    pub reason: Option<String>,
}

/// A page of paper forms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperPage {
    /// The forms: those that wait by their number, others the latest first.
    pub items: Vec<PaperRow>,
    /// The next page.
    pub next_cursor: Option<String>,
    /// How many wait to be entered.
    pub open: i64,
}

/// A block of numbers that was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperBlock {
    /// Its id, by which it is printed.
    pub block: PaperBlockId,
    /// The numbers, in their order.
    pub numbers: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_it_is_written_on_paper() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 30).expect("a day");
        let no = PaperNo::new("320100", day, 7);
        assert_eq!(no.as_str(), "32010020261130Z007");
        for typed in [
            "32010020261130Z007",
            " 320100 20261130 z007 ",
            "320100-20261130-Z-007",
            "３２０１００２０２６１１３０Ｚ００７",
        ] {
            assert_eq!(PaperNo::parse(typed), Some(no.clone()), "{typed}");
        }
        for typed in ["", "Z007", "32010020261130007", "32010020261130Z07"] {
            assert_eq!(PaperNo::parse(typed), None, "{typed}");
        }
    }
}
