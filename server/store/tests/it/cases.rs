//! Saving and loading whole cases.

use std::collections::BTreeMap;

use shared::access::Scope;
use shared::application::{ApplicationSort, ApplicationStatus, ApplicationVerb};
use shared::calendar::Instant;
use shared::ids::{ApplicationId, UserId};
use shared::ticket::{
    AssignmentStatus, CallOutcome, HandleResult, RatingSource, ReturnReason, Satisfaction, Solved,
    TicketState, Verb, VisitChannel,
};
use store::StoreError;
use store::record::{
    Application, ApplicationCase, ApplicationChange, ApplicationEvent, Assignment, FollowUp,
    OutboxMessage, Questionnaire, Rating, Reply, Ticket,
};
use uuid::Uuid;

use crate::support::{DAY, NOW, World, audit, change, event, id, registered, ticket};

on_both! {
    a_case_comes_back_as_it_was_saved
    of_two_verbs_on_one_version_one_wins
    an_assignment_has_a_version_of_its_own
    history_has_no_gap_and_cannot_be_changed
    the_public_needs_number_and_code
    the_citizen_is_not_readable_in_the_row
    a_ticket_id_must_carry_its_acceptance_time
    an_ended_case_has_no_process
}

#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn a_case_comes_back_as_it_was_saved(world: World) {
    let ticket = world.register(ticket(NOW)).await;
    assert_eq!(world.case(&ticket).await.ticket, ticket);
    let case = world.dispatch(&ticket, &["3201-ZJJ", "3201-CGJ"]).await;
    assert_eq!(case.assignments.len(), 2);
    assert_eq!(case.hung.tasks.len(), 2);
    assert_eq!(case.last_seq, 2);
    let mut second = change(&case);
    let mut lead = case.assignments[0].clone();
    lead.version += 1;
    lead.status = AssignmentStatus::Replied;
    lead.replied_at = Some(Instant(NOW.0 + DAY));
    lead.reply = Some(Reply {
        handling: "已派人更换灯泡并检查线路，恢复照明。".to_owned(),
        public_reply: "您反映的路灯已经修好。".to_owned(),
        fact_true: HandleResult::True,
        solved: Solved::Yes,
        contacted: true,
        contact_tries: 1,
        unsolved_reason: None,
        basis: Some("《城市照明管理规定》".to_owned()),
    });
    second.after.assignments = vec![lead.clone()];
    let asked = application(&ticket, &case.assignments[1]);
    second.beside = vec![step(None, &asked, ApplicationVerb::Ask)];
    second.after.follow_ups = vec![FollowUp {
        id: id(NOW),
        ticket_id: ticket.id,
        cycle_no: 0,
        at: NOW,
        by: Some(UserId(Uuid::from_u128(9))),
        by_name: Some("李回访".to_owned()),
        channel: VisitChannel::Call,
        connected: true,
        staff_contacted: Some(true),
        report_true: Some(false),
        solved: Some(Solved::Partly),
        satisfaction: Some(Satisfaction::Satisfied),
        opinion: Some("还行".to_owned()),
        outcome: Some(CallOutcome::Answered),
        appointed_at: None,
        done_at: None,
    }];
    second.after.ratings = vec![Rating {
        id: id(NOW),
        ticket_id: ticket.id,
        cycle_no: 0,
        at: NOW,
        source: RatingSource::Web,
        satisfaction: Satisfaction::Satisfied,
        solved: Some(Solved::Yes),
        words: None,
        settled_at: None,
    }];
    second.after.questionnaires = vec![Questionnaire {
        id: id(NOW),
        ticket_id: ticket.id,
        cycle_no: 0,
        token_hash: vec![7; 32],
        made_at: NOW,
        ends_at: NOW,
        used_at: None,
    }];
    second.after.ticket.state = TicketState::ToReview;
    second.after.ticket.latest_satisfaction = Satisfaction::Satisfied;
    second.after.ticket.answer = Some("您反映的路灯已经修好。".to_owned());
    second.events = vec![event(
        &second.after.ticket,
        3,
        Verb::Reply,
        Some(TicketState::Handling),
    )];
    second.audit = vec![audit("assignment.reply", NOW)];
    second.outbox = vec![OutboxMessage {
        id: id(NOW),
        ticket_id: Some(ticket.id),
        channel: "sms".to_owned(),
        to: "13812345678".to_owned(),
        body: "您的诉求已答复".to_owned(),
        at: NOW,
        about: None,
        area: None,
        urgent: false,
    }];
    world.save(second.clone()).await.expect("saved");
    let mut decided = asked.clone();
    decided.application.status = ApplicationStatus::Refused;
    decided.application.opinion = Some("维持".to_owned());
    decided.application.version = 2;
    decided.application.last_seq = 2;
    let third = world.case(&ticket).await;
    assert_eq!(third.ticket, second.after.ticket);
    assert_eq!(third.assignments[0], lead);
    assert_eq!(third.applications, std::slice::from_ref(&asked));
    assert_eq!(third.follow_ups, second.after.follow_ups);
    assert_eq!(third.questionnaires, second.after.questionnaires);
    assert_eq!(third.ratings, second.after.ratings);
    let mut fourth = change(&third);
    fourth.beside = vec![step(Some(&asked), &decided, ApplicationVerb::Decide)];
    world.save(fourth).await.expect("saved");
    assert_eq!(world.case(&ticket).await.applications, [decided.clone()]);
    let mut late = change(&world.case(&ticket).await);
    late.beside = vec![step(Some(&asked), &decided, ApplicationVerb::Lapse)];
    let late = world.save(late).await.expect_err("somebody was faster");
    assert!(matches!(late, StoreError::Conflict { ref object, .. } if object == "application"));
    let lines = store::applications::history(&world.store.reader(), decided.application.id).await;
    let lines = lines.expect("history");
    assert_eq!(
        lines.iter().map(|line| line.to_state).collect::<Vec<_>>(),
        [ApplicationStatus::Open, ApplicationStatus::Refused]
    );
    let by_assignment =
        store::tickets::case::load_by_assignment(&world.store.reader(), &Scope::All, lead.id)
            .await
            .expect("loads")
            .expect("there");
    assert_eq!(by_assignment.ticket.id, ticket.id);
    let history = store::tickets::case::history(&world.store.reader(), ticket.id)
        .await
        .expect("history");
    assert_eq!(history.iter().map(|e| e.seq).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(history[2], second.events[0]);
}

