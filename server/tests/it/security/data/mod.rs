//! Attacks on what is kept: foreign ids, markup, formulas, statements, fields that nobody asked for, absurd sizes, side doors, planted names.
//! Deliberately absent: files and their bytes (trials of `services`, `files` and `photos`), definitions of processes (`bpmn`).

mod broken_store;
mod x01_foreign_ids;
mod x02_markup;
mod x03_formulas;
mod x04_statements;
mod x05_extra_fields;
mod x21_absurd;
mod x25_side_doors;
mod x26_canaries;
