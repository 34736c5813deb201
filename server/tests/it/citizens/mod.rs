//! Citizens who sign in by a code, by pages without script and by REST: the code, the list, the verbs, and that neither they nor staff get where
//! the others are. Deliberately absent: how often a code is sent (tests of `services`).
//! The telephone is the folder into which messages go without a gateway.

mod mandates;
mod me_too;
mod pages;
mod programs;

use axum::http::StatusCode;
use serde_json::{Value, json};
use services::{gateway, jobs};

use crate::{
    rest::complaint,
    support::{Answer, World},
};

/// A number with requests.
pub const PHONE: &str = "13812345678";

/// The code that came to a number last.
pub async fn code_at(world: &World, phone: &str) -> String {
    let job = jobs::JOBS.iter().find(|job| job.name == "deliver");
    let sent = job.expect("the job").once(&world.state.services).await;
    sent.expect("it runs");
    let folder = gateway::messages_folder(&world.settings.data_dir);
    let mut found = Vec::new();
    for day in std::fs::read_dir(folder).expect("messages").flatten() {
        for file in std::fs::read_dir(day.path()).expect("a day").flatten() {
            let text = std::fs::read(file.path()).expect("a message");
            let message: Value = serde_json::from_slice(&text).expect("json");
            let body = message["body"].as_str().unwrap_or_default().to_owned();
            if message["to"] == phone
                && let Some((_, behind)) = body.split_once("登录验证码")
            {
                let code: String = behind.chars().take(6).collect();
                found.push((message["at"].to_string(), file.file_name(), code));
            }
        }
    }
    found.sort();
    found.pop().expect("a code came").2
}

/// Signs in by the pages; the answer sets the cookie.
pub async fn signs_in(world: &World, phone: &str) -> Answer {
    let page = "/me/sign-in";
    let asked = world
        .submit(page, "", &[("phone", phone), ("step", "send")])
        .await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.text);
    assert!(asked.text.contains("name=\"sms_code\""), "{}", asked.text);
    let code = code_at(world, phone).await;
    let fields = [
        ("phone", phone),
        ("sent", "yes"),
        ("sms_code", &code),
        ("agree", "yes"),
    ];
    let answer = world.submit(page, "", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    assert_eq!(answer.header("location"), "/me");
    answer
}

/// The same by REST.
pub async fn token(world: &World, phone: &str) -> String {
    let asked = world
        .post("/api/v1/citizen/codes", "", &json!({"phone": phone}))
        .await;
    assert_eq!(asked.status, StatusCode::NO_CONTENT, "{}", asked.text);
    let code = code_at(world, phone).await;
    let body = json!({"phone": phone, "sms_code": code, "agree": true});
    let answer = world.post("/api/v1/citizen/sessions", "", &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let token = answer.json()["access_token"].as_str().map(str::to_owned);
    token.expect("a token")
}

/// A request with a contact; number and code.
pub async fn filed(world: &World, phone: &str, confidential: bool) -> (String, String) {
    let mut body = complaint();
    body["citizen"] = json!({"name": "王小明", "phone": phone});
    body["confidential"] = json!(confidential);
    let agent = world.token("agent").await;
    let done = world.post("/api/v1/tickets", &agent, &body).await;
    assert_eq!(done.status, StatusCode::CREATED, "{}", done.text);
    let text = |name: &str| done.json()[name].as_str().expect("text").to_owned();
    (text("ticket_no"), text("query_code"))
}
