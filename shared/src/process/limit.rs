//! The limit table: (stage, channel, kind, category, urgency, region, valid from) → limit; the most specific row wins.
//! The row used is stored on the ticket, so that later edits never move old deadlines (`domain.md` 3.4).
//! Not here: turning a limit into an instant (`calendar`).

use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::calendar::Instant;
use crate::ticket::{Channel, LimitUnit, RequestKind, Urgency};

codes! {
    /// What a limit is for.
    Stage {
        Ticket = "ticket", "ticket", "工单办理", "Whole ticket";
        Dispatch = "dispatch", "dispatch", "派单", "Dispatch";
        Sign = "sign", "sign", "签收", "Sign for";
        Handle = "handle", "handle", "办理", "Handle";
        Review = "review", "review", "办结审核", "Closing review";
        Visit = "visit", "visit", "回访", "Follow-up";
        Rule = "rule", "rule", "裁定", "Ruling";
        Contact = "contact", "contact", "首次联系", "First contact";
        Intake = "intake", "intake", "退回补充", "Back to intake";
    }
}

impl Stage {
    /// The post whose tasks have the limit, in whose shifts it counts; nothing where it is a whole unit's, or the ticket's.
    #[must_use]
    pub const fn post(self) -> Option<Role> {
        match self {
            Self::Dispatch | Self::Rule => Some(Role::Dispatcher),
            Self::Sign => Some(Role::UnitLiaison),
            Self::Review => Some(Role::ClosingReviewer),
            Self::Visit => Some(Role::FollowUp),
            Self::Ticket | Self::Handle | Self::Contact | Self::Intake => None,
        }
    }

    /// Whether a table without a limit for it leaves a clock without one. By when the citizen is first called is told to who handles it; what goes
    /// back to intake has the shipped limit where the table, being older, has none.
    pub const fn is_needed(self) -> bool {
        !matches!(self, Self::Contact | Self::Intake)
    }
}

/// A time limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// How many units.
    pub value: i32,
    /// Of what.
    pub unit: LimitUnit,
}

/// One row of the table; `None` means "any".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitRule {
    /// Row id, stored on the ticket.
    pub id: i64,
    /// Profile name, for example `JS-DEFAULT`.
    pub profile: String,
    pub stage: Stage,
    pub channel: Option<Channel>,
    pub kind: Option<RequestKind>,
    /// Category code or prefix.
    pub category: Option<String>,
    pub urgency: Option<Urgency>,
    /// Division prefix (`place::prefix`).
    pub region: Option<String>,
    /// The row holds for tickets accepted from then on, in UTC milliseconds.
    pub valid_from: i64,
    /// Tickets accepted from then on have another row, or none.
    pub valid_until: Option<i64>,
    /// Clocks that start from then on have it, whenever their ticket was accepted: it was published for open tickets as well.
    pub open_from: Option<i64>,
    /// No clock that starts from then on has it.
    pub open_until: Option<i64>,
    pub limit: Limit,
}

/// What a limit is looked up for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitQuery<'a> {
    pub stage: Stage,
    pub channel: Channel,
    pub kind: RequestKind,
    /// Leaf of the category tree, when known.
    pub category: Option<&'a str>,
    pub urgency: Urgency,
    /// Division code of the ticket.
    pub region: &'a str,
    /// When the ticket was accepted: a limit holds for those accepted from its day.
    pub accepted: Instant,
    /// When the clock starts.
    pub at: Instant,
}

impl LimitRule {
    fn fits(&self, query: &LimitQuery<'_>) -> bool {
        let prefix = |rule: Option<&String>, value: Option<&str>| {
            rule.is_none_or(|rule| value.is_some_and(|value| value.starts_with(rule.as_str())))
        };
        let has_begun = self.valid_from <= query.accepted.0
            || self.open_from.is_some_and(|from| from <= query.at.0);
        let is_over = self
            .valid_until
            .is_some_and(|until| until <= query.accepted.0)
            || self.open_until.is_some_and(|until| until <= query.at.0);
        self.stage == query.stage
            && has_begun
            && !is_over
            && self.channel.is_none_or(|channel| channel == query.channel)
            && self.kind.is_none_or(|kind| kind == query.kind)
            && self.urgency.is_none_or(|urgency| urgency == query.urgency)
            && prefix(self.category.as_ref(), query.category)
            && prefix(self.region.as_ref(), Some(query.region))
    }

    /// What makes a row more specific, in this order: urgency, depth of the category, depth of the region, kind, channel;
    /// then the later row. Urgency comes first, so that no category can lengthen an urgent ticket.
    fn rank(&self) -> impl Ord + use<> {
        (
            self.urgency.is_some(),
            self.category.as_ref().map_or(0, String::len),
            self.region.as_ref().map_or(0, String::len),
            self.kind.is_some(),
            self.channel.is_some(),
            self.valid_from,
            self.id,
        )
    }
}

