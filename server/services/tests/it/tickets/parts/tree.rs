//! Down to a unit below and up again: limits, refusals, answers returned and gathered, what ends with the part above.

use services::tickets;
use shared::command::Version;
use shared::fault::{Code, Fault};
use shared::ticket::verbs::{
    Extend, HandUp, Merge, Recall, Redo, ReturnAnswer, SendBack, SetLimit, Sign, SubAssign,
    TakeBack, Withdraw,
};
use shared::ticket::view::Acted;
use shared::ticket::{
    AssignmentStatus, LimitUnit, Satisfaction, SlotRole, Solved, TicketState, Verb,
};

use super::{fits, part, seen, signed, signs};
use crate::support::{
    CGJ, Filed, STREET, World, ZJJ, a_complaint, a_reply, example, on_each_database, said,
};

fn give(version: i32, below: &[&str], days: &str) -> SubAssign {
    SubAssign {
        version: Version(version),
        below: below.iter().map(said).collect(),
        part_limit: said(days),
        part_limit_unit: LimitUnit::WorkingDays,
        advice: Some(said("请现场核查并反馈。")),
    }
}

async fn gives(world: &World, filed: &mut Filed) {
    let (id, version) = filed.at_unit(ZJJ);
    let given = tickets::act(&world.liaison(ZJJ), id, give(version, &[STREET], "2")).await;
    filed.took(given);
}

async fn takes_back(world: &World, filed: &Filed) -> Result<Acted, Fault> {
    let (id, version) = filed.at_unit(ZJJ);
    let back = TakeBack {
        version: Version(version),
        below: said(STREET),
        reason: said("由本单位直接办理"),
    };
    tickets::act(&world.liaison(ZJJ), id, back).await
}

async fn returns(world: &World, filed: &mut Filed) {
    let (id, version) = filed.at_unit(ZJJ);
    let back = ReturnAnswer {
        version: Version(version),
        below: said(STREET),
        reason: said("未写明完工时间，请补充"),
    };
    filed.took(tickets::act(&world.liaison(ZJJ), id, back).await);
}

async fn replies(world: &World, filed: &Filed) -> Result<Acted, Fault> {
    let (id, version) = filed.at_unit(ZJJ);
    tickets::act(&world.handler(ZJJ), id, a_reply(version)).await
}

fn status(filed: &Filed, unit: &str) -> AssignmentStatus {
    let acted = filed.acted.as_ref().expect("a verb has run");
    let mut parts = acted.assignments.iter().rev();
    let found = parts.find(|part| part.unit == unit);
    found.expect("the unit has a part").status
}

fn code(tried: Result<Acted, Fault>) -> Code {
    tried.expect_err("it is refused").code
}

