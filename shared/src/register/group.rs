//! Under which head the page of all lists shows a list.
//! Not here: what a list has (`lists`).
//! Inside a group the lists stand in the order in which an office fills them.

use super::ListCode;

codes! {
    /// What lists are about.
    ListGroup {
        Units = "units", "units", "单位和地区", "Units and places";
        Matters = "matters", "matters", "事项和工单内容", "Categories and what tickets hold";
        Time = "time", "time", "时限和督办", "Time limits and escalation";
        Words = "words", "words", "文字和告知", "Texts and who is told";
        Rules = "rules", "rules", "参数和规则", "Settings and rules";
    }
}

impl ListCode {
    /// The group in which it is shown.
    pub const fn group(self) -> ListGroup {
        match self {
            Self::Units | Self::Duties | Self::Bodies | Self::Divisions | Self::Population => {
                ListGroup::Units
            }
            Self::Categories
            | Self::Reasons
            | Self::Tags
            | Self::Checklist
            | Self::Channels
            | Self::Own
            | Self::Aliases
            | Self::Synonyms => ListGroup::Matters,
            Self::Limits | Self::Calendar | Self::Hours | Self::Levels | Self::Ladder => {
                ListGroup::Time
            }
            Self::Templates | Self::Texts | Self::Told => ListGroup::Words,
            Self::Settings | Self::Quality | Self::Warnings => ListGroup::Rules,
        }
    }
}
