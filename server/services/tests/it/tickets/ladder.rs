//! The escalation ladder: a clock reaches its rungs in working time, each once; people get one notice a run; what moves, pauses or ends a clock moves
//! its next rung; a rung that is off is skipped.
//! Not here: when a rung is reached (unit tests of `shared::ladder`), the register itself (`register`).

use services::gateway::bell;
use services::{Ctx, consistency, jobs, tickets};
use shared::access::Role;
use shared::application::ExtensionReason;
use shared::command::{Ticked, Typed, Version};
use shared::ladder::Colour;
use shared::notice::{NoticeChoice, NoticeKind, NoticeSettings, NoticeView};
use shared::query::TicketQuery;
use shared::register::{ListCode, shipped};
use shared::ticket::verbs::{Dispatch, Extend, RuleExtension, Sign};
use shared::ticket::view::{LadderView, TicketSheet};
use shared::ticket::{Urgency, Verb};
use store::outbox::{Claim, Which};

use crate::register::{drafted, limit, published};
use crate::support::{
    CENTRE, Filed, World, ZJJ, a_complaint, at, killed_after, lives, on_each_database, said,
};

async fn runs(world: &World, name: &str) -> u64 {
    let known = jobs::JOBS.iter().find(|job| job.name == name);
    let run = known.expect("a job").once(&world.services);
    run.await.expect("runs").count
}

/// The job at a time.
async fn at_time(world: &World, time: &str) {
    world.time(time);
    runs(world, "ladder").await;
}

async fn told(ctx: &Ctx) -> Vec<NoticeView> {
    let page = bell::page(ctx, false, None, bell::PAGE).await;
    page.expect("a page").items
}

async fn kinds(ctx: &Ctx) -> Vec<NoticeKind> {
    told(ctx).await.into_iter().map(|it| it.kind).collect()
}

async fn sheet(world: &World, filed: &Filed) -> TicketSheet {
    let sheet = tickets::sheet(&world.dispatcher(), filed.id).await;
    sheet.expect("the page")
}

/// The rungs that the history tells of the unit's part, or of the ticket itself.
async fn rungs(world: &World, filed: &Filed, of_unit: bool) -> Vec<String> {
    let history = sheet(world, filed).await.history.into_iter();
    let rung = history.filter(|it| it.verb == Verb::Ring && it.unit.is_some() == of_unit);
    rung.filter_map(|it| it.facts.get("rung").cloned())
        .collect()
}

/// How the unit's clock stands.
async fn part(world: &World, filed: &Filed) -> LadderView {
    let ladders = sheet(world, filed).await.ladders;
    let mut of_unit = ladders.into_iter().filter(|it| it.assignment.is_some());
    of_unit.next().expect("the unit's clock runs")
}

async fn dispatched(world: &World) -> Filed {
    let mut filed = world.files(a_complaint()).await;
    world.dispatches(&mut filed, ZJJ, &[]).await;
    filed
}

async fn fits(world: &World) {
    let found = consistency::check_all(&world.services).await;
    let found = found.expect("checked");
    assert_eq!(found.count, 0, "{:?}", found.first);
}

