//! Reads a definition: limits first (`guard`), then the tree (`tree`), then what the engine runs (`process`).
//! Not here: whether it makes sense (`check`). Every error carries the line and, where known, the element id.
//! Next: `guard`.

pub(crate) mod activity;
mod bytes;
mod event;
pub(crate) mod guard;
mod people;
mod process;
mod tree;

pub use bytes::{as_utf8, decode};

use std::fmt;

use shared::process::finding::{Fact, FindingCode as Code, Remark};
use shared::text::Locale;
use shared::text::process_check::sentence;

use crate::limits;
use crate::model::{BPMN, Definition};

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// Line in the file, from 1.
    pub line: u32,
    /// The element's id, where one is known.
    pub element: Option<String>,
    /// What is wrong.
    pub reason: ParseReason,
}

impl ParseError {
    pub(crate) fn at(line: u32, reason: ParseReason) -> Self {
        Self {
            line,
            element: None,
            reason,
        }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = sentence(&self.reason.remark(), Locale::En);
        write!(f, "line {}: {said}", self.line)
    }
}

impl std::error::Error for ParseError {}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParseReason {
    /// More bytes than allowed.
    TooLarge,
    /// A document type declaration; it could define entities.
    Doctype,
    /// An encoding that is not read.
    Encoding(String),
    /// The bytes are not what the file declares, or not UTF-8 where it declares nothing.
    NotAsDeclared(String),
    /// Nested too deep.
    TooDeep,
    /// Too many attributes on one element.
    TooManyAttributes,
    /// Too many elements, texts and comments.
    TooManyNodes,
    /// Too many flow nodes or flows in one process.
    ProcessTooLarge,
    /// Not well-formed.
    Xml,
    /// The root element is not BPMN 2.0 `definitions`.
    NotBpmn,
}

impl ParseReason {
    /// Code and facts, which `shared::text` puts into words.
    pub fn remark(&self) -> Remark {
        let at_most = |code, most: u64| Remark::new(code).fact(Fact::Most, most);
        match self {
            Self::TooLarge => at_most(Code::TooLarge, limits::MAX_XML_BYTES as u64),
            Self::Doctype => Remark::new(Code::Doctype),
            Self::Encoding(name) => Remark::new(Code::Encoding).fact(Fact::Encoding, name),
            Self::NotAsDeclared(name) => {
                Remark::new(Code::NotAsDeclared).fact(Fact::Encoding, name)
            }
            Self::TooDeep => at_most(Code::TooDeep, limits::MAX_XML_DEPTH as u64),
            Self::TooManyAttributes => {
                at_most(Code::TooManyAttributes, limits::MAX_XML_ATTRIBUTES as u64)
            }
            Self::TooManyNodes => at_most(Code::TooManyNodes, limits::MAX_XML_NODES.into()),
            Self::ProcessTooLarge => at_most(Code::ProcessTooLarge, limits::MAX_FLOW_NODES as u64),
            Self::Xml => Remark::new(Code::Xml),
            Self::NotBpmn => Remark::new(Code::NotBpmn),
        }
    }
}

pub(crate) fn definition(xml: &str) -> Result<Definition, ParseError> {
    let xml = xml.strip_prefix('\u{feff}').unwrap_or(xml);
    guard::check(xml)?;
    let tree = tree::read(xml)?;
    let root = tree.view(0);
    if root.kind() != "definitions" || root.namespace() != BPMN {
        return Err(ParseError::at(root.line(), ParseReason::NotBpmn));
    }
    let names = event::Names::read(root);
    let mut processes = Vec::new();
    for element in root
        .children()
        .filter(|child| child.kind() == "process" && child.namespace() == BPMN)
    {
        processes.push(process::read(element, &names)?);
    }
    Ok(Definition { tree, processes })
}

/// A reference without the prefix that some tools write before it.
pub(crate) fn local_ref(reference: &str) -> &str {
    let reference = reference.trim();
    reference
        .rsplit_once(':')
        .map_or(reference, |(_, local)| local)
}
