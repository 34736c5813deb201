//! What is entered later than it was done: both times are told, deadlines go by the time of entering, and nothing happens before what it builds on.

use serde_json::{Value, json};
use services::tickets::{self, Act};
use services::{Ctx, jobs};
use shared::approval::verbs::Decide;
use shared::calendar::Instant;
use shared::command::{DRAFT_DAYS, Moment, Sent};
use shared::fault::{Code, Fault};
use shared::ticket::command::Register;
use shared::ticket::verbs::{Close, Dispatch, FollowUp, Reply, Sign};
use shared::ticket::view::HistoryEvent;
use shared::ticket::{Light, Verb};
use shared::verb::ActedOf;
use uuid::Uuid;

use crate::approvals::story::Office;
use crate::support::{Filed, World, ZJJ, a_complaint, a_reply, at, on_each_database};

const DAY: i64 = 86_400_000;

/// What a program sends for a verb.
async fn sends<V: Act>(ctx: &Ctx, id: impl Into<Uuid>, fields: Value) -> Result<ActedOf<V>, Fault> {
    let id = id.into();
    let fields = fields.as_object().expect("an object").clone();
    let entered = tickets::read::<V>(ctx, id, Sent::json(fields)).await?;
    tickets::act::<V>(ctx, id, entered).await
}

/// Fields with codes of a refusal.
fn fields<T: std::fmt::Debug>(done: Result<T, Fault>) -> Vec<(String, Code)> {
    let fault = done.expect_err("refused");
    let fields = fault.fields.into_iter();
    fields.map(|field| (field.field, field.code)).collect()
}

fn at_done(code: Code) -> Vec<(String, Code)> {
    vec![("done_at".to_owned(), code)]
}

async fn dispatched(world: &World) -> Filed {
    let mut filed = world.takes_call(a_complaint()).await;
    world.time("2026-03-02T10:00");
    world.dispatches(&mut filed, ZJJ, &[]).await;
    filed
}

async fn last(world: &World, filed: &Filed) -> HistoryEvent {
    let history = tickets::history(&world.supervisor(), filed.id).await;
    history.expect("seen").pop().expect("a line")
}

#[tokio::test]
async fn a_paper_of_yesterday_is_told_with_both_times() {
    on_each_database(|world| async move {
        let mut filed = dispatched(&world).await;
        world.time("2026-03-03T09:10");
        let (id, version) = filed.at_unit(ZJJ);
        let sign = json!({"version": version, "done_at": "2026-03-02T16:00:00+08:00"});
        filed.took(sends::<Sign>(&world.liaison(ZJJ), id, sign).await);
        let line = last(&world, &filed).await;
        assert_eq!(line.verb, Verb::Sign);
        assert_eq!(line.at, at("2026-03-03T09:10:00+08:00"));
        assert_eq!(line.done_at, Some(at("2026-03-02T16:00:00+08:00")));
        // Clocks go by the time at which it came in.
        let seen = tickets::get(&world.supervisor(), filed.id)
            .await
            .expect("seen");
        assert_eq!(seen.assignments[0].signed_at, Some(line.at));

        // The reply builds on the signature as it was done, not as it was entered.
        let (id, version) = filed.at_unit(ZJJ);
        let mut reply = serde_json::to_value(a_reply(version)).expect("JSON");
        let before = "2026-03-02T15:00:00+08:00";
        reply["done_at"] = before.into();
        let refused = sends::<Reply>(&world.handler(ZJJ), id, reply.clone()).await;
        assert_eq!(fields(refused), at_done(Code::DoneTooEarly));
        reply["done_at"] = "2026-03-02T16:30:00+08:00".into();
        filed.took(sends::<Reply>(&world.handler(ZJJ), id, reply).await);
        let line = last(&world, &filed).await;
        assert_eq!(
            (line.verb, line.done_at),
            (Verb::Reply, Some(at("2026-03-02T16:30:00+08:00")))
        );
        // What is said at once has one time.
        world.unit_passes(&mut filed, ZJJ).await;
        assert_eq!(last(&world, &filed).await.done_at, None);
    })
    .await;
}

