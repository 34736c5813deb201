//! What identifies or reaches a person, as types that fields of commands are made of: checked once, and kept in the one form in which it is
//! found again.
//! Not here: the checks themselves (beside this file), what imports keep though it is wrong (the citizen block holds texts).

use serde::Serialize;

use super::{credit_code, document, email, organisation_code, phone};
use crate::command::{Part, Wrong};
use crate::fault::Code;
use crate::input;

macro_rules! parts {
    ($($(#[doc = $doc:literal])+ $name:ident, $read:path, $max:literal;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// As it is kept.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<$name> for String {
            fn from(part: $name) -> Self {
                part.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = Wrong;

            fn from_str(text: &str) -> Result<Self, Wrong> {
                Self::of_text(text)
            }
        }

        impl Part for $name {
            fn absent() -> Result<Self, Wrong> {
                Err(Wrong::new(Code::InputRequired))
            }

            fn of_text(text: &str) -> Result<Self, Wrong> {
                if input::code(text).is_empty() {
                    Self::absent()
                } else {
                    $read(text).map(Self)
                }
            }

            #[cfg(feature = "openapi")]
            fn described() -> crate::command::Described {
                crate::command::text(Some(1), Some($max))
            }
        }
    )+};
}

parts! {
    /// A number under which somebody answers: mobile, landline with area code and extension, service number, or from abroad with `+`.
    PhoneNumber, phone_number, 40;
    /// An e-mail address.
    EmailAddress, email_address, 254;
    /// The number of an identity document, upper case; 15 digits of an old resident's number are kept as 18.
    DocumentNumber, document_number, 40;
    /// The unified social credit code of an organisation, or the organisation code of nine from before.
    OrganisationNumber, organisation_number, 40;
    /// The unified social credit code of an organisation alone, for those that act for it.
    CreditCode, credit_code_only, 40;
}

fn phone_number(text: &str) -> Result<String, Wrong> {
    phone::check(text).map_err(|wrong| Wrong {
        code: Code::InputPhone,
        facts: vec![
            ("length", wrong.length.to_string()),
            ("why", wrong.why.word().to_owned()),
        ],
    })
}

fn email_address(text: &str) -> Result<String, Wrong> {
    let address = input::code(text);
    let fits = email::check(&address);
    fits.then_some(address)
        .ok_or_else(|| Wrong::new(Code::InputEmail))
}

fn document_number(text: &str) -> Result<String, Wrong> {
    document::check(text)
        .map(|document| document.number)
        .ok_or_else(|| Wrong::new(Code::InputIdNumber))
}

fn organisation_number(text: &str) -> Result<String, Wrong> {
    let code = input::code(text);
    credit_code::check(&code)
        .or_else(|| organisation_code::check(&code))
        .ok_or_else(|| Wrong::new(Code::InputCreditCode))
}

fn credit_code_only(text: &str) -> Result<String, Wrong> {
    credit_code::check(&input::code(text))
        .ok_or_else(|| Wrong::with(Code::InputCreditCode, "length", 18))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_kept_in_one_form() {
        let phone = PhoneNumber::of_text(" １３８ 0013-8000 ").expect("a mobile number");
        assert_eq!(phone.as_str(), "13800138000");
        let email = EmailAddress::of_text("li.si＠example.com ").expect("an address");
        assert_eq!(email.as_str(), "li.si@example.com");
        let number = DocumentNumber::of_text("11010519491231002x").expect("a number");
        assert_eq!(number.as_str(), "11010519491231002X");
        let code = OrganisationNumber::of_text("91350100m000100y43").expect("a code");
        assert_eq!(code.as_str(), "91350100M000100Y43");
        let code = CreditCode::of_text(" 91350100-m000100y43").expect("a code");
        assert_eq!(code.as_str(), "91350100M000100Y43");
    }

    #[test]
    fn who_acts_for_an_organisation_has_its_credit_code() {
        let old = OrganisationNumber::of_text("M000100Y4").map(|it| it.as_str().to_owned());
        assert_eq!(old, Ok("M000100Y4".to_owned()), "the part inside");
        for text in ["M000100Y4", "91350100M000100Y44", "9135"] {
            let wrong = CreditCode::of_text(text).map_err(|wrong| wrong.code);
            assert_eq!(wrong, Err(Code::InputCreditCode), "{text}");
        }
        let none = CreditCode::of_text("").map_err(|wrong| wrong.code);
        assert_eq!(none, Err(Code::InputRequired));
    }

    #[test]
    fn what_is_wrong_is_said_in_the_fields_own_code() {
        let code = |wrong: Result<String, Wrong>| wrong.map_err(|wrong| wrong.code);
        for (found, told) in [
            (
                PhoneNumber::of_text("1380").map(String::from),
                Code::InputPhone,
            ),
            (
                EmailAddress::of_text("a@b").map(String::from),
                Code::InputEmail,
            ),
            (
                DocumentNumber::of_text("110105194912310021").map(String::from),
                Code::InputIdNumber,
            ),
            (
                OrganisationNumber::of_text("91350100M000100Y44").map(String::from),
                Code::InputCreditCode,
            ),
            (
                PhoneNumber::of_text(" \u{200B}").map(String::from),
                Code::InputRequired,
            ),
        ] {
            assert_eq!(code(found), Err(told));
        }
    }
}
