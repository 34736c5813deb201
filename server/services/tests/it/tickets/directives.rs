//! Directives: issued, answered, returned, closed, cancelled; who sees which; what they leave alone.

use services::directives::{self, DirectiveQuery};
use services::{Ctx, consistency, tickets};
use shared::access::Role;
use shared::application::{DirectiveCause, DirectiveLevel, DirectiveState};
use shared::command::Version;
use shared::fault::Code;
use shared::notice::NoticeKind;
use shared::ticket::verbs::{AnswerDirective, CancelDirective, JudgeDirective, Recall, Supervise};
use shared::ticket::view::{AssignmentView, DirectiveRow, DirectiveView};
use shared::ticket::{Light, Satisfaction, Solved, TicketState, Verb};

use super::notices::{delivered, kinds};
use crate::support::{CGJ, Filed, World, ZJJ, a_complaint, at, on_each_database, said};

fn supervise(version: i32, also: &[&str]) -> Supervise {
    Supervise {
        version: Version(version),
        cause: DirectiveCause::Overdue,
        level: DirectiveLevel::Second,
        demand: said("承办件已超期，请立即办理并说明原因和整改措施。"),
        days: None,
        also: also.iter().map(said).collect(),
    }
}

fn judge(version: i32, accept: bool) -> JudgeDirective {
    JudgeDirective {
        version: Version(version),
        accept,
        opinion: (!accept).then(|| said("没有说明超期原因")),
    }
}

async fn issues(world: &World, filed: &mut Filed, unit: &str, also: &[&str]) {
    let (id, version) = filed.at_unit(unit);
    filed.took(tickets::act(&world.supervisor(), id, supervise(version, also)).await);
}

async fn answers(world: &World, filed: &mut Filed, unit: &str) {
    let (id, version) = filed.at_unit(unit);
    let answer = AnswerDirective {
        version: Version(version),
        answer: said("已约谈责任科室，现场整改完毕并电话回访诉求人，今后每周自查。"),
    };
    filed.took(tickets::act(&world.unit_reviewer(unit), id, answer).await);
}

async fn judges(world: &World, filed: &mut Filed, unit: &str, accept: bool) {
    let (id, version) = filed.at_unit(unit);
    filed.took(tickets::act(&world.supervisor(), id, judge(version, accept)).await);
}

async fn part(world: &World, filed: &Filed, unit: &str) -> AssignmentView {
    let (id, _) = filed.at_unit(unit);
    let detail = tickets::get(&world.supervisor(), filed.id).await;
    let mut parts = detail.expect("the ticket").assignments.into_iter();
    parts.find(|part| part.id == id).expect("the part")
}

async fn stands(world: &World, filed: &Filed, unit: &str) -> DirectiveView {
    let part = part(world, filed, unit).await;
    let mut all = part.applications.into_iter();
    all.find_map(|it| it.directive).expect("a directive")
}

async fn seen(ctx: &Ctx, state: Option<DirectiveState>) -> Vec<DirectiveRow> {
    let query = DirectiveQuery {
        state,
        ..DirectiveQuery::default()
    };
    directives::page(ctx, query).await.expect("a page").items
}

async fn to_do(ctx: &Ctx) -> Vec<Vec<Verb>> {
    let page = tickets::tasks(ctx, tickets::TaskQuery::default())
        .await
        .expect("to-dos");
    page.items.into_iter().map(|row| row.verbs).collect()
}

async fn fits(world: &World) {
    let found = consistency::check_all(&world.services)
        .await
        .expect("checked");
    assert_eq!(found.count, 0, "{:?}", found.first);
}

async fn number(world: &World, filed: &Filed) -> String {
    let detail = tickets::get(&world.dispatcher(), filed.id).await;
    detail.expect("the ticket").row.ticket_no.to_string()
}

