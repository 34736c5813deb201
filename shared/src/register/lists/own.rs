//! Own fields (自有字段) of tickets and approvals: what an office asks beside what every office asks, each with its kind, who asks it and who sees it.
//! Not here: where answers are kept and shown (services).
//! A field that goes is asked no more; tickets keep their answers under its code. What is said of a person is sealed with the citizen's block and masked as that is.

use std::collections::BTreeSet;

use super::{cell, choices};
use crate::fault::{Check, Code};
use crate::personal::{FieldBasis, FieldPurpose, FieldRetention};
use crate::register::{Cells, Column, Kind, List, ListCode, WrongCell, column_of};
use crate::text::{Locale, text};

codes! {
    /// What is asked for.
    OwnKind {
        Line = "line", "line", "文字", "Words";
        Number = "number", "number", "数字", "Number";
        Day = "day", "day", "日期", "Day";
        Choice = "choice", "choice", "选项", "One of several";
        Person = "person", "person", "人名", "Person";
        Place = "place", "place", "区划代码", "Division code";
    }
}

codes! {
    /// Who asks for it.
    OwnAsk {
        Desk = "desk", "desk", "坐席和派单员", "The desk and the dispatcher";
        All = "all", "all", "还有群众的表单", "The citizen's form as well";
    }
}

codes! {
    /// Who sees it.
    OwnClass {
        Plain = "plain", "plain", "看得到工单的人", "Whoever sees the ticket";
        Centre = "centre", "centre", "只有中心", "The centre alone";
        Personal = "personal", "personal", "个人信息（脱敏）", "Personal, masked";
        Sensitive = "sensitive", "sensitive", "敏感个人信息（不显示，查看明文须理由）", "Sensitive personal, hidden until revealed";
    }
}

impl OwnClass {
    /// Whether what is answered is about a person: sealed with the citizen's block, masked, and revealed for a reason.
    #[must_use]
    pub const fn is_about_person(self) -> bool {
        matches!(self, Self::Personal | Self::Sensitive)
    }
}

codes! {
    /// Of what it is asked. Where nothing is said: of tickets.
    OwnOf {
        Tickets = "tickets", "tickets", "工单", "Tickets";
        Approvals = "approvals", "approvals", "办件", "Approvals";
        Both = "both", "both", "工单和办件", "Both";
    }
}

choices!(subjects, OwnOf);
choices!(kinds, OwnKind);
choices!(asks, OwnAsk);
choices!(classes, OwnClass);
choices!(purposes, FieldPurpose);
choices!(bases, FieldBasis);
choices!(retentions, FieldRetention);

/// What an office says of a sensitive field, before it is published.
const TOLD: [&str; 3] = ["purpose", "basis", "retention"];

/// Longest answer in words.
const WORDS: usize = 200;
/// Longest name of a person.
const NAME: usize = 40;
/// Most choices of one field.
const CHOICES: usize = 60;

