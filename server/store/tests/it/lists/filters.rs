//! Each filter finds what it names, and a light those with its deadline.
//! Not here: whose tickets a list has, in which order (`lists`).

use shared::access::Scope;
use shared::calendar::Instant;
use shared::query::{Sort, TicketFilter};
use shared::ticket::{Light, TicketState};

use super::all;
use crate::support::{DAY, HOUR, NOW, World, ticket};

on_both! { filters_find_what_they_name lights_are_found_by_deadline }

#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn filters_find_what_they_name(world: World) {
    let mut late = ticket(Instant(NOW.0 - 10 * DAY));
    late.due_at = Some(Instant(NOW.0 - DAY));
    let late = world.register(late).await;
    let mut soon = ticket(Instant(NOW.0 - DAY));
    soon.due_at = Some(Instant(NOW.0 + HOUR));
    soon.warn_at = Some(Instant(NOW.0 - HOUR));
    soon.category = Some("010203".to_owned());
    let soon = world.register(soon).await;
    let fresh = world.register(ticket(NOW)).await;
    let found = async |filter: TicketFilter| {
        all(&world, &Scope::All, filter, Sort::AcceptedAsc, 50)
            .await
            .iter()
            .map(|t| t.id)
            .collect::<Vec<_>>()
    };
    let f = TicketFilter::default;
    assert_eq!(
        found(TicketFilter {
            light: Some(Light::Red),
            ..f()
        })
        .await,
        [late.id]
    );
    assert_eq!(
        found(TicketFilter {
            light: Some(Light::Yellow),
            ..f()
        })
        .await,
        [soon.id]
    );
    assert_eq!(
        found(TicketFilter {
            light: Some(Light::Green),
            ..f()
        })
        .await,
        [fresh.id]
    );
    assert_eq!(
        found(TicketFilter {
            overdue: Some(true),
            ..f()
        })
        .await,
        [late.id]
    );
    assert_eq!(
        found(TicketFilter {
            overdue: Some(false),
            ..f()
        })
        .await,
        [soon.id, fresh.id]
    );
    assert_eq!(
        found(TicketFilter {
            category: Some("01".to_owned()),
            ..f()
        })
        .await,
        [soon.id]
    );
    assert_eq!(
        found(TicketFilter {
            category: Some("010203".to_owned()),
            ..f()
        })
        .await,
        [soon.id]
    );
    assert_eq!(
        found(TicketFilter {
            region: Some("320100".to_owned()),
            ..f()
        })
        .await
        .len(),
        3
    );
    assert_eq!(
        found(TicketFilter {
            region: Some("320000".to_owned()),
            ..f()
        })
        .await
        .len(),
        3
    );
    assert_eq!(
        found(TicketFilter {
            region: Some("320105".to_owned()),
            ..f()
        })
        .await
        .len(),
        0
    );
    assert_eq!(
        found(TicketFilter {
            accepted_from: Some(NOW.0),
            ..f()
        })
        .await,
        [fresh.id]
    );
    assert_eq!(
        found(TicketFilter {
            accepted_to: Some(NOW.0),
            ..f()
        })
        .await,
        [late.id, soon.id]
    );
    assert_eq!(
        found(TicketFilter {
            due_from: Some(NOW.0),
            due_to: Some(NOW.0 + DAY),
            ..f()
        })
        .await,
        [soon.id]
    );
    assert_eq!(
        found(TicketFilter {
            state: vec![TicketState::ToDispatch, TicketState::Closed],
            ..f()
        })
        .await
        .len(),
        3
    );
    assert_eq!(
        found(TicketFilter {
            state: vec![TicketState::Closed],
            ..f()
        })
        .await
        .len(),
        0
    );
    world.dispatch(&soon, &["3201-ZJJ"]).await;
    assert_eq!(
        found(TicketFilter {
            unit: Some("3201".to_owned()),
            ..f()
        })
        .await,
        [soon.id],
        "a unit above is found, too"
    );
    assert_eq!(
        found(TicketFilter {
            q: Some(late.ticket_no.grouped()),
            ..f()
        })
        .await,
        [late.id],
        "an exact number"
    );
    assert_eq!(
        found(TicketFilter {
            q: Some("' or 1=1 --".to_owned()),
            ..f()
        })
        .await
        .len(),
        0
    );
}

/// A list by deadline finds what a list by acceptance finds: those with a deadline first, then those without.
async fn lights_are_found_by_deadline(world: World) {
    let dated = |at: i64, due: Option<i64>, warn: Option<i64>| {
        let mut one = ticket(Instant(NOW.0 + at));
        one.due_at = due.map(|due| Instant(NOW.0 + due));
        one.warn_at = warn.map(|warn| Instant(NOW.0 + warn));
        one
    };
    let late = world.register(dated(-DAY, Some(-1), Some(-2))).await.id;
    let soon = world.register(dated(0, Some(HOUR), Some(-HOUR))).await.id;
    let undated = world.register(dated(1, None, None)).await.id;
    let fresh = world.register(dated(2, Some(3 * DAY), Some(DAY))).await.id;
    let unwarned = world.register(dated(3, Some(2 * DAY), None)).await.id;
    for (light, ids) in [
        (Light::Red, vec![late]),
        (Light::Yellow, vec![soon]),
        (Light::Green, vec![unwarned, fresh, undated]),
    ] {
        let filter = TicketFilter {
            light: Some(light),
            ..TicketFilter::default()
        };
        for page in [1, 2, 50] {
            let list = all(&world, &Scope::All, filter.clone(), Sort::DueAsc, page).await;
            let found: Vec<_> = list.iter().map(|t| t.id).collect();
            assert_eq!(found, ids, "{light:?} in pages of {page}");
        }
    }
}
