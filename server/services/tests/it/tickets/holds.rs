//! Suspended tickets and tracked promises: asking, ruling, clocks that stand still, and going on by itself or by somebody.

use services::gateway::bell;
use services::{consistency, host, jobs, public, tickets};
use shared::access::Role;
use shared::application::{ApplicationStatus, SuspensionReason};
use shared::calendar::{Instant, WorkCalendar};
use shared::command::Version;
use shared::fault::{Code, Fault};
use shared::notice::NoticeKind;
use shared::ticket::verbs::{Interim, ResumeWork, RuleInterim, RuleSuspension, Sign, SuspendWork};
use shared::ticket::view::{Acted, AssignmentView, PublicTicket, TicketDetail};
use shared::ticket::{Hold, Light, TicketState, Verb};
use store::outbox::{Claim, Which};
use store::record::ClockKind;

use crate::support::{CGJ, Filed, World, ZJJ, a_complaint, a_reply, at, on_each_database, said};

async fn signed(world: &World, assisting: &[&str]) -> Filed {
    let mut filed = world.files(a_complaint()).await;
    world.dispatches(&mut filed, ZJJ, assisting).await;
    for unit in std::iter::once(&ZJJ).chain(assisting) {
        let (id, version) = filed.at_unit(unit);
        let sign = Sign {
            version: Version(version),
        };
        filed.took(tickets::act(&world.liaison(unit), id, sign).await);
    }
    filed
}

async fn seen(world: &World, filed: &Filed) -> TicketDetail {
    let detail = tickets::get(&world.dispatcher(), filed.id).await;
    detail.expect("the dispatcher sees it")
}

async fn part(world: &World, filed: &Filed) -> AssignmentView {
    let mut parts = seen(world, filed).await.assignments.into_iter();
    parts.find(|it| it.unit.code == ZJJ).expect("its part")
}

async fn followed(world: &World, filed: &Filed) -> PublicTicket {
    let ticket = public::lookup(&world.visitor(), filed.claim.clone()).await;
    ticket.expect("the code is right")
}

async fn fits(world: &World) {
    let found = consistency::check_all(&world.services).await;
    let found = found.expect("checked");
    assert_eq!(found.count, 0, "{:?}", found.first);
}

async fn suspends(world: &World, filed: &Filed, until: &str) -> Result<Acted, Fault> {
    let (id, version) = filed.at_unit(ZJJ);
    let suspend = SuspendWork {
        version: Version(version),
        reason: SuspensionReason::Appraisal,
        until: said(until),
        explanation: said("已委托房屋安全鉴定，受理单号附后，等鉴定报告。"),
        files: Vec::new(),
    };
    tickets::act(&world.handler(ZJJ), id, suspend).await
}

async fn rules(world: &World, filed: &Filed, grant: bool) -> Result<Acted, Fault> {
    let (id, version) = filed.at_unit(ZJJ);
    let rule = RuleSuspension {
        version: Version(version),
        grant,
        opinion: (!grant).then(|| said("鉴定不影响先行维修，请继续办理")),
    };
    tickets::act(&world.reviewer(), id, rule).await
}

fn code(tried: Result<Acted, Fault>) -> Code {
    tried.expect_err("it is refused").code
}

async fn kinds(world: &World, filed: &Filed) -> Vec<ClockKind> {
    let db = world.services.store().reader();
    let entries = store::host::clock_entries(&db, filed.id.into()).await;
    let kinds = entries.expect("the ledger").into_iter();
    let of_holds = [ClockKind::Pause, ClockKind::Resume, ClockKind::Promise];
    kinds
        .map(|entry| entry.kind)
        .filter(|kind| of_holds.contains(kind))
        .collect()
}

async fn waiting(world: &World) -> Vec<Vec<Verb>> {
    let page = tickets::tasks(&world.reviewer(), tickets::TaskQuery::default()).await;
    let rows = page.expect("to-dos").items.into_iter();
    rows.map(|row| row.verbs).collect()
}

/// What waits to be sent to the citizen.
async fn messages(world: &World) -> Vec<String> {
    let now = world.services.now();
    let claim = Claim {
        which: Which::Outside,
        now,
        until: Instant(now.0 + 60_000),
        limit: 100,
    };
    let claimed = world
        .services
        .store()
        .write(move |tx| Box::pin(async move { store::outbox::claim(tx, claim).await }))
        .await;
    let claimed = claimed.expect("the outbox is read").into_iter();
    claimed.map(|claimed| claimed.message.body).collect()
}

