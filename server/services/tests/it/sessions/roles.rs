//! Own roles and posts as people work in them: in list, task, verb and export; by the clock, by their condition, at several units.
//! Not here: who may give what (`posts`), shipped roles (`access`).
//! Each request is made with the token of the sign-in, so that what is seen is what the next request knows.

use futures::StreamExt as _;
use services::users::{self, roles};
use services::{Ctx, exports, sessions, tickets};
use shared::access::{Condition, Grants, PostState, Role, RoleCode};
use shared::account::posts::{ComposeRole, GivePost};
use shared::calendar::Instant;
use shared::command::Version;
use shared::fault::{Code, Fault};
use shared::query::{Sort, TicketFilter, TicketQuery};
use shared::ticket::verbs::{Dispatch, Recall};

use super::factor::{enrols, set};
use super::strangers::beside;
use super::{PASSWORD, signs_in};
use crate::support::{CENTRE, CGJ, World, ZJJ, a_complaint, example, on_each_database, said};

/// Somebody without a post at a unit, signed in; the token.
pub(super) async fn arrives(world: &World, username: &str, unit: &str) -> String {
    let command = users::Create {
        username: username.to_owned(),
        name: "李岗位".to_owned(),
        unit: unit.to_owned(),
        password: PASSWORD.to_owned(),
        given: false,
        roles: Vec::new(),
    };
    users::create(&Ctx::system(&world.services), command)
        .await
        .expect("the account is made");
    let signed_in = signs_in(world, username, PASSWORD).await.expect("signs in");
    signed_in.access_token
}

/// The next request with a token.
pub(super) async fn next(services: &services::Services, token: &str) -> Ctx {
    let who = sessions::authenticate(services, token)
        .await
        .expect("signed in");
    let mut ctx = Ctx::of(services, who.actor);
    ctx.session = Some(who.session);
    ctx
}

pub(super) fn role(code: &str) -> RoleCode {
    RoleCode::parse(code).expect("a code")
}

pub(super) fn night_desk(grants: &str) -> ComposeRole {
    ComposeRole {
        code: role("night_desk"),
        name: "夜班派单".to_owned(),
        name_en: "Night desk".to_owned(),
        tasks: vec![Role::Dispatcher],
        grants: Grants::read(grants),
        sight: None,
    }
}

const GRANTS: &str = "ticket.view:city ticket.dispatch:city ticket.export:city citizen.view:city";

pub(super) fn everything() -> TicketQuery {
    TicketQuery {
        filter: TicketFilter::default(),
        sort: Sort::AcceptedDesc,
        cursor: None,
        limit: 50,
        columns: Vec::new(),
    }
}

async fn listed(ctx: &Ctx) -> Result<usize, Fault> {
    tickets::list(ctx, everything())
        .await
        .map(|page| page.items.len())
}

async fn waiting(ctx: &Ctx) -> usize {
    let page = tickets::tasks(ctx, tickets::TaskQuery::default())
        .await
        .expect("a list, if an empty one");
    page.items.len()
}

pub(super) async fn exported(ctx: &Ctx) -> Result<String, Fault> {
    let parts = exports::tickets_csv(ctx, TicketFilter::default(), Sort::AcceptedAsc, &[]).await?;
    let parts: Vec<_> = parts.collect().await;
    let bytes = parts.into_iter().collect::<Result<Vec<_>, _>>()?.concat();
    Ok(String::from_utf8(bytes).expect("UTF-8"))
}

