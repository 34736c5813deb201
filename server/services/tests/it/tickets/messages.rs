//! Text messages in the outbox: written with the verb, to mobile numbers only, and never with what a confidential ticket says.

use crate::support::said;
use services::tickets;
use shared::calendar::Instant;
use shared::command::{Block, Ticked, Version};
use shared::ticket::command::{CitizenBlock, Register};
use shared::ticket::verbs::Redo;
use shared::ticket::{Satisfaction, Solved};
use store::outbox::{Claim, Which};

use crate::support::{World, ZJJ, a_complaint, on_each_database};

/// The messages that wait, oldest first.
async fn waiting(world: &World) -> Vec<(String, String)> {
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
    claimed
        .expect("the outbox is read")
        .into_iter()
        .map(|claimed| (claimed.message.to, claimed.message.body))
        .collect()
}

async fn until_redo(world: &World, request: Register) -> Vec<(String, String)> {
    let mut filed = world.files(request).await;
    world.dispatches(&mut filed, ZJJ, &[]).await;
    world.unit_answers(&mut filed, ZJJ).await;
    world.centre_passes(&mut filed).await;
    world
        .citizen_answers_call(&mut filed, Satisfaction::Dissatisfied, Solved::No)
        .await;
    let redo = Redo {
        version: Version(filed.version),
        reason: said("屋面仍在漏水，请重新维修"),
        cause: None,
    };
    filed.took(tickets::act(&world.caller(), filed.id, redo).await);
    waiting(world).await
}

#[tokio::test]
async fn the_citizen_is_told_at_each_turn() {
    on_each_database(|world| async move {
        let messages = until_redo(&world, a_complaint()).await;
        assert!(messages.iter().all(|(to, _)| to == "13812345678"));
        let bodies: Vec<&str> = messages.iter().map(|(_, body)| body.as_str()).collect();
        assert_eq!(bodies.len(), 4, "{bodies:#?}");
        let said = |words: &[&str]| {
            bodies
                .iter()
                .any(|body| words.iter().all(|word| body.contains(word)))
        };
        assert!(
            said(&["已受理", "3201002026030202000001", "查询码"]),
            "{bodies:#?}"
        );
        assert!(
            said(&["南京市住房保障和房产局", "3月9日前答复"]),
            "{bodies:#?}"
        );
        assert!(
            said(&["已有答复", "屋顶漏水问题经查属实", "评价"]),
            "{bodies:#?}"
        );
        assert!(said(&["重新办理", "3月5日前答复"]), "{bodies:#?}");
    })
    .await;
}

#[tokio::test]
async fn messages_of_confidential_tickets_say_nothing_of_the_matter() {
    on_each_database(|world| async move {
        let messages = until_redo(
            &world,
            Register {
                confidential: Ticked(true),
                ..a_complaint()
            },
        )
        .await;
        assert_eq!(messages.len(), 4);
        for (_, body) in messages {
            assert!(
                !body.contains("漏水") && !body.contains("住房保障") && !body.contains("金丝雀"),
                "{body}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn landlines_and_anonymous_citizens_get_none() {
    on_each_database(|world| async move {
        let landline = Block(CitizenBlock {
            phone: Some(said("025-83221234")),
            ..CitizenBlock::default()
        });
        world
            .files(Register {
                citizen: landline,
                ..a_complaint()
            })
            .await;
        world
            .files(Register {
                anonymous: Ticked(true),
                ..a_complaint()
            })
            .await;
        assert_eq!(waiting(&world).await, []);
    })
    .await;
}
