//! The life of an account: asked for, approved, granted, enabled; changed, frozen, resumed, cancelled; and who may do none of it.
//! Not here: open tasks (`hand_over`), the clock (`still`).

use services::sessions;
use services::users;
use services::users::life::{self as lives, Answer, Freeze};
use shared::access::Role;
use shared::account::life::{AccountAct, AccountRequestState, AccountState};
use shared::fault::Code;

use super::{Admins, agree, asked, roles_of, sheet};
use crate::approvals::story::hire;
use crate::support::{CENTRE, CGJ, SUZHOU_ZJJ, World, ZJJ, on_each_database};

fn code<T: std::fmt::Debug>(result: Result<T, shared::fault::Fault>) -> Code {
    result.expect_err("refused").code
}

/// An account through its first three steps.
async fn opened(world: &World, admins: &Admins) -> String {
    let request = lives::ask(
        &admins.liaison,
        asked(AccountAct::Open, "zhao.xin", &[Role::Handler]),
    )
    .await
    .expect("asked for");
    let approved = agree(&admins.leader, &request).await.expect("approved");
    let granted = agree(&admins.security, &approved.request)
        .await
        .expect("granted");
    let done = agree(&admins.system, &granted.request)
        .await
        .expect("enabled");
    assert_eq!(done.request.state, AccountRequestState::Done);
    assert_eq!(roles_of(world, "zhao.xin").await, [Role::Handler]);
    done.link.expect("a link, once").link
}

