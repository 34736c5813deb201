//! A form is never a dead end: a used key, a session that has ended, several faults at once; what was typed is there and there is a way on.
//! Deliberately absent: what only a browser can keep (`end2end`).
//! Read next: `person`, who reads forms off the page as a browser would.

use axum::http::StatusCode;

use crate::person::{Person, form};
use crate::support::{LEAD, World};

const FILED: [(&str, &str); 5] = [
    ("kind", "complaint"),
    (
        "content",
        "<b>中山路</b>一号门前的路灯三天不亮，晚上行人看不清路，请尽快派人修理。",
    ),
    ("city", "320100"),
    ("county", "320102"),
    ("citizen.phone", "13800138000"),
];

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

#[tokio::test]
async fn a_form_that_was_sent_before_with_other_words_can_be_sent_again() {
    let world = World::new().await;
    let page = world.get("/file", &[]).await;
    let (action, mut fields) = form(&page.text, "/file");
    let key = |fields: &[(String, String)]| -> String {
        let found = fields.iter().find(|(name, _)| name == "idempotency_key");
        found.expect("a form has a key").1.clone()
    };
    let first = key(&fields);
    fields.extend(FILED.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let sent = world.submit(&action, "", &pairs(&fields)).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    // Back in the browser, other words, the same key.
    for (name, value) in &mut fields {
        if name == "content" {
            *value = "另一件事：小区门口的井盖坏了，晚上容易摔倒，请尽快更换。".to_owned();
        }
    }
    let again = world.submit(&action, "", &pairs(&fields)).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains("井盖坏了"), "what was typed is there");
    let (_, back) = form(&again.text, "/file");
    assert_ne!(
        key(&back),
        first,
        "the page that comes back has a key of its own"
    );
    fields.retain(|(name, _)| name != "idempotency_key");
    fields.push(("idempotency_key".to_owned(), key(&back)));
    let sent = world.submit(&action, "", &pairs(&fields)).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
}

#[tokio::test]
async fn the_tracker_shows_what_the_citizen_gave() {
    let world = World::new().await;
    let page = world.get("/file", &[]).await;
    let (action, mut fields) = form(&page.text, "/file");
    fields.extend(FILED.map(|(name, value)| (name.to_owned(), value.to_owned())));
    fields.push(("address".to_owned(), "中山路一号".to_owned()));
    let sent = world.submit(&action, "", &pairs(&fields)).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let cookies = sent.cookies();
    let shown = world.get("/track/ticket", &[("cookie", &cookies)]).await;
    assert!(shown.text.contains("路灯三天不亮，晚上行人看不清路"));
    assert!(
        shown.text.contains("南京市玄武区 中山路一号"),
        "{}",
        shown.text
    );
    assert!(
        !shown.text.contains("<b>中山路</b>"),
        "typed markup stays text"
    );
}

/// A ticket that waits for this unit's answer.
async fn signed(world: &World) -> (Person<'_>, String) {
    let mut agent = Person::signed_in(world, "agent").await;
    let mut call = FILED.to_vec();
    call.extend([
        ("channel", "phone"),
        ("urgency", "normal"),
        ("identity", "open"),
    ]);
    let to = agent.does("/desk", "/desk", &call).await;
    let page = to.split('?').next().unwrap_or_default().to_owned();
    let mut dispatcher = Person::signed_in(world, "dispatcher").await;
    let fields = [
        ("lead", LEAD),
        ("category", "010101"),
        ("urgency", "normal"),
    ];
    let dispatch = format!("{page}/dispatch");
    dispatcher.does(&dispatch, "/dispatch", &fields).await;
    let mut handler = Person::signed_in(world, "handler").await;
    handler.does(&page, "/sign", &[]).await;
    (handler, page)
}

