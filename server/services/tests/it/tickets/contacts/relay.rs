//! Words of a unit to the citizen: they go out without the unit seeing a number, so many a day, and with no numbers in them.

use services::{gateway, tickets};
use shared::command::{Ticked, Version};
use shared::fault::{Code, Fault};
use shared::notification::About;
use shared::ticket::verbs::{Relay, Sign};
use shared::ticket::{ContactWay, Verb};

use crate::support::{Filed, World, ZJJ, a_complaint, on_each_database, said};

const WORDS: &str = "维修人员明天上午九点到现场，请家中留人。";

async fn signed(world: &World, filed: &mut Filed) {
    world.dispatches(filed, ZJJ, &[]).await;
    let (id, version) = filed.at_unit(ZJJ);
    let sign = Sign {
        version: Version(version),
    };
    filed.took(tickets::act(&world.liaison(ZJJ), id, sign).await);
}

async fn writes(world: &World, filed: &mut Filed, words: &str) -> Result<(), Fault> {
    let (id, version) = filed.at_unit(ZJJ);
    let relay = Relay {
        version: Version(version),
        words: said(words),
    };
    let acted = tickets::act(&world.handler(ZJJ), id, relay).await?;
    filed.took(Ok(acted));
    Ok(())
}

fn why(fault: &Fault) -> Option<String> {
    let at = fault.fields.first();
    let facts = at.map_or(&fault.facts, |at| &at.facts);
    facts.get("why").cloned()
}

#[tokio::test]
async fn a_units_words_go_out_and_stand_in_log_and_history() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        signed(&world, &mut filed).await;
        writes(&world, &mut filed, WORDS).await.expect("sent");
        let told = world.messages_to("13812345678").await;
        assert!(told.iter().any(|it| it.contains(WORDS)), "{told:?}");
        let handler = world.handler(ZJJ);
        let seen = tickets::get(&handler, filed.id).await.expect("seen");
        let part = &seen.assignments[0];
        assert_eq!(part.contacts.len(), 1);
        assert_eq!(part.contacts[0].way, ContactWay::Message);
        let history = tickets::history(&handler, filed.id).await;
        let last = history.expect("read").pop().expect("a line");
        assert_eq!(
            (last.verb, last.note.as_deref()),
            (Verb::Relay, Some(WORDS))
        );
        let messages = gateway::desk::of_ticket(&handler, filed.id).await;
        let messages = messages.expect("told");
        assert_eq!(messages.len(), 1, "what the unit itself wrote");
        assert_eq!(messages[0].about, Some(About::Relayed));
        assert!(messages[0].to.is_empty(), "no number");
        for _ in 0..2 {
            writes(&world, &mut filed, WORDS).await.expect("sent");
        }
        let fourth = writes(&world, &mut filed, WORDS).await;
        let fourth = fourth.expect_err("three a day");
        assert_eq!(fourth.code, Code::RelayUnfit);
        assert_eq!(why(&fourth).as_deref(), Some("many"));
    })
    .await;
}

#[tokio::test]
async fn numbers_and_discreet_tickets_are_refused() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        signed(&world, &mut filed).await;
        let number = writes(&world, &mut filed, "请加微信 13900001111 联系").await;
        let number = number.expect_err("a number");
        assert_eq!(why(&number).as_deref(), Some("numbers"));
        let mut confidential = a_complaint();
        confidential.confidential = Ticked(true);
        let mut discreet = world.files(confidential).await;
        signed(&world, &mut discreet).await;
        let refused = writes(&world, &mut discreet, WORDS).await;
        let refused = refused.expect_err("discreet");
        assert_eq!(why(&refused).as_deref(), Some("discreet"));
    })
    .await;
}
