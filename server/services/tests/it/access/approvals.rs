//! Every verb on approvals, by its example: who is refused, when, and what a repeated key gives.
//! Generated over the register of verbs: a new verb is tried by its descriptor.
//! Not here: what each verb does (`approvals`), entrances (the server's tests).

use serde_json::{Value, json};
use services::Ctx;
use services::approvals::{self, Act};
use shared::access::{Need, Role, needs};
use shared::approval::ApprovalVerb as Verb;
use shared::approval::verbs::{self, Approvals, By, Cancel, CaseVerb, Claim, Resume, Suspend};
use shared::approval::view::ApprovalActed;
use shared::fault::{Code, Fault};
use shared::ids::ApprovalId;

use crate::approvals::story::{
    Case, Office, definition, deploys, files_on, hire, reasoned, sent, told,
};
use crate::support::{CENTRE, SUZHOU_ZJJ, World, on_each_database};

/// Waits for a message beside a task, and stops at a condition behind it.
const WAITING: &str = r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="both"/><parallelGateway id="both"/>
<sequenceFlow id="f2" sourceRef="both" targetRef="work"/><sequenceFlow id="f3" sourceRef="both" targetRef="paid"/>
<userTask id="work" name="办理" ms:name_en="Work" ms:role="handler" ms:unit="initiator"/>
<intermediateCatchEvent id="paid" name="等待缴费" ms:name_en="Payment"><messageEventDefinition messageRef="m-paid"/></intermediateCatchEvent>
<sequenceFlow id="f4" sourceRef="paid" targetRef="e1"/><endEvent id="e1"/>
<sequenceFlow id="f5" sourceRef="work" targetRef="g"/><exclusiveGateway id="g"/>
<sequenceFlow id="f6" sourceRef="g" targetRef="e2"><conditionExpression xsi:type="tFormalExpression">missing &gt; 3</conditionExpression></sequenceFlow><endEvent id="e2"/>"#;

async fn office(world: &World) -> Office {
    let office = Office::open(world).await;
    let xml = definition("waiting", WAITING).replace(
        "<process ",
        r#"<message id="m-paid" name="payment"/><process "#,
    );
    deploys(&office.owner, &xml).await;
    office
}

/// Who may do the verb to the case that is made ready for it.
fn insider<V: CaseVerb<Of = Approvals>>(office: &Office) -> &Ctx {
    let by = |wanted: By| V::BY.contains(&wanted);
    if V::DESCRIPTOR.need == needs::OPERATING {
        &office.owner
    } else if by(By::Initiator) && !by(By::HolderOfTask) {
        &office.initiator
    } else {
        &office.intake
    }
}

/// Number of the case's first open task.
async fn task(office: &Office, case: &Case) -> i64 {
    let detail = case.seen_by(&office.owner).await;
    detail.tasks.first().map_or(1, |task| task.task)
}

/// The verb's example for a case, with people that exist.
async fn example<V: CaseVerb<Of = Approvals>>(office: &Office, case: &Case, version: i32) -> Value {
    let mut body: Value = serde_json::from_str(V::EXAMPLE).expect("JSON");
    let first = &office.first.actor.username;
    body["version"] = json!(version);
    for (field, value) in [("user", json!(first)), ("users", json!([first]))] {
        if body.get(field).is_some() {
            body[field] = value;
        }
    }
    if body.get("task").is_some() {
        body["task"] = json!(task(office, case).await);
    }
    body
}

/// A case on which the verb may be done now.
async fn ready<V: CaseVerb<Of = Approvals>>(office: &Office) -> Case {
    let verb = V::DESCRIPTOR.verb;
    let mut case = match verb {
        Verb::Message | Verb::Retry | Verb::Skip => files_on(&office.initiator, "waiting").await,
        _ => office.files("one").await,
    };
    let (intake, initiator) = (&office.intake, &office.initiator);
    match verb {
        Verb::Release => does::<Claim>(office, &mut case, json!({})).await,
        Verb::TakeBack => {
            case.decides(intake, "intake", true).await;
        }
        Verb::RemoveSigner => {
            let signer = json!({"user": office.first.actor.username, "place": "beside"});
            does::<verbs::AddSigner>(office, &mut case, signer).await;
        }
        Verb::Correct => {
            let missing = json!({"missing": "缺总平面图"});
            does::<verbs::AskCorrection>(office, &mut case, missing).await;
        }
        Verb::Supply => {
            let papers = json!({"papers": ["总平面图"], "working_days": 5});
            does::<verbs::AcceptLacking>(office, &mut case, papers).await;
        }
        Verb::Resume => {
            let acted = approvals::act(intake, case.id(), reasoned::<Suspend>(&case, "评审")).await;
            case.took(acted);
        }
        Verb::EraseApplicant => {
            let cancel = reasoned::<Cancel>(&case, "不办了");
            let acted = approvals::act(initiator, case.id(), cancel).await;
            case.took(acted);
        }
        Verb::Retry | Verb::Skip => {
            let task = case.task_of(intake, "work").await;
            let stopped = approvals::act(intake, case.id(), case.decision(&task, true)).await;
            assert_eq!(code(stopped), Some(Code::ApprovalStopped));
            case.refresh(initiator).await;
        }
        _ => {}
    }
    case
}

async fn does<V: Act + CaseVerb<Of = Approvals>>(office: &Office, case: &mut Case, more: Value) {
    let mut body = json!({"version": case.version(), "task": task(office, case).await});
    let more = more.as_object().expect("fields").clone();
    body.as_object_mut().expect("fields").extend(more);
    let acted = approvals::act(&office.intake, case.id(), sent::<V>(body)).await;
    case.took(acted);
}

