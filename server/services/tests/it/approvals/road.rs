//! The sample from the filing to the licence, in the three ways of countersigning, and what people see on the way.

use serde_json::json;
use services::approvals::{self, views};
use services::{Ctx, host};
use shared::approval::ApprovalStatus;
use shared::approval::ApprovalVerb as V;
use shared::approval::verbs::Decide;
use shared::approval::view::ApprovalDetail;
use shared::command::Sent;
use shared::fault::Code;
use shared::text::Locale;

use super::story::{Office, fields, sample, told};
use crate::support::on_each_database;

/// The outcome that the history tells last.
fn told_last(of: &ApprovalDetail) -> Option<&str> {
    let mut told = of.history.iter().rev();
    told.find_map(|event| event.facts.get("outcome"))
        .map(String::as_str)
}

#[tokio::test]
async fn from_the_filing_to_the_licence() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut case = office.files("all").await;
        assert_eq!(case.at(), ["intake"]);
        let todo = views::Query {
            shelf: "todo".to_owned(),
            ..views::Query::default()
        };
        let list = views::list(&office.intake, &todo).await.expect("listed");
        assert_eq!(list.items.len(), 1);
        assert!(list.items[0].due_at.is_some(), "three working days");
        assert_eq!(list.items[0].steps, ["受理审查"]);
        assert!(
            views::list(&office.decider, &todo)
                .await
                .expect("listed")
                .items
                .is_empty()
        );
        case.decides(&office.intake, "intake", true).await;
        assert_eq!(case.at(), ["countersign"]);
        case.decides(&office.first, "countersign", true)
            .await
            .decides(&office.second, "countersign", true)
            .await
            .decides(&office.third, "countersign", true)
            .await;
        assert_eq!(case.at(), ["decide"]);
        case.decides(&office.decider, "decide", true).await;
        assert_eq!(case.at(), ["number"], "the service has not been called yet");
        assert_eq!(host::drain(&world.services).await.expect("served"), 2);
        let detail = case.refresh(&office.initiator).await;
        assert_eq!(detail.row.status, ApprovalStatus::Ended);
        assert_eq!(detail.outcome.as_deref(), Some("准予许可"));
        // Names are read in the file, in the reader's language.
        let reader = Ctx {
            locale: Locale::En,
            ..office.initiator.clone()
        };
        let english = case.seen_by(&reader).await;
        assert_eq!(english.outcome.as_deref(), Some("Granted"));
        assert_eq!(english.row.definition.name, "Street works permit (sample)");
        assert_eq!(told_last(&detail), Some("准予许可"));
        assert_eq!(told_last(&english), Some("Granted"));
        let verbs: Vec<V> = detail.history.iter().map(|event| event.verb).collect();
        assert_eq!(
            verbs,
            [
                V::Start,
                V::Approve,
                V::Approve,
                V::Approve,
                V::Approve,
                V::Approve,
                V::Serve,
                V::Serve,
                V::End
            ]
        );
        assert!(
            detail.history.iter().map(|event| event.seq).eq(1..=9),
            "gapless"
        );
        let started = views::Query {
            shelf: "started".to_owned(),
            ..views::Query::default()
        };
        let list = views::list(&office.initiator, &started)
            .await
            .expect("listed");
        assert_eq!(list.items.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn one_vote_is_enough_or_sixty_per_cent_or_all() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        // 会签: the first refusal ends it.
        let mut all = office.files("all").await;
        all.decides(&office.intake, "intake", true)
            .await
            .decides(&office.second, "countersign", false)
            .await;
        assert_eq!(all.0.status, ApprovalStatus::Ended);
        assert_eq!(
            all.seen_by(&office.initiator).await.outcome.as_deref(),
            Some("不予许可")
        );
        // 或签: the first approval is enough.
        let mut one = office.files("one").await;
        one.decides(&office.intake, "intake", true)
            .await
            .decides(&office.third, "countersign", true)
            .await;
        assert_eq!(one.at(), ["decide"]);
        // 票签: two of three are more than sixty per cent.
        let mut votes = office.files("votes").await;
        votes
            .decides(&office.intake, "intake", true)
            .await
            .decides(&office.first, "countersign", false)
            .await
            .decides(&office.second, "countersign", true)
            .await;
        assert_eq!(votes.at(), ["countersign"]);
        votes.decides(&office.third, "countersign", true).await;
        assert_eq!(votes.at(), ["decide"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_typed_is_checked_field_by_field() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut start = sample(&office, "all");
        let mut typed = start.fields.all().clone();
        let wrong = fields(&[
            ("applicant", ""),
            ("days", "十二"),
            ("vote", "none"),
            ("reviewers", "nobody-here, handler-320100-cgj"),
            ("project", "\u{202E}管线"),
        ]);
        typed.extend(wrong.all().clone());
        start.fields = typed.clone().into();
        let fault = approvals::start(&office.initiator, start)
            .await
            .expect_err("refused");
        let mut named: Vec<(&str, Code)> = fault
            .fields
            .iter()
            .map(|field| (field.field.as_str(), field.code))
            .collect();
        named.sort_unstable();
        assert_eq!(
            named,
            [
                ("fields.applicant", Code::InputRequired),
                ("fields.days", Code::InputNumber),
                ("fields.project", Code::InputCharacters),
                ("fields.reviewers", Code::InputPerson),
                ("fields.vote", Code::InputCode),
            ]
        );
        // The title is told together with them.
        let sent = json!({"definition": approvals::SAMPLE, "title": "", "fields": typed});
        let sent = Sent::json(sent.as_object().expect("an object").clone());
        let fault = approvals::read_start(&office.initiator, sent)
            .await
            .expect_err("refused");
        assert_eq!((fault.fields.len(), &*fault.fields[0].field), (6, "title"));
        let fault = approvals::start(&office.stranger, sample(&office, "all"))
            .await
            .expect_err("an agent files none");
        assert_eq!(fault.code, Code::AccessDenied);
        let mut case = office.files("all").await;
        let task = case.task_of(&office.intake, "intake").await;
        let refusal = json!({"version": case.version(), "task": task.task, "approved": false});
        let fault = told::<Decide>(&office.intake, case.id(), refusal)
            .await
            .expect_err("a refusal says why");
        assert_eq!(fault.fields[0].field, "opinion");
        case.decides(&office.intake, "intake", false).await;
        assert_eq!(case.0.status, ApprovalStatus::Ended);
    })
    .await;
}

#[tokio::test]
async fn of_two_people_at_once_one_wins_and_nothing_is_done_twice() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let mut start = office.initiator.clone();
        start.idempotency_key = Some("once".to_owned());
        let (one, two) = tokio::join!(
            approvals::start(&start, sample(&office, "all")),
            approvals::start(&start, sample(&office, "all"))
        );
        let (one, two) = (one.expect("filed"), two.expect("the same answer"));
        assert_eq!(one.id, two.id);
        let case = super::story::Case(one);
        let task = case.task_of(&office.intake, "intake").await;
        let decision = case.decision(&task, true);
        let (first, second) = tokio::join!(
            approvals::act(&office.intake, case.id(), decision.clone()),
            approvals::act(&office.intake, case.id(), decision)
        );
        let fault = match (first, second) {
            (Ok(_), Err(fault)) | (Err(fault), Ok(_)) => fault,
            both => panic!("exactly one wins: {both:?}"),
        };
        assert_eq!(fault.code, Code::VersionStale);
    })
    .await;
}
