//! A report as it is read: numbers with their words, in an order, before anybody chose paper, screen or workbook.
//! One content, several forms: the page (`app`), the workbook (`services::reports`) and the print are made of the same value,
//! so that no form can say another number. Not here: counting (`store`), formulas (`crate::measure`).

mod content;

pub use content::{Align, Bar, Bars, Cell, Part, Report, Table};
