//! Questionnaires by text message: they go out after a call that nobody took, are answered once by whoever has the address, and say what a call would.

use services::{public, tickets};
use shared::calendar::Instant;
use shared::fault::Code;
use shared::ticket::command::{CitizenBlock, Register};
use shared::ticket::questionnaire::AnswerQuestionnaire;
use shared::ticket::verbs::Redo;
use shared::ticket::{
    ExemptReason, RatingSource, RequestKind, Satisfaction, Solved, TicketState, VisitChannel,
};
use store::outbox::{Claim, Which};

use crate::support::{Filed, World, ZJJ, a_complaint, on_each_database, said};

/// The addresses of the questionnaires that wait to be sent.
async fn addresses(world: &World) -> Vec<String> {
    let now = world.services.now();
    let claim = Claim {
        which: Which::Outside,
        now,
        until: Instant(now.0 + 1),
        limit: 100,
    };
    let store = world.services.store();
    let claimed = store
        .write(move |tx| Box::pin(async move { store::outbox::claim(tx, claim).await }))
        .await;
    let claimed = claimed.expect("the outbox is read").into_iter();
    let address = |body: String| {
        let (_, behind) = body.split_once("/rate/")?;
        let token = behind.chars().take_while(char::is_ascii_hexdigit);
        Some(token.collect::<String>())
    };
    claimed.filter_map(|it| address(it.message.body)).collect()
}

async fn answered(world: &World, request: Register) -> Filed {
    let mut filed = world.files(request).await;
    world.dispatches(&mut filed, ZJJ, &[]).await;
    world.unit_answers(&mut filed, ZJJ).await;
    world.centre_passes(&mut filed).await;
    filed
}

fn answers(satisfaction: Satisfaction, solved: Solved) -> AnswerQuestionnaire {
    AnswerQuestionnaire {
        staff_contacted: true,
        report_true: true,
        solved,
        satisfaction,
        opinion: None,
    }
}

/// Sets a setting of the office past its list, as it holds from the next snapshot on.
async fn set(world: &World, key: &str, value: &str) {
    world
        .tampers(&format!(
            "insert into settings (key, value) values ('office.{key}', '{value}')"
        ))
        .await;
}

#[tokio::test]
async fn who_was_not_reached_answers_once_and_closes_the_ticket() {
    on_each_database(|world| async move {
        let mut filed = answered(&world, a_complaint()).await;
        assert!(addresses(&world).await.is_empty(), "only after a call");
        world.time("2026-03-03T10:00");
        world.nobody_answers(&mut filed).await;
        let sent = addresses(&world).await;
        let [token] = &sent[..] else {
            panic!("one: {sent:?}")
        };
        world.time("2026-03-03T15:00");
        world.nobody_answers(&mut filed).await;
        assert_eq!(addresses(&world).await.len(), 1, "one a handling");

        world.time("2026-03-03T16:00");
        let visitor = world.stranger("192.0.2.7");
        let seen = public::questionnaire(&visitor, token).await;
        assert_eq!(seen.expect("waits").ticket_no, filed.claim.ticket_no);
        let good = answers(Satisfaction::VerySatisfied, Solved::Yes);
        public::answer_questionnaire(&visitor, token, good.clone())
            .await
            .expect("taken");
        let detail = tickets::get(&world.caller(), filed.id).await.expect("seen");
        assert_eq!(detail.row.state, TicketState::Closed);
        let latest = detail.latest_rating.expect("rated");
        assert_eq!(
            (latest.source, latest.satisfaction),
            (RatingSource::Sms, Satisfaction::VerySatisfied)
        );
        let call = detail.follow_ups.last().expect("a follow-up");
        assert_eq!((call.channel, call.connected), (VisitChannel::Sms, true));
        assert_eq!(call.staff_contacted, Some(true));

        let seen = public::questionnaire(&visitor, token).await;
        assert_eq!(
            seen.expect_err("once").code,
            Code::QuestionnaireOver,
            "said kindly"
        );
        let again = public::answer_questionnaire(&visitor, token, good).await;
        assert_eq!(again.expect_err("once").code, Code::AlreadyRated);
    })
    .await;
}

