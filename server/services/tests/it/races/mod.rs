//! Many people do the same at once: one wins, everybody else is told by a code, and what is counted stays right.
//! On PostgreSQL they come in turn to two servers with a pool each. A small round here; the whole by `cargo xtask test races`.
//! Not here: two people at once (`tickets::conflicts`), what each verb does (`tickets`).

use std::future::Future;

use futures::future::join_all;
use services::{Ctx, SeededIds, Services, consistency, tickets};
use shared::access::Who;
use shared::command::{Ticked, Typed, Version};
use shared::fault::{Class, Fault};
use shared::ids::UserId;
use shared::query::TicketFilter;
use shared::ticket::verbs::{Close, Dispatch, Merge, SendBack, Sign};
use shared::ticket::view::Acted;
use shared::ticket::{Channel, ReturnReason, Satisfaction, Solved, TicketState, Verb};
use tokio::sync::Barrier;
use uuid::Uuid;

use crate::support::{CGJ, Filed, World, ZJJ, a_complaint, on_each_database, said};

/// Clients and rounds: `full` is 64 clients and 20 rounds, a number so many rounds of 64.
fn size() -> (u32, u32) {
    match std::env::var("MINSHENG_RACES") {
        Ok(word) if word == "full" => (64, 20),
        Ok(word) => (64, word.parse().expect("`full` or a number of rounds")),
        Err(_) => (16, 3),
    }
}

/// The servers of an installation: one on SQLite, two on PostgreSQL.
struct Servers {
    world: World,
    beside: Option<Services>,
}

impl Servers {
    async fn open(world: World) -> Self {
        let config = world.services.config().clone();
        let beside = if config.database_url.starts_with("postgres") {
            let ids = std::sync::Arc::new(SeededIds::new(777));
            let opened = Services::open_with(config, world.clock.clone(), ids).await;
            Some(opened.expect("a second server opens"))
        } else {
            None
        };
        Self { world, beside }
    }

    /// A person like another one, at one of the servers.
    fn client(&self, like: &Ctx, n: u32) -> Ctx {
        let beside = self.beside.as_ref().filter(|_| n % 2 == 1);
        let mut actor = like.actor.clone();
        actor.who = Who::Person(UserId(Uuid::from_u128(0x5eed_0000 + u128::from(n))));
        actor.username = format!("{}-{n}", actor.username);
        Ctx::of(beside.unwrap_or(&self.world.services), actor)
    }

    /// Lets all try at once: one does it, and the ticket has one line of it.
    async fn race<F>(&self, filed: &mut Filed, verb: Verb, tries: Vec<F>)
    where
        F: Future<Output = Result<Acted, Fault>>,
    {
        let acted = one_of(&verb, tries).await;
        let ctx = self.world.supervisor();
        let detail = tickets::get(&ctx, filed.id).await.expect("seen");
        assert_eq!(detail.row.version, acted.version, "{verb}");
        let history = tickets::history(&ctx, filed.id).await.expect("seen");
        let lines = history.iter().filter(|line| line.verb == verb).count();
        assert_eq!(lines, 1, "{verb}: one line");
        filed.took(Ok(acted));
    }

    /// Nothing that is counted is wrong, and there are so many tickets.
    async fn fits(self, tickets: u32) {
        let found = consistency::check_all(&self.world.services).await;
        let found = found.expect("checked");
        assert_eq!(found.count, 0, "{:?}", found.first);
        let counted = tickets::count(&self.world.supervisor(), &TicketFilter::default()).await;
        assert_eq!(counted.expect("counted").n, i64::from(tickets));
        if let Some(beside) = self.beside {
            beside.store().close().await.expect("closes");
        }
    }
}

/// Lets all begin together; those that came through. Everybody else heard something of these classes.
async fn winners<T, F>(what: &impl std::fmt::Display, tries: Vec<F>, told: &[Class]) -> Vec<T>
where
    F: Future<Output = Result<T, Fault>>,
{
    let start = Barrier::new(tries.len());
    let start = &start;
    let tries = tries.into_iter().map(|one| {
        Box::pin(async move {
            start.wait().await;
            one.await
        })
    });
    let mut won = Vec::new();
    for done in join_all(tries).await {
        match done {
            Ok(it) => won.push(it),
            Err(fault) => {
                let class = fault.code.class();
                assert!(told.contains(&class), "{what}: {fault:?}");
            }
        }
    }
    won
}

