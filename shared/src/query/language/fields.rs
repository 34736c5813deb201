//! What a condition can ask about, and how: the one table of names, kinds and operators.
//! Not here: where the answers stand (store), the office's own fields (data; `Subject::Own`).
//! A field is typed by its word or by its Chinese name, a value of a code by word, code or name.

use crate::ticket::{Channel, Light, RequestKind, Satisfaction, Solved, TicketState, Urgency};

codes! {
    /// What a condition asks about.
    Field {
        State = "state", "state", "状态", "State";
        Kind = "kind", "kind", "诉求类型", "Type";
        Channel = "channel", "channel", "渠道", "Channel";
        Level = "level", "level", "紧急程度", "Urgency";
        Light = "light", "light", "红绿灯", "Light";
        Overdue = "overdue", "overdue", "超期未办结", "Open and overdue";
        Category = "category", "category", "类别", "Category";
        Area = "area", "area", "地区", "Place";
        Unit = "unit", "unit", "承办单位", "Unit with a part";
        Lead = "lead", "lead", "主办单位", "Lead unit";
        Tag = "tag", "tag", "标签", "Tag";
        Number = "number", "number", "工单号", "Ticket number";
        External = "external", "external", "外部编号", "Number of another system";
        Source = "source", "source", "来源系统", "System it came from";
        Accepted = "accepted", "accepted", "受理时间", "Accepted";
        Dispatched = "dispatched", "dispatched", "首次派单时间", "First dispatched";
        Replied = "replied", "replied", "反馈时间", "Replied";
        Reviewed = "reviewed", "reviewed", "办结审核时间", "Reviewed";
        Closed = "closed", "closed", "办结时间", "Closed";
        Due = "due", "due", "期限", "Due";
        Updated = "updated", "updated", "最近更新", "Last changed";
        Returns = "returns", "returns", "退单次数", "Times sent back";
        Cycles = "cycles", "cycles", "重办次数", "Times done again";
        Urges = "urges", "urges", "催办次数", "Times urged";
        Satisfaction = "satisfaction", "satisfaction", "最近满意度", "Latest satisfaction";
        Solved = "solved", "solved", "解决情况", "Solved";
        Anonymous = "anonymous", "anonymous", "匿名", "Anonymous";
        Confidential = "confidential", "confidential", "保密", "Confidential";
        Counted = "counted", "counted", "计入考核", "Counted in assessments";
        Unreasonable = "unreasonable", "unreasonable", "不合理诉求", "Unreasonable demand";
        Difficult = "difficult", "difficult", "疑难工单", "Hard case";
        Supervised = "supervised", "supervised", "有督办", "Has a directive";
        Event = "event", "event", "事件", "Event (its lead ticket)";
        Registrar = "registrar", "registrar", "登记人", "Registered by";
        Handler = "handler", "handler", "责任人", "Person responsible";
        Phone = "phone", "phone", "电话", "Phone";
        Name = "name", "name", "姓名", "Name";
        IdNo = "idno", "idno", "证件号", "Identity number";
    }
}

codes! {
    /// How a field is compared.
    Op {
        Eq = "=", "=", "等于", "is";
        Ne = "!=", "!=", "不等于", "is not";
        In = "in", "in", "属于其中之一", "is one of";
        Lt = "<", "<", "小于（早于）", "is below (before)";
        Le = "<=", "<=", "不大于（不晚于）", "is at most (not after)";
        Gt = ">", ">", "大于（晚于）", "is above (after)";
        Ge = ">=", ">=", "不小于（不早于）", "is at least (not before)";
        Between = "between", "between", "介于（含两端）", "lies between (both ends too)";
        Under = "under", "under", "及其下级（以此开头）", "is this or below (begins with)";
        Empty = "is empty", "is empty", "为空", "is empty";
        Filled = "is not empty", "is not empty", "不为空", "is not empty";
    }
}

/// What kind of answers a field has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// One of a list of codes.
    Code,
    /// One of a list of codes, or nothing yet.
    Answer,
    /// Yes or no.
    Flag,
    /// A whole number from 0.
    Number,
    /// A day or a moment, or nothing yet.
    Time,
    /// A division code.
    Area,
    /// A unit's code.
    Unit,
    /// A code in a tree, or nothing yet.
    Tree,
    /// A mark of which a ticket may have several, and an answer to an own field.
    Mark,
    /// A text, or nothing.
    Text,
    /// Who somebody is: exact, and by a mark alone, never by what was typed (`mark`).
    Person,
}