#[tokio::test]
async fn bad_answers_stay_with_a_person_and_give_cause_for_a_redo() {
    on_each_database(|world| async move {
        set(&world, "switch.ask_after_answer", "yes").await;
        world.time("2026-03-02T10:00");
        let mut filed = answered(&world, a_complaint()).await;
        let sent = addresses(&world).await;
        let token = sent.first().expect("sent with the answer").clone();
        let bad = answers(Satisfaction::VeryDissatisfied, Solved::No);
        let visitor = world.stranger("192.0.2.7");
        public::answer_questionnaire(&visitor, &token, bad)
            .await
            .expect("taken");
        let detail = tickets::get(&world.caller(), filed.id).await.expect("seen");
        assert_eq!(detail.row.state, TicketState::ToVisit, "somebody calls");
        let asked = services::follow_ups::Asked {
            limit: 50,
            ..Default::default()
        };
        let page = services::follow_ups::list(&world.caller(), asked).await;
        let rated = page.expect("listed").items[0].satisfaction;
        assert_eq!(rated, Some(Satisfaction::VeryDissatisfied), "and knows why");
        filed.version = detail.row.version;
        let redo = Redo {
            version: shared::command::Version(filed.version),
            reason: said("屋面仍在漏水，请重新维修"),
            cause: None,
        };
        filed.took(tickets::act(&world.caller(), filed.id, redo).await);
        let gone = public::questionnaire(&visitor, &token).await;
        assert_eq!(
            gone.expect_err("handled anew").code,
            Code::QuestionnaireOver
        );
    })
    .await;
}

#[tokio::test]
async fn an_address_is_good_for_some_days_and_no_other_is() {
    on_each_database(|world| async move {
        let mut filed = answered(&world, a_complaint()).await;
        world.time("2026-03-03T10:00");
        world.nobody_answers(&mut filed).await;
        let token = addresses(&world).await.pop().expect("sent");
        let visitor = world.stranger("192.0.2.7");
        let wrong = [
            String::new(),
            "00".to_owned(),
            "0".repeat(32),
            "a".repeat(400),
        ];
        for wrong in &wrong {
            let refused = public::questionnaire(&visitor, wrong).await;
            assert_eq!(
                refused.expect_err("none of ours").code,
                Code::QuestionnaireOver
            );
        }
        world.time("2026-03-10T10:01");
        let good = answers(Satisfaction::Satisfied, Solved::Yes);
        let late = public::answer_questionnaire(&visitor, &token, good).await;
        assert_eq!(late.expect_err("seven days").code, Code::QuestionnaireOver);
    })
    .await;
}

#[tokio::test]
async fn inquiries_outside_the_sample_close_without_a_call_and_can_be_rated() {
    on_each_database(|world| async move {
        set(&world, "follow_up.inquiry_share", "0").await;
        world.time("2026-03-02T10:00");
        let inquiry = Register {
            kind: RequestKind::Inquiry,
            ..a_complaint()
        };
        let filed = answered(&world, inquiry).await;
        let detail = tickets::get(&world.caller(), filed.id).await.expect("seen");
        assert_eq!(
            (detail.row.state, detail.row.satisfaction),
            (TicketState::Closed, Satisfaction::Unrated),
            "silence is no rating"
        );
        let history = tickets::history(&world.caller(), filed.id).await;
        let told = history.expect("seen").pop().expect("a line").facts;
        assert_eq!(told["exempt"], ExemptReason::SampledOut.as_str());
        let complaint = Register {
            citizen: shared::command::Block(CitizenBlock {
                phone: Some(said("13812345602")),
                ..CitizenBlock::default()
            }),
            ..a_complaint()
        };
        let filed = answered(&world, complaint).await;
        let detail = tickets::get(&world.caller(), filed.id).await.expect("seen");
        assert_eq!(detail.row.state, TicketState::ToVisit, "inquiries only");
    })
    .await;
}
