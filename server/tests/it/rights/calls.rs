//! A call of each row: its address filled with things that exist, and a body that the service can read. Versions are stale, so that nothing
//! changes and every row finds the same things.
//! Deliberately absent: who calls and what must come of it (`rights`).
//! Verbs on cases are called by their examples; other entrances whose fields are like none here get a row in `body`.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use serde_json::{Value, json};
use server::access::{Entry, Kind};

use shared::verb::CaseVerb;
use shared::{approval, ticket};

use super::sent::{of_life, of_list, of_process, of_rights, of_scim, of_team};
use crate::{
    citizens,
    person::Person,
    rest::complaint,
    support::{Answer, LEAD, World, request},
};

/// How somebody is known: nobody by nothing.
#[derive(Clone, Default)]
pub struct Caller {
    /// The cookies of their browser.
    pub cookies: String,
    /// The token of their program.
    pub token: Option<String>,
}

impl Caller {
    /// Signs in by browser and program.
    pub async fn of(world: &World, name: &str) -> Self {
        Self {
            cookies: Person::signed_in(world, name).await.cookies().to_owned(),
            token: Some(world.token(name).await),
        }
    }
}

impl Caller {
    /// Signs in as one row asks: a name that is tried too often within an hour is slowed down.
    pub async fn for_row(world: &World, name: &str, entry: &Entry) -> Self {
        if entry.kind == Kind::Rest {
            return Self {
                token: Some(world.token(name).await),
                ..Self::default()
            };
        }
        Self {
            cookies: Person::signed_in(world, name).await.cookies().to_owned(),
            ..Self::default()
        }
    }

    /// A citizen, by browser and program.
    pub async fn citizen(world: &World, phone: &str) -> Self {
        let signed_in = citizens::signs_in(world, phone).await;
        // Both are one session: cookie and bearer are the same token.
        let cookies = signed_in.cookies();
        let token = cookies.split_once('=').map(|(_, token)| token.to_owned());
        Self { cookies, token }
    }
}

/// Things that exist.
pub struct Objects {
    /// A ticket that waits for dispatch.
    pub waiting: String,
    /// A ticket that a unit works on.
    pub handled: String,
    /// The share of that unit in it.
    pub assignment: String,
    /// An approval that its first task waits for.
    pub approval: String,
    /// A photo of a citizen's ticket.
    pub photo: String,
}

impl Objects {
    /// Registers two tickets, dispatches one, files an approval.
    pub async fn make(world: &World) -> Self {
        let agent = world.token("agent").await;
        let mut ids = Vec::new();
        for _ in 0..2 {
            let done = world.post("/api/v1/tickets", &agent, &complaint()).await;
            assert_eq!(done.status, StatusCode::CREATED, "{}", done.text);
            ids.push(text(&done.json()["id"]));
        }
        let body = json!({"version": 1, "lead": LEAD, "category": "010101"});
        let path = format!("/api/v1/tickets/{}/dispatch", ids[1]);
        let dispatcher = world.token("dispatcher").await;
        let done = world.post(&path, &dispatcher, &body).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text);
        let assignment = text(&done.json()["assignments"][0]["id"]);
        let body = json!({"definition": "permit-sample", "title": "中山路天桥检修占道", "fields": {
            "applicant": "南京市城管局", "project": "天桥检修", "place": "中山路一号", "days": "5", "reviewers": "supervisor,caller", "vote": "all",
        }});
        let handler = world.token("handler").await;
        let done = world.post("/api/v1/approvals", &handler, &body).await;
        assert_eq!(done.status, StatusCode::CREATED, "{}", done.text);
        let [waiting, handled] = ids.try_into().expect("two");
        Self {
            waiting,
            handled,
            assignment,
            approval: text(&done.json()["id"]),
            photo: a_photo(world, &dispatcher).await,
        }
    }
}

