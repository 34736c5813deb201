//! Views that somebody follows: one notice on a working morning, counted in his own scope, and a word when a view is gone.
//! Not here: saved views themselves (`views`), how notices are sent outside (`gateway`).

use services::gateway::bell;
use services::tickets::{followed, saved};
use services::{Ctx, jobs};
use shared::access::Role;
use shared::command::Ticked;
use shared::fault::Code;
use shared::notice::NoticeKind;
use shared::query::view::{KeepView, ViewRhythm, ViewShare};
use shared::ticket::command::Register;

use crate::support::{CENTRE, World, ZJJ, a_complaint, on_each_database};

const DAY: i64 = 24 * 60;

/// A week later, when the clock is trusted again.
async fn morning(world: &World) {
    world.clock.advance_minutes(7 * DAY);
    runs(world, &["clock", "views", "notices"]).await;
    world.clock.advance_minutes(20);
    runs(world, &["clock", "views", "notices"]).await;
}

async fn runs(world: &World, names: &[&str]) {
    for name in names {
        let job = jobs::JOBS.iter().find(|job| job.name == *name);
        let job = job.expect("a job");
        job.once(&world.services).await.expect("it runs");
    }
}

/// What the notices of one kind say.
async fn told(ctx: &Ctx, kind: NoticeKind) -> Vec<String> {
    let page = bell::page(ctx, false, None, 50).await.expect("notices");
    let found = page.items.into_iter().filter(|it| it.kind == kind);
    found.map(|it| it.ticket_no).collect()
}

fn view(name: &str, query: &str, shared: ViewShare) -> KeepView {
    KeepView {
        name: name.to_owned(),
        query: query.to_owned(),
        shared,
    }
}

#[tokio::test]
async fn one_notice_tells_of_all_views_and_one_of_those_that_are_gone() {
    on_each_database(|world| async move {
        world.files(a_complaint()).await;
        let owner = world.hires(Role::Dispatcher, CENTRE).await;
        let colleague = world.hires(Role::Supervisor, CENTRE).await;
        let other = world.hires(Role::UnitLiaison, ZJJ).await;
        let shared = view("待派", "state=TO_DISPATCH", ViewShare::Unit);
        let id = saved::keep(&owner, shared).await.expect("kept");
        let nothing = view("表扬", "kind=praise", ViewShare::Nobody);
        let none = saved::keep(&owner, nothing).await.expect("kept");
        let daily = Some(ViewRhythm::Daily);
        followed::follow(&owner, id, daily).await.expect("follows");
        followed::follow(&owner, none, daily)
            .await
            .expect("follows");
        followed::follow(&colleague, id, daily)
            .await
            .expect("follows");
        let foreign = followed::follow(&other, id, daily).await;
        assert_eq!(foreign.expect_err("not shared").code, Code::NotFound);
        let unknown = followed::follow(&colleague, none, daily).await;
        assert_eq!(unknown.expect_err("not theirs").code, Code::NotFound);
        assert!(told(&owner, NoticeKind::ViewsCounted).await.is_empty());

        morning(&world).await;
        let said = told(&owner, NoticeKind::ViewsCounted).await;
        assert_eq!(said.first().map(String::as_str), Some("待派 1"));
        let again = said.len();
        runs(&world, &["views", "notices"]).await;
        let said = told(&owner, NoticeKind::ViewsCounted).await;
        assert_eq!(said.len(), again, "once a morning");
        let rows = saved::list(&owner).await.expect("listed");
        let counted = rows.iter().filter_map(|row| row.subscription?.found);
        assert_eq!(counted.sum::<i64>(), 1);

        followed::follow(&owner, id, None).await.expect("ends");
        saved::delete(&owner, id).await.expect("deleted");
        morning(&world).await;
        assert!(told(&owner, NoticeKind::ViewsBroken).await.is_empty());
        let gone = told(&colleague, NoticeKind::ViewsBroken).await;
        assert_eq!(gone, ["待派"], "once, and followed no longer");
    })
    .await;
}

#[tokio::test]
async fn confidential_tickets_are_not_counted_and_a_field_that_is_gone_is_told() {
    on_each_database(|world| async move {
        let owner = world.hires(Role::Dispatcher, CENTRE).await;
        world.files(a_complaint()).await;
        world.clock.advance_minutes(1);
        let secret = Register {
            confidential: Ticked(true),
            ..a_complaint()
        };
        world.files(secret).await;
        let all = view("待派", "state=TO_DISPATCH", ViewShare::Nobody);
        let all = saved::keep(&owner, all).await.expect("kept");
        let daily = Some(ViewRhythm::Daily);
        followed::follow(&owner, all, daily).await.expect("follows");
        let query = "where=own.gone+%3D+1";
        let broken = view("旧字段", query, ViewShare::Nobody);
        let broken = saved::keep(&owner, broken).await.expect("kept");
        let weekly = Some(ViewRhythm::Weekly);
        followed::follow(&owner, broken, weekly)
            .await
            .expect("follows");
        morning(&world).await;
        let gone = told(&owner, NoticeKind::ViewsBroken).await;
        assert_eq!(gone, ["旧字段"]);
        let counted = told(&owner, NoticeKind::ViewsCounted).await;
        assert!(
            counted.iter().all(|said| said == "待派 1") && !counted.is_empty(),
            "{counted:?}"
        );
    })
    .await;
}
