//! The demo and the imports end to end on SQLite: consistent, deterministic, every state, distributions in their range.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use shared::access::Permission;
use shared::calendar::Instant;
use shared::query::TicketQuery;
use shared::ticket::{Channel, Satisfaction, TicketState};
use shared::todo::Mark;
use store::record::Ticket;

use super::*;
use crate::context::{FixedClock, SeededIds, ServicesConfig};
use crate::import;

const NOW: &str = "2026-11-22T16:00:00+08:00";

async fn services(folder: &std::path::Path) -> Services {
    let config = ServicesConfig {
        database_url: format!("sqlite://{}", folder.join("db.sqlite").display()),
        data_dir: folder.to_owned(),
        keys_file: folder.join("keys.json"),
        public_url: "http://127.0.0.1:3000".to_owned(),
        serving: false,
        limits: crate::tries::Limits::default(),
        crypto: crate::CryptoConfig::default(),
    };
    let clock = FixedClock::at(Instant::parse(NOW).expect("a time"));
    Services::open_with(config, Arc::new(clock), Arc::new(SeededIds::new(1)))
        .await
        .expect("opens")
}

fn order(folder: &std::path::Path, tickets: u32) -> DemoPlan {
    DemoPlan {
        tickets,
        months: 6,
        until: "2026-11-22".parse().expect("a day"),
        seed: 7,
        accounts: folder.join("accounts.json"),
    }
}

async fn all(services: &Services) -> Vec<Ticket> {
    all_in(services, Vec::new()).await
}

async fn all_in(services: &Services, states: Vec<TicketState>) -> Vec<Ticket> {
    let scope = crate::context::Ctx::system(services)
        .actor
        .scope(Permission::TicketView)
        .expect("everything");
    let db = services.store().reader();
    let mut out = Vec::new();
    let mut query = TicketQuery {
        limit: 200,
        ..TicketQuery::default()
    };
    query.filter.state = states;
    loop {
        let page = store::tickets::list(&db, &scope, &query, services.now())
            .await
            .expect("a page");
        out.extend(page.items);
        match page.next_cursor {
            Some(cursor) => query.cursor = Some(cursor),
            None => return out,
        }
    }
}

