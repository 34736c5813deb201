//! The category tree (事项分类): three levels, codes of 2, 4 and 6 digits, a code is a prefix of those below it.
//! Not here: the tree of a running system (data in the store, which begins with this seed and may be edited).
//! Names follow the hot list that cities publish (`domain.md` section 2).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

const ROWS: &str = include_str!("seed.txt");

/// One category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Category {
    /// 2, 4 or 6 digits.
    pub code: String,
    /// Code of the category above; `None` on the first level.
    pub parent: Option<String>,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
}

impl Category {
    /// 1, 2 or 3.
    pub fn level(&self) -> usize {
        self.code.len() / 2
    }

    /// Whether tickets may carry it.
    pub fn is_leaf(&self) -> bool {
        self.code.len() == LEAF
    }
}

/// Digits of a leaf's code.
pub const LEAF: usize = 6;

/// A category with what lies below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CategoryNode {
    /// 2, 4 or 6 digits.
    pub code: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// What it is called beside that at the reader's place, each name and code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Pinyin initials of its Chinese name, of each way to read it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub initials: String,
    /// In the order of codes.
    #[cfg_attr(feature = "openapi", schema(no_recursion))]
    pub children: Vec<CategoryNode>,
}

/// The tree of some categories; one whose parent is not among them is left out.
pub fn tree(categories: &[Category]) -> Vec<CategoryNode> {
    let mut by_parent: BTreeMap<Option<&str>, Vec<&Category>> = BTreeMap::new();
    for category in categories {
        let siblings = by_parent.entry(category.parent.as_deref()).or_default();
        siblings.push(category);
    }
    below(&by_parent, None)
}

impl CategoryNode {
    /// Adds what a category is called beside its name, here or below.
    pub fn call(&mut self, code: &str, words: [&str; 2]) {
        if self.code == code {
            self.aliases.extend(words.map(str::to_owned));
        }
        for child in &mut self.children {
            if code.starts_with(&child.code) {
                child.call(code, words);
            }
        }
    }
}

fn below(
    by_parent: &BTreeMap<Option<&str>, Vec<&Category>>,
    parent: Option<&str>,
) -> Vec<CategoryNode> {
    let node = |category: &&Category| CategoryNode {
        code: category.code.clone(),
        name_zh: category.name_zh.clone(),
        name_en: category.name_en.clone(),
        aliases: Vec::new(),
        initials: String::new(),
        children: below(by_parent, Some(&category.code)),
    };
    let siblings = by_parent.get(&parent).map_or(&[][..], Vec::as_slice);
    let mut nodes: Vec<_> = siblings.iter().map(node).collect();
    nodes.sort_by(|a, b| a.code.cmp(&b.code));
    nodes
}

/// Every row of the shipped tree, parents before children.
pub fn seed() -> Vec<Category> {
    let row = |line: &str| {
        let mut parts = line.split('|');
        let (code, name_zh, name_en) = (parts.next()?, parts.next()?, parts.next()?);
        let parent = (code.len() > 2).then(|| code[..code.len() - 2].to_owned());
        Some(Category {
            code: code.to_owned(),
            parent,
            name_zh: name_zh.to_owned(),
            name_en: name_en.to_owned(),
        })
    };
    ROWS.lines().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_tree_is_whole_and_named_in_both_languages() {
        let rows = seed();
        assert_eq!(rows.len(), 12 + 12 * 8 + 12 * 8 * 6);
        let codes: BTreeSet<_> = rows.iter().map(|row| row.code.as_str()).collect();
        assert_eq!(codes.len(), rows.len(), "no code twice");
        for row in &rows {
            assert!(
                row.parent
                    .as_deref()
                    .is_none_or(|parent| codes.contains(parent)),
                "{} has no parent",
                row.code
            );
            assert!(
                !row.name_zh.is_empty() && !row.name_zh.is_ascii(),
                "{}",
                row.code
            );
            assert!(
                !row.name_en.is_empty() && row.name_en.is_ascii(),
                "{}: {}",
                row.code,
                row.name_en
            );
        }
    }

    #[test]
    fn names_differ_among_siblings() {
        let mut seen = BTreeSet::new();
        for row in seed() {
            assert!(
                seen.insert((row.parent.clone(), row.name_zh.clone())),
                "{} stands twice",
                row.name_zh
            );
            assert!(
                seen.insert((row.parent.clone(), row.name_en.clone())),
                "{} stands twice below {:?}",
                row.name_en,
                row.parent
            );
        }
    }

    #[test]
    fn each_group_has_its_children() {
        let rows = seed();
        for row in rows.iter().filter(|row| !row.is_leaf()) {
            let children = rows
                .iter()
                .filter(|child| child.parent.as_ref() == Some(&row.code))
                .count();
            assert_eq!(
                children,
                if row.level() == 1 { 8 } else { 6 },
                "{}",
                row.code
            );
        }
    }

    #[test]
    fn the_tree_has_every_row_once() {
        let nodes = tree(&seed());
        assert_eq!(nodes.len(), 12);
        assert_eq!(nodes[0].children[0].children[0].code, "010101");
        assert_eq!(
            nodes
                .iter()
                .flat_map(|n| &n.children)
                .map(|n| n.children.len())
                .sum::<usize>(),
            576
        );
    }
}
