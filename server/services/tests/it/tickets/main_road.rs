//! From the filing to the closing, with two units, and what everybody sees on the way.

use services::tickets::{self, TaskQuery};
use shared::command::Version;
use shared::process::limit::{Limit, LimitRule, Stage};
use shared::query::{Sort, TicketFilter, TicketQuery};
use shared::ticket::verbs::Close;
use shared::ticket::{
    AssignmentStatus, LimitUnit, Satisfaction, Solved, TicketState, Urgency, Verb,
};

use crate::support::{CGJ, World, ZJJ, a_complaint, at, on_each_database, said};

#[tokio::test]
async fn a_complaint_is_handled_by_two_units_and_closed() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        let detail = tickets::get(&world.dispatcher(), filed.id)
            .await
            .expect("the dispatcher sees it");
        assert_eq!(detail.row.state, TicketState::ToDispatch);
        assert_eq!(
            detail.row.title,
            "金丝雀小区三幢二单元屋顶漏水半年，物业多次推诿，请求查明原因并维修"
        );
        // Five working days from Monday end with the working hours of the next Monday.
        assert_eq!(
            detail.row.deadline.due_at,
            Some(at("2026-03-09T17:30:00+08:00"))
        );
        assert!(detail.actions.contains(&Verb::Dispatch));

        world.time("2026-03-02T11:00");
        world.dispatches(&mut filed, ZJJ, &[CGJ]).await;
        let detail = tickets::get(&world.dispatcher(), filed.id)
            .await
            .expect("still there");
        assert_eq!(detail.row.state, TicketState::Dispatched);
        assert_eq!(detail.assignments.len(), 2);
        // Two working hours from eleven: one until noon, one from half past one.
        assert_eq!(
            detail.assignments[0].sign_deadline.due_at,
            Some(at("2026-03-02T14:30:00+08:00"))
        );

        world.unit_answers(&mut filed, CGJ).await;
        assert_eq!(
            filed.acted.as_ref().expect("acted").state,
            TicketState::Handling,
            "the lead has not answered"
        );
        world.unit_answers(&mut filed, ZJJ).await;
        assert_eq!(
            filed.acted.as_ref().expect("acted").state,
            TicketState::ToReview
        );
        world.centre_passes(&mut filed).await;
        assert_eq!(
            filed.acted.as_ref().expect("acted").state,
            TicketState::ToVisit
        );
        world
            .citizen_answers_call(&mut filed, Satisfaction::Satisfied, Solved::Yes)
            .await;
        filed.took(
            tickets::act(
                &world.caller(),
                filed.id,
                Close {
                    version: Version(filed.version),
                    exempt: None,
                },
            )
            .await,
        );

        let detail = tickets::get(&world.supervisor(), filed.id)
            .await
            .expect("the supervisor sees it");
        assert_eq!(detail.row.state, TicketState::Closed);
        assert!(
            detail
                .assignments
                .iter()
                .all(|a| a.status == AssignmentStatus::Done)
        );
        assert_eq!(detail.row.satisfaction, Satisfaction::Satisfied);
        let left = [Verb::Link, Verb::CorrectCitizen, Verb::EraseCitizen];
        assert_eq!(detail.actions, left, "what its citizen may ask for");
        history_is_gapless(&world, &filed).await;
    })
    .await;
}

async fn history_is_gapless(world: &World, filed: &crate::support::Filed) {
    use Verb::{Close, Dispatch, FollowUp, Register, Reply, Review, Sign, UnitReview};

    let history = tickets::history(&world.supervisor(), filed.id)
        .await
        .expect("the history is there");
    assert!(
        history
            .iter()
            .enumerate()
            .all(|(index, event)| event.seq == index as i32 + 1)
    );
    let verbs: Vec<Verb> = history.iter().map(|event| event.verb).collect();
    assert_eq!(
        verbs,
        [
            Register, Dispatch, Sign, Reply, UnitReview, Sign, Reply, UnitReview, Review, FollowUp,
            Close
        ]
    );
    assert_eq!(
        history[0].by, None,
        "the citizen has no name in the history"
    );
}

#[tokio::test]
async fn tasks_move_from_desk_to_desk() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        let waiting = |page: shared::ticket::view::TaskPage| {
            page.items
                .into_iter()
                .flat_map(|task| task.verbs)
                .collect::<Vec<_>>()
        };
        let of = |ctx| async move {
            waiting(
                tickets::tasks(&ctx, TaskQuery::default())
                    .await
                    .expect("tasks are listed"),
            )
        };
        assert_eq!(
            of(world.dispatcher()).await,
            [Verb::Dispatch, Verb::Answer, Verb::Decline]
        );
        assert_eq!(
            of(world.suzhou_dispatcher()).await,
            [],
            "another city's desk"
        );
        world.dispatches(&mut filed, ZJJ, &[]).await;
        assert_eq!(of(world.dispatcher()).await, []);
        assert_eq!(of(world.liaison(ZJJ)).await, [Verb::Sign]);
        assert_eq!(of(world.liaison(CGJ)).await, []);
        world.unit_answers(&mut filed, ZJJ).await;
        assert_eq!(of(world.reviewer()).await, [Verb::Review]);
        assert_eq!(tickets::task_count(&world.reviewer()).await, Ok(1));
        world.centre_passes(&mut filed).await;
        assert_eq!(
            of(world.caller()).await,
            [Verb::FollowUp, Verb::Close, Verb::Redo]
        );
    })
    .await;
}

