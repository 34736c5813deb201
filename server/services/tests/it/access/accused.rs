//! The unit that a ticket is about: it never gets the ticket, nor does a unit below it, and none of them finds it anywhere; everybody else who sees the
//! ticket sees that it is so.

use futures::TryStreamExt;
use services::tickets::{self, TaskQuery};
use services::{Ctx, exports};
use shared::access::Role;
use shared::command::Version;
use shared::fault::{Code, Fault};
use shared::query::{Sort, TicketFilter, TicketQuery};
use shared::ticket::RequestKind;
use shared::ticket::command::Register;
use shared::ticket::verbs::{Dispatch, NameAccused, Recall};
use shared::ticket::{AssignmentStatus, Verb};

use super::verbs::{done, insider};
use crate::support::{
    CGJ, Filed, STREET, World, ZJJ, a_complaint, example, on_each_database, said,
};

const OF_UNITS: [Role; 3] = [Role::UnitLiaison, Role::Handler, Role::UnitReviewer];

fn a_tip_off() -> Register {
    Register {
        kind: RequestKind::TipOff,
        accused: Some(said("市住建局质监站")),
        accused_unit: Some(said(ZJJ)),
        ..a_complaint()
    }
}

fn named(version: i32, unit: Option<&str>) -> NameAccused {
    NameAccused {
        version: Version(version),
        accused_unit: unit.map(said),
        reason: said("诉求写明举报该单位。"),
    }
}

/// Lists, search, to-dos and the export, as one text.
async fn found(ctx: &Ctx) -> String {
    let mut shown = String::new();
    let query = TicketQuery {
        filter: TicketFilter::default(),
        sort: Sort::AcceptedDesc,
        limit: 50,
        cursor: None,
        columns: Vec::new(),
    };
    let page = tickets::list(ctx, query).await.expect("a list");
    shown += &serde_json::to_string(&page).expect("json");
    if let Ok(tasks) = tickets::tasks(ctx, TaskQuery::default()).await {
        shown += &serde_json::to_string(&tasks).expect("json");
    }
    let bell = services::gateway::bell::page(ctx, false, None, 50).await;
    if let Ok(notices) = bell {
        shown += &serde_json::to_string(&notices).expect("json");
    }
    if let Ok(found) = tickets::search(ctx, "屋顶漏水", false).await {
        shown += &serde_json::to_string(&found).expect("json");
    }
    let export = exports::tickets_csv(ctx, TicketFilter::default(), Sort::AcceptedDesc, &[]).await;
    if let Ok(parts) = export {
        let parts: Vec<Vec<u8>> = parts.try_collect().await.expect("whole");
        shown += &String::from_utf8(parts.concat()).expect("UTF-8");
    }
    shown
}

/// Nobody of these units finds the ticket, or anything that hangs on it.
async fn is_hidden(world: &World, filed: &Filed) {
    let no = filed.claim.ticket_no.as_str();
    for unit in [ZJJ, STREET] {
        for role in OF_UNITS {
            let ctx = world.person(role, unit);
            assert!(!found(&ctx).await.contains(no), "{role} of {unit}");
            let seen = tickets::get(&ctx, filed.id).await;
            assert_eq!(seen.expect_err("no such ticket").code, Code::NotFound);
            let history = tickets::history(&ctx, filed.id).await;
            assert_eq!(history.expect_err("no such ticket").code, Code::NotFound);
            let sheet = tickets::sheet(&ctx, filed.id).await;
            assert_eq!(sheet.expect_err("no such ticket").code, Code::NotFound);
        }
    }
}

async fn sends(world: &World, filed: &Filed, lead: &str, assisting: &[&str]) -> Result<(), Fault> {
    let dispatch = Dispatch {
        lead: said(lead),
        assisting: assisting.iter().map(said).collect(),
        category: Some(said(world.a_leaf().await)),
        ..example::<Dispatch>(filed.version)
    };
    let sent = tickets::act(&world.dispatcher(), filed.id, dispatch).await;
    sent.map(drop)
}

