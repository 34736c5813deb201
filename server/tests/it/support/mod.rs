//! A small centre with people, and a client that speaks to the router without a socket.
//! Deliberately absent: the demo province; these tests want to know everybody by name.
//! Time stands until a test moves it.

pub mod heard;
mod postgres;
mod template;

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use chrono::NaiveDate;
use serde_json::Value;
use server::{
    boot,
    config::{self, Partner, Settings, Source},
    web::{self, Web},
};
use services::{FixedClock, Services, ServicesConfig, SystemIds};
use shared::access::PartnerCode;
use shared::calendar::Instant;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;
use tracing_subscriber::{
    Layer as _,
    filter::{LevelFilter, Targets},
    layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};

use heard::{Ear, Scribe};

/// The password of everybody here.
pub const PASSWORD: &str = "Street-Lamp-42";
/// The centre of Nanjing.
pub const CENTRE: &str = "320100-ZX";
/// City management of Nanjing.
pub const LEAD: &str = "320100-CGJ";
/// Housing of Nanjing.
pub const OTHER: &str = "320100-ZJJ";

/// A centre, two departments, one person for each role needed.
pub struct World {
    /// The whole router.
    pub router: Router,
    /// What its handlers share.
    pub state: Web,
    /// The clock that stands.
    pub clock: Arc<FixedClock>,
    /// The configuration.
    pub settings: Settings,
    _folder: TempDir,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body as text.
    pub text: String,
}

impl Answer {
    /// The body as JSON; null when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// One header as text, empty when absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// `name=value` of every cookie that is set, as a browser would send them back.
    pub fn cookies(&self) -> String {
        let lines = self.headers.get_all(header::SET_COOKIE).into_iter();
        let pairs = lines.filter_map(|line| line.to_str().ok()?.split(';').next());
        pairs
            .filter(|pair| !pair.ends_with('='))
            .collect::<Vec<_>>()
            .join("; ")
    }
}

/// The process's one subscriber: an answer that surprises a test is explained by the log beside it, and the needs that services ask and the words of the log are heard.
fn listen() {
    let log = tracing_subscriber::fmt::layer()
        .with_test_writer()
        .with_filter(LevelFilter::WARN);
    let needs = Targets::new().with_target(services::asked::TRACE, LevelFilter::TRACE);
    tracing_subscriber::registry()
        .with(log)
        .with(Ear.with_filter(needs))
        .with(Scribe.with_filter(LevelFilter::INFO))
        .try_init()
        .ok();
}

impl World {
    /// A fresh one, on a Tuesday morning.
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// One in which nobody has an account and no unit is there.
    pub async fn empty() -> Self {
        Self::made(|_| {}, false).await
    }

    /// The same with another configuration.
    pub async fn with(set: impl FnOnce(&mut Settings)) -> Self {
        Self::made(set, true).await
    }

    /// The same on a new PostgreSQL database; `None` where no cluster is named.
    pub async fn on_postgres(set: impl FnOnce(&mut Settings)) -> Option<Self> {
        let url = postgres::fresh()?;
        let placed = |settings: &mut Settings| {
            settings.database_url = url;
            set(settings);
        };
        let world = Self::made(placed, false).await;
        template::furnish(&world.state.services).await;
        world.state.services.bust_reference().await;
        Some(world)
    }

    /// One in which nobody has an account, on a new PostgreSQL database; `None` where no cluster is named.
    #[cfg(feature = "analytics")]
    pub async fn empty_on_postgres() -> Option<Self> {
        let url = postgres::fresh()?;
        Some(Self::made(|settings| settings.database_url = url, false).await)
    }

