//! Units that come, move, merge and end, and categories that are switched off.
//! Not here: limits and calendar (`mod`).
//! Old codes keep their names for the tickets that carry them.

use services::register;
use services::tickets;
use shared::access::{Actor, Role};
use shared::fault::Code;
use shared::register::{FindingCode, ListCode};

use super::{BASE, code, drafted, drafter, published, row};
use crate::support::{CENTRE, CGJ, STREET, ZJJ, a_complaint, on_each_database};

fn unit(
    code: &str,
    name: &str,
    parent: &str,
    level: &str,
    more: &[(&str, &str)],
) -> shared::register::Cells {
    let mut cells = row(&[
        ("code", code),
        ("name", name),
        ("parent", parent),
        ("level", level),
        ("region", "320100"),
        ("state", "active"),
    ]);
    for (name, value) in more {
        cells.insert((*name).to_owned(), (*value).to_owned());
    }
    cells
}

#[tokio::test]
async fn a_unit_that_moves_takes_its_cases_along() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, STREET, &[]).await;
        world.unit_answers(&mut filed, STREET).await;
        world.clock.advance_minutes(5);
        let street = unit(STREET, "宁海路街道", CGJ, "street", &[]);
        let version = drafted(&world, ListCode::Units, Some(STREET), &street).await;
        published(&world, ListCode::Units, version, None, false)
            .await
            .expect("published");
        let reference = world.services.reference().await.expect("reads");
        let moved = &reference.units[STREET];
        assert_eq!(
            (moved.name.as_str(), moved.path.as_str()),
            (
                "宁海路街道",
                "320000-12345/320100-12345/320100-CGJ/320106001-JD/"
            )
        );
        let reviewer = |unit: &str| {
            let path = reference.units[unit].path.clone();
            world.of(Actor {
                unit_path: Some(path),
                ..world.unit_reviewer(unit).actor
            })
        };
        tickets::get(&reviewer(CGJ), filed.id)
            .await
            .expect("the new parent sees it");
        let lost = tickets::get(&reviewer(ZJJ), filed.id)
            .await
            .expect_err("the old one does not");
        assert_eq!(lost.code, Code::NotFound);
        let told = tickets::history(&world.dispatcher(), filed.id)
            .await
            .expect("a history");
        let names: Vec<_> = told
            .iter()
            .filter_map(|line| line.unit.as_ref())
            .filter(|unit| unit.code == STREET)
            .collect();
        assert!(
            !names.is_empty() && names.iter().all(|unit| unit.name == "宁海路街道办事处"),
            "as it was called then: {names:?}"
        );
        let left = services::consistency::check_all(&world.services)
            .await
            .expect("checks");
        assert_eq!(left.count, 0, "{left:?}");
    })
    .await;
}

#[tokio::test]
async fn circles_unknown_parents_and_vanishing_units_are_refused() {
    on_each_database(|world| async move {
        let found = async |list| {
            let seen = register::preview(&drafter(&world), list, BASE)
                .await
                .expect("a preview");
            seen.findings.iter().map(|it| it.code).collect::<Vec<_>>()
        };
        let version = drafted(
            &world,
            ListCode::Units,
            Some(ZJJ),
            &unit(ZJJ, "住房局", STREET, "department", &[]),
        )
        .await;
        assert!(found(ListCode::Units).await.contains(&FindingCode::Cycle));
        let ctx = drafter(&world);
        let gone = register::remove_row(&ctx, (ListCode::Units, BASE), version, ZJJ)
            .await
            .expect_err("in use for good");
        assert_eq!(gone.code, Code::RegisterPermanent);
        let renamed = register::put_row(
            &ctx,
            (ListCode::Units, BASE),
            version,
            (Some(ZJJ), &unit("NEW", "住房局", CENTRE, "department", &[])),
        )
        .await;
        assert_eq!(
            code(&renamed.expect_err("a permanent code")),
            Code::RegisterPermanent
        );
        let lost = unit(
            "320100-X",
            "新局",
            "NOBODY",
            "department",
            &[("region", "990000")],
        );
        let put = register::put_row(&ctx, (ListCode::Units, BASE), version, (None, &lost))
            .await
            .expect("a row");
        let codes = found(ListCode::Units).await;
        assert!(
            codes.contains(&FindingCode::Parent) && codes.contains(&FindingCode::Place),
            "{codes:?}"
        );
        let taken = register::put_row(
            &ctx,
            (ListCode::Units, BASE),
            put.version,
            (None, &unit(CGJ, "又一个", CENTRE, "department", &[])),
        )
        .await;
        assert_eq!(code(&taken.expect_err("taken")), Code::InputTaken);
        let removed =
            register::remove_row(&ctx, (ListCode::Units, BASE), put.version, "320100-X").await;
        removed.expect("what never was goes");
    })
    .await;
}