async fn of_two_verbs_on_one_version_one_wins(world: World) {
    let ticket = world.register(ticket(NOW)).await;
    let case = world.case(&ticket).await;
    let mut one = change(&case);
    one.events = vec![event(&one.after.ticket, 2, Verb::Urge, None)];
    let other = one.clone();
    world.save(one).await.expect("the first wins");
    let lost = world.save(other).await;
    assert!(
        matches!(
            lost,
            Err(StoreError::Conflict {
                expected: 1,
                current: 2,
                ..
            })
        ),
        "{lost:?}"
    );
    assert_eq!(
        store::tickets::case::history(&world.store.reader(), ticket.id)
            .await
            .expect("history")
            .len(),
        2
    );
}

async fn an_assignment_has_a_version_of_its_own(world: World) {
    let ticket = world.register(ticket(NOW)).await;
    let case = world.dispatch(&ticket, &["3201-ZJJ", "3201-CGJ"]).await;
    let mut signed = change(&case);
    let mut lead = case.assignments[0].clone();
    lead.version = 2;
    signed.after.assignments = vec![lead.clone()];
    world.save(signed).await.expect("signed");
    let mut again = change(&world.case(&ticket).await);
    lead.return_count += 1;
    again.after.assignments = vec![lead];
    let lost = world.save(again).await;
    assert!(
        matches!(&lost, Err(StoreError::Conflict { object, expected: 1, current: 2 }) if object.starts_with("assignment:")),
        "{lost:?}"
    );
    assert_eq!(
        world.case(&ticket).await.ticket.version,
        3,
        "nothing of the lost verb stays"
    );
}

async fn history_has_no_gap_and_cannot_be_changed(world: World) {
    use sea_orm::ConnectionTrait as _;
    let ticket = world.register(ticket(NOW)).await;
    let mut gap = change(&world.case(&ticket).await);
    gap.events = vec![event(&gap.after.ticket, 3, Verb::Urge, None)];
    assert!(matches!(world.save(gap).await, Err(StoreError::Broken(_))));
    let raw = world.raw().await;
    for sql in [
        "update events set note = 'x'",
        "delete from events",
        "update clock_entries set at = 0",
        "delete from audit",
    ] {
        assert!(raw.execute_unprepared(sql).await.is_err(), "{sql}");
    }
}

async fn the_public_needs_number_and_code(world: World) {
    let mut ticket = ticket(NOW);
    ticket.query_code_hash = world
        .store
        .seal()
        .query_code_hash(ticket.ticket_no.as_str(), "123456");
    let ticket = world.register(ticket).await;
    let db = world.store.reader();
    let found = store::tickets::case::load_public(&db, &ticket.ticket_no, &ticket.query_code_hash)
        .await
        .expect("loads");
    assert_eq!(found.map(|c| c.ticket.id), Some(ticket.id));
    let wrong = world
        .store
        .seal()
        .query_code_hash(ticket.ticket_no.as_str(), "123457");
    assert!(
        store::tickets::case::load_public(&db, &ticket.ticket_no, &wrong)
            .await
            .expect("loads")
            .is_none()
    );
}