/// That somebody was faster, or that there is too much to do.
const LATE: [Class; 2] = [Class::Conflict, Class::Busy];

/// The one that came through.
async fn one_of<F>(what: &impl std::fmt::Display, tries: Vec<F>) -> Acted
where
    F: Future<Output = Result<Acted, Fault>>,
{
    let mut won = winners(what, tries, &LATE).await;
    assert_eq!(won.len(), 1, "{what}: one wins");
    won.remove(0)
}

#[tokio::test]
async fn one_key_sent_by_many_accepts_one_ticket() {
    on_each_database(|world| async move {
        let servers = Servers::open(world).await;
        let (clients, rounds) = size();
        for round in 0..rounds {
            let tries = (0..clients).map(|n| {
                let agent = servers.world.agent();
                let mut ctx = servers.client(&agent, n);
                // One person, whose line is bad.
                ctx.actor = agent.actor;
                ctx.idempotency_key = Some(format!("race-{round}"));
                let mut call = a_complaint();
                call.channel = Some(Channel::Phone);
                async move { tickets::register(&ctx, call).await }
            });
            let tries = tries.collect();
            let won = winners(&Verb::Register, tries, &LATE).await.into_iter();
            let mut numbers: Vec<String> = won.map(|it| it.ticket_no.to_string()).collect();
            assert!(!numbers.is_empty(), "it is accepted");
            numbers.dedup();
            assert_eq!(numbers.len(), 1, "as one ticket");
        }
        servers.fits(rounds).await;
    })
    .await;
}

#[tokio::test]
async fn of_many_dispatchers_one_dispatches() {
    on_each_database(|world| async move {
        let servers = Servers::open(world).await;
        let (clients, rounds) = size();
        let leaf = servers.world.a_leaf().await;
        for _ in 0..rounds {
            let mut filed = servers.world.takes_call(a_complaint()).await;
            let (id, version) = (filed.id, filed.version);
            let tries = (0..clients).map(|n| {
                let ctx = servers.client(&servers.world.dispatcher(), n);
                let command = Dispatch {
                    version: Version(version),
                    lead: said(if n % 3 == 0 { CGJ } else { ZJJ }),
                    assisting: Vec::new(),
                    category: Some(said(&leaf)),
                    advice: None,
                    urgency: None,
                    urgency_reason: None,
                    tags: Vec::new(),
                    own: Typed::default(),
                    assist_due: None,
                    retag: Ticked(false),
                    review: Ticked(false),
                };
                async move { tickets::act(&ctx, id, command).await }
            });
            let tries = tries.collect();
            servers.race(&mut filed, Verb::Dispatch, tries).await;
            let parts = filed.acted.as_ref().expect("acted").assignments.len();
            assert_eq!(parts, 1, "one unit has it");
        }
        servers.fits(rounds).await;
    })
    .await;
}

#[tokio::test]
async fn of_many_colleagues_one_signs_and_one_sends_back() {
    on_each_database(|world| async move {
        let servers = Servers::open(world).await;
        let (clients, rounds) = size();
        for _ in 0..rounds {
            let mut filed = servers.world.takes_call(a_complaint()).await;
            servers.world.dispatches(&mut filed, ZJJ, &[]).await;
            let (id, version) = filed.at_unit(ZJJ);
            let tries = (0..clients).map(|n| {
                let ctx = servers.client(&servers.world.liaison(ZJJ), n);
                let command = Sign {
                    version: Version(version),
                };
                async move { tickets::act(&ctx, id, command).await }
            });
            let tries = tries.collect();
            servers.race(&mut filed, Verb::Sign, tries).await;
            let (id, version) = filed.at_unit(ZJJ);
            let tries = (0..clients).map(|n| {
                let ctx = servers.client(&servers.world.liaison(ZJJ), n);
                let command = SendBack {
                    version: Version(version),
                    reason: ReturnReason::WrongDuty,
                    explanation: said("屋面维修由物业主管部门负责，不属于本单位职责。"),
                    duty: None,
                    basis: Some(said("市政府“三定”规定")),
                    suggested_unit: None,
                    cause: None,
                };
                async move { tickets::act(&ctx, id, command).await }
            });
            let tries = tries.collect();
            servers.race(&mut filed, Verb::SendBack, tries).await;
            let dispatcher = servers.world.dispatcher();
            let detail = tickets::get(&dispatcher, filed.id).await.expect("seen");
            assert_eq!(detail.assignments[0].applications.len(), 1, "one waits");
        }
        servers.fits(rounds).await;
    })
    .await;
}

