//! Who may give which post: nobody to himself, nothing that is kept apart, nothing wider than one's own reach; the last of a kind stays.
//! Not here: what a post does then (`roles`).
//! What was forged into the tables gives nothing.

use services::users::{self, roles};
use services::{Ctx, sessions};
use shared::access::{Condition, Grants, Role, RoleOrigin, ScopeKind};
use shared::account::posts::{ComposeRole, GivePost};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};

use super::roles::{arrives, next, role};
use super::{PASSWORD, code, has_account, signs_in};
use crate::support::{CENTRE, SUZHOU_CENTRE, World, ZJJ, on_each_database};

fn at_field<T: std::fmt::Debug>(result: Result<T, Fault>, field: &str) -> Code {
    let fault = result.expect_err("it is refused");
    let found = fault.fields.iter().find(|one| one.field == field);
    found.unwrap_or_else(|| panic!("{fault:?}")).code
}

fn own(code: &str, grants: &str) -> ComposeRole {
    ComposeRole {
        code: role(code),
        name: "自建".to_owned(),
        name_en: String::new(),
        tasks: Vec::new(),
        grants: Grants::read(grants),
        sight: None,
    }
}

async fn administrator(world: &World, username: &str, role: Role) -> Ctx {
    has_account(world, username, &[role]).await;
    let signed_in = signs_in(world, username, PASSWORD).await.expect("signs in");
    Ctx {
        session: Some(signed_in.session),
        ..world.of(signed_in.actor)
    }
}