#[tokio::test]
async fn an_account_goes_through_four_hands_and_its_history_says_so() {
    on_each_database(|world| async move {
        let admins = Admins::hired(&world).await;
        let link = opened(&world, &admins).await;
        let token = link.split("token=").nth(1).expect("a token").to_owned();
        users::reset(&world.visitor(), &token, "new-Horse-77")
            .await
            .expect("chosen");
        let found = sheet(&world, "zhao.xin").await;
        let told: Vec<_> = found
            .history
            .iter()
            .map(|line| line.kind.as_str())
            .collect();
        assert_eq!(told, ["granted", "made"]);
        assert_eq!(world.audited("account.approve").await.len(), 1);
        assert_eq!(world.audited("account.enable").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_takes_two_steps_or_decides_about_himself() {
    on_each_database(|world| async move {
        let admins = Admins::hired(&world).await;
        // The leader asks himself: another one must approve.
        let own = lives::ask(
            &admins.leader,
            asked(AccountAct::Open, "qian", &[Role::Handler]),
        )
        .await
        .expect("asked for");
        assert!(!own.may_decide && own.may_withdraw);
        assert_eq!(code(agree(&admins.leader, &own).await), Code::AccountSelf);
        // Neither granted before it is approved, nor by whoever only enables.
        assert_eq!(
            code(agree(&admins.security, &own).await),
            Code::AccessDenied
        );
        assert_eq!(code(agree(&admins.auditor, &own).await), Code::AccessDenied);
        // Somebody of another department does not see it at all.
        let other = hire(&world, Role::UnitReviewer, CGJ).await;
        assert_eq!(code(agree(&other, &own).await), Code::NotFound);
        // About himself.
        let about = lives::ask(
            &admins.liaison,
            asked(AccountAct::Freeze, &admins.liaison.actor.username, &[]),
        )
        .await;
        assert_eq!(code(about), Code::AccountSelf);
        let about = lives::ask(
            &admins.liaison,
            asked(AccountAct::Cancel, &admins.leader.actor.username, &[]),
        )
        .await
        .expect("asked for");
        assert_eq!(code(agree(&admins.leader, &about).await), Code::AccountSelf);
        let taken_back = lives::withdraw(&admins.liaison, about.id, about.version)
            .await
            .expect("taken back");
        assert_eq!(taken_back.state, AccountRequestState::Withdrawn);
        // One thing at a time.
        let twice = lives::ask(
            &admins.liaison,
            asked(AccountAct::Open, "qian", &[Role::Handler]),
        )
        .await;
        assert_eq!(code(twice), Code::AccountRequestOpen);
    })
    .await;
}

#[tokio::test]
async fn nobody_gives_what_reaches_further_than_himself() {
    on_each_database(|world| async move {
        let admins = Admins::hired(&world).await;
        let wide = lives::ask(
            &admins.liaison,
            asked(AccountAct::Open, "sun", &[Role::Dispatcher]),
        )
        .await
        .expect("asked for");
        assert_eq!(code(agree(&admins.leader, &wide).await), Code::AccountAbove);
        let chief = hire(&world, Role::CentreLeader, CENTRE).await;
        agree(&chief, &wide).await.expect("the centre's leader may");
        let elsewhere = lives::ask(
            &admins.liaison,
            services::users::life::AskAccount {
                unit: Some(SUZHOU_ZJJ.to_owned()),
                ..asked(AccountAct::Open, "li.si", &[Role::Handler])
            },
        )
        .await
        .expect_err("another city");
        assert_eq!(elsewhere.fields[0].code, Code::InputUnit);
        let joined = lives::ask(
            &admins.liaison,
            asked(AccountAct::Open, "li.si", &[Role::Auditor, Role::Handler]),
        )
        .await
        .expect_err("kept apart");
        assert_eq!(joined.fields[0].code, Code::RoleExcluded);
    })
    .await;
}

#[tokio::test]
async fn two_who_answer_at_once_are_told_apart_by_the_version() {
    on_each_database(|world| async move {
        let admins = Admins::hired(&world).await;
        let request = lives::ask(
            &admins.liaison,
            asked(AccountAct::Open, "zhou", &[Role::Handler]),
        )
        .await
        .expect("asked for");
        agree(&admins.leader, &request).await.expect("approved");
        assert_eq!(
            code(agree(&admins.security, &request).await),
            Code::VersionStale
        );
        let no_reason = Answer {
            version: request.version + 1,
            agrees: false,
            answer: None,
        };
        let fault = lives::decide(&admins.security, request.id, no_reason)
            .await
            .expect_err("why");
        assert_eq!(fault.fields[0].code, Code::InputRequired);
        let refused = Answer {
            version: request.version + 1,
            agrees: false,
            answer: Some("岗位已满".to_owned()),
        };
        let done = lives::decide(&admins.security, request.id, refused)
            .await
            .expect("refused");
        assert_eq!(done.request.state, AccountRequestState::Refused);
        assert_eq!(done.request.answer.as_deref(), Some("岗位已满"));
    })
    .await;
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn a_change_takes_the_old_posts_away_and_a_frozen_account_is_out_at_the_next_request() {
    on_each_database(|world| async move {
        let admins = Admins::hired(&world).await;
        let link = opened(&world, &admins).await;
        let token = link.split("token=").nth(1).expect("a token").to_owned();
        users::reset(&world.visitor(), &token, "new-Horse-77")
            .await
            .expect("chosen");
        let signed_in = sessions::sign_in(
            &world.visitor(),
            sessions::SignIn {
                username: "zhao.xin".to_owned(),
                password: "new-Horse-77".to_owned(),
            },
        )
        .await
        .expect("signs in");
        let change = lives::ask(
            &admins.liaison,
            asked(AccountAct::Change, "zhao.xin", &[Role::UnitLiaison]),
        )
        .await
        .expect("asked for");
        let approved = agree(&admins.leader, &change).await.expect("approved");
        let done = agree(&admins.security, &approved.request)
            .await
            .expect("done");
        assert_eq!(done.request.state, AccountRequestState::Done);
        assert_eq!(roles_of(&world, "zhao.xin").await, [Role::UnitLiaison]);
        sessions::authenticate(&world.services, &signed_in.access_token)
            .await
            .expect("still signed in, with the new posts");

        let version = sheet(&world, "zhao.xin").await.version;
        let stale = Freeze {
            version: version - 1,
            reason: "手机遗失".to_owned(),
        };
        let fault = lives::freeze(&admins.system, "zhao.xin", stale).await;
        assert_eq!(code(fault), Code::VersionStale);
        let command = Freeze {
            version,
            reason: "手机遗失".to_owned(),
        };
        lives::freeze(&admins.system, "zhao.xin", command)
            .await
            .expect("frozen");
        assert_eq!(
            code(sessions::authenticate(&world.services, &signed_in.access_token).await),
            Code::SignedOut
        );
        assert_eq!(
            sheet(&world, "zhao.xin").await.row.state,
            AccountState::Frozen
        );

        let resume = lives::ask(&admins.liaison, asked(AccountAct::Resume, "zhao.xin", &[]))
            .await
            .expect("asked for");
        let approved = agree(&admins.leader, &resume).await.expect("approved");
        agree(&admins.system, &approved.request)
            .await
            .expect("resumed");
        assert_eq!(
            sheet(&world, "zhao.xin").await.row.state,
            AccountState::Open
        );
        assert_eq!(
            code(sessions::authenticate(&world.services, &signed_in.access_token).await),
            Code::SignedOut,
            "old sessions stay ended"
        );

        let cancel = lives::ask(&admins.liaison, asked(AccountAct::Cancel, "zhao.xin", &[]))
            .await
            .expect("asked for");
        let approved = agree(&admins.leader, &cancel).await.expect("approved");
        agree(&admins.system, &approved.request)
            .await
            .expect("closed");
        let closed = sheet(&world, "zhao.xin").await;
        assert_eq!(closed.row.state, AccountState::Closed);
        assert_eq!(closed.history[0].kind.as_str(), "closed");
        let again = lives::ask(&admins.liaison, asked(AccountAct::Change, "zhao.xin", &[])).await;
        assert_eq!(code(again), Code::AccountNotNow);
    })
    .await;
}

#[tokio::test]
async fn the_last_of_a_kind_of_administrator_stays() {
    on_each_database(|world| async move {
        let admins = Admins::hired(&world).await;
        let system = services::Ctx::system(&world.services);
        for ctx in [&admins.security, &admins.auditor] {
            let name = &ctx.actor.username;
            let command = Freeze {
                version: sheet(&world, name).await.version,
                reason: "离岗".to_owned(),
            };
            let fault = lives::freeze(&admins.system, name, command).await;
            assert_eq!(code(fault), Code::RoleLast, "{name}");
            let fault = users::set_active(&system, name, false).await;
            assert_eq!(code(fault), Code::RoleLast, "{name}");
        }
        let own = Freeze {
            version: 1,
            reason: "离岗".to_owned(),
        };
        let fault = lives::freeze(&admins.system, &admins.system.actor.username, own).await;
        assert_eq!(code(fault), Code::AccountSelf);
        hire(&world, Role::Auditor, ZJJ).await;
        users::set_active(&system, &admins.auditor.actor.username, false)
            .await
            .expect("another one is there");
    })
    .await;
}
