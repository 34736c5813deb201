//! Quantiles of a cube against plain Rust: the times of the tickets in the list behind each number, sorted, nearest rank.
//! Not here: the drawn tickets, scopes and filters (`cubes`).

use shared::access::Scope;
use shared::measure::{Axis, CubeQuery, Formula, Key, Measure, Side, Took};
use shared::query::{Sort, TicketFilter, TicketQuery};
use shared::ticket::SlotRole;
use store::record::TicketCase;
use store::tickets::cube;

use super::cubes::{Draw, fill, filter, scopes, some_days};
use crate::support::{NOW, World};

on_both! { quantiles_are_those_of_the_times_in_their_lists }

const ALL: [Measure; 6] = [
    Measure::SignP50,
    Measure::SignP90,
    Measure::ReplyP50,
    Measure::ReplyP90,
    Measure::CloseP50,
    Measure::CloseP90,
];

/// How long a ticket took, out of what is kept of it.
fn time(case: &TicketCase, took: Took) -> i64 {
    let ticket = &case.ticket;
    let signed = case
        .assignments
        .iter()
        .filter(|it| it.role == SlotRole::Lead && it.parent_id.is_none())
        .filter_map(|it| it.signed_at)
        .min();
    let (from, until) = match took {
        Took::Sign => (ticket.first_dispatched_at, signed),
        Took::Reply => (ticket.first_dispatched_at, ticket.replied_at),
        Took::Close => (Some(ticket.accepted_at), ticket.closed_at),
    };
    until.expect("an end").0 - from.expect("a beginning").0
}

/// Numerator and denominator of a quantile as plain Rust has them.
async fn plain(
    world: &World,
    scope: &Scope,
    query: &CubeQuery,
    (measure, at): (Measure, &[Key]),
) -> (i64, i64) {
    let list = query.behind(measure, Side::Denominator, at);
    let query = TicketQuery {
        filter: TicketFilter::from_pairs(&list.to_pairs()).expect("readable"),
        sort: Sort::AcceptedDesc,
        limit: 200,
        cursor: None,
        columns: Vec::new(),
    };
    let page = store::tickets::list(&world.store.reader(), scope, &query, NOW)
        .await
        .expect("lists");
    assert!(page.next_cursor.is_none(), "all on one page");
    let Formula::Quantile { took, percent, .. } = measure.definition().formula else {
        panic!("{measure} is no quantile");
    };
    let mut times = Vec::new();
    for one in &page.items {
        times.push(time(&world.case(one).await, took));
    }
    times.sort_unstable();
    let whole = i64::try_from(times.len()).expect("few");
    let place = usize::try_from((whole * percent + 99) / 100).expect("few");
    let value = place.checked_sub(1).map_or(0, |place| times[place]);
    (value, whole)
}

async fn quantiles_are_those_of_the_times_in_their_lists(world: World) {
    fill(&world).await;
    let db = world.store.report_reader();
    let (mut draw, mut seen) = (Draw(17), 0);
    let scopes = scopes();
    for round in 0..18 {
        let scope = &scopes[round % scopes.len()];
        let (from, to) = some_days(&mut draw);
        let axes = match round % 3 {
            0 => Vec::new(),
            1 => vec![draw.of(Axis::ALL)],
            _ => vec![Axis::City, Axis::Kind],
        };
        let query = CubeQuery {
            measures: ALL.to_vec(),
            axes,
            from,
            to,
            filter: filter(&mut draw),
            units: shared::measure::UnitsOf::Then,
        };
        let rows = cube(&db, scope, &query, NOW).await.expect("counts");
        for row in rows.iter().take(4) {
            let at: Vec<Key> = query.axes.iter().copied().zip(row.keys.clone()).collect();
            for (measure, number) in ALL.iter().zip(&row.numbers) {
                let expected = plain(&world, scope, &query, (*measure, &at)).await;
                assert_eq!(
                    *number, expected,
                    "{measure} of {row:?} in {scope:?}, {query:?}"
                );
                seen += number.1;
            }
        }
    }
    assert!(seen > 100, "{seen} times in all lists");
}
