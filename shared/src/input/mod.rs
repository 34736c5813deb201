//! The one normaliser of what people type, paste and import: what the eye cannot see is cleaned, never refused.
//! A field of one line is cleaned whole (`line`), a code is squeezed (`code`), a longer text stays as it came (`body`).
//! Not here: what a phone or an identity number is (`person`), how long a text may be (`ticket::rules`).

pub mod fold;
pub mod moment;
mod signs;

pub use signs::{Sign, is_invisible, is_mark, name_of, refused};

/// One line: signs without a picture are gone, tabs, line breaks and runs of blanks are one blank, wide letters and digits are
/// narrow, radicals and compatibility ideographs are the characters that they look like. Trimmed.
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        if c.is_whitespace() || signs::breaks(c) {
            blank = !out.is_empty();
            continue;
        }
        if is_invisible(c) {
            continue;
        }
        if blank {
            out.push(' ');
            blank = false;
        }
        fold::unify(c, &mut out);
    }
    out
}

/// A text of several lines, as it came but for its line ends, control characters and marks of text direction.
pub fn body(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() == Some(&'\n') {
                    chars.next();
                }
                out.push('\n');
            }
            '\n' | '\t' => out.push(c),
            _ if signs::breaks(c) => out.push('\n'),
            _ if is_mark(c) && !signs::is_refused(c) => {}
            _ => out.push(c),
        }
    }
    out
}

/// A code, a number or an address of one word: as a line, narrow, without blanks, every dash a hyphen.
pub fn code(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || is_invisible(c) {
            continue;
        }
        if is_dash(c) {
            out.push('-');
        } else {
            fold::narrow(c, &mut out);
        }
    }
    out
}

/// Every sign that people use as a dash.
pub const fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{58A}' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2043}'
                | '\u{2212}'
                | '\u{2500}'
                | '\u{2501}'
                | '\u{2E3A}'
                | '\u{2E3B}'
                | '\u{30FC}'
                | '\u{FE58}'
                | '\u{FE63}'
                | '\u{FF0D}'
                | '\u{FF70}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_loses_what_nobody_sees() {
        for (typed, kept) in [
            ("张\t三", "张 三"),
            (" 上海路\r\n12号 ", "上海路 12号"),
            ("\u{FEFF}王\u{200B}五\u{200D}", "王五"),
            ("李\u{AD}四\u{FE0F}", "李四"),
            ("\u{202D}138\u{202C}", "138"),
            ("华侨路\u{A0}\u{3000}１２号Ａ座", "华侨路 12号A座"),
            ("⾼淳路⽅圆⼩区", "高淳路方圆小区"),
            ("⻛景⻓廊⺠⽣", "风景长廊民生"),
            ("\u{F9DC}山", "隆山"),
            ("（南京）—A", "（南京）—A"),
            ("a\u{1}b\u{7}\u{B}c", "ab c"),
            ("a\u{0}b", "a\u{0}b"),
            ("e\u{301}té", "e\u{301}té"),
            ("\u{1F468}\u{1F3FD}", "\u{1F468}\u{1F3FD}"),
            ("", ""),
            ("\u{200B}\u{2060}", ""),
        ] {
            assert_eq!(line(typed), kept, "{typed:?}");
            assert_eq!(line(&line(typed)), line(typed), "once is enough: {typed:?}");
        }
    }

    #[test]
    fn a_body_stays_as_it_came() {
        for (typed, kept) in [
            (
                "紫\u{200B}金\u{FE0F}山\u{AD}",
                "紫\u{200B}金\u{FE0F}山\u{AD}",
            ),
            ("⾼淳路Ａ１", "⾼淳路Ａ１"),
            ("一\r\n二\r三\u{2028}四\u{B}五", "一\n二\n三\n四\n五"),
            ("a\tb", "a\tb"),
            ("\u{1}路\u{7}灯\u{200E}\u{202D}坏\u{202C}\u{FEFF}", "路灯坏"),
            ("正\u{202E}反", "正\u{202E}反"),
        ] {
            assert_eq!(body(typed), kept, "{typed:?}");
        }
    }

    #[test]
    fn a_code_is_squeezed() {
        for (typed, kept) in [
            (" 906 353 ", "906353"),
            ("９０６３５３", "906353"),
            (
                "３２０１００－20260214–01—000123",
                "320100-20260214-01-000123",
            ),
            ("a．b＠c", "a.b@c"),
            ("\u{202A}AB\u{200B}\u{202C}", "AB"),
            ("𝟏𝟐③", "123"),
        ] {
            assert_eq!(code(typed), kept, "{typed:?}");
        }
    }
}
