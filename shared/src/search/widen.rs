//! Searching for several words at once: what stands for the typed words is as good as they are.
//! Not here: what stands for them (services), the index (store).
//! A text may lie in several rows of an index, so that an alternative is asked piece by piece: every clause must occur, each as one of its pieces.

use super::query;

/// Clauses of a search at most.
const MOST_CLAUSES: usize = 16;

/// What holds of a text in which all pieces of the words occur, or all of one of the others: of every clause one piece at least. Without others,
/// a clause of one piece each.
#[must_use]
pub fn widened(words: Vec<String>, others: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut clauses: Vec<Vec<String>> = words.into_iter().map(|piece| vec![piece]).collect();
    for other in others.iter().filter(|other| !other.is_empty()) {
        let mut next = Vec::new();
        for clause in &clauses {
            for piece in other {
                let mut wider = clause.clone();
                if !wider.contains(piece) {
                    wider.push(piece.clone());
                }
                next.push(wider);
            }
        }
        // The narrowest first: whatever has all of a narrower one in it asks nothing more.
        next.sort_by_key(Vec::len);
        clauses.clear();
        for clause in next {
            let is_asked = |known: &Vec<String>| known.iter().all(|it| clause.contains(it));
            if !clauses.iter().any(is_asked) {
                clauses.push(clause);
            }
        }
    }
    clauses
}

/// Those of the others with which the words can be searched for together, each asking something else, at most so many.
#[must_use]
pub fn fitting(words: &str, others: impl IntoIterator<Item = String>, most: usize) -> Vec<String> {
    let words = query(words);
    let (mut kept, mut asked) = (Vec::new(), Vec::new());
    for other in others {
        if kept.len() == most {
            break;
        }
        let pieces = query(&other);
        if pieces.is_empty() || pieces == words || asked.contains(&pieces) {
            continue;
        }
        asked.push(pieces);
        if widened(words.clone(), &asked).len() > MOST_CLAUSES {
            asked.pop();
        } else {
            kept.push(other);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether one of the pieces of every clause stands in the words of a text.
    fn holds(clauses: &[Vec<String>], has: &[&str]) -> bool {
        let stands = |piece: &String| has.contains(&piece.as_str());
        clauses.iter().all(|clause| clause.iter().any(stands))
    }

    #[test]
    fn what_differs_alone_becomes_a_choice() {
        let words = query("中山路 街灯");
        let others = [query("中山路 路灯")];
        let found = widened(words.clone(), &others);
        assert_eq!(
            found,
            vec![
                query("中山路"),
                vec![query("街灯")[0].clone(), query("路灯")[0].clone()]
            ]
        );
        let alone: Vec<Vec<String>> = words.into_iter().map(|it| vec![it]).collect();
        assert_eq!(widened(query("中山路 街灯"), &[]), alone);
    }

    #[test]
    fn clauses_hold_where_one_of_the_alternatives_does() {
        let all = ["街灯", "漏水", "路灯", "渗水", "井盖"];
        let words = query("街灯 漏水");
        let others = [query("路灯 渗水"), query("井盖")];
        let clauses = widened(words, &others);
        for bits in 0..32_usize {
            let has: Vec<&str> = (0..5)
                .filter(|at| bits >> at & 1 == 1)
                .map(|at| all[at])
                .collect();
            let stands = |word: &str| has.contains(&word);
            let is_meant = stands("街灯") && stands("漏水")
                || stands("路灯") && stands("渗水")
                || stands("井盖");
            assert_eq!(holds(&clauses, &has), is_meant, "{has:?}");
        }
    }

    #[test]
    fn what_would_grow_without_end_is_left_out() {
        let many = |sign: char| -> String {
            let parts = ('甲'..).take(20).map(|it| format!("{it}{sign}"));
            parts.collect::<Vec<_>>().join(" ")
        };
        let others = ['路', '井', '灯'].map(many);
        assert!(fitting(&many('水'), others, 4).is_empty());
        let others = ["路灯", "街灯", "路灯", "灯", "明灯"].map(str::to_owned);
        assert_eq!(fitting("街灯", others, 4), ["路灯", "明灯"]);
    }
}