const WAY: [(&str, &str); 7] = [
    ("2026-03-04T17:30", "half"),
    ("2026-03-06T16:06", "most"),
    ("2026-03-09T12:00", "last_hours"),
    ("2026-03-09T17:30", "overdue"),
    ("2026-03-10T17:30", "phone"),
    ("2026-03-11T17:30", "supervision"),
    ("2026-03-16T17:30", "listed"),
];

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story")]
async fn a_clock_of_five_working_days_walks_the_whole_ladder() {
    on_each_database(|world| async move {
        let liaison = world.hires(Role::UnitLiaison, ZJJ).await;
        let handler = world.hires(Role::Handler, ZJJ).await;
        let reviewer = world.hires(Role::UnitReviewer, ZJJ).await;
        let supervisor = world.hires(Role::Supervisor, CENTRE).await;
        let leader = world.hires(Role::CentreLeader, CENTRE).await;
        let filed = dispatched(&world).await;
        let version = sheet(&world, &filed).await.detail.row.version;
        runs(&world, "ladder").await;
        let mut known: Vec<String> = Vec::new();
        for (time, code) in WAY {
            let before = at(&format!("{time}:00+08:00"));
            world
                .clock
                .set(shared::calendar::Instant(before.0 - 60_000));
            runs(&world, "ladder").await;
            assert_eq!(rungs(&world, &filed, true).await, known, "before {code}");
            let next = part(&world, &filed).await;
            assert_eq!(next.next.map(|it| it.code).as_deref(), Some(code));
            assert_eq!(next.next_at, Some(before), "{code}");
            at_time(&world, time).await;
            at_time(&world, time).await;
            known.push(code.to_owned());
            assert_eq!(rungs(&world, &filed, true).await, known, "{code} once");
            let reached = part(&world, &filed).await.reached.expect("a rung");
            assert_eq!(reached.code, code);
        }
        assert_eq!(
            rungs(&world, &filed, false).await,
            known,
            "the ticket's own"
        );
        let end = part(&world, &filed).await;
        assert_eq!(end.reached.map(|it| it.colour), Some(Colour::Red));
        assert!(end.next.is_none());
        let (near, late) = (NoticeKind::Near, NoticeKind::Overdue);
        assert_eq!(kinds(&handler).await, [late, near, near]);
        assert_eq!(kinds(&liaison).await, [late, late, near, near]);
        assert_eq!(kinds(&reviewer).await, [late, late, near]);
        assert_eq!(kinds(&supervisor).await, [late, late, late]);
        assert_eq!(kinds(&leader).await, [late]);
        let after = sheet(&world, &filed).await.detail.row;
        assert_eq!(after.version, version, "nobody's form is stale");
        let words = told(&supervisor).await.remove(0).words;
        assert!(words.contains("挂牌督办"), "{words}");
        assert!(words.contains(after.ticket_no.as_str()), "{words}");
        assert!(!words.contains("漏水"), "{words}");
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn an_extension_moves_the_next_rung_and_takes_rungs_back() {
    on_each_database(|world| async move {
        let mut filed = dispatched(&world).await;
        at_time(&world, "2026-03-02T09:01").await;
        at_time(&world, "2026-03-05T10:00").await;
        assert_eq!(rungs(&world, &filed, true).await, ["half"]);
        let (id, version) = filed.at_unit(ZJJ);
        let sign = Sign {
            version: Version(version),
        };
        filed.took(tickets::act(&world.liaison(ZJJ), id, sign).await);
        let (id, version) = filed.at_unit(ZJJ);
        let extend = Extend {
            version: Version(version),
            reason: ExtensionReason::Works,
            days: 5,
            explanation: said("防水层已铲除，须晾干后重做，已电话告知诉求人。"),
            cause: None,
        };
        filed.took(tickets::act(&world.handler(ZJJ), id, extend).await);
        let (id, version) = filed.at_unit(ZJJ);
        let rule = RuleExtension {
            version: Version(version),
            grant: true,
            days: None,
            opinion: None,
        };
        filed.took(tickets::act(&world.dispatcher(), id, rule).await);
        runs(&world, "ladder").await;
        let moved = part(&world, &filed).await;
        assert_eq!(moved.reached, None, "half of the longer limit is to come");
        assert_eq!(moved.next_at, Some(at("2026-03-09T14:00:00+08:00")));
        at_time(&world, "2026-03-06T17:00").await;
        assert_eq!(rungs(&world, &filed, true).await, ["half"]);
        at_time(&world, "2026-03-09T14:00").await;
        assert_eq!(rungs(&world, &filed, true).await, ["half", "half"]);
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn ten_tickets_of_one_person_are_one_message() {
    on_each_database(|world| async move {
        let handler = world.hires(Role::Handler, ZJJ).await;
        let choice = NoticeChoice {
            sms: true,
            ..NoticeChoice::usual(NoticeKind::Near)
        };
        let settings = NoticeSettings {
            choices: vec![choice],
            mail: None,
            mobile: Some("13900001111".to_owned()),
        };
        bell::choose(&handler, settings).await.expect("kept");
        for _ in 0..10 {
            dispatched(&world).await;
        }
        runs(&world, "ladder").await;
        at_time(&world, "2026-03-04T17:30").await;
        let notices = told(&handler).await;
        assert_eq!(notices.len(), 1);
        assert_eq!(notices[0].tickets.len(), 10);
        assert!(
            notices[0].words.contains("等 10 件"),
            "{}",
            notices[0].words
        );
        let now = world.services.now();
        let claim = Claim {
            which: Which::Outside,
            now,
            until: shared::calendar::Instant(now.0 + 60_000),
            limit: 100,
        };
        let waiting = world.services.store();
        let waiting = waiting
            .write(move |tx| Box::pin(async move { store::outbox::claim(tx, claim).await }))
            .await
            .expect("the outbox is read");
        let sent: Vec<&str> = waiting
            .iter()
            .filter(|claimed| claimed.message.to == "13900001111")
            .map(|claimed| claimed.message.body.as_str())
            .collect();
        assert_eq!(sent.len(), 1, "{sent:?}");
        assert!(sent[0].starts_with("【12345民声】工单3201"), "{sent:?}");
    })
    .await;
}

#[tokio::test]
async fn a_killed_job_tells_nothing_twice_and_loses_nothing() {
    on_each_database(|world| async move {
        let handler = world.hires(Role::Handler, ZJJ).await;
        let mut all = Vec::new();
        for _ in 0..3 {
            all.push(dispatched(&world).await);
        }
        world.time("2026-03-04T17:30");
        let run = jobs::JOBS.iter().find(|job| job.name == "ladder");
        let run = run.expect("the job");
        let mut is_over = false;
        for wakes in lives() {
            if let Some(done) = killed_after(wakes, run.once(&world.services)).await {
                done.expect("runs");
                is_over = true;
                break;
            }
        }
        assert!(is_over);
        runs(&world, "ladder").await;
        for filed in &all {
            assert_eq!(rungs(&world, filed, true).await, ["half"]);
            assert_eq!(rungs(&world, filed, false).await, ["half"]);
        }
        let notices = told(&handler).await;
        let mut named: Vec<_> = notices
            .iter()
            .flat_map(|it| it.tickets.iter().map(|ticket| ticket.id))
            .collect();
        named.sort_unstable();
        named.dedup();
        assert_eq!(named.len(), all.len());
        let count: usize = notices.iter().map(|it| it.tickets.len()).sum();
        assert_eq!(count, all.len(), "{notices:?}");
    })
    .await;
}

#[tokio::test]
async fn at_night_nothing_rings_but_what_is_urgent() {
    on_each_database(|world| async move {
        let handler = world.hires(Role::Handler, ZJJ).await;
        let mut day = limit("handle", "24");
        day.insert("unit".to_owned(), "hours".to_owned());
        let version = drafted(&world, ListCode::Limits, Some("handle/-/-/-/-/-"), &day).await;
        let done = published(&world, ListCode::Limits, version, None, false).await;
        done.expect("published");
        runs(&world, "register").await;
        world.time("2026-03-02T09:05");
        let calm = dispatched(&world).await;
        at_time(&world, "2026-03-02T22:00").await;
        assert!(rungs(&world, &calm, true).await.is_empty(), "at night");
        at_time(&world, "2026-03-03T08:59").await;
        assert!(told(&handler).await.is_empty());
        // At the opening half of the limit is told; its end falls into working time.
        at_time(&world, "2026-03-03T09:00").await;
        let calm = rungs(&world, &calm, true).await;
        assert_eq!(calm.first().map(String::as_str), Some("half"));
        let before = told(&handler).await.len();
        assert_eq!(before, 1, "{calm:?} in one notice");

        let mut urgent = world.files(a_complaint()).await;
        let dispatch = Dispatch {
            version: Version(urgent.version),
            lead: said(ZJJ),
            assisting: Vec::new(),
            category: Some(said(world.a_leaf().await)),
            advice: None,
            urgency: Some(Urgency::Urgent),
            urgency_reason: Some(said("夜间断电，涉及老人用氧")),
            tags: Vec::new(),
            own: Typed::default(),
            assist_due: None,
            retag: Ticked(false),
            review: Ticked(false),
        };
        urgent.took(tickets::act(&world.dispatcher(), urgent.id, dispatch).await);
        runs(&world, "ladder").await;
        at_time(&world, "2026-03-03T21:00").await;
        assert_eq!(rungs(&world, &urgent, true).await, ["half"]);
    })
    .await;
}

#[tokio::test]
async fn a_rung_that_is_switched_off_is_skipped() {
    on_each_database(|world| async move {
        let filed = dispatched(&world).await;
        runs(&world, "ladder").await;
        let mut half = shipped(ListCode::Ladder).remove(0);
        half.insert("on".to_owned(), "no".to_owned());
        let version = drafted(&world, ListCode::Ladder, Some("half"), &half).await;
        let done = published(&world, ListCode::Ladder, version, None, false).await;
        done.expect("published");
        runs(&world, "register").await;
        at_time(&world, "2026-03-02T09:02").await;
        let next = part(&world, &filed).await.next.expect("a rung");
        assert_eq!(next.code, "most");
        at_time(&world, "2026-03-05T10:00").await;
        assert!(rungs(&world, &filed, true).await.is_empty());
        at_time(&world, "2026-03-06T17:00").await;
        assert_eq!(rungs(&world, &filed, true).await, ["most"]);
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_has_ended_or_stands_still_rings_no_more() {
    on_each_database(|world| async move {
        let liaison = world.hires(Role::UnitLiaison, ZJJ).await;
        let mut done = dispatched(&world).await;
        let still = dispatched(&world).await;
        runs(&world, "ladder").await;
        world.unit_answers(&mut done, ZJJ).await;
        suspended(&world, &still).await;
        let ladders = sheet(&world, &done).await.ladders;
        let whose: Vec<_> = ladders.iter().map(|it| it.assignment).collect();
        assert_eq!(whose, [None], "the ticket's own clock alone");
        at_time(&world, "2026-03-09T18:00").await;
        assert!(rungs(&world, &done, true).await.is_empty());
        assert!(rungs(&world, &still, true).await.is_empty());
        assert!(rungs(&world, &still, false).await.is_empty());
        assert!(told(&liaison).await.is_empty());
        assert_eq!(
            rungs(&world, &done, false).await,
            ["half", "most", "last_hours", "overdue"],
            "what was missed is caught up in its order"
        );
    })
    .await;
}

#[tokio::test]
async fn a_clock_of_a_release_without_the_ladder_is_taken_over_as_it_stands() {
    on_each_database(|world| async move {
        let handler = world.hires(Role::Handler, ZJJ).await;
        let filed = dispatched(&world).await;
        written(&world, "delete from ladder_clocks").await;
        world.time("2026-03-05T10:00");
        assert_eq!(runs(&world, "ladder_clocks").await, 2);
        assert_eq!(runs(&world, "ladder_clocks").await, 0);
        runs(&world, "ladder").await;
        assert!(told(&handler).await.is_empty(), "half was long ago");
        let reached = part(&world, &filed).await.reached;
        assert_eq!(reached.map(|it| it.colour), Some(Colour::Blue));
        at_time(&world, "2026-03-06T16:06").await;
        assert_eq!(rungs(&world, &filed, true).await, ["most"]);
    })
    .await;
}

#[tokio::test]
async fn lists_say_the_rung_and_the_page_the_ledger_behind_the_deadline() {
    on_each_database(|world| async move {
        let filed = dispatched(&world).await;
        at_time(&world, "2026-03-02T09:01").await;
        at_time(&world, "2026-03-06T16:06").await;
        let page = tickets::list(&world.supervisor(), TicketQuery::default()).await;
        let rows = page.expect("a list").items;
        let row = rows.iter().find(|row| row.id == filed.id).expect("the row");
        let rung = row.rung.as_ref().expect("a rung");
        assert_eq!((rung.code.as_str(), rung.colour), ("most", Colour::Yellow));
        let ledger = sheet(&world, &filed).await.ledger;
        let started: Vec<bool> = ledger
            .iter()
            .filter(|line| line.en == "Started")
            .map(|line| line.unit.is_some())
            .collect();
        assert_eq!(started, [false, true], "{ledger:?}");
        assert!(ledger.iter().all(|line| line.due_at.is_some()));
    })
    .await;
}

/// The ticket stands still: its clocks do not run.
async fn suspended(world: &World, filed: &Filed) {
    let no = filed.claim.ticket_no.to_string();
    let sql = format!("update tickets set state = 'SU' where ticket_no = '{no}'");
    written(world, &sql).await;
}

async fn written(world: &World, sql: &str) {
    let url = &world.services.config().database_url;
    let connection = sea_orm::Database::connect(url).await.expect("connects");
    sea_orm::ConnectionTrait::execute_unprepared(&connection, sql)
        .await
        .expect("written");
    connection.close().await.expect("closes");
}