/// A citizen's ticket with a photo, filed without script.
async fn a_photo(world: &World, dispatcher: &str) -> String {
    let filed = filed_with_photo(world).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text);
    let bearer = format!("Bearer {dispatcher}");
    let headers = [("authorization", bearer.as_str())];
    let list = world.get("/api/v1/tickets?channel=web", &headers).await;
    let id = text(&list.json()["items"][0]["id"]);
    let ticket = world.get(&format!("/api/v1/tickets/{id}"), &headers).await;
    text(&ticket.json()["attachments"][0]["id"])
}

/// A visitor files a request with a photo; the answer's cookies open it.
pub async fn filed_with_photo(world: &World) -> Answer {
    let body = photo_form(&[
        ("kind", "complaint"),
        (
            "content",
            "中山路一号门前的路灯三天不亮，晚上行人看不清路，请尽快派人修理。",
        ),
        ("city", "320100"),
        ("county", "320102"),
        ("identity", "open"),
        ("citizen.phone", "13800138000"),
    ]);
    let headers = [
        ("content-type", "multipart/form-data; boundary=xyz"),
        ("sec-fetch-site", "same-origin"),
    ];
    let request = request("POST", "/file", &headers, Body::from(body));
    world.send(request).await
}

/// Fields and a picture of two pixels as a form, with the boundary `xyz`.
pub fn photo_form(fields: &[(&str, &str)]) -> Vec<u8> {
    let mut photo = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(2, 2)
        .write_to(&mut photo, image::ImageFormat::Jpeg)
        .expect("encodes");
    let head = |name: &str| format!("--xyz\r\nContent-Disposition: form-data; name=\"{name}\"");
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("{}\r\n\r\n{value}\r\n", head(name)).bytes());
    }
    let picture = "; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n";
    body.extend(format!("{}{picture}", head("photos")).bytes());
    body.extend(photo.into_inner());
    body.extend(b"\r\n--xyz--\r\n");
    body
}

fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}

/// The request that calls a row.
pub fn request_for(entry: &Entry, objects: &Objects, caller: &Caller) -> Request<Body> {
    let (method, pattern) = match entry.kind {
        Kind::Page => ("GET", entry.name.as_str()),
        Kind::Form | Kind::Function => ("POST", entry.name.as_str()),
        _ => entry.name.split_once(' ').expect("method and path"),
    };
    let path = address(method, pattern, objects);
    let json = matches!(entry.kind, Kind::Function | Kind::Rest | Kind::Scim);
    let body = match (method, entry.kind) {
        ("GET" | "HEAD" | "DELETE", _) => Body::empty(),
        (_, Kind::Function) => Body::from(arguments(pattern, objects).to_string()),
        _ if pattern.contains("/files") => Body::from(of_file(pattern, objects).to_string()),
        _ if json => Body::from(body(pattern).to_string()),
        _ => Body::from(form(&body(pattern))),
    };
    let kind = if json {
        "application/json"
    } else {
        "application/x-www-form-urlencoded"
    };
    let mut headers = vec![
        ("content-type", kind),
        ("origin", "http://127.0.0.1:3000"),
        ("sec-fetch-site", "same-origin"),
        ("upload-offset", "0"),
    ];
    let bearer = caller.token.as_ref().map(|token| format!("Bearer {token}"));
    if matches!(entry.kind, Kind::Rest | Kind::Scim) {
        headers.extend(bearer.as_deref().map(|token| ("authorization", token)));
    } else {
        headers.push((header::COOKIE.as_str(), &caller.cookies));
    }
    request(method, &path, &headers, body)
}

fn address(method: &str, pattern: &str, objects: &Objects) -> String {
    let of_share = pattern.contains("assignments");
    let id = if pattern.contains("/photos") {
        &objects.photo
    } else if pattern.contains("/assignments/{id}") {
        &objects.assignment
    } else if pattern.contains("/approvals") {
        &objects.approval
    } else if of_share {
        &objects.handled
    } else {
        &objects.waiting
    };
    // What is done to a version that is not there changes nothing.
    let version = if method == "GET" { "1" } else { "99" };
    let verb = if of_share { "sign" } else { "urge" };
    // Nothing is drafted for an area that is none.
    let area = if method == "GET" { "base" } else { "999999" };
    pattern
        .replace("{kind}", "Users")
        .replace("{list}", "hours")
        .replace("{area}", area)
        .replace("{id}", id)
        .replace("{name}", "second.handler")
        .replace("{username}", "second.handler")
        .replace("{assignment}", &objects.assignment)
        .replace("{key}", "permit-sample")
        .replace("{version}", version)
        .replace("{answer}", "agree")
        .replace("{verb}", verb)
        .replace("{code}", "agent")
        .replace("{no}", "99")
        .replace("{token}", "00000000000000000000000000000000")
        .replace("{shelf}", "done")
        .replace("{report}", "monthly")
        .replace("{file}", "monthly.csv")
}

