//! Deadlines reckoned from the clock ledger alone: drawn sequences of what moves a clock, each compared by the check of the night.
//! Not here: the arithmetic of the fold (`shared::calendar::ledger`), single verbs (`tickets/holds`, `tickets/extensions`).

use services::register::{self, Publishing};
use services::{consistency, jobs, tickets};
use shared::application::{ExtensionReason, SuspensionReason};
use shared::calendar::{ClockKind, days_after};
use shared::command::Version;
use shared::process::mismatch::{Derived, Mismatch};
use shared::register::ListCode;
use shared::ticket::Verb;
use shared::ticket::verbs::{
    Extend, Interim, ResumeWork, RuleExtension, RuleInterim, RuleSuspension, Sign, SuspendWork,
};
use store::record::ClockEntry;

use super::{BASE, drafted, drafter, limit, promptly, published, row};
use crate::support::{CGJ, Filed, World, ZJJ, on_each_database, said};

/// Fridays or Tuesdays ahead of each ticket.
const DAYS_OFF: [&str; 2] = ["2026-03-06", "2026-03-10"];

async fn signed(world: &World) -> Filed {
    let mut filed = world.files(promptly()).await;
    world.dispatches(&mut filed, ZJJ, &[CGJ]).await;
    for unit in [ZJJ, CGJ] {
        let (id, version) = filed.at_unit(unit);
        let sign = Sign {
            version: Version(version),
        };
        filed.took(tickets::act(&world.liaison(unit), id, sign).await);
    }
    filed
}

async fn fits(world: &World, after: &str) {
    let found = consistency::check_all(&world.services).await;
    let found = found.expect("checked");
    assert_eq!(found.count, 0, "{after}: {:?}", found.first);
}

async fn entries(world: &World, filed: &Filed) -> Vec<ClockEntry> {
    let db = world.services.store().reader();
    let entries = store::host::clock_entries(&db, filed.id.into()).await;
    entries.expect("the ledger")
}

async fn extends(world: &World, filed: &mut Filed) {
    let (id, version) = filed.at_unit(ZJJ);
    let extend = Extend {
        version: Version(version),
        reason: ExtensionReason::Works,
        days: 1,
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
}

/// A day so many days ahead.
fn ahead(world: &World, days: u64) -> String {
    days_after(world.services.now().date(), days).to_string()
}

async fn suspends_and_resumes(world: &World, filed: &mut Filed, minutes: i64) {
    let (id, version) = filed.at_unit(ZJJ);
    let suspend = SuspendWork {
        version: Version(version),
        reason: SuspensionReason::Appraisal,
        until: said(ahead(world, 6)),
        explanation: said("已委托房屋安全鉴定，受理单号附后，等鉴定报告。"),
        files: Vec::new(),
    };
    filed.took(tickets::act(&world.handler(ZJJ), id, suspend).await);
    let (id, version) = filed.at_unit(ZJJ);
    let rule = RuleSuspension {
        version: Version(version),
        grant: true,
        opinion: None,
    };
    filed.took(tickets::act(&world.reviewer(), id, rule).await);
    fits(world, "while it is suspended").await;
    world.clock.advance_minutes(minutes);
    let (id, version) = filed.at_unit(ZJJ);
    let resume = ResumeWork {
        version: Version(version),
        reason: Some(said("鉴定报告已出具")),
    };
    filed.took(tickets::act(&world.liaison(ZJJ), id, resume).await);
}

/// A working day becomes a holiday that nobody knew of.
async fn decrees(world: &World, date: &str) {
    let off = row(&[
        ("date", date),
        ("kind", "放假"),
        ("name", "临时放假"),
        ("notice_year", "2026"),
    ]);
    let version = drafted(world, ListCode::Calendar, None, &off).await;
    let order = Publishing {
        version,
        ..Publishing::default()
    };
    let done = register::publish(&drafter(world), (ListCode::Calendar, BASE), order).await;
    done.expect("published");
}

/// Open tickets follow another limit of the whole.
async fn rules(world: &World, days: u64) {
    let key = Some("ticket/-/-/-/-/-");
    let days = days.to_string();
    let version = drafted(world, ListCode::Limits, key, &limit("ticket", &days)).await;
    world.clock.advance_minutes(10);
    let done = published(world, ListCode::Limits, version, None, true).await;
    done.expect("published");
    world.clock.advance_minutes(1);
    jobs::once(&world.services).await.expect("the jobs run");
}

/// A number that looks drawn, below `most`.
const fn drawn(state: &mut u64, most: u64) -> u64 {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1);
    (*state >> 33) % most
}

