//! The drawing of a definition as SVG, from the file's own layout; without script, colours and sizes by the page's style sheet.
//! Not here: making a layout for files that have none (`draw` then gives nothing), counting cases (the caller brings marks).
//! Next: `layout` (file to shapes), `draw` (shapes to SVG), `icon` (signs inside shapes), `place` (names that lie on nothing), `words` (names into lines).

mod draw;
mod edge;
mod icon;
mod layout;
mod place;
mod words;

use std::collections::BTreeMap;

use shared::text::Locale;

use crate::model::Definition;

/// What is shown on an element besides itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// A small number at its corner, for example how many cases stand there.
    pub count: Option<u64>,
    /// Further classes of the element's group, for example `is-here` or `was-here`.
    pub classes: Vec<&'static str>,
    /// Where a click leads.
    pub href: Option<String>,
    /// Read out with the name, for example "3 cases".
    pub words: Option<String>,
}

/// The drawing with the names in one language; `None` if the file has no layout. `title` is read out for the whole, `marks` go by
/// element id.
pub fn draw(
    definition: &Definition,
    locale: Locale,
    title: &str,
    marks: &BTreeMap<String, Mark>,
) -> Option<String> {
    let layout = layout::read(definition, locale)?.placed();
    Some(draw::svg(&layout, title, marks))
}

#[cfg(test)]
mod clean;
#[cfg(test)]
mod tests;