/// What server functions take.
#[allow(clippy::too_many_lines, reason = "a table: a line a function")]
fn arguments(path: &str, objects: &Objects) -> Value {
    let (ticket, approval) = (&objects.waiting, &objects.approval);
    match path {
        "/fn/staff/ticket" | "/fn/staff/flow" | "/fn/staff/dispatching" | "/fn/staff/directive" => {
            json!({"id": ticket})
        }
        "/fn/staff/approval" | "/fn/staff/approval-flow" => json!({"id": approval}),
        "/fn/staff/keep-typed" => {
            json!({"address": format!("/tickets/{ticket}/dispatch"), "fields": []})
        }
        "/fn/staff/followed" => json!({"address": format!("/tickets/{ticket}")}),
        "/fn/staff/suggested" => json!({"id": ticket, "category": "010101"}),
        "/fn/staff/related" | "/fn/staff/caller" => {
            json!({"asked": {"phone": "13800138000", "region": "", "category": "", "channel": "phone", "reason": "", "content": ""}})
        }
        "/fn/staff/start-form" => json!({"key": "permit-sample"}),
        "/fn/staff/reorganise" => json!({"address": "area=base"}),
        "/fn/staff/list" | "/fn/staff/list-row" | "/fn/staff/list-preview" => {
            json!({"address": "list=hours&area=base"})
        }
        "/fn/staff/account-request"
        | "/fn/staff/review"
        | "/fn/staff/team"
        | "/fn/staff/paper-block"
        | "/fn/staff/incoming-one"
        | "/fn/staff/bulk-result" => {
            json!({"id": ticket})
        }
        "/fn/staff/rule-readers" => json!({"query": format!("id={ticket}")}),
        "/fn/staff/account" | "/fn/staff/person" => json!({"name": "second.handler"}),
        "/fn/public/questionnaire" => json!({"token": "00000000000000000000000000000000"}),
        "/fn/staff/role" => json!({"code": "agent"}),
        "/fn/citizen/request" => json!({"no": "3201002026030201000001"}),
        "/fn/staff/process" => json!({"address": "permit-sample"}),
        "/fn/divisions" => json!({"parent": ""}),
        "/fn/report/standard" => json!({"address": "monthly"}),
        "/fn/report/kept" => json!({"no": "99"}),
        "/fn/report/tile" => json!({"id": ticket}),
        "/fn/report/overview"
        | "/fn/report/cube"
        | "/fn/report/frozen"
        | "/fn/report/kept-list"
        | "/fn/report/touched"
        | "/fn/report/three"
        | "/fn/report/warnings"
        | "/fn/staff/tickets"
        | "/fn/staff/tasks"
        | "/fn/staff/approvals"
        | "/fn/staff/lists"
        | "/fn/staff/rules"
        | "/fn/staff/search"
        | "/fn/staff/notifications"
        | "/fn/staff/quality"
        | "/fn/staff/quality-months"
        | "/fn/staff/data-requests"
        | "/fn/staff/directives"
        | "/fn/staff/plan"
        | "/fn/staff/alarms"
        | "/fn/staff/follow-ups"
        | "/fn/staff/papers"
        | "/fn/staff/incoming"
        | "/fn/staff/bulk"
        | "/fn/staff/shelf"
        | "/fn/staff/mandates"
        | "/fn/staff/wishes"
        | "/fn/staff/accounts"
        | "/fn/staff/account-requests"
        | "/fn/staff/people"
        | "/fn/staff/readers"
        | "/fn/staff/audit"
        | "/fn/staff/audit-alarms"
        | "/fn/staff/platforms"
        | "/fn/staff/teams"
        | "/fn/citizen/requests"
        | "/fn/citizen/data"
        | "/fn/staff/personal-looks"
        | "/fn/staff/exports"
        | "/fn/staff/jobs" => {
            json!({"query": ""})
        }
        _ => json!({}),
    }
}