#[tokio::test]
async fn a_call_on_paper_is_registered_with_both_times() {
    on_each_database(|world| async move {
        world.time("2026-03-03T09:10");
        let said = |done: &str| Register {
            done_at: Some(Moment(at(done))),
            ..a_complaint()
        };
        for (done, code) in [
            ("2026-03-03T09:30:00+08:00", Code::InputFutureDate),
            ("2026-02-20T09:30:00+08:00", Code::DoneTooLongAgo),
        ] {
            let refused = tickets::register(&world.agent(), said(done)).await;
            assert_eq!(fields(refused), at_done(code), "{done}");
        }
        let taken_down = "2026-03-02T15:00:00+08:00";
        let filed = world.takes_call(said(taken_down)).await;
        let line = last(&world, &filed).await;
        assert_eq!(
            (line.verb, line.done_at),
            (Verb::Register, Some(at(taken_down)))
        );
        let seen = tickets::get(&world.supervisor(), filed.id).await;
        assert_eq!(
            seen.expect("seen").row.accepted_at,
            line.at,
            "clocks go by what was received"
        );

        // A citizen files now, whatever is sent.
        let visitor = tickets::register(&world.visitor(), said(taken_down)).await;
        let history = tickets::history(&world.supervisor(), visitor.expect("filed").id).await;
        assert_eq!(history.expect("seen")[0].done_at, None);
    })
    .await;
}

#[tokio::test]
async fn nobody_meets_a_deadline_by_what_he_says_afterwards() {
    on_each_database(|world| async move {
        let mut filed = dispatched(&world).await;
        let (id, version) = filed.at_unit(ZJJ);
        world.time("2026-03-06T16:00");
        let sign = json!({"version": version, "done_at": "2026-03-02T10:05:00+08:00"});
        filed.took(sends::<Sign>(&world.liaison(ZJJ), id, sign).await);
        let seen = tickets::get(&world.supervisor(), filed.id)
            .await
            .expect("seen");
        assert_eq!(seen.assignments[0].sign_deadline.light, Light::Red);
    })
    .await;
}

#[tokio::test]
async fn it_lies_between_the_event_before_and_now() {
    on_each_database(|world| async move {
        let mut filed = dispatched(&world).await;
        let (id, version) = filed.at_unit(ZJJ);
        world.time("2026-03-02T17:00");
        let sign = |done: &str| json!({"version": version, "done_at": done});
        let liaison = world.liaison(ZJJ);
        for (done, code) in [
            ("2026-03-02T17:02:00+08:00", Code::InputFutureDate),
            // The unit has it since ten, whatever the ticket's age.
            ("2026-03-02T09:30:00+08:00", Code::DoneTooEarly),
            ("2026-02-20T09:30:00+08:00", Code::DoneTooLongAgo),
            ("2026-03-02", Code::InputMoment),
            ("soon", Code::InputMoment),
        ] {
            let refused = sends::<Sign>(&liaison, id, sign(done)).await;
            assert_eq!(fields(refused), at_done(code), "{done}");
        }
        // All that is wrong with what was sent is told at once.
        let refused = sends::<Sign>(&liaison, id, json!({"done_at": "soon"})).await;
        assert_eq!(fields(refused).len(), 2);
        // A verb that knows no such field says so to a program.
        let call = json!({"version": 1, "done_at": "2026-03-02T16:00:00+08:00"});
        let refused = sends::<Close>(&world.caller(), filed.id, call).await;
        assert_eq!(fields(refused), at_done(Code::InputBody));
        // A minute typed is the whole minute.
        filed.took(sends::<Sign>(&liaison, id, sign("2026-03-02 10:00")).await);

        // A call builds on the review that asked for it.
        world.unit_replies(&mut filed, ZJJ).await;
        world.time("2026-03-03T11:00");
        world.centre_passes(&mut filed).await;
        world.time("2026-03-03T15:00");
        let call =
            |done: &str| json!({"version": filed.version, "connected": false, "done_at": done});
        let early = call("2026-03-03T10:00:00+08:00");
        let refused = sends::<FollowUp>(&world.caller(), filed.id, early).await;
        assert_eq!(fields(refused), at_done(Code::DoneTooEarly));
        let good = call("2026-03-03T11:30:00+08:00");
        let done = sends::<FollowUp>(&world.caller(), filed.id, good).await;
        done.expect("taken");
    })
    .await;
}

