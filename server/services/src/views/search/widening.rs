//! What is searched for as well as the words that somebody typed: other words of the office's groups, and the names of units, places and categories
//! whose initials they are. Not here: groups of words (`register`), initials (`directory`), what the index is asked (`store`, `shared::search`).
//! Said beside what was found, and left out where only the words themselves are wanted.

use std::collections::BTreeSet;

use shared::place;
use shared::query::TicketFilter;
use shared::query::search::MOST_ALSO;
use shared::register::SynonymRow;
use shared::search::fitting;
use shared::ticket::TicketNo;

use crate::directory::initials;
use crate::reference::Reference;

/// What stands for the words of a filter in a region; nothing for a number, which nothing stands for.
pub(crate) fn also(reference: &Reference, region: &str, filter: &TicketFilter) -> Vec<String> {
    let words = filter.q.as_deref().map(str::trim).unwrap_or_default();
    if words.is_empty() || filter.exact || TicketNo::parse(words).is_some() {
        return Vec::new();
    }
    let groups = reference.lists.synonyms(region);
    let others = groups.iter().flat_map(|group| group.others(words));
    let named = by_initials(reference, (region, &groups), words);
    fitting(words, others.chain(named), MOST_ALSO)
}

/// What is typed by its initials: words of the office's groups with the others of their group, then names of the region's city, or of the province for
/// its people, of units first, then of places and of categories.
fn by_initials(
    reference: &Reference,
    (region, groups): (&str, &[SynonymRow]),
    words: &str,
) -> Vec<String> {
    let Some(typed) = initials::typed(words) else {
        return Vec::new();
    };
    let city = place::city_code(region).unwrap_or_default();
    let area = place::prefix(&city);
    let units = reference.units.values();
    let units = units.filter(|unit| unit.active && unit.region.starts_with(area));
    let places = reference.divisions.values();
    let places = places.filter(|place| !place.ended && place.code.starts_with(area));
    let categories = reference.categories.values();
    let is_named = |word: &String| initials::named(word, &typed).is_some();
    let meant = groups
        .iter()
        .filter(|group| group.words.iter().any(is_named));
    let mut found: Vec<String> = meant.flat_map(|group| group.words.clone()).collect();
    found.extend(named(units.map(|unit| unit.name.as_str()), &typed));
    found.extend(named(places.map(|place| place.name.as_str()), &typed));
    found.extend(named(categories.map(|it| it.name_zh.as_str()), &typed));
    found
}

/// What of the names the letters name, each once, in one order for every reader.
fn named<'n>(names: impl Iterator<Item = &'n str>, typed: &str) -> Vec<String> {
    let found: BTreeSet<String> = names
        .filter_map(|name| initials::named(name, typed))
        .collect();
    found.into_iter().collect()
}
