//! Which lists want a second person to publish them: a setting for each, with its words.
//! Not here: the other settings (the module above), who the second person is (services).
//! A new list has its line in `second_words`.

use super::row;
use crate::register::{Cells, ListCode, list};
use crate::text::{Text, text};

/// Which lists want a second person to publish them.
pub struct Seconds;

impl Seconds {
    /// The setting of a list.
    pub fn key(code: ListCode) -> String {
        format!("second.{code}")
    }

    /// What the settings say of a list; what the list says itself where they say nothing.
    pub fn of(value: Option<&str>, code: ListCode) -> bool {
        value.map_or_else(|| list(code).needs_second, |value| value == "yes")
    }
}

impl Seconds {
    /// The register's rows of what the lists say themselves.
    pub fn rows() -> Vec<Cells> {
        let word = |code: ListCode| if list(code).needs_second { "yes" } else { "no" };
        ListCode::ALL
            .iter()
            .map(|code| row(&Self::key(*code), word(*code)))
            .collect()
    }
}

/// Whether the list wants a second person, as a setting's name.
#[allow(clippy::too_many_lines, reason = "a table: a few lines a list")]
pub(super) const fn second_words(code: ListCode) -> Text {
    match code {
        ListCode::Units => text("单位：发布须第二人复核", "Units: a second person publishes"),
        ListCode::Categories => text(
            "事项分类：发布须第二人复核",
            "Categories: a second person publishes",
        ),
        ListCode::Duties => text(
            "权责清单：发布须第二人复核",
            "Areas of responsibility: a second person publishes",
        ),
        ListCode::Limits => text(
            "办理时限：发布须第二人复核",
            "Time limits: a second person publishes",
        ),
        ListCode::Calendar => text(
            "放假和调休：发布须第二人复核",
            "Holidays: a second person publishes",
        ),
        ListCode::Hours => text(
            "作息时间：发布须第二人复核",
            "Working hours: a second person publishes",
        ),
        ListCode::Settings => text(
            "业务参数：发布须第二人复核",
            "Settings: a second person publishes",
        ),
        ListCode::Templates => text(
            "消息模板：发布须第二人复核",
            "Message texts: a second person publishes",
        ),
        ListCode::Texts => text(
            "公开文字：发布须第二人复核",
            "Public texts: a second person publishes",
        ),
        ListCode::Reasons => text(
            "理由条目：发布须第二人复核",
            "Reasons: a second person publishes",
        ),
        ListCode::Tags => text(
            "工单标签：发布须第二人复核",
            "Tags: a second person publishes",
        ),
        ListCode::Bodies => text(
            "转办机构：发布须第二人复核",
            "Bodies to hand over to: a second person publishes",
        ),
        ListCode::Checklist => text(
            "答复检查项：发布须第二人复核",
            "Checklist of replies: a second person publishes",
        ),
        ListCode::Channels => text(
            "受理渠道：发布须第二人复核",
            "Channels: a second person publishes",
        ),
        ListCode::Population => text(
            "常住人口：发布须第二人复核",
            "Population: a second person publishes",
        ),
        ListCode::Warnings => text(
            "统计预警规则：发布须第二人复核",
            "Rules about figures: a second person publishes",
        ),
        ListCode::Levels => text(
            "分级矩阵：发布须第二人复核",
            "Matrix of levels: a second person publishes",
        ),
        ListCode::Own => text(
            "自有字段：发布须第二人复核",
            "Own fields: a second person publishes",
        ),
        ListCode::Aliases => text(
            "事项别名：发布须第二人复核",
            "Aliases of categories: a second person publishes",
        ),
        ListCode::Divisions => text(
            "行政区划：发布须第二人复核",
            "Divisions: a second person publishes",
        ),
        ListCode::Ladder => text(
            "督办阶梯：发布须第二人复核",
            "Escalation ladder: a second person publishes",
        ),
        ListCode::Quality => text(
            "质量规则：发布须第二人复核",
            "Rules of quality: a second person publishes",
        ),
        ListCode::Told => text(
            "告知矩阵：发布须第二人复核",
            "Who is told: a second person publishes",
        ),
        ListCode::Synonyms => text(
            "同义词：发布须第二人复核",
            "Synonyms: a second person publishes",
        ),
    }
}