#[tokio::test]
async fn what_was_dispatched_on_paper_was_signed_for_on_paper() {
    on_each_database(|world| async move {
        let mut filed = world.takes_call(a_complaint()).await;
        world.time("2026-03-03T09:00");
        let leaf = world.a_leaf().await;
        let call = |done: &str| json!({"version": filed.version, "lead": ZJJ, "category": leaf, "done_at": done});
        let early = call("2026-03-02T08:00:00+08:00");
        let refused = sends::<Dispatch>(&world.dispatcher(), filed.id, early).await;
        assert_eq!(fields(refused), at_done(Code::DoneTooEarly));
        let good = call("2026-03-02T15:00:00+08:00");
        let done = sends::<Dispatch>(&world.dispatcher(), filed.id, good).await;
        filed.took(done);
        // Entered a minute ago, and done after a dispatch that was itself on paper.
        let (id, version) = filed.at_unit(ZJJ);
        let sign = |done: &str| json!({"version": version, "done_at": done});
        let liaison = world.liaison(ZJJ);
        let refused = sends::<Sign>(&liaison, id, sign("2026-03-02T14:00:00+08:00")).await;
        assert_eq!(fields(refused), at_done(Code::DoneTooEarly));
        filed.took(sends::<Sign>(&liaison, id, sign("2026-03-02T16:00:00+08:00")).await);
    })
    .await;
}

#[tokio::test]
async fn another_time_is_another_call() {
    on_each_database(|world| async move {
        let filed = dispatched(&world).await;
        let (id, version) = filed.at_unit(ZJJ);
        world.time("2026-03-02T17:00");
        let mut liaison = world.liaison(ZJJ);
        liaison.idempotency_key = Some("paper-7".to_owned());
        let sign = |done: &str| json!({"version": version, "done_at": done});
        let first = sends::<Sign>(&liaison, id, sign("2026-03-02T11:00:00+08:00")).await;
        // Also when it has become too old to be entered anew.
        world.time("2026-03-10T09:00");
        let again = sends::<Sign>(&liaison, id, sign("2026-03-02T11:00:00+08:00")).await;
        assert_eq!(first.expect("signed"), again.expect("the same answer"));
        let other = sends::<Sign>(&liaison, id, sign("2026-03-02T12:00:00+08:00")).await;
        assert_eq!(
            other.expect_err("another body").code,
            Code::IdempotencyReused
        );
    })
    .await;
}

#[tokio::test]
async fn a_decision_on_paper_is_entered_afterwards() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        world.time("2026-03-02T10:00");
        let case = office.files("one").await;
        world.time("2026-03-03T09:10");
        let task = case.task_of(&office.intake, "intake").await;
        let decide = |done: &str| {
            json!({"version": case.version(), "task": task.task, "approved": true, "opinion": "材料齐全。", "done_at": done})
        };
        let early = decide("2026-03-02T09:00:00+08:00");
        let refused = sends::<Decide>(&office.intake, case.id(), early).await;
        assert_eq!(fields(refused), at_done(Code::DoneTooEarly));
        let good = decide("2026-03-02T16:00:00+08:00");
        let done = sends::<Decide>(&office.intake, case.id(), good).await;
        done.expect("decided");
        let history = case.seen_by(&office.initiator).await.history;
        let line = history.iter().find(|line| line.done_at.is_some());
        let line = line.expect("the decision");
        assert_eq!(line.done_at, Some(at("2026-03-02T16:00:00+08:00")));
        assert_eq!(line.at, at("2026-03-03T09:10:00+08:00"));
    })
    .await;
}

#[tokio::test]
async fn keys_live_as_long_as_drafts() {
    on_each_database(|world| async move {
        let begun = world.services.now();
        let mut visitor = world.visitor();
        visitor.idempotency_key = Some("form-1".to_owned());
        let first = tickets::register(&visitor, a_complaint())
            .await
            .expect("filed");
        let tidied = async |days: i64| {
            world.clock.set(Instant(begun.0 + days * DAY));
            jobs::once(&world.services).await.expect("the jobs run");
        };
        // The last moment at which the draft could be sent once more.
        tidied(DRAFT_DAYS).await;
        let again = tickets::register(&visitor, a_complaint()).await;
        assert_eq!(again.expect("recognised"), first);
        tidied(DRAFT_DAYS + 2).await;
        let new = tickets::register(&visitor, a_complaint())
            .await
            .expect("filed");
        assert_ne!(new.ticket_no, first.ticket_no, "forgotten by then");
    })
    .await;
}
