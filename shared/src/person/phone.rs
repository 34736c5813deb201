//! Telephone numbers: mobile numbers of 11 digits and landlines with area code (V02).
//! Not here: whether the number is in service.
//! Blanks, hyphens, brackets, full-width digits and a leading +86 are accepted and taken away.

/// Why a number is not acceptable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrongPhone {
    /// Digits that were given.
    pub length: usize,
}

/// The number as it is stored: digits only, without country code.
pub fn normalise(text: &str) -> String {
    let kept: String = text
        .chars()
        .map(super::half_width)
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '(' | ')' | '—' | '－' | '·'))
        .collect();
    for prefix in ["+86", "0086"] {
        if let Some(rest) = kept.strip_prefix(prefix) {
            return rest.to_owned();
        }
    }
    match kept.strip_prefix("86") {
        Some(rest) if rest.len() == 11 && rest.starts_with('1') => rest.to_owned(),
        _ => kept,
    }
}

/// The normalised number.
///
/// # Errors
/// When it is neither a mobile number nor a landline with area code.
pub fn check(text: &str) -> Result<String, WrongPhone> {
    let number = normalise(text);
    let wrong = WrongPhone {
        length: number.chars().filter(char::is_ascii_digit).count(),
    };
    if !number.bytes().all(|b| b.is_ascii_digit()) {
        return Err(wrong);
    }
    if is_mobile(&number) || is_landline(&number) {
        Ok(number)
    } else {
        Err(wrong)
    }
}

/// Whether normalised digits are a mobile number: 11 digits, the second from 3 to 9.
pub fn is_mobile(number: &str) -> bool {
    let b = number.as_bytes();
    b.len() == 11 && b[0] == b'1' && (b'3'..=b'9').contains(&b[1])
}

/// Area codes are 010, 02x (three digits) or 0 and three more digits from 3 to 9; then 7 or 8 digits that begin with 2 to 9.
fn is_landline(number: &str) -> bool {
    let b = number.as_bytes();
    if b.len() < 10 || b[0] != b'0' {
        return false;
    }
    let area = match b[1] {
        b'1' if b[2] == b'0' => 3,
        b'2' => 3,
        b'3'..=b'9' => 4,
        _ => return false,
    };
    let local = &b[area..];
    (local.len() == 8 || (local.len() == 7 && area == 4)) && (b'2'..=b'9').contains(&local[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for text in [
            "13812345678",
            " 138-1234-5678 ",
            "+86 138 1234 5678",
            "８６１３８１２３４５６７８",
            "(025) 8360-1234",
            "0517-83601234",
            "010 65551234",
            "0511-8360123",
        ] {
            assert!(check(text).is_ok(), "{text}");
        }
        assert_eq!(check("+86 138 1234 5678").as_deref(), Ok("13812345678"));
    }

    #[test]
    fn wrong_numbers_say_how_many_digits_came() {
        assert_eq!(check("1381234567"), Err(WrongPhone { length: 10 }));
        assert_eq!(check("12812345678"), Err(WrongPhone { length: 11 }));
        for text in [
            "",
            "83601234",
            "0250360123",
            "110",
            "138123456789",
            "1381234567x",
            "010-1555123",
            "０２5-8360123",
        ] {
            assert!(check(text).is_err(), "{text}");
        }
    }
}
