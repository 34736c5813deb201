//! What a ticket keeps about its citizen, corrected and erased at the citizen's word: who may, what is found afterwards, what the history says.

use services::{citizens, tickets};
use shared::access::Role;
use shared::command::Version;
use shared::fault::Code;
use shared::ticket::Verb;
use shared::ticket::command::Reveal;
use shared::ticket::verbs::{CorrectCitizen, EraseCitizen};

use super::{closed, fits};
use crate::support::{CENTRE, a_complaint, on_each_database, said};

const NEW: &str = "13900000000";

fn corrected(version: i32) -> CorrectCitizen {
    CorrectCitizen {
        version: Version(version),
        name: Some(said("王建国")),
        phone: Some(said(NEW)),
        email: None,
        reason: said("诉求人来电更正，已用查询码核实。"),
    }
}

fn erased(version: i32) -> EraseCitizen {
    EraseCitizen {
        version: Version(version),
        reason: said("诉求人书面申请，已核实身份。"),
    }
}

#[tokio::test]
async fn a_name_and_a_number_are_corrected_and_found_anew() {
    on_each_database(|world| async move {
        let mut filed = world.takes_call(a_complaint()).await;
        let refused = tickets::act(&world.agent(), filed.id, corrected(filed.version)).await;
        assert_eq!(refused.expect_err("no agent").code, Code::AccessDenied);
        let done = tickets::act(&world.supervisor(), filed.id, corrected(filed.version)).await;
        filed.took(done);
        let reason = Reveal {
            reason: said("需要联系诉求人核实"),
        };
        let shown = tickets::reveal(&world.dispatcher(), filed.id, reason).await;
        let shown = shown.expect("with a reason");
        assert_eq!(shown.name.as_deref(), Some("王建国"));
        assert_eq!(shown.phone.as_deref(), Some(NEW));
        let history = tickets::history(&world.supervisor(), filed.id).await;
        let last = history.expect("read").pop().expect("a line");
        assert_eq!(last.verb, Verb::CorrectCitizen);
        assert!(last.facts.is_empty(), "not what it was: {:?}", last.facts);
        let citizen = world.citizen(NEW).await;
        let own = citizens::list(&citizen, None).await.expect("the list");
        assert_eq!(own.items.len(), 1, "found by the new number");
        let before = world.citizen("13812345678").await;
        let own = citizens::list(&before, None).await.expect("the list");
        assert!(own.items.is_empty(), "and no longer by the old one");
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn an_erased_citizen_is_gone_and_the_case_stays() {
    on_each_database(|world| async move {
        let open = world.takes_call(a_complaint()).await;
        let early = tickets::act(&world.supervisor(), open.id, erased(open.version)).await;
        assert_eq!(early.expect_err("still open").code, Code::FlowNotAllowed);
        let mut filed = closed(&world).await;
        let leader = world.person(Role::CentreLeader, CENTRE);
        filed.took(tickets::act(&leader, filed.id, erased(filed.version)).await);
        let seen = tickets::get(&leader, filed.id).await.expect("it stays");
        assert!(seen.citizen.is_none() && seen.address.is_none());
        assert!(seen.content.contains("屋顶漏水"));
        let twice = tickets::act(&leader, filed.id, erased(filed.version)).await;
        assert_eq!(twice.expect_err("nothing left").code, Code::FlowNotAllowed);
        let reason = Reveal {
            reason: said("需要联系诉求人核实"),
        };
        let nothing = tickets::reveal(&world.dispatcher(), filed.id, reason).await;
        assert_eq!(nothing.expect_err("nothing hidden").code, Code::NotFound);
        fits(&world).await;
    })
    .await;
}