/// The list.
pub(super) static LIST: List = List {
    code: ListCode::Own,
    columns: &[
        Column::new("code", text("编号", "Code"), Kind::Code(20))
            .key()
            .needed()
            .help(text("定下后不再改", "Permanent")),
        Column::new("zh", text("中文名称", "Chinese name"), Kind::Line(30))
            .needed()
            .heads(&["名称", "字段"]),
        Column::new("en", text("英文名称", "English name"), Kind::Line(60)).needed(),
        Column::new("kind", text("类型", "Kind"), Kind::Choice(kinds)).needed(),
        Column::new("choices", text("选项", "Choices"), Kind::Text(4_000)).help(text(
            "类型为选项时填写，一行一个：编号=中文|英文",
            "For one of several, a line each: code=中文|English",
        )),
        Column::new("ask", text("由谁填写", "Asked by"), Kind::Choice(asks)).needed(),
        Column::new(
            "needed",
            text("必填", "Required"),
            Kind::Choice(crate::register::yes),
        )
        .needed(),
        Column::new("class", text("谁能看", "Seen by"), Kind::Choice(classes)).needed(),
        Column::new(
            "categories",
            text("限于事项", "Only for categories"),
            Kind::Line(200),
        )
        .help(text(
            "事项编号，逗号分隔，上级编号包含下级；不填为所有工单都问",
            "Codes divided by commas, each with everything below it; empty to ask it of every ticket",
        ))
        .heads(&["事项", "事项编号"]),
        Column::new("of", text("用于", "Asked of"), Kind::Choice(subjects)).help(text(
            "不填为工单；办件在发起时填写",
            "Tickets where nothing is chosen; of approvals whoever files is asked",
        )),
        Column::new("purpose", text("收集目的", "What it is for"), Kind::Choice(purposes)).help(text(
            "敏感个人信息（健康、未成年人、银行卡等）必填",
            "Needed of what is sensitive: health, minors, bank cards",
        )),
        Column::new("basis", text("法律依据", "Legal basis"), Kind::Choice(bases))
            .help(text("敏感个人信息必填", "Needed of what is sensitive")),
        Column::new("retention", text("保存期限", "Kept for"), Kind::Choice(retentions))
            .help(text("敏感个人信息必填", "Needed of what is sensitive")),
    ],
    has_supplements: true,
    is_nearest: false,
    needs_second: false,
    removable: true,
    check,
};

fn check(cells: &Cells, check: &mut Check) {
    let kind = OwnKind::parse(cell(cells, "kind"));
    let listed = choices_of(cell(cells, "choices"));
    if kind == Some(OwnKind::Choice) {
        match &listed {
            Ok(all) if all.is_empty() => check.add("choices", Code::InputRequired),
            Ok(all) if all.len() > CHOICES => check.add_with(
                "choices",
                Code::InputTooLong,
                &[("max", &CHOICES), ("length", &all.len())],
            ),
            Ok(_) => {}
            Err(line) => check.add_with("choices", Code::InputCode, &[("value", line)]),
        }
    } else if !cell(cells, "choices").is_empty() {
        check.add("choices", Code::InputBody);
    }
    let wrong = categories_of(cell(cells, "categories"))
        .into_iter()
        .find(|code| !matches!(code.len(), 2 | 4 | 6) || !code.bytes().all(|b| b.is_ascii_digit()));
    if let Some(code) = wrong {
        check.add_with("categories", Code::InputCategory, &[("value", &code)]);
    }
    if OwnOf::parse(cell(cells, "of")) == Some(OwnOf::Approvals)
        && !cell(cells, "categories").is_empty()
    {
        check.add("categories", Code::InputBody);
    }
    let class = OwnClass::parse(cell(cells, "class"));
    if class == Some(OwnClass::Sensitive) {
        for name in TOLD {
            if cell(cells, name).is_empty() {
                check.add(name, Code::InputRequired);
            }
        }
    }
    if kind == Some(OwnKind::Person) && class.is_some_and(|it| !it.is_about_person()) {
        check.add_with(
            "class",
            Code::InputCode,
            &[("value", &cell(cells, "class"))],
        );
    }
}

/// One of several answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnChoice {
    pub code: String,
    pub zh: String,
    pub en: String,
}

/// The choices of a cell; the line that is none, or whose code comes twice.
fn choices_of(cell: &str) -> Result<Vec<OwnChoice>, String> {
    let mut known = BTreeSet::new();
    let lines = cell.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let read = || {
                let (code, words) = line.split_once('=')?;
                let (zh, en) = words.split_once('|').unwrap_or((words, words));
                let code = Kind::Code(20)
                    .read(code)
                    .ok()
                    .filter(|code| !code.is_empty())?;
                let (zh, en) = (zh.trim().to_owned(), en.trim().to_owned());
                (!zh.is_empty() && !en.is_empty()).then_some(OwnChoice { code, zh, en })
            };
            let choice = read().filter(|choice| known.insert(choice.code.clone()));
            choice.ok_or_else(|| line.chars().take(40).collect())
        })
        .collect()
}

