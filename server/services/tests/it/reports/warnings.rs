//! Warnings of figures: a category that comes unusually often in a district is found once, told to whom the rule names, and answered once.
//! Not here: the tests of numbers (beside `shared::measure`).

use services::gateway::bell;
use services::reports::{answer_warning, figure_warnings};
use services::{Ctx, jobs, tickets};
use shared::access::Role;
use shared::command::{Command as _, Sent};
use shared::fault::Code;
use shared::measure::{AnswerWarning, WarnTest};
use shared::notice::NoticeKind;
use shared::query::{TicketFilter, pairs_of};
use shared::register::{Cells, ListCode};

use crate::register::{drafted, published};
use crate::support::{CENTRE, World, a_complaint, on_each_database};

async fn runs(world: &World, name: &str) {
    let job = jobs::JOBS.iter().find(|job| job.name == name);
    let job = job.expect("a job");
    job.once(&world.services).await.expect("it runs");
}

/// Calls of one day, and the morning after.
async fn a_day_of_calls(world: &World, ctx: &Ctx) {
    for _ in 0..10 {
        world.takes_call(a_complaint()).await;
    }
    let next = ctx.now().date().succ_opt().expect("a day");
    world.time(&format!("{next}T07:00"));
}

fn said(word: &str) -> AnswerWarning {
    let fields = [("word".to_owned(), word.to_owned())];
    AnswerWarning::read(Sent::form(&fields)).expect("words")
}

#[tokio::test]
async fn a_hot_topic_is_found_once_with_its_tickets_and_answered_once() {
    on_each_database(|world| async move {
        let ctx = world.supervisor();
        a_day_of_calls(&world, &ctx).await;
        runs(&world, "figure_warnings").await;
        runs(&world, "figure_warnings").await;
        let page = figure_warnings(&ctx, false, None).await.expect("a page");
        assert_eq!(page.items.len(), 1, "once");
        let found = &page.items[0];
        assert_eq!(found.test, WarnTest::Burst);
        assert_eq!(found.mean.as_deref(), Some("0.00"));
        let address = found.href.strip_prefix("/tickets?").expect("a list");
        let filter = TicketFilter::from_pairs(&pairs_of(address)).expect("readable");
        let listed = tickets::count(&ctx, &filter).await.expect("counts").n;
        assert_eq!((listed, found.figure.numerator), (10, 10));

        let elsewhere = world.supervisor_of_suzhou();
        let theirs = figure_warnings(&elsewhere, false, None).await;
        assert!(theirs.expect("a page").items.is_empty());
        let fault = answer_warning(&elsewhere, found.id, said("不在我市")).await;
        assert_eq!(fault.expect_err("not seen").code, Code::NotFound);
        let agent = figure_warnings(&world.agent(), false, None).await;
        assert_eq!(agent.expect_err("no right").code, Code::AccessDenied);

        answer_warning(&ctx, found.id, said("停水通知引起的集中来电"))
            .await
            .expect("said");
        let again = answer_warning(&ctx, found.id, said("再说一次")).await;
        assert_eq!(again.expect_err("once").code, Code::NotFound);
        let open = figure_warnings(&ctx, false, None).await.expect("a page");
        assert!(open.items.is_empty());
        let answered = figure_warnings(&ctx, true, None).await.expect("a page");
        assert_eq!(answered.items.len(), 1);
        assert!(answered.items[0].answered_by.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_rule_of_the_office_tells_the_unit_that_it_names() {
    on_each_database(|world| async move {
        let ctx = world.hires(Role::Supervisor, CENTRE).await;
        let cells: Cells = [
            ("code", "many"),
            ("name", "受理量偏高"),
            ("measure", "accepted"),
            ("days", "1"),
            ("test", "above"),
            ("threshold", "10"),
            ("unit", CENTRE),
        ]
        .map(|(column, value)| (column.to_owned(), value.to_owned()))
        .into();
        let version = drafted(&world, ListCode::Warnings, None, &cells).await;
        published(&world, ListCode::Warnings, version, None, false)
            .await
            .expect("published");
        a_day_of_calls(&world, &ctx).await;
        runs(&world, "figure_warnings").await;
        runs(&world, "notices").await;
        let page = figure_warnings(&ctx, false, None).await.expect("a page");
        let names: Vec<&str> = page.items.iter().map(|it| it.name.as_str()).collect();
        assert!(names.contains(&"受理量偏高"), "{names:?}");
        let told = bell::page(&ctx, false, None, 10).await.expect("notices");
        let told = told.items.iter();
        let told = told.filter(|it| it.kind == NoticeKind::FigureWarned);
        assert_eq!(told.count(), 1);
    })
    .await;
}
