//! Notices to people of the house: written with the verb, delivered by the job to who has the role in the unit, never twice, never with what a
//! ticket says; read by their owner alone; sent by mail and text message to who wants that.
//! Not here: citizens' messages (`messages`).

use services::gateway::bell;
use services::{Ctx, jobs, tickets, users};
use shared::access::{Grants, Role, RoleCode};
use shared::account::posts::{ComposeRole, GivePost};
use shared::command::{Ticked, Version};
use shared::fault::Code;
use shared::notice::{NoticeChoice, NoticeKind, NoticeSettings};
use shared::ticket::command::Register;
use shared::ticket::verbs::Review;
use store::outbox::{Claim, Which};

use crate::support::{CENTRE, CGJ, Filed, World, ZJJ, a_complaint, on_each_database, said};

pub(super) async fn kinds(ctx: &Ctx) -> Vec<NoticeKind> {
    let page = bell::page(ctx, false, None, bell::PAGE)
        .await
        .expect("a page");
    page.items.into_iter().map(|notice| notice.kind).collect()
}

pub(super) async fn delivered(world: &World) {
    jobs::once(&world.services).await.expect("the jobs run");
}

async fn returned(world: &World, filed: &mut Filed) {
    let back = Review {
        version: Version(filed.version),
        pass: false,
        opinion: Some(said("未逐条答复")),
        cause: Some(said("vague")),
        checked: Vec::new(),
    };
    filed.took(tickets::act(&world.reviewer(), filed.id, back).await);
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story")]
async fn who_has_to_go_on_is_told_once_and_reads_it() {
    on_each_database(|world| async move {
        let liaison = world.hires(Role::UnitLiaison, ZJJ).await;
        let handler = world.hires(Role::Handler, ZJJ).await;
        let other = world.hires(Role::UnitLiaison, CGJ).await;
        let mut filed = world
            .files(Register {
                confidential: Ticked(true),
                ..a_complaint()
            })
            .await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        assert_eq!(bell::count(&liaison).await, Ok(0), "not before the job");
        delivered(&world).await;
        delivered(&world).await;
        assert_eq!(kinds(&liaison).await, [NoticeKind::Assigned]);
        assert_eq!(kinds(&handler).await, [NoticeKind::Assigned]);
        assert!(kinds(&other).await.is_empty());

        world.clock.advance_minutes(5);
        world.unit_answers(&mut filed, ZJJ).await;
        returned(&world, &mut filed).await;
        delivered(&world).await;
        assert_eq!(
            kinds(&liaison).await,
            [NoticeKind::Returned, NoticeKind::Assigned],
            "the newest first"
        );
        assert_eq!(bell::count(&handler).await, Ok(2));
        let page = bell::page(&liaison, true, None, 1).await.expect("a page");
        assert_eq!((page.items.len(), page.unread), (1, 2));
        let whole = serde_json::to_string(&page).expect("JSON");
        for secret in ["漏水", "金丝雀", "宁海路", "138"] {
            assert!(!whole.contains(secret), "{whole}");
        }
        let next = page.next_cursor.as_deref();
        let older = bell::page(&liaison, true, next, 1).await.expect("a page");
        assert_eq!(older.items[0].kind, NoticeKind::Assigned);
        assert_eq!(older.next_cursor, None);

        let foreign = bell::read(&other, Some(page.items[0].id)).await;
        assert_eq!(foreign.expect_err("not hers").code, Code::NotFound);
        bell::read(&liaison, Some(page.items[0].id))
            .await
            .expect("read");
        assert_eq!(bell::count(&liaison).await, Ok(1));
        bell::read(&liaison, None).await.expect("all");
        bell::read(&liaison, None).await.expect("again");
        assert_eq!(bell::count(&liaison).await, Ok(0));
        assert_eq!(
            bell::count(&handler).await,
            Ok(2),
            "everybody reads for himself"
        );
        let nobody = bell::count(&world.visitor()).await;
        assert_eq!(nobody.expect_err("nobody").code, Code::SignedOut);
    })
    .await;
}

#[tokio::test]
async fn an_own_role_is_told_what_those_are_whose_tasks_it_does() {
    on_each_database(|world| async move {
        let security = world.person(Role::SecurityAdmin, "320000-12345");
        let code = RoleCode::parse("night_liaison").expect("a code");
        let compose = ComposeRole {
            code: code.clone(),
            name: "夜班联络".to_owned(),
            name_en: "Night liaison".to_owned(),
            tasks: vec![Role::UnitLiaison],
            grants: Grants::read("ticket.view:unit assignment.sign:unit"),
            sight: None,
        };
        let composed = users::roles::compose(&security, compose).await;
        composed.expect("composed");
        let night = world.hires(Role::Analyst, ZJJ).await;
        let name = night.actor.username.clone();
        let post = GivePost::plain(code);
        users::give_post(&security, &name, post)
            .await
            .expect("given");
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        delivered(&world).await;
        assert_eq!(kinds(&night).await, [NoticeKind::Assigned]);
    })
    .await;
}

#[tokio::test]
async fn whoever_wants_it_gets_a_text_message_too_and_whoever_wants_nothing_nothing() {
    on_each_database(|world| async move {
        let liaison = world.hires(Role::UnitLiaison, ZJJ).await;
        let choice = |desk, sms| NoticeChoice {
            kind: NoticeKind::Assigned,
            desk,
            mail: false,
            sms,
        };
        let settings = |desk, sms, mobile: Option<&str>| NoticeSettings {
            choices: vec![choice(desk, sms)],
            mail: None,
            mobile: mobile.map(str::to_owned),
        };
        let refused = bell::choose(&liaison, settings(true, true, None)).await;
        let fault = refused.expect_err("no number");
        assert_eq!(
            (fault.fields[0].field.as_str(), fault.fields[0].code),
            ("mobile", Code::InputRequired)
        );
        let landline = bell::choose(&liaison, settings(true, true, Some("025-12345678"))).await;
        assert_eq!(
            landline.expect_err("no mobile").fields[0].code,
            Code::InputPhone
        );
        let kept = bell::choose(&liaison, settings(false, true, Some("139 0000 1111"))).await;
        let kept = kept.expect("kept");
        assert_eq!(kept.mobile.as_deref(), Some("13900001111"));
        assert_eq!(kept.choices.len(), NoticeKind::ALL.len());
        assert_eq!(bell::settings(&liaison).await, Ok(kept));

        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let now = world.services.now();
        let run = jobs::JOBS.iter().find(|job| job.name == "notices");
        let run = run.expect("the job");
        run.once(&world.services).await.expect("runs");
        assert!(kinds(&liaison).await.is_empty(), "not in the product");
        let claim = Claim {
            which: Which::Outside,
            now,
            until: shared::calendar::Instant(now.0 + 60_000),
            limit: 100,
        };
        let waiting = world
            .services
            .store()
            .write(move |tx| Box::pin(async move { store::outbox::claim(tx, claim).await }))
            .await
            .expect("the outbox is read");
        let staff: Vec<_> = waiting
            .iter()
            .map(|claimed| &claimed.message)
            .filter(|message| message.to == "13900001111")
            .collect();
        assert_eq!(staff.len(), 1, "{waiting:?}");
        assert!(
            staff[0].body.starts_with("【12345民声】工单3201"),
            "{}",
            staff[0].body
        );
        assert!(!staff[0].body.contains("漏水"), "{}", staff[0].body);
    })
    .await;
}

#[tokio::test]
async fn the_dispatcher_is_told_of_what_a_unit_asks_and_the_unit_of_the_ruling() {
    on_each_database(|world| async move {
        let liaison = world.hires(Role::UnitLiaison, ZJJ).await;
        let dispatcher = world.hires(Role::Dispatcher, CENTRE).await;
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let (id, version) = filed.at_unit(ZJJ);
        let back = shared::ticket::verbs::SendBack {
            version: Version(version),
            reason: shared::ticket::ReturnReason::WrongDuty,
            explanation: said("屋面维修由物业主管部门负责，不属于本单位职责。"),
            duty: None,
            basis: Some(said("市政府部门“三定”规定")),
            suggested_unit: None,
            cause: None,
        };
        filed.took(tickets::act(&world.liaison(ZJJ), id, back).await);
        let (id, version) = filed.at_unit(ZJJ);
        world.clock.advance_minutes(5);
        let rule = shared::ticket::verbs::Rule {
            version: Version(version),
            uphold: true,
            to: None,
            opinion: said("属于本单位职责，请继续办理。"),
            final_ruling: None,
        };
        filed.took(tickets::act(&world.dispatcher(), id, rule).await);
        delivered(&world).await;
        assert_eq!(kinds(&dispatcher).await, [NoticeKind::Asked]);
        assert_eq!(
            kinds(&liaison).await,
            [NoticeKind::Ruled, NoticeKind::Assigned]
        );
    })
    .await;
}