    async fn made(set: impl FnOnce(&mut Settings), installed: bool) -> Self {
        listen();
        let folder = tempfile::tempdir().expect("a folder for the test");
        let home = folder.path().display().to_string();
        let variables = [
            ("HOME", home.clone()),
            ("MINSHENG_DATA_DIR", format!("{home}/data")),
        ];
        let variables = variables
            .map(|(name, value)| (name.to_owned(), value))
            .into();
        let source = Source {
            file: Some(empty_file(&folder)),
            variables,
        };
        let mut settings = config::load(&source).expect("a good configuration");
        set(&mut settings);
        std::fs::create_dir_all(&settings.data_dir).expect("the folder is writable");
        let keys_file = boot::keys_file(&settings);
        let clock = Arc::new(FixedClock::at(morning()));
        let config = ServicesConfig {
            database_url: settings.database_url.clone(),
            data_dir: settings.data_dir.clone(),
            keys_file,
            public_url: settings.public_url(),
            serving: true,
            limits: settings.limits.clone(),
            crypto: settings.crypto.clone(),
        };
        if installed {
            template::copy_to(&settings.data_dir).await;
        }
        let services = Services::open_with(config, clock.clone(), Arc::new(SystemIds)).await;
        let services = services.expect("an installation opens");
        let state = Web::new(services, settings.clone(), CancellationToken::new());
        Self {
            router: web::router(state.clone()),
            state,
            clock,
            settings,
            _folder: folder,
        }
    }

    /// Sends a request to the router.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let Ok(response) = self.router.clone().oneshot(request).await;
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX)
            .await
            .expect("the body ends");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text,
        }
    }

    /// A GET with headers.
    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(request("GET", path, headers, Body::empty()))
            .await
    }

    /// A POST of JSON with a bearer token.
    pub async fn post(&self, path: &str, token: &str, body: &Value) -> Answer {
        let bearer = format!("Bearer {token}");
        let headers = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
        ];
        self.send(request(
            "POST",
            path,
            &headers,
            Body::from(body.to_string()),
        ))
        .await
    }

    /// A POST of a form, as a browser on our own page sends it.
    pub async fn submit(&self, path: &str, cookies: &str, fields: &[(&str, &str)]) -> Answer {
        let body = serde_urlencoded::to_string(fields).expect("fields are text");
        let headers = [
            ("cookie", cookies),
            ("content-type", "application/x-www-form-urlencoded"),
            ("origin", "http://127.0.0.1:3000"),
            ("sec-fetch-site", "same-origin"),
        ];
        self.send(request("POST", path, &headers, Body::from(body)))
            .await
    }

    /// The bearer token of a person.
    pub async fn token(&self, username: &str) -> String {
        let body = serde_json::json!({"username": username, "password": PASSWORD});
        let answer = self.post("/api/v1/sessions", "", &body).await;
        assert_eq!(
            answer.status,
            StatusCode::CREATED,
            "{username}: {}",
            answer.text
        );
        answer.json()["access_token"]
            .as_str()
            .expect("a token")
            .to_owned()
    }
}

/// Puts the installation of these tests into a data folder.
pub async fn installed(data_dir: &std::path::Path) {
    template::copy_to(data_dir).await;
}

/// A program whose token is `test`, which calls from a network of its own.
pub fn partner(code: &str, account: &str) -> Partner {
    const SHA_256: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    Partner {
        code: PartnerCode::parse(code).expect("a code"),
        account: account.to_owned(),
        token: hex::decode(SHA_256).expect("a digest"),
        networks: vec!["192.0.2.0/24".parse().expect("a network")],
    }
}

/// A request to 127.0.0.1, where cookies work without https.
pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: Body) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", "127.0.0.1:3000");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body).expect("a good request")
}

/// Tuesday, 3 March 2026, 10:00 in China.
fn morning() -> Instant {
    let day = NaiveDate::from_ymd_opt(2026, 3, 3).expect("a date");
    Instant::from_local(day.and_hms_opt(10, 0, 0).expect("a time"))
}

fn empty_file(folder: &TempDir) -> std::path::PathBuf {
    let file = folder.path().join("Leptos.toml");
    std::fs::write(&file, "").expect("the folder is writable");
    file
}
