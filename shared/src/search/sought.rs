//! Whether what was searched for stands in what somebody sees, and where: the check behind the index, and what pages show of it.
//! Not here: the index (store), what somebody sees of a ticket (services).

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{each_sign, is_short, pieces, plain, query};

/// Characters of an excerpt before what was found, and in all.
const EXCERPT: [usize; 2] = [12, 60];

/// A part of a text, and whether it is what was searched for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shred {
    /// The text as it is written.
    pub text: String,
    /// What was searched for.
    pub found: bool,
}

/// What is searched for: all pieces of one of the ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought(Vec<Vec<String>>);

impl Sought {
    /// The words that were typed, or one of the others; lone characters count where there is nothing else.
    #[must_use]
    pub fn new(words: &str, also: &[String]) -> Self {
        let typed = if is_short(words) {
            pieces(words)
        } else {
            query(words)
        };
        let others = also.iter().map(|other| query(other));
        let ways = std::iter::once(typed).chain(others);
        Self(ways.filter(|way| !way.is_empty()).collect())
    }

    /// Every piece of every way.
    pub fn pieces(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flatten().map(String::as_str)
    }

    /// Whether all pieces of a way stand in these texts, each in one of them, or are true of something else.
    pub fn is_in<'t>(
        &self,
        texts: impl Iterator<Item = &'t str>,
        is_else: impl Fn(&str) -> bool,
    ) -> bool {
        let texts: Vec<String> = texts.map(plain).collect();
        let stands = |piece: &String| texts.iter().any(|text| text.contains(piece.as_str()));
        let holds = |way: &Vec<String>| way.iter().all(|piece| stands(piece) || is_else(piece));
        self.0.iter().any(holds)
    }

    /// Where in a text what is searched for stands, in its bytes, one behind the other.
    fn places(&self, text: &str) -> Vec<Range<usize>> {
        let (mut signs, mut at) = (Vec::new(), Vec::new());
        each_sign(text, |c, place| {
            signs.push(c);
            at.push(place);
        });
        let mut found: Vec<Range<usize>> = Vec::new();
        for piece in self.pieces() {
            let piece: Vec<char> = piece.chars().collect();
            for (first, part) in signs.windows(piece.len().max(1)).enumerate() {
                let last = first + part.len() - 1;
                if part == piece.as_slice()
                    && let (Some(begin), Some(end)) = (at.get(first), at.get(last))
                {
                    found.push(begin.start..end.end);
                }
            }
        }
        found.sort_by_key(|place| (place.start, place.end));
        let mut apart: Vec<Range<usize>> = Vec::new();
        for place in found {
            match apart.last_mut() {
                Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
                _ => apart.push(place),
            }
        }
        apart
    }

    /// A text in parts, so that what was searched for can be marked; one part where nothing stands in it.
    #[must_use]
    pub fn marked(&self, text: &str) -> Vec<Shred> {
        let (mut out, mut done) = (Vec::new(), 0);
        let shred = |part: &str, found| Shred {
            text: part.to_owned(),
            found,
        };
        for place in self.places(text) {
            if let Some(before) = text.get(done..place.start).filter(|it| !it.is_empty()) {
                out.push(shred(before, false));
            }
            out.extend(text.get(place.clone()).map(|it| shred(it, true)));
            done = place.end;
        }
        let rest = text.get(done..).filter(|it| !it.is_empty());
        out.extend(rest.map(|it| shred(it, false)));
        out
    }

    /// The neighbourhood of the first place where it stands, in parts; nothing where it does not.
    #[must_use]
    pub fn excerpt(&self, text: &str) -> Option<Vec<Shred>> {
        let [before, most] = EXCERPT;
        let first = self.places(text).into_iter().next()?;
        let ahead = text.get(..first.start)?.chars().count();
        let from = ahead.saturating_sub(before);
        let words = text.get(first.clone())?.chars().count();
        let length = most.max(words.saturating_add(before));
        let part: String = text.chars().skip(from).take(length).collect();
        let mut out = self.marked(&part);
        let dots = || Shred {
            text: "…".to_owned(),
            found: false,
        };
        if from > 0 {
            out.insert(0, dots());
        }
        if text.chars().nth(from.saturating_add(length)).is_some() {
            out.push(dots());
        }
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(shreds: &[Shred]) -> String {
        let shred = |it: &Shred| {
            if it.found {
                format!("[{}]", it.text)
            } else {
                it.text.clone()
            }
        };
        shreds.iter().map(shred).collect()
    }

    #[test]
    fn what_was_found_is_marked_as_it_is_written() {
        for (text, words, marked) in [
            ("幸福里路燈壞了", "路灯坏了", "幸福里[路燈壞了]"),
            ("ＡＢＣ小区1502室", "502室 abc", "[ＡＢＣ]小区1[502室]"),
            ("路灯，不亮", "灯不", "路[灯，不]亮"),
            ("路灯路灯", "路灯 灯路", "[路灯路灯]"),
            ("井盖没有了", "路灯", "井盖没有了"),
            ("一条路", "路", "一条[路]"),
        ] {
            let sought = Sought::new(words, &[]);
            assert_eq!(shown(&sought.marked(text)), marked, "{words}");
        }
    }

    #[test]
    fn all_pieces_of_a_way_are_asked() {
        let sought = Sought::new("街灯 漏水", &["路灯".to_owned()]);
        let none = |_: &str| false;
        assert!(sought.is_in(["街灯坏了", "屋顶漏水"].into_iter(), none));
        assert!(sought.is_in(["路灯坏了"].into_iter(), none));
        assert!(!sought.is_in(["街灯坏了"].into_iter(), none));
        assert!(sought.is_in(["街灯坏了"].into_iter(), |piece| piece == "漏水"));
    }

    #[test]
    fn an_excerpt_is_around_the_first_place() {
        let text = format!("{}路灯不亮{}", "前".repeat(40), "后".repeat(100));
        let excerpt = Sought::new("路灯", &[]).excerpt(&text).expect("found");
        let words = shown(&excerpt);
        assert!(words.starts_with("…前"), "{words}");
        assert!(words.contains("[路灯]不亮后") && words.ends_with('…'));
        assert!(Sought::new("井盖", &[]).excerpt(&text).is_none());
    }
}
