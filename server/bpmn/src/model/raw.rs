//! The file as a tree: every element, attribute, text and comment, in order, with the prefixes as written.
//! Not here: what elements mean to the engine (`process`).
//! Next: `parse::tree` (how it is read), `export` (how it is written).

use std::collections::HashMap;

use shared::text::Locale;

/// One attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawAttribute {
    /// Name as written, with prefix.
    pub name: String,
    /// Namespace, empty if none.
    pub namespace: String,
    /// Value, entities resolved.
    pub value: String,
}

impl RawAttribute {
    /// Name without prefix.
    pub fn local(&self) -> &str {
        self.name.rsplit(':').next().unwrap_or_default()
    }
}

/// What stands inside an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawChild {
    /// An element, by its place in [`RawTree::elements`].
    Element(usize),
    /// Text, entities resolved.
    Text(String),
    /// A comment.
    Comment(String),
    /// A processing instruction: target and content.
    Instruction(String, String),
}

/// One element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawElement {
    /// Name as written, with prefix.
    pub name: String,
    /// Namespace, empty if none.
    pub namespace: String,
    /// Namespaces declared here: prefix (empty for the default one) and URI.
    pub declared: Vec<(String, String)>,
    /// Attributes in order.
    pub attributes: Vec<RawAttribute>,
    /// Content in order.
    pub children: Vec<RawChild>,
    /// Line in the file, from 1.
    pub line: u32,
}

impl RawTree {
    /// Every element as one line with its namespace, attributes and text, in the order of the file.
    pub fn content(&self) -> Vec<String> {
        let text = |child: &RawChild| match child {
            RawChild::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            _ => None,
        };
        let line = |element: &RawElement| {
            let attributes: Vec<String> = element
                .attributes
                .iter()
                .map(|a| format!("{{{}}}{}={}", a.namespace, a.local(), a.value))
                .collect();
            let texts: Vec<String> = element.children.iter().filter_map(text).collect();
            format!(
                "{{{}}}{} {attributes:?} {texts:?}",
                element.namespace, element.name
            )
        };
        self.elements.iter().map(line).collect()
    }
}

impl RawElement {
    /// Name without prefix.
    pub fn local(&self) -> &str {
        self.name.rsplit(':').next().unwrap_or_default()
    }

    /// An attribute without namespace.
    pub fn plain(&self, name: &str) -> Option<&str> {
        self.attribute("", name)
    }

    /// An attribute of a namespace.
    pub fn attribute(&self, namespace: &str, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|a| a.namespace == namespace && a.local() == name)
            .map(|a| a.value.as_str())
    }
}

/// The whole file. The root element is the first.
#[derive(Clone, Debug, Default)]
pub struct RawTree {
    /// All elements in document order.
    pub elements: Vec<RawElement>,
    /// Comments and instructions before the root element.
    pub before: Vec<RawChild>,
    pub(crate) ids: HashMap<String, usize>,
}

impl RawTree {
    /// The element with this id.
    pub fn by_id(&self, id: &str) -> Option<ElementView<'_>> {
        let at = *self.ids.get(id)?;
        Some(self.view(at))
    }

    /// Every element, in document order.
    pub fn all(&self) -> impl Iterator<Item = ElementView<'_>> {
        (0..self.elements.len()).map(|at| self.view(at))
    }

    pub(crate) fn view(&self, at: usize) -> ElementView<'_> {
        ElementView { tree: self, at }
    }
}

/// One element of a definition, to read from.
#[derive(Clone, Copy, Debug)]
pub struct ElementView<'a> {
    tree: &'a RawTree,
    at: usize,
}

impl<'a> ElementView<'a> {
    pub(crate) fn raw(self) -> Option<&'a RawElement> {
        self.tree.elements.get(self.at)
    }

    /// The id, empty if it has none.
    pub fn id(self) -> &'a str {
        self.plain("id").unwrap_or_default()
    }

    /// The element's name in the standard, such as `userTask`.
    pub fn kind(self) -> &'a str {
        self.raw().map_or("", RawElement::local)
    }

    /// The namespace of the element.
    pub fn namespace(self) -> &'a str {
        self.raw().map_or("", |raw| raw.namespace.as_str())
    }

    /// The name as the standard has it. What people read is [`Self::name_in`].
    pub fn name(self) -> Option<&'a str> {
        self.plain("name")
    }

    /// The name in a reader's language: `name`, for English `ms:name_en`. Where a file has one of the two, that stands for both.
    pub fn name_in(self, locale: Locale) -> Option<&'a str> {
        self.in_language(self.name(), locale)
    }

    /// Words of this element in a reader's language; the English ones stand in `ms:name_en`, wherever the others do.
    pub(crate) fn in_language<'w>(self, words: Option<&'w str>, locale: Locale) -> Option<&'w str>
    where
        'a: 'w,
    {
        let said = |words: Option<&'w str>| words.map(str::trim).filter(|words| !words.is_empty());
        let (own, english) = (said(words), said(self.attr("name_en")));
        match locale {
            Locale::Zh => own.or(english),
            Locale::En => english.or(own),
        }
    }

    /// An attribute of this product's own namespace ([`super::MS`]).
    pub fn attr(self, name: &str) -> Option<&'a str> {
        self.attribute(super::MS, name)
    }

    /// An attribute without namespace.
    pub fn plain(self, name: &str) -> Option<&'a str> {
        self.raw()?.plain(name)
    }

    /// An attribute of any namespace.
    pub fn attribute(self, namespace: &str, name: &str) -> Option<&'a str> {
        self.raw()?.attribute(namespace, name)
    }

    /// An attribute of one of the Java engines' namespaces.
    pub fn vendor(self, name: &str) -> Option<&'a str> {
        super::VENDORS
            .iter()
            .find_map(|namespace| self.attribute(namespace, name))
    }

    /// Whether it is an element of one of the Java engines.
    pub(crate) fn is_vendor(self) -> bool {
        super::VENDORS.contains(&self.namespace())
    }

    /// Zeebe's extension element of this kind.
    pub(crate) fn zeebe(self, kind: &str) -> Option<ElementView<'a>> {
        self.extensions()
            .find(|child| child.kind() == kind && child.namespace() == super::ZEEBE)
    }

    /// Line in the file, from 1.
    pub fn line(self) -> u32 {
        self.raw().map_or(0, |raw| raw.line)
    }

    /// The elements directly inside.
    pub fn children(self) -> impl Iterator<Item = ElementView<'a>> {
        let tree = self.tree;
        self.raw()
            .into_iter()
            .flat_map(|raw| &raw.children)
            .filter_map(move |child| match child {
                RawChild::Element(at) => Some(tree.view(*at)),
                _ => None,
            })
    }

    /// The first BPMN element of this kind directly inside.
    pub fn child(self, kind: &str) -> Option<ElementView<'a>> {
        self.children()
            .find(|child| child.kind() == kind && child.namespace() == super::BPMN)
    }

    /// The elements directly inside `extensionElements`.
    pub fn extensions(self) -> impl Iterator<Item = ElementView<'a>> {
        self.child("extensionElements")
            .into_iter()
            .flat_map(ElementView::children)
    }

    /// The text directly inside, trimmed.
    pub fn text(self) -> String {
        let mut text = String::new();
        for child in self.raw().into_iter().flat_map(|raw| &raw.children) {
            if let RawChild::Text(part) = child {
                text.push_str(part);
            }
        }
        text.trim().to_owned()
    }

    pub(crate) fn place(self) -> usize {
        self.at
    }
}
