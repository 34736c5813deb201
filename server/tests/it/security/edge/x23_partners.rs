//! a message service that answers with pages, other encodings, depth, length, ways elsewhere or nothing: the message waits, and goes once when
//! the service has come to its senses. Deliberately absent: a service that is away, receipts, the night (`gateway`).

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use axum::{
    Router,
    body::Body,
    http::{Response, StatusCode, Uri},
};
use services::{
    gateway::{Gateways, signed::Secret, sms},
    jobs,
};

use crate::rest::complaint;
use crate::support::World;

/// Where a service that leads away leads to.
const ELSEWHERE: &str = "/elsewhere";

/// What is said, its status, the body.
fn answers() -> Vec<(&'static str, StatusCode, Vec<u8>)> {
    let ok = StatusCode::OK;
    vec![
        ("a page", ok, b"<html><body>Welcome</body></html>".to_vec()),
        ("GBK", ok, b"{\"no\":\"\xc2\xb7\xb5\xc6\"}".to_vec()),
        ("nothing", ok, Vec::new()),
        ("half an object", ok, b"{\"no\":".to_vec()),
        ("a list", ok, b"[7,8,{}]".to_vec()),
        ("a number for a text", ok, b"{\"no\":7}".to_vec()),
        ("depth", ok, vec![b'['; 10_000]),
        ("length", ok, vec![b' '; 3 << 20]),
        ("a way elsewhere", StatusCode::FOUND, Vec::new()),
        (
            "a lasting way elsewhere",
            StatusCode::PERMANENT_REDIRECT,
            Vec::new(),
        ),
        ("no content", StatusCode::NO_CONTENT, Vec::new()),
        (
            "a failure",
            StatusCode::INTERNAL_SERVER_ERROR,
            b"stack".to_vec(),
        ),
        ("no right", StatusCode::UNAUTHORIZED, b"{}".to_vec()),
        ("too often", StatusCode::TOO_MANY_REQUESTS, b"{}".to_vec()),
    ]
}

/// What a service says at present, and how many went elsewhere.
#[derive(Clone)]
struct Service {
    says: Arc<Mutex<(StatusCode, Vec<u8>)>>,
    strays: Arc<AtomicUsize>,
}

impl Service {
    fn that_says(status: StatusCode, body: Vec<u8>) -> Self {
        Self {
            says: Arc::new(Mutex::new((status, body))),
            strays: Arc::new(AtomicUsize::new(0)),
        }
    }

    /// Says something else from now on.
    fn changes(&self, status: StatusCode, body: &[u8]) {
        *self.says.lock().expect("nobody panicked") = (status, body.to_vec());
    }

    fn answer(&self, uri: &Uri) -> Response<Body> {
        if uri.path() == ELSEWHERE {
            self.strays.fetch_add(1, Ordering::Relaxed);
        }
        let (status, body) = self.says.lock().expect("nobody panicked").clone();
        Response::builder()
            .status(status)
            .header("location", ELSEWHERE)
            .body(Body::from(body))
            .expect("an answer")
    }

    /// Begins to listen; its address.
    async fn opens(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port");
        let address = listener.local_addr().expect("an address");
        let service = self.clone();
        let answer = move |uri: Uri| {
            let answer = service.answer(&uri);
            async move { answer }
        };
        let router = Router::new().fallback(answer);
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}/messages")
    }
}

fn send_through(world: &World, url: &str) {
    let secret = Secret::new("office", "a secret for this test");
    world.state.services.send_through(Gateways {
        sms: Some(sms::Gateway::new(url, secret).expect("a good address")),
        ..Gateways::default()
    });
}

/// Messages that went out.
async fn delivered(world: &World) -> u64 {
    let job = jobs::JOBS.iter().find(|job| job.name == "deliver");
    let done = job.expect("the job").once(&world.state.services).await;
    done.expect("it runs").count
}

#[tokio::test]
async fn what_a_broken_service_says_is_no_delivery() {
    for (what, status, body) in answers() {
        let world = World::new().await;
        let service = Service::that_says(status, body);
        let url = service.opens().await;
        send_through(&world, &url);
        let token = world.token("agent").await;
        let filed = world.post("/api/v1/tickets", &token, &complaint()).await;
        assert_eq!(filed.status, StatusCode::CREATED, "{}", filed.text);
        assert_eq!(delivered(&world).await, 0, "{what}");
        assert_eq!(service.strays.load(Ordering::Relaxed), 0, "{what}");
        service.changes(StatusCode::OK, b"{}");
        world.clock.advance_minutes(10);
        assert_eq!(delivered(&world).await, 1, "{what}: it goes afterwards");
        assert_eq!(delivered(&world).await, 0, "{what}: and goes once");
    }
}

#[tokio::test]
async fn absurd_costs_and_numbers_are_bounded() {
    let absurd = format!(
        "{{\"no\":\"{}\",\"parts\":-5,\"fee\":9223372036854775807}}",
        "9".repeat(5_000)
    );
    let world = World::new().await;
    let service = Service::that_says(StatusCode::OK, absurd.into_bytes());
    let url = service.opens().await;
    send_through(&world, &url);
    let token = world.token("agent").await;
    world.post("/api/v1/tickets", &token, &complaint()).await;
    assert_eq!(delivered(&world).await, 1);
    let bearer = format!("Bearer {}", world.token("caller").await);
    let headers = [("authorization", bearer.as_str())];
    let page = world
        .get("/api/v1/notifications/undelivered", &headers)
        .await;
    let fee = page.json()["spent"]["fee"].as_i64().expect("a sum");
    assert!((0..=1_000_000).contains(&fee), "{fee}");
}