/// Who signed for a part that is open answers for it, as the shelf of the to-do centre says.
async fn answers_for_open_parts(services: &Services) {
    let everybody = crate::context::Ctx::system(services).actor;
    let scope = everybody.scope(Permission::TicketView);
    let scope = scope.expect("everything");
    let db = services.store().reader();
    let mut answering = 0;
    for user in store::users::list(&db).await.expect("people") {
        let parts = store::tickets::responsible::held_by(&db, user.id, 1).await;
        let has_parts = !parts.expect("parts").is_empty();
        let wanted = store::todo::Wanted {
            user: user.id,
            mark: Mark::Responsible,
            is_open: false,
            after: None,
            limit: 1,
            tickets: Some(&scope),
            approvals: None,
        };
        let marked = store::todo::list(&db, &wanted).await.expect("marks");
        assert_eq!(has_parts, !marked.is_empty(), "{}", user.username);
        answering += usize::from(has_parts);
    }
    assert!(answering > 0, "nobody answers for anything");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_is_consistent_and_has_the_shape_of_the_domain_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let services = services(folder.path()).await;
    let ctx = Ctx::system(&services);
    let done = run(&ctx, order(folder.path(), 3_000))
        .await
        .expect("a demo");
    assert_eq!((done.findings.count, done.tickets), (0, 3_000), "{done}");
    let broken = crate::quality::broken(&services).await.expect("looked at");
    let blocks = broken.keys().filter(|rule| rule.starts_with("block"));
    assert_eq!(blocks.count(), 0, "{broken:?}");
    assert!(
        done.accounts <= 60 && done.findings.cases == 3_000,
        "{done}"
    );

    answers_for_open_parts(&services).await;

    // What the look at an office asks for, the demo has.
    let ready = crate::setup::ready(&ctx).await.expect("looked");
    assert!(ready.is_ready, "{:#?}", ready.items);

    let tickets = all(&services).await;
    assert_eq!(tickets.len(), 3_000);
    let share = |fits: &dyn Fn(&Ticket) -> bool| {
        tickets.iter().filter(|t| fits(t)).count() as f64 / 3_000.0
    };
    assert!((0.86..0.92).contains(&share(&|t| t.channel == Channel::Phone)));
    let direct = share(&|t| t.state == TicketState::Closed && t.lead_unit.is_none());
    assert!(
        (0.52..0.66).contains(&direct),
        "answered at the desk: {direct}"
    );
    let rated: Vec<Satisfaction> = tickets
        .iter()
        .map(|t| t.latest_satisfaction)
        .filter(|s| s.is_rated())
        .collect();
    let satisfied = rated.iter().filter(|s| s.is_satisfied()).count() as f64 / rated.len() as f64;
    assert!((0.91..0.99).contains(&satisfied), "satisfied: {satisfied}");
    let mut states: BTreeMap<TicketState, usize> = BTreeMap::new();
    for ticket in &tickets {
        *states.entry(ticket.state).or_default() += 1;
    }
    for state in [
        TicketState::ToDispatch,
        TicketState::Dispatched,
        TicketState::Handling,
        TicketState::ToReview,
        TicketState::ToVisit,
        TicketState::Closed,
        TicketState::NotAccepted,
        TicketState::Withdrawn,
    ] {
        assert!(
            states.contains_key(&state),
            "no ticket is {state}: {states:?}"
        );
    }
    assert!(
        tickets.iter().any(|t| t.cycle_no > 0)
            && tickets.iter().any(|t| t.anonymous && t.citizen.is_none())
    );
    let late = Instant::parse(NOW).expect("a time");
    assert!(tickets.iter().all(|t| t.accepted_at <= late
        && t.updated_at <= late
        && t.closed_at.is_none_or(|at| at >= t.accepted_at)));

    let words = serde_json::from_slice::<Vec<serde_json::Value>>(
        &std::fs::read(folder.path().join("accounts.json")).expect("accounts"),
    )
    .expect("JSON");
    assert_eq!(words.len(), done.accounts);
    let again = run(&ctx, order(folder.path(), 10))
        .await
        .expect("a second run");
    assert_eq!((again.accounts, again.findings.count), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_seed_gives_the_same_tickets() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let folder = tempfile::tempdir().expect("a folder");
        let services = services(folder.path()).await;
        run(&Ctx::system(&services), order(folder.path(), 200))
            .await
            .expect("a demo");
        let tickets = all(&services).await;
        runs.push(
            tickets
                .into_iter()
                .map(|t| {
                    (
                        t.id,
                        t.ticket_no,
                        t.state,
                        t.title,
                        t.content,
                        t.due_at,
                        t.citizen,
                    )
                })
                .collect::<Vec<_>>(),
        );
    }
    assert_eq!(runs[0], runs[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_run_of_a_seed_is_refused_with_words_and_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let services = services(folder.path()).await;
    let ctx = Ctx::system(&services);
    run(&ctx, order(folder.path(), 200)).await.expect("a demo");
    let batches = async || {
        let reader = services.store().reader();
        let all = store::batches::list(&reader).await.expect("the batches");
        all.len()
    };
    let before = (all(&services).await.len(), batches().await);
    let fault = run(&ctx, order(folder.path(), 200))
        .await
        .expect_err("there already");
    assert_eq!(
        (fault.code, &*fault.facts["seed"]),
        (Code::DemoThere, "7"),
        "{fault:?}"
    );
    assert_eq!((all(&services).await.len(), batches().await), before);
}

async fn bring(ctx: &Ctx, file: PathBuf, dry_run: bool) -> import::Done {
    let order = import::ImportPlan {
        file,
        map: None,
        source: None,
        dry_run,
        accept: false,
    };
    let done = import::run(ctx, order).await.expect("an import");
    let c = done.tally;
    assert_eq!(c.read, c.imported + c.duplicate + c.rejected, "{done}");
    done
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shared_files_import_without_a_mapping() {
    let root = std::env::var("MINSHENG_SHARED_DATA").unwrap_or_else(|_| {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").to_owned()
    });
    let root = PathBuf::from(root);
    if !root.join("complaints").exists() {
        assert!(
            std::env::var("CI").as_deref() != Ok("true"),
            "the shared data is needed in CI"
        );
        println!("skipped: no shared data");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let services = services(folder.path()).await;
    let ctx = Ctx::system(&services);
    let files = [
        "complaints/labelled_raw",
        "complaints/labelled_raw_matched",
        "complaints/hotspot_messages",
        "complaints/replies",
        "complaints/unlabelled_raw_silver",
        "leaderboard_hangzhou/messages",
    ];
    let rows = [836, 240, 2_640, 1_681, 1_662, 710];
    let mut first = None;
    for (name, rows) in files.iter().zip(rows) {
        // A copy, so that a report of rejected rows does not land in the shared folder.
        let copy = folder
            .path()
            .join(format!("{}.csv.gz", name.replace('/', "-")));
        std::fs::copy(root.join(format!("{name}.csv.gz")), &copy).expect("copied");
        let done = bring(&ctx, copy.clone(), false).await;
        assert_eq!(done.tally.read, rows, "{name}: {done}");
        assert!(done.tally.rejected * 50 < rows, "{name}: {done}");
        let again = bring(&ctx, copy, true).await;
        assert_eq!(
            again.tally.imported, 0,
            "{name}: the same file again: {again}"
        );
        first = first.or(done.batch);
    }
    let tickets = all(&services).await;
    assert!(
        tickets
            .iter()
            .any(|t| t.state == TicketState::Closed && t.answer.is_some())
    );
    assert!(
        tickets
            .iter()
            .any(|t| t.state == TicketState::ToDispatch && t.source_words.contains_key("category"))
    );
    let moved = import::undo(&ctx, first.expect("a batch"))
        .await
        .expect("undone");
    let recycled = all_in(&services, vec![TicketState::Recycled]).await.len();
    assert!(
        all(&services)
            .await
            .iter()
            .all(|t| t.state != TicketState::Recycled),
        "what was taken back is in no list that does not ask for it"
    );
    assert!(
        moved > 0 && moved as usize == recycled,
        "{moved} {recycled}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_rows_are_rejected_by_line_and_a_changed_text_is_noticed() {
    let folder = tempfile::tempdir().expect("a folder");
    let services = services(folder.path()).await;
    let ctx = Ctx::system(&services);
    let file = folder.path().join("board.csv");
    let text = "编号,时间,标题,内容,电话\n1,2026/11/1 9:05,,\"路灯不亮，\n请修理\",13812345678\n2,昨天,,井盖破损,\n,2026-11-02,,无编号,\n3,2030-01-01,,以后的事,\n1,2026/11/1 9:05,,\"路灯不亮，\n请修理\",\n1,,,别的内容,\n4,,,电话不对,123\n";
    let (gbk, _, _) = encoding_rs::GBK.encode(text);
    std::fs::write(&file, gbk).expect("written");
    let done = bring(&ctx, file, false).await;
    assert_eq!(
        (
            done.tally.read,
            done.tally.imported,
            done.tally.duplicate,
            done.tally.rejected
        ),
        (7, 2, 1, 4),
        "{done}"
    );
    let report = std::fs::read_to_string(done.report.expect("a report")).expect("a report");
    for line in [
        "4,2,时间,昨天,",
        "5,,编号,,没有填",
        "6,3,时间,2030-01-01,晚于现在",
        "9,1,内容,别的内容,",
    ] {
        assert!(report.contains(line), "{line} in {report}");
    }
    let tickets = all(&services).await;
    let odd = tickets
        .iter()
        .find(|t| t.external_no.as_deref() == Some("4"))
        .expect("a wrong phone costs no ticket");
    assert_eq!(
        odd.source_words.get("phone").map(String::as_str),
        Some("123")
    );
    let tickets: Vec<Ticket> = tickets
        .into_iter()
        .filter(|t| t.external_no.as_deref() == Some("1"))
        .collect();
    assert_eq!(
        tickets[0].accepted_at.rfc3339(),
        "2026-11-01T09:05:00+08:00"
    );
    assert_eq!(
        tickets[0].citizen.as_ref().and_then(|c| c.phone.as_deref()),
        Some("13812345678")
    );
    let due = tickets[0].due_at.expect("a clock");
    assert!(
        due > Instant::parse(NOW).expect("a time"),
        "the clock runs from the import"
    );
}
