//! Two people at once, repeated calls, lost connections: one wins, the other is told; nothing happens twice.

use crate::support::said;
use services::tickets;
use shared::command::{Ticked, Typed, Version};
use shared::fault::Code;
use shared::query::TicketFilter;
use shared::ticket::TicketState;
use shared::ticket::command::Register;
use shared::ticket::verbs::{Dispatch, Sign};

use crate::support::{CGJ, ZJJ, a_complaint, on_each_database};

#[tokio::test]
async fn of_two_dispatchers_one_wins() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let leaf = world.a_leaf().await;
        let dispatch = |lead: &str| Dispatch {
            version: Version(filed.version),
            lead: said(lead),
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
        let (one, two) = (world.dispatcher(), world.supervisor());
        let (first, second) = tokio::join!(
            tickets::act(&one, filed.id, dispatch(ZJJ)),
            tickets::act(&two, filed.id, dispatch(CGJ))
        );
        let fault = match (first, second) {
            (Ok(_), Err(fault)) | (Err(fault), Ok(_)) => fault,
            both => panic!("exactly one wins: {both:?}"),
        };
        assert_eq!(fault.code, Code::VersionStale);
        assert_eq!(
            (
                fault.facts["expected"].as_str(),
                fault.facts["current"].as_str()
            ),
            ("1", "2")
        );
        let detail = tickets::get(&world.dispatcher(), filed.id)
            .await
            .expect("seen");
        assert_eq!(
            (detail.row.state, detail.assignments.len()),
            (TicketState::Dispatched, 1)
        );
    })
    .await;
}

#[tokio::test]
async fn units_check_the_version_of_their_own_assignment() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[CGJ]).await;
        let ((lead, lead_version), (assist, assist_version)) =
            (filed.at_unit(ZJJ), filed.at_unit(CGJ));
        filed.took(
            tickets::act(
                &world.liaison(ZJJ),
                lead,
                Sign {
                    version: Version(lead_version),
                },
            )
            .await,
        );
        // The ticket has changed meanwhile; the other unit's part has not.
        filed.took(
            tickets::act(
                &world.liaison(CGJ),
                assist,
                Sign {
                    version: Version(assist_version),
                },
            )
            .await,
        );
        let again = tickets::act(
            &world.handler(ZJJ),
            lead,
            Sign {
                version: Version(lead_version),
            },
        )
        .await;
        assert_eq!(
            again.expect_err("it was signed by another person").code,
            Code::VersionStale
        );
    })
    .await;
}

#[tokio::test]
async fn a_repeated_call_gets_the_same_answer_and_another_body_is_refused() {
    on_each_database(|world| async move {
        let mut ctx = world.visitor();
        ctx.idempotency_key = Some("2d1c6c1e-7f0f-4f5c-9f6c-0d7a".to_owned());
        let first = tickets::register(&ctx, a_complaint())
            .await
            .expect("accepted");
        let again = tickets::register(&ctx, a_complaint())
            .await
            .expect("the same answer");
        assert_eq!(first, again, "number and code included");
        // A plain form that carries photos gets a draft of its own each time it arrives.
        let draft = services::photos::new_draft(&ctx).await.expect("a draft");
        let with_photos = Register {
            draft: Some(draft),
            ..a_complaint()
        };
        let again = tickets::register(&ctx, with_photos)
            .await
            .expect("the same answer");
        assert_eq!(first, again, "another draft is no other body");
        let other = Register {
            content: said("完全不同的另一件诉求，请分别办理。"),
            ..a_complaint()
        };
        assert_eq!(
            tickets::register(&ctx, other)
                .await
                .expect_err("another body")
                .code,
            Code::IdempotencyReused
        );
        assert_eq!(
            tickets::count(&world.dispatcher(), &TicketFilter::default())
                .await
                .expect("counted")
                .n,
            1
        );

        let claim = shared::ticket::command::Lookup {
            ticket_no: first.ticket_no.clone(),
            code: said(first.query_code),
        };
        services::public::lookup(&world.visitor(), claim)
            .await
            .expect("the code works");
        let mut long = world.visitor();
        long.idempotency_key = Some("k".repeat(300));
        assert_eq!(
            tickets::register(&long, a_complaint())
                .await
                .expect_err("too long")
                .code,
            Code::InputIdempotencyKey
        );
    })
    .await;
}

#[tokio::test]
async fn the_same_key_twice_at_once_makes_one_ticket() {
    on_each_database(|world| async move {
        let mut ctx = world.visitor();
        ctx.idempotency_key = Some("double-click".to_owned());
        let (one, two) = tokio::join!(
            tickets::register(&ctx, a_complaint()),
            tickets::register(&ctx, a_complaint())
        );
        assert_eq!(one.expect("accepted"), two.expect("the same"));
        assert_eq!(
            tickets::count(&world.dispatcher(), &TicketFilter::default())
                .await
                .expect("counted")
                .n,
            1
        );
    })
    .await;
}

#[tokio::test]
async fn a_repeated_verb_is_done_once() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let (id, version) = filed.at_unit(ZJJ);
        let mut liaison = world.liaison(ZJJ);
        liaison.idempotency_key = Some("sign-1".to_owned());
        let first = tickets::act(
            &liaison,
            id,
            Sign {
                version: Version(version),
            },
        )
        .await
        .expect("signed");
        let again = tickets::act(
            &liaison,
            id,
            Sign {
                version: Version(version),
            },
        )
        .await
        .expect("the same answer");
        assert_eq!(first, again);
        let mut other = world.handler(ZJJ);
        other.idempotency_key = Some("sign-1".to_owned());
        let fault = tickets::act(
            &other,
            id,
            Sign {
                version: Version(version),
            },
        )
        .await
        .expect_err("another person's key is another key");
        assert_eq!(fault.code, Code::VersionStale);
    })
    .await;
}

#[tokio::test]
async fn numbers_run_per_city_day_and_channel() {
    on_each_database(|world| async move {
        let no = |filed: crate::support::Filed| filed.claim.ticket_no.to_string();
        assert_eq!(
            no(world.files(a_complaint()).await),
            "3201002026030202000001"
        );
        assert_eq!(
            no(world.files(a_complaint()).await),
            "3201002026030202000002"
        );
        assert_eq!(
            no(world.takes_call(a_complaint()).await),
            "3201002026030201000001"
        );
        assert_eq!(
            no(world
                .files(Register {
                    region: said("320508"),
                    ..a_complaint()
                })
                .await),
            "3205002026030202000001"
        );
        world.time("2026-03-03T00:00");
        assert_eq!(
            no(world.files(a_complaint()).await),
            "3201002026030302000001"
        );
    })
    .await;
}
