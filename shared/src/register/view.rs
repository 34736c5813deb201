//! The register as pages and programs see it: lists, revisions, rows with what a draft changes of them, previews, reports of files.
//! Not here: columns (`column`), which the reader has from the list itself.
//! Numbers of rows are of the whole list, rows come page by page.

use serde::{Deserialize, Serialize};

use super::{Cells, Finding, ListCode, RevisionState};
use crate::calendar::Instant;

/// An area that owns a part of the lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AreaView {
    /// Division code; empty for the base.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether the reader may change its lists.
    pub may_edit: bool,
    /// Whether the reader may publish them.
    pub may_publish: bool,
}

/// A revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RevisionView {
    /// Its number.
    pub number: i32,
    /// How it stands.
    pub state: RevisionState,
    /// Counts its changes; a save names the one that it saw.
    pub version: i32,
    /// From when it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub valid_from: Option<Instant>,
    /// Whether its time has come and the office works by it.
    pub is_applied: bool,
    /// Whether open tickets follow it.
    pub open_too: bool,
    /// How many rows it changes.
    pub changes: i64,
    /// Who began it.
    pub made_by: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub made_at: Instant,
    /// Who handed it on to a second person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submitted_by: Option<String>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_by: Option<String>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub published_at: Option<Instant>,
    /// The revision whose state it brings back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restored: Option<i32>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The job by which open tickets follow it, while that is under way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub following: Option<crate::ids::JobId>,
}

/// A list as it stands for one area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListHead {
    /// Which.
    pub list: ListCode,
    /// Rows that hold now.
    pub rows: i64,
    /// The revision that holds now; absent as long as nothing was changed here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds: Option<RevisionView>,
    /// The next one that waits for its day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coming: Option<RevisionView>,
    /// The draft, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<RevisionView>,
}

codes! {
    /// What a draft does to a row.
    RowChange {
        New = "new", "new", "新增", "New";
        Changed = "changed", "changed", "修改", "Changed";
        Gone = "gone", "gone", "删除", "Removed";
    }
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RowView {
    /// Its key.
    pub key: String,
    /// Its cells by column; of a removed one as they were.
    pub cells: Cells,
    /// What the revision does to it; absent for a row that stays as it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<RowChange>,
    /// The cells before, of a changed row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Cells>,
}

/// A list with its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListView {
    /// Which.
    pub list: ListCode,
    /// Whose part.
    pub area: AreaView,
    /// The areas that the reader may look at.
    pub areas: Vec<AreaView>,
    /// The revision that is shown; absent as long as nothing was changed here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<RevisionView>,
    /// Every revision, the newest first.
    pub revisions: Vec<RevisionView>,
    /// Rows of the shown state.
    pub total: i64,
    /// The page's rows.
    pub rows: Vec<RowView>,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
    /// Whether somebody else than who changed it must publish it.
    pub needs_second: bool,
}

codes! {
    /// What publishing would do beside the list itself.
    EffectCode {
        OpenTickets = "open_tickets", "open_tickets", "在办工单", "Open tickets";
        RecentTickets = "recent_tickets", "recent_tickets", "近 30 天受理、事项将变的工单", "Tickets of the last 30 days whose category changes";
        MovedTickets = "moved_tickets", "moved_tickets", "期限将变的在办工单", "Open tickets whose deadline moves";
        MovedAssignments = "moved_assignments", "moved_assignments", "期限将变的承办件", "Assignments whose deadline moves";
        Units = "units", "units", "单位", "Units";
        People = "people", "people", "账号", "Accounts";
    }
}

/// How many things publishing would reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Effect {
    /// Which.
    pub code: EffectCode,
    /// How many.
    pub count: i64,
}

/// What would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewView {
    /// Whose list.
    pub area: AreaView,
    /// Whether somebody else than who changed it must publish it.
    pub needs_second: bool,
    /// Whether the reader had a hand in it.
    pub is_own: bool,
    /// The revision.
    pub revision: RevisionView,
    /// Rows that come.
    pub new: i64,
    /// Rows that change.
    pub changed: i64,
    /// Rows that go.
    pub gone: i64,
    /// What a check of the whole list finds; at most a hundred.
    pub findings: Vec<Finding>,
    /// Findings that keep it from being published, of all.
    pub faults: i64,
    /// What publishing would reach.
    pub effects: Vec<Effect>,
    /// The newest replay on recent tickets, of a draft of limits, days, working hours, the ladder or categories.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replay: Option<super::ReplayView>,
}

/// A line of a file that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineReport {
    /// Line of the file, from 1.
    pub line: u64,
    /// The column; empty for the whole line.
    pub column: String,
    /// What is wrong.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub code: crate::fault::Code,
    /// Its facts.
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub facts: std::collections::BTreeMap<String, String>,
}

/// What a file came to, or would.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TableReport {
    /// How it was read, such as `GBK (GB18030)`.
    pub encoding: String,
    /// Lines with something in them.
    pub lines: u64,
    /// Rows that come.
    pub new: u64,
    /// Rows that change.
    pub changed: u64,
    /// Rows that are as they are already.
    pub same: u64,
    /// Rows that go, since the file stands for the whole list.
    pub gone: u64,
    /// What cannot be taken: the first hundred.
    pub wrong: Vec<LineReport>,
    /// How many lines cannot be taken.
    pub refused: u64,
    /// Whether it stands in the draft now.
    pub is_taken: bool,
}

/// Every list of an area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListsView {
    /// Whose lists.
    pub area: AreaView,
    /// The areas that the reader may look at.
    pub areas: Vec<AreaView>,
    /// The lists.
    pub lists: Vec<ListHead>,
}

/// A row of the draft, to be changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RowForm {
    /// Whose list.
    pub area: AreaView,
    /// The draft.
    pub revision: RevisionView,
    /// The row; absent for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<RowView>,
}

/// A column of a list for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ColumnView {
    /// Name of the cell.
    pub name: String,
    /// Chinese head.
    pub zh: String,
    /// English head.
    pub en: String,
    /// What stands in it: `line`, `code`, `number`, `choice`, `day`, `month_day`, `time`, `place`, `row`.
    pub kind: String,
    /// Part of the row's key.
    pub is_key: bool,
    /// Never empty.
    pub is_needed: bool,
    /// The values of a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

impl From<&super::Column> for ColumnView {
    fn from(column: &super::Column) -> Self {
        use super::Kind;
        let kind = match column.kind {
            Kind::Line(_) => "line",
            Kind::Text(_) => "text",
            Kind::Code(_) => "code",
            Kind::Number(..) => "number",
            Kind::Choice(_) => "choice",
            Kind::Day => "day",
            Kind::MonthDay => "month_day",
            Kind::Time => "time",
            Kind::Place => "place",
            Kind::Of(_) => "row",
        };
        let values = match column.kind {
            Kind::Choice(all) => all().into_iter().map(|choice| choice.value).collect(),
            _ => Vec::new(),
        };
        Self {
            name: column.name.to_owned(),
            zh: column.label.zh.to_owned(),
            en: column.label.en.to_owned(),
            kind: kind.to_owned(),
            is_key: column.is_key,
            is_needed: column.is_needed,
            values,
        }
    }
}
