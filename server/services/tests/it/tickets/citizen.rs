//! The citizen by number and code: progress, urging, rating, withdrawing; and what a stranger learns (nothing).

use crate::support::said;
use services::public;
use shared::fault::Code;
use shared::ticket::command::Lookup;
use shared::ticket::verbs::{Rate, Urge};
use shared::ticket::{Satisfaction, Solved, TicketState};

use crate::support::{ZJJ, a_complaint, on_each_database};

#[tokio::test]
async fn the_timeline_follows_the_work() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        let current = |ticket: shared::ticket::view::PublicTicket| {
            ticket
                .steps
                .into_iter()
                .find(|step| step.progress == "current")
                .map(|step| step.stage)
        };
        let look = || async {
            public::lookup(&world.visitor(), filed.claim.clone())
                .await
                .expect("the code is right")
        };
        assert_eq!(current(look().await).as_deref(), Some("dispatched"));
        assert!(look().await.may_withdraw && look().await.may_urge && !look().await.may_rate);
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let look = || async {
            public::lookup(&world.visitor(), filed.claim.clone())
                .await
                .expect("the code is right")
        };
        assert_eq!(current(look().await).as_deref(), Some("signed"));
        assert_eq!(
            look().await.steps[1].unit.as_deref(),
            Some("南京市住房保障和房产局")
        );
        world.unit_answers(&mut filed, ZJJ).await;
        let ticket = public::lookup(&world.visitor(), filed.claim.clone())
            .await
            .expect("seen");
        assert_eq!(
            (ticket.reply.is_none(), ticket.may_rate),
            (true, false),
            "the centre has not passed it"
        );
        world.centre_passes(&mut filed).await;
        let ticket = public::lookup(&world.visitor(), filed.claim.clone())
            .await
            .expect("seen");
        assert!(
            ticket.reply.is_some_and(|reply| reply.contains("屋顶漏水"))
                && ticket.may_rate
                && !ticket.may_withdraw
        );
    })
    .await;
}

#[tokio::test]
async fn five_wrong_tries_lock_the_number_whether_it_exists_or_not() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let stranger = world.stranger("203.0.113.9");
        let missing = Lookup {
            ticket_no: said("3201002026030202999999"),
            code: said("123456"),
        };
        for _ in 0..5 {
            let wrong = public::lookup(&stranger, filed.wrong_claim())
                .await
                .expect_err("a wrong code");
            let nothing = public::lookup(&stranger, missing.clone())
                .await
                .expect_err("a missing number");
            assert_eq!(wrong, nothing, "the same answer for both");
            assert_eq!(wrong.code, Code::LookupWrong);
        }
        let wrong = public::lookup(&stranger, filed.claim.clone())
            .await
            .expect_err("locked, the right code too");
        let nothing = public::lookup(&stranger, missing)
            .await
            .expect_err("locked");
        assert_eq!(
            (wrong.code, wrong.facts["minutes"].as_str()),
            (Code::LookupLocked, "60")
        );
        assert_eq!(wrong, nothing);
        world.time("2026-03-02T10:01");
        public::lookup(&stranger, filed.claim)
            .await
            .expect("an hour later it opens");
    })
    .await;
}

#[tokio::test]
async fn a_citizen_urges_once_per_working_day() {
    on_each_database(|world| async move {
        world.time("2026-03-06T16:00");
        let filed = world.files(a_complaint()).await;
        let urge = || async {
            public::urge(
                &world.visitor(),
                filed.claim.clone(),
                Urge {
                    message: Some(said("请尽快处理")),
                },
            )
            .await
        };
        assert!(!urge().await.expect("the first on Friday").may_urge);
        assert_eq!(
            urge().await.expect_err("the second on Friday").code,
            Code::UrgedToday
        );
        world.time("2026-03-07T10:00");
        urge().await.expect("Saturday counts as Monday");
        world.time("2026-03-09T10:00");
        assert_eq!(
            urge().await.expect_err("Monday is used up").code,
            Code::UrgedToday
        );
        world.time("2026-03-10T10:00");
        urge().await.expect("Tuesday is a new day");
    })
    .await;
}

#[tokio::test]
async fn a_citizen_withdraws() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let ticket = public::withdraw(
            &world.visitor(),
            filed.claim.clone(),
            Some(said("已经解决")),
        )
        .await
        .expect("withdrawn");
        assert_eq!(ticket.state, TicketState::Withdrawn);
        assert_eq!(ticket.steps.last().expect("a step").stage, "withdrawn");
        let again = public::withdraw(&world.visitor(), filed.claim, None).await;
        assert_eq!(again.expect_err("it is over").code, Code::FlowNotAllowed);
    })
    .await;
}

#[tokio::test]
async fn nobody_rates_before_there_is_an_answer() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let rate = Rate {
            solved: Solved::Yes,
            satisfaction: Satisfaction::Satisfied,
            words: None,
        };
        let early = public::rate(&world.visitor(), filed.claim, rate).await;
        assert_eq!(
            early.expect_err("nothing to rate").code,
            Code::FlowNotAllowed
        );
    })
    .await;
}
