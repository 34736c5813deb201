//! Timers: once each, in order, also when two servers ring them and after a stop; held while a case is paused.

use services::approvals;
use services::host;
use shared::approval::ApprovalVerb as V;
use shared::approval::verbs::{Resume, Suspend};

use super::story::{Office, definition, deploys, files_on, reasoned};
use crate::support::on_each_database;

const THREE: &str = r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="work"/>
<userTask id="work" name="办理" ms:name_en="Work" ms:role="handler" ms:unit="initiator"/>
<sequenceFlow id="f2" sourceRef="work" targetRef="e"/><endEvent id="e"/>
<boundaryEvent id="second" attachedToRef="work" cancelActivity="false"><timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition></boundaryEvent>
<sequenceFlow id="f3" sourceRef="second" targetRef="e2"/><endEvent id="e2"/>
<boundaryEvent id="first" attachedToRef="work" cancelActivity="false"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>
<sequenceFlow id="f4" sourceRef="first" targetRef="e3"/><endEvent id="e3"/>
<boundaryEvent id="again" attachedToRef="work" cancelActivity="false"><timerEventDefinition><timeCycle>R3/PT5H</timeCycle></timerEventDefinition></boundaryEvent>
<sequenceFlow id="f5" sourceRef="again" targetRef="e4"/><endEvent id="e4"/>"#;

#[tokio::test]
async fn late_timers_ring_once_each_in_order_also_with_two_servers() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        deploys(&office.owner, &definition("timers", THREE)).await;
        let mut case = files_on(&office.initiator, "timers").await;
        assert_eq!(host::drain(&world.services).await.expect("nothing"), 0);
        world.time("2026-03-02T12:30");
        let (one, two) = tokio::join!(host::drain(&world.services), host::drain(&world.services));
        assert_eq!(
            one.expect("rings") + two.expect("rings"),
            2,
            "each rings once, whoever rings it"
        );
        let detail = case.refresh(&office.intake).await;
        let rung: Vec<&str> = detail
            .history
            .iter()
            .filter(|event| event.verb == V::Ring)
            .filter_map(|event| event.step.as_deref())
            .collect();
        assert_eq!(rung, ["first", "second"]);
        for time in ["2026-03-02T14:30", "2026-03-02T20:00", "2026-03-03T23:00"] {
            world.time(time);
            host::drain(&world.services).await.expect("rings");
        }
        let detail = case.refresh(&office.intake).await;
        let again = detail
            .history
            .iter()
            .filter(|event| event.step.as_deref() == Some("again"))
            .count();
        assert_eq!(again, 3, "a cycle of three");
        case.decides(&office.intake, "work", true).await;
        assert!(case.at().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_paused_case_rings_later_by_the_length_of_the_pause() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        deploys(&office.owner, &definition("timers", THREE)).await;
        let mut case = files_on(&office.initiator, "timers").await;
        world.time("2026-03-02T09:30");
        let done = approvals::act(
            &office.intake,
            case.id(),
            reasoned::<Suspend>(&case, "听证"),
        )
        .await;
        case.took(done);
        world.time("2026-03-02T19:30");
        assert_eq!(host::drain(&world.services).await.expect("held"), 0);
        let done =
            approvals::act(&office.intake, case.id(), reasoned::<Resume>(&case, "听证")).await;
        case.took(done);
        world.time("2026-03-02T19:59");
        assert_eq!(host::drain(&world.services).await.expect("not yet"), 0);
        world.time("2026-03-02T20:00");
        assert_eq!(host::drain(&world.services).await.expect("rings"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_goes_back_rings_nothing_twice() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        deploys(&office.owner, &definition("timers", THREE)).await;
        files_on(&office.initiator, "timers").await;
        world.time("2026-03-02T10:00");
        assert_eq!(host::drain(&world.services).await.expect("rings"), 1);
        world.time("2026-03-02T09:00");
        assert_eq!(host::drain(&world.services).await.expect("nothing"), 0);
        world.time("2026-03-02T10:30");
        assert_eq!(host::drain(&world.services).await.expect("nothing"), 0);
        world.time("2026-03-02T11:00");
        assert_eq!(host::drain(&world.services).await.expect("rings"), 1);
    })
    .await;
}
