//! Teams: what a post sees that reaches as far as the team, in list, task list, verb, export and approvals, from the day on which people belong to it.
//! Not here: what other scopes reach (`roles`).
//! Who may change a team stands here as well.

use services::users::{self, roles, teams};
use services::{Ctx, tickets};
use shared::access::{Grants, Permission, Role, Scope, ScopeKind};
use shared::account::posts::{ComposeRole, GivePost};
use shared::account::teams::{JoinTeam, MakeTeam};
use shared::calendar::Instant;
use shared::command::{Ticked, Typed, Version};
use shared::fault::Code;
use shared::ids::TeamId;
use shared::ticket::Channel;
use shared::ticket::command::Register;
use shared::ticket::verbs::Dispatch;
use shared::ticket::view::Registered;

use super::roles::{arrives, everything, exported, next, role};
use super::{code, strangers::beside};
use crate::support::{CENTRE, SUZHOU_CENTRE, World, ZJJ, a_complaint, on_each_database, said};

fn joins(username: &str) -> JoinTeam {
    JoinTeam {
        username: username.to_owned(),
        leads: false,
        from: None,
        until: None,
    }
}

async fn a_team(security: &Ctx, unit: &str, people: &[&str]) -> TeamId {
    let command = MakeTeam {
        unit: unit.to_owned(),
        name: "夜班一组".to_owned(),
    };
    let id = teams::make(security, command).await.expect("made");
    for username in people {
        teams::join(security, id, joins(username))
            .await
            .expect("joins");
    }
    id
}

/// An agent of the centre; the token.
async fn agent(world: &World, username: &str) -> String {
    let token = arrives(world, username, CENTRE).await;
    users::give_post(
        &Ctx::system(&world.services),
        username,
        GivePost::plain(Role::Agent),
    )
    .await
    .expect("given");
    token
}

async fn takes_call(world: &World, token: &str) -> Registered {
    let call = Register {
        channel: Some(Channel::Phone),
        ..a_complaint()
    };
    tickets::register(&next(&world.services, token).await, call)
        .await
        .expect("registered")
}

async fn listed(ctx: &Ctx) -> usize {
    let page = tickets::list(ctx, everything()).await.expect("lists");
    page.items.len()
}

async fn waiting(ctx: &Ctx) -> usize {
    let page = tickets::tasks(ctx, tickets::TaskQuery::default()).await;
    page.expect("tasks").items.len()
}

