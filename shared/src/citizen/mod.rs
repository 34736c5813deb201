//! Citizens who sign in by a code that is sent to their mobile number: the number is the account. What they send, and what they see of it.
//! `mandate`: that one of them acts for an organisation; `wish`: that the own data is corrected or erased.
//! Not here: rights (`access::Need::Citizen`), their requests in full (`ticket::view::PublicTicket`), words of the pages (`text::citizen`).
//! The code is good for a few minutes and once; the services say how often one is sent.

pub mod mandate;
pub mod own_data;
pub mod wish;

use serde::{Deserialize, Serialize};

use crate::calendar::Instant;
use crate::command;
use crate::command::{Line, Part, Ticked, Together, Wrong};
use crate::fault::Code;
use crate::person::{PhoneNumber, is_mobile};
use crate::ticket::rules::length;
use crate::ticket::view::PublicTicket;
use crate::ticket::{RequestKind, TicketNo, TicketState};

/// Minutes that a code is good for.
pub const CODE_MINUTES: i64 = 5;
/// Seconds until another code is sent to a number.
pub const AGAIN_SECONDS: i64 = 60;
/// Digits of a code.
const DIGITS: usize = 6;

/// A mobile number, which text messages reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct MobileNumber(String);

impl MobileNumber {
    /// As it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for MobileNumber {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        Self::of_text(text)
    }
}

impl Part for MobileNumber {
    fn absent() -> Result<Self, Wrong> {
        PhoneNumber::absent().map(|number| Self(number.into()))
    }

    fn of_text(text: &str) -> Result<Self, Wrong> {
        let number = String::from(PhoneNumber::of_text(text)?);
        if is_mobile(&number) {
            Ok(Self(number))
        } else {
            Err(Wrong::new(Code::InputMobile))
        }
    }

    #[cfg(feature = "openapi")]
    fn described() -> crate::command::Described {
        crate::command::text(Some(11), Some(40))
    }
}

/// A code as it was typed: six digits, of whatever width and with blanks between them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct SmsCode(String);

impl SmsCode {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for SmsCode {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        Self::of_text(text)
    }
}

impl Part for SmsCode {
    fn absent() -> Result<Self, Wrong> {
        Err(Wrong::new(Code::InputRequired))
    }

    fn of_text(text: &str) -> Result<Self, Wrong> {
        let typed: String = crate::input::code(text)
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .collect();
        if typed.is_empty() {
            Self::absent()
        } else if typed.len() == DIGITS && typed.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(typed))
        } else {
            Err(Wrong::new(Code::CitizenCodeWrong))
        }
    }

    #[cfg(feature = "openapi")]
    fn described() -> crate::command::Described {
        crate::command::text(Some(6), Some(6))
    }
}

command! {
    /// AskCode
    ///
    /// Where a sign-in code is sent.
    AskCode {
        /// A mobile number.
        phone: MobileNumber,
    }
}

impl Together for AskCode {}

command! {
    /// CitizenSignIn
    ///
    /// The number and the code that came to it.
    CitizenSignIn {
        /// The mobile number.
        phone: MobileNumber,
        /// Six digits.
        sms_code: SmsCode,
        /// The privacy statement was read and agreed to; asked for the first time.
        agree: Ticked,
    }
}

impl Together for CitizenSignIn {}

command! {
    /// CitizenName
    ///
    /// What a citizen is called in the forms.
    CitizenName {
        /// The name; nothing forgets it.
        name: Option<Line<1, { length::NAME }>>,
    }
}

impl Together for CitizenName {}

/// The account as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CitizenView {
    /// The number, masked.
    pub phone: String,
    /// What the forms begin with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Since when there is an account.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub since: Instant,
    /// Sessions that have not ended, this one among them.
    pub sessions: i64,
}

/// A request in the list of its citizen. Of one that is confidential or a tip-off nothing is told but its number and how it stands: a number
/// may come into other hands, and the query code does not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnRow {
    /// Its number.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub ticket_no: TicketNo,
    /// What it is about; absent of a discreet one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What the citizen wants; absent of a discreet one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<RequestKind>,
    /// The organisation for which it was filed; absent of a discreet one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// How it stands.
    pub state: TicketState,
    /// When it was registered.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub accepted_at: Instant,
    /// Until when an answer is due; absent of one that has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub due_at: Option<Instant>,
}

/// A page of them, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnPage {
    /// The requests.
    pub items: Vec<OwnRow>,
    /// The next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// A request of the own with what the citizen gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnRequest {
    /// What is known of it.
    pub ticket: PublicTicket,
    /// Division and address.
    pub place: String,
    /// The citizen's words.
    pub content: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Command as _, Sent};

    #[test]
    fn a_code_is_six_digits_however_they_are_typed() {
        let read = |text| SmsCode::of_text(text).map(|code| code.as_str().to_owned());
        assert_eq!(read(" 123 456 "), Ok("123456".to_owned()));
        assert_eq!(read("１２３４５６"), Ok("123456".to_owned()));
        for (bad, code) in [
            ("", Code::InputRequired),
            ("12345", Code::CitizenCodeWrong),
            ("12345a", Code::CitizenCodeWrong),
            ("1234567", Code::CitizenCodeWrong),
        ] {
            assert_eq!(read(bad).map_err(|wrong| wrong.code), Err(code), "{bad}");
        }
    }

    #[test]
    fn a_code_goes_to_mobile_numbers_only() {
        let ask = |phone: &str| {
            let pairs = [("phone".to_owned(), phone.to_owned())];
            let read = AskCode::read(Sent::form(&pairs));
            read.map(|it| it.phone.as_str().to_owned())
                .map_err(|fault| fault.fields[0].code)
        };
        assert_eq!(ask("138 0013 8000"), Ok("13800138000".to_owned()));
        assert_eq!(ask("+86 13800138000"), Ok("13800138000".to_owned()));
        assert_eq!(ask("025-83211234"), Err(Code::InputMobile));
        assert_eq!(ask(""), Err(Code::InputRequired));
        assert_eq!(ask("138"), Err(Code::InputPhone));
    }
}
