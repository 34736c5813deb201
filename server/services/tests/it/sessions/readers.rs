//! Who can see a ticket: people with the posts that reach it and why, and those whom a rule keeps out, page by page.
//! Not here: the decisions themselves (`shared::access`, `access`).
//! Each answer is compared with what the person sees on asking.

use services::users::readers::{self, LookAt};
use services::users::{self};
use services::{Ctx, tickets};
use shared::access::{PersonalField, PostState, Role, ScopeKind, Shown};
use shared::account::posts::GivePost;
use shared::account::readers::{KeptOut, TicketReader};
use shared::calendar::Instant;
use shared::command::Ticked;
use shared::fault::Code;
use shared::ticket::Channel;
use shared::ticket::command::Register;

use super::factor::set;
use super::roles::{arrives, next};
use crate::support::{
    CENTRE, CGJ, Filed, SUZHOU_CENTRE, World, ZJJ, a_complaint, on_each_database,
};

fn look(filed: &Filed) -> LookAt {
    LookAt::first(filed.claim.ticket_no.to_string())
}

async fn told(ctx: &Ctx, filed: &Filed) -> Vec<TicketReader> {
    readers::page(ctx, look(filed)).await.expect("told").items
}

fn of<'a>(all: &'a [TicketReader], username: &str) -> Option<&'a TicketReader> {
    all.iter().find(|reader| reader.username == username)
}

async fn holds(world: &World, username: &str, unit: &str, role: Role) -> String {
    let token = arrives(world, username, unit).await;
    users::give_post(
        &Ctx::system(&world.services),
        username,
        GivePost::plain(role),
    )
    .await
    .expect("given");
    token
}

#[tokio::test]
async fn the_people_who_see_a_ticket_are_told_with_the_reason_and_nobody_else() {
    on_each_database(|world| async move {
        set(&world, "none").await;
        let mut tokens = Vec::new();
        for (username, unit, role) in [
            ("agent_own", CENTRE, Role::Agent),
            ("dispatcher", CENTRE, Role::Dispatcher),
            ("elsewhere", SUZHOU_CENTRE, Role::Dispatcher),
            ("lead_unit", ZJJ, Role::Handler),
            ("other_unit", CGJ, Role::Handler),
            ("province", "320000-12345", Role::ProvincialManager),
            ("system", "320000-12345", Role::SystemAdmin),
        ] {
            tokens.push((username, holds(&world, username, unit, role).await));
        }
        let agent = next(&world.services, &tokens[0].1).await;
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let security = world.person(Role::SecurityAdmin, "320000-12345");
        let all = told(&security, &filed).await;
        for (username, token) in &tokens {
            let sees = tickets::get(&next(&world.services, token).await, filed.id)
                .await
                .is_ok();
            let told = of(&all, username);
            assert_eq!(told.is_some_and(|reader| reader.sees), sees, "{username}");
            assert_eq!(told.is_some(), sees, "{username}");
        }
        let dispatcher = of(&all, "dispatcher").expect("told");
        assert_eq!(dispatcher.ways[0].scope, ScopeKind::City);
        assert!(dispatcher.may_reveal && dispatcher.kept_out.is_empty());
        let phone = dispatcher.fields.iter();
        let phone = phone.filter(|it| it.field == PersonalField::Phone);
        assert!(phone.map(|it| it.shown).eq([Shown::Masked]));
        assert_eq!(
            of(&all, "lead_unit").expect("told").ways[0].scope,
            ScopeKind::Unit
        );
        // The agent sees what the agent registered, and nobody else's.
        let call = Register {
            channel: Some(Channel::Phone),
            ..a_complaint()
        };
        let own = tickets::register(&agent, call).await;
        let own = own.expect("registered");
        let page = readers::page(&security, LookAt::first(own.ticket_no.to_string())).await;
        let page = page.expect("told");
        assert_eq!(
            of(&page.items, "agent_own").expect("told").ways[0].scope,
            ScopeKind::Own
        );
        assert!(of(&page.items, "lead_unit").is_none());
    })
    .await;
}

