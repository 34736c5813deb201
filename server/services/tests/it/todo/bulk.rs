//! Signing for, dispatching and answering many tickets at once: one result each, nothing twice, by the same rights as one by one.

use services::tickets::bulk;
use services::{Ctx, tickets};
use shared::command::{Sent, Ticked};
use shared::fault::Code;
use shared::ids::TicketId;
use shared::ticket::bulk::{BulkAct, BulkItem, BulkOutcome, BulkPreview, MOST};
use shared::ticket::command::Register;
use shared::ticket::{AssignmentStatus, TicketState, Verb};
use uuid::Uuid;

use crate::support::{CGJ, Filed, World, ZJJ, a_complaint, on_each_database, said};

fn form(pairs: &[(&str, &str)]) -> Sent {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let pairs: Vec<(String, String)> = pairs.iter().map(owned).collect();
    Sent::form(&pairs)
}

fn keyed(ctx: Ctx, key: &str) -> Ctx {
    Ctx {
        idempotency_key: Some(key.to_owned()),
        ..ctx
    }
}

async fn looks(ctx: &Ctx, act: BulkAct, tickets: &[TicketId]) -> BulkPreview {
    bulk::preview(ctx, act, tickets).await.expect("a look")
}

fn items(preview: &BulkPreview) -> Vec<BulkItem> {
    preview.rows.iter().filter_map(|row| row.item).collect()
}

fn codes(preview: &BulkPreview) -> Vec<Option<&str>> {
    preview.rows.iter().map(|row| row.code.as_deref()).collect()
}

async fn outcomes(ctx: &Ctx, id: Uuid) -> Vec<(BulkOutcome, Option<String>)> {
    let result = bulk::result(ctx, id).await.expect("results");
    let row = |row: shared::ticket::bulk::BulkDone| (row.outcome, row.code);
    result.rows.into_iter().map(row).collect()
}

async fn dispatched(world: &World, unit: &str) -> Filed {
    let mut filed = world.files(a_complaint()).await;
    world.dispatches(&mut filed, unit, &[]).await;
    filed
}

async fn verbs(world: &World, id: TicketId) -> Vec<Verb> {
    let history = tickets::history(&world.supervisor(), id).await;
    let history = history.expect("a history");
    history.into_iter().map(|event| event.verb).collect()
}

#[tokio::test]
async fn a_unit_signs_for_its_own_and_a_second_sending_does_nothing() {
    on_each_database(|world| async move {
        let (first, second) = (dispatched(&world, ZJJ).await, dispatched(&world, ZJJ).await);
        let foreign = dispatched(&world, CGJ).await;
        let ctx = keyed(world.liaison(ZJJ), "signing");
        let seen = looks(&ctx, BulkAct::Sign, &[first.id, foreign.id, second.id]).await;
        assert_eq!(codes(&seen), [None, Some("not_found"), None]);
        assert!(seen.rows[1].row.is_none(), "nothing of it is told");
        let mut wanted = items(&seen);
        wanted[1].version += 7;

        let id = bulk::run(&ctx, BulkAct::Sign, &wanted, form(&[])).await;
        let id = id.expect("done");
        let told = [
            (BulkOutcome::Done, None),
            (BulkOutcome::Changed, Some("version.stale".to_owned())),
        ];
        assert_eq!(outcomes(&ctx, id).await, told);
        let again = bulk::run(&ctx, BulkAct::Sign, &wanted, form(&[])).await;
        assert_eq!(again, Ok(id), "the same act");
        assert_eq!(outcomes(&ctx, id).await, told);
        let other = bulk::run(&ctx, BulkAct::Sign, &wanted[..1], form(&[])).await;
        assert_eq!(
            other.expect_err("another body").code,
            Code::IdempotencyReused
        );
        assert_eq!(
            verbs(&world, first.id).await,
            [Verb::Register, Verb::Dispatch, Verb::Sign]
        );

        let now = looks(&ctx, BulkAct::Sign, &[first.id, second.id]).await;
        assert_eq!(codes(&now), [Some("assignment.flow.not_allowed"), None]);
        let id = bulk::run(
            &keyed(world.liaison(ZJJ), "the-rest"),
            BulkAct::Sign,
            &items(&now),
            form(&[]),
        )
        .await
        .expect("done");
        assert_eq!(outcomes(&ctx, id).await, [(BulkOutcome::Done, None)]);
        let detail = tickets::get(&world.supervisor(), second.id).await;
        let status = detail.expect("the ticket").assignments[0].status;
        assert_eq!(status, AssignmentStatus::Signed);
        let missing = bulk::result(&world.liaison(CGJ), id).await;
        assert_eq!(missing.expect_err("another's").code, Code::NotFound);
    })
    .await;
}

#[tokio::test]
async fn who_may_not_is_refused_ticket_by_ticket() {
    on_each_database(|world| async move {
        let filed = dispatched(&world, ZJJ).await;
        let agent = world.supervisor();
        let seen = looks(&agent, BulkAct::Sign, &[filed.id]).await;
        assert_eq!(codes(&seen), [Some("access.denied")]);
        let (part, version) = filed.at_unit(ZJJ);
        let item = BulkItem {
            ticket: filed.id,
            assignment: Some(part),
            version,
        };
        let id = bulk::run(&agent, BulkAct::Sign, &[item], form(&[])).await;
        let refused = (BulkOutcome::Refused, Some("access.denied".to_owned()));
        assert_eq!(outcomes(&agent, id.expect("kept")).await, [refused]);
        let foreign = BulkItem {
            assignment: None,
            ..item
        };
        let id = bulk::run(&world.liaison(ZJJ), BulkAct::Sign, &[foreign], form(&[])).await;
        let id = id.expect("kept");
        let refused = (BulkOutcome::Refused, Some("not_found".to_owned()));
        assert_eq!(outcomes(&world.liaison(ZJJ), id).await, [refused]);

        let visitor = bulk::run(&world.visitor(), BulkAct::Sign, &[item], form(&[])).await;
        assert_eq!(visitor.expect_err("nobody").code, Code::SignedOut);
        for wrong in [vec![], vec![item, item], vec![item; MOST + 1]] {
            let fault = bulk::run(&agent, BulkAct::Sign, &wrong, form(&[])).await;
            let fault = fault.expect_err("no such number");
            assert_eq!(fault.fields[0].code, Code::BulkItems);
        }
    })
    .await;
}

