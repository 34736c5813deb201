//! Every number of a report equals the list behind it (I14), in every scope.

mod cubes;
mod quantiles;

use shared::access::Scope;
use shared::calendar::Instant;
use shared::measure::Predicate;
use shared::query::TicketFilter;
use shared::ticket::{AssignmentStatus, Satisfaction, Solved, TicketState};
use store::reports::{Period, overview, solved};

use crate::support::{DAY, HOUR, NOW, World, change, ticket};

on_both! { every_cell_equals_its_list }

async fn fill(world: &World) {
    let rated = [
        Satisfaction::VerySatisfied,
        Satisfaction::FairlySatisfied,
        Satisfaction::Dissatisfied,
        Satisfaction::Unrated,
        Satisfaction::Refused,
    ];
    for i in 0..40_usize {
        let at = Instant(NOW.0 - (i as i64) * 11 * HOUR);
        let mut one = ticket(at);
        one.region = ["320106", "320102", "320500", "320100"][i % 4].to_owned();
        one.street = None;
        one.category = [Some("010101".to_owned()), Some("020401".to_owned()), None][i % 3].clone();
        one.due_at = Some(Instant(at.0 + 3 * DAY));
        let one = world.register(one).await;
        if i % 5 == 4 {
            continue;
        }
        let case = world.dispatch(&one, &["3201-ZJJ"]).await;
        let mut done = change(&case);
        let mut lead = case.assignments[0].clone();
        lead.version += 1;
        if i % 2 == 0 {
            lead.status = AssignmentStatus::Done;
            lead.replied_at = Some(Instant(at.0 + (i as i64 % 9) * DAY));
        }
        if i % 7 == 0 {
            lead.status = AssignmentStatus::Returned;
        }
        done.after.assignments = vec![lead];
        done.after.ticket.state = [
            TicketState::Closed,
            TicketState::Handling,
            TicketState::Recycled,
            TicketState::Withdrawn,
            TicketState::ToVisit,
        ][i % 5];
        done.after.ticket.latest_satisfaction = rated[i % 5];
        done.after.ticket.solved = [Some(Solved::Yes), Some(Solved::No), None][i % 3];
        world.save(done).await.expect("saved");
    }
}

async fn every_cell_equals_its_list(world: World) {
    fill(&world).await;
    let db = world.store.report_reader();
    let (from, to) = (Instant(NOW.0 - 12 * DAY), Instant(NOW.0 - DAY));
    for scope in [
        Scope::All,
        Scope::Region("3201".to_owned()),
        Scope::Unit("3201-ZJJ".to_owned()),
        Scope::UnitTree("JS/".to_owned()),
        // Two posts whose tickets overlap.
        Scope::Any(vec![
            Scope::Unit("3201-ZJJ".to_owned()),
            Scope::Region("3201".to_owned()),
        ]),
    ] {
        for region in [None, Some("320100".to_owned())] {
            let period = Period {
                from,
                to,
                region: region.clone(),
            };
            let found = overview(&db, &scope, &period, 4, NOW)
                .await
                .expect("counts");
            for (by_region, parts) in [(true, found.by_region), (false, found.by_category)] {
                assert!(!parts.is_empty());
                for part in &parts {
                    let cells = [
                        (Predicate::Accepted, part.accepted),
                        (Predicate::Closed, part.closed),
                        (Predicate::Overdue, part.overdue),
                        (Predicate::OnTimeDenominator, part.due),
                        (Predicate::OnTimeNumerator, part.on_time),
                        (Predicate::SatisfiedDenominator, part.rated),
                        (Predicate::SatisfiedNumerator, part.satisfied),
                    ];
                    for (measure, number) in cells {
                        let of_lead = matches!(
                            measure,
                            Predicate::OnTimeDenominator | Predicate::OnTimeNumerator
                        );
                        let mut filter = TicketFilter {
                            measure: Some(measure),
                            ..TicketFilter::default()
                        };
                        let (at, until) = (Some(from.0), Some(to.0));
                        if of_lead {
                            (filter.due_from, filter.due_to) = (at, until);
                        } else {
                            (filter.accepted_from, filter.accepted_to) = (at, until);
                        }
                        match by_region {
                            true => filter.region = Some(format!("{}00", part.code)),
                            false if part.code.is_empty() => continue,
                            false => {
                                (filter.category, filter.region) =
                                    (Some(part.code.clone()), region.clone());
                            }
                        }
                        let listed = store::tickets::count_capped(&db, &scope, &filter, 1_000, NOW)
                            .await
                            .expect("counts");
                        assert_eq!(listed, number, "{measure} of {} in {scope:?}", part.code);
                    }
                    assert_eq!(
                        part.states.iter().map(|(_, n)| n).sum::<i64>(),
                        part.accepted
                    );
                }
                let rate = solved(&db, &scope, &period).await.expect("counts");
                assert!(rate.numerator <= rate.denominator && rate.denominator > 0);
            }
        }
    }
}
