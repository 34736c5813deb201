//! Sessions seen and ended, by the person and by who manages accounts.
//! Not here: sessions that end by themselves (`mod`).
//! What is ended is refused at the next request.

use services::sessions::{self, SignIn, SignedIn};
use services::{Ctx, users};
use shared::access::Role;
use shared::fault::Code;

use super::{PASSWORD, code, has_account};
use crate::support::{World, on_each_database};

const FIREFOX: &str =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:139.0) Gecko/20100101 Firefox/139.0";

async fn from(world: &World, username: &str, ip: &str, agent: &str) -> SignedIn {
    let ctx = Ctx {
        agent: Some(agent.to_owned()),
        ..world.stranger(ip)
    };
    let typed = SignIn {
        username: username.to_owned(),
        password: PASSWORD.to_owned(),
    };
    sessions::sign_in(&ctx, typed).await.expect("signs in")
}

fn ctx(world: &World, signed_in: &SignedIn) -> Ctx {
    Ctx {
        session: Some(signed_in.session),
        ..world.of(signed_in.actor.clone())
    }
}

async fn lives(world: &World, signed_in: &SignedIn) -> bool {
    sessions::authenticate(&world.services, &signed_in.access_token)
        .await
        .is_ok()
}

#[tokio::test]
async fn a_person_sees_where_they_are_signed_in_and_ends_it() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Handler]).await;
        has_account(&world, "lisi", &[Role::Handler]).await;
        let desk = from(&world, "wang", "192.0.2.1", FIREFOX).await;
        world.clock.advance_minutes(5);
        let phone = from(&world, "wang", "192.0.2.2", "curl/8.5.0").await;
        let third = from(&world, "wang", "192.0.2.3", "").await;
        let other = from(&world, "lisi", "192.0.2.4", FIREFOX).await;
        let here = ctx(&world, &desk);
        let all = sessions::own(&here).await.expect("listed");
        assert_eq!(all.len(), 3, "one's own only");
        let mine = all.iter().find(|one| one.current).expect("this one");
        assert_eq!(
            (mine.id, mine.device.as_str(), mine.address.as_str()),
            (desk.session, "Firefox · Windows", "192.0.2.1")
        );
        assert!(all.iter().any(|one| one.device == "curl/8.5.0"));

        sessions::end_own(&here, phone.session)
            .await
            .expect("ended");
        assert!(!lives(&world, &phone).await && lives(&world, &third).await);
        assert!(
            sessions::refresh(&world.services, &phone.refresh_token)
                .await
                .is_err()
        );
        for gone in [phone.session, other.session] {
            assert_eq!(
                code(sessions::end_own(&here, gone).await),
                Code::NotFound,
                "ended already, or somebody else's"
            );
        }
        assert_eq!(sessions::end_others(&here).await.expect("ended"), 1);
        assert!(!lives(&world, &third).await && lives(&world, &desk).await);
        assert!(lives(&world, &other).await);
        assert_eq!(world.audited("session.end").await.len(), 1);
        assert_eq!(code(sessions::own(&world.visitor()).await), Code::SignedOut);
    })
    .await;
}

#[tokio::test]
async fn who_manages_accounts_ends_sessions_of_others() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Handler]).await;
        has_account(&world, "system", &[Role::SystemAdmin]).await;
        let system = from(&world, "system", "192.0.2.9", FIREFOX).await;
        let one = from(&world, "wang", "192.0.2.1", FIREFOX).await;
        let two = from(&world, "wang", "192.0.2.2", FIREFOX).await;
        let three = from(&world, "wang", "192.0.2.3", FIREFOX).await;
        let admin = ctx(&world, &system);
        let sheet = users::sheet(&admin, "wang").await.expect("shown");
        assert_eq!(sheet.sessions.len(), 3);
        sessions::end_of(&admin, "wang", one.session)
            .await
            .expect("ended");
        assert!(!lives(&world, &one).await && lives(&world, &two).await);
        assert_eq!(
            code(sessions::end_of(&admin, "wang", system.session).await),
            Code::NotFound,
            "not this person's"
        );
        assert_eq!(
            sessions::end_all_of(&admin, "wang").await.expect("ended"),
            2
        );
        assert!(!lives(&world, &three).await && lives(&world, &system).await);
        let again = from(&world, "wang", "192.0.2.1", FIREFOX).await;
        assert_eq!(
            code(sessions::end_all_of(&ctx(&world, &again), "system").await),
            Code::AccessDenied
        );
    })
    .await;
}
