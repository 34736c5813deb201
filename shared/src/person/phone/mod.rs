//! Telephone numbers as people write them: mobile, landline with area code and extension, 400 and 800, service numbers,
//! Hong Kong, Macao, Taiwan and everywhere else. Kept in one form: digits, `-` before an extension, `+` before another country.
//! Not here: whether the number is in service. Sources: MIIT's numbering plan (电信网编号计划, 2017), ITU-T E.164 and E.123.

use crate::input;

/// Why a number is not acceptable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrongPhone {
    /// Digits that were given.
    pub length: usize,
    /// What is wrong with them.
    pub why: PhoneFault,
}

/// What is wrong with a number; the words follow from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneFault {
    /// Begins like a mobile number and has another length.
    Mobile,
    /// Eleven digits that begin like no mobile number.
    MobileStart,
    /// Seven or eight digits: the area code is missing.
    NoArea,
    /// Begins with 0 and is no landline.
    Landline,
    /// 400 or 800 with another length than ten.
    Toll,
    /// A country code with a number of the wrong length behind it.
    Abroad,
    /// More than one number.
    Several,
    /// Something that is no digit.
    Signs,
    /// None of these.
    Other,
}

impl PhoneFault {
    /// The word that goes with the fault as a fact.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mobile => "mobile",
            Self::MobileStart => "mobile_start",
            Self::NoArea => "no_area",
            Self::Landline => "landline",
            Self::Toll => "toll",
            Self::Abroad => "abroad",
            Self::Several => "several",
            Self::Signs => "signs",
            Self::Other => "other",
        }
    }
}

/// What people write before a number.
const LABELS: [&str; 10] = [
    "tel:",
    "tel",
    "phone:",
    "mobile:",
    "联系电话",
    "电话",
    "手机号码",
    "手机号",
    "手机",
    "座机",
];
/// What people write before an extension.
const EXTENSIONS: [&str; 9] = [
    "转分机",
    "分机号",
    "分机",
    "转",
    "extension",
    "ext.",
    "ext",
    "x",
    "#",
];
/// Longest extension in digits.
const EXTENSION: usize = 6;

/// The number as it is kept; what is none keeps its digits.
pub fn normalise(text: &str) -> String {
    check(text).unwrap_or_else(|_| {
        let kept = input::code(text);
        let kept: String = kept
            .chars()
            .filter(|c| !matches!(c, '-' | '(' | ')' | '.' | '·'))
            .collect();
        ["+86", "0086"]
            .iter()
            .find_map(|prefix| kept.strip_prefix(prefix))
            .map_or(kept.clone(), str::to_owned)
    })
}

/// The normalised number.
///
/// # Errors
/// When it is none of the kinds above, with what is wrong.
pub fn check(text: &str) -> Result<String, WrongPhone> {
    let typed = input::code(text).to_lowercase();
    let length = typed.chars().filter(char::is_ascii_digit).count();
    let wrong = |why| WrongPhone { length, why };
    let bare = unlabelled(&typed);
    let (bare, extension) = split_extension(bare);
    if !extension.bytes().all(|b| b.is_ascii_digit()) || extension.len() > EXTENSION {
        return Err(wrong(PhoneFault::Signs));
    }
    if several(bare) {
        return Err(wrong(PhoneFault::Several));
    }
    // `+86 (0)25`: the zero in brackets is for callers at home.
    let plus = bare.starts_with('+') || bare.starts_with("00");
    let bare = if plus {
        bare.replacen("(0)", "", 1)
    } else {
        bare.to_owned()
    };
    let (bare, hyphenated) = hyphen_extension(&bare, plus);
    let digits: String = bare
        .chars()
        .filter(|c| {
            !matches!(
                c,
                '-' | '(' | ')' | '[' | ']' | '.' | '·' | '•' | '_' | '\'' | '"'
            )
        })
        .collect();
    let extension = if extension.is_empty() {
        hyphenated
    } else {
        extension.to_owned()
    };
    let number = whole(&digits).map_err(wrong)?;
    if extension.is_empty() {
        Ok(number)
    } else if is_mobile(&number) {
        Err(wrong(PhoneFault::Mobile))
    } else {
        Ok(format!("{number}-{extension}"))
    }
}

