//! Versions of the tickets' process: deployed by their owner, chosen by area and kind from a day, running tickets moved and moved back,
//! the text fetched again; recent tickets tried on one before it counts.
//! Not here: what a version must have (`vocabulary`).

use services::approvals::owner::{self, activate::Part, fetch};
use services::{Ctx, consistency, host, jobs, tickets};
use shared::access::Role;
use shared::calendar::Instant;
use shared::command::Version;
use shared::fault::Code;
use shared::job::JobPhase;
use shared::process::retrace::{Retrace, RetraceReport};
use shared::ticket::command::Register;
use shared::ticket::verbs::Sign;
use shared::ticket::{RequestKind, Verb};

use crate::approvals::story::hire;
use crate::support::{Filed, World, ZJJ, a_complaint, at, on_each_database, said};

const SHIPPED: &str = include_str!("../../../../bpmn/definitions/ticket-main-2.bpmn");
const KEY: &str = "ticket-main";

/// Triage has another name, and a clock of its own that tells after two hours.
fn own() -> String {
    let gate = r#"<exclusiveGateway id="decision_choice""#;
    let late = r#"<boundaryEvent id="triage_late" name="派单迟" ms:name_en="Triage late" attachedToRef="triage" cancelActivity="false"><timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition></boundaryEvent>
      <endEvent id="triage_told"/><sequenceFlow id="triage_late_to_told" sourceRef="triage_late" targetRef="triage_told"/>"#;
    SHIPPED
        .replace(
            r#"name="派单" ms:name_en="Triage""#,
            r#"name="区里派单" ms:name_en="Triage here""#,
        )
        .replacen(gate, &format!("{late}{gate}"), 1)
}

