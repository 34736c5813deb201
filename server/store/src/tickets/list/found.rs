//! Tickets with an open finding, read along the findings: where a reader sees a whole province, looking for findings beside each ticket of a period costs
//! as much as counting all of them, and findings are few.
//! Not here: what of them is counted (`cubes`), which rule touches which measure (`tickets::cells::touched`).

use shared::access::Scope;
use shared::calendar::Instant;
use shared::measure::{Anchor, CubeQuery};
use shared::query::TicketFilter;

use super::super::cells::{COUNTED, anchored};
use super::super::filter::{Leave, conditions};
use super::cubes::reached;
use super::drive::Drive;
use super::lead::{Area, id_bounds};
use super::way::way;
use crate::StoreError;
use crate::database::Handle;
use crate::scope::{reaches, within};
use crate::sql::{Sql, vals};

/// Tickets without any finding touch no number.
const ANY_FINDING: &str =
    " and exists (select 1 from quality_findings y where y.case_id = t.id and y.closed_at is null)";
/// Cases with an open finding, along the index of those; each once.
const FOUND: &str =
    " from (select distinct y.case_id from quality_findings y where y.closed_at is null";

/// ` from … where …` of those tickets with an open finding that an anchor puts into the cube's period.
pub(super) async fn found(
    h: Handle<'_>,
    (scope, now): (&Scope, Instant),
    query: &CubeQuery,
    anchor: Anchor,
) -> Result<Sql, StoreError> {
    let sqlite = h.is_sqlite();
    let filter = query.led(anchor);
    let along_time = matches!(way(h, scope, &filter, None).await?.drive, Drive::Tickets);
    if !along_time || !is_wide(scope, &filter) {
        let mut sql = reached(h, (scope, now), query, anchor).await?;
        sql.text(ANY_FINDING);
        return Ok(sql);
    }
    let mut sql = Sql::new(FOUND, vals![]);
    // A case's id has the time of its acceptance (I8).
    sql.append(id_bounds("y.case_id", &filter))
        .text(") z cross join tickets t where t.id = z.case_id");
    let mut rest = if sqlite {
        reaches(scope)
    } else {
        within(scope)
    };
    rest.append(conditions(&filter, now, sqlite, Leave::default()))
        .append(anchored(anchor, query.between()))
        .append(Sql::new(COUNTED, vals![]));
    sql.append(rest.aside(sqlite));
    Ok(sql)
}

/// Whether everything of a province is looked at: a city's tickets, or a unit's, have an index of their own.
fn is_wide(scope: &Scope, filter: &TicketFilter) -> bool {
    let is_of_place = matches!(scope, Scope::All | Scope::Region(_));
    is_of_place && Area::of(scope, filter.region.as_deref()) == Area::Wide
}
