//! The raw tree back to XML text: same elements, order, prefixes, ids, extension elements and diagram.
//! Not here: changing a definition. CDATA sections come out as escaped text, which means the same.
//! Next: `model::raw`.

use crate::model::{RawChild, RawTree};

pub(crate) fn to_xml(tree: &RawTree) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    for child in &tree.before {
        small(child, &mut out);
        out.push('\n');
    }
    if !tree.elements.is_empty() {
        element(tree, 0, &mut out);
    }
    out.push('\n');
    out
}

fn element(tree: &RawTree, at: usize, out: &mut String) {
    let Some(raw) = tree.elements.get(at) else {
        return;
    };
    out.push('<');
    out.push_str(&raw.name);
    for (prefix, uri) in &raw.declared {
        out.push_str(if prefix.is_empty() {
            " xmlns"
        } else {
            " xmlns:"
        });
        out.push_str(prefix);
        quoted(uri, out);
    }
    for attribute in &raw.attributes {
        out.push(' ');
        out.push_str(&attribute.name);
        quoted(&attribute.value, out);
    }
    if raw.children.is_empty() {
        out.push_str("/>");
        return;
    }
    out.push('>');
    for child in &raw.children {
        match child {
            RawChild::Element(at) => element(tree, *at, out),
            other => small(other, out),
        }
    }
    out.push_str("</");
    out.push_str(&raw.name);
    out.push('>');
}

fn small(child: &RawChild, out: &mut String) {
    match child {
        RawChild::Text(text) => escape(text, false, out),
        RawChild::Comment(text) => {
            out.push_str("<!--");
            out.push_str(text);
            out.push_str("-->");
        }
        RawChild::Instruction(target, content) => {
            out.push_str("<?");
            out.push_str(target);
            if !content.is_empty() {
                out.push(' ');
                out.push_str(content);
            }
            out.push_str("?>");
        }
        RawChild::Element(_) => {}
    }
}

fn quoted(value: &str, out: &mut String) {
    out.push_str("=\"");
    escape(value, true, out);
    out.push('"');
}

/// Line ends and tabs in attributes are written as references: a reader would turn them into spaces.
fn escape(text: &str, attribute: bool, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if attribute => out.push_str("&quot;"),
            '\n' if attribute => out.push_str("&#10;"),
            '\t' if attribute => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
}
