//! Standard reports over a small city's week: their numbers are the lengths of their lists, kept ones never change, a second person signs.
//! Not here: periods, places and changes of numbers (beside `shared::report` and `services::reports`).

use chrono::NaiveDate;
use services::{Ctx, reports, tickets};
use shared::access::{Post, Role};
use shared::fault::Code;
use shared::query::{TicketFilter, pairs_of};
use shared::report::{Cell, Part, Period, Report, ReportAsked, ReportForm, ReportName, Table};
use shared::text::{Locale, standard as words};

use super::a_week;
use crate::support::{World, a_complaint, on_each_database};

fn asked(name: ReportName, period: &str) -> ReportAsked {
    let day = NaiveDate::from_ymd_opt(2026, 3, 25).expect("a date");
    ReportAsked {
        period: Period::parse(period).expect("a period"),
        ..ReportAsked::usual(name, day)
    }
}

fn tables(report: &Report) -> Vec<&Table> {
    report
        .parts
        .iter()
        .filter_map(|part| match part {
            Part::Table(table) => Some(table),
            _ => None,
        })
        .collect()
}

/// The whole number of a cell.
fn whole(cell: &Cell) -> Option<i64> {
    cell.number.as_deref()?.parse().ok()
}

async fn made(ctx: &Ctx, name: ReportName) -> Report {
    let asked = asked(name, "2026-03");
    reports::standard(ctx, &asked).await.expect("counts")
}

fn leader(world: &World) -> Ctx {
    world.person(Role::CentreLeader, "320100-12345")
}

#[tokio::test]
async fn every_number_of_a_report_is_the_length_of_its_list() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let ctx = world.supervisor();
        let mut seen = 0;
        for name in [ReportName::Monthly, ReportName::Unit, ReportName::Hot] {
            let report = made(&ctx, name).await;
            for table in tables(&report) {
                for cell in table.rows.iter().chain(&table.total).flatten() {
                    let (Some(href), Some(number)) = (&cell.href, whole(cell)) else {
                        continue;
                    };
                    let query = href.split_once('?').expect("a filter").1;
                    let filter = TicketFilter::from_pairs(&pairs_of(query)).expect("readable");
                    let listed = tickets::count(&ctx, &filter).await.expect("counts").n;
                    assert_eq!(listed, number, "{name}: {} {href}", table.caption);
                    seen += 1;
                }
            }
        }
        assert!(seen > 20, "{seen}");
    })
    .await;
}

#[tokio::test]
async fn the_rows_of_a_section_sum_to_its_total() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let report = made(&world.supervisor(), ReportName::Areas).await;
        for heading in [words::BY_AREA, words::BY_COUNTY] {
            let caption = heading.get(Locale::Zh);
            let all = tables(&report);
            let table = all.iter().find(|table| table.caption == caption);
            let table = table.expect("a table");
            let sum: i64 = table.rows.iter().filter_map(|row| whole(&row[1])).sum();
            let total = table.total.as_ref().and_then(|row| whole(&row[1]));
            assert_eq!((sum, total), (4, Some(4)), "{caption}");
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_is_a_dash_and_what_is_not_over_is_told() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let ctx = world.supervisor();
        let empty = reports::standard(&ctx, &asked(ReportName::Monthly, "2020-02"))
            .await
            .expect("counts");
        let first = tables(&empty)[0];
        let texts: Vec<&str> = first.rows.iter().map(|row| row[1].text.as_str()).collect();
        assert_eq!(texts, ["0", "0", "—", "—", "—", "—", "—", "—"]);
        assert!(
            empty
                .parts
                .contains(&Part::Words(words::NOTHING.get(Locale::Zh).to_owned()))
        );
        let warning = Part::Warning(words::NOT_OVER.get(Locale::Zh).to_owned());
        assert!(!empty.parts.contains(&warning));
        let march = made(&ctx, ReportName::Monthly).await;
        assert!(march.parts.contains(&warning));
    })
    .await;
}

#[tokio::test]
async fn a_report_obeys_scope_and_right() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let monthly = asked(ReportName::Monthly, "2026-03");
        let other = reports::standard(&world.supervisor_of_suzhou(), &monthly)
            .await
            .expect("counts");
        assert_eq!(tables(&other)[0].rows[0][1].text, "0");
        let fault = reports::standard(&world.agent(), &monthly).await;
        assert_eq!(fault.expect_err("no right").code, Code::AccessDenied);
        let nowhere = ReportAsked {
            region: Some("999999".to_owned()),
            ..monthly
        };
        let fault = reports::standard(&world.supervisor(), &nowhere).await;
        let fault = fault.expect_err("no place");
        assert_eq!(fault.fields[0].code, Code::InputPlace);
    })
    .await;
}

