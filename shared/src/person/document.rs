//! Numbers of identity documents: which kind one is, and the form in which it is kept.
//! Not here: whether the person or the document exists.
//! Sources: GB 11643-1999 (18 digits, and the 15 before it); the National Immigration Administration's notices on residence permits
//! for residents of Hong Kong, Macao and Taiwan (2018), permanent residents' identity cards (2017 and 2023) and travel permits;
//! ICAO Doc 9303 (passports).

use crate::input;

use super::id_number;

/// What kind of document a number belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 居民身份证.
    Resident,
    /// 港澳台居民居住证: 810000, 820000 or 830000 where others have their county.
    NearResident,
    /// 外国人永久居留身份证: 15 characters, or since 2023 18 digits that begin with 9.
    Permanent,
    /// 来往内地通行证 of residents of Hong Kong (H) and Macao (M), 来往大陆通行证 of residents of Taiwan.
    TravelPermit,
    /// 护照.
    Passport,
}

/// A document's number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Upper case, without blanks; 15 digits of an old resident's number are kept as 18.
    pub number: String,
    /// Which kind.
    pub kind: Kind,
}

/// Reads and checks a number; `None` when it can be none.
pub fn check(text: &str) -> Option<Document> {
    let number: String = input::code(text)
        .to_uppercase()
        .chars()
        .filter(|c| !matches!(c, '-' | '.' | '·'))
        .collect();
    if !number.is_ascii() {
        return None;
    }
    let found = |kind, number: String| Some(Document { number, kind });
    match number.len() {
        18 if number.starts_with('9') => {
            permanent_18(&number).then_some(())?;
            found(Kind::Permanent, number)
        }
        18 => {
            let read = id_number::check(&number)?;
            let near = ["810000", "820000", "830000"].contains(&read.area.as_str());
            let kind = if near {
                Kind::NearResident
            } else {
                Kind::Resident
            };
            found(kind, read.number)
        }
        15 if number.bytes().all(|b| b.is_ascii_digit()) => {
            found(Kind::Resident, id_number::lengthen(&number)?)
        }
        15 => {
            permanent_15(&number).then_some(())?;
            found(Kind::Permanent, number)
        }
        _ if travel_permit(&number) => found(Kind::TravelPermit, number),
        _ if passport(&number) => found(Kind::Passport, number),
        _ => None,
    }
}

/// 9, the place of application (2), the country (3), the birth (8), a sequence (3) and the check digit of GB 11643.
fn permanent_18(number: &str) -> bool {
    id_number::check_digit(number) && id_number::birth(&number[6..14]).is_some()
}

/// The country in three letters, the place of application (4), the birth (6), a sequence and a check digit, which no published
/// text defines.
fn permanent_15(number: &str) -> bool {
    let (country, rest) = number.split_at(3);
    country.bytes().all(|b| b.is_ascii_uppercase())
        && rest.bytes().all(|b| b.is_ascii_digit())
        && (id_number::birth(&format!("19{}", &rest[4..10])).is_some()
            || id_number::birth(&format!("20{}", &rest[4..10])).is_some())
}

/// H or M with eight or ten digits; eight digits, or ten with the issuer's letter, for residents of Taiwan.
fn travel_permit(number: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if let Some(rest) = number.strip_prefix(['H', 'M']) {
        return digits(rest) && matches!(rest.len(), 8 | 10);
    }
    let bare = number.replace(['(', ')'], "");
    match bare.len() {
        8 => digits(&bare),
        11 => digits(&bare[..10]) && bare.ends_with(|c: char| c.is_ascii_uppercase()),
        _ => false,
    }
}

/// Six to nine letters and digits, at least five of them digits.
fn passport(number: &str) -> bool {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    (6..=9).contains(&number.len())
        && digits >= 5
        && number.bytes().all(|b| b.is_ascii_alphanumeric())
        && (digits < number.len() || number.len() == 9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_document_is_known() {
        let with_check = |first: &str| {
            (0..=10)
                .map(|n| {
                    format!(
                        "{first}{}",
                        if n == 10 {
                            "X".to_owned()
                        } else {
                            n.to_string()
                        }
                    )
                })
                .find(|number| id_number::check_digit(number))
                .expect("one of eleven fits")
        };
        let hong_kong = with_check("81000019900101001");
        let macao = with_check("82000019900101001");
        let taiwan = with_check("83000019900101001");
        let permanent = with_check("93284019900101001");
        for (text, kind, kept) in [
            ("11010519491231002x", Kind::Resident, "11010519491231002X"),
            (
                "１１０１０５１９４９１２３１００２Ｘ",
                Kind::Resident,
                "11010519491231002X",
            ),
            ("110105 19491231 002X", Kind::Resident, "11010519491231002X"),
            (
                "\u{202D}11010519491231002X\u{202C}",
                Kind::Resident,
                "11010519491231002X",
            ),
            ("110105491231002", Kind::Resident, "11010519491231002X"),
            (&hong_kong, Kind::NearResident, &hong_kong),
            (&macao, Kind::NearResident, &macao),
            (&taiwan, Kind::NearResident, &taiwan),
            (&permanent, Kind::Permanent, &permanent),
            ("USA320190010112", Kind::Permanent, "USA320190010112"),
            ("H12345678", Kind::TravelPermit, "H12345678"),
            ("m1234567801", Kind::TravelPermit, "M1234567801"),
            ("12345678", Kind::TravelPermit, "12345678"),
            ("1234567890(B)", Kind::TravelPermit, "1234567890(B)"),
            ("E12345678", Kind::Passport, "E12345678"),
            ("EA1234567", Kind::Passport, "EA1234567"),
            ("G 1234 5678", Kind::Passport, "G12345678"),
            ("123456789", Kind::Passport, "123456789"),
        ] {
            assert_eq!(
                check(text),
                Some(Document {
                    number: kept.to_owned(),
                    kind
                }),
                "{text}"
            );
        }
        for text in [
            "",
            "1",
            "320106",
            "110105194912310021",
            "11010519491331002X",
            "110105491331002",
            "993284019901301001",
            "USA320190130112",
            "H1234",
            "张三",
            "110105********002X",
            "ABCDEFGH",
        ] {
            assert_eq!(check(text), None, "{text}");
        }
    }
}