/// The most specific row that fits; `None` when the table has none for the stage.
pub fn choose<'r>(rules: &'r [LimitRule], query: &LimitQuery<'_>) -> Option<&'r LimitRule> {
    rules
        .iter()
        .filter(|rule| rule.fits(query))
        .max_by_key(|rule| rule.rank())
}

/// The limit of a redo: half of the first one, at least two working days (`domain.md` 3.2, row 19).
pub fn redo(first: Limit) -> Limit {
    const LEAST: i32 = 2;
    let half = match first.unit {
        LimitUnit::WorkingDays => (first.value + 1) / 2,
        LimitUnit::WorkingHours
        | LimitUnit::Hours
        | LimitUnit::Minutes
        | LimitUnit::WorkingMinutes => LEAST,
    };
    Limit {
        value: half.max(LEAST),
        unit: LimitUnit::WorkingDays,
    }
}

const WD: LimitUnit = LimitUnit::WorkingDays;
const WH: LimitUnit = LimitUnit::WorkingHours;
const H: LimitUnit = LimitUnit::Hours;
const M: LimitUnit = LimitUnit::Minutes;

/// Stage, kind, urgency, value, unit.
type Row = (Stage, Option<RequestKind>, Option<Urgency>, i32, LimitUnit);

/// Rows of the default profile: stage, kind, urgency, value, unit (`domain.md` 3.2 and 3.4).
/// New databases begin with it; rows of older ones stay as they are.
const JS_DEFAULT: &[Row] = &[
    (Stage::Ticket, None, None, 5, WD),
    (Stage::Ticket, Some(RequestKind::Inquiry), None, 1, WD),
    (Stage::Ticket, None, Some(Urgency::Urgent), 24, H),
    (Stage::Ticket, None, Some(Urgency::Critical), 24, H),
    (Stage::Handle, None, None, 5, WD),
    (Stage::Handle, Some(RequestKind::Inquiry), None, 1, WD),
    (Stage::Handle, None, Some(Urgency::Urgent), 24, H),
    (Stage::Handle, None, Some(Urgency::Critical), 24, H),
    (Stage::Dispatch, None, None, 4, WH),
    (Stage::Dispatch, None, Some(Urgency::Urgent), 15, M),
    (Stage::Dispatch, None, Some(Urgency::Critical), 15, M),
    (Stage::Sign, None, None, 2, WH),
    (Stage::Sign, None, Some(Urgency::Urgent), 30, M),
    (Stage::Sign, None, Some(Urgency::Critical), 15, M),
    (Stage::Rule, None, None, 4, WH),
    (Stage::Review, None, None, 1, WD),
    (Stage::Visit, None, None, 2, WD),
    (Stage::Contact, None, None, 1, WD),
    (Stage::Contact, None, Some(Urgency::Urgent), 2, H),
    (Stage::Contact, None, Some(Urgency::Critical), 2, H),
    (Stage::Intake, None, None, 2, WH),
];

/// The shipped limit of what goes back to intake.
pub const INTAKE: Limit = Limit { value: 2, unit: WH };

