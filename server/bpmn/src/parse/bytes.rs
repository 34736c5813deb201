//! The bytes of a file to text: by its byte order mark, else by the encoding that it declares, else UTF-8 (XML 1.0, appendix F).
//! Bytes that are not what the file says of them are refused by name, never half read.
//! Not here: text that came decoded already, of which only the name of the encoding is looked at (`guard`).

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE,
};

use super::{ParseError, ParseReason};
use crate::limits::MAX_XML_BYTES;

/// Bytes in which a declaration must end.
const PROLOG: usize = 1024;
/// Beginnings of four bytes a letter, and of EBCDIC, which nobody reads here.
const FOREIGN: [(&[u8], &str); 5] = [
    (&[0xFF, 0xFE, 0, 0], "UTF-32"),
    (&[0, 0, 0xFE, 0xFF], "UTF-32"),
    (&[b'<', 0, 0, 0], "UTF-32"),
    (&[0, 0, 0, b'<'], "UTF-32"),
    (&[0x4C, 0x6F, 0xA7, 0x94], "EBCDIC"),
];

/// The text of a file.
///
/// # Errors
/// An encoding that is not read, or bytes that are not what the file declares; both name the encoding.
pub fn decode(bytes: &[u8]) -> Result<String, ParseError> {
    if bytes.len() > 2 * MAX_XML_BYTES {
        return Err(ParseError::at(1, ParseReason::TooLarge));
    }
    let refused = |reason| ParseError::at(1, reason);
    if let Some((_, name)) = FOREIGN.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Err(refused(ParseReason::Encoding((*name).to_owned())));
    }
    let (encoding, name, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, encoding.name().to_owned(), &bytes[mark..]),
        None if bytes.starts_with(&[b'<', 0]) => (UTF_16LE, "UTF-16".to_owned(), bytes),
        None if bytes.starts_with(&[0, b'<']) => (UTF_16BE, "UTF-16".to_owned(), bytes),
        None => {
            let (encoding, name) = declared_by(bytes)?;
            (encoding, name, bytes)
        }
    };
    let text = if encoding == UTF_8 {
        utf8(bytes, name)?
    } else {
        encoding
            .decode_without_bom_handling_and_without_replacement(bytes)
            .ok_or_else(|| refused(ParseReason::NotAsDeclared(name)))?
            .into_owned()
    };
    Ok(as_utf8(&text))
}

fn utf8(bytes: &[u8], name: String) -> Result<String, ParseError> {
    std::str::from_utf8(bytes)
        .map(str::to_owned)
        .map_err(|error| {
            let before = &bytes[..error.valid_up_to()];
            let line = before.split(|b| *b == b'\n').count();
            ParseError::at(line as u32, ParseReason::NotAsDeclared(name))
        })
}

/// The encoding that a file without a mark declares; its name as written.
fn declared_by(bytes: &[u8]) -> Result<(&'static Encoding, String), ParseError> {
    let prolog = String::from_utf8_lossy(&bytes[..bytes.len().min(PROLOG)]);
    let Some(name) = declared(&prolog) else {
        return Ok((UTF_8, "UTF-8".to_owned()));
    };
    let encoding = known(name)
        .ok_or_else(|| ParseError::at(1, ParseReason::Encoding(name.chars().take(40).collect())))?;
    // One byte a letter reads anything, and two bytes a letter nearly anything: letters of UTF-8 would come out as others, in silence.
    let wrong = match encoding {
        encoding if encoding == UTF_8 => false,
        encoding if encoding == UTF_16LE || encoding == UTF_16BE => true,
        encoding => std::str::from_utf8(bytes).is_ok_and(|text| {
            let longest = if encoding.is_single_byte() { 1 } else { 2 };
            text.chars().any(|c| c.len_utf8() > longest)
        }),
    };
    if wrong {
        return Err(ParseError::at(
            1,
            ParseReason::NotAsDeclared(name.to_owned()),
        ));
    }
    Ok((encoding, name.to_owned()))
}

/// Encodings that are read, by any name that they go by. Those with states between their bytes could hide markup and are not.
pub(super) fn known(name: &str) -> Option<&'static Encoding> {
    let found = Encoding::for_label(name.as_bytes())?;
    let several = [
        UTF_8, UTF_16LE, UTF_16BE, GBK, GB18030, BIG5, EUC_JP, EUC_KR, SHIFT_JIS,
    ];
    let plain = found.is_single_byte() && found != encoding_rs::X_USER_DEFINED;
    (plain || several.contains(&found)).then_some(found)
}

/// The name of the encoding in the declaration at the beginning of a text, as written.
pub(super) fn declared(text: &str) -> Option<&str> {
    place(text).map(|(from, to)| &text[from..to])
}

/// Where the name of the encoding stands.
fn place(text: &str) -> Option<(usize, usize)> {
    let begins =
        text.starts_with("<?xml") && text[5..].starts_with(|c: char| c.is_ascii_whitespace());
    let end = text.find("?>").filter(|_| begins)?;
    let after = text[..end].find("encoding")? + "encoding".len();
    let quote = text[after..end].find(['"', '\''])? + after;
    let from = quote + 1;
    let to = text[from..end].find(text.as_bytes()[quote] as char)? + from;
    Some((from, to))
}

