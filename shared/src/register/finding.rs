//! What a check of a whole list finds, as a code with its facts; words are made of it for each reader (`text::register`).
//! Not here: what is wrong with one cell, which is told at its field.
//! A fault keeps a draft from being published, a warning does not.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

codes! {
    /// How much a finding weighs.
    Weight {
        Fault = "fault", "fault", "须改正", "Must be mended";
        Warning = "warning", "warning", "请留意", "Take note";
    }
}

codes! {
    /// What was found. The words here are short names; sentences are in `text::register`.
    FindingCode {
        Parent = "parent", "parent", "上级不存在", "Unknown parent";
        Cycle = "cycle", "cycle", "上下级成环", "A circle of parents";
        Doubled = "doubled", "doubled", "编号重复", "Code used twice";
        Place = "place", "place", "区划不存在", "Unknown division";
        Outside = "outside", "outside", "超出本地范围", "Outside the own area";
        Category = "category", "category", "事项不存在", "Unknown category";
        Unit = "unit", "unit", "单位不存在或已终止", "No such unit";
        BaseHas = "base_has", "base_has", "上级已规定", "The base has it";
        Longer = "longer", "longer", "宽于上级", "Longer than the base";
        NoLimit = "no_limit", "no_limit", "缺少时限", "No limit";
        InUse = "in_use", "in_use", "正在使用", "In use";
        Recent = "recent", "recent", "近 30 天有工单", "Tickets of the last 30 days";
        OpenWork = "open_work", "open_work", "有未办结的工单", "Open tickets";
        People = "people", "people", "有在用账号", "Accounts";
        Successor = "successor", "successor", "承接单位不可用", "No such successor";
        Root = "root", "root", "最上级单位", "The unit on top";
        Overlap = "overlap", "overlap", "时段重叠", "Periods overlap";
        Nothing = "nothing", "nothing", "一个时段也没有", "No period at all";
        FewDays = "few_days", "few_days", "放假天数偏少", "Few days off";
        YearTwice = "year_twice", "year_twice", "年份已有通知", "The year has a notice";
        Caps = "caps", "caps", "上限不一致", "Caps do not agree";
        BaseOnly = "base_only", "base_only", "只能统一规定", "Only the base may";
        TooMany = "too_many", "too_many", "行数过多", "Too many rows";
    }
}

/// Something that a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Finding {
    /// Whether it keeps the draft from being published.
    pub weight: Weight,
    /// What.
    pub code: FindingCode,
    /// The row; empty for the whole list.
    pub key: String,
    /// What it is about: names, codes, numbers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
}

impl Finding {
    /// One that keeps the draft from being published.
    pub fn fault(code: FindingCode, key: &str) -> Self {
        Self {
            weight: Weight::Fault,
            code,
            key: key.to_owned(),
            facts: BTreeMap::new(),
        }
    }

    /// One that is told.
    pub fn warning(code: FindingCode, key: &str) -> Self {
        Self {
            weight: Weight::Warning,
            ..Self::fault(code, key)
        }
    }

    /// With a fact.
    #[must_use]
    pub fn fact(mut self, name: &str, value: impl ToString) -> Self {
        self.facts.insert(name.to_owned(), value.to_string());
        self
    }
}
