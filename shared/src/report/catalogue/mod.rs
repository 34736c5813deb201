//! The standard reports: each is a list of sections, and a section some measures by a dimension with the way in which they are shown.
//! Not here: counting and putting into words (`services::reports::standard`), formulas (`crate::measure`).
//! A new report is a file of this folder and its row below.

mod approvals;
mod areas;
mod categories;
mod channels;
mod daily;
mod hot;
mod monthly;
mod quality;
mod ranking;
mod satisfaction;
mod special;
mod supervision;
mod timeliness;
mod unit;
mod workload;

use super::Span;
use crate::measure::{Axis, Measure};
use crate::text::Text;

codes! {
    /// A standard report.
    ReportName {
        Daily = "daily", "daily", "日报", "Daily report";
        Weekly = "weekly", "weekly", "周报", "Weekly report";
        Monthly = "monthly", "monthly", "月报", "Monthly report";
        Annual = "annual", "annual", "年报", "Annual report";
        Special = "special", "special", "专报", "Special report";
        Unit = "unit", "unit", "单位自查", "A unit's own review";
        Ranking = "ranking", "ranking", "排名", "Ranking";
        Hot = "hot", "hot", "热点", "Hot topics";
        Timeliness = "timeliness", "timeliness", "时效", "Timeliness";
        Satisfaction = "satisfaction", "satisfaction", "满意度", "Satisfaction";
        ThreeRates = "three_rates", "three_rates", "三率", "The three rates";
        Channels = "channels", "channels", "渠道构成", "Channels";
        Categories = "categories", "categories", "类别分布", "Categories";
        Areas = "areas", "areas", "地区分布", "Areas";
        Workload = "workload", "workload", "工作量", "Workload";
        Supervision = "supervision", "supervision", "督办与退单", "Supervision and send-backs";
        Quality = "quality", "quality", "数据质量与按时", "Quality of data, and on time";
        Approvals = "approvals", "approvals", "办件平均用时", "Time that approvals take";
    }
}

/// A standard report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standard {
    /// The time that it usually is about; any other can be asked for.
    pub span: Span,
    /// What it is for.
    pub why: Text,
    /// What it says, in order.
    pub sections: &'static [Section],
}

/// One section of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    /// What it is called.
    pub heading: Text,
    /// What it counts.
    pub what: What,
}

/// What a section counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Measures, in all or by a dimension, beside the time before and the year before.
    Cube {
        /// In this order, at most eight; by a dimension at most four.
        measures: &'static [Measure],
        /// None: each measure is a row.
        by: Option<Axis>,
        /// What tickets are beside, as an address of the list says it.
        only: &'static str,
        /// How it is shown.
        show: Show,
    },
    /// The score of the data by area, with how many tickets were looked at. It is as it stands now.
    Quality,
    /// How many tickets there are for ten thousand people of each city, beside the time before.
    PerPeople {
        /// What tickets are beside, as an address of the list says it.
        only: &'static str,
    },
    /// The three most frequent categories of each city.
    Topics {
        /// What tickets are beside, as an address of the list says it.
        only: &'static str,
    },
    /// How long approvals took that ended in the time, by what they are about.
    Approvals,
}

/// How a section by a dimension is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// Every row.
    Table,
    /// Bars of the first measure, and every row.
    Bars,
    /// As bars, but so many rows with the highest first measure; the total has all.
    First(usize),
    /// Rows in the order of the first measure, within their class; what has too small a sample has no place.
    Ranked,
}

impl Section {
    /// Measures in all, a row each.
    const fn figures(heading: Text, measures: &'static [Measure]) -> Self {
        let what = What::Cube {
            measures,
            by: None,
            only: "",
            show: Show::Table,
        };
        Self { heading, what }
    }

    /// Measures by a dimension.
    const fn by(heading: Text, axis: Axis, show: Show, measures: &'static [Measure]) -> Self {
        let what = What::Cube {
            measures,
            by: Some(axis),
            only: "",
            show,
        };
        Self { heading, what }
    }

    /// The same of some tickets alone.
    const fn only(self, filter: &'static str) -> Self {
        let what = match self.what {
            What::Cube {
                measures, by, show, ..
            } => What::Cube {
                measures,
                by,
                only: filter,
                show,
            },
            other => other,
        };
        Self {
            heading: self.heading,
            what,
        }
    }
}

impl ReportName {
    /// What it consists of.
    pub const fn standard(self) -> Standard {
        match self {
            Self::Daily => daily::DAILY,
            Self::Weekly => daily::WEEKLY,
            Self::Monthly => monthly::MONTHLY,
            Self::Annual => monthly::ANNUAL,
            Self::Special => special::SPECIAL,
            Self::Unit => unit::UNIT,
            Self::Ranking => ranking::RANKING,
            Self::Hot => hot::HOT,
            Self::Timeliness => timeliness::TIMELINESS,
            Self::Satisfaction => satisfaction::SATISFACTION,
            Self::ThreeRates => satisfaction::THREE_RATES,
            Self::Channels => channels::CHANNELS,
            Self::Categories => categories::CATEGORIES,
            Self::Areas => areas::AREAS,
            Self::Workload => workload::WORKLOAD,
            Self::Supervision => supervision::SUPERVISION,
            Self::Quality => quality::QUALITY,
            Self::Approvals => approvals::APPROVALS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{TicketFilter, pairs_of};

    #[test]
    fn every_report_fits_on_a_page() {
        for name in ReportName::ALL.iter().copied() {
            let standard = name.standard();
            assert!(!standard.sections.is_empty(), "{name}");
            for section in standard.sections {
                let only = match section.what {
                    What::Cube {
                        measures, by, only, ..
                    } => {
                        let most = if by.is_some() { 4 } else { 8 };
                        let fits = !measures.is_empty() && measures.len() <= most;
                        assert!(fits, "{name}: {}", section.heading.zh);
                        only
                    }
                    What::PerPeople { only } | What::Topics { only } => only,
                    What::Quality | What::Approvals => continue,
                };
                let filter = TicketFilter::from_pairs(&pairs_of(only));
                assert!(filter.is_ok(), "{name}: {only}");
            }
        }
    }
}
