//! Each verb refuses the visitor, the wrong role, and the wrong unit or city; what lies outside the scope is missing.

use crate::support::said;
use services::{Ctx, tickets};
use shared::access::Role;
use shared::command::Version;
use shared::fault::{Code, Fault};
use shared::ids::AssignmentId;
use shared::ticket::command::Reveal;
use shared::ticket::verbs::{
    Answer, Close, ConfirmDecline, Decline, Dispatch, FollowUp, Recall, Redo, Review, Rule,
    SendBack, Sign, UnitReview, Urge, Withdraw,
};
use shared::ticket::{DeclineReason, ReturnReason, Verb, VisitChannel};

use crate::support::{
    CENTRE, CGJ, Filed, SUZHOU_CENTRE, World, ZJJ, a_complaint, a_reply, on_each_database,
};

/// Tries a verb with data that would pass the rules.
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn attempt(ctx: &Ctx, verb: Verb, filed: &Filed, id: AssignmentId) -> Result<(), Fault> {
    let (ticket, version) = (filed.id, filed.version);
    let words = || "这是一段足够长的说明文字，用于通过校验。".to_owned();
    match verb {
        Verb::Answer => tickets::act(
            ctx,
            ticket,
            Answer {
                version: Version(version),
                answer: said(&words()),
            },
        )
        .await
        .map(drop),
        Verb::Decline => tickets::act(
            ctx,
            ticket,
            Decline {
                version: Version(version),
                reason: DeclineReason::Petition,
                explanation: said(&words()),
            },
        )
        .await
        .map(drop),
        Verb::ConfirmDecline => tickets::act(
            ctx,
            ticket,
            ConfirmDecline {
                version: Version(version),
                confirm: true,
                opinion: None,
            },
        )
        .await
        .map(drop),
        Verb::Dispatch => {
            let command = Dispatch {
                version: Version(version),
                lead: said(CGJ),
                assisting: Vec::new(),
                category: Some(said("010101")),
                advice: None,
                urgency: None,
            };
            tickets::act(ctx, ticket, command).await.map(drop)
        }
        Verb::Recall => {
            let command = Recall {
                version: Version(version),
                assignment: None,
                to: Some(said(CGJ)),
                reason: said(&words()),
            };
            tickets::act(ctx, ticket, command).await.map(drop)
        }
        Verb::Sign => tickets::act(
            ctx,
            id,
            Sign {
                version: Version(1),
            },
        )
        .await
        .map(drop),
        Verb::SendBack => {
            let command = SendBack {
                version: Version(1),
                reason: ReturnReason::WrongDuty,
                explanation: said(&words()),
                suggested_unit: None,
            };
            tickets::act(ctx, id, command).await.map(drop)
        }
        Verb::Rule => {
            let command = Rule {
                version: Version(1),
                uphold: true,
                to: None,
                opinion: said(&words()),
                final_ruling: Some(false),
            };
            tickets::act(ctx, id, command).await.map(drop)
        }
        Verb::Reply => tickets::act(ctx, id, a_reply(1)).await.map(drop),
        Verb::UnitReview => tickets::act(
            ctx,
            id,
            UnitReview {
                version: Version(1),
                pass: true,
                opinion: None,
            },
        )
        .await
        .map(drop),
        Verb::Review => tickets::act(
            ctx,
            ticket,
            Review {
                version: Version(version),
                pass: true,
                opinion: None,
            },
        )
        .await
        .map(drop),
        Verb::FollowUp => {
            let command = FollowUp {
                version: Version(version),
                channel: Some(VisitChannel::Call),
                connected: false,
                staff_contacted: None,
                report_true: None,
                solved: None,
                satisfaction: None,
                opinion: None,
            };
            tickets::act(ctx, ticket, command).await.map(drop)
        }
        Verb::Redo => tickets::act(
            ctx,
            ticket,
            Redo {
                version: Version(version),
                reason: said(&words()),
            },
        )
        .await
        .map(drop),
        Verb::Close => tickets::act(
            ctx,
            ticket,
            Close {
                version: Version(version),
                exempt: None,
            },
        )
        .await
        .map(drop),
        Verb::Withdraw => tickets::act(
            ctx,
            ticket,
            Withdraw {
                version: Version(version),
                reason: None,
            },
        )
        .await
        .map(drop),
        Verb::Urge => tickets::act(ctx, ticket, Urge { message: None })
            .await
            .map(drop),
        Verb::Reveal => tickets::reveal(ctx, ticket, Reveal { reason: words() })
            .await
            .map(drop),
        // Anybody may file; ratings come by number and code only.
        Verb::Register | Verb::Rate | Verb::Ring | Verb::Serve | Verb::Message => {
            Err(Fault::new(Code::SignedOut))
        }
    }
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
                        ),
                        "{verb}: {refused}"
                    );
                }
            }
        }
    })
    .await;
}
