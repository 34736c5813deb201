//! What breaks stands in the audit with its incident, so that failures of a month are failures too: verbs, filing, by people and by visitors.
//! Not here: what the audit itself does not take (`access::unaudited`), a database that is away (`outages`).

use services::audit::search::{self, Asked};
use services::{Ctx, tickets};
use shared::access::Role;
use shared::fault::Fault;

use crate::support::{CENTRE, World, ZJJ, a_complaint, on_each_database};

/// No history takes a line from now on.
async fn close(world: &World) {
    if world.services.store().kind() == "sqlite" {
        world.tampers("create trigger events_shut before insert on events begin select raise(abort, 'shut'); end").await;
        return;
    }
    world.tampers("create function events_shut() returns trigger language plpgsql as $$ begin raise exception 'shut'; end $$").await;
    world.tampers("create trigger events_shut before insert on events for each row execute function events_shut()").await;
}

/// The row of a defect: its outcome and its incident.
async fn stands(world: &World, action: &str, who: &Ctx, fault: &Fault) {
    assert!(
        fault.status() >= 500 && fault.incident.is_some(),
        "{action}: {fault:?}"
    );
    let rows = world.audited(action).await;
    let row = rows.last().expect("a row");
    assert_eq!(row.outcome, fault.code.as_str(), "{action}");
    assert_eq!(row.actor_name, who.actor_name(), "{action}");
    assert_eq!(row.facts.get("incident"), fault.incident.as_ref());
}

async fn failures(world: &World) -> usize {
    let auditor = world.person(Role::Auditor, CENTRE);
    let of = |name: &str| (name == "question").then(|| "failures".to_owned());
    let found = search::page(&auditor, &Asked::of(of, None, 50)).await;
    found.expect("finds").items.len()
}

#[tokio::test]
async fn what_breaks_stands_in_the_audit_with_its_incident() {
    on_each_database(|world| async move {
        let mut filed = world.takes_call(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let before = failures(&world).await;
        close(&world).await;
        for who in [world.agent(), world.visitor()] {
            let fault = tickets::register(&who, a_complaint()).await;
            let fault = fault.map(drop).expect_err("it breaks");
            stands(&world, "register", &who, &fault).await;
        }
        let (id, version) = filed.at_unit(ZJJ);
        let liaison = world.liaison(ZJJ);
        let sign = crate::support::example::<shared::ticket::verbs::Sign>(version);
        let fault = tickets::act(&liaison, id, sign).await;
        let fault = fault.map(drop).expect_err("it breaks");
        stands(&world, "sign", &liaison, &fault).await;
        assert_eq!(failures(&world).await, before + 3);
    })
    .await;
}