/// A text that is kept as UTF-8 says so: without a byte order mark, and with no other encoding in its declaration.
pub fn as_utf8(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match place(text) {
        Some((from, to)) if !text[from..to].eq_ignore_ascii_case("utf-8") => {
            format!("{}UTF-8{}", &text[..from], &text[to..])
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(encoding: &str) -> String {
        format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>\n<a name=\"科长审批\"/>\n")
    }

    fn of(encoding: &'static Encoding, text: &str) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
        let units = mark
            .then_some(0xFEFF)
            .into_iter()
            .chain(text.encode_utf16());
        units
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn a_file_is_read_by_its_mark_or_by_what_it_declares() {
        let marked = |text: &str| [&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat();
        let cases: [(&str, Vec<u8>); 17] = [
            ("gbk", of(GBK, &file("GBK"))),
            ("gb2312", of(GBK, &file("gb2312"))),
            ("gb18030", of(GB18030, &file("GB18030"))),
            (
                "big5",
                of(BIG5, &file("Big5").replace("科长审批", "科長審批")),
            ),
            ("utf-8", file("UTF-8").into_bytes()),
            ("utf8", file("utf8").into_bytes()),
            ("single quotes", of(GBK, &file("GBK").replace('"', "'"))),
            (
                "nothing declared",
                b"<a name=\"\xE7\xA7\x91\xE9\x95\xBF\xE5\xAE\xA1\xE6\x89\xB9\"/>".to_vec(),
            ),
            ("mark", marked(&file("UTF-8"))),
            ("mark before another name", marked(&file("GBK"))),
            ("mark, no declaration", marked("<a name=\"科长审批\"/>")),
            ("utf-16 le", utf16(&file("UTF-16"), false, true)),
            ("utf-16 be", utf16(&file("UTF-16"), true, true)),
            ("utf-16 le, no mark", utf16(&file("UTF-16"), false, false)),
            ("utf-16 be, no mark", utf16(&file("UTF-16"), true, false)),
            ("utf-16 that says utf-8", utf16(&file("UTF-8"), false, true)),
            (
                "utf-16 without declaration",
                utf16("<a name=\"科长审批\"/>", false, true),
            ),
        ];
        for (what, bytes) in cases {
            let text = decode(&bytes).unwrap_or_else(|error| panic!("{what}: {error}"));
            assert!(
                text.contains("科长审批") || text.contains("科長審批"),
                "{what}: {text}"
            );
            assert!(text.starts_with('<'), "{what}");
            let name = declared(&text);
            assert!(
                name.is_none_or(|name| name.eq_ignore_ascii_case("utf-8")),
                "{what}"
            );
        }
        for name in ["windows-1252", "ISO-8859-1", "us-ascii", "iso-8859-15"] {
            let plain = file(name).replace("科长审批", "review");
            assert!(decode(plain.as_bytes()).is_ok(), "{name}");
        }
        let accent = of(
            encoding_rs::WINDOWS_1252,
            &file("windows-1252").replace("科长审批", "décision"),
        );
        assert!(decode(&accent).expect("read").contains("décision"));
    }

    #[test]
    fn bytes_that_are_not_what_is_declared_are_refused_by_name() {
        let cases: [(&str, Vec<u8>); 9] = [
            ("GB2312", file("GB2312").into_bytes()),
            ("GBK", file("GBK").into_bytes()),
            ("Big5", file("Big5").into_bytes()),
            ("windows-1252", file("windows-1252").into_bytes()),
            (
                "ISO-8859-1",
                file("ISO-8859-1")
                    .replace("科长审批", "décision")
                    .into_bytes(),
            ),
            ("UTF-8", of(GBK, &file("UTF-8"))),
            ("UTF-8", of(GBK, "<a name=\"科长审批\"/>")),
            ("UTF-16", file("UTF-16").into_bytes()),
            ("GBK", [of(GBK, &file("GBK")), vec![0xFF]].concat()),
        ];
        for (name, bytes) in cases {
            let error = decode(&bytes).expect_err(name);
            assert_eq!(error.reason, ParseReason::NotAsDeclared(name.to_owned()));
            assert!(error.to_string().contains(name), "{error}");
        }
        for name in [
            "UTF-7",
            "EBCDIC-CP-US",
            "ISO-2022-JP",
            "hz-gb-2312",
            "x-user-defined",
            "none",
        ] {
            let error = decode(file(name).as_bytes()).expect_err(name);
            assert_eq!(error.reason, ParseReason::Encoding(name.to_owned()));
        }
        for bytes in [
            &[0xFF, 0xFE, 0, 0, b'<', 0, 0, 0][..],
            &[0, 0, 0, b'<'],
            &[0x4C, 0x6F, 0xA7, 0x94],
        ] {
            assert!(matches!(
                decode(bytes).expect_err("foreign").reason,
                ParseReason::Encoding(_)
            ));
        }
        let late = [b"<a>\n\n".to_vec(), vec![0xB0, 0xA1], b"</a>".to_vec()].concat();
        assert_eq!(decode(&late).expect_err("no UTF-8").line, 3);
    }

    #[test]
    fn text_that_is_kept_says_what_it_is_kept_in() {
        assert_eq!(as_utf8("\u{feff}<a/>"), "<a/>");
        assert_eq!(
            as_utf8("<?xml version='1.0' encoding='GBK'?><a/>"),
            "<?xml version='1.0' encoding='UTF-8'?><a/>"
        );
        for same in [
            "<?xml version=\"1.0\"?><a/>",
            "<a encoding=\"GBK\"/>",
            "",
            "<?xml",
            "<?xmlé?>",
        ] {
            assert_eq!(as_utf8(same), same);
        }
    }
}