#[tokio::test]
async fn lists_hold_what_the_scope_reaches() {
    on_each_database(|world| async move {
        let mut first = world.files(a_complaint()).await;
        world
            .files(shared::ticket::command::Register {
                region: said("320508"),
                ..a_complaint()
            })
            .await;
        world.dispatches(&mut first, ZJJ, &[]).await;
        let query = || TicketQuery {
            filter: TicketFilter::default(),
            sort: Sort::AcceptedDesc,
            limit: 50,
            cursor: None,
            columns: Vec::new(),
        };
        let seen = |ctx| async move {
            tickets::list(&ctx, query())
                .await
                .expect("a list")
                .items
                .len()
        };
        assert_eq!(seen(world.dispatcher()).await, 1);
        assert_eq!(seen(world.suzhou_dispatcher()).await, 1);
        assert_eq!(seen(world.liaison(ZJJ)).await, 1);
        assert_eq!(seen(world.liaison(CGJ)).await, 0);
        let count = tickets::count(&world.dispatcher(), &TicketFilter::default())
            .await
            .expect("a count");
        assert_eq!((count.n, count.capped), (1, false));
        let no = first.claim.ticket_no.clone();
        assert_eq!(
            tickets::find_by_no(&world.dispatcher(), &no).await,
            Ok(Some(first.id))
        );
        assert_eq!(
            tickets::find_by_no(&world.suzhou_dispatcher(), &no).await,
            Ok(None)
        );
    })
    .await;
}

#[tokio::test]
async fn a_dispatcher_sees_load_and_deadlines() {
    on_each_database(|world| async move {
        let mut busy = world.files(a_complaint()).await;
        world.dispatches(&mut busy, ZJJ, &[]).await;
        let filed = world.files(a_complaint()).await;
        let sheet = tickets::dispatch_sheet(&world.dispatcher(), filed.id)
            .await
            .expect("a sheet");
        let of = |code: &str| {
            sheet
                .units
                .iter()
                .find(|choice| choice.unit.code == code)
                .expect("the unit is offered")
        };
        assert_eq!((of(ZJJ).open_assignments, of(CGJ).open_assignments), (1, 0));
        assert_eq!(of(ZJJ).unit.name, "南京市住房保障和房产局");
        let normal = &sheet.terms[0];
        assert_eq!(normal.urgency, shared::ticket::Urgency::Normal);
        assert_eq!(normal.due.due_at, Some(at("2026-03-09T17:30:00+08:00")));
        let urgent = &sheet.terms[1];
        assert!(
            urgent.due.due_at < normal.due.due_at
                && urgent.sign_due.due_at < normal.sign_due.due_at
        );
    })
    .await;
}

#[tokio::test]
async fn a_category_with_limits_of_its_own_has_its_own_terms() {
    on_each_database(|world| async move {
        let services = &world.services;
        let rule = LimitRule {
            id: 900,
            profile: "test".to_owned(),
            stage: Stage::Handle,
            channel: None,
            kind: None,
            category: Some("0102".to_owned()),
            urgency: None,
            region: None,
            valid_from: 0,
            valid_until: None,
            open_from: None,
            open_until: None,
            limit: Limit {
                value: 2,
                unit: LimitUnit::WorkingDays,
            },
        };
        let write = services
            .store()
            .write::<_, store::StoreError, _>(move |tx| {
                Box::pin(async move { store::limits::put(tx, &[rule]).await })
            });
        write.await.expect("a limit");
        services.bust_reference().await;
        let filed = world.files(a_complaint()).await;
        let sheet = tickets::dispatch_sheet(&world.dispatcher(), filed.id)
            .await
            .expect("a sheet");
        let due = |category: Option<&str>, urgency: Urgency| {
            sheet
                .terms
                .iter()
                .find(|terms| terms.category.as_deref() == category && terms.urgency == urgency)
                .and_then(|terms| terms.due.due_at)
                .expect("a deadline")
        };
        assert!(due(Some("0102"), Urgency::Normal) < due(None, Urgency::Normal));
        assert_eq!(
            due(Some("0102"), Urgency::Urgent),
            due(None, Urgency::Urgent),
            "the urgency comes first"
        );
    })
    .await;
}

#[tokio::test]
async fn the_callers_earlier_tickets_stand_beside_the_form() {
    on_each_database(|world| async move {
        let earlier = world.files(a_complaint()).await;
        let query = tickets::RelatedQuery {
            phone: Some("138 1234 5678".to_owned()),
            channel: Some(shared::ticket::Channel::Phone),
            ..Default::default()
        };
        let found = tickets::related(&world.agent(), query.clone())
            .await
            .expect("related tickets");
        assert_eq!(
            found
                .iter()
                .map(|related| (related.id, related.why.as_str()))
                .collect::<Vec<_>>(),
            [(earlier.id, "same_phone")]
        );
        let other_city = world.person(shared::access::Role::Agent, "320500-12345");
        assert_eq!(tickets::related(&other_city, query).await, Ok(vec![]));
    })
    .await;
}
