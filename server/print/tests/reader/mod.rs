//! Reads the text of a PDF as a reader's search does: codes of the page, turned into characters by the table of each font.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};

/// The characters of all pages in the order in which they are set.
pub fn text(document: &Document) -> String {
    let mut text = String::new();
    for page in document.get_pages().into_values() {
        let fonts = document.get_page_fonts(page).expect("fonts");
        let tables: BTreeMap<Vec<u8>, BTreeMap<u16, String>> = fonts
            .into_iter()
            .map(|(name, font)| (name, table(document, font)))
            .collect();
        let bytes = document.get_page_content(page).expect("content");
        let mut font = None;
        for step in Content::decode(&bytes).expect("steps").operations {
            if step.operator == "Tf" {
                font = tables.get(step.operands[0].as_name().expect("a name"));
            }
            if let (true, Some(table)) = (step.operator.starts_with('T'), font) {
                step.operands
                    .iter()
                    .for_each(|it| put(it, table, &mut text));
            }
        }
    }
    text
}

fn put(operand: &Object, table: &BTreeMap<u16, String>, into: &mut String) {
    match operand {
        Object::Array(items) => items.iter().for_each(|it| put(it, table, into)),
        Object::String(bytes, _) => into.extend(bytes.chunks(2).filter_map(|pair| {
            let code = u16::from_be_bytes(pair.try_into().ok()?);
            table.get(&code).map(String::as_str)
        })),
        _ => {}
    }
}

/// Code and characters, out of the lines `<0001> <6C11>` of the font's table.
fn table(document: &Document, font: &Dictionary) -> BTreeMap<u16, String> {
    let place = font.get(b"ToUnicode").and_then(Object::as_reference);
    let stream = document.get_object(place.expect("a place"));
    let stream = stream.and_then(Object::as_stream).expect("a table");
    let bytes = stream.decompressed_content();
    let bytes = bytes.unwrap_or_else(|_| stream.content.clone());
    let lines = String::from_utf8_lossy(&bytes).into_owned();
    let hex = |text: &str| -> Vec<u16> {
        let digits = text.trim_matches(['<', '>']).as_bytes();
        let four = digits
            .chunks(4)
            .filter_map(|it| std::str::from_utf8(it).ok());
        four.filter_map(|it| u16::from_str_radix(it, 16).ok())
            .collect()
    };
    let pair = |line: &str| {
        let (code, signs) = line.trim().split_once(' ')?;
        let is_pair = code.starts_with('<') && signs.ends_with('>') && !signs.contains(' ');
        is_pair.then(|| Some((*hex(code).first()?, String::from_utf16_lossy(&hex(signs)))))?
    };
    lines.lines().filter_map(pair).collect()
}
