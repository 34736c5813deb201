//! Public texts (公开文字): what the office calls itself and says to everybody, in both languages. Citizens' pages, the desk and messages show them.
//! Not here: messages (`templates`).
//! A row that is taken away leaves the shipped text. Citizens' pages are the whole installation's; only some texts are a city's own.

use super::{cell, choices, of_pairs};
use crate::fault::{Check, Code};
use crate::register::{Cells, Column, Held, Kind, List, ListCode, column_of};
use crate::text::{Locale, Text, text};

codes! {
    /// A text of the office.
    TextCode {
        OfficeName = "office_name", "office_name", "单位名称（页脚）", "Name of the office";
        HomeLine = "home_line", "home_line", "首页宣传语", "Line of the start page";
        OpeningHours = "opening_hours", "opening_hours", "服务时间", "Opening hours";
        Contact = "contact", "contact", "联系方式", "How to reach the office";
        FormNotice = "form_notice", "form_notice", "诉求表单提示", "Notice on the citizen's form";
        Privacy = "privacy", "privacy", "个人信息保护说明", "Privacy statement";
        Greeting = "greeting", "greeting", "电话问候语", "Hotline greeting";
        Signature = "signature", "signature", "短信签名", "Signature of messages";
    }
}

choices!(names, TextCode);

/// Longest signature: operators take no longer one.
const SIGNATURE: usize = 20;
/// Longest text but the privacy statement.
const SHORT: usize = 400;

impl TextCode {
    /// Whether a city may have its own: where it is known whose reader it is.
    pub const fn is_local(self) -> bool {
        matches!(self, Self::Greeting | Self::Signature)
    }

    /// Longest it may be.
    pub const fn longest(self) -> usize {
        match self {
            Self::Signature => SIGNATURE,
            Self::Privacy => LONGEST,
            _ => SHORT,
        }
    }

    /// As it is shipped.
    pub const fn shipped(self) -> Text {
        match self {
            Self::OfficeName => text(
                "民声 12345 政务服务便民热线",
                "Minsheng 12345 public service hotline",
            ),
            Self::HomeLine => text(
                "生活中的难题，说给我们听，件件有答复。",
                "Tell us what is wrong. Every request gets an answer.",
            ),
            Self::OpeningHours => text(
                "热线全天 24 小时接听，网上随时可以提交。",
                "The hotline answers day and night; requests can be filed online at any time.",
            ),
            Self::Contact => text("电话：12345", "Telephone: 12345"),
            Self::FormNotice => text(
                "不用注册。提交后给您工单号和查询码，随时查进度。",
                "No account needed. You get a ticket number and a code to follow it.",
            ),
            Self::Privacy => text(
                "我们收集您的姓名、电话和所说的内容，只为办理您的诉求和回访。\n承办单位只看到办理需要的部分；您要求保密的，承办单位看不到您是谁。\n每次查看您的电话和姓名都有记录。您可以拨打 12345 查询、更正您的信息，或要求保密。",
                "We collect your name, your telephone number and what you tell us to handle your request and to call you back, and for nothing else.\nThe unit in charge sees what it needs for that; if you ask for confidentiality, it does not learn who you are.\nEach look at your number and name is recorded. Call 12345 to learn or correct what we have of you, or to ask for confidentiality.",
            ),
            Self::Greeting => text(
                "您好，这里是 12345 热线，请问有什么可以帮您？",
                "Hello, this is the 12345 hotline. How can I help you?",
            ),
            Self::Signature => text("12345民声", "12345 Minsheng"),
        }
    }

    /// What the office says at a place, else what is shipped.
    pub fn said<'h>(self, held: Option<&'h Held>, region: &str, locale: Locale) -> &'h str {
        let row = held.and_then(|held| held.get(region, self.as_str()));
        let said = row.and_then(|cells| cells.get(column_of(locale)));
        said.map_or_else(|| self.shipped().get(locale), String::as_str)
    }
}

/// Longest text of all.
const LONGEST: usize = 4_000;

/// The list.
pub(super) static LIST: List = List {
    code: ListCode::Texts,
    columns: &[
        Column::new("name", text("文字", "Text"), Kind::Choice(names))
            .key()
            .needed(),
        Column::new("zh", text("中文", "Chinese"), Kind::Text(LONGEST)).needed(),
        Column::new("en", text("英文", "English"), Kind::Text(LONGEST)).needed(),
    ],
    has_supplements: true,
    is_nearest: true,
    needs_second: true,
    removable: true,
    check,
};

fn check(cells: &Cells, check: &mut Check) {
    let Some(code) = TextCode::parse(cell(cells, "name")) else {
        return;
    };
    let max = code.longest();
    for column in ["zh", "en"] {
        let length = cell(cells, column).chars().count();
        if length > max {
            check.add_with(
                column,
                Code::InputTooLong,
                &[("max", &max), ("length", &length)],
            );
        }
        if code == TextCode::Signature && cell(cells, column).contains(['【', '】', '[', ']', '\n'])
        {
            check.add(column, Code::InputCharacters);
        }
    }
}

/// The rows of the shipped texts.
pub(super) fn shipped() -> Vec<Cells> {
    let row = |code: &TextCode| {
        let text = code.shipped();
        of_pairs([
            ("name", Some(code.to_string())),
            ("zh", Some(text.zh.to_owned())),
            ("en", Some(text.en.to_owned())),
        ])
    };
    TextCode::ALL.iter().map(row).collect()
}
