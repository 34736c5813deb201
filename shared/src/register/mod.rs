//! The dated register (基础数据): every list of an office as rows of described columns, changed in drafts and published from a date.
//! A list is data about data: from its columns follow form, CSV, programs' interface and the view of differences.
//! Not here: keeping (`store::register`), checks against what is in use and the way into the live tables (`services::register`).

mod climb;
mod column;
pub mod command;
mod finding;
mod group;
mod held;
mod lists;
mod reading;
mod reorganise;
mod replay;
mod resort;
mod reveal;
mod review;
mod view;

use std::collections::BTreeMap;

pub use climb::{Climbed, LadderReplay};
pub use column::{Choice, Column, Kind, WrongCell, plain_choice, yes};
pub use finding::{Finding, FindingCode, Weight};
pub use group::ListGroup;
pub use held::Held;
pub(crate) use held::column_of;
pub use lists::{
    AliasRow, Cap, ChannelRow, Day, DutyRow, Keep, LevelRow, LimitRow, MOST_DAYS, NamedRow, OwnAsk,
    OwnChoice, OwnClass, OwnField, OwnKind, OwnOf, PopulationRow, QualityRow, ReasonFor, ReasonRow,
    Rule, RuleKind, Seconds, SettingGroup, Switch, SynonymRow, TextCode, ToldEvent, ToldWay,
    UnitRow, cells_of_hours, hour_rule, key_of_limit, list, lists, setting_of, setting_words,
    shipped, told_way,
};
pub use reading::{AskReading, RuleAsked, RuleReader, RuleReaders, RuleToRead, RulesToRead};
pub use reorganise::{DutyMove, EndingUnit, Reorganise, ReorganiseView, Reorganised};
pub use replay::{NAMED, Replay, ReplayView, Replayed};
pub use resort::{CategoryReplay, LimitSaid, Resort, Resorted, Sorted};
pub use view::{
    AreaView, ColumnView, Effect, EffectCode, LineReport, ListHead, ListView, ListsView,
    PreviewView, RevisionView, RowChange, RowForm, RowView, TableReport,
};

use crate::fault::{Check, Code, Fault};

codes! {
    /// A list of the office.
    ListCode {
        Units = "units", "units", "单位", "Units";
        Categories = "categories", "categories", "事项分类", "Categories";
        Duties = "duties", "duties", "权责清单", "Areas of responsibility";
        Limits = "limits", "limits", "办理时限", "Time limits";
        Calendar = "calendar", "calendar", "放假和调休", "Holidays and make-up days";
        Hours = "hours", "hours", "作息时间", "Working hours";
        Settings = "settings", "settings", "业务参数", "Settings";
        Templates = "templates", "templates", "消息模板", "Message texts";
        Texts = "texts", "texts", "公开文字", "Public texts";
        Reasons = "reasons", "reasons", "理由条目", "Reasons";
        Tags = "tags", "tags", "工单标签", "Tags";
        Bodies = "bodies", "bodies", "转办机构", "Bodies to hand over to";
        Checklist = "checklist", "checklist", "答复检查项", "Checklist of replies";
        Levels = "levels", "levels", "分级矩阵", "Matrix of levels";
        Own = "own", "own", "自有字段", "Own fields";
        Aliases = "aliases", "aliases", "事项别名", "Aliases of categories";
        Divisions = "divisions", "divisions", "行政区划", "Divisions";
        Ladder = "ladder", "ladder", "督办阶梯", "Escalation ladder";
        Quality = "quality", "quality", "质量规则", "Rules of quality";
        Told = "told", "told", "告知矩阵", "Who is told";
        Synonyms = "synonyms", "synonyms", "同义词", "Synonyms";
        Warnings = "warnings", "warnings", "统计预警规则", "Rules about figures";
        Population = "population", "population", "常住人口", "Population";
        Channels = "channels", "channels", "受理渠道", "Channels";
    }
}

codes! {
    /// How it stands with a revision.
    RevisionState {
        Draft = "draft", "draft", "草稿", "Draft";
        Submitted = "submitted", "submitted", "待复核", "Waits for a second person";
        Published = "published", "published", "已发布", "Published";
        Discarded = "discarded", "discarded", "已放弃", "Given up";
    }
}

