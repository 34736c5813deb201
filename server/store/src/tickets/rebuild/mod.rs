//! What is made anew beside tickets that are there already: the index of the search, the digests by which people are found.
//! Not here: the jobs that walk (`services::jobs`), what is written with a ticket (`row`, `search`).

pub mod rehash;
pub mod reindex;
