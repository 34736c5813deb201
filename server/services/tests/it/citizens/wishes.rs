//! Wishes about the own data: asking, the term, the answer that does it, the refusal, taking back, and who reaches what.

use services::citizens::wishes::{self, LookFor, WishAnswer};
use services::{Ctx, approvals, citizens, tickets};
use shared::access::Role;
use shared::approval::verbs::Cancel;
use shared::approval::{ApprovalStatus, ApprovalVerb};
use shared::citizen::wish::{AskCorrection, AskErasure, WishKind, WishShelf, WishState, WishView};
use shared::command::{Ticked, Version};
use shared::fault::{Code, Fault};
use shared::ticket::Verb;
use shared::ticket::verbs::EraseCitizen;

use super::{PHONE, code_of};
use crate::approvals::story::{Office, reasoned};
use crate::support::{
    CENTRE, Filed, SUZHOU_CENTRE, World, ZJJ, a_complaint, killed_after, lives, on_each_database,
    said,
};

fn correction() -> AskCorrection {
    AskCorrection {
        name: Some(said("王建国")),
        phone: None,
        email: None,
        reason: said("姓名写错了，请改正"),
    }
}

fn erasure() -> AskErasure {
    AskErasure {
        reason: said("已经解决，不希望再保留"),
    }
}

fn answer(of: &WishView, reason: Option<&str>) -> WishAnswer {
    WishAnswer {
        version: of.version,
        agrees: reason.is_none(),
        reason: reason.map(str::to_owned),
    }
}

async fn listed(ctx: &Ctx, shelf: WishShelf) -> Vec<WishView> {
    let look = LookFor {
        shelf,
        cursor: None,
    };
    wishes::list(ctx, look).await.expect("the list").items
}

fn why(fault: &Fault) -> (Code, Option<&str>) {
    (code_of(fault), fault.facts.get("why").map(String::as_str))
}

/// A citizen with an open ticket, who has asked for a correction.
async fn corrects(world: &World) -> (Ctx, WishView) {
    let filed = world.files(a_complaint()).await;
    let citizen = world.citizen(PHONE).await;
    let asked = wishes::correct(&citizen, &filed.claim.ticket_no, correction()).await;
    (citizen, asked.expect("asked"))
}

/// A closed ticket whose citizen has asked that the data in it is erased.
async fn erases(world: &World) -> (Filed, Ctx, WishView) {
    let filed = crate::tickets::ends::closed(world).await;
    let citizen = world.citizen(PHONE).await;
    let asked = wishes::erase(&citizen, &filed.claim.ticket_no, erasure()).await;
    (filed, citizen, asked.expect("asked"))
}

async fn last_verb(world: &World, filed: &Filed) -> Verb {
    let history = tickets::history(&world.supervisor(), filed.id).await;
    history.expect("read").pop().expect("a line").verb
}

