//! Bounds and locks hold for several servers together, for calls that come at once, and across a restart; whoever tries elsewhere is not touched.
//! Not here: what each lock is (`strangers`), calls over HTTP (the server's tests).

use std::sync::Arc;

use futures::future::join_all;
use services::sessions::{self, SignIn};
use services::tries::{self, Limits, Try};
use services::{Ctx, SeededIds, Services, public};
use shared::access::Role;
use shared::fault::{Code, Fault};

use super::{PASSWORD, code, has_account};
use crate::support::{World, a_complaint, on_each_database};

/// Servers on the world's database, each with a memory of its own.
async fn servers(world: &World, limits: &Limits) -> Vec<Services> {
    let mut servers = Vec::new();
    for seed in [901, 902] {
        let mut config = world.services.config().clone();
        config.limits = limits.clone();
        let ids = Arc::new(SeededIds::new(seed));
        let opened = Services::open_with(config, world.clock.clone(), ids).await;
        servers.push(opened.expect("a server opens"));
    }
    servers
}

/// Somebody at a server.
fn at(services: &Services, ip: &str) -> Ctx {
    Ctx {
        ip: Some(ip.to_owned()),
        ..Ctx::visitor(services)
    }
}

fn many<T>(results: &[Result<T, Fault>], code: Option<Code>) -> usize {
    let is_so = |it: &&Result<T, Fault>| it.as_ref().err().map(|fault| fault.code) == code;
    results.iter().filter(is_so).count()
}

/// So many tries at once, in turn at each server; how many went through.
async fn tries_at_once(servers: &[Services], ip: &str, what: Try) -> usize {
    let tries = servers.iter().cycle().take(16).map(|server| {
        let ctx = at(server, ip);
        async move { tries::count(&ctx, what).await }
    });
    let done = join_all(tries).await;
    let through = many(&done, None);
    assert_eq!(
        many(&done, Some(Code::RateLimited)),
        16 - through,
        "{done:?}"
    );
    through
}

#[tokio::test]
async fn an_address_has_its_tries_once_whatever_server_it_asks() {
    on_each_database(|world| async move {
        let limits = Limits {
            sign_in: 5,
            filing: 3,
            lookup: 4,
            drafts: 2,
            free_mb: 0,
            ..Limits::default()
        };
        let servers = servers(&world, &limits).await;
        for (what, most) in [
            (Try::SignIn, 5),
            (Try::Filing, 3),
            (Try::LookUp, 4),
            (Try::Draft, 2),
        ] {
            let through = tries_at_once(&servers, "198.51.100.7", what).await;
            assert_eq!(through, most, "{what:?}");
            let elsewhere = at(&servers[0], "192.0.2.5");
            tries::count(&elsewhere, what)
                .await
                .expect("another address has its own");
        }
        // A restart forgets nothing.
        let again = self::servers(&world, &limits).await;
        let refused = tries::count(&at(&again[0], "198.51.100.7"), Try::SignIn).await;
        assert_eq!(code(refused), Code::RateLimited);
        world.clock.advance_minutes(1);
        tries::count(&at(&again[0], "198.51.100.7"), Try::SignIn)
            .await
            .expect("a minute later");
    })
    .await;
}

#[tokio::test]
async fn everybodys_look_ups_and_a_days_megabytes_are_bounded_together() {
    on_each_database(|world| async move {
        let limits = Limits {
            lookup_all: 6,
            photo_mb: 10,
            free_mb: 0,
            ..Limits::default()
        };
        let servers = servers(&world, &limits).await;
        let mut through = 0;
        for n in 0..16 {
            let ctx = at(&servers[n % 2], &format!("198.51.100.{n}"));
            through += usize::from(tries::count(&ctx, Try::LookUp).await.is_ok());
        }
        assert_eq!(through, 6);
        assert_eq!(world.audited("lookup.flood").await.len(), 1, "one alarm");
        for server in &servers {
            let ctx = at(server, "198.51.100.7");
            tries::count_bytes(&ctx, 4 << 20)
                .await
                .expect("eight of ten");
        }
        for server in &servers {
            let ctx = at(server, "198.51.100.7");
            let refused = tries::count_bytes(&ctx, 4 << 20).await;
            assert_eq!(code(refused), Code::RateLimited);
        }
    })
    .await;
}

#[tokio::test]
async fn a_lock_counts_what_both_servers_heard_and_touches_nobody_elsewhere() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Agent]).await;
        let filed = world.files(a_complaint()).await;
        let servers = servers(&world, &Limits::default()).await;
        let signs_in = |server: &Services, ip: &str, password: &str| {
            let ctx = at(server, ip);
            let command = SignIn {
                username: "wang".to_owned(),
                password: password.to_owned(),
            };
            async move { sessions::sign_in(&ctx, command).await }
        };
        let wrong = servers.iter().cycle().take(16);
        let wrong = wrong.map(|server| signs_in(server, "198.51.100.7", "wrong-Horse-7"));
        let done = join_all(wrong).await;
        assert_eq!(many(&done, Some(Code::SignInWrong)), 5);
        assert_eq!(many(&done, Some(Code::SignInLocked)), 11);
        for server in &servers {
            let locked = signs_in(server, "198.51.100.7", PASSWORD).await;
            assert_eq!(code(locked), Code::SignInLocked);
            signs_in(server, "192.0.2.5", PASSWORD)
                .await
                .expect("the owner, from elsewhere");
        }

        let looks = servers.iter().cycle().take(16).map(|server| {
            let (ctx, claim) = (at(server, "198.51.100.7"), filed.wrong_claim());
            async move { public::lookup(&ctx, claim).await }
        });
        let done = join_all(looks).await;
        assert_eq!(many(&done, Some(Code::LookupWrong)), 5);
        assert_eq!(many(&done, Some(Code::LookupLocked)), 11);
        for server in &servers {
            public::lookup(&at(server, "192.0.2.5"), filed.claim.clone())
                .await
                .expect("the citizen, from elsewhere");
        }
    })
    .await;
}
