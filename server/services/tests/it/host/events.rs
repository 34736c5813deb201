//! Messages between an approval and a ticket, and services and incidents on a ticket whose process asks for them.

use std::sync::Arc;

use bpmn::{Value, Vars};
use futures::future::BoxFuture;
use services::approvals::{self, owner};
use services::host::services::{NamedService, Request, ServiceTrouble};
use services::{Services, consistency, host, tickets};
use shared::approval::ApprovalStatus;
use shared::approval::verbs::Retry;
use shared::ticket::Verb;
use store::definitions::New;

use crate::approvals::story::{Office, definition, deploys, files_on, settling};
use crate::support::{Filed, World, ZJJ, a_complaint, on_each_database};

/// The ticket's process with a branch of its own: asked by a message, it calls a service, and answers whoever asked.
fn asked() -> String {
    services::process::SHIPPED
        .replacen(
            "  <process ",
            r#"  <message id="m-check" name="please_check"/><message id="m-checked" name="checked"/>
  <process "#,
            1,
        )
        .replacen(
            r#"    <boundaryEvent id="withdraw""#,
            r#"<boundaryEvent id="asked" name="请核查" ms:name_en="Asked" attachedToRef="case" cancelActivity="false"><messageEventDefinition messageRef="m-check"/></boundaryEvent>
<sequenceFlow id="asked_to_look" sourceRef="asked" targetRef="look"/>
<serviceTask id="look" name="核查" ms:name_en="Look" ms:service="look"/>
<sequenceFlow id="look_to_address" sourceRef="look" targetRef="address"/>
<scriptTask id="address" name="回复谁" ms:name_en="Whom" scriptFormat="cel"><script>message_to = message_from</script></scriptTask>
<sequenceFlow id="address_to_tell" sourceRef="address" targetRef="tell"/>
<intermediateThrowEvent id="tell" name="答复" ms:name_en="Tell"><messageEventDefinition messageRef="m-checked"/></intermediateThrowEvent>
<sequenceFlow id="tell_to_end" sourceRef="tell" targetRef="told"/><endEvent id="told" name="已答复" ms:name_en="Told"/>
    <boundaryEvent id="withdraw""#,
            1,
        )
}

/// An approval that asks a ticket and waits for its answer.
fn asks(ticket_no: &str) -> String {
    let body = format!(
        r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="whom"/>
<scriptTask id="whom" scriptFormat="cel"><script>message_to = "{ticket_no}"</script></scriptTask><sequenceFlow id="f2" sourceRef="whom" targetRef="out"/>
<intermediateThrowEvent id="out"><messageEventDefinition messageRef="m-check"/></intermediateThrowEvent><sequenceFlow id="f3" sourceRef="out" targetRef="in"/>
<intermediateCatchEvent id="in"><messageEventDefinition messageRef="m-checked"/></intermediateCatchEvent><sequenceFlow id="f4" sourceRef="in" targetRef="e"/>
<endEvent id="e"/>"#
    );
    definition("asks", &body).replacen(
        "<process",
        r#"<message id="m-check" name="please_check"/><message id="m-checked" name="checked"/><process"#,
        1,
    )
}

struct Looks;

impl NamedService for Looks {
    fn call<'a>(
        &'a self,
        _services: &'a Services,
        request: Request,
    ) -> Option<BoxFuture<'a, Result<Vars, ServiceTrouble>>> {
        let answer = Value::Text(request.number);
        Some(Box::pin(async move {
            Ok([("looked".to_owned(), answer)].into())
        }))
    }
}

/// Tickets run on the process that can be asked.
async fn deployed(world: &World) {
    let new = New {
        key: services::process::TICKET_MAIN.to_owned(),
        xml: asked(),
        at: world.services.now(),
        active_from: Some(world.services.now()),
        by: Some("owner".to_owned()),
    };
    let store = world.services.store();
    let done = store.write::<_, store::StoreError, _>(move |tx| {
        let new = new.clone();
        Box::pin(async move { store::definitions::deploy(tx, &new).await })
    });
    done.await.expect("deployed");
    world.services.bust_reference().await;
}

async fn drains(world: &World) {
    host::drain(&world.services).await.expect("the jobs run");
}

async fn verbs(world: &World, filed: &Filed) -> Vec<Verb> {
    let events = tickets::history(&world.supervisor(), filed.id)
        .await
        .expect("seen");
    events.into_iter().map(|event| event.verb).collect()
}

async fn fits(world: &World) {
    let found = consistency::check_all(&world.services)
        .await
        .expect("checked");
    assert_eq!(found.count, 0, "{:?}", found.first);
}

#[tokio::test]
async fn a_message_goes_from_an_approval_to_a_ticket_and_back() {
    on_each_database(|world| async move {
        deployed(&world).await;
        let office = Office::open(&world).await;
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        fits(&world).await;
        deploys(&office.owner, &asks(filed.claim.ticket_no.as_str())).await;
        let mut asking = files_on(&office.initiator, "asks").await;
        assert_eq!(asking.at(), ["in"]);

        // Nobody has added the service yet: the ticket goes on, its owner sees why the branch stands.
        drains(&world).await;
        assert_eq!(verbs(&world, &filed).await.last(), Some(&Verb::Message));
        let view = owner::view(&office.owner, services::process::TICKET_MAIN, None)
            .await
            .expect("seen");
        let [incident] = view.incidents.as_slice() else {
            panic!("one incident: {:?}", view.incidents)
        };
        assert!(
            incident.ticket == Some(filed.id)
                && incident.approval_no == filed.claim.ticket_no.as_str()
        );
        fits(&world).await;

        world
            .services
            .machinery()
            .add_service("look", Arc::new(Looks));
        let settle: Retry = settling(incident.version, incident.number, "服务已接通");
        let refused = approvals::act(&world.supervisor(), incident.approval, settle.clone()).await;
        assert!(refused.is_err(), "only whoever operates processes");
        approvals::act(&office.owner, incident.approval, settle)
            .await
            .expect("tried again");
        drains(&world).await;
        let told = verbs(&world, &filed).await;
        assert!(told.ends_with(&[Verb::Retry, Verb::Serve]), "{told:?}");
        let answered = asking.refresh(&office.initiator).await;
        assert_eq!(
            answered.row.status,
            ApprovalStatus::Ended,
            "it was answered"
        );
        fits(&world).await;
        world.unit_answers(&mut filed, ZJJ).await;
        world.centre_passes(&mut filed).await;
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn nobody_sends_a_ticket_the_messages_of_its_own_verbs() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let body = asks(filed.claim.ticket_no.as_str()).replace("please_check", "withdraw");
        deploys(&office.owner, &body).await;
        files_on(&office.initiator, "asks").await;
        drains(&world).await;
        assert_eq!(verbs(&world, &filed).await.last(), Some(&Verb::Dispatch));
        fits(&world).await;
    })
    .await;
}