/// What forms and programs send, as programs write it.
fn body(path: &str) -> Value {
    let words = "路灯由城市管理部门负责维护，已经派人到现场查看并作了处理。";
    if let Some(body) = of_list(path)
        .or_else(|| of_scim(path))
        .or_else(|| of_life(path))
        .or_else(|| of_rights(path))
        .or_else(|| of_team(path))
        .or_else(|| of_process(path))
        .or_else(|| of_finding(path))
        .or_else(|| of_data(path))
        .or_else(|| of_view(path))
        .or_else(|| of_incoming(path))
        .or_else(|| of_verb(path))
    {
        return body;
    }
    let with = |mut base: Value, more: Value| {
        let more = more.as_object().expect("fields").clone();
        base.as_object_mut().expect("fields").extend(more);
        base
    };
    match path.rsplit('/').next().unwrap_or_default() {
        "sessions" => json!({"username": "nobody", "password": "Wrong-Word-42"}),
        "password" => json!({"current": "Wrong-Word-42", "password": "Other-Word-42"}),
        "code" => json!({"code": "000000", "factor_code": "000000"}),
        "confirm" => json!({"factor_code": "000000"}),
        "proof" => json!({"password": "Wrong-Word-42"}),
        "password-resets" => json!({"token": "x", "password": "Other-Word-42"}),
        "tickets" => complaint(),
        "approvals" => json!({"definition": "none", "title": "中山路天桥检修占道"}),
        "desk" => with(
            complaint(),
            json!({"city": "320100", "county": "320102", "identity": "open"}),
        ),
        "looked-at" => json!({"mark": "hours"}),
        "decided" => json!({"mark": "keys"}),
        "reveal" => json!({"reason": words}),
        "gather" => json!({"tickets": ["3201002026030201999999"]}),
        "grant" => json!({"username": "nobody", "role": "agent"}),
        "bulk" => {
            json!({"act": "sign", "items": [{"ticket": "01900000-0000-7000-8000-000000000000", "assignment": "01900000-0000-7000-8000-000000000000", "version": 99}]})
        }
        "note" => json!({"remark": words}),
        "report-schedules" => json!({"name": "monthly", "rhythm": "monthly", "hour": 8}),
        "scheduled" => json!({"name": "monthly", "rhythm": "monthly", "hour": "8"}),
        "pivots" => {
            json!({"name": "月报", "query": "show=accepted", "span": "this_month", "shared": "nobody"})
        }
        "board" => json!({"what": "view:00000000-0000-0000-0000-000000000000"}),
        "kept" | "kept-reports" => json!({"name": "monthly"}),
        "comment" | "comments" => json!({"text": words}),
        "paper" | "paper-forms" => json!({"count": 1}),
        "exports" | "export-templates" => json!({"name": "月报"}),
        "void" => json!({"reason": "印坏"}),
        "dismiss" => json!({"reason": "spam"}),
        "link" => json!({"ticket_no": "3201002026030201999999"}),
        "settle" => json!({"how": "phoned"}),
        _ => json!({}),
    }
}

/// What is said about a finding.
fn of_finding(path: &str) -> Option<Value> {
    if path.contains("audit") && path.ends_with("questions") {
        return Some(json!({"name": "夜间查看", "query": "question=off_hours"}));
    }
    if path.contains("audit") && path.ends_with("/dismiss") {
        return Some(json!({"reason": "夜班值守，已核对。"}));
    }
    let is_one = path.contains("/quality/") || path.contains("/findings/");
    match path.rsplit('/').next().filter(|_| is_one)? {
        "fix" => Some(json!({"note": "号码已与诉求人核对并改正。"})),
        "dismiss" => Some(json!({"reason": "号码是诉求人单位的总机。"})),
        "decide" => Some(json!({"agreed": true})),
        _ => None,
    }
}

