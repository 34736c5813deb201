//! XML text to the raw tree, prefixes and order kept.
//! Not here: meaning (`process`). `roxmltree` checks well-formedness and namespaces and refuses DTDs.
//! Next: `process`.

use roxmltree::{Document, Node, NodeType, ParsingOptions};

use super::{ParseError, ParseReason};
use crate::limits::MAX_XML_NODES;
use crate::model::{BPMN, RawAttribute, RawChild, RawElement, RawTree};

pub(super) fn read(xml: &str) -> Result<RawTree, ParseError> {
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: MAX_XML_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(xml, options).map_err(|error| {
        let reason = match &error {
            roxmltree::Error::DtdDetected => ParseReason::Doctype,
            roxmltree::Error::NodesLimitReached => ParseReason::TooManyNodes,
            _ => ParseReason::Xml,
        };
        ParseError::at(error.pos().row, reason)
    })?;
    let mut reader = Reader {
        xml,
        lines: line_starts(xml),
        tree: RawTree::default(),
    };
    for node in document.root().children() {
        if node.is_element() {
            reader.element(node, &[]);
            break;
        }
        if let Some(child) = Reader::small(node) {
            reader.tree.before.push(child);
        }
    }
    Ok(reader.tree)
}

struct Reader<'x> {
    xml: &'x str,
    lines: Vec<usize>,
    tree: RawTree,
}

fn line_starts(xml: &str) -> Vec<usize> {
    std::iter::once(0)
        .chain(
            xml.bytes()
                .enumerate()
                .filter(|(_, b)| *b == b'\n')
                .map(|(i, _)| i + 1),
        )
        .collect()
}

impl Reader<'_> {
    /// Reads an element and all inside it; depth is bounded by the guard.
    fn element(&mut self, node: Node<'_, '_>, scope: &[(String, String)]) -> usize {
        let at = self.tree.elements.len();
        let here: Vec<(String, String)> = node
            .namespaces()
            .map(|ns| {
                (
                    ns.name().unwrap_or_default().to_owned(),
                    ns.uri().to_owned(),
                )
            })
            .filter(|(name, _)| name != "xml")
            .collect();
        let declared = here
            .iter()
            .filter(|ns| !scope.contains(ns))
            .cloned()
            .collect();
        let start = node.range().start;
        let line = self.lines.partition_point(|from| *from <= start) as u32;
        self.tree.elements.push(RawElement {
            name: self.name(start),
            namespace: node.tag_name().namespace().unwrap_or_default().to_owned(),
            declared,
            attributes: node.attributes().map(|a| self.attribute(a)).collect(),
            children: Vec::new(),
            line,
        });
        if let Some(id) = node.attribute("id") {
            self.name_it(id, at);
        }
        let mut children = Vec::new();
        for child in node.children() {
            if child.is_element() {
                children.push(RawChild::Element(self.element(child, &here)));
            } else if let Some(child) = Self::small(child) {
                children.push(child);
            }
        }
        if let Some(element) = self.tree.elements.get_mut(at) {
            element.children = children;
        }
        at
    }

    /// The first element with an id has it; but elements of the standard come before fields of forms and the like, whose ids are
    /// names in a space of their own.
    fn name_it(&mut self, id: &str, at: usize) {
        let standard = |at: &usize| {
            self.tree
                .elements
                .get(*at)
                .is_some_and(|e| e.namespace == BPMN)
        };
        let taken = self.tree.ids.get(id);
        if taken.is_none_or(|first| !standard(first) && standard(&at)) {
            self.tree.ids.insert(id.to_owned(), at);
        }
    }

    /// The name as written, prefix included: it stands right behind `<`.
    fn name(&self, start: usize) -> String {
        let rest = self.xml.get(start + 1..).unwrap_or_default();
        let end = rest
            .find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/')
            .unwrap_or(rest.len());
        rest[..end].to_owned()
    }

    fn attribute(&self, attribute: roxmltree::Attribute<'_, '_>) -> RawAttribute {
        RawAttribute {
            name: self
                .xml
                .get(attribute.range_qname())
                .unwrap_or(attribute.name())
                .to_owned(),
            namespace: attribute.namespace().unwrap_or_default().to_owned(),
            value: attribute.value().to_owned(),
        }
    }

    fn small(node: Node<'_, '_>) -> Option<RawChild> {
        match node.node_type() {
            NodeType::Text => Some(RawChild::Text(node.text().unwrap_or_default().to_owned())),
            NodeType::Comment => Some(RawChild::Comment(
                node.text().unwrap_or_default().to_owned(),
            )),
            NodeType::PI => node.pi().map(|pi| {
                RawChild::Instruction(
                    pi.target.to_owned(),
                    pi.value.unwrap_or_default().to_owned(),
                )
            }),
            NodeType::Root | NodeType::Element => None,
        }
    }
}
