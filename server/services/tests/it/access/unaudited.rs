//! What cannot be written into the audit is not done: with a table that takes no row each act is refused with an incident, and nothing of it stays.
//! Not here: refusals, which stand whether their row can be written or not (`watch`).

use futures::StreamExt as _;
use services::sessions::{self, SignIn};
use services::{Ctx, exports, tickets, users};
use shared::access::Role;
use shared::account::posts::GivePost;
use shared::fault::Fault;
use shared::query::{Sort, TicketFilter};
use shared::ticket::command::Reveal;

use crate::support::{Filed, World, ZJJ, a_complaint, on_each_database, said};

const PASSWORD: &str = "correct-Horse-7";

/// What writes a row: a change, a reveal, an export, a sign-in, a grant, an account.
const ACTS: [&str; 6] = [
    "register", "reveal", "export", "sign_in", "grant", "account",
];

async fn account(world: &World, username: &str) -> Result<(), Fault> {
    let command = users::Create {
        username: username.to_owned(),
        name: "王测试".to_owned(),
        unit: ZJJ.to_owned(),
        password: PASSWORD.to_owned(),
        given: false,
        roles: vec![Role::Handler],
    };
    users::create(&Ctx::system(&world.services), command)
        .await
        .map(drop)
}

async fn attempt(world: &World, act: &str, filed: &Filed) -> Result<(), Fault> {
    match act {
        "register" => tickets::register(&world.agent(), a_complaint())
            .await
            .map(drop),
        "reveal" => {
            let reason = said("核对来电人的联系方式。");
            tickets::reveal(&world.dispatcher(), filed.id, Reveal { reason })
                .await
                .map(drop)
        }
        "export" => {
            let whole = TicketFilter::default();
            let of = world.supervisor();
            let parts = exports::tickets_csv(&of, whole, Sort::AcceptedAsc, &[]).await?;
            let parts: Vec<_> = parts.collect().await;
            parts.into_iter().collect::<Result<Vec<_>, _>>().map(drop)
        }
        "sign_in" => {
            let command = SignIn {
                username: "wang".to_owned(),
                password: PASSWORD.to_owned(),
            };
            sessions::sign_in(&world.visitor(), command).await.map(drop)
        }
        "grant" => {
            let owner = Ctx::system(&world.services);
            users::give_post(&owner, "wang", GivePost::plain(Role::UnitLiaison))
                .await
                .map(drop)
        }
        _ => account(world, "zhang").await,
    }
}

/// The table takes no row from now on.
async fn close(world: &World) {
    if world.services.store().kind() == "sqlite" {
        world.tampers("create trigger audit_shut before insert on audit begin select raise(abort, 'shut'); end").await;
        return;
    }
    world.tampers("create function audit_shut() returns trigger language plpgsql as $$ begin raise exception 'shut'; end $$").await;
    world.tampers("create trigger audit_shut before insert on audit for each row execute function audit_shut()").await;
}

async fn open(world: &World) {
    let drop = if world.services.store().kind() == "sqlite" {
        "drop trigger audit_shut"
    } else {
        "drop trigger audit_shut on audit"
    };
    world.tampers(drop).await;
}

async fn tickets_there(world: &World) -> i64 {
    let db = world.services.store().reader();
    let filter = TicketFilter::default();
    let now = world.services.now();
    store::tickets::count_capped(&db, &shared::access::Scope::All, &filter, 1_000, now)
        .await
        .expect("counts")
}

#[tokio::test]
async fn an_act_that_the_audit_does_not_take_is_not_done() {
    on_each_database(|world| async move {
        account(&world, "wang").await.expect("the account is made");
        let filed = world.files(a_complaint()).await;
        let before = tickets_there(&world).await;
        close(&world).await;
        for act in ACTS {
            let fault = attempt(&world, act, &filed).await.expect_err(act);
            assert!(
                fault.status() >= 500 && fault.incident.is_some(),
                "{act}: {fault:?}"
            );
        }
        assert_eq!(
            tickets_there(&world).await,
            before,
            "nothing was registered"
        );
        let sessions = world.audited("session.sign_in").await;
        assert!(sessions.is_empty(), "nobody signed in: {sessions:?}");
        open(&world).await;
        // The same acts are good ones: whatever stayed behind would stand in their way.
        for act in ACTS {
            let done = attempt(&world, act, &filed).await;
            assert!(done.is_ok(), "{act}: {done:?}");
        }
        assert_eq!(tickets_there(&world).await, before + 1);
        for action in [
            "register",
            "reveal",
            "export.tickets",
            "session.sign_in",
            "role.grant",
        ] {
            let rows = world.audited(action).await;
            assert!(!rows.is_empty(), "{action} stands in the audit");
        }
    })
    .await;
}