/// Whether normalised digits are a mobile number: 11 digits, the second from 3 to 9.
pub fn is_mobile(number: &str) -> bool {
    let b = number.as_bytes();
    b.len() == 11
        && b[0] == b'1'
        && (b'3'..=b'9').contains(&b[1])
        && b.iter().all(u8::is_ascii_digit)
}

fn unlabelled(typed: &str) -> &str {
    let mut rest = typed.trim_matches(['\'', '"', ';', ',', '；', '，', '。', '、']);
    for label in LABELS {
        if let Some(behind) = rest.strip_prefix(label) {
            rest = behind;
        }
    }
    rest.trim_start_matches([':', '：', '(', '（'])
        .trim_end_matches([';', ',', '；', '，', '。', '、'])
}

/// The number and what stands behind 转, ext or #.
fn split_extension(text: &str) -> (&str, &str) {
    for word in EXTENSIONS {
        if let Some(at) = text.find(word) {
            let behind = &text[at + word.len()..];
            return (
                &text[..at],
                behind
                    .trim_start_matches([':', '.', '-'])
                    .trim_end_matches(')'),
            );
        }
    }
    (text, "")
}

/// Two numbers with a stroke, a comma or 或 between them.
fn several(text: &str) -> bool {
    let parts = text.split(['/', '、', ',', ';', '或', '和', '|', '\\']);
    parts
        .filter(|part| part.chars().filter(char::is_ascii_digit).count() >= 5)
        .count()
        > 1
}

/// `025-83600000-801`: the last group is an extension when what stands before it is a whole number already.
fn hyphen_extension(text: &str, plus: bool) -> (String, String) {
    if let Some((before, last)) = text.rsplit_once('-')
        && !last.is_empty()
        && last.len() <= EXTENSION
        && last.bytes().all(|b| b.is_ascii_digit())
    {
        let digits: String = before
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == '+')
            .collect();
        let landline = digits.starts_with('0') && !plus && is_landline(&digits);
        let toll = is_toll(&digits);
        let home = plus
            && ["+86", "0086"]
                .iter()
                .find_map(|code| digits.strip_prefix(code))
                .is_some_and(|rest| is_landline(&format!("0{rest}")) && rest.len() >= 10);
        if landline || toll || home {
            return (before.to_owned(), last.to_owned());
        }
    }
    (text.to_owned(), String::new())
}

/// One number without an extension.
fn whole(digits: &str) -> Result<String, PhoneFault> {
    let (plus, rest) = match digits.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => match digits.strip_prefix("00") {
            Some(rest) => (true, rest),
            None => (false, digits),
        },
    };
    if rest.is_empty() {
        return Err(PhoneFault::Other);
    }
    if !rest.bytes().all(|b| b.is_ascii_digit()) {
        return Err(PhoneFault::Signs);
    }
    if plus {
        return abroad(rest);
    }
    if let Some(home) = home(rest) {
        return Ok(home);
    }
    // 86 and Hong Kong, Macao, Taiwan without their +.
    if let Some(behind) = rest.strip_prefix("86")
        && let Some(home) = at_home(behind).filter(|_| behind.len() >= 10)
    {
        return Ok(home);
    }
    let near = ["852", "853", "886"]
        .iter()
        .any(|code| rest.starts_with(code));
    if near && rest.len() >= 11 {
        return abroad(rest);
    }
    Err(reason(rest))
}

/// A number that can be dialled in the mainland as it stands.
fn home(digits: &str) -> Option<String> {
    let fits = is_mobile(digits) || is_landline(digits) || is_toll(digits) || is_service(digits);
    fits.then(|| digits.to_owned())
}

