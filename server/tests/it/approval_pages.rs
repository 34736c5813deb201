//! The pages of approvals without script: an application goes its whole road by the forms that stand on the pages.
//! Deliberately absent: rules of each verb (tests of `services`), the process owner's pages (`process_pages`).
//! Read next: `person`.

use axum::http::StatusCode;

use crate::person::{Person, form};
use crate::support::World;

/// The sample's start form, filled in.
pub const PERMIT: [(&str, &str); 7] = [
    ("title", "中山路天桥检修占道"),
    ("fields.applicant", "南京市城管局"),
    ("fields.project", "天桥检修"),
    ("fields.place", "中山路一号"),
    ("fields.days", "5"),
    ("fields.reviewers", "supervisor, caller"),
    ("fields.vote", "all"),
];

/// Files the sample; the approval's own page.
pub async fn filed(person: &mut Person<'_>) -> String {
    let page = "/approvals/new/permit-sample";
    let to = person.does(page, page, &PERMIT).await;
    to.split('?').next().unwrap_or_default().to_owned()
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn an_approval_goes_its_whole_road_without_script() {
    let world = World::new().await;
    let mut initiator = Person::signed_in(&world, "handler").await;
    let choice = initiator.sees("/approvals/new").await;
    assert!(choice.contains("/approvals/new/permit-sample") && !choice.contains("ticket-main"));
    let wrong = [
        ("title", "短"),
        ("fields.days", "很多"),
        ("fields.reviewers", "nobody"),
    ];
    let page = "/approvals/new/permit-sample";
    let refused = initiator.sends(page, page, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = filed(&mut initiator).await;
    let shown = initiator.sees(&format!("{page}?done=start")).await;
    assert!(shown.contains("已提交申请") && shown.contains("中山路天桥检修占道"));
    assert!(
        initiator
            .sees("/approvals?shelf=started")
            .await
            .contains(&page)
    );

    let mut intake = Person::signed_in(&world, "second.handler").await;
    assert!(intake.sees("/approvals").await.contains(&page), "a to-do");
    intake
        .does(
            &page,
            "/ask-correction",
            &[("missing", "请补充交通组织方案。")],
        )
        .await;
    let asked = initiator.sees(&page).await;
    assert!(asked.contains("请补充交通组织方案") && asked.contains("需要补正"));
    let correction = [
        ("note", "已补充方案。"),
        ("fields.applicant", "南京市城管局"),
        ("fields.project", "天桥检修（含交通组织）"),
        ("fields.place", "中山路一号"),
        ("fields.days", "6"),
        ("fields.reviewers", "supervisor, caller"),
        ("fields.vote", "all"),
    ];
    initiator.does(&page, "/correct", &correction).await;
    assert!(intake.sees(&page).await.contains("含交通组织"));

    let signer = [
        ("user", "other.handler"),
        ("place", "before"),
        ("note", "请看路面"),
    ];
    intake.does(&page, "/add-signer", &signer).await;
    assert!(
        !intake.sees(&page).await.contains("/decide\""),
        "it waits behind the signer"
    );
    let mut signer = Person::signed_in(&world, "other.handler").await;
    let agreed = [("approved", "yes"), ("opinion", "路面可以")];
    signer.does(&page, "/decide", &agreed).await;
    intake
        .does(
            &page,
            "/decide",
            &[("approved", "yes"), ("fields.checked_on", "2026-03-03")],
        )
        .await;
    for username in ["supervisor", "caller"] {
        let mut voter = Person::signed_in(&world, username).await;
        let to = voter.does(&page, "/decide", &[("approved", "yes")]).await;
        assert!(to.ends_with("?done=approve"));
    }
    let mut decider = Person::signed_in(&world, "unit.reviewer").await;
    let back = [("to", "previous"), ("opinion", "请再会签一次。")];
    decider.does(&page, "/reject", &back).await;
    for username in ["supervisor", "caller"] {
        let mut voter = Person::signed_in(&world, username).await;
        voter.does(&page, "/decide", &[("approved", "yes")]).await;
    }
    decider.does(&page, "/decide", &[("approved", "yes")]).await;
    let flow = decider.sees(&format!("{page}/flow")).await;
    assert!(flow.contains("<svg") && flow.contains("was-here"));
    let told = initiator.sees(&page).await;
    for words in ["请再会签一次", "路面可以", "前加签", "驳回"] {
        assert!(told.contains(words), "the history tells {words}");
    }
}

#[tokio::test]
async fn what_was_typed_and_why_it_was_refused_stand_at_the_form() {
    let world = World::new().await;
    let mut initiator = Person::signed_in(&world, "handler").await;
    let page = "/approvals/new/permit-sample";
    let mut typed = PERMIT;
    (typed[4].1, typed[5].1) = ("很多", "nobody.here");
    let refused = initiator.sends(page, page, &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text.contains("id=\"fields.days-error\""),
        "{}",
        refused.text
    );
    assert!(refused.text.contains("工期（天）：") && refused.text.contains("value=\"很多\""));
    assert!(refused.text.contains("id=\"fields.reviewers-error\""));

    let page = filed(&mut initiator).await;
    let intake = Person::signed_in(&world, "second.handler").await;
    let refused = intake.sends(&page, "/decide", &[("approved", "no")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("意见：") && refused.text.contains("href=\"#approve-"));
    let lacking = [("papers", "道路平面图"), ("working_days", "几天")];
    let refused = intake.sends(&page, "/accept-lacking", &lacking).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("道路平面图") && refused.text.contains("working_days-error"));

    let owner = Person::signed_in(&world, "manager").await;
    let bad = [("variables", "days = 3"), ("reason", "改工期")];
    let refused = owner.sends(&page, "/set-variables", &bad).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("variables-error") && refused.text.contains("days = 3"));
}

#[tokio::test]
async fn the_slower_one_is_told_and_a_second_click_changes_nothing() {
    let world = World::new().await;
    let mut initiator = Person::signed_in(&world, "handler").await;
    let start = "/approvals/new/permit-sample";
    let (action, mut fields) = form(&initiator.sees(start).await, start);
    fields.extend(PERMIT.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let first = world.submit(&action, initiator.cookies(), &fields).await;
    let second = world.submit(&action, initiator.cookies(), &fields).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text);
    assert_eq!(first.header("location"), second.header("location"));

    let page = filed(&mut initiator).await;
    let intake = Person::signed_in(&world, "second.handler").await;
    let (action, mut fields) = form(&intake.sees(&page).await, "/decide");
    initiator
        .does(
            &page,
            "/copy",
            &[("users", "caller，agent"), ("note", "请阅")],
        )
        .await;
    fields.push(("approved".to_owned(), "yes".to_owned()));
    fields.push(("opinion".to_owned(), "我写的意见".to_owned()));
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let late = world.submit(&action, intake.cookies(), &fields).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.text);
    assert!(late.text.contains("这个办件刚被别人处理过") && late.text.contains("我写的意见"));
    let reader = Person::signed_in(&world, "agent").await;
    assert!(reader.sees("/approvals?shelf=copied").await.contains(&page));
}

