//! Slow statements: what takes too long is kept with its caller and its plan and without a value, for who looks after the system.
//! Not here: what plans point at (`shared`).

use std::time::Duration;

use services::jobs::{self, slow};
use services::tickets;
use shared::access::Role;
use shared::fault::Code;
use shared::query::TicketQuery;

use crate::support::{CENTRE, a_complaint, on_each_database};

#[tokio::test]
async fn a_slow_read_is_kept_with_caller_and_plan() {
    on_each_database(|world| async move {
        world.files(a_complaint()).await;
        let store = world.services.store();
        store.watch_slow(Some(Duration::ZERO));
        let query = TicketQuery::from_query("q=屋顶漏水").expect("reads");
        let dispatcher = world.dispatcher();
        tickets::list(&dispatcher, query).await.expect("listed");
        store.watch_slow(None);
        let job = jobs::JOBS.iter().find(|job| job.name == "slow");
        let job = job.expect("a job");
        job.once(&world.services).await.expect("it runs");

        let admin = world.person(Role::SystemAdmin, CENTRE);
        let page = slow::list(&admin).await.expect("listed");
        assert_eq!(page.from_ms, 100);
        let mut of_list = page.items.iter().filter(|it| it.caller == "ticket.list");
        let one = of_list.next().expect("the list is there");
        assert!(one.times > 0 && !one.plan.is_empty(), "{one:?}");
        for it in &page.items {
            assert!(!it.statement.contains("漏水"), "{it:?}");
            assert!(it.plan.iter().all(|step| !step.contains("漏水")), "{it:?}");
        }
        let denied = slow::list(&dispatcher).await.expect_err("no right");
        assert_eq!(denied.code, Code::AccessDenied);
    })
    .await;
}