fn code(result: Result<ApprovalActed, Fault>) -> Option<Code> {
    result.err().map(|fault| fault.code)
}

/// Nobody, the wrong role, the wrong city, the wrong hands, a stale version, a case that is over.
async fn refused<V: Act + CaseVerb<Of = Approvals>>(world: &World, office: &Office, over: &Case) {
    let verb = V::DESCRIPTOR.verb;
    let case = ready::<V>(office).await;
    let right = example::<V>(office, &case, case.version()).await;
    let tries = [
        (world.visitor(), Code::SignedOut),
        (world.person(Role::Auditor, CENTRE), Code::AccessDenied),
        (
            world.person(Role::UnitReviewer, SUZHOU_ZJJ),
            away(V::DESCRIPTOR.need),
        ),
    ];
    for (ctx, expected) in tries {
        let tried = told::<V>(&ctx, case.id(), right.clone()).await;
        assert_eq!(
            code(tried),
            Some(expected),
            "{verb}: {:?}",
            ctx.actor.tasks()
        );
    }
    if !V::BY.is_empty() && verb != Verb::Copy {
        // Sees every case of the unit, and has to do with none of them yet.
        let tried = told::<V>(&office.decider, case.id(), right).await;
        assert_eq!(code(tried), Some(Code::AccessDenied), "{verb}: beside it");
    }
    let stale = example::<V>(office, &case, case.version() + 7).await;
    let stale = told::<V>(insider::<V>(office), case.id(), stale).await;
    assert_eq!(code(stale), Some(Code::VersionStale), "{verb}");
    // What waits for the end is refused before it.
    let under_way = if verb == Verb::EraseApplicant {
        Some(office.files("one").await)
    } else {
        None
    };
    let over = under_way.as_ref().unwrap_or(over);
    if verb != Verb::Copy {
        let late = example::<V>(office, over, over.version()).await;
        let late = told::<V>(insider::<V>(office), over.id(), late).await;
        assert_eq!(code(late), Some(Code::ApprovalNotAllowed), "{verb}: over");
    }
}

/// What people of another city hear: without the right that, else that there is no such case.
fn away(need: Need) -> Code {
    if need == needs::OPERATING {
        Code::AccessDenied
    } else {
        Code::NotFound
    }
}

/// The same key gives the same answer for the same words, and none for others.
async fn repeated<V: Act + CaseVerb<Of = Approvals>>(office: &Office) {
    let verb = V::DESCRIPTOR.verb;
    let case = ready::<V>(office).await;
    let mut ctx = insider::<V>(office).clone();
    ctx.idempotency_key = Some(format!("key-of-{verb}"));
    let body = example::<V>(office, &case, case.version()).await;
    let first = told::<V>(&ctx, case.id(), body.clone()).await;
    let first = first.unwrap_or_else(|fault| panic!("{verb}: {fault:?}"));
    let again = told::<V>(&ctx, case.id(), body).await;
    assert_eq!(again.as_ref(), Ok(&first), "{verb}");
    let other = ready::<V>(office).await;
    let body = example::<V>(office, &other, other.version()).await;
    let reused = told::<V>(&ctx, other.id(), body).await;
    assert_eq!(code(reused), Some(Code::IdempotencyReused), "{verb}");
}

#[tokio::test]
async fn every_verb_refuses_nobody_the_wrong_people_the_wrong_state_and_a_stale_version() {
    on_each_database(|world| async move {
        let office = office(&world).await;
        let mut over = office.files("one").await;
        // Whoever had a task in it sees it still.
        does::<Claim>(&office, &mut over, json!({})).await;
        let cancelled = reasoned::<Cancel>(&over, "不办了");
        over.took(approvals::act(&office.initiator, over.id(), cancelled).await);
        macro_rules! each {
            ($($command:ident),+) => { $(Box::pin(refused::<verbs::$command>(&world, &office, &over)).await;)+ };
        }
        shared::approval_verbs!(each);
    })
    .await;
}

#[tokio::test]
async fn every_verb_answers_a_repeated_key_once() {
    on_each_database(|world| async move {
        let office = office(&world).await;
        macro_rules! each {
            ($($command:ident),+) => { $(Box::pin(repeated::<verbs::$command>(&office)).await;)+ };
        }
        shared::approval_verbs!(each);
    })
    .await;
}

#[tokio::test]
async fn who_may_not_is_told_that_and_not_what_is_wrong() {
    on_each_database(|world| async move {
        let office = office(&world).await;
        let case = office.files("one").await;
        let nothing = json!({"version": case.version()});
        let of = |ctx: &Ctx, id: ApprovalId| {
            let (ctx, nothing) = (ctx.clone(), nothing.clone());
            async move { code(told::<Suspend>(&ctx, id, nothing).await) }
        };
        assert_eq!(
            of(&office.intake, case.id()).await,
            Some(Code::InputInvalid)
        );
        assert_eq!(
            of(&office.decider, case.id()).await,
            Some(Code::AccessDenied)
        );
        assert_eq!(of(&office.stranger, case.id()).await, Some(Code::NotFound));
        let resume = told::<Resume>(&office.intake, case.id(), json!({"version": "x"})).await;
        assert_eq!(code(resume), Some(Code::ApprovalNotAllowed));
        let suzhou = hire(&world, Role::Handler, SUZHOU_ZJJ).await;
        assert_eq!(of(&suzhou, case.id()).await, Some(Code::NotFound));
    })
    .await;
}
