//! The slowly changing data that everything refers to: divisions, units, categories, calendar, limits, process definitions, settings.
//! Read whole and cached by the services. Not here: their first rows (`migration::basics`), people (`people`).
//! Each file is one table with what may be asked of it.

pub mod activations;
pub mod calendar;
pub mod categories;
pub mod decisions;
pub mod definitions;
pub mod divisions;
pub mod duties;
pub mod limits;
pub mod marks;
pub mod settings;
pub mod units;