#[tokio::test]
async fn hand_over_suspend_papers_and_cancel_have_their_forms() {
    let world = World::new().await;
    let mut initiator = Person::signed_in(&world, "handler").await;
    let page = filed(&mut initiator).await;
    let mut intake = Person::signed_in(&world, "second.handler").await;
    intake.does(&page, "/claim", &[]).await;
    intake.does(&page, "/release", &[]).await;
    intake
        .does(
            &page,
            "/transfer",
            &[("user", "other.handler"), ("note", "请代办")],
        )
        .await;
    let mut other = Person::signed_in(&world, "other.handler").await;
    other
        .does(&page, "/delegate", &[("user", "second.handler")])
        .await;
    intake
        .does(
            &page,
            "/decide",
            &[("approved", "yes"), ("opinion", "可以")],
        )
        .await;
    let mut owner = Person::signed_in(&world, "manager").await;
    let due = [("due_on", "2026-03-20"), ("reason", "等待图纸")];
    owner.does(&page, "/change-due", &due).await;
    owner
        .does(&page, "/suspend", &[("reason", "等待听证")])
        .await;
    let stopped = initiator.sees(&page).await;
    assert!(stopped.contains("已挂起") && stopped.contains("等待听证"));
    owner.does(&page, "/resume", &[]).await;
    let lacking = [("papers", "道路平面图\n保险单"), ("working_days", "5")];
    other.does(&page, "/accept-lacking", &lacking).await;
    initiator
        .does(&page, "/supply#1", &[("note", "已交")])
        .await;
    assert!(initiator.sees(&page).await.contains("已补齐"));
    let values = [("variables", "{\"days\": 9}"), ("reason", "改工期")];
    owner.does(&page, "/set-variables", &values).await;
    let jump = [("go", "decide"), ("reason", "会签已在线下完成")];
    owner.does(&page, "/jump", &jump).await;
    initiator
        .does(&page, "/cancel", &[("reason", "不再施工")])
        .await;
    let over = initiator.sees(&page).await;
    assert!(over.contains("已撤销") && !over.contains("/cancel\""));
}

#[tokio::test]
async fn approvals_are_for_those_who_may() {
    let world = World::new().await;
    let mut initiator = Person::signed_in(&world, "handler").await;
    let page = filed(&mut initiator).await;
    let stranger = Person::signed_in(&world, "other.handler").await;
    for path in [
        page.clone(),
        format!("{page}/flow"),
        "/approvals/nonsense".to_owned(),
    ] {
        assert_eq!(
            stranger.reads(&path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    for path in ["/processes", "/processes/permit-sample"] {
        assert_eq!(
            stranger.reads(path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let agent = Person::signed_in(&world, "agent").await;
    assert_eq!(
        agent.reads("/approvals/new").await.status,
        StatusCode::FORBIDDEN
    );
    assert!(
        agent
            .sees("/approvals")
            .await
            .contains("没有等您办理的办件")
    );
}

#[tokio::test]
async fn what_a_case_holds_of_persons_is_masked_until_a_reason_is_given() {
    let world = World::new().await;
    let mut initiator = Person::signed_in(&world, "handler").await;
    let new = "/approvals/new/permit-sample";
    let mut typed = PERMIT.to_vec();
    typed.push(("fields.applicant_phone", "13800001234"));
    let to = initiator.does(new, new, &typed).await;
    let page = to.split('?').next().unwrap_or_default().to_owned();
    let masked = |html: &str| html.contains("138****1234") && !html.contains("13800001234");
    assert!(masked(&initiator.sees(&page).await));
    let mut intake = Person::signed_in(&world, "second.handler").await;
    assert!(masked(&intake.sees(&page).await));
    let refused = intake.sends(&page, "/reveal", &[("reason", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(masked(&refused.text));
    let to = intake
        .does(&page, "/reveal", &[("reason", "电话核对材料")])
        .await;
    assert!(intake.sees(&to).await.contains("13800001234"));
    let decider = Person::signed_in(&world, "unit.reviewer").await;
    let seen = decider.sees(&page).await;
    assert!(
        masked(&seen) && !seen.contains("/reveal"),
        "no right, no form"
    );
}