#[tokio::test]
async fn the_unit_complained_about_neither_gets_nor_sees_a_tip_off() {
    on_each_database(|world| async move {
        let mut filed = world.takes_call(a_tip_off()).await;
        let tries: [(&str, &[&str], &str); 3] = [
            (ZJJ, &[], "lead"),
            (STREET, &[], "lead"),
            (CGJ, &[ZJJ], "assisting"),
        ];
        for (lead, assisting, field) in tries {
            let refused = sends(&world, &filed, lead, assisting).await;
            let refused = refused.expect_err("not there");
            let at = refused.fields.first().expect("at a field");
            assert_eq!((at.field.as_str(), at.code), (field, Code::AccusedUnit));
        }
        world.dispatches(&mut filed, CGJ, &[]).await;
        is_hidden(&world, &filed).await;
        for ctx in [world.dispatcher(), world.handler(CGJ), world.supervisor()] {
            let seen = tickets::get(&ctx, filed.id).await.expect("seen");
            let unit = seen.accused_unit.map(|unit| unit.code);
            assert_eq!(unit.as_deref(), Some(ZJJ), "whoever sees it sees that");
            assert_eq!(seen.accused.as_deref(), Some("市住建局质监站"));
            assert!(found(&ctx).await.contains(filed.claim.ticket_no.as_str()));
        }
    })
    .await;
}

#[tokio::test]
async fn who_had_a_part_before_it_was_named_sees_it_no_more() {
    on_each_database(|world| async move {
        let mut filed = world.takes_call(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let early = named(filed.version, Some(ZJJ));
        let early = tickets::act(&world.dispatcher(), filed.id, early).await;
        assert_eq!(early.expect_err("it has a part").code, Code::AccusedPart);
        let recalled = done::<Recall>(&insider(&world, Verb::Recall), &filed).await;
        filed.took(recalled);
        let before = tickets::get(&world.handler(ZJJ), filed.id).await;
        let before = before.expect("what it did stays its own");
        assert_eq!(before.assignments[0].status, AssignmentStatus::Recalled);
        let agent = named(filed.version, Some(ZJJ));
        let agent = tickets::act(&world.agent(), filed.id, agent).await;
        assert_eq!(agent.expect_err("no agent").code, Code::AccessDenied);
        let unknown = named(filed.version, Some("320100-NONE"));
        let unknown = tickets::act(&world.dispatcher(), filed.id, unknown).await;
        let unknown = unknown.expect_err("no such unit");
        assert_eq!(unknown.fields[0].code, Code::InputUnit);
        let done = named(filed.version, Some(ZJJ));
        filed.took(tickets::act(&world.dispatcher(), filed.id, done).await);
        is_hidden(&world, &filed).await;
        let lifted = named(filed.version, None);
        filed.took(tickets::act(&world.dispatcher(), filed.id, lifted).await);
        let again = tickets::get(&world.handler(ZJJ), filed.id).await;
        assert!(again.is_ok(), "nobody is kept from it any more");
    })
    .await;
}

#[tokio::test]
async fn a_citizen_names_it_in_words_and_chooses_no_unit() {
    on_each_database(|world| async move {
        let filed = world.files(a_tip_off()).await;
        let seen = tickets::get(&world.dispatcher(), filed.id).await;
        let seen = seen.expect("seen");
        assert_eq!(seen.accused.as_deref(), Some("市住建局质监站"));
        assert!(seen.accused_unit.is_none(), "that is the centre's to say");
    })
    .await;
}

#[tokio::test]
async fn a_unit_that_comes_below_it_has_the_ticket_no_more() {
    on_each_database(|world| async move {
        let mut filed = world.takes_call(a_tip_off()).await;
        world.dispatches(&mut filed, CGJ, &[]).await;
        let reference = world.services.reference().await.expect("read");
        let from = reference.units[CGJ].path.clone();
        let to = format!("{}{CGJ}/", reference.units[ZJJ].path);
        world
            .services
            .store()
            .write::<_, store::StoreError, _>(move |tx| {
                let (from, to) = (from.clone(), to.clone());
                Box::pin(async move { store::units::move_cases(tx, CGJ, (&from, &to)).await })
            })
            .await
            .expect("it stands elsewhere");
        is_hidden(&world, &filed).await;
        let no = filed.claim.ticket_no.as_str();
        assert!(!found(&world.handler(CGJ)).await.contains(no));
        let seen = tickets::get(&world.handler(CGJ), filed.id).await;
        assert_eq!(seen.expect_err("no such ticket").code, Code::NotFound);
        assert!(found(&world.dispatcher()).await.contains(no));
    })
    .await;
}