/// Signing has another id and another clock.
fn renamed() -> String {
    SHIPPED
        .replace(r#"id="sign""#, r#"id="accept""#)
        .replace(r#""sign""#, r#""accept""#)
        .replace(
            r#"ms:limit="accept" ms:verb="accept""#,
            r#"ms:limit="sign" ms:verb="sign""#,
        )
        .replace("sign_overdue", "accept_overdue")
}

async fn owner_of(world: &World) -> Ctx {
    hire(world, Role::ProvincialManager, "320000-12345").await
}

async fn deploys(owner: &Ctx, xml: &str) -> i32 {
    let done = owner::deploy(owner, xml, None).await.expect("deployed");
    assert!(done.is_new);
    done.version
}

async fn takes(world: &World, region: &str, kind: RequestKind) -> Filed {
    let request = Register {
        region: said(region),
        kind,
        ..a_complaint()
    };
    world.takes_call(request).await
}

async fn version_of(world: &World, filed: &Filed) -> i32 {
    let flow = tickets::flow(&world.supervisor(), filed.id).await;
    flow.expect("seen").version
}

async fn verbs(world: &World, filed: &Filed) -> Vec<Verb> {
    let events = tickets::history(&world.supervisor(), filed.id).await;
    events.expect("seen").iter().map(|it| it.verb).collect()
}

async fn fits(world: &World) {
    let found = consistency::check_all(&world.services).await;
    let found = found.expect("checked");
    assert_eq!(found.count, 0, "{:?}", found.first);
}

#[tokio::test]
async fn a_version_works_in_its_area_from_its_day_and_elsewhere_nothing_changes() {
    on_each_database(|world| async move {
        let owner = owner_of(&world).await;
        let before = takes(&world, "320106", RequestKind::Complaint).await;
        let version = deploys(&owner, &own()).await;
        assert_eq!(version, 3);
        let part = Part {
            area: Some(said("320106")),
            from: Some(at("2026-03-04T00:00:00+08:00")),
            ..Part::default()
        };
        owner::activate::for_part(&owner, KEY, version, part)
            .await
            .expect("set");
        let early = takes(&world, "320106", RequestKind::Complaint).await;
        assert_eq!(version_of(&world, &early).await, 2, "not before its day");
        world.time("2026-03-04T09:00");
        let mut here = takes(&world, "320106", RequestKind::Complaint).await;
        let there = takes(&world, "320102", RequestKind::Complaint).await;
        assert_eq!(version_of(&world, &here).await, 3);
        assert_eq!(version_of(&world, &there).await, 2);
        assert_eq!(version_of(&world, &before).await, 2, "it stays on its own");
        world.time("2026-03-04T11:01");
        host::drain(&world.services).await.expect("the jobs run");
        assert!(verbs(&world, &here).await.contains(&Verb::Ring));
        assert!(!verbs(&world, &there).await.contains(&Verb::Ring));
        world.dispatches(&mut here, ZJJ, &[]).await;
        world.unit_answers(&mut here, ZJJ).await;
        world.centre_passes(&mut here).await;
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a_kind_has_its_version_until_it_is_withdrawn() {
    on_each_database(|world| async move {
        let owner = owner_of(&world).await;
        let version = deploys(&owner, &own()).await;
        let part = Part {
            kind: Some(RequestKind::Inquiry),
            ..Part::default()
        };
        let set = owner::activate::for_part(&owner, KEY, version, part.clone())
            .await
            .expect("set");
        assert!(set.counts);
        let asked = takes(&world, "320106", RequestKind::Inquiry).await;
        let complained = takes(&world, "320106", RequestKind::Complaint).await;
        assert_eq!(version_of(&world, &asked).await, 3);
        assert_eq!(version_of(&world, &complained).await, 2);
        let rows = owner::list(&owner).await.expect("listed");
        let row = rows.iter().find(|row| row.is_ticket).expect("the tickets'");
        assert_eq!(row.activations.len(), 1);
        let active = row.versions.iter().filter(|it| it.is_active);
        assert_eq!(active.map(|it| it.version).collect::<Vec<_>>(), [2]);
        owner::activate::withdraw(&owner, KEY, set.id)
            .await
            .expect("withdrawn");
        let again = owner::activate::withdraw(&owner, KEY, set.id).await;
        assert_eq!(again.expect_err("gone").code, Code::NotFound);
        let later = takes(&world, "320106", RequestKind::Inquiry).await;
        assert_eq!(version_of(&world, &later).await, 2);
        // A version that is withdrawn is so for every part, and without any active one the shipped one counts.
        owner::activate::for_part(&owner, KEY, version, part.clone())
            .await
            .expect("set");
        for number in [1, 2, 3] {
            owner::withdraw(&owner, KEY, number)
                .await
                .expect("withdrawn");
        }
        let last = takes(&world, "320106", RequestKind::Inquiry).await;
        assert_eq!(
            version_of(&world, &last).await,
            2,
            "the newest that was shipped"
        );
        refused(&world, &owner, part).await;
    })
    .await;
}

/// What nobody may set, or nobody can.
async fn refused(world: &World, owner: &Ctx, part: Part) {
    let set = |ctx: Ctx, key: &'static str, version: i32, part: Part| async move {
        let done = owner::activate::for_part(&ctx, key, version, part).await;
        done.expect_err("refused").code
    };
    let nobody = set(world.supervisor(), KEY, 3, part.clone()).await;
    assert_eq!(nobody, Code::AccessDenied);
    let missing = set(owner.clone(), KEY, 9, part.clone()).await;
    assert_eq!(missing, Code::NotFound);
    let other = set(owner.clone(), "permit-sample", 1, part).await;
    assert_eq!(other, Code::InputInvalid);
    assert_eq!(
        set(owner.clone(), KEY, 3, Part::default()).await,
        Code::InputInvalid
    );
    let nowhere = Part {
        area: Some(said("999999")),
        ..Part::default()
    };
    assert_eq!(
        set(owner.clone(), KEY, 3, nowhere).await,
        Code::InputInvalid
    );
}

#[tokio::test]
async fn what_lacks_a_word_of_the_verbs_is_not_deployed() {
    on_each_database(|world| async move {
        let owner = owner_of(&world).await;
        let lacking = SHIPPED.replace(r#"ms:limit="review" ms:verb="review""#, "");
        let fault = owner::deploy(&owner, &lacking, None)
            .await
            .expect_err("refused");
        assert_eq!(fault.code, Code::ProcessRefused);
        assert_eq!(fault.facts["element"], "closing_review");
        let denied = owner::deploy(&world.supervisor(), &own(), None).await;
        assert_eq!(denied.expect_err("no right").code, Code::AccessDenied);
        let rows = owner::list(&owner).await.expect("listed");
        let row = rows.iter().find(|row| row.is_ticket).expect("the tickets'");
        assert_eq!(row.versions.len(), 2);
    })
    .await;
}

fn order(to: i32, dry_run: bool, mapping: &[(&str, &str)]) -> owner::MigrationPlan {
    owner::MigrationPlan {
        key: KEY.to_owned(),
        from: 2,
        to,
        mapping: mapping
            .iter()
            .map(|(old, new)| ((*old).to_owned(), (*new).to_owned()))
            .collect(),
        dry_run,
        patience: None,
    }
}

async fn signs(world: &World, filed: &mut Filed) {
    let (id, version) = filed.at_unit(ZJJ);
    let command = Sign {
        version: Version(version),
    };
    filed.took(tickets::act(&world.liaison(ZJJ), id, command).await);
}

/// When the unit has to have signed.
async fn sign_by(world: &World, filed: &Filed) -> Instant {
    let seen = tickets::get(&world.supervisor(), filed.id).await;
    let deadline = seen.expect("seen").assignments[0].sign_deadline.due_at;
    Instant(deadline.expect("a deadline").0 + 1_000)
}

#[tokio::test]
async fn running_tickets_move_with_their_clocks_and_back() {
    on_each_database(|world| async move {
        let owner = owner_of(&world).await;
        let (mut rings, mut waits) = (
            takes(&world, "320106", RequestKind::Complaint).await,
            takes(&world, "320106", RequestKind::Complaint).await,
        );
        let untouched = takes(&world, "320106", RequestKind::Complaint).await;
        world.dispatches(&mut rings, ZJJ, &[]).await;
        world.time("2026-03-02T15:00");
        world.dispatches(&mut waits, ZJJ, &[]).await;
        let to = deploys(&owner, &renamed()).await;
        let mapping = [("sign", "accept"), ("sign_overdue", "accept_overdue")];
        let seen = owner::migrate(&owner, order(to, true, &[])).await;
        let seen = seen.expect("counted");
        assert_eq!((seen.cases, seen.fits, seen.moved), (3, 1, 0), "{seen:?}");
        assert!(seen.problems.iter().any(|it| it.element == "sign"));
        let seen = owner::migrate(&owner, order(to, true, &mapping)).await;
        let seen = seen.expect("counted");
        assert_eq!((seen.cases, seen.fits), (3, 3), "{seen:?}");
        assert_eq!(version_of(&world, &waits).await, 2, "only counted");
        let denied = owner::migrate(&world.supervisor(), order(to, false, &mapping)).await;
        assert_eq!(denied.expect_err("no right").code, Code::AccessDenied);
        let done = owner::migrate(&owner, order(to, false, &mapping)).await;
        let done = done.expect("moved");
        assert_eq!((done.cases, done.moved), (3, 3), "{done:?}");
        for filed in [&rings, &waits, &untouched] {
            assert_eq!(version_of(&world, filed).await, to);
            assert_eq!(verbs(&world, filed).await.last(), Some(&Verb::Migrate));
        }
        fits(&world).await;
        // A clock that went along rings once, at its deadline.
        world.clock.set(sign_by(&world, &rings).await);
        host::drain(&world.services).await.expect("the jobs run");
        let told = verbs(&world, &rings).await;
        assert_eq!(told.iter().filter(|it| **it == Verb::Ring).count(), 1);
        let late = verbs(&world, &waits).await.contains(&Verb::Ring);
        let undone = owner::undo_migration(&owner, done.id.expect("a migration")).await;
        let undone = undone.expect("undone");
        let stayed = 1 + i64::from(late);
        assert_eq!((undone.back, undone.stayed), (3 - stayed, stayed));
        assert_eq!(version_of(&world, &rings).await, to, "it has gone on since");
        assert_eq!(version_of(&world, &untouched).await, 2);
        fits(&world).await;
        // On either version the verbs find their tasks.
        signs(&world, &mut rings).await;
        signs(&world, &mut waits).await;
        world.unit_replies(&mut rings, ZJJ).await;
        world.centre_passes(&mut rings).await;
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a_deployed_text_comes_back_as_it_was() {
    on_each_database(|world| async move {
        let owner = owner_of(&world).await;
        let text = own();
        let version = deploys(&owner, &text).await;
        let file = fetch::definition(&owner, KEY, version)
            .await
            .expect("there");
        assert_eq!(file.xml, text);
        assert_eq!(file.name, "ticket-main-3.bpmn");
        let kept = store::definitions::get(&world.services.store().reader(), KEY, version).await;
        let kept = kept.expect("read").expect("there").digest;
        assert_eq!(kept, store::definitions::digest(&file.xml));
        assert!(file.digest.starts_with(&format!("{:02x}", kept[0])) && file.digest.len() == 64);
        let missing = fetch::definition(&owner, KEY, 9).await;
        assert_eq!(missing.expect_err("none").code, Code::NotFound);
        let missing = fetch::table(&owner, "fees", 1).await;
        assert_eq!(missing.expect_err("none").code, Code::NotFound);
        let denied = fetch::definition(&world.agent(), KEY, version).await;
        assert_eq!(denied.expect_err("no right").code, Code::AccessDenied);
    })
    .await;
}

/// What the tickets of the last month come to under a version.
async fn retraced(world: &World, ctx: &Ctx, version: i32) -> RetraceReport {
    let job = owner::retrace(ctx, KEY, version).await.expect("it begins");
    for _ in 0..4 {
        jobs::once(&world.services).await.expect("the jobs run");
    }
    let seen = owner::view(ctx, KEY, Some(version)).await.expect("seen");
    let view = seen.retraced.expect("a replay");
    assert_eq!((view.job, view.phase), (job, JobPhase::Done));
    view.report.expect("a report")
}

#[tokio::test]
async fn recent_tickets_are_tried_on_a_version_and_stay_as_they_are() {
    on_each_database(|world| async move {
        let owner = owner_of(&world).await;
        let mut filed = takes(&world, "320106", RequestKind::Complaint).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        world.unit_answers(&mut filed, ZJJ).await;
        takes(&world, "320102", RequestKind::Complaint).await;
        let version = deploys(&owner, &renamed()).await;
        world.clock.advance_minutes(5);
        let report = retraced(&world, &owner, version).await;
        let counts = (report.tickets, report.changed, report.untraced);
        assert_eq!(counts, (2, 1, 0), "{report:?}");
        let first = &report.first[0];
        assert_eq!((first.ticket, first.version), (filed.id, 2));
        assert_eq!((first.kind, first.verb), (Retrace::Tasks, Verb::Dispatch));
        assert_eq!(
            (first.was.as_slice(), first.would_be.as_slice()),
            (
                ["sign (lead)".to_owned()].as_slice(),
                ["accept (lead)".to_owned()].as_slice()
            )
        );
        let clocked = deploys(&owner, &own()).await;
        let report = retraced(&world, &owner, clocked).await;
        assert_eq!(report.of(Retrace::Timers), 2, "{report:?}");
        assert_eq!(report.first[0].verb, Verb::Register);
        let report = retraced(&world, &owner, 1).await;
        assert_eq!((report.tickets, report.untraced), (2, 0), "{report:?}");
        fits(&world).await;
        let none = owner::retrace(&owner, KEY, 99).await;
        assert_eq!(none.expect_err("none").code, Code::NotFound);
        let other = owner::retrace(&owner, "permit-sample", 1).await;
        assert_eq!(other.expect_err("no tickets").code, Code::NotFound);
        let denied = owner::retrace(&world.dispatcher(), KEY, version).await;
        assert_eq!(denied.expect_err("no right").code, Code::AccessDenied);
    })
    .await;
}