/// The codes of a cell, divided by commas of either width.
fn categories_of(cell: &str) -> Vec<String> {
    let words = cell.split([',', '，', '、']).map(str::trim);
    let codes = words.filter(|word| !word.is_empty());
    codes.map(str::to_owned).collect()
}

/// A row of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnField {
    pub code: String,
    pub zh: String,
    pub en: String,
    pub kind: OwnKind,
    pub choices: Vec<OwnChoice>,
    pub ask: OwnAsk,
    pub is_needed: bool,
    pub class: OwnClass,
    /// Codes of the categories for which it is asked; none for every ticket.
    pub categories: Vec<String>,
    /// Of what it is asked.
    pub of: OwnOf,
    /// What it is for, on which ground it is kept and for how long, where the office says so.
    pub purpose: Option<FieldPurpose>,
    pub basis: Option<FieldBasis>,
    pub retention: Option<FieldRetention>,
}

impl OwnField {
    /// The row of cells that were read; `None` for others.
    pub fn of(cells: &Cells) -> Option<Self> {
        Some(Self {
            code: cell(cells, "code").to_owned(),
            zh: cell(cells, column_of(Locale::Zh)).to_owned(),
            en: cell(cells, column_of(Locale::En)).to_owned(),
            kind: OwnKind::parse(cell(cells, "kind"))?,
            choices: choices_of(cell(cells, "choices")).unwrap_or_default(),
            ask: OwnAsk::parse(cell(cells, "ask"))?,
            is_needed: cell(cells, "needed") == "yes",
            class: OwnClass::parse(cell(cells, "class"))?,
            categories: categories_of(cell(cells, "categories")),
            of: OwnOf::parse(cell(cells, "of")).unwrap_or(OwnOf::Tickets),
            purpose: FieldPurpose::parse(cell(cells, "purpose")),
            basis: FieldBasis::parse(cell(cells, "basis")),
            retention: FieldRetention::parse(cell(cells, "retention")),
        })
    }

    /// Whether it is asked of a ticket with this category.
    pub fn is_asked_of(&self, category: Option<&str>) -> bool {
        let below = |code: &String| category.is_some_and(|category| category.starts_with(code));
        self.categories.is_empty() || self.categories.iter().any(below)
    }

    /// Its name in a language.
    pub fn name(&self, locale: Locale) -> &str {
        match locale {
            Locale::Zh => &self.zh,
            Locale::En => &self.en,
        }
    }

    /// An answer in its one way of writing; empty for none.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(&self, raw: &str) -> Result<String, WrongCell> {
        match self.kind {
            OwnKind::Line => Kind::Line(WORDS).read(raw),
            OwnKind::Person => Kind::Line(NAME).read(raw),
            OwnKind::Number => Kind::Number(-999_999_999, 999_999_999).read(raw),
            OwnKind::Day => Kind::Day.read(raw),
            OwnKind::Place => Kind::Place.read(raw),
            OwnKind::Choice => {
                let code = crate::input::code(raw);
                let known = |choice: &OwnChoice| choice.code == code;
                if code.is_empty() || self.choices.iter().any(known) {
                    Ok(code)
                } else {
                    Err(WrongCell {
                        code: Code::InputCode,
                        facts: vec![("value", raw.chars().take(40).collect())],
                    })
                }
            }
        }
    }

    /// An answer as it is read.
    pub fn shown<'v>(&'v self, value: &'v str, locale: Locale) -> &'v str {
        let choice = self.choices.iter().find(|choice| choice.code == value);
        choice.map_or(value, |choice| match locale {
            Locale::Zh => &choice.zh,
            Locale::En => &choice.en,
        })
    }
}

/// Nothing is shipped: what an office asks beside the rest is its own.
pub(super) fn shipped() -> Vec<Cells> {
    Vec::new()
}
