//! `minsheng gateway simulate`: a text message service for trials, on this machine only. It takes what a real one takes, refuses what a real
//! one refuses, and sends receipts; what it took can be read. Deliberately absent: sending anything to a telephone.
//! Read next: `docs/gateways.md`, which says how a real service has to answer.

use std::{
    net::SocketAddr,
    process::ExitCode,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
    routing::post,
};
use clap::{Args, Subcommand};
use services::{
    SystemClock,
    context::Clock,
    gateway::{
        call,
        line::Line,
        signed::{Head, KEY, SIGNATURE, Secret, TIME},
        sms::{NotTaken, Request, Taken},
    },
};
use shared::notification::{Receipt, ReceiptState};

/// Where messages are taken, and read.
const PATH: &str = "/messages";
/// Where calls are asked for, and read.
const CALLS: &str = "/calls";
/// Characters of one part of a long message.
const PART: usize = 67;
/// What a part costs, in thousandths of a yuan.
const FEE: i64 = 45;
/// Messages that are remembered.
const KEPT: usize = 10_000;

/// Gateways for notifications
#[derive(Debug, Args)]
pub struct Gateway {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Simulate(Simulate),
}

/// A service for trials of text messages and calls: takes, refuses and sends receipts, and nothing goes to a telephone
///
/// The last four digits of a number decide: 0000 wants none, 0001 does not exist, 0002 is refused for its text, 0003 finds the service
/// away, 0004 is taken and not delivered; every other is delivered. `GET /messages` lists what was taken.
/// Calls come to `/calls` and are decided by the citizen's number: 0001 does not exist, 0003 finds the service away, 0004 is not answered.
#[derive(Debug, Args)]
struct Simulate {
    /// Where it listens; this machine only
    #[arg(long, default_value = "127.0.0.1:4600")]
    listen: SocketAddr,
    /// Name of the key, as in notifications.sms-key
    #[arg(long)]
    key: String,
    /// The key, as in notifications.sms-secret
    #[arg(
        long,
        env = "MINSHENG_NOTIFICATIONS_SMS_SECRET",
        hide_env_values = true
    )]
    secret: String,
    /// Where receipts go, such as http://127.0.0.1:3000/api/v1/notifications/receipts
    #[arg(long)]
    receipts: Option<String>,
}

impl Gateway {
    /// Serves until the process is stopped.
    ///
    /// # Errors
    /// An address that is not of this machine or in use; one of receipts that is none.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        let What::Simulate(it) = self.what;
        anyhow::ensure!(
            it.listen.ip().is_loopback(),
            "it listens on this machine only: 127.0.0.1"
        );
        let service = simulator(
            Secret::new(&it.key, &it.secret),
            it.receipts.as_deref(),
            Arc::new(SystemClock),
        )?;
        let listener = tokio::net::TcpListener::bind(it.listen).await?;
        println!("http://{}{PATH}", listener.local_addr()?);
        axum::serve(listener, service).await?;
        Ok(ExitCode::SUCCESS)
    }
}

#[derive(Clone)]
struct Service {
    secret: Secret,
    receipts: Option<Line>,
    taken: Arc<Mutex<Vec<(Request, Taken)>>>,
    calls: Arc<Mutex<Vec<call::Request>>>,
    clock: Arc<dyn Clock>,
}

/// The service.
///
/// # Errors
/// An address for receipts that is none.
pub fn simulator(
    secret: Secret,
    receipts: Option<&str>,
    clock: Arc<dyn Clock>,
) -> anyhow::Result<Router> {
    let receipts = receipts.map(|url| Line::new(url, secret.clone()));
    let service = Service {
        secret,
        receipts: receipts.transpose()?,
        taken: Arc::default(),
        calls: Arc::default(),
        clock,
    };
    Ok(Router::new()
        .route(PATH, post(take).get(list))
        .route(CALLS, post(connect).get(called))
        .with_state(service))
}

async fn list(State(service): State<Service>) -> Json<serde_json::Value> {
    let taken = service.taken.lock().unwrap_or_else(PoisonError::into_inner);
    let each = |(request, taken): &(Request, Taken)| serde_json::json!({"request": request, "taken": taken});
    Json(taken.iter().map(each).collect())
}