#[tokio::test]
async fn every_report_can_be_made() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let ctx = world.supervisor();
        for name in ReportName::ALL.iter().copied() {
            let report = made(&ctx, name).await;
            for table in tables(&report) {
                let wide = table.columns.len();
                let rows = table.rows.iter().chain(&table.total);
                assert!(rows.into_iter().all(|row| row.len() == wide), "{name}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_kept_report_stays_as_it_was() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let ctx = world.supervisor();
        let daily = asked(ReportName::Daily, "2026-03-25");
        let first = reports::keep(&ctx, &daily).await.expect("kept");
        assert_eq!(first, "daily-2026-03-25-1");
        let was = reports::kept(&ctx, &first).await.expect("read");
        world.files(a_complaint()).await;
        let now = reports::kept(&ctx, &first).await.expect("read");
        assert!(now.is_whole);
        assert_eq!((now.report, now.row.hash), (was.report, was.row.hash));
        world.time("2026-03-25T11:00");
        let second = reports::keep(&ctx, &daily).await.expect("kept");
        let second = reports::kept(&ctx, &second).await.expect("read");
        assert_eq!(second.before.as_deref(), Some(first.as_str()));
        let accepted = words::column(shared::measure::Measure::Accepted, Locale::Zh);
        let line = second.differences.iter().find(|it| it.row == accepted);
        let line = line.expect("one more was accepted");
        let (was, now): (i64, i64) = (
            line.was.parse().expect("a number"),
            line.now.parse().expect("a number"),
        );
        assert_eq!(now, was + 1);
        let page = reports::kept_list(&ctx, None).await.expect("a page");
        assert_eq!(page.items.len(), 2);
        assert_eq!(page.items[1].no, first);
        let taken = reports::file(&ctx, (second.report, "daily"), ReportForm::Book).await;
        assert_eq!(taken.expect("a file").name, "daily.xlsx");
    })
    .await;
}

#[tokio::test]
async fn a_second_person_signs_and_others_do_not_see_it() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let ctx = world.supervisor();
        let monthly = asked(ReportName::Monthly, "2026-03");
        let no = reports::keep(&ctx, &monthly).await.expect("kept");
        let fault = reports::sign(&ctx, &no).await.expect_err("no right");
        assert_eq!(fault.code, Code::AccessDenied);
        let leader = leader(&world);
        let seen = reports::kept(&leader, &no).await.expect("inside the scope");
        assert!(seen.may_sign);
        reports::sign(&leader, &no).await.expect("signed");
        let again = reports::sign(&leader, &no).await.expect_err("once");
        assert_eq!(again.code, Code::ReportSigned);
        let own = reports::keep(&leader, &monthly).await.expect("kept");
        let fault = reports::sign(&leader, &own).await.expect_err("the own one");
        assert_eq!(fault.code, Code::ReportSamePerson);
        let other = reports::kept(&world.supervisor_of_suzhou(), &no).await;
        assert_eq!(other.expect_err("not seen").code, Code::NotFound);
        reports::comment(&leader, &no, "请核对按时办结率。")
            .await
            .expect("said");
        let fault = reports::comment(&ctx, &no, " ").await.expect_err("empty");
        assert_eq!(fault.fields[0].code, Code::InputRequired);
        let seen = reports::kept(&ctx, &no).await.expect("read");
        assert_eq!(seen.comments.len(), 1);
        assert!(seen.row.signed_by.is_some() && !seen.may_sign);
    })
    .await;
}

/// A supervisor of two cities, under a name of its own.
fn of_two_cities(world: &World, role: Role) -> Ctx {
    let there = world.supervisor_of_suzhou();
    let mut ctx = world.person(role, "320100-12345");
    ctx.actor
        .posts
        .push(Post::shipped(2, role, there.actor.place()));
    ctx
}

#[tokio::test]
async fn what_somebody_with_several_posts_kept_is_seen_by_whom_all_of_it_lies_in() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let maker = of_two_cities(&world, Role::Supervisor);
        let no = reports::keep(&maker, &asked(ReportName::Monthly, "2026-03")).await;
        let no = no.expect("kept");
        let province = world.person(Role::ProvincialManager, "320000-12345");
        for reader in [
            &maker,
            &province,
            &of_two_cities(&world, Role::CentreLeader),
        ] {
            let seen = reports::kept(reader, &no).await.expect("all of it");
            assert!(seen.is_whole);
            let page = reports::kept_list(reader, None).await.expect("a page");
            assert_eq!(page.items.len(), 1);
        }
        for reader in [leader(&world), world.supervisor_of_suzhou()] {
            let fault = reports::kept(&reader, &no).await.expect_err("a part of it");
            assert_eq!(fault.code, Code::NotFound);
            let page = reports::kept_list(&reader, None).await.expect("a page");
            assert!(page.items.is_empty());
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_not_printed_is_told() {
    on_each_database(|world| async move {
        let ctx = world.supervisor();
        let report = made(&ctx, ReportName::Monthly).await;
        let fault = reports::file(&ctx, (report, "monthly"), ReportForm::Pdf).await;
        assert_eq!(fault.expect_err("no print").code, Code::ReportNoPrint);
    })
    .await;
}
