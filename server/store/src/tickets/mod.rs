//! Lists of tickets inside a scope: pages with a cursor, capped counts, exact numbers, a caller's earlier tickets.
//! Not here: a whole case for a verb (`tickets::case`), reports (`reports`).
//! `filter` compiles what people ask for, `list` adds order and cursor, `search` is the bigram index.

mod accepted;
pub mod alarms;
pub mod archives;
pub mod case;
mod cells;
mod cursor;
mod deadline;
pub mod escalations;
pub(crate) mod filter;
pub(crate) mod find;
pub mod flat;
pub mod ladder;
pub(crate) mod list;
pub mod merged;
pub mod paper;
pub(crate) mod person;
pub mod plan;
pub mod pool;
mod rebuild;
pub mod red;
pub mod responsible;
pub(crate) mod row;
pub(crate) mod search;

pub use accepted::{
    AcceptedClock, AcceptedMatter, accepted_before, accepted_clocks, accepted_matters,
};
pub use deadline::{
    OpenClock, Provisional, held, move_clock, move_deadline, open_clocks, provisional,
};
pub use find::{
    Past, find_by_no, get, inside, is_any, is_in_scope, is_nameable, of_matter, of_phone, oldest,
    open_of_matter, open_of_place, past_of_phone,
};
pub use list::{
    CubeCounted, ListPage, Tally, after, around, before, count_capped, cube, facet, list, tally,
    touched_cube,
};
pub use person::{person_hash, person_hashes};
pub use rebuild::{rehash, reindex};