async fn take(State(service): State<Service>, headers: HeaderMap, body: Bytes) -> Response {
    if !service.is_signed(&headers, (PATH, &body)) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let Ok(request) = serde_json::from_slice::<Request>(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let refused = |code: &str| {
        let said = NotTaken {
            code: code.to_owned(),
        };
        (StatusCode::UNPROCESSABLE_ENTITY, Json(said)).into_response()
    };
    let state = match request.to.get(request.to.len().saturating_sub(4)..) {
        Some("0000") => return refused("unwanted"),
        Some("0001") => return refused("address"),
        Some("0002") => return refused("content"),
        Some("0003") => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Some("0004") => ReceiptState::Lost,
        _ => ReceiptState::Delivered,
    };
    let (taken, is_new) = service.keep(request);
    if is_new {
        service.tell(taken.no.clone(), state);
    }
    Json(taken).into_response()
}

async fn called(State(service): State<Service>) -> Json<serde_json::Value> {
    let calls = service.calls.lock().unwrap_or_else(PoisonError::into_inner);
    Json(calls.iter().map(|call| serde_json::json!(call)).collect())
}

/// A call is connected, or not, as the last four digits of the citizen's number say.
async fn connect(State(service): State<Service>, headers: HeaderMap, body: Bytes) -> Response {
    if !service.is_signed(&headers, (CALLS, &body)) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let Ok(request) = serde_json::from_slice::<call::Request>(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let state = match request.second.get(request.second.len().saturating_sub(4)..) {
        Some("0001") => {
            let code = "address".to_owned();
            return (StatusCode::UNPROCESSABLE_ENTITY, Json(NotTaken { code })).into_response();
        }
        Some("0003") => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Some("0004") => ReceiptState::Lost,
        _ => ReceiptState::Delivered,
    };
    let taken = Taken {
        no: Some(format!("C{}", request.id.simple())),
        parts: 0,
        fee: FEE,
    };
    if service.connects(request) {
        service.tell(taken.no.clone(), state);
    }
    Json(taken).into_response()
}

impl Service {
    fn is_signed(&self, headers: &HeaderMap, (path, body): (&str, &[u8])) -> bool {
        let said = |name: &str| {
            let value = headers.get(name);
            value.and_then(|value| value.to_str().ok()).unwrap_or("")
        };
        let head = Head {
            key: said(KEY),
            time: said(TIME),
            signature: said(SIGNATURE),
        };
        self.secret.is_signed(&head, (path, body), self.clock.now())
    }

    /// Whether it is the first request for a call.
    fn connects(&self, request: call::Request) -> bool {
        let mut all = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        if all.iter().any(|before| before.id == request.id) {
            return false;
        }
        if all.len() >= KEPT {
            all.remove(0);
        }
        all.push(request);
        true
    }

    /// The answer to a request, the same to a second one; whether it is the first.
    fn keep(&self, request: Request) -> (Taken, bool) {
        let mut all = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, taken)) = all.iter().find(|(before, _)| before.id == request.id) {
            return (again(taken), false);
        }
        let parts = request.text.chars().count().div_ceil(PART) as i64;
        let taken = Taken {
            no: Some(format!("S{}", request.id.simple())),
            parts,
            fee: parts * FEE,
        };
        if all.len() >= KEPT {
            all.remove(0);
        }
        all.push((request, again(&taken)));
        (taken, true)
    }

    /// Sends a receipt, once; a real service would try again.
    fn tell(&self, no: Option<String>, state: ReceiptState) {
        let (Some(line), Some(no)) = (self.receipts.clone(), no) else {
            return;
        };
        let now = self.clock.now();
        tokio::spawn(async move {
            let said = line.post(&[Receipt { no, state }], now).await;
            match said {
                Ok((status, _)) if status.is_success() => {}
                Ok((status, _)) => eprintln!("the receipt was answered with {status}"),
                Err(error) => eprintln!("the receipt was not taken: {error:#}"),
            }
        });
    }
}

fn again(taken: &Taken) -> Taken {
    Taken {
        no: taken.no.clone(),
        ..*taken
    }
}
