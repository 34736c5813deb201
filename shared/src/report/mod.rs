//! A report as it is read: numbers with their words, in an order, before anybody chose paper, screen or workbook.
//! One content, several forms: the page (`app`), the workbook (`services::reports`) and the print are made of the same value,
//! so that no form can say another number. Not here: counting (`store`), formulas (`crate::measure`).

mod asked;
mod catalogue;
mod content;
mod kept;
mod period;
mod pivot;
mod scheduled;

pub use asked::ReportAsked;
pub use catalogue::{ReportName, Section, Show, Standard, What};
pub use content::{Align, Bar, Bars, Cell, Part, Report, Table};
pub use kept::{
    CommentView, Difference, KeepReport, KeptPage, KeptReport, KeptRow, MAX_COMMENT, ReportForm,
    SayComment, differences,
};
pub use period::{Period, Span};
pub use pivot::{
    BoardView, KeepPivot, MAX_PIVOT, MOST_PIVOTS, MOST_TILES, Moving, PinTile, PivotRow, TileBar,
    TileChoice, TileKind, TileLine, TileRow, TileShown, pivot_of,
};
pub use scheduled::{
    AskSchedule, MOST_RECEIVERS, MOST_SCHEDULES, Rhythm, ScheduleState, ScheduleView,
};
