//! Working hours of units and areas: whose clocks run in which, what a draft is refused for, and what a change moves.
//! Not here: counting (`shared::calendar`).

use services::approvals;
use services::host;
use services::register;
use services::tickets;
use shared::approval::verbs::{Resume, Suspend};
use shared::approval::view::TaskView;
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::register::{Cells, EffectCode, FindingCode, ListCode, RevisionView};

use super::{BASE, drafted, drafter, promptly, published, row};
use crate::approvals::story::{Office, definition, deploys, files_on, reasoned};
use crate::support::{Filed, World, ZJJ, on_each_database};

fn hours(of: &[(&str, &str)], from: &str, to: &str) -> Cells {
    let mut cells = row(of);
    cells.insert("from".to_owned(), from.to_owned());
    cells.insert("to".to_owned(), to.to_owned());
    cells
}

/// Publishes rows at once.
async fn set(world: &World, rows: &[Cells]) -> Result<RevisionView, Fault> {
    let mut version = 0;
    for cells in rows {
        version = drafted(world, ListCode::Hours, None, cells).await;
    }
    published(world, ListCode::Hours, version, None, false).await
}

/// Deadlines of the ticket and of its first assignment.
async fn dues(world: &World, filed: &Filed) -> (Instant, Option<Instant>) {
    let seen = tickets::get(&world.dispatcher(), filed.id).await;
    let seen = seen.expect("sees it");
    let first = seen.assignments.first();
    (
        seen.row.deadline.due_at.expect("a deadline"),
        first.and_then(|part| part.deadline.due_at),
    )
}

fn at(text: &str) -> Instant {
    Instant::parse(&format!("{text}:00+08:00")).expect("a time")
}

async fn nothing_is_wrong(world: &World) {
    let left = services::consistency::check_all(&world.services).await;
    let left = left.expect("checks");
    assert_eq!(left.count, 0, "{left:?}");
}

