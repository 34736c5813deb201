//! The escalation ladder (督办阶梯): which rungs a running clock passes, who is told and in what words. A city may put a row in the place of the
//! base's, or add rungs of its own.
//! Not here: when a clock reaches a rung (`crate::ladder`), telling people (services).
//! A rung that is not wanted is switched off, or its row taken away.

use super::{cell, choices, of_pairs};
use crate::fault::{Check, Code};
use crate::ladder::{Colour, Receiver, Rung, RungAct, Trigger};
use crate::register::{Cells, Column, Kind, List, ListCode, column_of, yes};
use crate::text::notification::template::check_words;
use crate::text::{Locale, Text, text};

choices!(triggers, Trigger);
choices!(colours, Colour);
choices!(acts, RungAct);

/// Longest words of a rung.
const LONGEST: usize = 200;
/// What a rung's words may have in braces.
const OFFERS: &[&str] = &["no", "count"];
/// What they must have.
const NEEDS: &[&str] = &["no"];

const fn told(name: &'static str, label: Text) -> Column {
    Column::new(name, label, Kind::Choice(yes))
}

/// The list.
pub(super) static LIST: List = List {
    code: ListCode::Ladder,
    columns: &[
        Column::new("code", text("编号", "Code"), Kind::Code(20))
            .key()
            .needed()
            .help(text("定下后不再改", "Permanent")),
        Column::new("zh", text("中文名称", "Chinese name"), Kind::Line(20))
            .needed()
            .heads(&["名称"]),
        Column::new("en", text("英文名称", "English name"), Kind::Line(40)).needed(),
        Column::new("trigger", text("何时", "When"), Kind::Choice(triggers)).needed(),
        Column::new("value", text("数值", "How many"), Kind::Number(0, 366))
            .needed()
            .help(text(
                "百分比 1 到 99；超期后 0 个工作日即到期时",
                "A percentage is 1 to 99; 0 working days after is the deadline itself",
            )),
        Column::new(
            "least",
            text("时限至少工作日", "Least limit in working days"),
            Kind::Number(0, 366),
        )
        .help(text(
            "只对不短于此的时限有这一级；不填为都有",
            "Only of limits that are not shorter; of all when empty",
        )),
        Column::new("colour", text("灯色", "Colour"), Kind::Choice(colours))
            .needed()
            .help(text(
                "到期前同色的几级以先到的为准",
                "Of rungs of one colour before the deadline the earliest counts",
            )),
        told("assigned", text("告知经办人", "Tells who has the task")),
        told(
            "liaison",
            text("告知单位联络员", "Tells the unit's liaison"),
        ),
        told(
            "reviewer",
            text("告知单位审核人", "Tells the unit's reviewer"),
        ),
        told("above", text("告知上级单位审核人", "Tells the unit above")),
        told("supervisor", text("告知中心督办员", "Tells the supervisor")),
        told("leader", text("告知中心领导", "Tells the centre's leader")),
        Column::new(
            "text_zh",
            text("中文提醒", "Words in Chinese"),
            Kind::Line(LONGEST),
        )
        .needed()
        .help(text(
            "{no} 为工单号（多件时为前几件），{count} 为件数",
            "{no} stands for the tickets' numbers (the first of many), {count} for how many",
        )),
        Column::new(
            "text_en",
            text("英文提醒", "Words in English"),
            Kind::Line(LONGEST),
        )
        .needed(),
        Column::new(
            "act",
            text("中心要做的事", "What the centre has to do"),
            Kind::Choice(acts),
        )
        .help(text(
            "到这一级时列入“超时报警”的待办；只提醒的不填",
            "Listed among the alarms when the rung is reached; empty where it only tells",
        )),
        Column::new("on", text("启用", "On"), Kind::Choice(yes)).needed(),
    ],
    has_supplements: true,
    is_nearest: true,
    needs_second: true,
    removable: true,
    check,
};