#[tokio::test]
async fn a_correction_is_asked_for_and_done_by_the_tickets_verb() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let no = filed.claim.ticket_no.clone();
        let citizen = world.citizen(PHONE).await;
        let data = citizens::own_data(&citizen, None).await.expect("told");
        assert!(data.items[0].may_correct && !data.items[0].may_erase);
        let asked = wishes::correct(&citizen, &no, correction()).await;
        let asked = asked.expect("asked");
        assert_eq!(
            (asked.kind, asked.state),
            (WishKind::Correction, WishState::Asked)
        );
        assert!(asked.answer_until > citizen.now().date() && !asked.is_late);
        assert_eq!(world.audited("wish.ask").await.len(), 1);
        let twice = wishes::correct(&citizen, &no, correction()).await;
        let twice = twice.expect_err("it waits");
        assert_eq!(why(&twice), (Code::WishAsk, Some("open")));
        let early = wishes::erase(&citizen, &no, erasure()).await;
        let early = early.expect_err("still open");
        assert_eq!(why(&early), (Code::WishAsk, Some("state")));
        let data = citizens::own_data(&citizen, None).await.expect("told");
        assert_eq!(data.wishes.len(), 1);
        assert!(!data.items[0].may_correct, "it waits already");

        let supervisor = world.supervisor();
        let waiting = listed(&supervisor, WishShelf::Waiting).await;
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0].name.as_deref(), Some("王建国"));
        let done = wishes::answer(&supervisor, asked.id, answer(&asked, None)).await;
        assert_eq!(done.expect("done").state, WishState::Done);
        assert_eq!(last_verb(&world, &filed).await, Verb::CorrectCitizen);
        let data = citizens::own_data(&citizen, None).await.expect("told");
        let held = data.items[0].held.as_ref().expect("held");
        assert_eq!(held.name.as_deref(), Some("王建国"));
        assert_eq!(data.wishes[0].state, WishState::Done);
        assert!(data.wishes[0].decided_by.is_none(), "nobody's name");
        let again = wishes::answer(&supervisor, asked.id, answer(&asked, None)).await;
        assert_eq!(again.expect_err("over").code, Code::WishDecide);
        assert!(listed(&supervisor, WishShelf::Waiting).await.is_empty());
        assert_eq!(listed(&supervisor, WishShelf::Over).await.len(), 1);
        let told = world.messages_to(PHONE).await;
        assert!(
            told.iter().any(|it| it.contains("更正申请已办理")),
            "{told:?}"
        );
        assert_eq!(world.audited("wish.done").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_erasure_reaches_the_approvals_that_the_request_started() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut over = office.files("one").await;
        let cancel: Cancel = reasoned(&over, "不办了");
        let acted = approvals::act(&office.initiator, over.id(), cancel).await;
        over.took(acted);
        let (_, citizen, asked) = erases(&world).await;
        world
            .tampers("update approvals set caused_by = (select id from tickets limit 1)")
            .await;
        let data = citizens::own_data(&citizen, None).await.expect("told");
        let [own] = data.items[0].approvals.as_slice() else {
            panic!("one approval: {data:?}");
        };
        assert_eq!(own.status, ApprovalStatus::Cancelled);
        assert!(own.erased_at.is_none());
        let leader = world.person(Role::CentreLeader, CENTRE);
        let done = wishes::answer(&leader, asked.id, answer(&asked, None)).await;
        assert_eq!(done.expect("done").state, WishState::Done);
        let detail = over.seen_by(&office.owner).await;
        let last = detail.history.last().map(|line| line.verb);
        assert_eq!(last, Some(ApprovalVerb::EraseApplicant));
        let rows = world.audited("approval.erase-applicant").await;
        assert_eq!(rows.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_erasure_is_done_once_the_ticket_is_closed() {
    on_each_database(|world| async move {
        let (filed, citizen, asked) = erases(&world).await;
        let leader = world.person(Role::CentreLeader, CENTRE);
        let done = wishes::answer(&leader, asked.id, answer(&asked, None)).await;
        assert_eq!(done.expect("done").state, WishState::Done);
        let seen = tickets::get(&leader, filed.id).await.expect("it stays");
        assert!(seen.citizen.is_none());
        let data = citizens::own_data(&citizen, None).await.expect("told");
        assert!(data.items.is_empty(), "found by the number no more");
        assert_eq!(data.wishes[0].state, WishState::Done, "but its answer is");
    })
    .await;
}

#[tokio::test]
async fn what_was_erased_at_the_ticket_needs_no_second_time() {
    on_each_database(|world| async move {
        let (filed, _, asked) = erases(&world).await;
        let erase = EraseCitizen {
            version: Version(filed.version),
            reason: said("诉求人来电，已核实身份。"),
        };
        let leader = world.person(Role::CentreLeader, CENTRE);
        tickets::act(&leader, filed.id, erase)
            .await
            .expect("erased");
        let done = wishes::answer(&leader, asked.id, answer(&asked, None)).await;
        assert_eq!(done.expect("done").state, WishState::Done);
    })
    .await;
}

#[tokio::test]
async fn it_is_refused_with_a_reason_and_taken_back_while_it_waits() {
    on_each_database(|world| async move {
        let (citizen, asked) = corrects(&world).await;
        let lead = world.person(Role::ShiftLead, CENTRE);
        let without = wishes::answer(&lead, asked.id, answer(&asked, Some(" "))).await;
        assert_eq!(
            code_of(&without.expect_err("a reason")),
            Code::InputRequired
        );
        let words = "与身份证件不符，请携证件到中心办理。";
        let refused = wishes::answer(&lead, asked.id, answer(&asked, Some(words))).await;
        assert_eq!(refused.expect("refused").state, WishState::Refused);
        let told = world.messages_to(PHONE).await;
        assert!(
            told.iter().any(|it| it.contains("与身份证件不符")),
            "{told:?}"
        );

        let again = wishes::correct(&citizen, &asked.ticket_no, correction()).await;
        let again = again.expect("a new one");
        let back = wishes::take_back(&citizen, again.id).await;
        assert_eq!(back.expect("taken back").state, WishState::TakenBack);
        let twice = wishes::take_back(&citizen, again.id).await;
        assert_eq!(twice.expect_err("over").code, Code::WishDecide);
    })
    .await;
}

#[tokio::test]
async fn nobody_reaches_what_is_not_theirs() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let no = filed.claim.ticket_no.clone();
        let citizen = world.citizen(PHONE).await;
        let stranger = world.citizen("13900000000").await;
        let others = wishes::correct(&stranger, &no, correction()).await;
        assert_eq!(others.expect_err("another's").code, Code::NotFound);
        let mut confidential = a_complaint();
        confidential.confidential = Ticked(true);
        let discreet = world.files(confidential).await;
        let discreet = discreet.claim.ticket_no.clone();
        let hidden = wishes::correct(&citizen, &discreet, correction()).await;
        assert_eq!(hidden.expect_err("not shown").code, Code::NotFound);
        let asked = wishes::correct(&citizen, &no, correction()).await;
        let asked = asked.expect("asked");
        let back = wishes::take_back(&stranger, asked.id).await;
        assert_eq!(back.expect_err("another's").code, Code::NotFound);
        let elsewhere = world.person(Role::Supervisor, SUZHOU_CENTRE);
        assert!(listed(&elsewhere, WishShelf::Waiting).await.is_empty());
        let out = wishes::answer(&elsewhere, asked.id, answer(&asked, None)).await;
        assert_eq!(out.expect_err("another city's").code, Code::NotFound);
        for nobody in [world.handler(ZJJ), world.agent()] {
            let out = wishes::answer(&nobody, asked.id, answer(&asked, None)).await;
            assert_eq!(out.expect_err("no right").code, Code::AccessDenied);
        }
    })
    .await;
}

