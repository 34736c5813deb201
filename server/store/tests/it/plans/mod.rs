//! Who asks must not decide what it costs: every scope with every filter in every order, as lists, counts, searches, reports, to-dos and
//! approvals, on a filled database with and without the database's statistics. Work is counted in rows, so that the machine does not matter.
//! Not here: milliseconds (`cargo xtask bench`).

pub(crate) mod filled;

use shared::access::{Actor, Role, Scope, Who};
use shared::approval::query::{ApprovalFilter, ApprovalSort};
use shared::calendar::Instant;
use shared::ids::UserId;
use shared::ticket::pool::PoolShelf;
use store::approvals::Wanted;
use store::bare::Bare;
use store::reports::Period;
use store::tickets::pool;
use uuid::Uuid;

use crate::support::{DAY, NOW, World};
use filled::{COUNT, FILTERS, SORTS, fill, passes, query, scans_table, scopes, statistics};

on_both! { no_person_and_no_filter_makes_a_list_dear a_units_list_by_last_change_is_read_along_its_index the_number_of_a_common_word_is_a_least no_person_makes_a_report_dear to_dos_and_approvals_cost_a_page the_ladder_looks_at_what_is_due_alone a_page_of_the_pool_costs_a_page likely_duplicates_are_looked_for_in_their_own_index }

/// What a page may take: on SQLite instructions, of which a row needs ten and more, so that this is half of a walk through everything.
/// Small sets, of at most 5,000 tickets, are read whole and sorted; walks meet a page long before that.
const PAGE: u64 = 160_000;

async fn no_person_and_no_filter_makes_a_list_dear(world: World) {
    fill(&world).await;
    for counted in passes(&world) {
        if *counted {
            statistics(&world).await;
        }
        let bare = Bare::of(&world.store);
        let mut dear = Vec::new();
        for (who, scope) in scopes() {
            for filter in FILTERS {
                for sort in SORTS {
                    let all = bare
                        .work_of_list(&scope, &query(filter, sort), NOW)
                        .await
                        .unwrap_or_else(|e| panic!("{who} {filter} {sort}: {e}"));
                    // The first counts, up to ten thousand tickets, in an index of its own; the others are pages. A search counts its hits,
                    // and looks only so many of them up; for each post by itself.
                    let searches = filter.starts_with("q=");
                    let posts = match &scope {
                        Scope::Any(posts) => posts.len() as u64,
                        _ => 1,
                    };
                    for (at, work) in all.into_iter().enumerate() {
                        let most = match at {
                            0 if !searches => posts * COUNT,
                            0 | 1 if searches => posts * COUNT / 2,
                            _ => PAGE,
                        };
                        if work.visited > most || scans_table(&work) {
                            dear.push(format!(
                                "{who} {filter} {sort}: {} rows\n  {}\n  {}",
                                work.visited,
                                work.sql,
                                work.plan.join("\n  ")
                            ));
                        }
                    }
                }
            }
        }
        assert!(
            dear.is_empty(),
            "{} dear, statistics: {counted}\n{}",
            dear.len(),
            dear.join("\n")
        );
    }
}

async fn a_units_list_by_last_change_is_read_along_its_index(world: World) {
    /// A page of twenty looks at some rows more than it shows, on SQLite in some ten turns each.
    const FEW: u64 = 10_000;
    fill(&world).await;
    let of_units = |scope: &Scope| matches!(scope, Scope::Unit(_) | Scope::UnitTree(_));
    let mut asked: Vec<(&str, Scope, &str)> = scopes()
        .into_iter()
        .filter(|(who, scope)| of_units(scope) && *who != "small unit")
        .map(|(who, scope)| (who, scope, ""))
        .collect();
    asked.push(("all", Scope::All, "unit=3201-B"));
    asked.push(("city", Scope::Region("32".to_owned()), "unit=JS"));
    for counted in passes(&world) {
        if *counted {
            statistics(&world).await;
        }
        let bare = Bare::of(&world.store);
        for (who, scope, filter) in &asked {
            let query = query(filter, "-updated_at");
            let all = bare.work_of_list(scope, &query, NOW).await.expect("lists");
            let page = all.last().expect("a page");
            let plan = page.plan.join("\n  ");
            let is_sorted = plan.contains("TEMP B-TREE") || plan.contains("Sort");
            assert!(
                page.visited <= FEW && plan.contains("ticket_units_changed") && !is_sorted,
                "{who} {filter}: {} rows; statistics: {counted}\n  {}\n  {plan}",
                page.visited,
                page.sql
            );
        }
    }
}

