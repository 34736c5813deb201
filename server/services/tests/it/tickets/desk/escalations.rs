//! What rungs of the ladder give the centre to do: it is listed until it is done, or until the part's clock runs no more.

use services::tickets::{self, AlarmQuery};
use services::{Ctx, consistency, jobs};
use shared::access::Role;
use shared::ids::TicketId;
use shared::ladder::{Alarm, RungAct};
use shared::ticket::Verb;
use shared::ticket::verbs::{PhoneUrge, Supervise};

use crate::support::{Filed, SUZHOU_CENTRE, World, ZJJ, a_complaint, example, on_each_database};

async fn listed(ctx: &Ctx, alarm: Alarm) -> Vec<TicketId> {
    let query = AlarmQuery {
        alarm,
        cursor: None,
        limit: 50,
    };
    let page = tickets::alarms(ctx, query).await.expect("the alarms");
    page.items.iter().map(|it| it.ticket.id).collect()
}

async fn at_time(world: &World, time: &str) {
    world.time(time);
    let known = jobs::JOBS.iter().find(|job| job.name == "ladder");
    let run = known.expect("a job").once(&world.services);
    run.await.expect("runs");
}

async fn dispatched(world: &World) -> Filed {
    let mut filed = world.files(a_complaint()).await;
    world.dispatches(&mut filed, ZJJ, &[]).await;
    at_time(world, "2026-03-02T10:00").await;
    filed
}

async fn prepared(world: &World, filed: &Filed) -> Option<RungAct> {
    let sheet = tickets::sheet(&world.supervisor(), filed.id).await;
    let mut ladders = sheet.expect("the page").ladders.into_iter();
    let of_unit = ladders.find(|it| it.assignment.is_some());
    of_unit?.reached?.act
}

#[tokio::test]
async fn a_rung_gives_the_centre_something_to_do() {
    on_each_database(|world| async move {
        let mut filed = dispatched(&world).await;
        let supervisor = world.supervisor();
        at_time(&world, "2026-03-09T17:31").await;
        assert!(
            listed(&supervisor, Alarm::Phone).await.is_empty(),
            "not yet"
        );
        at_time(&world, "2026-03-10T17:31").await;
        assert_eq!(listed(&supervisor, Alarm::Phone).await, [filed.id]);
        assert_eq!(prepared(&world, &filed).await, Some(RungAct::Call));
        let elsewhere = world.person(Role::Supervisor, SUZHOU_CENTRE);
        assert!(listed(&elsewhere, Alarm::Phone).await.is_empty());

        let (id, version) = filed.at_unit(ZJJ);
        let urge = example::<PhoneUrge>(version);
        filed.took(tickets::act(&supervisor, id, urge).await);
        assert!(listed(&supervisor, Alarm::Phone).await.is_empty(), "done");
        let history = tickets::history(&supervisor, filed.id).await;
        let line = history.expect("seen").pop().expect("a line");
        assert_eq!(line.verb, Verb::PhoneUrge);

        at_time(&world, "2026-03-11T17:31").await;
        assert_eq!(listed(&supervisor, Alarm::Order).await, [filed.id]);
        assert_eq!(prepared(&world, &filed).await, Some(RungAct::Order));
        let (id, version) = filed.at_unit(ZJJ);
        let order = example::<Supervise>(version);
        filed.took(tickets::act(&supervisor, id, order).await);
        assert!(listed(&supervisor, Alarm::Order).await.is_empty(), "issued");
        // While one waits for its answer no other is prepared.
        at_time(&world, "2026-03-16T17:31").await;
        assert!(listed(&supervisor, Alarm::Order).await.is_empty());
        let found = consistency::check_all(&world.services).await;
        assert_eq!(found.expect("checked").count, 0);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_to_be_done_about_what_was_answered() {
    on_each_database(|world| async move {
        let mut filed = dispatched(&world).await;
        let supervisor = world.supervisor();
        at_time(&world, "2026-03-11T17:31").await;
        assert_eq!(listed(&supervisor, Alarm::Phone).await, [filed.id]);
        assert_eq!(listed(&supervisor, Alarm::Order).await, [filed.id]);
        world.unit_answers(&mut filed, ZJJ).await;
        assert!(listed(&supervisor, Alarm::Phone).await.is_empty());
        assert!(listed(&supervisor, Alarm::Order).await.is_empty());
    })
    .await;
}