/// The default profile `JS-DEFAULT` as rows of the table, ids from 1, valid from the beginning.
pub fn js_default() -> Vec<LimitRule> {
    let row = |(index, (stage, kind, urgency, value, unit)): (usize, &Row)| LimitRule {
        id: index as i64 + 1,
        profile: "JS-DEFAULT".to_owned(),
        stage: *stage,
        channel: None,
        kind: *kind,
        category: None,
        urgency: *urgency,
        region: None,
        valid_from: 0,
        valid_until: None,
        open_from: None,
        open_until: None,
        limit: Limit {
            value: *value,
            unit: *unit,
        },
    };
    JS_DEFAULT.iter().enumerate().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(kind: RequestKind, urgency: Urgency) -> LimitQuery<'static> {
        LimitQuery {
            stage: Stage::Ticket,
            channel: Channel::Phone,
            kind,
            category: Some("010203"),
            urgency,
            region: "320106",
            accepted: Instant(1_000),
            at: Instant(1_000),
        }
    }

    fn chosen(rules: &[LimitRule], query: &LimitQuery<'_>) -> Option<(i32, LimitUnit)> {
        choose(rules, query).map(|rule| (rule.limit.value, rule.limit.unit))
    }

    #[test]
    fn the_default_profile_gives_the_limits_of_the_domain_text() {
        let rules = js_default();
        assert_eq!(
            chosen(&rules, &query(RequestKind::Inquiry, Urgency::Normal)),
            Some((1, WD))
        );
        assert_eq!(
            chosen(&rules, &query(RequestKind::Complaint, Urgency::Normal)),
            Some((5, WD))
        );
        assert_eq!(
            chosen(&rules, &query(RequestKind::Inquiry, Urgency::Critical)),
            Some((24, H))
        );
        let sign = |urgency| {
            let query = LimitQuery {
                stage: Stage::Sign,
                ..query(RequestKind::Complaint, urgency)
            };
            chosen(&rules, &query)
        };
        assert_eq!(sign(Urgency::Urgent), Some((30, M)));
        assert_eq!(sign(Urgency::Critical), Some((15, M)));
        let lane = |stage, urgency| {
            let query = LimitQuery {
                stage,
                ..query(RequestKind::Complaint, urgency)
            };
            chosen(&rules, &query)
        };
        assert_eq!(lane(Stage::Dispatch, Urgency::Urgent), Some((15, M)));
        assert_eq!(lane(Stage::Contact, Urgency::Critical), Some((2, H)));
        assert_eq!(lane(Stage::Contact, Urgency::Normal), Some((1, WD)));
        for stage in Stage::ALL {
            let query = LimitQuery {
                stage: *stage,
                ..query(RequestKind::Other, Urgency::Normal)
            };
            assert!(choose(&rules, &query).is_some(), "no limit for {stage}");
        }
    }

    #[test]
    fn the_most_specific_row_wins_and_later_rows_do_not_reach_back() {
        let mut rules = js_default();
        let base = rules[0].clone();
        rules.push(LimitRule {
            id: 90,
            category: Some("01".into()),
            limit: Limit { value: 7, unit: WD },
            ..base.clone()
        });
        rules.push(LimitRule {
            id: 91,
            category: Some("0102".into()),
            limit: Limit { value: 9, unit: WD },
            ..base.clone()
        });
        rules.push(LimitRule {
            id: 92,
            region: Some("3201".into()),
            limit: Limit { value: 3, unit: WD },
            ..base.clone()
        });
        rules.push(LimitRule {
            id: 93,
            category: Some("0102".into()),
            valid_from: 5_000,
            limit: Limit { value: 2, unit: WD },
            ..base
        });
        assert_eq!(
            chosen(&rules, &query(RequestKind::Help, Urgency::Normal)),
            Some((9, WD))
        );
        assert_eq!(
            chosen(&rules, &query(RequestKind::Help, Urgency::Urgent)),
            Some((24, H)),
            "urgency before category"
        );
        let elsewhere = LimitQuery {
            category: None,
            ..query(RequestKind::Help, Urgency::Normal)
        };
        assert_eq!(chosen(&rules, &elsewhere), Some((3, WD)));
        let later = LimitQuery {
            accepted: Instant(6_000),
            at: Instant(6_000),
            ..query(RequestKind::Help, Urgency::Normal)
        };
        assert_eq!(chosen(&rules, &later), Some((2, WD)));
    }

    #[test]
    fn an_open_ticket_keeps_its_limit_unless_the_new_one_is_for_open_tickets_too() {
        let old = LimitRule {
            valid_until: Some(5_000),
            ..js_default()[0].clone()
        };
        let new = LimitRule {
            id: 90,
            valid_from: 5_000,
            valid_until: None,
            limit: Limit { value: 3, unit: WD },
            ..old.clone()
        };
        let of = |accepted, at| LimitQuery {
            accepted: Instant(accepted),
            at: Instant(at),
            ..query(RequestKind::Help, Urgency::Normal)
        };
        let rules = [old.clone(), new.clone()];
        assert_eq!(chosen(&rules, &of(4_000, 4_000)), Some((5, WD)));
        assert_eq!(
            chosen(&rules, &of(4_000, 6_000)),
            Some((5, WD)),
            "accepted before"
        );
        assert_eq!(chosen(&rules, &of(5_000, 5_000)), Some((3, WD)));
        let too = LimitRule {
            open_from: Some(5_000),
            ..new
        };
        let rules = [old.clone(), too];
        assert_eq!(
            chosen(&rules, &of(4_000, 4_500)),
            Some((5, WD)),
            "its clock runs"
        );
        assert_eq!(chosen(&rules, &of(4_000, 6_000)), Some((3, WD)));
        let gone = LimitRule {
            open_until: Some(5_000),
            ..old
        };
        let rules = [gone];
        assert_eq!(chosen(&rules, &of(4_000, 6_000)), None);
        assert_eq!(chosen(&rules, &of(4_000, 4_500)), Some((5, WD)));
    }

    #[test]
    fn a_redo_gets_half_of_the_first_limit() {
        assert_eq!(
            redo(Limit { value: 5, unit: WD }),
            Limit { value: 3, unit: WD }
        );
        assert_eq!(
            redo(Limit { value: 1, unit: WD }),
            Limit { value: 2, unit: WD }
        );
        assert_eq!(
            redo(Limit { value: 24, unit: H }),
            Limit { value: 2, unit: WD }
        );
    }
}
