//! What a call is called in the log while it runs: query or verb, on which case, with which role, how many rows; and a line of its own when it
//! took too long, so that a slow request can be read from top to bottom.
//! Not here: how often and how long on the whole (the server's metrics), what was refused (`watch`).
//! Nothing personal is written: no names, no words typed, a case by its number.

use std::time::Duration;

use shared::access::Actor;
use shared::fault::Fault;
use tracing::{Instrument, Span, field};

use crate::context::{Ctx, Services};

/// A call that takes longer gets a line, unless the office says otherwise (`log.slow-ms`).
pub const SLOW_MS: u32 = 1_000;
/// Jobs take their time; only what takes this many times longer than a call is told.
const JOB_FACTOR: u32 = 10;

/// Runs a call of somebody under its name; says so when it was slow.
///
/// # Errors
/// Those of the call.
pub(crate) async fn called<T>(
    ctx: &Ctx,
    name: &str,
    call: impl Future<Output = Result<T, Fault>>,
) -> Result<T, Fault> {
    // On the heap: what a call does in a transaction is large, and layers around it would carry it along.
    let call = Box::pin(call);
    let role = role(&ctx.actor);
    let span = tracing::info_span!(
        "call",
        call = name,
        role,
        case = field::Empty,
        rows = field::Empty
    );
    let services = &ctx.services;
    let call = store::slow::called(name, call);
    async {
        let begun = services.steady();
        let done = call.await;
        let outcome = match &done {
            Ok(_) => "ok",
            Err(fault) => fault.code.as_str(),
        };
        tell(services, begun, (1, outcome));
        done
    }
    .instrument(span)
    .await
}

/// Runs a job under its name; a run that found nothing to do says nothing.
pub(crate) async fn job<T, E>(
    services: &Services,
    name: &'static str,
    run: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let span = tracing::info_span!("job", job = name, rows = field::Empty);
    let run = store::slow::called(name, run);
    async {
        let begun = services.steady();
        let done = run.await;
        let outcome = if done.is_ok() { "ok" } else { "failed" };
        tell(services, begun, (JOB_FACTOR, outcome));
        done
    }
    .instrument(span)
    .await
}

/// How many rows the running call reads or writes.
pub(crate) fn rows(count: impl TryInto<u64>) {
    Span::current().record("rows", count.try_into().unwrap_or(u64::MAX));
}

/// The number of the case that the running call is about.
pub(crate) fn case(number: &str) {
    Span::current().record("case", number);
}

fn tell(services: &Services, begun: Duration, (factor, outcome): (u32, &str)) {
    let took = services.steady().saturating_sub(begun);
    let bound = services.slow().saturating_mul(factor);
    if !bound.is_zero() && took >= bound {
        let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        tracing::warn!(milliseconds, outcome, "slow");
    }
}

/// In which part somebody acts; of several posts the first.
fn role(actor: &Actor) -> &'static str {
    match (actor.is_system(), actor.user(), actor.posts.first()) {
        (true, ..) => "system",
        (_, None, _) => "visitor",
        (_, Some(_), Some(post)) => post.role.shipped().map_or("own", |role| role.as_str()),
        (_, Some(_), None) => "none",
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::sync::{Arc, Mutex};

    use shared::calendar::Instant;
    use shared::fault::Code;
    use shared::ids::TicketId;

    use super::*;
    use crate::context::{Clock, SeededIds, ServicesConfig};

    /// Each look at it takes 700 ms.
    struct Stepping(AtomicU64);

    impl Clock for Stepping {
        fn now(&self) -> Instant {
            Instant(1_767_225_600_000)
        }

        fn steady(&self) -> Duration {
            Duration::from_millis(self.0.fetch_add(700, Ordering::SeqCst))
        }
    }

    #[derive(Clone, Default)]
    struct Paper(Arc<Mutex<Vec<u8>>>);

    impl Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("written").write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Paper {
        /// The lines that tell of something slow.
        fn slow(&self) -> Vec<serde_json::Value> {
            let bytes = self.0.lock().expect("read").clone();
            let text = String::from_utf8(bytes).expect("text");
            text.lines()
                .map(|line| serde_json::from_str(line).expect("a JSON line"))
                .filter(|line: &serde_json::Value| line["fields"]["message"] == "slow")
                .collect()
        }
    }

    async fn services(folder: &tempfile::TempDir) -> Services {
        let config = ServicesConfig {
            database_url: format!("sqlite://{}", folder.path().join("db.sqlite").display()),
            data_dir: folder.path().join("data"),
            keys_file: folder.path().join("keys.json"),
            public_url: String::new(),
            serving: false,
            limits: crate::tries::Limits::default(),
            crypto: crate::CryptoConfig::default(),
        };
        let clock = Arc::new(Stepping(AtomicU64::new(0)));
        Services::open_with(config, clock, Arc::new(SeededIds::new(1)))
            .await
            .expect("opened")
    }

    #[tokio::test]
    async fn a_slow_call_is_told_with_its_name_and_role() {
        let folder = tempfile::tempdir().expect("a folder");
        let services = services(&folder).await;
        let paper = Paper::default();
        let pen = paper.clone();
        let lines = tracing_subscriber::fmt()
            .json()
            .with_writer(move || pen.clone())
            .finish();
        let _guard = tracing::subscriber::set_default(lines);
        let ctx = Ctx::system(&services);
        let call = || crate::views::get(&ctx, TicketId(uuid::Uuid::nil()));

        services.tell_slow(60_000);
        call().await.expect_err("there is no such ticket");
        services.tell_slow(0);
        call().await.expect_err("there is no such ticket");
        assert_eq!(paper.slow(), Vec::<serde_json::Value>::new());

        services.tell_slow(500);
        call().await.expect_err("there is no such ticket");
        let told = paper.slow();
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0]["span"]["call"], "ticket.read");
        assert_eq!(told[0]["span"]["role"], "system");
        assert_eq!(told[0]["fields"]["outcome"], Code::NotFound.as_str());
        assert!(told[0]["fields"]["milliseconds"].as_u64() >= Some(700));
    }
}