#[tokio::test]
async fn a_unit_with_open_tickets_does_not_end_today() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, CGJ, &[]).await;
        let end = |successor: &str| {
            unit(
                CGJ,
                "南京市城市管理局",
                CENTRE,
                "department",
                &[("state", "ended"), ("successor", successor)],
            )
        };
        let version = drafted(&world, ListCode::Units, Some(CGJ), &end("NOBODY")).await;
        let refused = published(&world, ListCode::Units, version, None, false)
            .await
            .expect_err("no successor");
        assert_eq!(refused.code, Code::RegisterFaults);
        let ctx = drafter(&world);
        let put = register::put_row(
            &ctx,
            (ListCode::Units, BASE),
            version,
            (Some(CGJ), &end(ZJJ)),
        )
        .await
        .expect("a row");
        let seen = register::preview(&ctx, ListCode::Units, BASE)
            .await
            .expect("a preview");
        let open = seen
            .findings
            .iter()
            .find(|it| it.code == FindingCode::OpenWork)
            .expect("told");
        assert_eq!(
            (open.key.as_str(), open.facts["count"].as_str()),
            (CGJ, "1")
        );
        let refused = published(&world, ListCode::Units, put.version, None, false)
            .await
            .expect_err("open work");
        assert_eq!(refused.code, Code::RegisterFaults);
        published(
            &world,
            ListCode::Units,
            put.version,
            Some("2026-03-10"),
            false,
        )
        .await
        .expect("later");
        world.time("2026-03-10T00:01");
        services::jobs::once(&world.services)
            .await
            .expect("the jobs run");
        let reference = world.services.reference().await.expect("reads");
        let ended = &reference.units[CGJ];
        assert!(!ended.active && ended.successor.as_deref() == Some(ZJJ));
        let offered = services::directory::units(&world.dispatcher(), Some("320106"))
            .await
            .expect("units");
        assert!(
            offered.iter().all(|unit| unit.code != CGJ),
            "nothing new goes there"
        );
        tickets::get(&world.handler(CGJ), filed.id)
            .await
            .expect("what it has, it finishes");
    })
    .await;
}

#[tokio::test]
async fn a_category_that_goes_keeps_its_name_for_its_tickets() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let seen = tickets::get(&world.dispatcher(), filed.id)
            .await
            .expect("sees it");
        let before = seen.row.category.expect("a category");
        let ctx = drafter(&world);
        let draft = register::begin(&ctx, ListCode::Categories, BASE)
            .await
            .expect("a draft");
        let above = &before.code[..4];
        let gone = register::remove_row(&ctx, (ListCode::Categories, BASE), draft.version, above)
            .await
            .expect("removed");
        let found = register::preview(&ctx, ListCode::Categories, BASE)
            .await
            .expect("a preview");
        assert!(
            found
                .findings
                .iter()
                .any(|it| it.code == FindingCode::Parent),
            "its leaves stay behind"
        );
        let back = register::undo_row(&ctx, (ListCode::Categories, BASE), gone.version, above)
            .await
            .expect("back");
        let gone = register::remove_row(
            &ctx,
            (ListCode::Categories, BASE),
            back.version,
            &before.code,
        )
        .await
        .expect("removed");
        let found = register::preview(&ctx, ListCode::Categories, BASE)
            .await
            .expect("a preview");
        for code in [FindingCode::InUse, FindingCode::Recent] {
            let mut told = found.findings.iter().filter(|it| it.code == code);
            assert!(told.any(|it| it.facts["count"] == "1"), "{found:?}");
        }
        published(&world, ListCode::Categories, gone.version, None, false)
            .await
            .expect("published");
        let after = tickets::get(&world.dispatcher(), filed.id)
            .await
            .expect("sees it");
        assert_eq!(after.row.category, Some(before.clone()));
        assert!(
            !world
                .services
                .reference()
                .await
                .expect("reads")
                .is_leaf_category(&before.code)
        );
        let agent = world.person(Role::BusinessAdmin, CENTRE);
        let denied = register::begin(&agent, ListCode::Categories, BASE)
            .await
            .expect_err("the province's");
        assert_eq!(denied.code, Code::AccessDenied);
    })
    .await;
}

#[tokio::test]
async fn the_unit_that_is_responsible_is_offered_first() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let first = async || {
            let sheet = tickets::suggested(&world.dispatcher(), filed.id, "010101")
                .await
                .expect("units");
            (sheet[0].unit.code.clone(), sheet[0].by_duty)
        };
        let (before, by_duty) = first().await;
        assert!(!by_duty);
        let other = if before == CGJ { ZJJ } else { CGJ };
        let duty = |unit: &str, category: &str| {
            row(&[
                ("category", category),
                ("region", "320100"),
                ("unit", unit),
                ("basis", "三定规定"),
            ])
        };
        let version = drafted(&world, ListCode::Duties, None, &duty("NOBODY", "9999")).await;
        let seen = register::preview(&drafter(&world), ListCode::Duties, BASE)
            .await
            .expect("a preview");
        let codes: Vec<_> = seen.findings.iter().map(|it| it.code).collect();
        assert!(
            codes.contains(&FindingCode::Unit) && codes.contains(&FindingCode::Category),
            "{codes:?}"
        );
        let put = register::put_row(
            &drafter(&world),
            (ListCode::Duties, BASE),
            version,
            (Some("9999/320100/NOBODY"), &duty(other, "0101")),
        )
        .await
        .expect("a row");
        published(&world, ListCode::Duties, put.version, None, false)
            .await
            .expect("published");
        assert_eq!(first().await, (other.to_owned(), true));
        let version = drafted(&world, ListCode::Duties, None, &duty(&before, "010101")).await;
        published(&world, ListCode::Duties, version, None, false)
            .await
            .expect("published");
        assert_eq!(
            first().await,
            (before, true),
            "the leaf before its category"
        );
    })
    .await;
}
