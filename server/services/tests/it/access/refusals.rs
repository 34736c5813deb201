//! Each verb refuses the visitor, the wrong role, and the wrong unit or city; what lies outside the scope is missing.

use services::{Ctx, tickets};
use shared::access::Role;
use shared::command::Version;
use shared::fault::{Code, Fault};
use shared::ids::AssignmentId;
use shared::ticket::Verb;
use shared::ticket::command::Reveal;
use shared::ticket::verbs::{self, On, Sign};

use crate::support::{
    CENTRE, CGJ, Filed, SUZHOU_CENTRE, World, ZJJ, a_complaint, example, on_each_database, said,
};

/// Tries a verb with its example.
async fn attempt(ctx: &Ctx, verb: Verb, filed: &Filed, id: AssignmentId) -> Result<(), Fault> {
    if verb == Verb::Reveal {
        let reason = said("这是一段足够长的说明文字。");
        return tickets::reveal(ctx, filed.id, Reveal { reason })
            .await
            .map(drop);
    }
    let (at, version) = match verb.descriptor().on {
        On::Assignment => (id.0, 1),
        _ => (filed.id.0, filed.version),
    };
    macro_rules! each {
        ($($command:ident),+) => {
            match verb {
                $(Verb::$command => {
                    let command = example::<verbs::$command>(version);
                    tickets::act(ctx, at, command).await.map(drop)
                })+
                // Anybody may file; ratings come by number and code only; the rest is the process's.
                _ => Err(Fault::new(Code::SignedOut)),
            }
        };
    }
    shared::ticket_verbs!(each)
}

/// What people of another city and another unit hear, verb by verb.
pub(super) async fn codes_of_outsiders(
    world: &World,
    filed: &Filed,
    id: AssignmentId,
) -> Vec<(Verb, Code)> {
    let mut codes = Vec::new();
    for verb in Verb::of_people().filter(|verb| !matches!(verb, Verb::Register | Verb::Rate)) {
        for ctx in [
            world.suzhou_dispatcher(),
            world.person(Role::CentreLeader, SUZHOU_CENTRE),
            world.person(Role::FollowUp, SUZHOU_CENTRE),
            world.liaison(CGJ),
            world.unit_reviewer(CGJ),
        ] {
            codes.push((verb, code(attempt(&ctx, verb, filed, id).await)));
        }
    }
    codes
}

async fn dispatched(world: &World) -> (Filed, AssignmentId) {
    let mut filed = world.takes_call(a_complaint()).await;
    world.dispatches(&mut filed, ZJJ, &[]).await;
    let (id, _) = filed.at_unit(ZJJ);
    (filed, id)
}

fn code(result: Result<(), Fault>) -> Code {
    result.expect_err("it must be refused").code
}

#[tokio::test]
async fn every_verb_refuses_visitors_and_people_without_the_right() {
    on_each_database(|world| async move {
        let (filed, id) = dispatched(&world).await;
        let before = tickets::get(&world.supervisor(), filed.id)
            .await
            .expect("seen")
            .row
            .version;
        for verb in Verb::of_people().filter(|verb| !matches!(verb, Verb::Register | Verb::Rate)) {
            assert_eq!(
                code(attempt(&world.visitor(), verb, &filed, id).await),
                Code::SignedOut,
                "visitor: {verb}"
            );
            for role in [
                Role::Analyst,
                Role::SystemAdmin,
                Role::SecurityAdmin,
                Role::Auditor,
            ] {
                assert_eq!(
                    code(attempt(&world.person(role, CENTRE), verb, &filed, id).await),
                    Code::AccessDenied,
                    "{role}: {verb}"
                );
            }
        }
        let after = tickets::get(&world.supervisor(), filed.id)
            .await
            .expect("seen")
            .row
            .version;
        assert_eq!(before, after, "nothing has changed");
    })
    .await;
}

#[tokio::test]
async fn outside_the_scope_it_does_not_exist() {
    on_each_database(|world| async move {
        let (filed, id) = dispatched(&world).await;
        for verb in [Verb::Sign, Verb::SendBack, Verb::Reply] {
            assert_eq!(
                code(attempt(&world.liaison(CGJ), verb, &filed, id).await),
                Code::NotFound,
                "another unit: {verb}"
            );
        }
        assert_eq!(
            code(attempt(&world.unit_reviewer(CGJ), Verb::UnitReview, &filed, id).await),
            Code::NotFound
        );
        for verb in [
            Verb::Dispatch,
            Verb::Recall,
            Verb::Rule,
            Verb::Withdraw,
            Verb::Reveal,
            Verb::ConfirmDecline,
        ] {
            assert_eq!(
                code(attempt(&world.suzhou_dispatcher(), verb, &filed, id).await),
                Code::NotFound,
                "another city: {verb}"
            );
        }
        let missing = shared::ids::TicketId(uuid::Uuid::nil());
        let outside = tickets::get(&world.suzhou_dispatcher(), filed.id)
            .await
            .expect_err("outside");
        assert_eq!(
            outside,
            tickets::get(&world.suzhou_dispatcher(), missing)
                .await
                .expect_err("missing"),
            "the same answer for both"
        );
    })
    .await;
}

#[tokio::test]
async fn an_agent_reaches_own_tickets_only() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let fault = tickets::get(&world.agent(), filed.id)
            .await
            .expect_err("filed on the web");
        assert_eq!(fault.code, Code::NotFound);
    })
    .await;
}

#[tokio::test]
async fn a_unit_does_not_touch_another_units_part_of_a_ticket_it_sees() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[CGJ]).await;
        let (lead, version) = filed.at_unit(ZJJ);
        let fault = tickets::act(
            &world.liaison(CGJ),
            lead,
            Sign {
                version: Version(version),
            },
        )
        .await
        .expect_err("another unit's part");
        assert_eq!(fault.code, Code::AccessDenied);
        let detail = tickets::get(&world.liaison(CGJ), filed.id)
            .await
            .expect("it assists");
        let of_lead = detail
            .assignments
            .iter()
            .find(|a| a.id == lead)
            .expect("the lead's part is seen");
        assert_eq!(of_lead.actions, []);
    })
    .await;
}

#[tokio::test]
async fn actions_are_exactly_what_is_allowed() {
    on_each_database(|world| async move {
        let (mut filed, id) = dispatched(&world).await;
        let people = [
            world.agent(),
            world.dispatcher(),
            world.reviewer(),
            world.caller(),
            world.supervisor(),
            world.liaison(ZJJ),
            world.handler(ZJJ),
        ];
        for ctx in people {
            let detail = tickets::get(&ctx, filed.id).await.expect("seen");
            let shown: Vec<Verb> = detail
                .actions
                .iter()
                .chain(&detail.assignments[0].actions)
                .copied()
                .collect();
            for verb in Verb::of_people()
                .filter(|verb| !matches!(verb, Verb::Register | Verb::Rate | Verb::Reveal))
            {
                // Shown verbs change the ticket; they are tried elsewhere. What is not shown must be refused.
                if !shown.contains(&verb) {
                    filed.version = detail.row.version;
                    let refused = code(attempt(&ctx, verb, &filed, id).await);
                    assert!(
                        matches!(
                            refused,
                            Code::AccessDenied
                                | Code::FlowNotAllowed
                                | Code::AssignmentNotAllowed
                                | Code::RedoNotJustified
                                | Code::TransferReceipt
                        ),
                        "{verb}: {refused}"
                    );
                }
            }
        }
    })
    .await;
}