#[tokio::test]
async fn an_own_role_works_in_list_task_verb_and_export() {
    on_each_database(|world| async move {
        let security = world.person(Role::SecurityAdmin, "320000-12345");
        roles::compose(&security, night_desk(GRANTS))
            .await
            .expect("composed");
        let token = arrives(&world, "night", CENTRE).await;
        let other = beside(&world).await;
        let filed = world.files(a_complaint()).await;
        let before = next(&world.services, &token).await;
        assert_eq!(
            listed(&before).await.expect_err("no post").code,
            Code::AccessDenied
        );
        assert_eq!(waiting(&before).await, 0);
        users::give_post(
            &Ctx::system(&world.services),
            "night",
            GivePost::plain(role("night_desk")),
        )
        .await
        .expect("given");
        for services in [&world.services, &other] {
            let night = next(services, &token).await;
            assert_eq!(listed(&night).await, Ok(1));
            assert_eq!(waiting(&night).await, 1);
            let file = exported(&night).await.expect("exports");
            assert!(file.contains("屋顶漏水") && !file.contains("王金丝雀"));
        }
        let night = next(&world.services, &token).await;
        let sent = Dispatch {
            version: Version(filed.version),
            lead: said(ZJJ),
            assisting: Vec::new(),
            category: Some(said(world.a_leaf().await)),
            advice: Some(said("请核实并答复诉求人")),
            urgency: None,
            urgency_reason: None,
            tags: Vec::new(),
            own: shared::command::Typed::default(),
            assist_due: None,
            retag: shared::command::Ticked(false),
            review: shared::command::Ticked(false),
        };
        let acted = tickets::act(&night, filed.id, sent)
            .await
            .expect("dispatched");
        let recall = tickets::act(&night, filed.id, example::<Recall>(acted.version)).await;
        assert_eq!(
            recall.expect_err("not in the role").code,
            Code::AccessDenied
        );
        assert_eq!(waiting(&night).await, 0);
        // What is taken out of the role is gone at the next request, on every server.
        let less = night_desk("ticket.view:city ticket.dispatch:city");
        roles::change(&security, less, 1).await.expect("changed");
        for services in [&world.services, &other] {
            let night = next(services, &token).await;
            assert_eq!(listed(&night).await, Ok(1));
            let refused = exported(&night).await.expect_err("not any more");
            assert_eq!(refused.code, Code::AccessDenied);
        }
        roles::stop(&security, role("night_desk"), 2, true)
            .await
            .expect("stopped");
        let night = next(&other, &token).await;
        assert!(night.actor.posts.is_empty());
        roles::stop(&security, role("night_desk"), 3, false)
            .await
            .expect("goes on");
        assert_eq!(listed(&next(&other, &token).await).await, Ok(1));
        let told = world.audited("role.change").await;
        let facts = &told.first().expect("a row").facts;
        assert!(facts["before"].contains("ticket.export:city"));
        assert!(!facts["after"].contains("ticket.export:city"));
    })
    .await;
}

