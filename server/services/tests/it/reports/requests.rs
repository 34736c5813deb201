//! Requests for data: asked for, decided by somebody else, taken once, refused, taken back, over.
//! Not here: cubes.
//! The week is that of the overview.

use chrono::NaiveDate;
use services::Ctx;
use services::reports::requests::{ask, decide, expire_requests, requests, take, withdraw};
use shared::command::{Command as _, Sent};
use shared::fault::{Code, Fault};
use shared::measure::{AskData, DataRequestView, DataState, DecideData};

use super::a_week;
use crate::support::{ZJJ, on_each_database};

fn wanted(until: NaiveDate) -> AskData {
    let pairs = [
        ("purpose", "向市政府报送专题分析".to_owned()),
        (
            "query",
            "show=accepted,on_time&by=county&from=2026-03-01&to=2026-03-31".to_owned(),
        ),
        ("until", until.to_string()),
    ];
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value));
    AskData::read(Sent::form(&pairs)).expect("readable")
}

fn word(agreed: &str, reason: Option<&str>) -> DecideData {
    let mut pairs = vec![("agreed".to_owned(), agreed.to_owned())];
    if let Some(reason) = reason {
        pairs.push(("reason".to_owned(), reason.to_owned()));
    }
    DecideData::read(Sent::form(&pairs)).expect("readable")
}

fn day(d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, d).expect("a date")
}

async fn seen(ctx: &Ctx) -> Vec<DataRequestView> {
    requests(ctx, None).await.expect("listed").items
}

fn code<T>(result: Result<T, Fault>) -> Result<(), Code> {
    result.map(drop).map_err(|fault| fault.code)
}

#[tokio::test]
async fn a_cut_is_agreed_by_somebody_else_and_taken_once() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let unit = world.liaison(ZJJ);
        let lead = world.supervisor();
        let id = ask(&unit, wanted(day(30))).await.expect("asked");
        assert_eq!(code(take(&unit, id).await), Err(Code::NotFound), "not yet");
        let waiting = seen(&lead).await;
        assert_eq!(waiting.len(), 1);
        assert!(waiting[0].may_decide && !waiting[0].is_own);
        assert!(seen(&world.supervisor_of_suzhou()).await.is_empty());
        assert_eq!(
            code(decide(&world.supervisor_of_suzhou(), id, word("true", None)).await),
            Err(Code::NotFound)
        );
        assert_eq!(
            code(decide(&unit, id, word("true", None)).await),
            Err(Code::AccessDenied)
        );
        decide(&lead, id, word("true", None)).await.expect("agreed");
        assert_eq!(
            code(take(&lead, id).await),
            Err(Code::NotFound),
            "another's"
        );
        let ready = seen(&unit).await;
        assert_eq!(ready[0].state, DataState::Ready);
        let cut = take(&unit, id).await.expect("taken");
        assert!(
            cut.csv.contains("合计") && cut.csv.contains("320106"),
            "{}",
            cut.csv
        );
        assert_eq!(Some(&cut.digest), ready[0].digest.as_ref());
        assert_eq!(code(take(&unit, id).await), Err(Code::NotFound), "once");
        assert_eq!(seen(&unit).await[0].state, DataState::Taken);
    })
    .await;
}

#[tokio::test]
async fn a_request_is_refused_taken_back_or_over() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let (unit, lead) = (world.liaison(ZJJ), world.supervisor());
        let own = ask(&lead, wanted(day(30))).await.expect("asked");
        assert_eq!(
            code(decide(&lead, own, word("true", None)).await),
            Err(Code::DataSamePerson)
        );
        withdraw(&lead, own).await.expect("taken back");
        let id = ask(&unit, wanted(day(30))).await.expect("asked");
        assert_eq!(code(withdraw(&lead, id).await), Err(Code::NotFound));
        let fault = decide(&lead, id, word("false", None)).await;
        assert_eq!(fault.expect_err("why").fields[0].code, Code::InputRequired);
        decide(&lead, id, word("false", Some("请改用公开数据")))
            .await
            .expect("refused");
        assert_eq!(seen(&unit).await[0].state, DataState::Refused);

        world.clock.advance_minutes(1);
        let late = ask(&unit, wanted(day(26))).await.expect("asked");
        decide(&lead, late, word("true", None))
            .await
            .expect("agreed");
        world.time("2026-03-27T00:30");
        assert_eq!(seen(&unit).await[0].state, DataState::Expired);
        assert_eq!(code(take(&unit, late).await), Err(Code::NotFound));
        let done = expire_requests(&world.services).await;
        assert!(done.is_ok_and(|done| done.count == 1));
        for wrong in [
            day(20),
            NaiveDate::from_ymd_opt(2026, 9, 1).expect("a date"),
        ] {
            let fault = ask(&unit, wanted(wrong)).await.expect_err("no day");
            assert_eq!(fault.fields[0].code, Code::InputDay);
        }
    })
    .await;
}