#[tokio::test]
async fn what_waits_is_taken_back_with_the_account() {
    on_each_database(|world| async move {
        let (citizen, asked) = corrects(&world).await;
        citizens::close(&citizen).await.expect("closed");
        let supervisor = world.supervisor();
        assert!(listed(&supervisor, WishShelf::Waiting).await.is_empty());
        let over = wishes::answer(&supervisor, asked.id, answer(&asked, None)).await;
        assert_eq!(over.expect_err("over").code, Code::WishDecide);
    })
    .await;
}

/// Answers it again and again, killed later each time, until it is over.
async fn is_answered(world: &World, asked: &WishView) {
    let leader = world.person(Role::CentreLeader, CENTRE);
    for wakes in lives() {
        let call = wishes::answer(&leader, asked.id, answer(asked, None));
        match killed_after(wakes, call).await {
            Some(Ok(done)) => return assert_eq!(done.state, WishState::Done),
            // It was written, and nobody heard of it any more.
            Some(Err(fault)) if fault.code == Code::WishDecide => return,
            Some(Err(fault)) => panic!("{fault:?}"),
            None => {}
        }
    }
    panic!("it is never answered");
}

#[tokio::test]
async fn an_answer_that_is_killed_between_its_writes_is_done_once() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let closed = crate::tickets::ends::closed(&world).await;
        let citizen = world.citizen(PHONE).await;
        let corrects = wishes::correct(&citizen, &filed.claim.ticket_no, correction()).await;
        let erases = wishes::erase(&citizen, &closed.claim.ticket_no, erasure()).await;
        for (asked, ticket, verb, words) in [
            (
                corrects.expect("asked"),
                filed.id,
                Verb::CorrectCitizen,
                "更正申请已办理",
            ),
            (
                erases.expect("asked"),
                closed.id,
                Verb::EraseCitizen,
                "删除申请已办理",
            ),
        ] {
            is_answered(&world, &asked).await;
            let history = tickets::history(&world.supervisor(), ticket).await;
            let history = history.expect("read").into_iter();
            assert_eq!(history.filter(|line| line.verb == verb).count(), 1);
            let told = world.messages_to(PHONE).await;
            let told = told.iter().filter(|it| it.contains(words)).count();
            assert_eq!(told, 1, "{words}");
        }
        assert_eq!(world.audited("wish.done").await.len(), 2);
        let leader = world.person(Role::CentreLeader, CENTRE);
        assert!(listed(&leader, WishShelf::Waiting).await.is_empty());
    })
    .await;
}
