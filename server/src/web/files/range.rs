//! Which bytes of a file somebody asks for: `Range` with one range, under `If-Range` only while the file is the same (RFC 9110, 14).
//! Deliberately absent: several ranges at once, which nobody needs and which cost; they get the whole file.
//! What is no range of bytes counts for nothing; one behind the end is told so with 416.

use std::ops::Range;

use axum::http::{HeaderMap, HeaderValue, header};

/// What is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// All of it.
    Whole,
    /// Some bytes.
    Part(Range<u64>),
    /// What is asked for lies behind the end.
    Nothing,
}

impl Wanted {
    /// `Content-Range`; none for the whole.
    pub fn header(&self, size: u64) -> Option<HeaderValue> {
        let words = match self {
            Self::Whole => return None,
            Self::Part(range) => format!("bytes {}-{}/{size}", range.start, range.end - 1),
            Self::Nothing => format!("bytes */{size}"),
        };
        HeaderValue::from_str(&words).ok()
    }
}

/// Reads the headers of a request for a file of so many bytes.
pub fn wanted(headers: &HeaderMap, tag: &str, size: u64) -> Wanted {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(asked) = text(header::RANGE) else {
        return Wanted::Whole;
    };
    // A date is never the same as ours: we send none.
    if text(header::IF_RANGE).is_some_and(|same| same.trim() != tag) {
        return Wanted::Whole;
    }
    let unit = |asked: &str| -> Option<String> {
        let (unit, ranges) = asked.split_once('=')?;
        (unit.trim().eq_ignore_ascii_case("bytes")).then(|| ranges.trim().to_owned())
    };
    let Some(range) = unit(asked).filter(|ranges| !ranges.contains(',')) else {
        return Wanted::Whole;
    };
    one(&range, size).unwrap_or(Wanted::Whole)
}

/// `from-to`, `from-` or `-last`; nothing for what is none of them.
fn one(range: &str, size: u64) -> Option<Wanted> {
    let (from, to) = range.split_once('-')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(from) || !digits(to) {
        return None;
    }
    // A number that is too large for us is too large for any file.
    let number = |text: &str| text.parse::<u64>().unwrap_or(u64::MAX);
    let range = match (from, to) {
        ("", "") => return None,
        ("", last) => size.saturating_sub(number(last))..size,
        (from, "") => number(from)..size,
        (from, to) if number(from) > number(to) => return None,
        (from, to) => number(from)..number(to).saturating_add(1).min(size),
    };
    Some(if range.start < range.end {
        Wanted::Part(range)
    } else {
        Wanted::Nothing
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(range: &str, same: Option<&str>) -> Wanted {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, range.parse().expect("a value"));
        if let Some(same) = same {
            headers.insert(header::IF_RANGE, same.parse().expect("a value"));
        }
        wanted(&headers, "\"abc\"", 1_000)
    }

    #[test]
    fn one_range_is_read_and_nonsense_counts_for_nothing() {
        for (range, expected) in [
            ("bytes=0-0", Wanted::Part(0..1)),
            ("bytes=0-499", Wanted::Part(0..500)),
            ("bytes=500-", Wanted::Part(500..1_000)),
            ("bytes=999-5000", Wanted::Part(999..1_000)),
            ("Bytes = 1-2", Wanted::Part(1..3)),
            ("bytes=-1", Wanted::Part(999..1_000)),
            ("bytes=-5000", Wanted::Part(0..1_000)),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=1000-", Wanted::Nothing),
            ("bytes=99999999999999999999-", Wanted::Nothing),
            ("bytes=0-99999999999999999999", Wanted::Part(0..1_000)),
            ("bytes=5-4", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
            ("bytes=", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
            ("bytes=+1-2", Wanted::Whole),
            ("bytes=0-1,5-6", Wanted::Whole),
            ("items=0-1", Wanted::Whole),
            ("0-1", Wanted::Whole),
        ] {
            assert_eq!(asked(range, None), expected, "{range}");
        }
    }

    #[test]
    fn a_file_that_is_another_by_now_comes_whole() {
        assert_eq!(asked("bytes=5-", Some("\"abc\"")), Wanted::Part(5..1_000));
        for same in ["\"abd\"", "W/\"abc\"", "Sun, 01 Mar 2026 00:00:00 GMT"] {
            assert_eq!(asked("bytes=5-", Some(same)), Wanted::Whole, "{same}");
        }
    }

    #[test]
    fn an_empty_file_has_no_range() {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, HeaderValue::from_static("bytes=0-"));
        assert_eq!(wanted(&headers, "\"\"", 0), Wanted::Nothing);
    }
}
