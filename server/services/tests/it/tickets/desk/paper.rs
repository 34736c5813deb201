//! Paper forms: drawn before an outage, each entered once with the paper's time, by which the ticket's deadline goes, or voided with a reason.

use services::tickets::paper::{self, Asked};
use services::{Ctx, consistency, jobs, tickets};
use shared::command::{Command as _, Moment, Sent};
use shared::fault::{Code, Fault};
use shared::ticket::command::Register;
use shared::ticket::paper::{PaperBlock, PaperPage, ReservePaper, VoidPaper};
use shared::ticket::{PaperNo, Verb};

use crate::support::{World, a_complaint, at, on_each_database};

fn drawing(count: &str) -> ReservePaper {
    let sent = Sent::form(&[("count".to_owned(), count.to_owned())]);
    ReservePaper::read(sent).expect("a command")
}

fn voiding() -> VoidPaper {
    let sent = Sent::form(&[("reason".to_owned(), "填写时污损".to_owned())]);
    VoidPaper::read(sent).expect("a command")
}

async fn draws(ctx: &Ctx, count: &str) -> PaperBlock {
    let drawn = paper::reserve(ctx, drawing(count)).await;
    drawn.expect("drawn")
}

async fn shelf(ctx: &Ctx, state: &str) -> PaperPage {
    let asked = Asked {
        state: Some(state.to_owned()),
        cursor: None,
        limit: 50,
    };
    paper::list(ctx, asked).await.expect("a page")
}

async fn numbers(ctx: &Ctx, state: &str) -> Vec<String> {
    let rows = shelf(ctx, state).await.items.into_iter();
    rows.map(|row| row.paper_no).collect()
}

fn on_paper(no: &str, done: Option<&str>) -> Register {
    Register {
        paper_no: PaperNo::parse(no),
        done_at: done.map(|done| Moment(at(done))),
        ..a_complaint()
    }
}

fn fields<T: std::fmt::Debug>(done: Result<T, Fault>) -> Vec<(String, Code)> {
    let fault = done.expect_err("refused");
    let fields = fault.fields.into_iter();
    fields.map(|field| (field.field, field.code)).collect()
}