fn check(cells: &Cells, check: &mut Check) {
    for column in ["text_zh", "text_en"] {
        let words = cell(cells, column);
        if !words.is_empty() {
            check_words((OFFERS, NEEDS), column, words, check);
        }
    }
    let (Some(trigger), Ok(value)) = (
        Trigger::parse(cell(cells, "trigger")),
        cell(cells, "value").parse::<i32>(),
    ) else {
        return;
    };
    let (least, most) = match trigger {
        Trigger::Percent => (1, 99),
        Trigger::HoursLeft | Trigger::DaysLeft => (1, 366),
        Trigger::DaysAfter => (0, 366),
    };
    if !(least..=most).contains(&value) {
        check.add_with(
            "value",
            Code::InputNumber,
            &[("min", &least), ("max", &most)],
        );
    }
    if Rung::of(cells).is_some_and(|rung| rung.receivers.is_empty()) {
        check.add("assigned", Code::InputRequired);
    }
}

impl Rung {
    /// The row of cells that were read; `None` for others.
    pub fn of(cells: &Cells) -> Option<Self> {
        let told = |receiver: &Receiver| cell(cells, receiver.as_str()) == "yes";
        Some(Self {
            code: cell(cells, "code").to_owned(),
            zh: cell(cells, column_of(Locale::Zh)).to_owned(),
            en: cell(cells, column_of(Locale::En)).to_owned(),
            trigger: Trigger::parse(cell(cells, "trigger"))?,
            value: cell(cells, "value").parse().ok()?,
            least: cell(cells, "least").parse().unwrap_or(0),
            colour: Colour::parse(cell(cells, "colour"))?,
            receivers: Receiver::ALL.iter().copied().filter(told).collect(),
            text_zh: cell(cells, "text_zh").to_owned(),
            text_en: cell(cells, "text_en").to_owned(),
            act: RungAct::parse(cell(cells, "act")),
            is_on: cell(cells, "on") == "yes",
        })
    }

    /// Its name in a language.
    pub fn name(&self, locale: Locale) -> &str {
        match locale {
            Locale::Zh => &self.zh,
            Locale::En => &self.en,
        }
    }

    /// What its receivers are told, in a language.
    pub fn words(&self, locale: Locale) -> &str {
        match locale {
            Locale::Zh => &self.text_zh,
            Locale::En => &self.text_en,
        }
    }

    /// Its cells.
    pub fn cells(&self) -> Cells {
        let told = |receiver| {
            let is_told = self.receivers.contains(&receiver);
            is_told.then(|| "yes".to_owned())
        };
        of_pairs([
            ("code", Some(self.code.clone())),
            ("zh", Some(self.zh.clone())),
            ("en", Some(self.en.clone())),
            ("trigger", Some(self.trigger.to_string())),
            ("value", Some(self.value.to_string())),
            ("least", (self.least > 0).then(|| self.least.to_string())),
            ("colour", Some(self.colour.to_string())),
            ("assigned", told(Receiver::Assigned)),
            ("liaison", told(Receiver::Liaison)),
            ("reviewer", told(Receiver::Reviewer)),
            ("above", told(Receiver::Above)),
            ("supervisor", told(Receiver::Supervisor)),
            ("leader", told(Receiver::Leader)),
            ("text_zh", Some(self.text_zh.clone())),
            ("text_en", Some(self.text_en.clone())),
            ("act", self.act.map(|act| act.to_string())),
            ("on", Some(if self.is_on { "yes" } else { "no" }.to_owned())),
        ])
    }
}

/// A shipped rung: code, name, trigger with its number and the least limit, colour, receivers, words.
type Shipped = (
    &'static str,
    Text,
    (Trigger, i32, i32),
    Colour,
    &'static [Receiver],
    Text,
);