async fn the_number_of_a_common_word_is_a_least(world: World) {
    fill(&world).await;
    let db = world.store.reader();
    for (who, scope) in scopes() {
        let all = store::tickets::count_capped(
            &db,
            &scope,
            &query("q=路灯", "due_at").filter,
            100_000,
            NOW,
        )
        .await
        .expect("counts all");
        let tally =
            store::tickets::tally(&db, &scope, &query("q=路灯", "due_at").filter, 10_000, NOW)
                .await
                .expect("counts some");
        assert!(
            tally.n <= all && (tally.more || tally.n == all),
            "{who}: {tally:?} of {all}"
        );
        assert!(tally.n > 0 || all == 0, "{who}: {tally:?} of {all}");
        // Few tickets, or few hits, are counted whole.
        if all < 1_000 {
            assert_eq!((tally.n, tally.more), (all, false), "{who}");
        }
    }
}

async fn no_person_makes_a_report_dear(world: World) {
    fill(&world).await;
    let period = |region: Option<&str>| Period {
        from: Instant(NOW.0 - 90 * DAY),
        to: NOW,
        region: region.map(str::to_owned),
    };
    for counted in passes(&world) {
        if *counted {
            statistics(&world).await;
        }
        let bare = Bare::of(&world.store);
        let visited = async |scope: &Scope, region| {
            let all = bare
                .work_of_overview(scope, &period(region), 4, NOW)
                .await
                .expect("reports");
            let plans: Vec<String> = all.iter().flat_map(|work| work.plan.clone()).collect();
            assert!(!all.iter().any(scans_table), "{scope:?}: {plans:?}");
            (all.iter().map(|work| work.visited).sum::<u64>(), plans)
        };
        let (manager, _) = visited(&Scope::All, None).await;
        for (who, scope) in scopes() {
            for region in [
                None,
                Some("320000"),
                Some("320100"),
                Some("320103"),
                Some("320103001"),
            ] {
                let (rows, plans) = visited(&scope, region).await;
                // PostgreSQL puts a unit's tickets and all tickets of the period side by side where that is cheaper than looking them up.
                let most = if world.store.kind() == "sqlite" {
                    manager * 5 / 4
                } else {
                    manager * 3
                };
                assert!(
                    rows <= most,
                    "{who} in {region:?}: {rows} rows, the manager {manager}; statistics: {counted}\n{}",
                    plans.join("\n")
                );
            }
        }
    }
}

/// Filters of lists of approvals; the last change is an order.
const APPROVALS: [&str; 7] = [
    "",
    "status=running",
    "status=running,ended",
    "-updated_at",
    "q=桥梁",
    "q=路灯",
    "region=3201",
];

/// The first page of what is asked for.
fn wanted(asked: &str) -> Wanted {
    let sort = ApprovalSort::parse(asked);
    let pairs = if sort.is_some() {
        Vec::new()
    } else {
        shared::query::pairs_of(asked)
    };
    Wanted {
        filter: ApprovalFilter::from_pairs(&pairs).expect("a filter"),
        also: None,
        sort: sort.unwrap_or(ApprovalSort::USUAL),
        cursor: None,
        limit: 51,
        now: NOW,
    }
}