#[tokio::test]
async fn nobody_changes_the_own_rights_and_the_last_of_a_kind_stays() {
    on_each_database(|world| async move {
        let security = administrator(&world, "security", Role::SecurityAdmin).await;
        let owner = Ctx::system(&world.services);
        has_account(&world, "auditor", &[Role::Auditor]).await;
        let plain = GivePost::plain(Role::Agent);
        assert_eq!(
            code(users::give_post(&security, "security", plain.clone()).await),
            Code::RoleSelf
        );
        assert_eq!(
            code(users::end_post(&security, "security", 1, None).await),
            Code::RoleSelf
        );
        for name in ["security", "auditor"] {
            let ended = users::end_post(&owner, name, 1, None).await;
            assert_eq!(code(ended), Code::RoleLast, "{name}");
            let closed = users::set_active(&owner, name, false).await;
            assert_eq!(code(closed), Code::RoleLast, "{name}");
        }
        // One that sleeps or will run out of time before it began is no other.
        has_account(&world, "second", &[]).await;
        let later = GivePost {
            from: Some(Instant(world.services.now().0 + 60_000)),
            ..GivePost::plain(Role::Auditor)
        };
        users::give_post(&security, "second", later)
            .await
            .expect("given");
        let ended = users::end_post(&security, "auditor", 1, None).await;
        assert_eq!(code(ended), Code::RoleLast);
        world.clock.advance_minutes(2);
        users::end_post(&security, "auditor", 1, Some("换人"))
            .await
            .expect("somebody else is there now");
        assert_eq!(
            code(users::end_post(&security, "auditor", 1, None).await),
            Code::PostEnded
        );
        // A role that one has oneself is not changed either.
        roles::compose(&owner, own("guards", "role.grant:province"))
            .await
            .expect("composed");
        users::give_post(&owner, "security", GivePost::plain(role("guards")))
            .await
            .expect("the same power");
        let signed_in = signs_in(&world, "security", PASSWORD).await.expect("in");
        let security = next(&world.services, &signed_in.access_token).await;
        let changed = roles::change(&security, own("guards", "role.grant:city"), 1).await;
        assert_eq!(code(changed), Code::RoleSelf);
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_apart_is_not_joined_in_a_role_nor_in_a_person() {
    on_each_database(|world| async move {
        let security = world.person(Role::SecurityAdmin, "320000-12345");
        let joined = [
            "role.grant:province ticket.view:own",
            "user.manage:province role.grant:province",
            "audit.read:province job.manage:city",
            "key.manage:province ticket.export:city",
        ];
        for grants in joined {
            let made = roles::compose(&security, own("joined", grants)).await;
            assert_eq!(at_field(made, "grants"), Code::RoleExcluded, "{grants}");
        }
        arrives(&world, "wang", ZJJ).await;
        roles::compose(&security, own("looks", "ticket.view:unit"))
            .await
            .expect("composed");
        users::give_post(&security, "wang", GivePost::plain(role("looks")))
            .await
            .expect("given");
        for administrator in [Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor] {
            let given = users::give_post(&security, "wang", GivePost::plain(administrator)).await;
            assert_eq!(at_field(given, "role"), Code::RoleExcluded);
        }
        // A change of the role that would join them in its holder.
        users::give_post(&security, "wang", GivePost::plain(Role::Handler))
            .await
            .expect("given");
        let changed = roles::change(&security, own("looks", "audit.read:province"), 1).await;
        assert_eq!(at_field(changed, "grants"), Code::RoleExcluded);
        // Shipped roles are copied, never changed, and their codes are taken.
        let agent = own("agent", "ticket.view:province");
        assert_eq!(
            code(roles::change(&security, agent.clone(), 1).await),
            Code::RoleShipped
        );
        assert_eq!(
            at_field(roles::compose(&security, agent).await, "code"),
            Code::InputTaken
        );
        roles::copy(&security, &role("agent"), role("agent_2"), "坐席（试用）")
            .await
            .expect("copied");
        let copy = roles::one(&security, &role("agent_2"))
            .await
            .expect("there");
        assert_eq!(copy.spec.origin, RoleOrigin::Copy);
        assert_eq!(copy.spec.grants, Grants::of_shipped(Role::Agent));
        let stale = roles::change(&security, own("agent_2", "ticket.view:own"), 7).await;
        assert_eq!(code(stale), Code::VersionStale);
    })
    .await;
}

#[tokio::test]
async fn what_was_forged_gives_nothing() {
    on_each_database(|world| async move {
        let owner = Ctx::system(&world.services);
        let token = arrives(&world, "wang", CENTRE).await;
        for (no, forged) in [(1, Role::Dispatcher), (2, Role::SecurityAdmin)] {
            let user = store::users::find_by_name(&world.services.store().reader(), "wang")
                .await
                .expect("finds")
                .expect("there");
            let mark = store::roles::Mark {
                by: None,
                name: None,
                at: world.services.now(),
            };
            let post = store::posts::HeldPost::shipped(user.id, no, forged, CENTRE, &mark);
            world
                .services
                .store()
                .write::<_, store::StoreError, _>(move |tx| {
                    let row = post.row.clone();
                    Box::pin(async move { store::posts::insert(tx, &row).await })
                })
                .await
                .expect("forged");
        }
        let wang = next(&world.services, &token).await;
        assert!(wang.actor.posts.is_empty(), "both sleep");
        let told = users::rights::of(&owner, "wang").await.expect("told");
        assert!(told.rights.iter().all(|right| !right.may));
        // What does not fit is told at its field.
        let give = async |post: GivePost| users::give_post(&owner, "wang", post).await;
        let plain = GivePost::plain(Role::Agent);
        let past = Some(Instant(world.services.now().0 - 1));
        let unknown = GivePost::plain(role("nobody_knows"));
        assert_eq!(at_field(give(unknown).await, "role"), Code::RoleUnknown);
        let nowhere = GivePost {
            unit: Some("320999-X".to_owned()),
            ..plain.clone()
        };
        assert_eq!(at_field(give(nowhere).await, "unit"), Code::InputUnit);
        let over = GivePost {
            until: past,
            ..plain.clone()
        };
        assert_eq!(at_field(give(over).await, "until"), Code::PostSpan);
        let bare = GivePost {
            condition: Some(Condition::Certificate),
            ..plain.clone()
        };
        assert_eq!(
            at_field(give(bare).await, "certificate"),
            Code::InputRequired
        );
        let twice = GivePost::plain(Role::Dispatcher);
        assert_eq!(at_field(give(twice).await, "role"), Code::PostThere);
    })
    .await;
}

#[tokio::test]
async fn who_gives_in_a_city_gives_there_and_no_wider() {
    on_each_database(|world| async move {
        let owner = Ctx::system(&world.services);
        roles::compose(&owner, own("city_security", "role.grant:city"))
            .await
            .expect("composed");
        let token = arrives(&world, "nanjing", CENTRE).await;
        users::give_post(&owner, "nanjing", GivePost::plain(role("city_security")))
            .await
            .expect("given");
        let mut nanjing = next(&world.services, &token).await;
        nanjing.actor.fresh = true;
        arrives(&world, "wang", ZJJ).await;
        arrives(&world, "suzhou", SUZHOU_CENTRE).await;
        users::give_post(&nanjing, "wang", GivePost::plain(Role::Supervisor))
            .await
            .expect("a city's post");
        let manager = GivePost::plain(Role::ProvincialManager);
        assert_eq!(
            at_field(
                users::give_post(&nanjing, "wang", manager.clone()).await,
                "scope"
            ),
            Code::RoleScope
        );
        let bound = GivePost {
            scope: Some(ScopeKind::City),
            ..manager
        };
        users::give_post(&nanjing, "wang", bound)
            .await
            .expect("as far as the own reach");
        let elsewhere = GivePost {
            unit: Some(SUZHOU_CENTRE.to_owned()),
            ..GivePost::plain(Role::Agent)
        };
        assert_eq!(
            at_field(users::give_post(&nanjing, "wang", elsewhere).await, "unit"),
            Code::InputUnit
        );
        let agent = GivePost::plain(Role::Agent);
        assert_eq!(
            code(users::give_post(&nanjing, "suzhou", agent.clone()).await),
            Code::NotFound
        );
        nanjing.actor.fresh = false;
        assert_eq!(
            code(users::give_post(&nanjing, "wang", agent).await),
            Code::ProofNeeded
        );
        let who = sessions::actor_by_name(&world.services, "wang").await;
        assert_eq!(who.expect("there").posts.len(), 2);
    })
    .await;
}
