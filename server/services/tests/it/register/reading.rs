//! A published revision that people are asked to read: whoever works in its area is told, and again until he has read it.
//! Not here: publishing itself (this module's other files).

use services::gateway::bell;
use services::register::{self, Publishing, Reading, reading};
use services::{Ctx, jobs};
use shared::access::Role;
use shared::fault::Code;
use shared::notice::NoticeKind;
use shared::register::ListCode;

use super::{BASE, code, day, drafted, limit, published, publisher, row};
use crate::approvals::story::hire;
use crate::support::{CENTRE, World, ZJJ, on_each_database};

const TICKET: &str = "ticket/-/-/-/-/-";
const LIST: (ListCode, &str) = (ListCode::Limits, BASE);

async fn runs(world: &World, names: &[&str]) {
    for name in names {
        let job = jobs::JOBS.iter().find(|job| job.name == *name);
        let job = job.expect("a job");
        job.once(&world.services).await.expect("it runs");
    }
}

async fn told(ctx: &Ctx) -> usize {
    let page = bell::page(ctx, false, None, 50).await.expect("notices");
    let rules = page.items.iter();
    rules.filter(|it| it.kind == NoticeKind::RuleToRead).count()
}

/// A published revision of the limits; its number.
async fn new_limits(world: &World) -> i32 {
    let cells = limit("ticket", "2");
    let version = drafted(world, ListCode::Limits, Some(TICKET), &cells).await;
    let done = published(world, ListCode::Limits, version, None, false).await;
    done.expect("published").number
}

#[tokio::test]
async fn who_works_there_is_told_until_it_is_read() {
    on_each_database(|world| async move {
        let handler = hire(&world, Role::Handler, ZJJ).await;
        let security = hire(&world, Role::SecurityAdmin, CENTRE).await;
        let number = new_limits(&world).await;
        let ctx = publisher(&world);
        let note = || "受理办结时限改为两个工作日".to_owned();
        let silent = reading::ask(&ctx, LIST, (number, "  ".to_owned()), None).await;
        let fault = silent.expect_err("nothing said");
        assert_eq!(fault.fields[0].code, Code::InputRequired);
        let other = reading::ask(&ctx, LIST, (number + 7, note()), None).await;
        assert_eq!(code(&other.expect_err("none")), Code::NotFound);
        let denied = reading::ask(&handler, LIST, (number, note()), None).await;
        assert_eq!(code(&denied.expect_err("no right")), Code::AccessDenied);
        let id = reading::ask(&ctx, LIST, (number, note()), None).await;
        let id = id.expect("asked");

        runs(&world, &["rules", "notices"]).await;
        assert_eq!((told(&handler).await, told(&security).await), (1, 0));
        let mine = reading::mine(&handler, None).await.expect("mine");
        assert_eq!((mine.items[0].id, mine.items[0].number), (id, number));
        assert!(mine.items[0].read_at.is_none() && mine.asked.is_empty());
        world.clock.advance_minutes(4 * 24 * 60);
        runs(&world, &["clock", "rules", "notices"]).await;
        world.clock.advance_minutes(20);
        runs(&world, &["clock", "rules", "notices"]).await;
        assert_eq!(told(&handler).await, 2, "told again");

        let foreign = reading::read(&security, id).await;
        assert_eq!(code(&foreign.expect_err("not asked")), Code::NotFound);
        reading::read(&handler, id).await.expect("read");
        reading::read(&handler, id).await.expect("noted once");
        assert_eq!(world.audited("register.read").await.len(), 1);
        world.clock.advance_minutes(4 * 24 * 60);
        runs(&world, &["clock", "rules", "notices"]).await;
        world.clock.advance_minutes(20);
        runs(&world, &["clock", "rules", "notices"]).await;
        assert_eq!(told(&handler).await, 2, "and no more");

        let page = reading::readers(&ctx, id, None).await.expect("readers");
        assert!(page.asked.read == 1 && page.asked.people >= 1);
        let name = &handler.actor.username;
        let row = page.items.iter().find(|it| it.username == *name);
        assert!(row.is_some_and(|it| it.read_at.is_some()), "{page:?}");
        let denied = reading::readers(&handler, id, None).await;
        assert_eq!(code(&denied.expect_err("no right")), Code::AccessDenied);
    })
    .await;
}

