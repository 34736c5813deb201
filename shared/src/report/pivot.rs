//! Saved pivots (a question for figures under a name, over days that move with today), and the tiles of somebody's own page of figures.
//! Not here: keeping and counting them (services), what a question says (`measure::CubeQuery`).
//! Neither gives a right: everybody sees what he may count anyway.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Period, Span};
use crate::calendar::Instant;
use crate::fault::Fault;
use crate::measure::CubeQuery;
use crate::query::pairs_of;
use crate::query::view::ViewShare;

/// Most pivots of a person, and most that are shown of those who share.
pub const MOST_PIVOTS: u64 = 60;
/// Most tiles of a person.
pub const MOST_TILES: u64 = 12;
/// Longest question, in characters.
pub const MAX_PIVOT: usize = 4_000;

codes! {
    /// Days that move with today.
    Moving {
        Today = "today", "today", "今天", "Today";
        Yesterday = "yesterday", "yesterday", "昨天", "Yesterday";
        Days7 = "last_7_days", "last_7_days", "近7天", "Last 7 days";
        Days30 = "last_30_days", "last_30_days", "近30天", "Last 30 days";
        ThisWeek = "this_week", "this_week", "本周", "This week";
        LastWeek = "last_week", "last_week", "上周", "Last week";
        ThisMonth = "this_month", "this_month", "本月", "This month";
        LastMonth = "last_month", "last_month", "上月", "Last month";
        ThisQuarter = "this_quarter", "this_quarter", "本季度", "This quarter";
        LastQuarter = "last_quarter", "last_quarter", "上季度", "Last quarter";
        ThisYear = "this_year", "this_year", "今年", "This year";
        LastYear = "last_year", "last_year", "去年", "Last year";
    }
}

codes! {
    /// What a tile shows.
    TileKind {
        Pivot = "P", "pivot", "统计视角", "Pivot";
        View = "V", "view", "工单视图", "View of the list";
    }
}

/// What is gone by of a span, or the whole one before.
enum Kind {
    SoFar(Span),
    Whole(Span),
    /// So many days until today or yesterday.
    Days(u64, NaiveDate),
}

impl Moving {
    fn kind(self, today: NaiveDate) -> Kind {
        match self {
            Self::Today => Kind::Days(1, today),
            Self::Yesterday => Kind::Days(1, today.pred_opt().unwrap_or(today)),
            Self::Days7 => Kind::Days(7, today),
            Self::Days30 => Kind::Days(30, today),
            Self::ThisWeek => Kind::SoFar(Span::Week),
            Self::LastWeek => Kind::Whole(Span::Week),
            Self::ThisMonth => Kind::SoFar(Span::Month),
            Self::LastMonth => Kind::Whole(Span::Month),
            Self::ThisQuarter => Kind::SoFar(Span::Quarter),
            Self::LastQuarter => Kind::Whole(Span::Quarter),
            Self::ThisYear => Kind::SoFar(Span::Year),
            Self::LastYear => Kind::Whole(Span::Year),
        }
    }

    /// First and last day, as of a day.
    pub fn days(self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        match self.kind(today) {
            Kind::Days(many, to) => (back(to, many - 1), to),
            Kind::SoFar(span) => (Period::around(span, today).from, today),
            Kind::Whole(span) => ends(Period::around(span, today).previous()),
        }
    }

    /// The days with which they are compared: as many before, of a span that is not over as many from the beginning of the one before.
    pub fn before(self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        match self.kind(today) {
            Kind::Days(many, to) => (back(to, many * 2 - 1), back(to, many)),
            Kind::SoFar(span) => {
                let now = Period::around(span, today);
                let gone = today.signed_duration_since(now.from);
                let before = now.previous();
                let to = before.from.checked_add_signed(gone);
                (before.from, to.unwrap_or(before.to).min(before.to))
            }
            Kind::Whole(span) => ends(Period::around(span, today).previous().previous()),
        }
    }
}

fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

const fn ends(period: Period) -> (NaiveDate, NaiveDate) {
    (period.from, period.to)
}

/// A kept question over the days of its span and over those before.
///
/// # Errors
/// As `CubeQuery::from_pairs`, for a question that can no longer be asked.
pub fn pivot_of(query: &str, span: Moving, today: NaiveDate) -> Result<[CubeQuery; 2], Fault> {
    let asked = CubeQuery::from_pairs(&pairs_of(query), today)?;
    let over = |(from, to)| CubeQuery {
        from,
        to,
        ..asked.clone()
    };
    Ok([over(span.days(today)), over(span.before(today))])
}

