//! Citizen identity numbers, GB 11643-1999: 17 digits and a check character (ISO 7064 mod 11-2), V03.
//! Not here: whether the person exists.
//! The province part is checked; counties change, so the list of them is not.

use chrono::NaiveDate;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";
/// Province codes of GB/T 2260.
const PROVINCES: [u32; 34] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
    53, 54, 61, 62, 63, 64, 65, 71, 81, 82,
];

/// Residence permits of residents of Hong Kong, Macao and Taiwan carry these instead of a county.
const NEAR: [&str; 3] = ["810000", "820000", "830000"];

/// What an identity number says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdNumber {
    /// 18 characters, `X` in upper case.
    pub number: String,
    /// Date of birth.
    pub birth: NaiveDate,
    /// Six-digit division code of the first registration.
    pub area: String,
    /// Whether the sequence is odd (male).
    pub male: bool,
}

/// Reads and checks a number; `None` when it cannot be one. Wide characters, blanks, signs without a picture and a small x are accepted.
pub fn check(text: &str) -> Option<IdNumber> {
    let number = crate::input::code(text).to_ascii_uppercase();
    if !check_digit(&number) {
        return None;
    }
    let birth = birth(&number[6..14])?;
    let province: u32 = number[..2].parse().ok()?;
    let known =
        (PROVINCES.contains(&province) && &number[2..6] != "0000") || NEAR.contains(&&number[..6]);
    known.then(|| IdNumber {
        birth,
        area: number[..6].to_owned(),
        male: number.as_bytes()[16] % 2 == 1,
        number: number.clone(),
    })
}

/// Whether the text has 17 digits and the check character that follows from them.
pub(super) fn check_digit(number: &str) -> bool {
    let bytes = number.as_bytes();
    if bytes.len() != 18 || !bytes[..17].iter().all(u8::is_ascii_digit) {
        return false;
    }
    CHECKS[remainder(bytes)] == bytes[17]
}

/// The 18 characters of a number of 15 digits: the century of the birth, and the check character (GB 11643-1999, annex).
pub(super) fn lengthen(number: &str) -> Option<String> {
    let (area, rest) = number.split_at_checked(6)?;
    // Sequences from 996 were given to people born before 1900.
    let century = if rest.get(6..)?.parse::<u32>().ok()? >= 996 {
        "18"
    } else {
        "19"
    };
    let long = format!("{area}{century}{rest}");
    let last = char::from(CHECKS[remainder(long.as_bytes())]);
    check(&format!("{long}{last}")).map(|read| read.number)
}

fn remainder(bytes: &[u8]) -> usize {
    let sum: u32 = bytes
        .iter()
        .zip(WEIGHTS)
        .map(|(b, weight)| u32::from(b.wrapping_sub(b'0')) * weight)
        .sum();
    (sum % 11) as usize
}

/// The day of birth, from 1800.
pub(super) fn birth(text: &str) -> Option<NaiveDate> {
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let year = i32::try_from(part(0, 4)?).ok()?;
    NaiveDate::from_ymd_opt(year, part(4, 6)?, part(6, 8)?).filter(|_| year >= 1800)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard_is_valid() {
        let id = check("11010519491231002x").expect("the standard's example");
        assert_eq!(
            (id.number.as_str(), id.birth.to_string().as_str(), id.male),
            ("11010519491231002X", "1949-12-31", false)
        );
        assert_eq!(check("110105194912310021"), None);
        assert_eq!(check("11010519491331002X"), None);
        assert_eq!(check(""), None);
        assert_eq!(check("一一〇一〇五一九四九一二三一〇〇二X"), None);
    }

    #[test]
    fn id_number_cases_pass() {
        let Some(bytes) = crate::test_data::shared_data("oracles/id_number_cases.json") else {
            return;
        };
        let cases: Vec<serde_json::Value> =
            serde_json::from_slice(&bytes).expect("a list of cases");
        for case in &cases {
            let number = case["id"].as_str().expect("an id");
            let read = check(number);
            assert_eq!(
                Some(read.is_some()),
                case["valid"].as_bool(),
                "{number}: {}",
                case["kind"]
            );
            if let Some(read) = read {
                assert_eq!(
                    Some(read.birth.to_string().as_str()),
                    case["birth"].as_str()
                );
                assert_eq!(
                    Some(if read.male { "M" } else { "F" }),
                    case["gender"].as_str()
                );
            }
        }
        assert_eq!(cases.len(), 160);
    }
}
