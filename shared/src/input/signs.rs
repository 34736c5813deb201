//! Signs that have no picture of their own, and the names of those that stay refused.
//! Not here: characters that only look like others (`fold`).
//! Source: Unicode 16, `Default_Ignorable_Code_Point` and `Bidi_Control`; control characters from ISO/IEC 6429.

use crate::text::{Text, text};

/// A sign that keeps a text from being taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sign {
    /// Which character of the text it is, from 1.
    pub at: usize,
    /// The sign.
    pub sign: char,
}

/// Control characters (line breaks and tabs apart), marks of text direction, byte-order marks, tags and code points that are no
/// characters: they break exports and logs, or make a text read other than it is stored.
pub const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{9F}'
            | '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
            | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFC}' | '\u{FDD0}'..='\u{FDEF}' | '\u{E0000}'..='\u{E007F}'
    ) || (c as u32) & 0xFFFE == 0xFFFE
}

/// Whether the sign has no picture and is left out of a line, a code and a search. What stays refused is none.
pub const fn is_invisible(c: char) -> bool {
    (is_mark(c)
        || matches!(
            c,
            '\u{AD}' | '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
                | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{3164}'
                | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0080}'..='\u{E0FFF}'
        ))
        && !is_refused(c)
}

/// Line breaks that are none of the usual: vertical tab (Word), form feed, next line, line and paragraph separator.
pub(super) const fn breaks(c: char) -> bool {
    matches!(c, '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What is not cleaned: NUL, which no keyboard and no paste brings; the override, which turns the letters behind it around, so that
/// the person saw another text than the one that came; the replacement character, where a program has lost a letter already.
pub(super) const fn is_refused(c: char) -> bool {
    matches!(c, '\0' | '\u{202E}' | '\u{FFFD}')
}

/// The first sign for which a text is refused.
pub fn refused(text: &str) -> Option<Sign> {
    text.chars()
        .enumerate()
        .find(|(_, c)| is_refused(*c))
        .map(|(index, sign)| Sign {
            at: index + 1,
            sign,
        })
}

/// What a sign without a picture is called; `None` for signs that can be shown.
pub const fn name_of(c: char) -> Option<Text> {
    Some(match c {
        '\0' => text("空字符", "NUL"),
        '\t' => text("制表符", "tab"),
        '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
            text("换行符", "line break")
        }
        '\u{202E}' => text("从右到左覆盖符", "right-to-left override"),
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202D}' | '\u{2066}'..='\u{2069}' => {
            text("文字方向符", "mark of text direction")
        }
        '\u{FEFF}' => text("字节顺序标记", "byte order mark"),
        '\u{200B}'..='\u{200D}' | '\u{2060}' => text("零宽字符", "zero-width character"),
        '\u{AD}' => text("软连字符", "soft hyphen"),
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => {
            text("字形选择符", "variation selector")
        }
        '\u{FFFD}' => text(
            "无法识别的字符（乱码）",
            "character that was lost on the way",
        ),
        '\u{FFFC}' => text("图片占位符", "place of a picture"),
        c if is_mark(c) => text("控制字符", "control character"),
        c if is_invisible(c) => text("不可见字符", "invisible character"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_refused_has_a_place_and_a_name() {
        assert_eq!(
            refused("路灯\u{202E}坏"),
            Some(Sign {
                at: 3,
                sign: '\u{202E}'
            })
        );
        assert_eq!(refused("\u{FFFD}").map(|sign| sign.at), Some(1));
        assert_eq!(refused("路灯\u{200B}\u{202D}\u{7}"), None);
        for c in [
            '\u{202E}', '\u{FFFD}', '\u{0}', '\u{200B}', '\u{FE0F}', '\t',
        ] {
            assert!(name_of(c).is_some(), "{c:?}");
        }
        assert_eq!(name_of('路'), None);
        assert!(!is_invisible('\u{202E}') && is_invisible('\u{202D}'));
    }
}
