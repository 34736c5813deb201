//! The numbers of a section: a cube of the time, of the time before and of the year before; scores of the data; times of approvals.
//! Not here: their words (`tables`).

use shared::access::needs;
use shared::fault::Fault;
use shared::measure::{Axis, CubeQuery, CubeView, Measure, UnitsOf};
use shared::quality::ScoresView;
use shared::query::{TicketFilter, pairs_of};
use shared::report::{Period, ReportAsked, Section, What};

use super::super::cubes;
use super::approvals::{self, Times};
use crate::context::Ctx;
use crate::quality::desk;

/// Measures, and dimensions.
type Asked<'q> = (&'q [Measure], &'q [Axis]);

/// What was counted for a section.
pub(super) enum Counted {
    Cube(Box<Cubes>),
    Quality(ScoresView),
    Approvals(Times),
}

/// A cube beside those with which it is compared.
pub(super) struct Cubes {
    /// The question, for the lists behind the numbers.
    pub query: CubeQuery,
    /// Of the time itself.
    pub now: CubeView,
    /// Of the time before, and of the year before; none where rows are times themselves.
    pub others: Option<[CubeView; 2]>,
}

impl Counted {
    /// Who counted each of its cubes: the analytic copy with its number of the change feed, or the database.
    pub(super) fn sources(&self) -> Vec<Option<i64>> {
        let Self::Cube(cubes) = self else {
            return vec![None];
        };
        let others = cubes.others.iter().flatten();
        let all = std::iter::once(&cubes.now).chain(others);
        all.map(|cube| cube.copied).collect()
    }
}

pub(super) async fn section(
    ctx: &Ctx,
    asked: &ReportAsked,
    section: &Section,
) -> Result<Counted, Fault> {
    match section.what {
        What::Cube {
            measures, by, only, ..
        } => {
            let filter = filter(asked, only)?;
            let cubes = cubes_of(ctx, asked, (measures, by.as_slice()), filter).await?;
            Ok(Counted::Cube(Box::new(cubes)))
        }
        What::PerPeople { only } => {
            let what: Asked<'_> = (&[Measure::Accepted], &[Axis::City]);
            let cubes = cubes_of(ctx, asked, what, filter(asked, only)?).await?;
            Ok(Counted::Cube(Box::new(cubes)))
        }
        What::Topics { only } => {
            let what: Asked<'_> = (&[Measure::Accepted], &[Axis::City, Axis::Category]);
            let cubes = cubes_of(ctx, asked, what, filter(asked, only)?).await?;
            Ok(Counted::Cube(Box::new(cubes)))
        }
        What::Quality => {
            let scope = ctx.reach(needs::REPORT)?;
            Ok(Counted::Quality(desk::scored(ctx, &scope).await?))
        }
        What::Approvals => {
            let time = query_of(
                &asked.period,
                (&[], &[]),
                (TicketFilter::default(), asked.units),
            )
            .between();
            Ok(Counted::Approvals(approvals::counted(ctx, time).await?))
        }
    }
}

/// What a section asks of tickets, with the area and the category that the reader asks for.
fn filter(asked: &ReportAsked, only: &str) -> Result<TicketFilter, Fault> {
    let own = asked.filter();
    Ok(TicketFilter {
        region: own.region,
        category: own.category,
        ..TicketFilter::from_pairs(&pairs_of(only))?
    })
}

fn query_of(
    period: &Period,
    (measures, by): Asked<'_>,
    (filter, units): (TicketFilter, UnitsOf),
) -> CubeQuery {
    CubeQuery {
        measures: measures.to_vec(),
        axes: by.to_vec(),
        from: period.from,
        to: period.to,
        filter,
        units,
    }
}

async fn cubes_of(
    ctx: &Ctx,
    asked: &ReportAsked,
    what: Asked<'_>,
    filter: TicketFilter,
) -> Result<Cubes, Fault> {
    let query = query_of(&asked.period, what, (filter.clone(), asked.units));
    let now = cubes::counted(ctx, query.clone()).await?;
    if what.1.contains(&Axis::Month) {
        return Ok(Cubes {
            query,
            now,
            others: None,
        });
    }
    let before = query_of(
        &asked.period.previous(),
        what,
        (filter.clone(), asked.units),
    );
    let year = query_of(&asked.period.last_year(), what, (filter, asked.units));
    let before = cubes::counted(ctx, before).await?;
    let year = cubes::counted(ctx, year).await?;
    Ok(Cubes {
        query,
        now,
        others: Some([before, year]),
    })
}
