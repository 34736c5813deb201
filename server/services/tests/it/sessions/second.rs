//! A post once the office is at work: one security administrator asks for it, with a reason and an end, and another grants it.
//! Not here: what the post does then (`roles`), posts while an office is set up and at the owner's word (`posts`).
//! Taking one back needs nobody else.

use services::users::life::{self, Answer};
use services::users::{self, Given};
use services::{Ctx, tickets};
use shared::access::Role;
use shared::account::posts::GivePost;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::AccountRequestId;

use super::code;
use super::roles::{arrives, next};
use crate::support::{CENTRE, World, a_complaint, on_each_database};

const DAY: i64 = 24 * 3_600_000;

fn security(world: &World, unit: &str) -> Ctx {
    world.person(Role::SecurityAdmin, unit)
}

fn wish(world: &World, role: Role, days: i64) -> GivePost {
    GivePost {
        until: Some(Instant(world.services.now().0 + days * DAY)),
        reason: Some("值夜班".to_owned()),
        ..GivePost::plain(role)
    }
}

fn yes(version: i32) -> Answer {
    Answer {
        version,
        agrees: true,
        answer: None,
    }
}

fn asked(given: Result<Given, Fault>) -> AccountRequestId {
    match given.expect("asked for") {
        Given::Asked(id) => id,
        Given::Now(no) => panic!("given at once: {no}"),
    }
}

#[tokio::test]
async fn another_grants_what_one_asks_for_with_a_reason_and_an_end() {
    on_each_database(|world| async move {
        let (first, second) = (security(&world, "320000-12345"), security(&world, CENTRE));
        let token = arrives(&world, "wang", CENTRE).await;
        let early = users::give_post(&first, "wang", GivePost::plain(Role::Analyst)).await;
        assert_eq!(early, Ok(Given::Now(1)), "while the office is set up");
        users::end_post(&first, "wang", 1, None)
            .await
            .expect("taken back");
        world.files(a_complaint()).await;

        let bare = users::give_post(&first, "wang", GivePost::plain(Role::Agent)).await;
        let bare = bare.expect_err("why, and until when");
        let mut fields: Vec<_> = bare.fields.iter().map(|at| at.field.as_str()).collect();
        fields.sort_unstable();
        assert_eq!(fields, ["reason", "until"]);
        let long = users::give_post(&first, "wang", wish(&world, Role::Agent, 94)).await;
        assert_eq!(long.expect_err("too long").fields[0].code, Code::PostSpan);
        let set_up = users::grant_role(&first, "wang", Role::Agent).await;
        assert_eq!(code(set_up), Code::PostSecond);

        let id = asked(users::give_post(&first, "wang", wish(&world, Role::Agent, 30)).await);
        let twice = users::give_post(&first, "wang", wish(&world, Role::Agent, 30)).await;
        assert_eq!(code(twice), Code::AccountRequestOpen);
        let nothing = next(&world.services, &token).await;
        assert!(nothing.actor.posts.is_empty(), "nobody has granted it");
        let own = life::decide(&first, id, yes(1)).await;
        assert_eq!(own.err().map(|f| f.code), Some(Code::AccountSelf));
        let agent = life::decide(&world.agent(), id, yes(1)).await;
        assert!(agent.is_err());
        life::decide(&second, id, yes(1)).await.expect("granted");
        let wang = next(&world.services, &token).await;
        assert_eq!(wang.actor.posts.len(), 1, "at the next request");
        tickets::register(&wang, a_complaint())
            .await
            .expect("an agent registers");

        // The next one may be asked for before this one ends.
        let follows = GivePost {
            from: Some(Instant(world.services.now().0 + 30 * DAY)),
            ..wish(&world, Role::Agent, 60)
        };
        let id = asked(users::give_post(&first, "wang", follows).await);
        life::decide(&second, id, yes(1)).await.expect("granted");
        world.clock.advance_minutes(31 * 24 * 60);
        let posts = users::rights::posts(&first, "wang").await.expect("told");
        let lasting = posts.posts.iter().filter(|post| post.ended_at.is_none());
        assert_eq!(lasting.count(), 2);
        users::end_post(&first, "wang", 3, Some("调离"))
            .await
            .expect("at once");
    })
    .await;
}
