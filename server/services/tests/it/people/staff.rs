//! Staff from tables: looked at, refused line by line, taken as a whole, with links and with posts that wait for who may grant.
//! Not here: bytes of workbooks (`services::sheet::book`).

use services::sessions::{self, SignIn};
use services::users::life::{self as lives, LookForRequests};
use services::users::{self, StaffTable};
use services::{Ctx, sheet};
use shared::access::Role;
use shared::account::life::{AccountAct, AccountState};
use shared::account::staff::{MOST_PEOPLE, StaffReport};
use shared::fault::{Code, Fault};

use super::{Admins, agree, roles_of, sheet as sheet_of};
use crate::support::{World, on_each_database};

async fn take(ctx: &Ctx, text: &str, only_look: bool) -> Result<StaffReport, Fault> {
    let table = StaffTable {
        text: text.to_owned(),
        encoding: "UTF-8".to_owned(),
        only_look,
    };
    users::take_staff(ctx, table).await
}

async fn is_there(world: &World, username: &str) -> bool {
    let db = world.services.store().reader();
    let found = store::users::find_by_name(&db, username)
        .await
        .expect("read");
    found.is_some()
}

const GOOD: &str = "人员名单,,,,\n用户名,姓名,单位,角色,有效期至\nzhao,赵一,南京市住房保障和房产局,经办人、承办单位联络员,\nqian,钱二,320100-ZJJ,handler,2026-12-31\nsun,孙三,320100-CGJ,,\n";

#[tokio::test]
async fn people_are_looked_at_then_made_and_choose_their_passwords_by_link() {
    on_each_database(|world| async move {
        let owner = Ctx::system(&world.services);
        let looked = take(&owner, GOOD, true).await.expect("looked at");
        assert_eq!(
            (looked.lines, looked.new, looked.refused),
            (3, 3, 0),
            "{looked:?}"
        );
        assert!(!looked.is_taken && looked.people.is_empty());
        assert!(!is_there(&world, "zhao").await, "nothing is written");

        let made = take(&owner, GOOD, false).await.expect("taken");
        assert!(made.is_taken && made.people.len() == 3 && made.requests == 0);
        assert_eq!(
            roles_of(&world, "zhao").await,
            [Role::UnitLiaison, Role::Handler]
        );
        let zhao = made
            .people
            .iter()
            .find(|it| it.username == "zhao")
            .expect("told");
        let token = zhao.link.split("token=").nth(1).expect("a token");
        let visitor = world.visitor();
        users::reset(&visitor, token, "new-Horse-77")
            .await
            .expect("chosen");
        let command = SignIn {
            username: "zhao".to_owned(),
            password: "new-Horse-77".to_owned(),
        };
        sessions::sign_in(&visitor, command)
            .await
            .expect("signs in");
        let again = users::reset(&visitor, token, "other-Horse-77").await;
        assert_eq!(again.expect_err("used").code, Code::ResetGone);

        // The same file once more changes nothing.
        let again = take(&owner, GOOD, false).await.expect("taken");
        assert_eq!((again.new, again.same, again.people.len()), (0, 3, 0));
    })
    .await;
}

#[tokio::test]
async fn whoever_may_not_grant_makes_accounts_and_the_posts_wait() {
    on_each_database(|world| async move {
        let admins = Admins::hired(&world).await;
        let made = take(&admins.system, GOOD, false).await.expect("taken");
        assert_eq!((made.people.len(), made.requests), (3, 2));
        assert_eq!(roles_of(&world, "zhao").await, []);
        let denied = take(&admins.security, GOOD, true).await;
        assert_eq!(
            denied.expect_err("makes no accounts").code,
            Code::AccessDenied
        );

        let open = lives::requests(&admins.security, LookForRequests::default())
            .await
            .expect("a page");
        assert_eq!(open.items.len(), 2);
        for request in &open.items {
            assert_eq!(request.kind, AccountAct::Grant);
            let own = agree(&admins.system, request).await;
            assert_eq!(own.expect_err("asked for it").code, Code::AccessDenied);
            agree(&admins.security, request).await.expect("granted");
        }
        assert_eq!(
            roles_of(&world, "zhao").await,
            [Role::UnitLiaison, Role::Handler]
        );
        let history = sheet_of(&world, "zhao").await.history;
        let told: Vec<_> = history.iter().map(|line| line.kind.as_str()).collect();
        assert_eq!(told, ["granted", "made"]);
    })
    .await;
}

#[tokio::test]
async fn lines_that_cannot_be_taken_are_told_and_nothing_is_written() {
    on_each_database(|world| async move {
        let owner = Ctx::system(&world.services);
        take(&owner, "user,name,unit\nlisi,李四,320100-ZJJ\n", false)
            .await
            .expect("taken");
        let text = "用户名,姓名,单位,角色,有效期至\n\
            good,好人,320100-ZJJ,handler,\n\
            GOOD,重名,320100-ZJJ,,\n\
            ab,短,320100-ZJJ,,\n\
            wuwu,吴五,不存在局,,\n\
            zheng,郑六,320100-ZJJ,市长,\n\
            wang,=1+1,320100-ZJJ,,\n\
            feng,冯七,320100-ZJJ,auditor、handler,\n\
            chen,陈八,320100-ZJJ,handler,2020-01-01\n\
            lisi,李四,320100-CGJ,,\n";
        let report = take(&owner, text, false).await.expect("read");
        let told: Vec<_> = report
            .wrong
            .iter()
            .map(|line| (line.line, line.column.as_str(), line.code))
            .collect();
        assert_eq!(
            told,
            [
                (3, "username", Code::InputTaken),
                (4, "username", Code::InputTooShort),
                (5, "unit", Code::InputUnit),
                (6, "roles", Code::InputCode),
                (7, "name", Code::InputCharacters),
                (8, "roles", Code::RoleExcluded),
                (9, "until", Code::InputPeriod),
                (10, "username", Code::AccountDiffers),
            ]
        );
        assert!(!report.is_taken && report.refused == 8);
        assert!(!is_there(&world, "good").await, "nothing half-written");

        let many = "u,n\n".repeat(3);
        let fault = take(&owner, &many, false)
            .await
            .expect_err("no table of people");
        assert_eq!(fault.code, Code::ImportMapping);
        let mut long = String::from("用户名,姓名,单位\n");
        for n in 0..=MOST_PEOPLE {
            long.push_str(&format!("user{n},某人,320100-ZJJ\n"));
        }
        let fault = take(&owner, &long, true).await.expect_err("too long");
        assert_eq!(fault.code, Code::RegisterTooMany);
    })
    .await;
}

#[tokio::test]
async fn a_gbk_file_is_read_like_any_other() {
    on_each_database(|world| async move {
        let (bytes, _, _) =
            encoding_rs::GBK.encode("用户名;姓名;单位\nzhou;周九;南京市城市管理局\n");
        let (text, encoding) = sheet::text::decode(&bytes).expect("GBK");
        assert!(encoding.starts_with("GBK"));
        let owner = Ctx::system(&world.services);
        let report = take(&owner, &text, false).await.expect("taken");
        assert!(report.is_taken && report.new == 1);
        assert_eq!(sheet_of(&world, "zhou").await.row.state, AccountState::Open);
    })
    .await;
}