/// A pivot as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeepPivot {
    /// What it is called.
    pub name: String,
    /// The question, as in the address of a cube; its days are those of the span.
    pub query: String,
    /// Over which days.
    pub span: Moving,
    /// For whom.
    pub shared: ViewShare,
}

/// A pivot in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PivotRow {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The question over the days that the span has today; none when it can no longer be asked.
    pub query: Option<String>,
    /// Over which days.
    pub span: Moving,
    /// For whom.
    pub shared: ViewShare,
    /// Whose it is; none for one's own.
    pub by: Option<String>,
}

/// A tile, before anything is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TileRow {
    /// Its id.
    pub id: String,
    /// What it shows.
    pub kind: TileKind,
    /// What that is called; none when it is gone, or no longer shared.
    pub name: Option<String>,
}

/// What can be put on the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TileChoice {
    /// What it is.
    pub kind: TileKind,
    /// Its id.
    pub subject: String,
    /// What it is called.
    pub name: String,
}

/// Somebody's own page of figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardView {
    /// In their order.
    pub tiles: Vec<TileRow>,
    /// What is not on it yet.
    pub choices: Vec<TileChoice>,
}

/// What is put on the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PinTile {
    /// What it is.
    pub kind: TileKind,
    /// Its id, as among the choices.
    pub subject: Uuid,
}

/// One number of a tile, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TileLine {
    /// What is counted.
    pub label: String,
    /// The number.
    pub value: String,
    /// Its change against the days before; none where there is nothing to compare with.
    pub change: Option<String>,
    /// The list behind it.
    pub href: String,
}

/// One bar of a tile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TileBar {
    /// Its row.
    pub name: String,
    /// The number.
    pub value: String,
    /// Of the longest, in thousandths.
    pub length: i64,
    /// The list behind it.
    pub href: String,
}

/// What a tile shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TileShown {
    /// When it was counted.
    pub as_of: Instant,
    /// First and last day, `yyyy-mm-dd`, and those with which it is compared; none for a view.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<String>>))]
    pub days: Option<[String; 4]>,
    /// Where all of it stands.
    pub href: String,
    /// Its numbers.
    pub lines: Vec<TileLine>,
    /// The largest rows of the first measure.
    pub bars: Vec<TileBar>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).expect("a date")
    }

    #[test]
    fn days_move_with_today_and_so_do_those_before() {
        let today = day(2026, 3, 31);
        for (span, days, before) in [
            (Moving::Today, [(3, 31), (3, 31)], [(3, 30), (3, 30)]),
            (Moving::Yesterday, [(3, 30), (3, 30)], [(3, 29), (3, 29)]),
            (Moving::Days7, [(3, 25), (3, 31)], [(3, 18), (3, 24)]),
            (Moving::ThisWeek, [(3, 30), (3, 31)], [(3, 23), (3, 24)]),
            // The month before is shorter.
            (Moving::ThisMonth, [(3, 1), (3, 31)], [(2, 1), (2, 28)]),
            (Moving::LastMonth, [(2, 1), (2, 28)], [(1, 1), (1, 31)]),
        ] {
            let of =
                |[from, to]: [(u32, u32); 2]| (day(2026, from.0, from.1), day(2026, to.0, to.1));
            assert_eq!(span.days(today), of(days), "{span}");
            assert_eq!(span.before(today), of(before), "{span}");
        }
        let year = Moving::LastYear.days(today);
        assert_eq!(year, (day(2025, 1, 1), day(2025, 12, 31)));
    }

    #[test]
    fn a_kept_question_has_the_days_of_its_span() {
        let query = "show=accepted&by=city&from=2020-01-01&to=2020-01-31&kind=complaint";
        let asked = pivot_of(query, Moving::LastMonth, day(2026, 3, 31)).expect("readable");
        assert_eq!(asked[0].from, day(2026, 2, 1));
        assert_eq!(asked[1].to, day(2026, 1, 31));
        assert_eq!(asked[0].filter, asked[1].filter);
        assert!(pivot_of("by=colour", Moving::Today, day(2026, 3, 31)).is_err());
    }
}
