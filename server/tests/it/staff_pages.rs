//! The staff's pages without script: the whole road of a ticket by reading pages and posting the forms that stand on them.
//! Deliberately absent: rules of each verb (tests of `services`), how pages look (`end2end`).
//! Read next: `person`, who reads forms off the page as a browser would.

use axum::http::StatusCode;

use crate::person::{Person, form};
use crate::support::{LEAD, OTHER, World};

const CALL: [(&str, &str); 9] = [
    ("citizen.phone", "13800138000"),
    ("citizen.name", "王小明"),
    ("channel", "phone"),
    ("kind", "complaint"),
    (
        "content",
        "中山路一号门前的路灯三天不亮，晚上行人看不清路，请尽快派人修理。",
    ),
    ("city", "320100"),
    ("county", "320102"),
    ("urgency", "normal"),
    ("identity", "open"),
];

/// Registers at the desk; the ticket's own page.
async fn registered(agent: &mut Person<'_>) -> String {
    let to = agent.does("/desk", "/desk", &CALL).await;
    to.split('?').next().unwrap_or_default().to_owned()
}

async fn dispatched(world: &World, page: &str, unit: &str) {
    let mut dispatcher = Person::signed_in(world, "dispatcher").await;
    let fields = [
        ("lead", unit),
        ("category", "010101"),
        ("urgency", "normal"),
    ];
    dispatcher
        .does(&format!("{page}/dispatch"), "/dispatch", &fields)
        .await;
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story")]
async fn a_ticket_goes_its_whole_road_without_script() {
    let world = World::new().await;
    let mut agent = Person::signed_in(&world, "agent").await;
    let page = registered(&mut agent).await;
    let shown = agent.sees(&format!("{page}?done=register")).await;
    assert!(shown.contains("请告诉来电人") && shown.contains("已登记"));
    assert!(shown.contains("138****8000"), "masked");

    let mut dispatcher = Person::signed_in(&world, "dispatcher").await;
    let tasks = dispatcher.sees("/tasks").await;
    assert!(tasks.contains(&page), "the to-do leads to the ticket");
    let choice = dispatcher.sees(&format!("{page}/dispatch")).await;
    assert!(choice.contains("南京市城市管理局") && choice.contains("签收"));
    let without = dispatcher
        .sends(
            &format!("{page}/dispatch"),
            "/dispatch",
            &[("advice", "请尽快")],
        )
        .await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.text.contains("请尽快"), "what was typed is kept");
    dispatched(&world, &page, OTHER).await;

    let mut wrong = Person::signed_in(&world, "other.handler").await;
    let why = [
        ("reason", "wrong_duty"),
        ("explanation", "路灯由城市管理部门负责，不属于本单位职责。"),
        ("basis", "市政府部门“三定”规定"),
        ("suggested_unit", LEAD),
    ];
    wrong.does(&page, "/send-back", &why).await;
    let ruling = [
        ("uphold", "no"),
        ("to", LEAD),
        ("opinion", "同意，改派城管。"),
    ];
    dispatcher.does(&page, "/rule", &ruling).await;

    let mut handler = Person::signed_in(&world, "handler").await;
    handler.does(&page, "/sign", &[]).await;
    let more = [
        ("reason", "works"),
        ("days", "3"),
        (
            "explanation",
            "灯头已订货，须等到货后更换，已电话告知诉求人。",
        ),
    ];
    handler.does(&page, "/extend", &more).await;
    let tasks = dispatcher.sees("/tasks?verb=rule-extension").await;
    assert!(tasks.contains(&page), "the to-do leads to the ticket");
    let given = [("grant", "yes"), ("days", "2"), ("opinion", "请抓紧。")];
    dispatcher.does(&page, "/rule-extension", &given).await;
    let shown = handler.sees(&page).await;
    assert!(shown.contains("批准延期 2 个工作日"), "why this time");
    assert!(shown.contains("已延期") && shown.contains("请抓紧"));
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
    let answers = [
        ("channel", "call"),
        ("connected", "yes"),
        ("staff_contacted", "yes"),
        ("report_true", "yes"),
        ("solved", "yes"),
        ("satisfaction", "satisfied"),
    ];
    caller.does(&page, "/follow-up", &answers).await;
    caller.does(&page, "/close", &[]).await;

    let supervisor = Person::signed_in(&world, "supervisor").await;
    let closed = supervisor.sees(&page).await;
    assert!(closed.contains("已办结") && closed.contains("退单") && closed.contains("满意"));
    let list = supervisor.sees("/tickets?state=CLOSED").await;
    assert!(list.contains(&page) && list.contains("共 1 件"));
    let report = supervisor
        .sees("/reports/overview?from=2026-03-01&to=2026-03-31")
        .await;
    assert!(report.contains("/tickets?") && report.contains("100.00 %"));
    let cube = supervisor
        .sees("/reports/cube?from=2026-03-01&to=2026-03-31&show=accepted,satisfied&by=kind")
        .await;
    assert!(cube.contains("cell=satisfied.n.") && cube.contains("100.00 %"));
    assert!(cube.contains("样本不足"), "one ticket says little");
    let cell = "/tickets?cell=accepted.n.2026-03-01.2026-03-31.state:CL";
    let list = supervisor.sees(cell).await;
    assert!(list.contains(&page) && list.contains("共 1 件"));
    let catalogue = supervisor.sees("/measures").await;
    assert!(catalogue.contains("按时办结率") && catalogue.contains("话务系统"));
    let frozen = supervisor.sees("/reports/frozen").await;
    assert!(frozen.contains("没有固化数据"));
}

