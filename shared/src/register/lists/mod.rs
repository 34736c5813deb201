//! The lists that there are: their columns, and their rows as typed structs.
//! Not here: checks of whole lists (`services::register`), reading and keys (`register`).
//! A further list is a file here with its line in `lists`, its way into the live tables in `services::register`, and its code.

mod categories;
mod days;
mod duties;
mod limits;
mod settings;
mod units;

use super::{Cells, List, ListCode};

pub use days::{Day, HourRow};
pub use duties::DutyRow;
pub use limits::{LimitRow, MOST_DAYS, key_of_limit};
pub use settings::{Cap, Seconds};
pub use units::UnitRow;

/// Values of a code list as choices.
macro_rules! choices {
    ($name:ident, $ty:ty) => {
        fn $name() -> Vec<crate::register::Choice> {
            <$ty>::ALL
                .iter()
                .map(|value| crate::register::plain_choice(value.as_str(), value.text()))
                .collect()
        }
    };
}
pub(crate) use choices;

/// Every list, in the order in which an office fills them.
pub fn lists() -> [&'static List; 7] {
    ListCode::ALL
        .iter()
        .map(|code| list(*code))
        .collect::<Vec<_>>()
        .try_into()
        .unwrap_or([&limits::LIST; 7])
}

/// A list by its code.
pub const fn list(code: ListCode) -> &'static List {
    match code {
        ListCode::Units => &units::LIST,
        ListCode::Categories => &categories::LIST,
        ListCode::Duties => &duties::LIST,
        ListCode::Limits => &limits::LIST,
        ListCode::Calendar => &days::DAYS,
        ListCode::Hours => &days::HOURS,
        ListCode::Settings => &settings::LIST,
    }
}

/// A cell; empty for an absent one.
fn cell<'c>(cells: &'c Cells, name: &str) -> &'c str {
    cells.get(name).map_or("", String::as_str)
}

/// A cell that may be absent.
fn maybe(cells: &Cells, name: &str) -> Option<String> {
    cells.get(name).cloned()
}

/// Cells of pairs; empty ones are left out.
fn of_pairs<const N: usize>(pairs: [(&str, Option<String>); N]) -> Cells {
    pairs
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}