#[tokio::test]
async fn of_many_callers_one_closes() {
    on_each_database(|world| async move {
        let servers = Servers::open(world).await;
        let (clients, rounds) = size();
        for _ in 0..rounds {
            let mut filed = servers.world.takes_call(a_complaint()).await;
            servers.world.dispatches(&mut filed, ZJJ, &[]).await;
            servers.world.unit_answers(&mut filed, ZJJ).await;
            servers.world.centre_passes(&mut filed).await;
            let (satisfaction, solved) = (Satisfaction::Satisfied, Solved::Yes);
            servers
                .world
                .citizen_answers_call(&mut filed, satisfaction, solved)
                .await;
            let (id, version) = (filed.id, filed.version);
            let tries = (0..clients).map(|n| {
                let ctx = servers.client(&servers.world.caller(), n);
                let command = Close {
                    version: Version(version),
                    exempt: None,
                };
                async move { tickets::act(&ctx, id, command).await }
            });
            let tries = tries.collect();
            servers.race(&mut filed, Verb::Close, tries).await;
        }
        servers.fits(rounds).await;
    })
    .await;
}

fn into(version: i32, lead: &Filed) -> Merge {
    Merge {
        version: Version(version),
        into: lead.claim.ticket_no.clone(),
        reason: None,
    }
}

#[tokio::test]
async fn of_many_mergers_one_merges() {
    on_each_database(|world| async move {
        let servers = Servers::open(world).await;
        let (clients, rounds) = size();
        for _ in 0..rounds {
            let one = servers.world.takes_call(a_complaint()).await;
            let two = servers.world.takes_call(a_complaint()).await;
            let mut filed = servers.world.takes_call(a_complaint()).await;
            let (id, version) = (filed.id, filed.version);
            let tries = (0..clients).map(|n| {
                let ctx = servers.client(&servers.world.dispatcher(), n);
                // Both servers name both.
                let command = into(version, if n % 4 < 2 { &one } else { &two });
                async move { tickets::act(&ctx, id, command).await }
            });
            let tries = tries.collect();
            servers.race(&mut filed, Verb::Merge, tries).await;
            let state = filed.acted.as_ref().map(|acted| acted.state);
            assert_eq!(state, Some(TicketState::Merged));
        }
        servers.fits(rounds * 3).await;
    })
    .await;
}

#[tokio::test]
async fn of_two_that_are_merged_crosswise_by_many_one_leads() {
    on_each_database(|world| async move {
        let servers = Servers::open(world).await;
        let (clients, rounds) = size();
        for _ in 0..rounds {
            let one = servers.world.takes_call(a_complaint()).await;
            let two = servers.world.takes_call(a_complaint()).await;
            let tries = (0..clients).map(|n| {
                let ctx = servers.client(&servers.world.dispatcher(), n);
                let (filed, lead) = if n % 4 < 2 {
                    (&one, &two)
                } else {
                    (&two, &one)
                };
                let (id, command) = (filed.id, into(filed.version, lead));
                async move { tickets::act(&ctx, id, command).await }
            });
            // That the other one leads or is merged is told at the field.
            let told = [Class::Conflict, Class::Busy, Class::Input];
            let tries = tries.collect();
            let won = winners(&Verb::Merge, tries, &told).await;
            let merged = |acted: &Acted| acted.state == TicketState::Merged;
            assert!(won.iter().all(merged));
            assert_eq!(won.len(), 1, "one leads");
        }
        servers.fits(rounds * 2).await;
    })
    .await;
}