#[tokio::test]
async fn rules_that_keep_somebody_out_are_told() {
    on_each_database(|world| async move {
        set(&world, "none").await;
        let confidential = Register {
            confidential: Ticked(true),
            ..a_complaint()
        };
        let mut filed = world.files(confidential).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        for (username, unit, role) in [
            ("handler", ZJJ, Role::Handler),
            ("frozen", CENTRE, Role::Dispatcher),
            ("asleep", CENTRE, Role::Dispatcher),
        ] {
            holds(&world, username, unit, role).await;
        }
        let security = world.person(Role::SecurityAdmin, "320000-12345");
        let owner = Ctx::system(&world.services);
        users::set_active(&owner, "frozen", false)
            .await
            .expect("closed");
        users::end_post(&security, "asleep", 1, None)
            .await
            .expect("taken back");
        let later = GivePost {
            from: Some(Instant(world.services.now().0 + 600_000)),
            ..GivePost::plain(Role::Dispatcher)
        };
        users::give_post(&Ctx::system(&world.services), "asleep", later)
            .await
            .expect("given");
        let page = readers::page(&security, look(&filed)).await.expect("told");
        assert!(page.discreet);
        let kept_out = |username: &str| {
            let reader = of(&page.items, username).expect("told");
            (reader.sees, reader.kept_out.clone())
        };
        assert_eq!(kept_out("handler"), (true, vec![KeptOut::Confidential]));
        assert_eq!(kept_out("frozen"), (false, vec![KeptOut::Closed]));
        assert_eq!(kept_out("asleep"), (false, vec![KeptOut::Asleep]));
        let asleep = of(&page.items, "asleep").expect("told");
        assert_eq!(asleep.ways[0].state, PostState::Waits);
        // That somebody looked at who sees a confidential ticket stands in the audit.
        assert_eq!(world.audited("ticket.readers").await.len(), 1);
        let text = serde_json::to_string(&page).expect("json");
        assert!(!text.contains("金丝雀") && !text.contains("漏水"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn pages_follow_each_other_and_only_who_may_is_told() {
    on_each_database(|world| async move {
        set(&world, "none").await;
        for n in 0..5 {
            holds(&world, &format!("desk_{n}"), CENTRE, Role::Dispatcher).await;
        }
        let filed = world.files(a_complaint()).await;
        let auditor = world.person(Role::Auditor, "320000-12345");
        let (mut cursor, mut names) = (None, Vec::new());
        loop {
            let look = LookAt {
                cursor: cursor.take(),
                limit: 2,
                ..look(&filed)
            };
            let page = readers::page(&auditor, look).await.expect("told");
            names.extend(page.items.into_iter().map(|reader| reader.username));
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        names.retain(|name| name.starts_with("desk_"));
        assert_eq!(names, ["desk_0", "desk_1", "desk_2", "desk_3", "desk_4"]);
        assert!(
            readers::page(&world.supervisor(), look(&filed))
                .await
                .is_ok()
        );
        let code = async |ctx: &Ctx, look: LookAt| {
            let page = readers::page(ctx, look).await;
            page.expect_err("refused").code
        };
        assert_eq!(
            code(&world.supervisor_of_suzhou(), look(&filed)).await,
            Code::NotFound
        );
        for stranger in [world.agent(), world.handler(ZJJ), world.visitor()] {
            let told = code(&stranger, look(&filed)).await;
            assert!(matches!(told, Code::AccessDenied | Code::SignedOut));
        }
        let no = LookAt::first("320100".to_owned());
        let fault = readers::page(&auditor, no).await.expect_err("no number");
        assert_eq!(fault.fields[0].code, Code::InputCode);
        assert_eq!(fault.fields[0].facts["length"], "6");
    })
    .await;
}
