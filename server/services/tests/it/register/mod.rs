//! The register: drafts, publishing from a day, restoring.
//! A city's supplement, and what must stay: `bounds`. Limits and calendar with the tickets that follow them or do not: `clocks`. Units and categories: `units`. Files: `tables`. Message texts, reasons, tags: `texts`. Own fields: `own`, `own_lists`. Rules of signing in, years twice, many lines: `rules`. Aliases: `aliases`. Channels: `channels`. Merging and dividing units: `reorganise`. Drafts tried on recent tickets: `replay`, `resort`. Divisions: `divisions`. Not here: pages
//! and the programs' interface (tests of the server). The province's business administrator works in the centre on top, the city's in the city's.

mod aliases;
mod bounds;
mod channels;
mod clocks;
mod divisions;
mod hours;
mod ledger;
pub mod own;
mod own_lists;
mod reading;
mod reorganise;
mod replay;
mod resort;
mod rules;
mod synonyms;
mod tables;
mod texts;
mod told;
mod units;

use chrono::NaiveDate;
use services::register::{self, Asked, Publishing};
use services::{Ctx, jobs};
use shared::access::Role;
use shared::fault::{Code, Fault};
use shared::register::{Cells, ListCode, RevisionState, RowChange};
use shared::ticket::command::Register;

use crate::support::{World, a_complaint, on_each_database};

pub const TOP: &str = "320000-12345";
pub const BASE: &str = "base";

/// Whoever drafts for the province.
pub fn drafter(world: &World) -> Ctx {
    world.person(Role::BusinessAdmin, TOP)
}

/// Whoever publishes for the province.
pub fn publisher(world: &World) -> Ctx {
    world.person(Role::CentreLeader, TOP)
}

