//! The matrix of levels: impact and haste propose how urgent a request is; whoever says otherwise says why, and the history has both.

use services::tickets;
use shared::command::{Ticked, Typed, Version};
use shared::fault::Code;
use shared::ticket::command::Register;
use shared::ticket::level::{Haste, Impact};
use shared::ticket::verbs::Dispatch;
use shared::ticket::{Urgency, Verb};

use crate::support::{Filed, World, ZJJ, a_complaint, on_each_database, said};

fn graded(urgency: Option<Urgency>) -> Register {
    Register {
        impact: Some(Impact::Group),
        haste: Some(Haste::Now),
        urgency,
        ..a_complaint()
    }
}

async fn urgency(world: &World, filed: &Filed) -> Urgency {
    let seen = tickets::get(&world.supervisor(), filed.id).await;
    seen.expect("seen").row.urgency
}

#[tokio::test]
async fn the_matrix_proposes_and_a_person_says_otherwise_with_a_reason() {
    on_each_database(|world: World| async move {
        let filed = world.takes_call(graded(None)).await;
        assert_eq!(urgency(&world, &filed).await, Urgency::Critical);
        let same = world.takes_call(graded(Some(Urgency::Critical))).await;
        assert_eq!(urgency(&world, &same).await, Urgency::Critical);

        let without = tickets::register(&world.agent(), graded(Some(Urgency::Normal))).await;
        let without = without.expect_err("no reason");
        assert_eq!(without.fields[0].field, "urgency_reason");
        assert_eq!(without.fields[0].code, Code::InputRequired);
        let with = Register {
            urgency_reason: Some(said("现场已由消防处置完毕")),
            ..graded(Some(Urgency::Normal))
        };
        let filed = world.takes_call(with).await;
        assert_eq!(urgency(&world, &filed).await, Urgency::Normal);
        let history = tickets::history(&world.supervisor(), filed.id).await;
        let line = history.expect("seen").remove(0);
        assert_eq!(line.verb, Verb::Register);
        assert_eq!(line.facts["proposed"], "critical");
        assert_eq!(line.facts["urgency"], "normal");
        assert_eq!(line.note.as_deref(), Some("现场已由消防处置完毕"));
    })
    .await;
}

#[tokio::test]
async fn without_both_nothing_is_proposed_and_a_visitor_proposes_nothing() {
    on_each_database(|world: World| async move {
        let half = Register {
            haste: None,
            ..graded(None)
        };
        let filed = world.takes_call(half).await;
        assert_eq!(urgency(&world, &filed).await, Urgency::Normal);
        let filed = world.files(graded(None)).await;
        assert_eq!(urgency(&world, &filed).await, Urgency::Normal);
    })
    .await;
}

#[tokio::test]
async fn whoever_dispatches_changes_it_with_a_reason() {
    on_each_database(|world: World| async move {
        let mut filed = world.takes_call(graded(None)).await;
        let leaf = world.a_leaf().await;
        let sent = |why: Option<&str>| Dispatch {
            version: Version(filed.version),
            lead: said(ZJJ),
            assisting: Vec::new(),
            category: Some(said(&leaf)),
            advice: None,
            urgency: Some(Urgency::Urgent),
            urgency_reason: why.map(said),
            tags: Vec::new(),
            own: Typed::default(),
            assist_due: None,
            retag: Ticked(false),
            review: Ticked(false),
        };
        let (without, with) = (sent(None), sent(Some("险情已排除")));
        let refused = tickets::act(&world.dispatcher(), filed.id, without).await;
        let refused = refused.expect_err("no reason");
        assert_eq!(refused.fields[0].field, "urgency_reason");
        filed.took(tickets::act(&world.dispatcher(), filed.id, with).await);
        assert_eq!(urgency(&world, &filed).await, Urgency::Urgent);
        let history = tickets::history(&world.supervisor(), filed.id).await;
        let line = history.expect("seen").pop().expect("a line");
        assert_eq!(line.verb, Verb::Dispatch);
        assert_eq!(line.facts["urgency_reason"], "险情已排除");
    })
    .await;
}