/// Filed and dispatched to units, the first of which leads.
async fn dispatched(world: &World, units: &[&str]) -> Filed {
    let mut filed = world.files(a_complaint()).await;
    world.dispatches(&mut filed, units[0], &units[1..]).await;
    filed
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn a_unit_answers_and_the_centre_asks_for_a_better_answer_and_closes() {
    on_each_database(|world| async move {
        let leader = world.hires(Role::UnitReviewer, ZJJ).await;
        let mut filed = dispatched(&world, &[ZJJ, CGJ]).await;
        let other = dispatched(&world, &[ZJJ]).await;
        let foreign = dispatched(&world, &[CGJ]).await;
        delivered(&world).await;
        let before = kinds(&leader).await.len();
        let (id, version) = filed.at_unit(ZJJ);
        for wrong in [
            number(&world, &foreign).await,
            "JS00000000000000".to_owned(),
        ] {
            let tried = supervise(version, &[&wrong]);
            let tried = tickets::act(&world.supervisor(), id, tried).await;
            let fault = tried.expect_err("not a ticket of the unit");
            assert_eq!(fault.fields[0].code, Code::DirectiveTicket, "{wrong}");
        }
        let due = part(&world, &filed, ZJJ).await.deadline.due_at;
        issues(&world, &mut filed, ZJJ, &[&number(&world, &other).await]).await;
        fits(&world).await;
        let issued = stands(&world, &filed, ZJJ).await;
        assert_eq!(issued.state, DirectiveState::Issued);
        assert_eq!(issued.due.due_at, Some(at("2026-03-05T17:30:00+08:00")));
        assert_eq!(issued.due.light, Light::Green);
        let after = part(&world, &filed, ZJJ).await;
        assert_eq!(after.deadline.due_at, due, "no clock of the ticket moves");
        let (id, version) = filed.at_unit(ZJJ);
        let again = tickets::act(&world.supervisor(), id, supervise(version, &[])).await;
        assert_eq!(again.expect_err("one is open").code, Code::DirectivePending);
        delivered(&world).await;
        let told = kinds(&leader).await;
        assert_eq!(told.len(), before + 1);
        assert_eq!(told[0], NoticeKind::Supervised);
        in_reach(&world, &filed, &other).await;

        let mine = to_do(&world.unit_reviewer(ZJJ)).await;
        assert!(mine.contains(&vec![Verb::AnswerDirective]), "{mine:?}");
        let theirs = to_do(&world.unit_reviewer(CGJ)).await;
        assert!(!theirs.contains(&vec![Verb::AnswerDirective]));
        answers(&world, &mut filed, ZJJ).await;
        let judged = to_do(&world.supervisor()).await;
        assert!(judged.contains(&vec![Verb::JudgeDirective]), "{judged:?}");
        let answered = stands(&world, &filed, ZJJ).await;
        assert_eq!(answered.state, DirectiveState::Answered);
        assert!(answered.answered_by.is_some());
        fits(&world).await;

        world.time("2026-03-06T10:00");
        judges(&world, &mut filed, ZJJ, false).await;
        let back = stands(&world, &filed, ZJJ).await;
        assert_eq!((back.state, back.returned), (DirectiveState::Returned, 1));
        assert_eq!(back.due.due_at, Some(at("2026-03-11T17:30:00+08:00")));
        world.time("2026-03-12T10:00");
        assert_eq!(stands(&world, &filed, ZJJ).await.due.light, Light::Red);
        answers(&world, &mut filed, ZJJ).await;
        judges(&world, &mut filed, ZJJ, true).await;
        assert_eq!(
            stands(&world, &filed, ZJJ).await.state,
            DirectiveState::Closed
        );
        let supervisor = world.supervisor();
        assert!(
            seen(&supervisor, Some(DirectiveState::Issued))
                .await
                .is_empty()
        );
        assert_eq!(
            seen(&supervisor, Some(DirectiveState::Closed)).await.len(),
            1
        );
        fits(&world).await;
    })
    .await;
}

/// A unit sees what was issued to it, a centre what is about its tickets; the other ticket's page shows it as well.
async fn in_reach(world: &World, filed: &Filed, other: &Filed) {
    for (ctx, count) in [
        (world.supervisor(), 1),
        (world.unit_reviewer(ZJJ), 1),
        (world.unit_reviewer(CGJ), 0),
        (world.supervisor_of_suzhou(), 0),
    ] {
        assert_eq!(seen(&ctx, None).await.len(), count, "{:?}", ctx.actor.unit);
    }
    let beside = directives::of_ticket(&world.supervisor(), other.id).await;
    let beside = beside.expect("directives");
    assert_eq!(beside.len(), 1);
    assert_eq!(beside[0].ticket, filed.id);
    let sheet = directives::one(&world.unit_reviewer(ZJJ), beside[0].id).await;
    let sheet = sheet.expect("it is its own");
    assert!(sheet.demand.contains("超期"));
    assert_eq!(sheet.row.directive.also, [number(world, other).await]);
    let foreign = directives::one(&world.unit_reviewer(CGJ), beside[0].id).await;
    assert_eq!(foreign.expect_err("another unit's").code, Code::NotFound);
    for (ctx, is_told) in [
        (world.unit_reviewer(ZJJ), true),
        (world.unit_reviewer(CGJ), false),
    ] {
        let detail = tickets::get(&ctx, filed.id).await.expect("its ticket");
        let mut all = detail
            .assignments
            .iter()
            .flat_map(|part| &part.applications);
        assert_eq!(all.any(|it| it.directive.is_some()), is_told);
        let history = tickets::history(&ctx, filed.id).await.expect("a history");
        let told = history.iter().any(|line| line.verb == Verb::Supervise);
        assert_eq!(told, is_told);
    }
    let nobody = directives::page(&world.visitor(), DirectiveQuery::default()).await;
    assert_eq!(nobody.expect_err("nobody").code, Code::SignedOut);
}

#[tokio::test]
async fn one_is_cancelled_and_one_ends_with_the_part() {
    on_each_database(|world| async move {
        let mut filed = dispatched(&world, &[ZJJ, CGJ]).await;
        issues(&world, &mut filed, ZJJ, &[]).await;
        world.clock.advance_minutes(1);
        issues(&world, &mut filed, CGJ, &[]).await;
        paged(&world).await;
        let (id, version) = filed.at_unit(ZJJ);
        let cancel = CancelDirective {
            version: Version(version),
            reason: said("派发有误，另行督办"),
        };
        filed.took(tickets::act(&world.supervisor(), id, cancel).await);
        assert_eq!(
            stands(&world, &filed, ZJJ).await.state,
            DirectiveState::Cancelled
        );
        let (assisting, _) = filed.at_unit(CGJ);
        let recall = Recall {
            version: Version(filed.version),
            assignment: Some(assisting),
            to: None,
            reason: said("无需协办"),
            cause: None,
        };
        filed.took(tickets::act(&world.dispatcher(), filed.id, recall).await);
        let cancelled = seen(&world.supervisor(), Some(DirectiveState::Cancelled)).await;
        assert_eq!(cancelled.len(), 2);
        fits(&world).await;
    })
    .await;
}

/// The newest first, one a page.
async fn paged(world: &World) {
    let mut query = DirectiveQuery {
        limit: 1,
        ..DirectiveQuery::default()
    };
    let mut units = Vec::new();
    loop {
        let page = directives::page(&world.supervisor(), query.clone()).await;
        let page = page.expect("a page");
        units.extend(page.items.into_iter().map(|row| row.unit.code));
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            break;
        }
    }
    assert_eq!(units, [CGJ, ZJJ]);
    query.cursor = Some("nonsense".to_owned());
    let tried = directives::page(&world.supervisor(), query).await;
    assert_eq!(
        tried.expect_err("not ours").fields[0].code,
        Code::InputCursor
    );
}

