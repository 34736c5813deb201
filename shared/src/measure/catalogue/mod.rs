//! The catalogue of measures (指标目录): each has a code, a definition and nothing else; formulas in words, SQL, pages and lists follow.
//! A new one costs its row here and its definition in the file of its family. What the data cannot give is in `missing`.
//! Not here: what a condition means in SQL (`store::tickets::cells`).

mod citizens;
mod endings;
pub mod missing;
mod timeliness;
mod times;
mod units;
mod volume;

use super::predicate::{Anchor, Is, MeasureUnit, Side, Took};
use crate::text::Text;

codes! {
    /// A measure of the catalogue.
    Measure {
        Accepted = "accepted", "accepted", "受理量", "Accepted";
        Matters = "matters", "matters", "受理事项数", "Matters accepted";
        PhoneShare = "phone_share", "phone_share", "电话受理占比", "Share by phone";
        RepeatRate = "repeat_rate", "repeat_rate", "重复诉求率", "Repeated";
        UrgedRate = "urged_rate", "urged_rate", "催办率", "Urged";
        Overdue = "overdue", "overdue", "超期未结", "Overdue now";
        Difficult = "difficult", "difficult", "疑难件", "Hard cases";
        ThreeWayCalls = "three_way_calls", "three_way_calls", "三方通话件", "With a three-way call";
        NotCounted = "not_counted", "not_counted", "不计入考核", "Not counted";
        DirectRate = "direct_rate", "direct_rate", "一次办结率", "Closed at once";
        ForwardedShare = "forwarded_share", "forwarded_share", "转办占比", "Share dispatched";
        ClosedRate = "closed_rate", "closed_rate", "办结率", "Closed of those dispatched";
        Closed = "closed", "closed", "期内办结量", "Closed in the period";
        RedoRate = "redo_rate", "redo_rate", "重办率", "Handled again";
        OnTime = "on_time", "on_time", "按时办结率", "Answered on time";
        Late = "late", "late", "超期率", "Answered late";
        ExtendedRate = "extended_rate", "extended_rate", "延期率", "Extended";
        HandlingHours = "handling_hours", "handling_hours", "平均办理时长", "Mean time to the reply";
        ReplyP50 = "reply_p50", "reply_p50", "答复时长中位数", "Time to the reply, median";
        ReplyP90 = "reply_p90", "reply_p90", "答复时长九成位", "Time to the reply, 90th percentile";
        SignP50 = "sign_p50", "sign_p50", "签收时长中位数", "Time to signing, median";
        SignP90 = "sign_p90", "sign_p90", "签收时长九成位", "Time to signing, 90th percentile";
        CloseP50 = "close_p50", "close_p50", "办结时长中位数", "Time to closing, median";
        CloseP90 = "close_p90", "close_p90", "办结时长九成位", "Time to closing, 90th percentile";
        Dispatched = "dispatched", "dispatched", "派单量", "Dispatched";
        SignedOnTime = "signed_on_time", "signed_on_time", "按时签收率", "Signed for in time";
        ContactedOnTime = "contacted_on_time", "contacted_on_time", "按时联系率", "Contacted in time";
        DispatchAccuracy = "dispatch_accuracy", "dispatch_accuracy", "派单准确率", "Dispatched to the right unit";
        SendBackRate = "send_back_rate", "send_back_rate", "退单率", "Sent back";
        WrongSendBackRate = "wrong_send_back_rate", "wrong_send_back_rate", "不当退单率", "Send-backs refused";
        SupervisedRate = "supervised_rate", "supervised_rate", "督办率", "Supervised";
        Satisfied = "satisfied", "satisfied", "满意率", "Satisfied";
        SatisfiedStrict = "satisfied_strict", "satisfied_strict", "满意率（四级及以上）", "Satisfied, grade 4 and above";
        SatisfiedFirst = "satisfied_first", "satisfied_first", "首次满意率", "Satisfied at first";
        Solved = "solved", "solved", "解决率", "Solved";
    }
}

/// How a measure is reckoned from sets of tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formula {
    /// How many are in a set.
    Count(&'static [Is]),
    /// How many of those `among` are also `of`.
    Share {
        /// What the numerator's tickets are beside.
        of: &'static [Is],
        /// What the denominator's tickets are.
        among: &'static [Is],
    },
    /// The mean of the hours from the first dispatch to the reply, as the clock on the wall goes.
    Hours {
        /// The tickets over which it is taken.
        among: &'static [Is],
    },
    /// Of the tickets in the order of their hours, as the clock on the wall goes, the hours of the first that has so many percent of them behind it
    /// together with itself (nearest rank). It is the time of one ticket, so that rows do not sum to their total, which is counted by itself.
    Quantile {
        /// From when until when.
        took: Took,
        /// 50 for the median.
        percent: i64,
        /// The tickets over which it is taken.
        among: &'static [Is],
    },
}