#[tokio::test]
async fn what_was_done_yesterday_is_entered_without_script() {
    let world = World::new().await;
    let mut agent = Person::signed_in(&world, "agent").await;
    let page = registered(&mut agent).await;
    dispatched(&world, &page, LEAD).await;
    // Ten minutes are enough for a signature on paper, and keep everybody signed in.
    world.clock.advance_minutes(10);
    let mut handler = Person::signed_in(&world, "handler").await;
    let shown = handler.sees(&page).await;
    assert!(shown.contains("补录") && shown.contains("name=\"done_at\""));
    let early = handler
        .sends(&page, "/sign", &[("done_at", "2026-03-03T09:30")])
        .await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    let told = early.text.contains("不能早于 2026-03-03 10:00");
    assert!(
        told && early.text.contains("2026-03-03T09:30"),
        "{}",
        early.text
    );
    handler
        .does(&page, "/sign", &[("done_at", "2026-03-03T10:05")])
        .await;
    let shown = handler.sees(&page).await;
    assert!(
        shown.contains("办理于") && shown.contains("录入于"),
        "both times"
    );
}

#[tokio::test]
async fn whoever_was_slower_is_told_and_loses_nothing() {
    let world = World::new().await;
    let mut agent = Person::signed_in(&world, "agent").await;
    let page = registered(&mut agent).await;
    let dispatcher = Person::signed_in(&world, "dispatcher").await;
    let html = dispatcher.sees(&format!("{page}/dispatch")).await;
    let (action, hidden) = form(&html, "/dispatch");
    dispatched(&world, &page, LEAD).await;
    let mut fields: Vec<(&str, &str)> = hidden
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fields.extend([
        ("lead", OTHER),
        ("category", "010101"),
        ("advice", "我写的意见"),
    ]);
    let answer = world.submit(&action, dispatcher.cookies(), &fields).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.text);
    assert!(
        answer.text.contains("没有办成") && answer.text.contains("我写的意见"),
        "it says what has happened and keeps what was typed: {}",
        answer.text
    );
}

