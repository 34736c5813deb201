//! Task planning (任务排程): when who of a unit does its part of a ticket, what of a plan clashes, and the load of each person.
//! Not here: the verb that plans (`verbs::parts::plan`), who may (`access`), reading (`services::planning`).
//! A plan binds nobody: limits run on, and who is responsible stays so.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::AssignmentStatus;
use super::view::{ColleagueView, Named, TicketRow};
use crate::calendar::Instant;
use crate::ids::{AssignmentId, UserId};

/// Days ahead for which something is planned.
pub const PLANNED_DAYS: u64 = 90;

codes! {
    /// The part of a day.
    DayPart {
        Whole = "D", "whole", "全天", "All day";
        Morning = "M", "morning", "上午", "Morning";
        Afternoon = "A", "afternoon", "下午", "Afternoon";
    }
}

codes! {
    /// What of a plan does not go together.
    PlanClash {
        Past = "past", "past", "计划日期已过", "The day is past";
        Late = "late", "late", "晚于办理期限", "After the deadline";
        RestDay = "rest_day", "rest_day", "非工作日", "No working day";
        Away = "away", "away", "当天不在岗", "Away on that day";
        TooMany = "too_many", "too_many", "当天安排过多", "Too much on that day";
    }
}

/// What a plan is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanFacts {
    /// The planned day.
    pub day: NaiveDate,
    /// Today.
    pub today: NaiveDate,
    /// When the part is due.
    pub due: Option<Instant>,
    /// Whether the unit works on that day.
    pub works: bool,
    /// Whether the person is away on that day.
    pub away: bool,
    /// Parts planned for the person on that day, this one included.
    pub same_day: i64,
    /// As many as a day may have.
    pub most: i32,
}

impl PlanFacts {
    /// What does not go together, in the order of the list.
    #[must_use]
    pub fn clashes(&self) -> Vec<PlanClash> {
        let is_so = |clash: &PlanClash| match clash {
            PlanClash::Past => self.day < self.today,
            PlanClash::Late => self.due.is_some_and(|due| self.day > due.date()),
            PlanClash::RestDay => !self.works,
            PlanClash::Away => self.away,
            PlanClash::TooMany => self.same_day > i64::from(self.most),
        };
        PlanClash::ALL.iter().copied().filter(is_so).collect()
    }
}

/// Who does a part, and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlannedView {
    /// Whose account it is.
    pub user: UserId,
    /// Name.
    pub name: String,
    /// The day, `yyyy-mm-dd`.
    pub day: String,
    /// The part of the day.
    pub day_part: DayPart,
    /// Hours that it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<i32>,
    /// What else is to be known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The plan of a part, and for whom it can be planned by whoever may do that.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartPlan {
    /// Absent where nothing is planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<PlannedView>,
    /// People of the unit.
    pub people: Vec<ColleagueView>,
}

/// What somebody of a unit has to do: the parts planned for him, and those that he answers for and nobody else is planned for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonLoad {
    /// Whose account it is; absent for parts that are nobody's yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// Name.
    pub name: String,
    /// Open parts.
    pub open: i64,
    /// Of those: due today.
    pub today: i64,
    /// Of those: overdue.
    pub overdue: i64,
    /// Hours planned for them.
    pub hours: i64,
    /// Until when he is away, where he is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub away_until: Option<Instant>,
}

/// An open part of the unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanItem {
    /// The part.
    pub assignment: AssignmentId,
    /// Its version.
    pub version: i32,
    /// How it stands.
    pub status: AssignmentStatus,
    /// Its ticket.
    pub ticket: TicketRow,
    /// When it is due.
    pub due_at: Option<Instant>,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<String>,
    /// Who does it, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<PlannedView>,
    /// What of that does not go together.
    pub clashes: Vec<PlanClash>,
}

/// The plan of a unit: load of each person, and a page of its open parts, unplanned ones first, then by day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanPage {
    /// The unit.
    pub unit: Named,
    /// Units whose plan the reader sees, this one included.
    pub units: Vec<Named>,
    /// Whether the reader plans; who does not sees what is his own.
    pub may_plan: bool,
    /// Load of each person.
    pub people: Vec<PersonLoad>,
    /// For whom can be planned.
    pub choices: Vec<ColleagueView>,
    /// Parts that a person has on one day at most, before it is said to be too much.
    pub most: i32,
    /// The parts.
    pub items: Vec<PlanItem>,
    /// The next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::day_start;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn each_clash_is_told() {
        let fits = PlanFacts {
            day: date("2026-03-10"),
            today: date("2026-03-10"),
            due: Some(day_start(date("2026-03-10"))),
            works: true,
            away: false,
            same_day: 6,
            most: 6,
        };
        assert_eq!(fits.clashes(), []);
        let clashes = PlanFacts {
            day: date("2026-03-08"),
            due: Some(day_start(date("2026-03-06"))),
            works: false,
            away: true,
            same_day: 7,
            ..fits
        };
        assert_eq!(clashes.clashes(), PlanClash::ALL);
    }
}
