//! Pinyin initials (拼音首字母): the letters with which Chinese names begin to be read, by which units, places and categories are found.
//! Not here: what is searched with them (`views::search::widening`), choosing from lists (pages, which get the letters with the names).
//! A sign that is read in several ways has the letter of each; texts of tickets are never looked through by letters.

use pinyin::ToPinyinMulti as _;

/// Letters that somebody types to name something.
const TYPED: std::ops::RangeInclusive<usize> = 2..=8;
/// From so many letters on, they may name the end of a name.
const TAIL: usize = 3;
/// Ways in which a name is read, at most.
const MOST_WAYS: usize = 4;
/// What stands behind the name of a place and is left out by many.
const CLASSES: [char; 7] = ['省', '市', '区', '县', '镇', '乡', '旗'];

/// A sign of a name with the letters that it may begin with.
type Sign = (char, Vec<char>);

/// The letters of somebody who names something by them, in small ones; nothing for any other text.
pub(crate) fn typed(words: &str) -> Option<String> {
    let is_letters = words.bytes().all(|byte| byte.is_ascii_alphabetic());
    (is_letters && TYPED.contains(&words.len())).then(|| words.to_ascii_lowercase())
}

fn signs(name: &str) -> Vec<Sign> {
    let letters = |c: char| {
        if c.is_ascii_alphanumeric() {
            return vec![c.to_ascii_lowercase()];
        }
        let mut found: Vec<char> = Vec::new();
        for read in c.to_pinyin_multi().into_iter().flatten() {
            let first = read.first_letter().chars().next();
            if let Some(letter) = first
                && !found.contains(&letter)
            {
                found.push(letter);
            }
        }
        found
    };
    let signs = name.chars().map(|c| (c, letters(c)));
    signs.filter(|(_, letters)| !letters.is_empty()).collect()
}

/// What of a name the letters name: the whole of it, without the word for its class, or its end; nothing where they name something else.
pub(crate) fn named(name: &str, typed: &str) -> Option<String> {
    let (signs, wanted) = (signs(name), typed.chars().collect::<Vec<char>>());
    let fits = |part: &&[Sign]| {
        let mut pairs = part.iter().zip(&wanted);
        part.len() == wanted.len() && pairs.all(|((_, letters), want)| letters.contains(want))
    };
    let bare: &[Sign] = match signs.split_last() {
        Some(((class, _), before)) if CLASSES.contains(class) => before,
        _ => &[],
    };
    let tail = signs.len().checked_sub(wanted.len());
    let tail = tail.filter(|_| wanted.len() >= TAIL);
    let tail = tail.map_or(&[][..], |from| &signs[from..]);
    let part = [signs.as_slice(), bare, tail].into_iter().find(fits)?;
    let text: String = part.iter().map(|(sign, _)| *sign).collect();
    // With signs between, which have no letter, it would be found in no text.
    Some(text).filter(|text| name.contains(text.as_str()))
}

/// The initials of a name, of each way to read it, for lists that are narrowed while somebody types.
pub(crate) fn of(name: &str) -> String {
    let mut ways = vec![String::new()];
    for (_, letters) in signs(name) {
        let mut next = Vec::new();
        for way in &ways {
            next.extend(letters.iter().map(|letter| format!("{way}{letter}")));
        }
        next.truncate(MOST_WAYS);
        ways = next;
    }
    ways.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_name_a_name_its_end_or_a_place_without_its_class() {
        let part = |name: &str, typed: &str| named(name, typed).unwrap_or_default();
        assert_eq!(part("南京市住建局", "zjj"), "住建局");
        assert_eq!(part("南京市住建局", "njszjj"), "南京市住建局");
        assert_eq!(part("鼓楼区", "gl"), "鼓楼");
        assert_eq!(part("鼓楼区", "glq"), "鼓楼区");
        assert_eq!(part("重庆市", "cq"), "重庆", "read in another way");
        for (name, typed) in [
            ("南京市住建局", "jj"),
            ("南京市住建局", "zj"),
            ("鼓楼区", "xwq"),
            ("", "zjj"),
            ("物业（一）处", "wyyc"),
        ] {
            assert_eq!(named(name, typed), None, "{name} {typed}");
        }
    }

    #[test]
    fn letters_are_two_to_eight() {
        assert_eq!(typed("ZJJ").as_deref(), Some("zjj"));
        for words in ["z", "zjjzjjzjj", "zj j", "zj1", "住建", ""] {
            assert_eq!(typed(words), None, "{words}");
        }
    }

    #[test]
    fn a_name_has_the_initials_of_each_way_to_read_it() {
        assert!(of("住建局").split(' ').any(|way| way == "zjj"));
        assert!(of("重庆").split(' ').any(|way| way == "cq"));
        assert!(of("A区3号楼").split(' ').any(|way| way == "aq3hl"));
        assert!(of("重重重重重重").split(' ').count() <= MOST_WAYS);
        assert_eq!(of("，。"), "");
    }
}