#[tokio::test]
async fn a_unit_is_held_to_its_answer_after_the_ticket_was_closed() {
    on_each_database(|world| async move {
        let mut filed = dispatched(&world, &[ZJJ]).await;
        issues(&world, &mut filed, ZJJ, &[]).await;
        world.unit_answers(&mut filed, ZJJ).await;
        world.centre_passes(&mut filed).await;
        let given = (Satisfaction::Satisfied, Solved::Yes);
        world
            .citizen_answers_call(&mut filed, given.0, given.1)
            .await;
        let close = shared::ticket::verbs::Close {
            version: Version(filed.version),
            ..crate::support::example::<shared::ticket::verbs::Close>(filed.version)
        };
        filed.took(tickets::act(&world.caller(), filed.id, close).await);
        assert_eq!(
            filed.acted.as_ref().expect("acted").state,
            TicketState::Closed
        );
        assert_eq!(
            stands(&world, &filed, ZJJ).await.state,
            DirectiveState::Issued
        );
        answers(&world, &mut filed, ZJJ).await;
        judges(&world, &mut filed, ZJJ, true).await;
        assert_eq!(
            stands(&world, &filed, ZJJ).await.state,
            DirectiveState::Closed
        );
        assert_eq!(
            filed.acted.as_ref().expect("acted").state,
            TicketState::Closed
        );
        fits(&world).await;
    })
    .await;
}