async fn to_dos_and_approvals_cost_a_page(world: World) {
    fill(&world).await;
    for counted in passes(&world) {
        if *counted {
            statistics(&world).await;
        }
        let bare = Bare::of(&world.store);
        for (role, unit, region) in [
            (Role::Agent, "JS", "320100"),
            (Role::Dispatcher, "JS", "320100"),
            (Role::Dispatcher, "JS", "320000"),
            (Role::Supervisor, "JS", "320103"),
            (Role::Analyst, "JS", "320000"),
            (Role::ProvincialManager, "JS", "320000"),
            (Role::UnitLiaison, "3201-A", "320100"),
            (Role::Handler, "3201-B", "320100"),
            (Role::UnitReviewer, "3201-B", "320100"),
        ] {
            let actor = Actor {
                who: Who::Person(UserId(Uuid::from_u128(77))),
                unit: Some(unit.to_owned()),
                unit_path: Some(if unit == "JS" {
                    "JS/".to_owned()
                } else {
                    format!("JS/{unit}/")
                }),
                region: Some(region.to_owned()),
                ..Actor::visitor()
            }
            .with_roles(&[role, Role::Dispatcher]);
            let all = bare.work_of_tasks(&actor, 50).await.expect("tasks");
            // A subtree's tasks are sorted, an agent's are picked out of all agents'; what is counted stops at ten thousand. A row takes a turn for each of its columns.
            for (at, most) in [(0, 120_000), (1, COUNT)] {
                let work = &all[at];
                assert!(
                    work.visited <= most && !scans_table(work),
                    "{role:?} {unit} {region}: {} rows; statistics: {counted}\n{}\n{}",
                    work.visited,
                    work.sql,
                    work.plan.join("\n")
                );
            }
        }
        for (who, scope) in scopes() {
            for asked in APPROVALS {
                let all = bare
                    .work_of_approvals(&scope, &wanted(asked))
                    .await
                    .expect("approvals");
                for work in all {
                    assert!(
                        work.visited <= PAGE && !scans_table(&work),
                        "{who} {asked}: {} rows; statistics: {counted}\n{}\n{}",
                        work.visited,
                        work.sql,
                        work.plan.join("\n")
                    );
                }
            }
        }
    }
}

async fn the_ladder_looks_at_what_is_due_alone(world: World) {
    fill(&world).await;
    for counted in passes(&world) {
        if *counted {
            statistics(&world).await;
        }
        let bare = Bare::of(&world.store);
        let due = store::tickets::ladder::due(&world.store.reader(), NOW, 500).await;
        assert_eq!(due.expect("due").len(), 20);
        for work in bare.work_of_ladder(NOW, 500).await.expect("works") {
            // Some hundred turns a clock with what it is reckoned from; a walk through all of them is a multiple.
            assert!(
                work.visited <= 20_000 && !scans_table(&work),
                "{} rows; statistics: {counted}\n{}\n{}",
                work.visited,
                work.sql,
                work.plan.join("\n")
            );
        }
    }
}

async fn likely_duplicates_are_looked_for_in_their_own_index(world: World) {
    fill(&world).await;
    let scopes = [
        Scope::All,
        Scope::Region("32".to_owned()),
        Scope::Region("3201".to_owned()),
    ];
    let matter = ("320101", "010101");
    for counted in passes(&world) {
        if *counted {
            statistics(&world).await;
        }
        let bare = Bare::of(&world.store);
        for scope in &scopes {
            let works = bare.work_of_likely(scope, matter, Instant(0), 100).await;
            for work in works.expect("works") {
                assert!(
                    work.visited <= 20_000 && !scans_table(&work),
                    "{} rows; statistics: {counted}\n{}\n{}",
                    work.visited,
                    work.sql,
                    work.plan.join("\n")
                );
            }
        }
    }
}

async fn a_page_of_the_pool_costs_a_page(world: World) {
    fill(&world).await;
    let at = pool::Moment {
        now: NOW,
        rested: NOW,
    };
    let asks = (UserId(Uuid::from_u128(9)), at);
    let wanted = pool::Wanted {
        shelf: PoolShelf::Ready,
        kind: None,
        region: None,
        after: None,
        limit: 51,
    };
    for counted in passes(&world) {
        if *counted {
            statistics(&world).await;
        }
        let bare = Bare::of(&world.store);
        for scope in [Scope::All, Scope::Region("3201".to_owned())] {
            let works = bare.work_of_pool(&scope, &wanted, asks).await;
            for work in works.expect("works") {
                assert!(
                    work.visited <= PAGE,
                    "{} rows; statistics: {counted}\n{}\n{}",
                    work.visited,
                    work.sql,
                    work.plan.join("\n")
                );
            }
        }
    }
}