#[tokio::test]
async fn asked_again_it_reaches_who_came_since() {
    on_each_database(|world| async move {
        let first = hire(&world, Role::Handler, ZJJ).await;
        let number = new_limits(&world).await;
        let ctx = publisher(&world);
        let what = || (number, "请阅知".to_owned());
        let id = reading::ask(&ctx, LIST, what(), None).await.expect("asked");
        reading::read(&first, id).await.expect("read");
        let second = hire(&world, Role::UnitLiaison, ZJJ).await;
        let again = reading::ask(&ctx, LIST, what(), None).await;
        assert_eq!(again.expect("asked again"), id);
        runs(&world, &["rules", "notices"]).await;
        assert_eq!((told(&first).await, told(&second).await), (0, 1));
        let mine = reading::mine(&first, None).await.expect("mine");
        assert!(mine.items[0].read_at.is_some(), "stays read");
    })
    .await;
}

/// Publishes new limits that people must read, until a day.
fn order(version: i32, read_by: &str) -> Publishing {
    Publishing {
        version,
        note: Some("受理办结时限改为两个工作日".to_owned()),
        reading: Some(Reading {
            read_by: Some(day(read_by)),
        }),
        ..Publishing::default()
    }
}

#[tokio::test]
async fn publishing_asks_to_read_at_once_and_the_last_day_is_told() {
    on_each_database(|world| async move {
        let handler = hire(&world, Role::Handler, ZJJ).await;
        let cells = limit("ticket", "2");
        let version = drafted(&world, LIST.0, Some(TICKET), &cells).await;
        let ctx = publisher(&world);
        let past = register::publish(&ctx, LIST, order(version, "2026-01-01")).await;
        assert_eq!(code(&past.expect_err("past")), Code::InputDay);
        let silent = Publishing {
            note: None,
            ..order(version, "2026-12-01")
        };
        let silent = register::publish(&ctx, LIST, silent).await;
        assert_eq!(code(&silent.expect_err("silent")), Code::InputRequired);
        let today = world.services.now().date();
        let last = shared::calendar::days_after(today, 1).to_string();
        let done = register::publish(&ctx, LIST, order(version, &last)).await;
        let done = done.expect("published with what is to be read");
        runs(&world, &["rules", "notices"]).await;
        assert_eq!(told(&handler).await, 1, "one transaction, one notice");
        let mine = reading::mine(&handler, None).await.expect("mine");
        let one = &mine.items[0];
        assert_eq!((one.number, one.is_late), (done.number, false));
        assert!(one.due_at.is_some());

        // In the morning of the last day, before three days are over.
        world.clock.advance_minutes(24 * 60 + 12 * 60);
        runs(&world, &["clock", "rules", "notices"]).await;
        world.clock.advance_minutes(20);
        runs(&world, &["clock", "rules", "notices"]).await;
        assert_eq!(told(&handler).await, 2, "told on the last day");
        world.clock.advance_minutes(24 * 60);
        let mine = reading::mine(&handler, None).await.expect("mine");
        assert!(mine.items[0].is_late);
    })
    .await;
}

#[tokio::test]
async fn how_often_people_are_reminded_is_a_setting() {
    on_each_database(|world| async move {
        let handler = hire(&world, Role::Handler, ZJJ).await;
        let daily = row(&[("name", "reading.again_days"), ("value", "1")]);
        let key = Some("reading.again_days");
        let version = drafted(&world, ListCode::Settings, key, &daily).await;
        let set = published(&world, ListCode::Settings, version, None, false).await;
        set.expect("published");
        let number = new_limits(&world).await;
        let note = (number, "请阅知".to_owned());
        let asked = reading::ask(&publisher(&world), LIST, note, None).await;
        asked.expect("asked");
        runs(&world, &["rules", "notices"]).await;
        world.clock.advance_minutes(25 * 60);
        runs(&world, &["clock", "rules", "notices"]).await;
        world.clock.advance_minutes(20);
        runs(&world, &["clock", "rules", "notices"]).await;
        assert_eq!(told(&handler).await, 2, "after a day");
    })
    .await;
}