#[tokio::test]
async fn a_citizen_is_shown_in_clear_for_a_reason_and_ten_minutes() {
    let world = World::new().await;
    let mut agent = Person::signed_in(&world, "agent").await;
    let page = registered(&mut agent).await;
    let short = agent.sends(&page, "/reveal", &[("reason", "看")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let masked = agent.sees(&page).await;
    assert!(!masked.contains("13800138000"));
    agent
        .does(&page, "/reveal", &[("reason", "需要回拨核实地址")])
        .await;
    let clear = agent.sees(&page).await;
    assert!(clear.contains("13800138000") && clear.contains("watermark"));
    world.clock.advance_minutes(11);
    assert!(!agent.sees(&page).await.contains("13800138000"));
}

#[tokio::test]
async fn a_look_at_a_citizen_belongs_to_one_session() {
    let world = World::new().await;
    let mut agent = Person::signed_in(&world, "agent").await;
    let page = registered(&mut agent).await;
    agent
        .does(&page, "/reveal", &[("reason", "需要回拨核实地址")])
        .await;
    assert!(agent.sees(&page).await.contains("13800138000"));
    let look = agent
        .cookies()
        .split("; ")
        .find(|cookie| cookie.starts_with("__Host-reveal="))
        .expect("the look is a cookie")
        .to_owned();
    // The same person elsewhere, and somebody else at the same browser.
    for username in ["agent", "dispatcher"] {
        let other = Person::signed_in(&world, username).await;
        let cookies = format!("{}; {look}", other.cookies());
        let answer = world.get(&page, &[("cookie", &cookies)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{username}");
        assert!(!answer.text.contains("13800138000"), "{username}");
    }
}

#[tokio::test]
async fn signing_out_clears_what_the_browser_keeps() {
    let world = World::new().await;
    let person = Person::signed_in(&world, "agent").await;
    let whole = "\"cache\", \"storage\"";
    let body = r#"{"posted":{"path":"/sign-out","fields":[]}}"#;
    let headers = [
        ("cookie", person.cookies()),
        ("content-type", "application/json"),
        ("sec-fetch-site", "same-origin"),
    ];
    let asked = crate::support::request("POST", "/fn/form", &headers, body.into());
    let by_script = world.send(asked).await;
    assert_eq!(by_script.header("clear-site-data"), whole);
    let person = Person::signed_in(&world, "agent").await;
    let plain = world.submit("/sign-out", person.cookies(), &[]).await;
    assert_eq!(plain.status, StatusCode::SEE_OTHER);
    assert_eq!(plain.header("clear-site-data"), whole);
    let language = world.submit("/language", "", &[("language", "en")]).await;
    assert_eq!(language.header("clear-site-data"), "");
}

#[tokio::test]
async fn pages_are_for_those_who_may() {
    let world = World::new().await;
    let visitor = world.get("/tasks", &[]).await;
    assert_eq!(visitor.status, StatusCode::UNAUTHORIZED);
    assert!(visitor.text.contains("/sign-in?next="));
    let handler = Person::signed_in(&world, "handler").await;
    for path in ["/desk", "/reports/overview", "/reports/cube", "/measures"] {
        assert_eq!(
            handler.reads(path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let mut agent = Person::signed_in(&world, "agent").await;
    let page = registered(&mut agent).await;
    assert_eq!(
        handler.reads(&page).await.status,
        StatusCode::NOT_FOUND,
        "outside the scope it does not exist"
    );
    assert_eq!(
        agent.reads("/tickets?state=NONSENSE").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert!(agent.sees("/account").await.contains("登记工单"));
}

#[tokio::test]
async fn the_desk_finds_the_callers_earlier_tickets_without_script() {
    let world = World::new().await;
    let mut agent = Person::signed_in(&world, "agent").await;
    registered(&mut agent).await;
    let step = [("citizen.phone", "13800138000"), ("step", "related")];
    let answer = agent.sends("/desk", "/desk", &step).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert!(answer.text.contains("同一电话") && answer.text.contains("repeat_of"));
    let mut again: Vec<(&str, &str)> = CALL.to_vec();
    let number = answer
        .text
        .split("name=\"repeat_of\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a number to link");
    again.push(("repeat_of", number));
    let to = agent.does("/desk", "/desk", &again).await;
    assert!(to.starts_with("/tickets/"));
}