#[tokio::test]
async fn many_go_to_one_unit_and_what_is_discreet_goes_by_itself() {
    on_each_database(|world| async move {
        let leaf = world.a_leaf().await;
        let with_category = || Register {
            category: Some(said(&leaf)),
            ..a_complaint()
        };
        let ready = world.takes_call(with_category()).await;
        let second = world.takes_call(with_category()).await;
        let bare = world.takes_call(a_complaint()).await;
        let secret = world
            .takes_call(Register {
                confidential: Ticked(true),
                ..with_category()
            })
            .await;
        let ctx = world.dispatcher();
        let all = [ready.id, bare.id, secret.id, second.id];
        let seen = looks(&ctx, BulkAct::Dispatch, &all).await;
        assert_eq!(
            codes(&seen),
            [
                None,
                Some("ticket.bulk.category"),
                Some("ticket.bulk.discreet"),
                None
            ]
        );
        let mut wanted = items(&seen);
        wanted.push(BulkItem {
            ticket: secret.id,
            assignment: None,
            version: secret.version,
        });

        let wrong = bulk::run(&ctx, BulkAct::Dispatch, &wanted, form(&[])).await;
        let fault = wrong.expect_err("a unit is wanted");
        assert_eq!(fault.fields[0].field, "lead");
        let fields = form(&[("lead", ZJJ), ("advice", "请核实并答复诉求人")]);
        let id = bulk::run(&ctx, BulkAct::Dispatch, &wanted, fields).await;
        assert_eq!(
            outcomes(&ctx, id.expect("done")).await,
            [
                (BulkOutcome::Done, None),
                (BulkOutcome::Done, None),
                (
                    BulkOutcome::Refused,
                    Some("ticket.bulk.discreet".to_owned())
                )
            ]
        );
        for filed in [&ready, &second] {
            let detail = tickets::get(&ctx, filed.id).await.expect("the ticket");
            assert_eq!(detail.row.state, TicketState::Dispatched);
            assert_eq!(detail.assignments[0].unit.code, ZJJ);
        }
        let detail = tickets::get(&ctx, secret.id).await.expect("the ticket");
        assert_eq!(detail.row.state, TicketState::ToDispatch);
    })
    .await;
}

#[tokio::test]
async fn one_answer_for_many_names_each_ticket() {
    on_each_database(|world| async move {
        let filed = [dispatched(&world, ZJJ).await, dispatched(&world, ZJJ).await];
        let ids = filed.each_ref().map(|filed| filed.id);
        let ctx = world.liaison(ZJJ);
        let seen = looks(&ctx, BulkAct::Sign, &ids).await;
        bulk::run(&ctx, BulkAct::Sign, &items(&seen), form(&[]))
            .await
            .expect("signed for");
        let ctx = world.handler(ZJJ);
        let seen = looks(&ctx, BulkAct::Reply, &ids).await;
        assert_eq!(codes(&seen), [None, None]);
        let fields = [
            (
                "handling",
                "三月三日到现场查看，确认屋面防水层破损，已责成物业修复并复查。",
            ),
            (
                "public_reply",
                "工单{no}由{unit}办理：屋顶漏水经查属实，已督促维修。",
            ),
            ("fact_true", "true"),
            ("solved", "yes"),
            ("contacted", "yes"),
        ];
        let id = bulk::run(&ctx, BulkAct::Reply, &items(&seen), form(&fields)).await;
        let result = bulk::result(&ctx, id.expect("done"))
            .await
            .expect("results");
        for (row, filed) in result.rows.iter().zip(&filed) {
            assert_eq!(row.outcome, BulkOutcome::Done, "{row:?}");
            let number = row.ticket_no.as_ref().expect("a number").as_str();
            let detail = tickets::get(&world.unit_reviewer(ZJJ), filed.id).await;
            let reply = detail.expect("the ticket").assignments[0].reply.clone();
            let reply = reply.expect("a reply").public_reply;
            assert!(reply.contains(number) && !reply.contains('{'), "{reply}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_looked_at_before_it_is_dispatched_is_only_proposed() {
    on_each_database(|world| async move {
        world
            .tampers("insert into settings (key, value) values ('dispatch.sensitive', '0')")
            .await;
        world.services.bust_reference().await;
        let leaf = world.a_leaf().await;
        let call = Register {
            category: Some(said(&leaf)),
            ..a_complaint()
        };
        let filed = world.takes_call(call).await;
        let ctx = world.dispatcher();
        let seen = looks(&ctx, BulkAct::Dispatch, &[filed.id]).await;
        let sent = form(&[("lead", ZJJ), ("advice", "请核实并答复诉求人")]);
        let id = bulk::run(&ctx, BulkAct::Dispatch, &items(&seen), sent).await;
        let told = outcomes(&ctx, id.expect("done")).await;
        assert_eq!(told, [(BulkOutcome::Proposed, None)]);
    })
    .await;
}