#[tokio::test]
async fn a_reply_is_told_all_its_faults_at_once() {
    let world = World::new().await;
    let (handler, page) = signed(&world).await;
    let answer = handler
        .sends(
            &page,
            "/reply",
            &[("handling", "太短"), ("public_reply", "好")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in [
        "办理情况",
        "给诉求人的答复",
        "诉求是否属实",
        "是否解决",
        "是否联系到诉求人",
    ] {
        assert!(
            answer.text.contains(&format!("{field}：")),
            "{field} is told in the first round"
        );
    }
    assert!(answer.text.contains("还有 5 处需要修改"));
}

#[tokio::test]
async fn a_session_that_ended_keeps_what_was_typed_and_goes_on() {
    let world = World::new().await;
    let (handler, page) = signed(&world).await;
    let html = handler.sees(&page).await;
    let (action, mut fields) = form(&html, "/reply");
    let typed = "已派维修队更换三盏路灯的灯头，并检查了整条线路的供电情况。";
    fields.push(("handling".to_owned(), typed.to_owned()));
    let ended = world.submit(&action, "", &pairs(&fields)).await;
    assert_eq!(ended.status, StatusCode::UNAUTHORIZED);
    assert!(ended.text.contains(typed), "what was typed is there");
    assert!(ended.text.contains("target=\"_blank\"") && ended.text.contains("再次提交"));
    // Signed in on another page, the same fields are sent from here.
    let (to, kept) = form(&ended.text, "/reply");
    let mut again: Vec<(String, String)> = kept;
    again.extend(
        [
            ("public_reply", "您好，三盏路灯已于今天修好，给您添麻烦了。"),
            ("fact_true", "true"),
            ("solved", "yes"),
            ("contacted", "yes"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned())),
    );
    let sent = world.submit(&to, handler.cookies(), &pairs(&again)).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
}

#[tokio::test]
async fn pages_name_what_failed_and_which_clock_runs() {
    let world = World::new().await;
    let (handler, page) = signed(&world).await;
    let filter = handler.reads("/tickets?state=nonsense").await;
    assert!(filter.text.contains("条件有误") && filter.text.contains("筛选条件“状态”"));
    assert!(!filter.text.contains("没有提交成功"));
    assert_eq!(
        filter.text.matches("<h1").count(),
        1,
        "one heading of the page"
    );
    let lookup = [("ticket_no", "3201002026030101000009"), ("code", "000000")];
    let lookup = world.submit("/track", "", &lookup).await;
    assert!(lookup.text.contains("没有查到"), "{}", lookup.text);
    let wrong = [("username", "handler"), ("password", "wrong")];
    let wrong = world.submit("/sign-in", "", &wrong).await;
    assert!(wrong.text.contains("没有登录成功"));
    let tasks = handler.sees("/tasks").await;
    assert!(
        tasks.contains("答复还剩") || tasks.contains("答复 "),
        "{tasks}"
    );
    assert!(handler.sees(&page).await.contains("main-action"));
    assert!(handler.sees("/account").await.contains("南京市城市管理局"));
    let home = world.get("/", &[]).await;
    assert!(home.text.contains("<meta name=\"description\""));
}

#[tokio::test]
async fn reviewers_see_the_reply_beside_their_decision_and_the_reply_is_no_direct_answer() {
    let world = World::new().await;
    let (mut handler, page) = signed(&world).await;
    let told = "您好，中山路一号门前的三盏路灯已于今天修好，给您添麻烦了。";
    let reply = [
        (
            "handling",
            "已派维修队更换三盏路灯的灯头，并检查了整条线路的供电情况。",
        ),
        ("public_reply", told),
        ("fact_true", "true"),
        ("solved", "yes"),
        ("contacted", "yes"),
    ];
    handler.does(&page, "/reply", &reply).await;
    let mut head = Person::signed_in(&world, "unit.reviewer").await;
    let beside = |html: &str| {
        let form = html.split("class=\"decided\"").nth(1);
        form.is_some_and(|rest| rest.contains(told))
    };
    assert!(beside(&head.sees(&page).await));
    head.does(&page, "/unit-review", &[("pass", "yes")]).await;
    let mut reviewer = Person::signed_in(&world, "reviewer").await;
    assert!(beside(&reviewer.sees(&page).await));
    reviewer.does(&page, "/review", &[("pass", "yes")]).await;
    let mut caller = Person::signed_in(&world, "caller").await;
    let answers = [
        ("channel", "call"),
        ("connected", "yes"),
        ("staff_contacted", "yes"),
        ("report_true", "yes"),
        ("solved", "yes"),
        ("satisfaction", "satisfied"),
    ];
    caller.does(&page, "/follow-up", &answers).await;
    let next = caller.sees(&format!("{page}?done=follow-up")).await;
    let open = next
        .split("<details open class=\"fold act\"")
        .nth(1)
        .or_else(|| next.split("class=\"fold act\" open").nth(1));
    assert!(
        open.is_some_and(|rest| rest
            .split("</details>")
            .next()
            .unwrap_or_default()
            .contains("/close\"")),
        "after the call closing stands open"
    );
    // What the page reads comes along in scripts, for the browser code.
    let shown: String = next
        .split("<script")
        .map(|part| part.split_once("</script>").map_or(part, |(_, rest)| rest))
        .collect();
    let places: Vec<&str> = shown
        .match_indices(told)
        .filter_map(|(at, _)| shown.get(at.saturating_sub(300)..at))
        .collect();
    assert_eq!(places.len(), 1, "the reply is shown once: {places:#?}");
    assert!(!next.contains(">直接答复</h2>"));
}

/// The address of the questionnaire that waits to be sent.
async fn questionnaire(world: &World) -> String {
    use shared::calendar::Instant;
    use store::outbox::{Claim, Which, claim};

    let services = &world.state.services;
    let now = services.now();
    let all = Claim {
        which: Which::Outside,
        now,
        until: Instant(now.0 + 1),
        limit: 100,
    };
    let store = services.store();
    let claimed = store.write(move |tx| Box::pin(async move { claim(tx, all).await }));
    let claimed = claimed.await.expect("the outbox is read");
    let mut bodies = claimed.iter().map(|it| it.message.body.as_str());
    let behind = bodies.find_map(|body| Some(body.split_once("/rate/")?.1));
    let token: String = behind
        .expect("one was written")
        .chars()
        .take_while(char::is_ascii_hexdigit)
        .collect();
    format!("/rate/{token}")
}

#[tokio::test]
async fn a_caller_takes_a_ticket_and_the_citizen_answers_by_text_message_without_script() {
    let world = World::new().await;
    let (mut handler, page) = signed(&world).await;
    let reply = [
        (
            "handling",
            "已派维修队更换三盏路灯的灯头，并检查了整条线路的供电情况。",
        ),
        (
            "public_reply",
            "您好，中山路一号门前的三盏路灯已于今天修好，给您添麻烦了。",
        ),
        ("fact_true", "true"),
        ("solved", "yes"),
        ("contacted", "yes"),
    ];
    handler.does(&page, "/reply", &reply).await;
    let mut head = Person::signed_in(&world, "unit.reviewer").await;
    head.does(&page, "/unit-review", &[("pass", "yes")]).await;
    let mut reviewer = Person::signed_in(&world, "reviewer").await;
    reviewer.does(&page, "/review", &[("pass", "yes")]).await;

    let mut caller = Person::signed_in(&world, "caller").await;
    let pool = caller.sees("/follow-ups").await;
    assert!(pool.contains(&page), "it waits in the pool");
    let to = caller.does("/follow-ups", "/follow-ups/next", &[]).await;
    assert_eq!(to, page);
    let mine = caller.sees("/follow-ups?shelf=mine").await;
    assert!(mine.contains("/return\""), "it can be given back");
    let call = [("channel", "call"), ("connected", "no")];
    caller.does(&page, "/follow-up", &call).await;
    let shown = caller.sees(&page).await;
    assert!(
        shown.contains("无人接听") && shown.contains("短信评价邀请"),
        "what came of it, and what was sent"
    );

    let address = questionnaire(&world).await;
    let seen = world.get(&address, &[]).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.text);
    assert!(seen.text.contains("评价办理情况") && !seen.text.contains("路灯"));
    let (action, mut fields) = form(&seen.text, &address);
    let sent = world.submit(&action, "", &pairs(&fields)).await;
    assert_eq!(
        sent.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "four answers"
    );
    let answers = [
        ("staff_contacted", "yes"),
        ("report_true", "yes"),
        ("solved", "yes"),
        ("satisfaction", "satisfied"),
    ];
    fields.extend(answers.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let sent = world.submit(&action, "", &pairs(&fields)).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let thanks = world.get(sent.header("location"), &[]).await;
    assert!(thanks.text.contains("谢谢，评价已收到"), "{}", thanks.text);
    let again = world.get(&address, &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.text.contains("这份评价已提交过"), "{}", again.text);
    let closed = caller.sees(&page).await;
    assert!(closed.contains("已办结") && closed.contains("短信评价"));
}

#[tokio::test]
async fn a_paper_form_is_drawn_printed_entered_and_voided_without_script() {
    let world = World::new().await;
    let mut agent = Person::signed_in(&world, "agent").await;
    let block = agent.does("/paper", "/paper", &[("count", "2")]).await;
    assert!(block.starts_with("/paper-blocks/"), "{block}");
    let sheets = agent.sees(&block).await;
    let first = "32010020260303Z001";
    assert!(
        sheets.contains(first) && sheets.contains("受理时间"),
        "{sheets}"
    );
    assert!(agent.sees("/paper").await.contains(first));

    world.clock.advance_minutes(5);
    let mut call = vec![
        ("channel", "phone"),
        ("identity", "open"),
        ("urgency", ""),
        ("paper_no", first),
    ];
    call.extend(FILED);
    let refused = agent.sends("/desk", "/desk", &call).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text.contains(&format!("value=\"{first}\"")),
        "it is there"
    );
    call.push(("done_at", "2026-03-03T10:02"));
    let to = agent.does("/desk", "/desk", &call).await;
    let page = to.split('?').next().unwrap_or_default().to_owned();
    let seen = agent.sees(&page).await;
    assert!(
        seen.contains("纸质补录") && seen.contains(first),
        "flagged, and told in the history"
    );

    let refused = agent.sends("/paper", "Z002/void", &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let why = [("reason", "打印不清")];
    agent.does("/paper", "Z002/void", &why).await;
    let voided = agent.sees("/paper?state=voided").await;
    assert!(voided.contains("打印不清"), "{voided}");
    assert!(!agent.sees("/paper").await.contains(first), "none waits");
}
