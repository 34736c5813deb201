//! The plan of a unit: who plans, what clashes, what others see of it.

use services::gateway::bell;
use services::planning::{self, PlanQuery};
use services::{Ctx, consistency, jobs, tickets};
use shared::access::Role;
use shared::command::Version;
use shared::fault::{Code, Fault};
use shared::notice::NoticeKind;
use shared::ticket::Verb;
use shared::ticket::plan::{DayPart, PlanClash, PlanPage};
use shared::ticket::verbs::Plan;
use shared::ticket::view::Acted;

use crate::support::{CGJ, Filed, STREET, ZJJ, a_complaint, example, on_each_database, said};

async fn plans(ctx: &Ctx, filed: &Filed, name: &str, day: &str) -> Result<Acted, Fault> {
    let (id, version) = filed.at_unit(ZJJ);
    let plan = Plan {
        version: Version(version),
        colleague: Some(said(name)),
        day: Some(said(day)),
        ..example::<Plan>(version)
    };
    tickets::act(ctx, id, plan).await
}

async fn plan_of(ctx: &Ctx, unit: Option<&str>) -> Result<PlanPage, Fault> {
    let query = PlanQuery {
        unit: unit.map(str::to_owned),
        cursor: None,
        limit: planning::PAGE,
    };
    planning::page(ctx, query).await
}

#[tokio::test]
async fn a_liaison_plans_and_the_handler_sees_what_is_his() {
    on_each_database(|world| async move {
        let handler = world.hires(Role::Handler, ZJJ).await;
        let liaison = world.hires(Role::UnitLiaison, ZJJ).await;
        let name = handler.actor.username.clone();
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let mut other = world.files(a_complaint()).await;
        world.dispatches(&mut other, ZJJ, &[]).await;

        filed.took(plans(&liaison, &filed, &name, "2026-03-10").await);
        let page = plan_of(&liaison, None).await.expect("the plan");
        assert!(page.may_plan);
        let [unplanned, planned] = &page.items[..] else {
            panic!("two parts: {:?}", page.items)
        };
        assert_eq!((unplanned.ticket.id, &unplanned.planned), (other.id, &None));
        let kept = planned.planned.clone().expect("planned");
        assert_eq!(
            (kept.day.as_str(), kept.day_part),
            ("2026-03-10", DayPart::Morning)
        );
        assert_eq!(
            (kept.name, kept.hours),
            (handler.actor.name.clone(), Some(3))
        );
        let load = page
            .people
            .iter()
            .find(|it| it.user == handler.actor.user());
        let load = load.expect("a person");
        assert_eq!((load.open, load.hours), (1, 3));
        let nobody = page.people.iter().find(|it| it.user.is_none());
        assert_eq!(nobody.map(|it| it.open), Some(1));

        let own = plan_of(&handler, None).await.expect("the own plan");
        assert!(!own.may_plan && own.choices.is_empty());
        let ids: Vec<_> = own.items.iter().map(|it| it.ticket.id).collect();
        assert_eq!(ids, [filed.id]);
        let refused = plans(&handler, &filed, &name, "2026-03-11").await;
        assert_eq!(refused.expect_err("no right").code, Code::AccessDenied);
        let away = plan_of(&liaison, Some(CGJ)).await;
        assert_eq!(away.expect_err("another unit").code, Code::NotFound);
        let below = plan_of(&world.person(Role::UnitReviewer, ZJJ), Some(STREET)).await;
        assert!(below.expect("a unit below").items.is_empty());

        let found = consistency::check_all(&world.services).await;
        assert_eq!(found.expect("checked").count, 0);
    })
    .await;
}

#[tokio::test]
async fn what_does_not_go_together_is_told_and_bad_plans_are_refused() {
    on_each_database(|world| async move {
        let handler = world.hires(Role::Handler, ZJJ).await;
        let stranger = world.hires(Role::Handler, CGJ).await;
        let liaison = world.hires(Role::UnitLiaison, ZJJ).await;
        let name = handler.actor.username.clone();
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let field = |refused: Result<Acted, Fault>| {
            let fault = refused.expect_err("refused");
            (fault.fields[0].field.clone(), fault.fields[0].code)
        };
        let past = plans(&liaison, &filed, &name, "2020-03-10").await;
        assert_eq!(field(past), ("day".to_owned(), Code::InputDay));
        let other = &stranger.actor.username;
        let other = plans(&liaison, &filed, other, "2026-03-10").await;
        assert_eq!(field(other), ("colleague".to_owned(), Code::InputPerson));

        // A Sunday long after the deadline.
        filed.took(plans(&liaison, &filed, &name, "2026-05-17").await);
        let page = plan_of(&liaison, None).await.expect("the plan");
        let clashes = &page.items[0].clashes;
        assert_eq!(*clashes, [PlanClash::Late, PlanClash::RestDay]);

        let (id, version) = filed.at_unit(ZJJ);
        let none = Plan {
            version: Version(version),
            colleague: None,
            day: None,
            day_part: None,
            hours: None,
            plan_note: None,
        };
        filed.took(tickets::act(&liaison, id, none).await);
        let page = plan_of(&liaison, None).await.expect("the plan");
        assert_eq!(page.items[0].planned, None);
        jobs::once(&world.services).await.expect("the jobs run");
        let notices = bell::page(&handler, false, None, bell::PAGE).await;
        let notices = notices.expect("a page").items.into_iter();
        let kinds: Vec<NoticeKind> = notices
            .map(|notice| notice.kind)
            .filter(|kind| matches!(kind, NoticeKind::Planned | NoticeKind::PlanChanged))
            .collect();
        assert_eq!(kinds.len(), 2, "planned, and taken back");
        assert!(kinds.contains(&NoticeKind::Planned));
        assert!(kinds.contains(&NoticeKind::PlanChanged));
        let history = tickets::history(&world.dispatcher(), filed.id).await;
        let history = history.expect("the history");
        assert_eq!(history.last().map(|it| it.verb), Some(Verb::Plan));
    })
    .await;
}
