//! Where rows come from: request, session and job stand in them, and the request finds all that was done in it.

use services::audit::search::{self, Asked};
use services::{Ctx, tickets};
use shared::access::{AuditRows, Role};
use shared::ids::SessionId;
use shared::ticket::command::Reveal;
use uuid::Uuid;

use crate::support::{CENTRE, World, a_complaint, on_each_database, said};

/// Numbers of requests as the edge makes them.
const FIRST: &str = "019cac5e0b7a7000800000000000000a";
const SECOND: &str = "019cac5e0b7a7000800000000000000b";

async fn of_request(world: &World, request: &str) -> AuditRows {
    let auditor = world.person(Role::Auditor, CENTRE);
    let of = |name: &str| (name == "request").then(|| request.to_owned());
    search::page(&auditor, &Asked::of(of, None, 50))
        .await
        .expect("finds")
}

#[tokio::test]
async fn rows_say_request_and_session_and_are_found_by_the_request() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let session = SessionId(Uuid::from_u128(7));
        for request in [FIRST, SECOND, FIRST] {
            let dispatcher = Ctx {
                request: Some(request.to_owned()),
                session: Some(session),
                ip: Some("10.1.2.3".to_owned()),
                ..world.dispatcher()
            };
            let reason = said("核对来电人的联系方式。");
            tickets::reveal(&dispatcher, filed.id, Reveal { reason })
                .await
                .expect("revealed");
        }
        let found = of_request(&world, FIRST).await;
        assert_eq!(found.items.len(), 2, "{found:?}");
        for row in &found.items {
            assert_eq!(row.request.as_deref(), Some(FIRST));
            assert_eq!(row.session, Some(session.to_string()));
            assert_eq!(row.ip.as_deref(), Some("10.1.2.3"));
            assert!(row.job.is_none() && !row.facts.contains_key("request"));
        }
        let upper = of_request(&world, &SECOND.to_uppercase()).await;
        assert_eq!(upper.items.len(), 1);
        assert!(of_request(&world, "none").await.items.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_a_job_does_says_which_one() {
    on_each_database(|world| async move {
        let entry = Ctx::job(&world.services, "audit_alarms").audit("alarm", "x", "alarm");
        let job = entry.facts.get(store::audit::JOB).map(String::as_str);
        assert_eq!(job, Some("audit_alarms"));
        assert_eq!(entry.actor_name, "job:audit_alarms");
    })
    .await;
}