fn wrong(field: &str, code: Code) -> Vec<(String, Code)> {
    vec![(field.to_owned(), code)]
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn what_was_taken_down_on_paper_counts_from_the_paper() {
    on_each_database(|world: World| async move {
        let agent = world.agent();
        world.time("2026-03-02T09:30");
        let drawn = draws(&agent, "3").await;
        assert_eq!(
            drawn.numbers,
            [
                "32010020260302Z001",
                "32010020260302Z002",
                "32010020260302Z003"
            ]
        );
        assert_eq!(draws(&agent, "1").await.numbers, ["32010020260302Z004"]);
        let sheets = paper::block(&agent, drawn.block).await.expect("printed");
        assert_eq!(sheets.len(), 3);

        // The system was away; the next morning the papers are entered.
        world.time("2026-03-03T09:10");
        let no = drawn.numbers[1].as_str();
        let taken_down = "2026-03-02T15:00:00+08:00";
        let early = on_paper(no, Some("2026-03-02T09:00:00+08:00"));
        let refused = tickets::register(&agent, early).await;
        assert_eq!(fields(refused), wrong("done_at", Code::DoneTooEarly));
        let filed = world.takes_call(on_paper(no, Some(taken_down))).await;
        let seen = tickets::get(&world.supervisor(), filed.id)
            .await
            .expect("seen");
        assert_eq!(seen.row.paper_no.as_deref(), Some(no));
        assert_eq!(seen.row.accepted_at, at(taken_down));
        assert_eq!(seen.row.deadline.from, Some(at(taken_down)));
        assert!(
            seen.row.ticket_no.as_str().contains("20260302"),
            "the paper's day"
        );
        let history = tickets::history(&world.supervisor(), filed.id).await;
        let line = history.expect("seen").remove(0);
        assert_eq!(line.verb, Verb::Register);
        assert_eq!(line.at, at("2026-03-03T09:10:00+08:00"));
        assert_eq!(line.done_at, Some(at(taken_down)));
        assert_eq!(line.facts.get("paper_no").map(String::as_str), Some(no));

        // As long a limit as for a call at that time.
        let other = world.takes_call(a_complaint()).await;
        let other = tickets::get(&world.supervisor(), other.id).await;
        let other = other.expect("seen").row.deadline;
        assert!(seen.row.deadline.due_at < other.due_at);
        assert_eq!(seen.row.deadline.limit_value, other.limit_value);

        // Each number once.
        let again = tickets::register(&agent, on_paper(no, Some(taken_down))).await;
        assert_eq!(fields(again), wrong("paper_no", Code::PaperSettled));
        let unknown = on_paper("32010020260302Z099", Some(taken_down));
        let unknown = tickets::register(&agent, unknown).await;
        assert_eq!(fields(unknown), wrong("paper_no", Code::PaperSettled));

        let page = shelf(&agent, "entered").await;
        assert_eq!(page.open, 3);
        assert_eq!(page.items[0].paper_no, no);
        assert_eq!(page.items[0].ticket, Some(filed.id));
        let open = [
            "32010020260302Z001",
            "32010020260302Z003",
            "32010020260302Z004",
        ];
        assert_eq!(numbers(&agent, "open").await, open);
        jobs::once(&world.services).await.expect("the jobs run");
        let found = consistency::check_all(&world.services).await;
        let found = found.expect("checked");
        assert_eq!(found.count, 0, "{:?}", found.first);
    })
    .await;
}

#[tokio::test]
async fn a_number_that_is_not_entered_stays_open_until_it_is_void() {
    on_each_database(|world: World| async move {
        let agent = world.agent();
        world.time("2026-03-02T09:30");
        let drawn = draws(&agent, "2").await;
        let [first, second] = [drawn.numbers[0].as_str(), drawn.numbers[1].as_str()];
        paper::void(&agent, first, voiding()).await.expect("void");
        assert_eq!(numbers(&agent, "open").await, [second]);
        let page = shelf(&agent, "voided").await;
        assert_eq!(page.items[0].reason.as_deref(), Some("填写时污损"));
        let again = paper::void(&agent, first, voiding()).await;
        assert_eq!(again.expect_err("void").code, Code::PaperSettled);
        let entered = on_paper(first, Some("2026-03-02T09:40:00+08:00"));
        world.time("2026-03-02T10:00");
        let entered = tickets::register(&agent, entered).await;
        assert_eq!(fields(entered), wrong("paper_no", Code::PaperSettled));

        // Another centre neither sees nor voids it, and a unit has nothing to do with it.
        let suzhou = world.person(shared::access::Role::ShiftLead, "320500-12345");
        assert!(numbers(&suzhou, "all").await.is_empty());
        let foreign = paper::void(&suzhou, second, voiding()).await;
        assert_eq!(foreign.expect_err("foreign").code, Code::NotFound);
        let printed = paper::block(&suzhou, drawn.block).await;
        assert_eq!(printed.expect_err("foreign").code, Code::NotFound);
        let unit = world.handler(crate::support::ZJJ);
        let refused = paper::reserve(&unit, drawing("1")).await;
        assert_eq!(refused.expect_err("a unit").code, Code::AccessDenied);
    })
    .await;
}

#[tokio::test]
async fn a_paper_says_when_it_was_written_and_a_visitor_has_none() {
    on_each_database(|world: World| async move {
        let without = Sent::form(&[
            ("kind".to_owned(), "complaint".to_owned()),
            ("paper_no".to_owned(), "32010020260302Z001".to_owned()),
        ]);
        let fault = Register::read(without).expect_err("incomplete");
        let named = |field: &str| fault.fields.iter().any(|found| found.field == field);
        assert!(named("done_at"));

        world.time("2026-03-02T09:30");
        let drawn = draws(&world.agent(), "1").await;
        world.time("2026-03-03T09:10");
        let sent = on_paper(&drawn.numbers[0], Some("2026-03-02T15:00:00+08:00"));
        let filed = tickets::register(&world.visitor(), sent).await;
        let filed = filed.expect("filed");
        let seen = tickets::get(&world.supervisor(), filed.id).await;
        assert_eq!(seen.expect("seen").row.paper_no, None);
        assert_eq!(numbers(&world.agent(), "open").await, drawn.numbers);
    })
    .await;
}