/// A measure's definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    /// Raised with each change of the formula.
    pub version: u32,
    /// What puts a ticket into the period.
    pub anchor: Anchor,
    /// How it is reckoned.
    pub formula: Formula,
    /// With fewer in the denominator the value is marked; 0 for what is no rate.
    pub min_sample: i64,
    /// Where the formula comes from.
    pub source: Text,
}

/// With fewer than so many a rate says little (`domain.md` 4.2).
const SAMPLE: i64 = 10;

impl Definition {
    /// A number of tickets.
    const fn count(anchor: Anchor, set: &'static [Is], source: Text) -> Self {
        Self {
            version: 1,
            anchor,
            formula: Formula::Count(set),
            min_sample: 0,
            source,
        }
    }

    /// A rate.
    const fn share(anchor: Anchor, of: &'static [Is], among: &'static [Is], source: Text) -> Self {
        Self {
            version: 1,
            anchor,
            formula: Formula::Share { of, among },
            min_sample: SAMPLE,
            source,
        }
    }

    /// A quantile of times.
    const fn quantile(
        anchor: Anchor,
        (took, percent): (Took, i64),
        among: &'static [Is],
        source: Text,
    ) -> Self {
        Self {
            version: 1,
            anchor,
            formula: Formula::Quantile {
                took,
                percent,
                among,
            },
            min_sample: SAMPLE,
            source,
        }
    }

    /// Whether a whole is something else than the sum of its parts.
    pub const fn is_quantile(&self) -> bool {
        matches!(self.formula, Formula::Quantile { .. })
    }

    /// The conditions of a side; those of the numerator are the denominator's and more.
    pub const fn set(&self, side: Side) -> [&'static [Is]; 2] {
        match (self.formula, side) {
            (Formula::Share { of, among }, Side::Numerator) => [among, of],
            (Formula::Count(set), _) => [set, &[]],
            (
                Formula::Share { among, .. }
                | Formula::Hours { among }
                | Formula::Quantile { among, .. },
                _,
            ) => [among, &[]],
        }
    }

    /// What it is given in.
    pub const fn unit(&self) -> MeasureUnit {
        match self.formula {
            Formula::Count(_) => MeasureUnit::Tickets,
            Formula::Share { .. } => MeasureUnit::Percent,
            Formula::Hours { .. } | Formula::Quantile { .. } => MeasureUnit::Hours,
        }
    }
}

impl Measure {
    /// Its definition.
    pub const fn definition(self) -> Definition {
        match self {
            Self::Accepted => volume::ACCEPTED,
            Self::Matters => volume::MATTERS,
            Self::PhoneShare => volume::PHONE_SHARE,
            Self::RepeatRate => volume::REPEAT_RATE,
            Self::UrgedRate => volume::URGED_RATE,
            Self::Overdue => volume::OVERDUE,
            Self::Difficult => volume::DIFFICULT,
            Self::ThreeWayCalls => volume::THREE_WAY_CALLS,
            Self::NotCounted => volume::NOT_COUNTED,
            Self::DirectRate => endings::DIRECT_RATE,
            Self::ForwardedShare => endings::FORWARDED_SHARE,
            Self::ClosedRate => endings::CLOSED_RATE,
            Self::Closed => endings::CLOSED,
            Self::RedoRate => endings::REDO_RATE,
            Self::OnTime => timeliness::ON_TIME,
            Self::Late => timeliness::LATE,
            Self::ExtendedRate => timeliness::EXTENDED_RATE,
            Self::HandlingHours => timeliness::HANDLING_HOURS,
            Self::ReplyP50 => times::REPLY_P50,
            Self::ReplyP90 => times::REPLY_P90,
            Self::SignP50 => times::SIGN_P50,
            Self::SignP90 => times::SIGN_P90,
            Self::CloseP50 => times::CLOSE_P50,
            Self::CloseP90 => times::CLOSE_P90,
            Self::Dispatched => units::DISPATCHED,
            Self::SignedOnTime => units::SIGNED_ON_TIME,
            Self::ContactedOnTime => units::CONTACTED_ON_TIME,
            Self::DispatchAccuracy => units::DISPATCH_ACCURACY,
            Self::SendBackRate => units::SEND_BACK_RATE,
            Self::WrongSendBackRate => units::WRONG_SEND_BACK_RATE,
            Self::SupervisedRate => units::SUPERVISED_RATE,
            Self::Satisfied => citizens::SATISFIED,
            Self::SatisfiedStrict => citizens::SATISFIED_STRICT,
            Self::SatisfiedFirst => citizens::SATISFIED_FIRST,
            Self::Solved => citizens::SOLVED,
        }
    }
}

/// The conditions that the overview shares with the catalogue.
pub(super) mod overview {
    pub(crate) use super::citizens::{RATED, SATISFIED_SET};
    pub(crate) use super::timeliness::{DUE, IN_TIME};
    pub(crate) use super::volume::OVERDUE_SET;
}