impl FieldKind {
    /// By which operators it can be asked.
    pub const fn ops(self) -> &'static [Op] {
        use Op::{Between, Empty, Eq, Filled, Ge, Gt, In, Le, Lt, Ne, Under};
        match self {
            Self::Code | Self::Mark => &[Eq, Ne, In],
            Self::Answer => &[Eq, Ne, In, Empty, Filled],
            Self::Flag => &[Eq, Ne],
            Self::Number => &[Eq, Ne, In, Lt, Le, Gt, Ge, Between],
            Self::Time => &[Eq, Ne, Lt, Le, Gt, Ge, Between, Empty, Filled],
            Self::Area | Self::Unit => &[Eq, Ne, In, Under],
            Self::Tree | Self::Text => &[Eq, Ne, In, Under, Empty, Filled],
            Self::Person => &[Eq, In],
        }
    }
}

/// A value of a list of codes: as it is stored, and as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coded {
    /// The stored code.
    pub code: &'static str,
    /// The word.
    pub word: &'static str,
    /// What people read.
    pub label: crate::text::Text,
}

macro_rules! coded {
    ($ty:ty) => {
        <$ty>::ALL
            .iter()
            .map(|value| Coded {
                code: value.code(),
                word: value.as_str(),
                label: value.text(),
            })
            .collect()
    };
}

impl Field {
    /// What kind of answers it has.
    pub const fn kind(self) -> FieldKind {
        match self {
            Self::State | Self::Kind | Self::Channel | Self::Level | Self::Satisfaction => {
                FieldKind::Code
            }
            Self::Light | Self::Solved => FieldKind::Answer,
            Self::Overdue
            | Self::Anonymous
            | Self::Confidential
            | Self::Counted
            | Self::Unreasonable
            | Self::Difficult
            | Self::Supervised => FieldKind::Flag,
            Self::Area => FieldKind::Area,
            Self::Unit => FieldKind::Unit,
            Self::Category | Self::Lead => FieldKind::Tree,
            Self::Tag | Self::Handler => FieldKind::Mark,
            Self::Number | Self::External | Self::Source | Self::Event | Self::Registrar => {
                FieldKind::Text
            }
            Self::Accepted
            | Self::Dispatched
            | Self::Replied
            | Self::Reviewed
            | Self::Closed
            | Self::Due
            | Self::Updated => FieldKind::Time,
            Self::Returns | Self::Cycles | Self::Urges => FieldKind::Number,
            Self::Phone | Self::Name | Self::IdNo => FieldKind::Person,
        }
    }

    /// The codes that it can be; none for fields that are no list of codes.
    pub fn codes(self) -> Vec<Coded> {
        match self {
            Self::State => coded!(TicketState),
            Self::Kind => coded!(RequestKind),
            Self::Channel => coded!(Channel),
            Self::Level => coded!(Urgency),
            Self::Light => coded!(Light),
            Self::Satisfaction => coded!(Satisfaction),
            Self::Solved => coded!(Solved),
            _ => Vec::new(),
        }
    }

    /// Whether a row of the list shows it to a unit whose part was returned or recalled too.
    pub const fn is_on_every_row(self) -> bool {
        matches!(
            self,
            Self::State
                | Self::Kind
                | Self::Channel
                | Self::Level
                | Self::Light
                | Self::Overdue
                | Self::Category
                | Self::Area
                | Self::Number
                | Self::Accepted
                | Self::Closed
                | Self::Due
                | Self::Anonymous
                | Self::Confidential
        )
    }

    /// The field for what somebody typed.
    pub(super) fn typed(text: &str) -> Option<Self> {
        Self::parse(&text.to_ascii_lowercase())
            .or_else(|| Self::ALL.iter().copied().find(|it| it.text().zh == text))
    }

    /// The code for what somebody typed.
    pub(super) fn code_typed(self, text: &str) -> Option<Coded> {
        let is_it = |it: &Coded| {
            it.code == text
                || it.word.eq_ignore_ascii_case(text)
                || it.label.zh == text
                || it.label.en.eq_ignore_ascii_case(text)
        };
        self.codes().into_iter().find(is_it)
    }
}