/// The deadline when so much working time more has passed.
fn moved(due: Instant, (from, to): (Instant, Instant)) -> Instant {
    let calendar = WorkCalendar::shipped();
    calendar.after_working_minutes(due, calendar.working_minutes_between(from, to))
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn what_is_suspended_stands_still_and_goes_on_on_its_day() {
    on_each_database(|world| async move {
        let mut filed = signed(&world, &[CGJ]).await;
        let due = part(&world, &filed)
            .await
            .deadline
            .due_at
            .expect("a deadline");
        let of_ticket = seen(&world, &filed).await.row.deadline.due_at;
        let of_ticket = of_ticket.expect("a deadline");
        filed.took(suspends(&world, &filed, "2026-03-16").await);
        assert_eq!(
            code(suspends(&world, &filed, "2026-03-17").await),
            Code::AskedAlready
        );
        assert_eq!(waiting(&world).await, [[Verb::RuleSuspension]]);
        assert_eq!(
            part(&world, &filed).await.deadline.due_at,
            Some(due),
            "not yet"
        );
        fits(&world).await;

        world.time("2026-03-03T10:00");
        let since = world.services.now();
        filed.took(rules(&world, &filed, true).await);
        fits(&world).await;
        assert!(waiting(&world).await.is_empty());
        let detail = seen(&world, &filed).await;
        assert_eq!(detail.row.state, TicketState::Suspended);
        let hold = detail.hold.expect("it waits");
        assert_eq!(
            (hold.kind, hold.reason),
            (Hold::Suspended, Some(SuspensionReason::Appraisal))
        );
        let public = followed(&world, &filed).await;
        assert_eq!(
            public.hold.map(|hold| hold.until),
            Some(at("2026-03-16T00:00:00+08:00"))
        );
        let sent = messages(&world).await;
        assert!(
            sent.iter().any(|body| body.contains("3月16日恢复办理")),
            "{sent:#?}"
        );
        let (id, version) = filed.at_unit(ZJJ);
        let early = tickets::act(&world.handler(ZJJ), id, a_reply(version)).await;
        assert_eq!(code(early), Code::FlowNotAllowed);

        world.time("2026-03-13T16:00");
        assert_eq!(host::drain(&world.services).await.expect("jobs"), 0);
        assert_ne!(part(&world, &filed).await.deadline.light, Light::Red);
        jobs::once(&world.services).await.expect("the jobs run");
        assert_eq!(seen(&world, &filed).await.row.state, TicketState::Suspended);

        world.time("2026-03-16T00:01");
        jobs::once(&world.services).await.expect("the jobs run");
        let detail = seen(&world, &filed).await;
        assert_eq!(
            (detail.row.state, detail.hold),
            (TicketState::Handling, None)
        );
        let span = (since, at("2026-03-16T00:00:00+08:00"));
        assert_eq!(
            part(&world, &filed).await.deadline.due_at,
            Some(moved(due, span))
        );
        let later = moved(of_ticket, span).max(moved(due, span));
        assert_eq!(detail.row.deadline.due_at, Some(later));
        fits(&world).await;
        let [pause, resume] = [ClockKind::Pause, ClockKind::Resume];
        assert_eq!(
            kinds(&world, &filed).await,
            [pause, pause, pause, resume, resume, resume]
        );
        let history = tickets::history(&world.dispatcher(), filed.id).await;
        let rang = history.expect("seen").pop().expect("a line");
        assert_eq!(
            (rang.verb, rang.to_state),
            (Verb::Ring, TicketState::Handling)
        );
    })
    .await;
}

#[tokio::test]
async fn who_resumes_early_gets_back_the_time_that_was_really_waited() {
    on_each_database(|world| async move {
        let mut filed = signed(&world, &[]).await;
        let due = part(&world, &filed)
            .await
            .deadline
            .due_at
            .expect("a deadline");
        for (until, field) in [("2026-03-02", "until"), ("2026-04-02", "until")] {
            let wrong = suspends(&world, &filed, until)
                .await
                .expect_err("no day of those");
            assert_eq!(
                (wrong.fields[0].field.as_str(), wrong.fields[0].code),
                (field, Code::InputDay)
            );
        }
        filed.took(suspends(&world, &filed, "2026-03-20").await);
        world.time("2026-03-03T10:00");
        filed.took(rules(&world, &filed, true).await);
        world.time("2026-03-05T11:00");
        let (id, version) = filed.at_unit(ZJJ);
        let resume = ResumeWork {
            version: Version(version),
            reason: Some(said("鉴定报告已出具")),
        };
        filed.took(tickets::act(&world.liaison(ZJJ), id, resume).await);
        fits(&world).await;
        let span = (
            at("2026-03-03T10:00:00+08:00"),
            at("2026-03-05T11:00:00+08:00"),
        );
        let given = part(&world, &filed).await;
        assert_eq!(given.deadline.due_at, Some(moved(due, span)));
        assert_eq!(
            i64::from(given.deadline.paused_minutes),
            WorkCalendar::shipped().working_minutes_between(span.0, span.1)
        );
        assert_eq!(seen(&world, &filed).await.row.state, TicketState::Handling);
        world.time("2026-03-20T09:00");
        jobs::once(&world.services).await.expect("the jobs run");
        assert_eq!(
            part(&world, &filed).await.deadline.light,
            Light::Red,
            "nothing waits any more"
        );
        assert_eq!(
            code(suspends(&world, &filed, "2026-03-27").await),
            Code::AskLate
        );
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_or_withdrawn_waits_no_more() {
    on_each_database(|world| async move {
        let mut filed = signed(&world, &[]).await;
        let due = part(&world, &filed).await.deadline.due_at;
        filed.took(suspends(&world, &filed, "2026-03-20").await);
        filed.took(rules(&world, &filed, false).await);
        let refused = part(&world, &filed).await;
        assert_eq!(refused.deadline.due_at, due);
        assert_eq!(refused.applications[0].status, ApplicationStatus::Refused);
        filed.took(suspends(&world, &filed, "2026-03-20").await);
        filed.took(rules(&world, &filed, true).await);
        world.time("2026-03-04T10:00");
        let taken = public::withdraw(&world.visitor(), filed.claim.clone(), None).await;
        let taken = taken.expect("taken back");
        assert_eq!((taken.state, taken.hold), (TicketState::Withdrawn, None));
        fits(&world).await;
        world.time("2026-03-20T09:00");
        jobs::once(&world.services).await.expect("the jobs run");
        fits(&world).await;
    })
    .await;
}

async fn promises(world: &World, filed: &mut Filed, until: &str) {
    let (id, version) = filed.at_unit(ZJJ);
    let interim = Interim {
        version: Version(version),
        public_words: said("屋面整体翻修已列入计划，正在公示。"),
        until: said(until),
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
}

#[tokio::test]
async fn a_promise_is_told_reminded_of_and_due_on_its_day() {
    on_each_database(|world| async move {
        let liaison = world.hires(Role::UnitLiaison, ZJJ).await;
        let mut filed = signed(&world, &[]).await;
        promises(&world, &mut filed, "2026-03-27").await;
        fits(&world).await;
        let detail = seen(&world, &filed).await;
        assert_eq!(detail.row.state, TicketState::Tracking);
        let due = at("2026-03-27T17:30:00+08:00");
        assert_eq!(part(&world, &filed).await.deadline.due_at, Some(due));
        assert_eq!(detail.row.deadline.due_at, Some(due), "the ticket follows");
        let hold = followed(&world, &filed).await.hold.expect("it waits");
        assert_eq!(
            hold.words.as_deref(),
            Some("屋面整体翻修已列入计划，正在公示。")
        );
        let sent = messages(&world).await;
        assert!(
            sent.iter().any(|body| body.contains("承诺3月27日前办结")),
            "{sent:#?}"
        );

        let told = || async {
            jobs::once(&world.services).await.expect("the jobs run");
            let page = bell::page(&liaison, false, None, bell::PAGE).await;
            let notices = page.expect("a page").items.into_iter();
            notices.filter(|it| it.kind == NoticeKind::Promised).count()
        };
        world.time("2026-03-25T09:00");
        assert_eq!(told().await, 0);
        world.time("2026-03-26T09:00");
        assert_eq!(told().await, 1);
        assert_eq!(told().await, 1, "once");
        assert_eq!(seen(&world, &filed).await.row.state, TicketState::Tracking);
        world.time("2026-03-27T00:01");
        assert_eq!(told().await, 1);
        assert_eq!(seen(&world, &filed).await.row.state, TicketState::Handling);
        assert_eq!(part(&world, &filed).await.deadline.due_at, Some(due));
        world.time("2026-03-27T18:00");
        assert_eq!(part(&world, &filed).await.deadline.light, Light::Red);
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn who_keeps_the_promise_early_answers_as_usual() {
    on_each_database(|world| async move {
        let mut filed = signed(&world, &[]).await;
        promises(&world, &mut filed, "2026-03-27").await;
        assert_eq!(kinds(&world, &filed).await, [ClockKind::Promise; 2]);
        world.time("2026-03-24T10:00");
        world.unit_replies(&mut filed, ZJJ).await;
        let detail = seen(&world, &filed).await;
        assert_eq!(
            (detail.row.state, detail.hold),
            (TicketState::ToReview, None)
        );
        let reviewed = part(&world, &filed).await;
        assert_eq!(reviewed.deadline.light, Light::Green, "in time");
        world.centre_passes(&mut filed).await;
        fits(&world).await;
    })
    .await;
}
