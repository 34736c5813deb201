//! The lists that there are: their columns, and their rows as typed structs.
//! Not here: checks of whole lists (`services::register`), reading and keys (`register`).
//! A further list is a file here with its line in `lists`, its way into the live tables in `services::register`, and its code.

mod aliases;
mod categories;
mod days;
mod divisions;
mod duties;
mod hours;
mod judged;
mod kept;
mod ladder;
mod limits;
mod named;
mod own;
mod population;
mod quality;
mod reasons;
mod rules;
mod searched;
mod settings;
mod templates;
mod texts;
mod told;
mod units;
mod watching;

use super::{Cells, List, ListCode};

pub use aliases::AliasRow;
pub use days::Day;
pub use duties::DutyRow;
pub use hours::{cells_of_hours, hour_rule};
pub use judged::LevelRow;
pub use limits::{LimitRow, MOST_DAYS, key_of_limit};
pub use named::{ChannelRow, NamedRow};
pub use own::{OwnAsk, OwnChoice, OwnClass, OwnField, OwnKind, OwnOf};
pub use population::PopulationRow;
pub use quality::QualityRow;
pub use reasons::{ReasonFor, ReasonRow};
pub use rules::{Rule, RuleKind};
pub use searched::SynonymRow;
pub use settings::{Cap, Keep, Seconds, SettingGroup, Switch, setting_of, setting_words};
pub use texts::TextCode;
pub use told::{ToldEvent, ToldWay, told_way};
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
pub fn lists() -> impl Iterator<Item = &'static List> {
    ListCode::ALL.iter().map(|code| list(*code))
}

/// The rows that a list has before an office changes it, where it has no table of its own.
pub fn shipped(code: ListCode) -> Vec<Cells> {
    match code {
        ListCode::Templates => templates::shipped(),
        ListCode::Texts => texts::shipped(),
        ListCode::Reasons => reasons::shipped(),
        ListCode::Tags => named::shipped(named::tags::SHIPPED),
        ListCode::Bodies => named::shipped(named::bodies::SHIPPED),
        ListCode::Checklist => named::shipped(named::checklist::SHIPPED),
        ListCode::Channels => named::channels::shipped(),
        ListCode::Levels => judged::levels::shipped(),
        ListCode::Warnings => judged::warnings::shipped(),
        ListCode::Own => own::shipped(),
        ListCode::Ladder => ladder::shipped(),
        ListCode::Told => told::shipped(),
        ListCode::Units
        | ListCode::Categories
        | ListCode::Divisions
        | ListCode::Aliases
        | ListCode::Duties
        | ListCode::Limits
        | ListCode::Calendar
        | ListCode::Hours
        | ListCode::Quality
        | ListCode::Synonyms
        | ListCode::Population
        | ListCode::Settings => Vec::new(),
    }
}

/// A list by its code.
pub const fn list(code: ListCode) -> &'static List {
    match code {
        ListCode::Units => &units::LIST,
        ListCode::Categories => &categories::LIST,
        ListCode::Duties => &duties::LIST,
        ListCode::Limits => &limits::LIST,
        ListCode::Calendar => &days::DAYS,
        ListCode::Hours => &hours::HOURS,
        ListCode::Settings => &settings::LIST,
        ListCode::Templates => &templates::LIST,
        ListCode::Texts => &texts::LIST,
        ListCode::Reasons => &reasons::LIST,
        ListCode::Tags => &named::tags::LIST,
        ListCode::Bodies => &named::bodies::LIST,
        ListCode::Checklist => &named::checklist::LIST,
        ListCode::Channels => &named::channels::LIST,
        ListCode::Levels => &judged::levels::LIST,
        ListCode::Warnings => &judged::warnings::LIST,
        ListCode::Own => &own::LIST,
        ListCode::Aliases => &aliases::LIST,
        ListCode::Divisions => &divisions::LIST,
        ListCode::Ladder => &ladder::LIST,
        ListCode::Quality => &quality::LIST,
        ListCode::Told => &told::LIST,
        ListCode::Synonyms => &searched::LIST,
        ListCode::Population => &population::LIST,
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
