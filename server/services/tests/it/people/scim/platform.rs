//! A small platform on this machine that takes users by SCIM, and can be told to be ill.

use std::collections::BTreeMap;
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};

use serde_json::{Value, json};
use services::scim::out::Platform;

use crate::support::http;

const TOKEN: &str = "a token of the platform";

/// What the platform has.
#[derive(Default)]
pub struct State {
    /// Users by name.
    pub users: BTreeMap<String, Value>,
    /// Answers 503 while it is.
    pub is_ill: bool,
}

/// The platform.
#[derive(Clone)]
pub struct House {
    url: String,
    state: Arc<Mutex<State>>,
}

impl House {
    /// Opens one.
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let house = Self {
            url: format!("http://{address}/scim"),
            state: Arc::default(),
        };
        let serving = house.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                serving.answer(stream);
            }
        });
        house
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("whole")
    }

    /// What the product is told of it, with who answers for it.
    pub fn platform(&self, owner: &str) -> Platform {
        Platform::new(("oa", "协同办公", owner), &self.url, TOKEN.to_owned()).expect("a platform")
    }

    /// Whether somebody works there; nothing for who is unknown.
    pub fn works(&self, name: &str) -> Option<bool> {
        let state = self.state();
        state.users.get(name).map(|user| user["active"] == true)
    }

    fn answer(&self, stream: TcpStream) {
        let Some((head, body)) = http::asked(&stream) else {
            return;
        };
        let mut words = head.split(' ');
        let method = words.next().unwrap_or_default().to_owned();
        let path = words.next().unwrap_or_default().to_owned();
        let body = serde_json::from_slice(&body).unwrap_or_default();
        let (status, answer) = if head.contains(TOKEN) {
            self.page(&method, &path, body)
        } else {
            (401, Value::Null)
        };
        let status = format!("{status} Word");
        http::answers(
            stream,
            (&status, "application/scim+json"),
            &answer.to_string(),
        );
    }

    fn page(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let mut state = self.state();
        if state.is_ill {
            return (503, Value::Null);
        }
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let name = path
            .strip_prefix("/scim/Users")
            .map(|rest| rest.trim_start_matches('/'))
            .filter(|rest| !rest.is_empty())
            .map(|rest| rest.replace("%2E", "."));
        match (method, name) {
            ("GET", None) => {
                let asked = query.contains("filter=");
                let users = state.users.iter();
                let users =
                    users.filter(|(name, _)| !asked || query.contains(&format!("%22{name}%22")));
                let users: Vec<Value> = users.map(|(_, user)| user.clone()).collect();
                (
                    200,
                    json!({"totalResults": users.len(), "Resources": users}),
                )
            }
            ("POST", None) => (201, put(&mut state, body)),
            ("PUT", Some(_)) => (200, put(&mut state, body)),
            ("PATCH", Some(name)) => {
                if let Some(user) = state.users.get_mut(&name) {
                    user["active"] = body["Operations"][0]["value"].clone();
                }
                (200, json!({}))
            }
            ("DELETE", Some(name)) => {
                state.users.remove(&name);
                (204, Value::Null)
            }
            _ => (404, Value::Null),
        }
    }
}

fn put(state: &mut State, mut user: Value) -> Value {
    let name = user["userName"].as_str().unwrap_or_default().to_owned();
    user["id"] = Value::from(name.as_str());
    state.users.insert(name, user.clone());
    user
}
