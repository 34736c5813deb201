//! Reasons (理由条目) of an office: what people choose at a verb beside what they write, so that the same is called the same.
//! Not here: the codes that the law fixes (`ReturnReason`, `DeclineReason`, `ExtensionReason`), which stay as they are.
//! What was chosen stands in the history with its words of then; a row can go.

use super::{cell, choices, of_pairs};
use crate::fault::Check;
use crate::register::{Cells, Column, Kind, List, ListCode, column_of};
use crate::text::{Locale, Text, text};
use crate::ticket::Verb;

codes! {
    /// A verb at which reasons are offered.
    ReasonFor {
        SendBack = "send-back", "send-back", "退单", "Send back";
        Extend = "extend", "extend", "申请延期", "Ask for more time";
        Decline = "decline", "decline", "不予受理", "Decline";
        Recall = "recall", "recall", "撤派", "Recall";
        Review = "review", "review", "办结审核退回", "Returned by the closing review";
        Redo = "redo", "redo", "重办", "Redo";
    }
}

choices!(verbs, ReasonFor);

impl ReasonFor {
    /// The verb, where reasons are offered at it.
    pub fn of(verb: Verb) -> Option<Self> {
        Self::parse(verb.as_str())
    }
}

/// The list.
pub(super) static LIST: List = List {
    code: ListCode::Reasons,
    columns: &[
        Column::new("verb", text("用于", "Offered at"), Kind::Choice(verbs))
            .key()
            .needed()
            .heads(&["环节", "动作"]),
        Column::new("code", text("编号", "Code"), Kind::Code(20))
            .key()
            .needed(),
        Column::new("zh", text("中文", "Chinese"), Kind::Line(60))
            .needed()
            .heads(&["理由", "原因", "名称"]),
        Column::new("en", text("英文", "English"), Kind::Line(120)).needed(),
    ],
    has_supplements: true,
    is_nearest: false,
    needs_second: false,
    removable: true,
    check: |_: &Cells, _: &mut Check| {},
};

/// A row of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReasonRow {
    /// Where it is offered.
    pub verb: ReasonFor,
    pub code: String,
    pub zh: String,
    pub en: String,
}

impl ReasonRow {
    /// The row of cells that were read; `None` for others.
    pub fn of(cells: &Cells) -> Option<Self> {
        Some(Self {
            verb: ReasonFor::parse(cell(cells, "verb"))?,
            code: cell(cells, "code").to_owned(),
            zh: cell(cells, column_of(Locale::Zh)).to_owned(),
            en: cell(cells, column_of(Locale::En)).to_owned(),
        })
    }

    /// The key of a row.
    pub fn key(verb: ReasonFor, code: &str) -> String {
        format!("{verb}/{code}")
    }

    /// Its words in a language.
    pub fn words(&self, locale: Locale) -> &str {
        match locale {
            Locale::Zh => &self.zh,
            Locale::En => &self.en,
        }
    }
}

const SHIPPED: [(ReasonFor, &str, Text); 10] = [
    (
        ReasonFor::Recall,
        "wrong_unit",
        text("派错单位", "The wrong unit"),
    ),
    (
        ReasonFor::Recall,
        "doubled",
        text("与其他工单重复", "The same as another ticket"),
    ),
    (
        ReasonFor::Recall,
        "changed",
        text("诉求内容有变化", "The request changed"),
    ),
    (
        ReasonFor::Review,
        "vague",
        text("答复不具体", "The reply says nothing definite"),
    ),
    (
        ReasonFor::Review,
        "incomplete",
        text("没有回应全部诉求", "Not everything was answered"),
    ),
    (
        ReasonFor::Review,
        "no_evidence",
        text("缺少现场照片等佐证", "Photos or other evidence are missing"),
    ),
    (
        ReasonFor::Review,
        "no_contact",
        text("没有联系诉求人", "The citizen was not contacted"),
    ),
    (
        ReasonFor::Redo,
        "unsolved",
        text("问题没有解决", "The matter is not solved"),
    ),
    (
        ReasonFor::Redo,
        "untrue",
        text("答复与实际不符", "The reply does not agree with the facts"),
    ),
    (
        ReasonFor::Redo,
        "again",
        text("问题再次出现", "The matter came up again"),
    ),
];

/// The rows that are shipped.
pub(super) fn shipped() -> Vec<Cells> {
    let row = |(verb, code, words): &(ReasonFor, &str, Text)| {
        of_pairs([
            ("verb", Some(verb.to_string())),
            ("code", Some((*code).to_owned())),
            ("zh", Some(words.zh.to_owned())),
            ("en", Some(words.en.to_owned())),
        ])
    };
    SHIPPED.iter().map(row).collect()
}
