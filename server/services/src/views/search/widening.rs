//! What is searched for as well as the words that somebody typed: other words of the office's groups.
//! Not here: groups of words (`register`), what the index is asked (`store`, `shared::search`).
//! Said beside what was found, and left out where only the words themselves are wanted.

use shared::query::TicketFilter;
use shared::query::search::MOST_ALSO;
use shared::search::fitting;
use shared::ticket::TicketNo;

use crate::reference::Reference;

/// What stands for the words of a filter at a place; nothing for a number, which nothing stands for.
pub(crate) fn also(reference: &Reference, place: &str, filter: &TicketFilter) -> Vec<String> {
    let words = filter.q.as_deref().map(str::trim).unwrap_or_default();
    if words.is_empty() || filter.exact || TicketNo::parse(words).is_some() {
        return Vec::new();
    }
    let groups = reference.lists.synonyms(place);
    let others = groups.iter().flat_map(|group| group.others(words));
    fitting(words, others, MOST_ALSO)
}