fn field(tried: Result<Acted, Fault>) -> (String, Code) {
    let fault = tried.expect_err("it is refused");
    let one = fault.fields.into_iter().next().expect("a field");
    (one.field, one.code)
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn three_levels_down_and_up() {
    on_each_database(|world| async move {
        let mut filed = signed(&world).await;
        gives(&world, &mut filed).await;
        fits(&world).await;
        assert_eq!(status(&filed, ZJJ), AssignmentStatus::SubAssigned);
        let below = part(&world, &filed, STREET).await;
        let own = part(&world, &filed, ZJJ).await;
        assert_eq!(below.tree.parent, Some(own.id));
        assert_eq!((below.tree.level, below.role), (2, SlotRole::Assist));
        assert!(below.deadline.due_at < own.deadline.due_at);
        assert_eq!(seen(&world, &filed).await.row.state, TicketState::Handling);
        let row = seen(&world, &filed).await.row;
        assert_eq!(row.lead_unit.expect("who leads").code, ZJJ);

        // The unit above waits, the one below has its to-do.
        assert_eq!(code(replies(&world, &filed).await), Code::BelowOpen);
        let todo = tickets::tasks(&world.liaison(STREET), tickets::TaskQuery::default()).await;
        let todo = todo.expect("to-dos").items;
        assert_eq!(todo[0].verbs, [Verb::Sign]);
        assert_eq!(todo[0].assignment, Some(below.id));
        world.unit_answers(&mut filed, STREET).await;
        fits(&world).await;
        assert_eq!(status(&filed, STREET), AssignmentStatus::Replied);
        let todo = tickets::tasks(&world.handler(STREET), tickets::TaskQuery::default()).await;
        assert_eq!(todo.expect("to-dos").items, []);

        // Returned once, answered again, gathered.
        returns(&world, &mut filed).await;
        fits(&world).await;
        assert_eq!(status(&filed, STREET), AssignmentStatus::Handling);
        assert_eq!(code(replies(&world, &filed).await), Code::BelowOpen);
        world.unit_replies(&mut filed, STREET).await;
        let own = part(&world, &filed, ZJJ).await;
        let gathered = own.tree.gathered.expect("what the street has answered");
        assert!(gathered.handling.contains("宁海路街道办事处"));
        assert!(gathered.public_reply.contains("屋顶漏水"));
        world.unit_replies(&mut filed, ZJJ).await;
        fits(&world).await;
        assert_eq!(seen(&world, &filed).await.row.state, TicketState::ToReview);
        world.centre_passes(&mut filed).await;
        fits(&world).await;
        assert_eq!(status(&filed, STREET), AssignmentStatus::Done);

        // A redo begins with the unit that leads, and can be given on again.
        world
            .citizen_answers_call(&mut filed, Satisfaction::VeryDissatisfied, Solved::No)
            .await;
        let redo = example::<Redo>(filed.version);
        filed.took(tickets::act(&world.caller(), filed.id, redo).await);
        signs(&world, &mut filed, ZJJ).await;
        let (id, version) = filed.at_unit(ZJJ);
        let again = give(version, &[STREET], "1");
        filed.took(tickets::act(&world.liaison(ZJJ), id, again).await);
        fits(&world).await;
        assert_eq!(status(&filed, STREET), AssignmentStatus::ToSign);
        world.unit_answers(&mut filed, STREET).await;
        world.unit_replies(&mut filed, ZJJ).await;
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_given_on_is_refused() {
    on_each_database(|world| async move {
        let filed = signed(&world).await;
        let (id, version) = filed.at_unit(ZJJ);
        let liaison = world.liaison(ZJJ);
        for elsewhere in [CGJ, ZJJ] {
            let tried = tickets::act(&liaison, id, give(version, &[elsewhere], "2")).await;
            assert_eq!(field(tried), ("below".to_owned(), Code::InputUnit));
        }
        let late = tickets::act(&liaison, id, give(version, &[STREET], "60")).await;
        assert_eq!(field(late), ("part_limit".to_owned(), Code::BelowLimit));
        let handler = tickets::act(&world.handler(ZJJ), id, give(version, &[STREET], "2")).await;
        assert_eq!(code(handler), Code::AccessDenied);
        let own = part(&world, &filed, ZJJ).await;
        assert!(own.actions.contains(&Verb::SubAssign));
        let below: Vec<_> = own.tree.below.iter().map(|unit| &*unit.code).collect();
        assert_eq!(below, [STREET]);

        // Two at once: the second has seen another version.
        let (one, two) = (
            tickets::act(&liaison, id, give(version, &[STREET], "2")),
            tickets::act(&liaison, id, give(version, &[STREET], "1")),
        );
        let (one, two) = tokio::join!(one, two);
        assert!(one.is_ok() != two.is_ok(), "one of them was first");
        let later = if one.is_ok() { two } else { one };
        assert_eq!(code(later), Code::VersionStale);
        let parts = seen(&world, &filed).await.assignments;
        assert_eq!(parts.len(), 2);
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a_unit_below_turns_to_the_unit_above() {
    on_each_database(|world| async move {
        let mut filed = signed(&world).await;
        gives(&world, &mut filed).await;
        signs(&world, &mut filed, STREET).await;
        let (id, version) = filed.at_unit(STREET);
        let street = world.liaison(STREET);
        let back = SendBack {
            suggested_unit: None,
            ..example::<SendBack>(version)
        };
        let back = tickets::act(&street, id, back).await;
        assert_eq!(code(back), Code::BelowPart);
        let more = tickets::act(&street, id, example::<Extend>(version)).await;
        assert_eq!(code(more), Code::BelowPart);
        let recall = Recall {
            assignment: Some(id),
            ..example::<Recall>(filed.version)
        };
        let recall = tickets::act(&world.dispatcher(), filed.id, recall).await;
        assert_eq!(field(recall), ("assignment".to_owned(), Code::BelowPart));

        // More time is given by the unit above, inside its own.
        let (own, seen) = filed.at_unit(ZJJ);
        let limit = |version: i32, days: &str| SetLimit {
            version: Version(version),
            below: said(STREET),
            part_limit: said(days),
            part_limit_unit: LimitUnit::WorkingDays,
            reason: said("遇雨停工"),
        };
        let liaison = world.liaison(ZJJ);
        let late = tickets::act(&liaison, own, limit(seen, "60")).await;
        assert_eq!(field(late), ("part_limit".to_owned(), Code::BelowLimit));
        let before = part(&world, &filed, STREET).await.deadline.due_at;
        filed.took(tickets::act(&liaison, own, limit(seen, "3")).await);
        assert!(part(&world, &filed, STREET).await.deadline.due_at > before);
        fits(&world).await;

        let (id, version) = filed.at_unit(STREET);
        let up = example::<HandUp>(version);
        filed.took(tickets::act(&street, id, up).await);
        fits(&world).await;
        assert_eq!(status(&filed, STREET), AssignmentStatus::Returned);
        assert_eq!(status(&filed, ZJJ), AssignmentStatus::Handling);
        assert_eq!(
            code(takes_back(&world, &filed).await),
            Code::AssignmentNotAllowed
        );
        world.unit_replies(&mut filed, ZJJ).await;
        assert_eq!(seen_state(&world, &filed).await, TicketState::ToReview);
    })
    .await;
}

async fn seen_state(world: &World, filed: &Filed) -> TicketState {
    seen(world, filed).await.row.state
}

#[tokio::test]
async fn what_was_given_on_ends_with_the_part_above() {
    on_each_database(|world| async move {
        let mut filed = signed(&world).await;
        gives(&world, &mut filed).await;
        filed.took(takes_back(&world, &filed).await);
        fits(&world).await;
        assert_eq!(status(&filed, STREET), AssignmentStatus::Recalled);
        assert_eq!(status(&filed, ZJJ), AssignmentStatus::Handling);
        gives(&world, &mut filed).await;
        signs(&world, &mut filed, STREET).await;
        let recall = Recall {
            to: Some(said(CGJ)),
            ..example::<Recall>(filed.version)
        };
        filed.took(tickets::act(&world.dispatcher(), filed.id, recall).await);
        fits(&world).await;
        assert_eq!(status(&filed, STREET), AssignmentStatus::Recalled);
        let todo = tickets::tasks(&world.handler(STREET), tickets::TaskQuery::default()).await;
        assert_eq!(todo.expect("to-dos").items, []);
        // Who was relieved sees its own part alone.
        let detail = tickets::get(&world.liaison(STREET), filed.id).await;
        let parts = detail.expect("its own part").assignments;
        assert!(parts.iter().all(|part| part.unit.code == STREET));
    })
    .await;
}

#[tokio::test]
async fn a_ticket_that_ends_takes_its_tree_along() {
    on_each_database(|world| async move {
        let mut filed = signed(&world).await;
        gives(&world, &mut filed).await;
        let withdraw = example::<Withdraw>(filed.version);
        filed.took(tickets::act(&world.dispatcher(), filed.id, withdraw).await);
        fits(&world).await;
        assert_eq!(status(&filed, STREET), AssignmentStatus::Recalled);

        let mut filed = signed(&world).await;
        gives(&world, &mut filed).await;
        let other = world.takes_call(a_complaint()).await;
        let merge = Merge {
            into: said(other.claim.ticket_no.to_string()),
            ..example::<Merge>(filed.version)
        };
        filed.took(tickets::act(&world.dispatcher(), filed.id, merge).await);
        fits(&world).await;
        assert_eq!(status(&filed, STREET), AssignmentStatus::Recalled);
        assert_eq!(status(&filed, ZJJ), AssignmentStatus::Recalled);
        let (id, version) = (
            filed.acted.as_ref().expect("merged").assignments[0].id,
            filed.acted.as_ref().expect("merged").assignments[0].version,
        );
        let sign = Sign {
            version: Version(version),
        };
        // Who had a part keeps sight of it, and nothing to do.
        let late = tickets::act(&world.liaison(ZJJ), id, sign).await;
        assert_eq!(code(late), Code::AccessDenied);
    })
    .await;
}