pub fn row(pairs: &[(&str, &str)]) -> Cells {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

pub fn limit(stage: &str, value: &str) -> Cells {
    row(&[("stage", stage), ("value", value), ("unit", "working_days")])
}

pub fn code(fault: &Fault) -> Code {
    fault.fields.first().map_or(fault.code, |field| field.code)
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Changes a row in a new draft and gives the draft's version.
pub async fn drafted(world: &World, list: ListCode, was: Option<&str>, cells: &Cells) -> i32 {
    let ctx = drafter(world);
    let draft = register::begin(&ctx, list, BASE).await.expect("a draft");
    let put = register::put_row(&ctx, (list, BASE), draft.version, (was, cells)).await;
    put.expect("a row").version
}

pub async fn published(
    world: &World,
    list: ListCode,
    version: i32,
    from: Option<&str>,
    open_too: bool,
) -> Result<shared::register::RevisionView, Fault> {
    let order = Publishing {
        version,
        from: from.map(day),
        open_too,
        note: Some("苏政办发〔2026〕1号".to_owned()),
        ..Publishing::default()
    };
    register::publish(&publisher(world), (list, BASE), order).await
}

pub fn promptly() -> Register {
    Register {
        occurred_at: None,
        ..a_complaint()
    }
}

#[tokio::test]
async fn who_changed_a_list_does_not_publish_it_alone() {
    on_each_database(|world| async move {
        let version = drafted(
            &world,
            ListCode::Limits,
            None,
            &row(&[
                ("stage", "visit"),
                ("urgency", "urgent"),
                ("value", "1"),
                ("unit", "working_days"),
            ]),
        )
        .await;
        let ctx = drafter(&world);
        let order = |version| Publishing {
            version,
            ..Publishing::default()
        };
        let refused = register::publish(&ctx, (ListCode::Limits, BASE), order(version))
            .await
            .expect_err("alone");
        assert_eq!(refused.code, Code::RegisterSecond);
        let handed = register::hand_on(&ctx, (ListCode::Limits, BASE), (version, None))
            .await
            .expect("handed on");
        assert_eq!(handed.state, RevisionState::Submitted);
        let more = limit("review", "2");
        let changed = register::put_row(
            &ctx,
            (ListCode::Limits, BASE),
            handed.version,
            (Some("review/-/-/-/-/-"), &more),
        )
        .await
        .expect("a row");
        assert_eq!(
            changed.state,
            RevisionState::Draft,
            "what was handed on is not what it is now"
        );
        let stale = published(&world, ListCode::Limits, version, None, false)
            .await
            .expect_err("another version");
        assert_eq!(stale.code, Code::VersionStale);
        published(&world, ListCode::Limits, changed.version, None, false)
            .await
            .expect("by the second person");
        for role in [
            Role::SystemAdmin,
            Role::SecurityAdmin,
            Role::Auditor,
            Role::Agent,
        ] {
            let ctx = world.person(role, TOP);
            let refused = register::begin(&ctx, ListCode::Limits, BASE)
                .await
                .expect_err("no right");
            assert_eq!(refused.code, Code::AccessDenied, "{role}");
        }
        let audit = world.audited("register.publish").await;
        assert!(
            audit
                .iter()
                .any(|row| row.outcome == "ok" && row.facts["revision"] == "2"),
            "{audit:?}"
        );
    })
    .await;
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story")]
async fn two_administrators_lose_nothing_and_a_version_comes_back() {
    on_each_database(|world| async move {
        let ctx = drafter(&world);
        let draft = register::begin(&ctx, ListCode::Limits, BASE)
            .await
            .expect("a draft");
        let same = register::begin(
            &world.person(Role::BusinessAdmin, TOP),
            ListCode::Limits,
            BASE,
        )
        .await
        .expect("the same");
        assert_eq!(same.number, draft.number);
        let key = "handle/-/-/-/-/-";
        let put = |version, value: &'static str| {
            let (ctx, cells) = (ctx.clone(), limit("handle", value));
            async move {
                register::put_row(&ctx, (ListCode::Limits, BASE), version, (Some(key), &cells))
                    .await
            }
        };
        let first = put(draft.version, "7").await.expect("the first");
        let second = put(draft.version, "9")
            .await
            .expect_err("the second is told");
        assert_eq!(second.code, Code::VersionStale);
        let page = register::view(
            &ctx,
            (ListCode::Limits, BASE),
            &Asked {
                changes: true,
                ..Asked::default()
            },
        )
        .await
        .expect("changes");
        assert_eq!(page.rows.len(), 1);
        assert_eq!(page.rows[0].change, Some(RowChange::Changed));
        assert_eq!(
            page.rows[0]
                .before
                .as_ref()
                .map(|was| was["value"].as_str()),
            Some("5")
        );
        published(&world, ListCode::Limits, first.version, None, false)
            .await
            .expect("published");
        world.clock.advance_minutes(5);

        let back = register::restore(&ctx, ListCode::Limits, BASE, 1)
            .await
            .expect("the first version");
        assert_eq!((back.changes, back.restored), (1, Some(1)));
        published(&world, ListCode::Limits, back.version, None, false)
            .await
            .expect("published");
        let row = register::view(
            &ctx,
            (ListCode::Limits, BASE),
            &Asked {
                words: Some("办理".to_owned()),
                ..Asked::default()
            },
        )
        .await
        .expect("a list");
        let row = row.rows.iter().find(|row| row.key == key).expect("there");
        assert_eq!(row.cells["value"], "5");
        let empty = register::begin(&ctx, ListCode::Limits, BASE)
            .await
            .expect("a draft");
        let refused = published(&world, ListCode::Limits, empty.version, None, false)
            .await
            .expect_err("nothing");
        assert_eq!(refused.code, Code::RegisterEmpty);
        register::discard(&ctx, (ListCode::Limits, BASE), empty.version)
            .await
            .expect("given up");
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_its_day_can_be_taken_back_and_days_go_forwards() {
    on_each_database(|world| async move {
        let key = "handle/-/-/-/-/-";
        let version = drafted(&world, ListCode::Limits, Some(key), &limit("handle", "7")).await;
        let past = published(&world, ListCode::Limits, version, Some("2026-03-01"), false)
            .await
            .expect_err("past");
        assert_eq!(code(&past), Code::RegisterDate);
        let done = published(&world, ListCode::Limits, version, Some("2026-04-01"), false)
            .await
            .expect("published");
        assert!(!done.is_applied);
        let ctx = drafter(&world);
        let next = drafted(&world, ListCode::Limits, Some(key), &limit("handle", "8")).await;
        let early = published(&world, ListCode::Limits, next, Some("2026-03-20"), false)
            .await
            .expect_err("before");
        assert_eq!(code(&early), Code::RegisterDate);
        let leader = publisher(&world);
        let open = register::take_back(&leader, (ListCode::Limits, BASE), done.number)
            .await
            .expect_err("a draft is open");
        assert_eq!(open.code, Code::RegisterDraftOpen);
        register::discard(&ctx, (ListCode::Limits, BASE), next)
            .await
            .expect("given up");
        let back = register::take_back(&leader, (ListCode::Limits, BASE), done.number)
            .await
            .expect("taken back");
        assert_eq!((back.state, back.changes), (RevisionState::Draft, 1));
        world.time("2026-04-02T09:00");
        jobs::once(&world.services).await.expect("the jobs run");
        let reference = world.services.reference().await.expect("reads");
        assert!(
            reference
                .limits
                .iter()
                .all(|rule| rule.valid_until.is_none()),
            "nothing happened"
        );
        published(&world, ListCode::Limits, back.version, None, false)
            .await
            .expect("today");
        let late = register::take_back(&leader, (ListCode::Limits, BASE), back.number)
            .await
            .expect_err("holds");
        assert_eq!(late.code, Code::RegisterNotComing);
    })
    .await;
}
