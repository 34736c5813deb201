//! Assisting units: by when they answer, and another one that is asked while the work goes on.

use chrono::NaiveDate;
use services::tickets;
use shared::command::Version;
use shared::fault::{Code, Fault};
use shared::ticket::verbs::{AskAssistance, Dispatch, HandUp, SetLimit, TakeBack};
use shared::ticket::view::Acted;
use shared::ticket::{AssignmentStatus, LimitUnit, SlotRole, Verb};

use super::{fits, part, seen, signed};
use crate::support::{
    CGJ, Filed, STREET, World, ZJJ, a_complaint, example, on_each_database, said,
};

fn asks(version: i32, unit: &str, due: Option<NaiveDate>) -> AskAssistance {
    AskAssistance {
        version: Version(version),
        assist_unit: said(unit),
        assist_due: due,
        advice: said("请核查外立面占用情况"),
    }
}

/// The day of the lead's deadline.
async fn lead_day(world: &World, filed: &Filed) -> NaiveDate {
    let lead = part(world, filed, ZJJ).await;
    lead.deadline.due_at.expect("a deadline").date()
}

fn field(tried: Result<Acted, Fault>) -> (String, Code) {
    let fault = tried.expect_err("it is refused");
    let one = fault.fields.into_iter().next().expect("a field");
    (one.field, one.code)
}

#[tokio::test]
async fn who_assists_ends_a_working_day_before_who_leads() {
    on_each_database(|world| async move {
        let mut filed = world.takes_call(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[CGJ]).await;
        let lead = part(&world, &filed, ZJJ).await.deadline.due_at;
        let assists = part(&world, &filed, CGJ).await.deadline.due_at;
        assert!(assists.expect("one").date() < lead.expect("one").date());
        fits(&world).await;

        // A day of its own, no later.
        let mut other = world.takes_call(a_complaint()).await;
        let version = other.version;
        let late = lead_day(&world, &filed).await;
        let dispatch = |due: NaiveDate| Dispatch {
            lead: said(ZJJ),
            assisting: vec![said(CGJ)],
            assist_due: Some(due),
            ..example::<Dispatch>(version)
        };
        let tried = tickets::act(&world.dispatcher(), other.id, dispatch(late)).await;
        assert_eq!(field(tried), ("assist_due".to_owned(), Code::AssistLimit));
        let day = assists.expect("one").date();
        let done = tickets::act(&world.dispatcher(), other.id, dispatch(day)).await;
        other.took(done);
        let given = part(&world, &other, CGJ).await.deadline.due_at;
        assert_eq!(given.expect("one").date(), day);
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn another_unit_is_asked_while_the_work_goes_on() {
    on_each_database(|world| async move {
        let mut filed = signed(&world).await;
        let (id, version) = filed.at_unit(ZJJ);
        let liaison = world.liaison(ZJJ);
        // Not itself, nobody below, no day that is too late.
        for unit in [ZJJ, STREET] {
            let tried = tickets::act(&liaison, id, asks(version, unit, None)).await;
            assert_eq!(field(tried), ("assist_unit".to_owned(), Code::InputUnit));
        }
        let late = lead_day(&world, &filed).await;
        let tried = tickets::act(&liaison, id, asks(version, CGJ, Some(late))).await;
        assert_eq!(field(tried), ("assist_due".to_owned(), Code::AssistLimit));
        filed.took(tickets::act(&liaison, id, asks(version, CGJ, None)).await);
        fits(&world).await;
        let own = part(&world, &filed, ZJJ).await;
        let beside = part(&world, &filed, CGJ).await;
        assert_eq!(own.status, AssignmentStatus::SubAssigned);
        assert_eq!(
            (beside.role, beside.tree.parent),
            (SlotRole::Assist, Some(own.id))
        );
        let due = beside.deadline.due_at.expect("one").date();
        assert!(due < late);

        // Another limit keeps the working day between them.
        let (id, version) = filed.at_unit(ZJJ);
        let limit = SetLimit {
            version: Version(version),
            below: said(CGJ),
            part_limit: said("60"),
            part_limit_unit: LimitUnit::WorkingDays,
            reason: said("需现场复核"),
        };
        let tried = tickets::act(&liaison, id, limit).await;
        assert_eq!(field(tried).0, "part_limit");

        // It hands it back; the centre asks again, and what it answers is gathered.
        let (at, seen_version) = filed.at_unit(CGJ);
        let up = example::<HandUp>(seen_version);
        filed.took(tickets::act(&world.liaison(CGJ), at, up).await);
        let (id, version) = filed.at_unit(ZJJ);
        let again = asks(version, CGJ, Some(due));
        filed.took(tickets::act(&world.dispatcher(), id, again).await);
        fits(&world).await;
        world.unit_answers(&mut filed, CGJ).await;
        let own = part(&world, &filed, ZJJ).await;
        assert!(own.tree.gathered.is_some());
        world.unit_replies(&mut filed, ZJJ).await;
        fits(&world).await;
        let detail = seen(&world, &filed).await;
        assert_eq!(detail.assignments.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn only_who_leads_asks_and_takes_it_back() {
    on_each_database(|world| async move {
        let mut filed = signed(&world).await;
        let (id, version) = filed.at_unit(ZJJ);
        let tried = tickets::act(&world.handler(ZJJ), id, asks(version, CGJ, None)).await;
        assert_eq!(tried.expect_err("not a handler").code, Code::AccessDenied);
        filed.took(tickets::act(&world.liaison(ZJJ), id, asks(version, CGJ, None)).await);
        let beside = part(&world, &filed, CGJ).await;
        assert!(!beside.actions.contains(&Verb::AskAssistance));
        let (id, version) = filed.at_unit(ZJJ);
        let back = TakeBack {
            version: Version(version),
            below: said(CGJ),
            reason: said("由本单位直接办理"),
        };
        filed.took(tickets::act(&world.liaison(ZJJ), id, back).await);
        fits(&world).await;
        let own = part(&world, &filed, ZJJ).await;
        assert_eq!(own.status, AssignmentStatus::Handling);
    })
    .await;
}