#[tokio::test]
async fn an_assignment_runs_in_the_hours_of_its_unit_and_the_ticket_in_its_centres() {
    on_each_database(|world| async move {
        world.time("2026-03-02T10:00");
        set(
            &world,
            &[
                hours(
                    &[("unit", "320100-12345"), ("day", "每天（含节假日）")],
                    "00:00",
                    "24:00",
                ),
                hours(&[("unit", ZJJ), ("day", "工作日")], "08:00", "16:00"),
            ],
        )
        .await
        .expect("published");
        let mut filed = world.files(promptly()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let (ticket, part) = dues(&world, &filed).await;
        assert_eq!(ticket, at("2026-03-10T00:00"), "five days, round the clock");
        assert_eq!(
            part,
            Some(at("2026-03-09T16:00")),
            "the unit closes at four"
        );
        nothing_is_wrong(&world).await;
    })
    .await;
}

#[tokio::test]
async fn open_clocks_follow_and_ended_ones_stay() {
    on_each_database(|world| async move {
        world.time("2026-03-02T10:00");
        let mut filed = world.files(promptly()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let before = dues(&world, &filed).await;
        assert_eq!(before.1, Some(at("2026-03-09T17:30")));
        let version = drafted(
            &world,
            ListCode::Hours,
            None,
            &hours(
                &[
                    ("unit", ZJJ),
                    ("season_from", "3月1日"),
                    ("season_to", "4-30"),
                ],
                "08:00",
                "15:00",
            ),
        )
        .await;
        let ctx = drafter(&world);
        let preview = register::preview(&ctx, ListCode::Hours, BASE)
            .await
            .expect("a preview");
        assert_eq!(preview.faults, 0, "{preview:?}");
        let effects: Vec<_> = preview
            .effects
            .iter()
            .map(|it| (it.code, it.count))
            .collect();
        assert_eq!(effects, [(EffectCode::MovedAssignments, 1)], "{preview:?}");
        published(&world, ListCode::Hours, version, None, false)
            .await
            .expect("published");
        let after = dues(&world, &filed).await;
        assert_eq!(after, (before.0, Some(at("2026-03-09T15:00"))));
        nothing_is_wrong(&world).await;
    })
    .await;
}

#[tokio::test]
async fn what_cannot_hold_is_refused() {
    on_each_database(|world| async move {
        let draft = [
            hours(&[("unit", "320100-NONE")], "08:00", "12:00"),
            hours(&[("region", "320106")], "08:00", "12:00"),
            hours(&[("region", "320106")], "11:00", "14:00"),
            hours(
                &[
                    ("unit", ZJJ),
                    ("season_from", "05-01"),
                    ("season_to", "09-30"),
                ],
                "08:00",
                "12:00",
            ),
            hours(
                &[
                    ("unit", ZJJ),
                    ("season_from", "09-30"),
                    ("season_to", "12-31"),
                ],
                "08:00",
                "12:00",
            ),
        ];
        for cells in &draft {
            drafted(&world, ListCode::Hours, None, cells).await;
        }
        let ctx = drafter(&world);
        let preview = register::preview(&ctx, ListCode::Hours, BASE)
            .await
            .expect("a preview");
        let mut found: Vec<FindingCode> = preview.findings.iter().map(|it| it.code).collect();
        found.sort_unstable();
        assert_eq!(
            found,
            [
                FindingCode::Unit,
                FindingCode::Overlap,
                FindingCode::Overlap
            ],
            "{preview:?}"
        );
        let draft = register::begin(&ctx, ListCode::Hours, BASE)
            .await
            .expect("a draft");
        for bad in [
            hours(&[("unit", ZJJ), ("region", "320106")], "08:00", "12:00"),
            hours(&[("season_from", "05-01")], "08:00", "12:00"),
            hours(
                &[("season_from", "02-30"), ("season_to", "03-01")],
                "08:00",
                "12:00",
            ),
            hours(&[], "12:00", "12:00"),
        ] {
            let refused =
                register::put_row(&ctx, (ListCode::Hours, BASE), draft.version, (None, &bad)).await;
            assert_eq!(refused.expect_err("refused").fields.len(), 1, "{bad:?}");
        }
    })
    .await;
}

const TWO_CLOCKS: &str = r#"<startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="work"/>
<userTask id="work" name="办理" ms:role="handler" ms:unit="initiator" ms:limit="1 wd"/>
<sequenceFlow id="f2" sourceRef="work" targetRef="e"/><endEvent id="e"/>
<boundaryEvent id="soon" attachedToRef="work" cancelActivity="false"><timerEventDefinition><timeDuration>2 wh</timeDuration></timerEventDefinition></boundaryEvent>
<sequenceFlow id="f3" sourceRef="soon" targetRef="e2"/><endEvent id="e2"/>"#;

#[tokio::test]
async fn an_approvals_tasks_and_timers_run_in_the_hours_of_their_unit_also_after_a_pause() {
    on_each_database(|world| async move {
        world.time("2026-03-02T14:00");
        let early = hours(&[("unit", ZJJ), ("day", "工作日")], "08:00", "16:00");
        set(&world, &[early]).await.expect("published");
        let office = Office::open(&world).await;
        deploys(&office.owner, &definition("hours", TWO_CLOCKS)).await;
        world.time("2026-03-02T15:00");
        let mut case = files_on(&office.initiator, "hours").await;
        let due = |task: TaskView| task.deadline.due_at;
        let task = case.task_of(&office.intake, "work").await;
        assert_eq!(due(task), Some(at("2026-03-03T16:00")));
        world.time("2026-03-03T08:59");
        assert_eq!(host::drain(&world.services).await.expect("not yet"), 0);
        world.time("2026-03-03T09:00");
        assert_eq!(host::drain(&world.services).await.expect("rings"), 1);
        case.refresh(&office.intake).await;
        world.time("2026-03-03T10:00");
        let why = reasoned::<Suspend>(&case, "听证");
        case.took(approvals::act(&office.intake, case.id(), why).await);
        world.time("2026-03-03T15:00");
        let why = reasoned::<Resume>(&case, "听证");
        case.took(approvals::act(&office.intake, case.id(), why).await);
        let task = case.task_of(&office.intake, "work").await;
        assert_eq!(
            due(task),
            Some(at("2026-03-04T13:00")),
            "six hours were left"
        );
        nothing_is_wrong(&world).await;
    })
    .await;
}

/// By when the only to-do of the dispatchers is due.
async fn dispatch_due(world: &World) -> Option<Instant> {
    let page = tickets::tasks(&world.dispatcher(), tickets::TaskQuery::default()).await;
    let mut items = page.expect("to-dos").items.into_iter();
    let due = items.next().expect("a to-do").due.due_at;
    assert!(items.next().is_none(), "one alone");
    due
}

#[tokio::test]
async fn a_posts_shift_counts_for_its_tasks_and_for_nothing_else() {
    on_each_database(|world| async move {
        world.time("2026-03-02T10:00");
        let row = hours(
            &[("post", "派单员"), ("day", "每天（含节假日）")],
            "00:00",
            "24:00",
        );
        set(&world, &[row]).await.expect("published");
        world.time("2026-03-02T20:00");
        let mut filed = world.files(promptly()).await;
        let due = dispatch_due(&world).await;
        assert_eq!(
            due,
            Some(at("2026-03-03T00:00")),
            "four hours of the night shift"
        );
        let (ticket, _) = dues(&world, &filed).await;
        assert_eq!(ticket, at("2026-03-09T17:30"), "the ticket's own as before");
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let (_, part) = dues(&world, &filed).await;
        assert_eq!(part, Some(at("2026-03-09T17:30")), "and the unit's");
        nothing_is_wrong(&world).await;
    })
    .await;
}

#[tokio::test]
async fn without_a_shift_a_posts_tasks_wait_for_everybodys_hours() {
    on_each_database(|world| async move {
        world.time("2026-03-02T20:00");
        world.files(promptly()).await;
        let due = dispatch_due(&world).await;
        assert_eq!(due, Some(at("2026-03-03T14:30")), "four hours of the day");
        // Two shifts of one post on the same days do not overlap.
        let shift = |from, to| hours(&[("post", "派单员")], from, to);
        drafted(&world, ListCode::Hours, None, &shift("08:00", "16:00")).await;
        let late = shift("15:00", "23:00");
        drafted(&world, ListCode::Hours, None, &late).await;
        let preview = register::preview(&drafter(&world), ListCode::Hours, BASE).await;
        let preview = preview.expect("a preview");
        let mut findings = preview.findings.iter();
        assert!(
            findings.any(|it| it.code == FindingCode::Overlap),
            "{preview:?}"
        );
    })
    .await;
}