/// Requests for data: one that can be asked for, and a word on one that is not there.
fn of_data(path: &str) -> Option<Value> {
    if path.contains("warnings") && path.ends_with("/answer") {
        return Some(json!({"word": "已查明原因"}));
    }
    if !path.contains("/data-requests") {
        return None;
    }
    Some(match path.rsplit('/').next()? {
        "decide" => json!({"agreed": false, "reason": "用途不明"}),
        "data-requests" => {
            json!({"purpose": "向市政府报送专题分析", "query": "show=accepted&by=city", "until": "2026-03-20"})
        }
        _ => json!({}),
    })
}

/// The example of a verb on a case, with a stale version.
fn of_verb(path: &str) -> Option<Value> {
    let word = path.rsplit('/').next()?;
    macro_rules! of_tickets {
        ($($command:ident),+) => { vec![$(example::<ticket::verbs::$command>()),+] };
    }
    macro_rules! of_approvals {
        ($($command:ident),+) => { vec![$(example::<approval::verbs::$command>()),+] };
    }
    let examples: Vec<(String, &str)> = if path.contains("approvals") {
        shared::approval_verbs!(of_approvals)
    } else {
        shared::ticket_verbs!(of_tickets)
    };
    let (_, example) = examples.iter().find(|(verb, _)| verb == word)?;
    let mut body: Value = serde_json::from_str(example).expect("JSON");
    if let Some(version) = body.get_mut("version") {
        *version = json!(99);
    }
    Some(body)
}

/// An upload to begin, or another place for a file.
fn of_file(path: &str, objects: &Objects) -> Value {
    let hook = json!({"case": "ticket", "id": objects.waiting});
    if path.ends_with("/references") {
        hook
    } else {
        json!({"hook": hook, "name": "a.pdf", "size": 10})
    }
}

fn example<V: CaseVerb>() -> (String, &'static str) {
    (V::word(), V::EXAMPLE)
}

/// Saved views: an own one, and one that is nobody's.
fn of_view(path: &str) -> Option<Value> {
    if path.ends_with("/persons") {
        return Some(
            json!({"key": "phone", "value": "13900139000", "reason": "核对来电人的诉求", "query": ""}),
        );
    }
    if path == "/api/v1/board" {
        return Some(json!({"kind": "view", "subject": "00000000-0000-0000-0000-000000000000"}));
    }
    if !path.contains("/views") {
        return None;
    }
    let (name, shared) = ("我的视图", "nobody");
    Some(match path {
        "/api/v1/views" => json!({"name": name, "query": "kind=help", "shared": shared}),
        "/api/v1/views/{id}" => json!({"name": name, "shared": shared, "version": 99}),
        _ if path.ends_with("/follow") => json!({"rhythm": "daily"}),
        _ => json!({"name": name, "query": "kind=help", "shared": shared, "version": 99}),
    })
}

fn of_incoming(path: &str) -> Option<Value> {
    if !path.contains("/incoming/") {
        return None;
    }
    match path.rsplit('/').next()? {
        "link" => Some(json!({"ticket_no": "3201002026030201999999"})),
        "dismiss" => Some(json!({"reason": "spam"})),
        _ => None,
    }
}

/// The same as a browser sends it: a list is a name several times, what is below has a name with a dot, an object is its text.
fn form(body: &Value) -> String {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (name, value) in body.as_object().expect("fields") {
        match value {
            Value::Array(all) => pairs.extend(all.iter().map(|one| (name.clone(), plain(one)))),
            Value::Object(all) if name == "citizen" => {
                let below =
                    |(inner, one): (&String, &Value)| (format!("{name}.{inner}"), plain(one));
                pairs.extend(all.iter().map(below));
            }
            value => pairs.push((name.clone(), plain(value))),
        }
    }
    serde_urlencoded::to_string(pairs).expect("fields are text")
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