/// Somebody who leads with an own role whose permissions reach as far as the team.
async fn leads(world: &World, username: &str) -> String {
    let security = world.person(Role::SecurityAdmin, "320000-12345");
    let lead = ComposeRole {
        code: role("team_lead"),
        name: "班组长".to_owned(),
        name_en: "Team lead".to_owned(),
        tasks: vec![Role::Dispatcher],
        grants: Grants::read(
            "ticket.view:team ticket.dispatch:team ticket.export:team citizen.view:team approval.view:team report.view:team",
        ),
        sight: None,
    };
    roles::compose(&security, lead).await.expect("composed");
    let token = arrives(world, username, CENTRE).await;
    users::give_post(
        &Ctx::system(&world.services),
        username,
        GivePost::plain(role("team_lead")),
    )
    .await
    .expect("given");
    token
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn a_team_is_seen_in_list_task_verb_and_export_from_the_day_on() {
    on_each_database(|world| async move {
        let security = world.person(Role::SecurityAdmin, "320000-12345");
        let (first, second) = (agent(&world, "first").await, agent(&world, "second").await);
        let lead = leads(&world, "lead").await;
        let other = beside(&world).await;
        let of_first = takes_call(&world, &first).await;
        world.clock.advance_minutes(1);
        takes_call(&world, &second).await;
        world.files(a_complaint()).await;
        let ctx = next(&world.services, &lead).await;
        assert_eq!(
            (listed(&ctx).await, waiting(&ctx).await),
            (0, 0),
            "no team yet"
        );
        let id = a_team(&security, CENTRE, &["lead", "first"]).await;
        // Known at the next request, on every server.
        for services in [&world.services, &other] {
            let ctx = next(services, &lead).await;
            assert_eq!((listed(&ctx).await, waiting(&ctx).await), (1, 1));
            let file = exported(&ctx).await.expect("exports");
            assert_eq!(file.lines().count(), 2, "a head and one row");
            assert!(matches!(
                ctx.actor.scope(Permission::TicketView),
                Some(Scope::Team(people)) if people.len() == 2
            ));
        }
        let ctx = next(&world.services, &lead).await;
        assert!(tickets::get(&ctx, of_first.id).await.is_ok());
        let sent = Dispatch {
            version: Version(of_first.version),
            lead: said(ZJJ),
            assisting: Vec::new(),
            category: Some(said(world.a_leaf().await)),
            advice: Some(said("请核实并答复诉求人")),
            urgency: None,
            urgency_reason: None,
            tags: Vec::new(),
            own: Typed::default(),
            assist_due: None,
            retag: Ticked(false),
            review: Ticked(false),
        };
        tickets::act(&ctx, of_first.id, sent)
            .await
            .expect("dispatched");
        // The second comes tomorrow and goes the day after.
        let minutes = |n: i64| Some(Instant(world.services.now().0 + n * 60_000));
        let later = JoinTeam {
            from: minutes(2),
            until: minutes(4),
            ..joins("second")
        };
        teams::join(&security, id, later).await.expect("joins");
        for expected in [1, 2, 1] {
            let ctx = next(&world.services, &lead).await;
            assert_eq!(listed(&ctx).await, expected);
            world.clock.advance_minutes(2);
        }
        // Who goes takes the own tickets along; and with the team all is over.
        teams::leave(&security, id, 2).await.expect("leaves");
        assert_eq!(listed(&next(&other, &lead).await).await, 0);
        teams::join(&security, id, joins("first"))
            .await
            .expect("comes back");
        assert_eq!(listed(&next(&other, &lead).await).await, 1);
        teams::end(&security, id, 1).await.expect("ended");
        assert_eq!(listed(&next(&other, &lead).await).await, 0);
        let left = teams::page(&security, None).await.expect("teams");
        assert!(left.items.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_post_bound_to_the_team_reaches_no_farther_and_only_teams_of_its_unit_count() {
    on_each_database(|world| async move {
        let security = world.person(Role::SecurityAdmin, "320000-12345");
        let first = agent(&world, "first").await;
        takes_call(&world, &first).await;
        let token = arrives(&world, "lead", CENTRE).await;
        let bound = GivePost {
            scope: Some(ScopeKind::Team),
            ..GivePost::plain(Role::ShiftLead)
        };
        users::give_post(&Ctx::system(&world.services), "lead", bound)
            .await
            .expect("given");
        assert_eq!(listed(&next(&world.services, &token).await).await, 0);
        // A team of another unit, in which both are by a post there.
        for username in ["lead", "first"] {
            let post = GivePost {
                unit: Some(ZJJ.to_owned()),
                ..GivePost::plain(Role::Analyst)
            };
            let narrow = GivePost {
                scope: Some(ScopeKind::Own),
                ..post
            };
            users::give_post(&Ctx::system(&world.services), username, narrow)
                .await
                .expect("given");
        }
        a_team(&security, ZJJ, &["lead", "first"]).await;
        assert_eq!(listed(&next(&world.services, &token).await).await, 0);
        a_team(&security, CENTRE, &["first", "lead"]).await;
        assert_eq!(listed(&next(&world.services, &token).await).await, 1);
        // Who can see it, and why: by the team.
        let filed = takes_call(&world, &first).await;
        let look = users::readers::LookAt::first(filed.ticket_no.to_string());
        let page = users::readers::page(&security, look).await.expect("told");
        let lead = page.items.iter().find(|reader| reader.username == "lead");
        let ways = &lead.expect("sees it").ways;
        assert_eq!(ways[0].scope, ScopeKind::Team);
    })
    .await;
}

#[tokio::test]
async fn who_may_change_a_team_and_whom_it_takes() {
    on_each_database(|world| async move {
        let security = world.person(Role::SecurityAdmin, "320000-12345");
        agent(&world, "first").await;
        arrives(&world, "elsewhere", SUZHOU_CENTRE).await;
        let id = a_team(&security, CENTRE, &["first"]).await;
        let again = teams::join(&security, id, joins("first")).await;
        assert_eq!(again.expect_err("is in it").fields[0].code, Code::TeamThere);
        for stranger in ["elsewhere", "nobody"] {
            let refused = teams::join(&security, id, joins(stranger)).await;
            let fault = refused.expect_err("not of the unit");
            assert_eq!(fault.fields[0].code, Code::InputPerson, "{stranger}");
        }
        let backwards = JoinTeam {
            until: Some(Instant(world.services.now().0 - 1)),
            ..joins("first")
        };
        assert!(teams::join(&security, id, backwards).await.is_err());
        for other in [world.supervisor(), world.agent(), world.visitor()] {
            let told = code(teams::page(&other, None).await);
            assert!(matches!(told, Code::AccessDenied | Code::SignedOut));
            assert!(teams::join(&other, id, joins("first")).await.is_err());
        }
        let stale = teams::rename(&security, id, "夜班二组", 7).await;
        assert_eq!(code(stale), Code::VersionStale);
        teams::rename(&security, id, "夜班二组", 1)
            .await
            .expect("renamed");
        let sheet = teams::one(&security, id).await.expect("there");
        assert_eq!(
            (sheet.row.name.as_str(), sheet.row.members),
            ("夜班二组", 1)
        );
        teams::leave(&security, id, 1).await.expect("leaves");
        assert_eq!(code(teams::leave(&security, id, 1).await), Code::TeamEnded);
        for action in ["team.make", "team.join", "team.rename", "team.leave"] {
            assert_eq!(world.audited(action).await.len(), 1, "{action}");
        }
    })
    .await;
}
