//! People in old approvals: a sensitive answer is hidden until it is revealed, and the clock takes them all out where the office says when.
//! Not here: the citizens of tickets (`tickets::ends::by_the_clock`).

use services::{Ctx, approvals, consistency, jobs, personal};
use shared::access::Role;
use shared::approval::verbs::{Cancel, EraseApplicant};
use shared::approval::{ApprovalStatus, ApprovalVerb};
use shared::fault::Code;
use shared::personal::FieldClass;
use shared::register::{Keep, setting_of};
use shared::ticket::command::Reveal;

use super::story::{Case, Office, fields, reasoned, sample};
use crate::register::own::has_fields;
use crate::support::{CENTRE, World, on_each_database, said};

const HEALTH: &[(&str, &str)] = &[
    ("code", "health"),
    ("zh", "健康状况"),
    ("en", "Health"),
    ("kind", "line"),
    ("ask", "desk"),
    ("needed", "no"),
    ("class", "sensitive"),
    ("of", "approvals"),
    ("purpose", "permit"),
    ("basis", "consent"),
    ("retention", "case"),
];
const AREA: &[(&str, &str)] = &[
    ("code", "area"),
    ("zh", "占道面积"),
    ("en", "Area"),
    ("kind", "number"),
    ("ask", "desk"),
    ("needed", "no"),
    ("class", "plain"),
    ("of", "approvals"),
];

async fn filed(world: &World, office: &Office) -> Case {
    has_fields(world, &[AREA, HEALTH]).await;
    let start = shared::approval::command::Start {
        own: fields(&[("area", "12"), ("health", "高血压")]),
        ..sample(office, "one")
    };
    Case(
        approvals::start(&office.initiator, start)
            .await
            .expect("filed"),
    )
}

async fn own(ctx: &Ctx, case: &Case) -> Vec<String> {
    let all = case.seen_by(ctx).await.own.into_iter();
    all.map(|answer| format!("{}={}", answer.code, answer.value))
        .collect()
}

async fn night(world: &World, at: &str) {
    world.time(at);
    let mut jobs = jobs::JOBS.iter();
    let job = jobs.find(|job| job.name == "erasing_approvals");
    let job = job.expect("a job");
    while job.once(&world.services).await.expect("runs").more {}
}

#[tokio::test]
async fn a_sensitive_answer_shows_nothing_until_it_is_revealed() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let case = filed(&world, &office).await;
        assert_eq!(own(&office.owner, &case).await, ["area=12", "health=***"]);
        let detail = case.seen_by(&office.intake).await;
        if detail.may_reveal {
            let reason = Reveal {
                reason: said("核对申请材料"),
            };
            let clear = approvals::reveal(&office.intake, case.0.id, reason).await;
            let clear = clear.expect("revealed").own;
            assert!(clear.iter().any(|answer| answer.value == "高血压"));
        }
        let auditor = world.person(Role::Auditor, CENTRE);
        let register = personal::fields(&auditor).await.expect("the register");
        let mut rows = register.items.iter();
        let row = rows.find(|row| row.table == "own" && row.column == "health");
        assert_eq!(row.map(|row| row.class), Some(FieldClass::Sensitive));
    })
    .await;
}

#[tokio::test]
async fn an_old_approval_loses_its_people_and_stays() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut case = filed(&world, &office).await;
        let cancel: Cancel = reasoned(&case, "不办了");
        let acted = approvals::act(&office.initiator, case.0.id, cancel).await;
        case.took(acted);
        assert_eq!(case.0.status, ApprovalStatus::Cancelled);
        night(&world, "2029-04-01T02:00").await;
        assert_eq!(own(&office.owner, &case).await.len(), 2, "nothing is set");
        let key = setting_of(Keep::ERASING_APPROVALS.key);
        world
            .services
            .store()
            .write::<(), store::StoreError, _>(move |tx| {
                let key = key.clone();
                Box::pin(async move { store::settings::set(tx, &key, "2").await })
            })
            .await
            .expect("set");
        night(&world, "2029-04-02T12:00").await;
        assert_eq!(own(&office.owner, &case).await.len(), 2, "by day");
        night(&world, "2029-04-03T02:00").await;
        assert_eq!(own(&office.owner, &case).await, ["area=12"]);
        let detail = case.seen_by(&office.owner).await;
        let facts = serde_json::to_string(&detail.facts).expect("json");
        assert!(facts.contains("管线改造"), "the matter stays: {facts}");
        assert!(
            !facts.contains("138****1234"),
            "the number is gone: {facts}"
        );
        let last = detail.history.last().map(|line| line.verb);
        assert_eq!(last, Some(ApprovalVerb::EraseApplicant));
        night(&world, "2029-04-04T02:00").await;
        assert_eq!(world.audited("approval.erase_old").await.len(), 1, "once");
        let found = consistency::check_all(&world.services).await;
        let found = found.expect("checked");
        assert_eq!(found.count, 0, "{:?}", found.first);
    })
    .await;
}

#[tokio::test]
async fn at_their_word_people_are_erased_once_the_case_is_over() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut case = filed(&world, &office).await;
        let erase: EraseApplicant = reasoned(&case, "本人要求，已核对身份");
        let early = approvals::act(&office.owner, case.0.id, erase).await;
        let early = early.expect_err("under way").code;
        assert_eq!(early, Code::ApprovalNotAllowed);
        let cancel: Cancel = reasoned(&case, "不办了");
        let acted = approvals::act(&office.initiator, case.0.id, cancel).await;
        case.took(acted);
        let offered = case.seen_by(&office.owner).await.actions;
        assert!(
            offered.contains(&ApprovalVerb::EraseApplicant),
            "{offered:?}"
        );
        let erase: EraseApplicant = reasoned(&case, "本人要求，已核对身份");
        let acted = approvals::act(&office.owner, case.0.id, erase).await;
        case.took(acted);
        let detail = case.seen_by(&office.owner).await;
        assert_eq!(own(&office.owner, &case).await, ["area=12"]);
        assert!(!detail.actions.contains(&ApprovalVerb::EraseApplicant));
        let erase: EraseApplicant = reasoned(&case, "本人要求，已核对身份");
        let again = approvals::act(&office.owner, case.0.id, erase).await;
        let again = again.expect_err("nobody is left").code;
        assert_eq!(again, Code::ApprovalNotAllowed);
    })
    .await;
}
