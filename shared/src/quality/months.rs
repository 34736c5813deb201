//! Scores by month: of units and centres by city, and of each table that the rules look at.
//! Not here: the formula (`score`), counting (`services::quality::months`).
//! A month's tickets are those accepted in it.

use serde::{Deserialize, Serialize};

use super::{Open, QualityRule, ScoreWeights};
use crate::calendar::Instant;
use crate::ticket::view::Named;

codes! {
    /// A table that the rules look at.
    QualityTable {
        Tickets = "tickets", "tickets", "工单", "Tickets";
        Citizens = "citizens", "citizens", "诉求人", "Citizens";
        Assignments = "assignments", "assignments", "承办件", "Assignments";
        Replies = "replies", "replies", "答复", "Replies";
        Applications = "applications", "applications", "申请和认定", "Applications and rulings";
        Voices = "voices", "voices", "回访和评价", "Follow-ups and ratings";
        Process = "process", "process", "流程和过程记录", "Process and history";
        Others = "others", "others", "其他", "Others";
    }
}

impl QualityTable {
    /// The table that a rule looks at.
    pub const fn of(rule: QualityRule) -> Self {
        use QualityRule as Q;
        match rule {
            Q::V01 | Q::V05 | Q::V06 | Q::V09 | Q::V10 | Q::V11 | Q::V14 | Q::V19 | Q::V30 => {
                Self::Tickets
            }
            Q::V02 | Q::V03 | Q::V04 | Q::V12 => Self::Citizens,
            Q::V08 | Q::V13 => Self::Assignments,
            Q::V16 | Q::V17 | Q::V18 => Self::Replies,
            Q::V07 | Q::V22 => Self::Applications,
            Q::V24 => Self::Voices,
            Q::V20 | Q::V21 | Q::V23 => Self::Process,
            Q::V15 | Q::V25 | Q::V26 | Q::V27 | Q::V28 | Q::V29 => Self::Others,
        }
    }
}

/// A score as it was frozen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FrozenScore {
    /// Tickets then.
    pub tickets: i64,
    /// Open findings then.
    pub open: Open,
    /// In thousandths; absent without tickets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<i64>,
    /// The weights that it was reckoned with: those of the day on which it was frozen, unless the reader names others.
    #[serde(default)]
    pub weights: ScoreWeights,
    /// When it was frozen.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub as_of: Instant,
}

/// The score of a unit, or of the centre, in a city and a month.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MonthScore {
    /// The unit; absent: the centre of the city.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Named>,
    /// The city.
    pub region: Named,
    /// Tickets accepted in the month.
    pub tickets: i64,
    /// Their findings that are open now.
    pub open: Open,
    /// In thousandths; absent without tickets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<i64>,
    /// As it was frozen, once it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frozen: Option<FrozenScore>,
}

/// The score of a table in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TableScore {
    /// The table.
    pub table: QualityTable,
    /// Open findings of the rules that look at it.
    pub open: Open,
    /// In thousandths; absent without tickets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<i64>,
}

/// The scores of a month in the reader's scope.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MonthScores {
    /// `yyyy-mm`.
    pub month: String,
    /// When it was counted.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub as_of: Instant,
    /// When the rules looked last; absent before the first look, when nothing is found because nobody looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub looked_at: Option<Instant>,
    /// The weights that the scores of today were reckoned with.
    #[serde(default)]
    pub weights: ScoreWeights,
    /// The weights that hold now.
    #[serde(default)]
    pub holding: ScoreWeights,
    /// Tickets of the month in the scope.
    pub tickets: i64,
    /// A row each, the worst first.
    pub items: Vec<MonthScore>,
    /// A row each, in the order of the list.
    pub tables: Vec<TableScore>,
    /// There are more rows than are shown.
    pub more: bool,
}
