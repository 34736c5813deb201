//! One linear look over the raw text before the XML reader sees it: size, DOCTYPE, encoding, depth, attributes.
//! The reader compares attributes pairwise and trusts depth, so hostile files must be refused first (`security.md` X-08).
//! Next: `tree`.

use super::{ParseError, ParseReason, bytes};
use crate::limits::{MAX_XML_ATTRIBUTES, MAX_XML_BYTES, MAX_XML_DEPTH, MAX_XML_NODES};

pub(crate) fn check(xml: &str) -> Result<(), ParseError> {
    if xml.len() > MAX_XML_BYTES {
        return Err(ParseError::at(1, ParseReason::TooLarge));
    }
    let mut scan = Scan {
        text: xml,
        at: 0,
        line: 1,
        depth: 0,
        tags: 0,
    };
    while let Some(open) = scan.text[scan.at..].find('<') {
        scan.go(scan.at + open);
        scan.markup()
            .map_err(|reason| ParseError::at(scan.line, reason))?;
    }
    Ok(())
}

struct Scan<'x> {
    text: &'x str,
    at: usize,
    line: u32,
    depth: usize,
    tags: u32,
}

impl Scan<'_> {
    fn go(&mut self, to: usize) {
        self.line += self.text[self.at..to].matches('\n').count() as u32;
        self.at = to;
    }

    /// One piece of markup, starting at `<`. Broken markup is left to the XML reader, which names the fault.
    fn markup(&mut self) -> Result<(), ParseReason> {
        let rest = &self.text[self.at..];
        if rest.starts_with("<!--") {
            self.until("-->");
        } else if rest.starts_with("<![CDATA[") {
            self.until("]]>");
        } else if rest.starts_with("<?") {
            if rest.starts_with("<?xml ") || rest.starts_with("<?xml\t") {
                encoding(rest)?;
            }
            self.until("?>");
        } else if rest.starts_with("<!") {
            return Err(ParseReason::Doctype);
        } else if rest.starts_with("</") {
            self.depth = self.depth.saturating_sub(1);
            self.until(">");
        } else {
            self.tag()?;
        }
        Ok(())
    }

    fn until(&mut self, end: &str) {
        let to = self.text[self.at..]
            .find(end)
            .map_or(self.text.len(), |n| self.at + n + end.len());
        self.go(to);
    }

    fn tag(&mut self) -> Result<(), ParseReason> {
        self.tags += 1;
        if self.tags > MAX_XML_NODES {
            return Err(ParseReason::TooManyNodes);
        }
        let bytes = self.text.as_bytes();
        let (mut quote, mut attributes) = (None, 0_usize);
        let mut i = self.at + 1;
        while let Some(&b) = bytes.get(i) {
            match (quote, b) {
                (None, b'"' | b'\'') => quote = Some(b),
                (None, b'=') => attributes += 1,
                (None, b'>') => break,
                (Some(open), b) if open == b => quote = None,
                _ => {}
            }
            if attributes > MAX_XML_ATTRIBUTES {
                return Err(ParseReason::TooManyAttributes);
            }
            i += 1;
        }
        let closed_at_once = bytes.get(i - 1) == Some(&b'/');
        // The tag ends at an ASCII byte or at the end of the text, so this is a character boundary.
        self.go((i + 1).min(bytes.len()));
        if !closed_at_once {
            self.depth += 1;
            if self.depth > MAX_XML_DEPTH {
                return Err(ParseReason::TooDeep);
            }
        }
        Ok(())
    }
}

/// The text is decoded already, so the declaration says only what it once was; a name of nothing that is read means no XML of an office.
fn encoding(rest: &str) -> Result<(), ParseReason> {
    match bytes::declared(rest) {
        Some(name) if bytes::known(name).is_none() => {
            Err(ParseReason::Encoding(name.chars().take(40).collect()))
        }
        _ => Ok(()),
    }
}