async fn the_citizen_is_not_readable_in_the_row(world: World) {
    use sea_orm::{ConnectionTrait as _, Statement};
    world.register(ticket(NOW)).await;
    let raw = world.raw().await;
    let row = raw
        .query_one_raw(Statement::from_string(
            raw.get_database_backend(),
            "select citizen, phone_hmac, name_hmac, citizen_key from tickets",
        ))
        .await
        .expect("reads")
        .expect("a row");
    for column in 0..3 {
        let bytes: Vec<u8> = row.try_get_by_index(column).expect("bytes");
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !text.contains("13812345678") && !text.contains("张三"),
            "column {column}"
        );
    }
    assert_eq!(
        row.try_get_by_index::<String>(3).expect("key id"),
        world.store.seal().key_id()
    );
}

async fn a_ticket_id_must_carry_its_acceptance_time(world: World) {
    let mut late = ticket(NOW);
    late.accepted_at = Instant(NOW.0 + 1);
    assert!(matches!(
        world.save(registered(late)).await,
        Err(StoreError::Broken(_))
    ));
}

async fn an_ended_case_has_no_process(world: World) {
    let ticket = world.register(ticket(NOW)).await;
    let mut closed = change(&world.case(&ticket).await);
    closed.after.ticket.state = TicketState::Closed;
    closed.after.ticket.closed_at = Some(NOW);
    closed.after.instance = None;
    closed.after.hung.tasks.clear();
    closed.events = vec![event(
        &closed.after.ticket,
        2,
        Verb::Answer,
        Some(TicketState::ToDispatch),
    )];
    world.save(closed).await.expect("closed");
    let case = world.case(&ticket).await;
    assert!(case.instance.is_none() && case.hung.tasks.is_empty());
}

/// A send-back that waits.
fn application(ticket: &Ticket, of: &Assignment) -> ApplicationCase {
    ApplicationCase::of(Application {
        id: ApplicationId(id(NOW)),
        application_no: format!("{}-1", ticket.ticket_no),
        sort: ApplicationSort::SendBack,
        ticket_id: ticket.id,
        assignment_id: of.id,
        region: ticket.region.clone(),
        unit: of.unit.clone(),
        asked_at: NOW,
        asked_by: None,
        asked_by_name: None,
        explanation: "不属于本单位职责范围".to_owned(),
        due_at: Some(Instant(NOW.0 + DAY)),
        warn_at: None,
        provisional: false,
        return_reason: Some(ReturnReason::WrongDuty),
        suggested_unit: Some("3201-JTJ".to_owned()),
        extension_reason: None,
        days: None,
        suspension_reason: None,
        files: Vec::new(),
        termination_reason: None,
        until: None,
        public_words: None,
        category: None,
        street: None,
        legal_basis: None,
        duty: None,
        stage: None,
        cause: None,
        level: None,
        linked: BTreeMap::new(),
        ruling_reason: None,
        revokes: false,
        difficult_reason: None,
        version: 1,
        status: ApplicationStatus::Open,
        updated_at: NOW,
        last_seq: 1,
        process: Some("{}".to_owned()),
        definition_version: 1,
        decided_at: None,
        decided_by: None,
        decided_by_name: None,
        opinion: None,
        granted_days: None,
        ruled_unit: None,
        is_final: false,
        meeting: None,
        directive: None,
        answer: None,
        answered_at: None,
        answered_by: None,
        answered_by_name: None,
        returned: 0,
        supported: None,
        advice: None,
        advised_at: None,
        advised_by: None,
        advised_by_name: None,
    })
}

/// A change of an application with its line.
fn step(
    before: Option<&ApplicationCase>,
    after: &ApplicationCase,
    verb: ApplicationVerb,
) -> ApplicationChange {
    let application = &after.application;
    let line = ApplicationEvent {
        case_id: application.id.into(),
        seq: application.last_seq,
        verb,
        at: NOW,
        by: None,
        by_name: None,
        unit: None,
        assignment_id: Some(application.assignment_id),
        element: None,
        task_no: None,
        from_state: before.map(|it| it.application.status),
        to_state: application.status,
        note: None,
        facts: BTreeMap::new(),
        actor: None,
        actor_code: None,
        done_at: None,
    };
    ApplicationChange {
        before: before.cloned(),
        after: after.clone(),
        events: vec![line],
        clock: Vec::new(),
        thrown: Vec::new(),
        released: Vec::new(),
        outbox: Vec::new(),
        audit: Vec::new(),
        beside: (),
    }
}