#[tokio::test]
async fn posts_at_two_units_reach_what_both_do_and_no_more() {
    on_each_database(|world| async move {
        let security = world.person(Role::SecurityAdmin, "320000-12345");
        let token = arrives(&world, "both", ZJJ).await;
        for unit in [ZJJ, CGJ] {
            let post = GivePost {
                unit: Some(unit.to_owned()),
                ..GivePost::plain(Role::UnitLiaison)
            };
            users::give_post(&security, "both", post)
                .await
                .expect("given");
        }
        for unit in [ZJJ, CGJ] {
            let mut filed = world.files(a_complaint()).await;
            world.clock.advance_minutes(1);
            world.dispatches(&mut filed, unit, &[]).await;
        }
        world.files(a_complaint()).await;
        let both = next(&world.services, &token).await;
        assert_eq!(listed(&both).await, Ok(2));
        assert_eq!(waiting(&both).await, 2);
        let file = exported(&both).await.expect("exports");
        assert_eq!(file.lines().count(), 3, "a head and two rows");
        let ends = users::end_post(&security, "both", 1, Some("调离")).await;
        ends.expect("taken back");
        let one = next(&world.services, &token).await;
        assert_eq!(listed(&one).await, Ok(1));
        assert_eq!(waiting(&one).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_post_narrower_than_its_role_reaches_no_farther() {
    on_each_database(|world| async move {
        let token = arrives(&world, "narrow", CENTRE).await;
        world.files(a_complaint()).await;
        let post = GivePost {
            scope: Some(shared::access::ScopeKind::Own),
            ..GivePost::plain(Role::Supervisor)
        };
        users::give_post(&Ctx::system(&world.services), "narrow", post)
            .await
            .expect("given");
        let narrow = next(&world.services, &token).await;
        assert_eq!(
            listed(&narrow).await,
            Ok(0),
            "a supervisor of own tickets only"
        );
    })
    .await;
}

#[tokio::test]
async fn a_post_holds_from_its_day_to_its_day() {
    on_each_database(|world| async move {
        let security = world.person(Role::SecurityAdmin, "320000-12345");
        let token = arrives(&world, "guest", CENTRE).await;
        let now = world.services.now();
        let minutes = |n: i64| Some(Instant(now.0 + n * 60_000));
        let post = GivePost {
            from: minutes(2),
            until: minutes(4),
            ..GivePost::plain(Role::Dispatcher)
        };
        users::give_post(&security, "guest", post)
            .await
            .expect("given");
        for expected in [false, true, false] {
            let guest = next(&world.services, &token).await;
            assert_eq!(!guest.actor.posts.is_empty(), expected);
            world.clock.advance_minutes(2);
        }
        let posts = users::rights::posts(&security, "guest")
            .await
            .expect("shown");
        assert_eq!(posts.posts[0].state, PostState::Over);
    })
    .await;
}

#[tokio::test]
async fn a_post_sleeps_while_its_condition_is_not_met() {
    on_each_database(|world| async move {
        set(&world, "none").await;
        let security = world.person(Role::SecurityAdmin, "320000-12345");
        let other = beside(&world).await;
        let token = arrives(&world, "careful", CENTRE).await;
        let post = GivePost {
            condition: Some(Condition::Factor),
            ..GivePost::plain(Role::Dispatcher)
        };
        users::give_post(&security, "careful", post)
            .await
            .expect("given");
        let state = async |no: usize| {
            let posts = users::rights::posts(&security, "careful").await;
            posts.expect("shown").posts[no].state
        };
        assert!(next(&other, &token).await.actor.posts.is_empty());
        assert_eq!(state(0).await, PostState::NoFactor);
        let enrolled = enrols(&world, "careful").await;
        assert_eq!(enrolled.1.len(), 10);
        // The session that set it up goes on; every other one ended.
        assert_eq!(state(0).await, PostState::Holds);
        sessions::factor::reset_of(&Ctx::system(&world.services), "careful")
            .await
            .expect("reset");
        assert_eq!(state(0).await, PostState::NoFactor);
        let certified = GivePost {
            unit: Some(ZJJ.to_owned()),
            condition: Some(Condition::Certificate),
            certificate: Some("执法证 苏A-001".to_owned()),
            certificate_until: Some(Instant(world.services.now().0 + 600_000)),
            ..GivePost::plain(Role::Handler)
        };
        users::give_post(&security, "careful", certified)
            .await
            .expect("given");
        assert_eq!(state(1).await, PostState::Holds);
        world.clock.advance_minutes(10);
        assert_eq!(state(1).await, PostState::CertificateOver);
    })
    .await;
}

#[tokio::test]
async fn what_somebody_may_is_told_with_the_posts_behind_it() {
    on_each_database(|world| async move {
        set(&world, "none").await;
        let security = world.person(Role::SecurityAdmin, "320000-12345");
        arrives(&world, "wang", CENTRE).await;
        let sleeping = GivePost {
            condition: Some(Condition::Factor),
            ..GivePost::plain(Role::Dispatcher)
        };
        for post in [GivePost::plain(Role::Agent), sleeping] {
            users::give_post(&security, "wang", post)
                .await
                .expect("given");
        }
        let told = users::rights::of(&security, "wang").await.expect("told");
        assert_eq!(told.barred, None);
        let right = |code: &str| {
            let mut rights = told.rights.iter();
            rights.find(|right| right.permission.code() == code)
        };
        let dispatch = right("ticket.dispatch").expect("would");
        assert!(!dispatch.may && dispatch.ways[0].state == PostState::NoFactor);
        let view = right("ticket.view").expect("has");
        assert!(view.may && view.ways.len() == 2);
        assert!(right("audit.read").is_none());
        users::set_active(&Ctx::system(&world.services), "wang", false)
            .await
            .expect("closed");
        let told = users::rights::of(&security, "wang").await.expect("told");
        assert!(told.barred.is_some() && told.rights.iter().all(|right| !right.may));
        let refused = users::rights::of(&world.agent(), "wang").await;
        assert_eq!(refused.expect_err("not theirs").code, Code::AccessDenied);
    })
    .await;
}
