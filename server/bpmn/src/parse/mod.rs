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

use crate::limits;
use crate::model::{BPMN, Definition};

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
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

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseReason {
    /// More bytes than allowed.
    #[error("the file is larger than {} bytes", limits::MAX_XML_BYTES)]
    TooLarge,
    /// A document type declaration; it could define entities.
    #[error("a DOCTYPE is not allowed")]
    Doctype,
    /// An encoding that is not read.
    #[error("the encoding {0} is not read, save the file as UTF-8")]
    Encoding(String),
    /// The bytes are not what the file declares, or not UTF-8 where it declares nothing.
    #[error(
        "the file says that it is {0}, but its bytes are not; save it as UTF-8 or say what it is"
    )]
    NotAsDeclared(String),
    /// Nested too deep.
    #[error("elements are nested deeper than {}", limits::MAX_XML_DEPTH)]
    TooDeep,
    /// Too many attributes on one element.
    #[error("an element has more than {} attributes", limits::MAX_XML_ATTRIBUTES)]
    TooManyAttributes,
    /// Too many elements, texts and comments.
    #[error("the file has more than {} nodes", limits::MAX_XML_NODES)]
    TooManyNodes,
    /// Too many flow nodes or flows in one process.
    #[error("the process is too large")]
    ProcessTooLarge,
    /// Not well-formed.
    #[error("not well-formed XML: {0}")]
    Xml(String),
    /// The root element is not BPMN 2.0 `definitions`.
    #[error("the root element is not BPMN 2.0 definitions")]
    NotBpmn,
}

impl ParseReason {
    /// The reason as programs see it; `shared::text` has its words in both languages.
    pub fn key(&self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::Doctype => "doctype",
            Self::Encoding(_) => "encoding",
            Self::NotAsDeclared(_) => "not_as_declared",
            Self::TooDeep => "too_deep",
            Self::TooManyAttributes => "too_many_attributes",
            Self::TooManyNodes => "too_many_nodes",
            Self::ProcessTooLarge => "process_too_large",
            Self::Xml(_) => "xml",
            Self::NotBpmn => "not_bpmn",
        }
    }

    /// The encoding that it is about.
    pub fn encoding(&self) -> Option<&str> {
        match self {
            Self::Encoding(name) | Self::NotAsDeclared(name) => Some(name),
            _ => None,
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