const SHIPPED: [Shipped; 8] = [
    (
        "half",
        text("时限过半", "Half of the limit"),
        (Trigger::Percent, 50, 0),
        Colour::Blue,
        &[Receiver::Assigned],
        text(
            "工单{no}的办理时限已过半。",
            "Half of the time for {no} is used.",
        ),
    ),
    (
        "most",
        text("时限用去八成", "80 % of the limit"),
        (Trigger::Percent, 80, 0),
        Colour::Yellow,
        &[Receiver::Assigned, Receiver::Liaison],
        text(
            "工单{no}的办理时限已用去八成，请抓紧办理。",
            "80 % of the time for {no} is used; please go on.",
        ),
    ),
    (
        "last_day",
        text("最后一个工作日", "The last working day"),
        (Trigger::DaysLeft, 1, 3),
        Colour::Yellow,
        &[Receiver::Assigned, Receiver::Liaison],
        text(
            "工单{no}只剩最后一个工作日，请抓紧办理。",
            "The last working day for {no} has come; please go on.",
        ),
    ),
    (
        "last_hours",
        text("最后四个工作小时", "The last four working hours"),
        (Trigger::HoursLeft, 4, 1),
        Colour::Orange,
        &[Receiver::Reviewer],
        text(
            "工单{no}四个工作小时内到期，请督促办结。",
            "{no} is due within four working hours; please see to it.",
        ),
    ),
    (
        "overdue",
        text("超期催办", "Overdue: urge"),
        (Trigger::DaysAfter, 0, 0),
        Colour::Red,
        &[
            Receiver::Assigned,
            Receiver::Liaison,
            Receiver::Reviewer,
            Receiver::Above,
        ],
        text(
            "催办：工单{no}已超过办理期限，请立即办理。",
            "Urge: {no} is past its deadline; please handle it at once.",
        ),
    ),
    (
        "phone",
        text("电话催办", "Urge by telephone"),
        (Trigger::DaysAfter, 1, 0),
        Colour::Red,
        &[Receiver::Liaison, Receiver::Reviewer, Receiver::Supervisor],
        text(
            "工单{no}超期 1 个工作日，应电话催办。",
            "{no} is 1 working day overdue; an urge by telephone is due.",
        ),
    ),
    (
        "supervision",
        text("应发督办单", "Supervision order due"),
        (Trigger::DaysAfter, 2, 0),
        Colour::Red,
        &[Receiver::Supervisor],
        text(
            "工单{no}超期 2 个工作日，应发督办单。",
            "{no} is 2 working days overdue; a supervision order is due.",
        ),
    ),
    (
        "listed",
        text("挂牌督办并通报", "Listed supervision and circular"),
        (Trigger::DaysAfter, 5, 0),
        Colour::Red,
        &[Receiver::Above, Receiver::Supervisor, Receiver::Leader],
        text(
            "工单{no}超期 5 个工作日，应挂牌督办并通报。",
            "{no} is 5 working days overdue; listed supervision and a circular are due.",
        ),
    ),
];

/// What a shipped rung gives the centre to do.
fn shipped_act(code: &str) -> Option<RungAct> {
    Some(match code {
        "phone" => RungAct::Call,
        "supervision" => RungAct::Order,
        "listed" => RungAct::Listed,
        _ => return None,
    })
}

/// The rows that are shipped.
pub(super) fn shipped() -> Vec<Cells> {
    let row = |(code, name, (trigger, value, least), colour, receivers, words): &Shipped| {
        let rung = Rung {
            code: (*code).to_owned(),
            zh: name.zh.to_owned(),
            en: name.en.to_owned(),
            trigger: *trigger,
            value: *value,
            least: *least,
            colour: *colour,
            receivers: receivers.to_vec(),
            text_zh: words.zh.to_owned(),
            text_en: words.en.to_owned(),
            act: shipped_act(code),
            is_on: true,
        };
        rung.cells()
    };
    SHIPPED.iter().map(row).collect()
}