/// What stands behind +86: without the trunk's 0.
fn at_home(rest: &str) -> Option<String> {
    let national = rest.strip_prefix('0').unwrap_or(rest);
    if is_mobile(national) || is_toll(national) || is_service(national) {
        return Some(national.to_owned());
    }
    let landline = format!("0{national}");
    is_landline(&landline).then_some(landline)
}

/// Behind the +: a country code and a national number, 7 to 15 digits together (E.164).
fn abroad(rest: &str) -> Result<String, PhoneFault> {
    if let Some(behind) = rest.strip_prefix("86") {
        return at_home(behind).ok_or(PhoneFault::Abroad);
    }
    let first = |text: &str, from: u8| text.as_bytes().first().is_some_and(|b| *b >= from);
    let fits = if let Some(behind) = rest.strip_prefix("852") {
        // Hong Kong: eight digits, the first from 2.
        (behind.len() == 8 && first(behind, b'2')).then(|| rest.to_owned())
    } else if let Some(behind) = rest.strip_prefix("853") {
        // Macao: eight digits, 28 or 8 for landlines, 6 for mobiles.
        (behind.len() == 8 && first(behind, b'2')).then(|| rest.to_owned())
    } else if let Some(behind) = rest.strip_prefix("886") {
        // Taiwan: the trunk's 0 goes; mobiles are 9 and eight digits, landlines eight or nine digits in all.
        let behind = behind.strip_prefix('0').unwrap_or(behind);
        ((8..=9).contains(&behind.len()) && first(behind, b'2')).then(|| format!("886{behind}"))
    } else {
        ((7..=15).contains(&rest.len()) && first(rest, b'1')).then(|| rest.to_owned())
    };
    fits.map(|number| format!("+{number}"))
        .ok_or(PhoneFault::Abroad)
}

/// Area codes are 010, 02x (three digits) or 0 and three more digits from 3 to 9; then 7 or 8 digits that begin with 2 to 9, or a
/// service number of that area.
fn is_landline(number: &str) -> bool {
    let b = number.as_bytes();
    if b.len() < 8 || b[0] != b'0' || !b.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let area = match b[1] {
        b'1' if b[2] == b'0' => 3,
        b'2' => 3,
        b'3'..=b'9' => 4,
        _ => return false,
    };
    let local = &b[area..];
    let subscriber = (local.len() == 8 || (local.len() == 7 && area == 4))
        && local.first().is_some_and(|c| (b'2'..=b'9').contains(c));
    subscriber || is_service(&number[area..])
}

/// 400 and 800: ten digits.
fn is_toll(number: &str) -> bool {
    number.len() == 10
        && (number.starts_with("400") || number.starts_with("800"))
        && number.bytes().all(|b| b.is_ascii_digit())
}

/// 95xxx to 95xxxxxx, 96xxx and 96xxxx, and five digits that begin with 10, 11 or 12, such as 10086, 12345 or 12306.
fn is_service(number: &str) -> bool {
    let b = number.as_bytes();
    if !b.iter().all(u8::is_ascii_digit) {
        return false;
    }
    match b {
        [b'9', b'5', ..] => (5..=8).contains(&b.len()),
        [b'9', b'6', ..] => (5..=6).contains(&b.len()),
        [b'1', b'0'..=b'2', ..] => b.len() == 5,
        _ => false,
    }
}

fn reason(digits: &str) -> PhoneFault {
    let b = digits.as_bytes();
    match (b[0], b.len()) {
        (b'0', _) => PhoneFault::Landline,
        (b'4' | b'8', _) if digits.starts_with("400") || digits.starts_with("800") => {
            PhoneFault::Toll
        }
        (b'1', 11) => PhoneFault::MobileStart,
        (b'1', 7..) => PhoneFault::Mobile,
        (_, 7 | 8) => PhoneFault::NoArea,
        _ => PhoneFault::Other,
    }
}

#[cfg(test)]
mod tests;