#[tokio::test]
async fn drawn_sequences_leave_no_difference() {
    on_each_database(|world| async move {
        let mut state = 20_260_302;
        let mut limits = 3;
        for day_off in DAYS_OFF {
            let mut filed = signed(&world).await;
            fits(&world, "signed").await;
            let (mut given, mut off) = (0, 0);
            for step in 0..5 {
                let kind = drawn(&mut state, 4);
                match kind {
                    0 if given < 2 => {
                        given += 1;
                        extends(&world, &mut filed).await;
                    }
                    1 => {
                        let minutes = i64::try_from(drawn(&mut state, 300)).expect("small");
                        suspends_and_resumes(&world, &mut filed, minutes + 1).await;
                    }
                    2 if off == 0 => {
                        off += 1;
                        decrees(&world, day_off).await;
                        world.clock.advance_minutes(3 * 24 * 60);
                    }
                    _ => {
                        limits += 1;
                        rules(&world, limits).await;
                    }
                }
                fits(&world, &format!("ticket of {day_off}, step {step}, {kind}")).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn an_entry_says_why_by_whom_by_which_limit_and_the_deadline_of_before() {
    on_each_database(|world| async move {
        let mut filed = signed(&world).await;
        let before = entries(&world, &filed).await;
        let part = |all: &[ClockEntry]| {
            let mut all = all.iter().rev();
            let last = all.find(|entry| entry.assignment_id == Some(filed.at_unit(ZJJ).0));
            last.cloned().expect("an entry")
        };
        let started = part(&before);
        assert_eq!(started.kind, ClockKind::Start);
        assert_eq!(started.reason.as_deref(), Some(Verb::Dispatch.as_str()));
        assert!(started.by_name.is_some() && started.due_before.is_none());
        assert!(started.limit_value.is_some() && started.began_at.is_some());
        extends(&world, &mut filed).await;
        let after = entries(&world, &filed).await;
        let id = filed.at_unit(ZJJ).0;
        let mut of_part = after.iter().filter(|entry| entry.assignment_id == Some(id));
        let extended = of_part.next_back().expect("an entry");
        assert_eq!(extended.kind, ClockKind::Extend);
        assert_eq!(extended.added_days, 1);
        assert_eq!(extended.due_before, started.due_at);
        let reason = extended.reason.as_deref();
        assert_eq!(reason, Some(Verb::RuleExtension.as_str()));
        assert_eq!(extended.tied, Some(true));
        let sheet = tickets::sheet(&world.dispatcher(), filed.id).await;
        let line = sheet.expect("the page").ledger.pop().expect("a line");
        assert_eq!(
            line.reason_zh.as_deref(),
            Some(Verb::RuleExtension.label(shared::text::Locale::Zh))
        );
        assert!(line.by.is_some() && line.due_before.is_some() && line.limit.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_deadline_that_no_entry_moved_is_found() {
    on_each_database(|world| async move {
        let filed = signed(&world).await;
        // Without a limit in the row nothing else reckons this deadline.
        let broken = "update assignments set limit_value = null, due_at = due_at + 60000";
        world.tampers(&format!("{broken} where role = 'L'")).await;
        let all = consistency::check_all(&world.services).await;
        let mut first = all.expect("checked").first.into_iter();
        let is_reckoned = |what: &Mismatch| {
            matches!(what, Mismatch::Derived { what, .. } if what == Derived::Reckoned.as_str())
        };
        assert!(first.any(|one| one.id == filed.id.0 && is_reckoned(&one.what)));
    })
    .await;
}

#[tokio::test]
async fn a_promise_ties_ticket_and_part() {
    on_each_database(|world| async move {
        let mut filed = signed(&world).await;
        let (id, version) = filed.at_unit(ZJJ);
        let interim = Interim {
            version: Version(version),
            public_words: said("屋面整体翻修已列入计划，正在公示。"),
            until: said(ahead(&world, 20)),
            explanation: said("已完成勘察和报价，需公示七天后进场施工。"),
        };
        filed.took(tickets::act(&world.handler(ZJJ), id, interim).await);
        let (id, version) = filed.at_unit(ZJJ);
        let rule = RuleInterim {
            version: Version(version),
            grant: true,
            opinion: None,
        };
        filed.took(tickets::act(&world.reviewer(), id, rule).await);
        fits(&world, "promised").await;
        let all = entries(&world, &filed).await;
        let own = all.iter().rfind(|entry| entry.assignment_id.is_none());
        assert_eq!(own.expect("an entry").tied, Some(true));
        decrees(&world, "2026-03-06").await;
        fits(&world, "a decree later").await;
    })
    .await;
}