/// The filled cells of a row by column, each in the one way in which it is written.
pub type Cells = BTreeMap<String, String>;

/// Rows of one list at most; a province's duty list has some 100,000.
pub const MOST_ROWS: usize = 120_000;
/// Lines of one file at most.
pub const MOST_LINES: usize = 100_000;
/// Longest words of why something was changed.
pub const NOTE: usize = 500;

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What tells it from the others for good.
    pub key: String,
    /// Its cells.
    pub cells: Cells,
}

/// Reads what was sent for a row of described columns: by column, in any way of writing.
///
/// # Errors
/// `input.invalid` with everything that is wrong, each at its column.
pub fn read_row(
    columns: &[Column],
    check_together: fn(&Cells, &mut Check),
    sent: &Cells,
) -> Result<Row, Fault> {
    let mut check = Check::default();
    let mut cells = Cells::new();
    for column in columns {
        let raw = sent
            .get(column.name)
            .map(String::as_str)
            .unwrap_or_default();
        match column.kind.read(raw) {
            Ok(value) if value.is_empty() && column.is_needed => {
                check.add(column.name, Code::InputRequired);
            }
            Ok(value) if value.is_empty() => {}
            Ok(value) => {
                cells.insert(column.name.to_owned(), value);
            }
            Err(wrong) => {
                let facts: Vec<(&str, &dyn ToString)> = wrong
                    .facts
                    .iter()
                    .map(|(name, value)| (*name, value as &dyn ToString))
                    .collect();
                check.add_with(column.name, wrong.code, &facts);
            }
        }
    }
    for name in sent.keys() {
        if !columns.iter().any(|column| column.name == name) {
            check.add(name, Code::InputBody);
        }
    }
    let mut together = Check::default();
    check_together(&cells, &mut together);
    check.finish_with(together.finish())?;
    Ok(Row {
        key: key_of(columns, &cells),
        cells,
    })
}

fn key_of(columns: &[Column], cells: &Cells) -> String {
    let parts = columns.iter().filter(|column| column.is_key);
    let part = |column: &Column| cells.get(column.name).map_or("-", String::as_str);
    parts.map(part).collect::<Vec<_>>().join("/")
}

/// A list: what its rows look like and what holds of each alone.
#[allow(
    clippy::struct_excessive_bools,
    reason = "a table of lists: each says one thing"
)]
pub struct List {
    /// Which.
    pub code: ListCode,
    /// Its columns in the order of forms and files.
    pub columns: &'static [Column],
    /// Whether a city may add rows of its own to the base.
    pub has_supplements: bool,
    /// Whether a city's row stands in the place of the base's with the same key.
    pub is_nearest: bool,
    /// Whether somebody else than who changed it must publish it, unless the settings say otherwise.
    pub needs_second: bool,
    /// Whether rows can go; others end, since history names them.
    pub removable: bool,
    /// What holds of several cells together.
    pub check: fn(&Cells, &mut Check),
}

impl List {
    /// Reads what a person or a program sent for a row: by column, in any way of writing.
    ///
    /// # Errors
    /// `input.invalid` with everything that is wrong, each at its column.
    pub fn read(&self, sent: &Cells) -> Result<Row, Fault> {
        read_row(self.columns, self.check, sent)
    }

    /// A column by its name.
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The key of a row: the cells of the key's columns; a dash stands for an empty one.
    pub fn key(&self, cells: &Cells) -> String {
        key_of(self.columns, cells)
    }

    /// What a row is found by: its cells as both languages show them, in small letters.
    pub fn words(&self, cells: &Cells) -> String {
        let mut words = Vec::new();
        for column in self.columns {
            if let Some(value) = cells.get(column.name) {
                words.push(value.to_lowercase());
                if let Some(choice) = column.kind.choice(value) {
                    words.push(choice.text.zh.to_owned());
                    words.push(choice.text.en.to_lowercase());
                }
            }
        }
        words.join(" ")
    }
}

#[cfg(test)]
mod tests;
