//! Lists as files: out and in again, other encodings, lines that cannot be taken, formulas, many lines.
//! Not here: bytes of a form (tests of the server).
//! A file is taken as a whole or not at all.

use services::register::{self, Asked, Table};
use shared::fault::Code;
use shared::register::{ListCode, MOST_LINES};
use shared::text::Locale;

use super::{BASE, drafted, drafter, row};
use crate::support::on_each_database;

fn table(version: i32, text: &str) -> Table {
    Table {
        version,
        text: text.to_owned(),
        encoding: "UTF-8".to_owned(),
        replaces: false,
        only_look: false,
    }
}

#[tokio::test]
async fn a_list_goes_out_and_comes_back_as_it_was() {
    on_each_database(|world| async move {
        let ctx = drafter(&world);
        for locale in [Locale::Zh, Locale::En] {
            let ctx = services::Ctx {
                locale,
                ..ctx.clone()
            };
            for list in [
                ListCode::Limits,
                ListCode::Calendar,
                ListCode::Units,
                ListCode::Categories,
                ListCode::Settings,
                ListCode::Hours,
                ListCode::Divisions,
                ListCode::Ladder,
            ] {
                let (_, text) = register::give(&ctx, (list, BASE), &Asked::default())
                    .await
                    .expect("a file");
                let draft = register::begin(&ctx, list, BASE).await.expect("a draft");
                let order = Table {
                    only_look: true,
                    replaces: true,
                    ..table(draft.version, text.trim_start_matches('\u{feff}'))
                };
                let report = register::take(&ctx, (list, BASE), order)
                    .await
                    .expect("read");
                assert!(
                    report.lines > 0 && report.same == report.lines,
                    "{list}: {report:?}"
                );
                assert_eq!(
                    (report.new, report.changed, report.gone, report.refused),
                    (0, 0, 0, 0),
                    "{list}"
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn lines_that_cannot_be_taken_are_told_and_nothing_is_written() {
    on_each_database(|world| async move {
        let ctx = drafter(&world);
        let draft = register::begin(&ctx, ListCode::Limits, BASE).await.expect("a draft");
        let text = "环节,时限,单位,事项编号\r\n派单,0,工作日,\r\n办理,3,工作日,0101\r\n办理,4,工作日,0101\r\n无此环节,5,工作日,\r\n办理,10000,天,\r\n";
        let report = register::take(&ctx, (ListCode::Limits, BASE), table(draft.version, text)).await.expect("read");
        let told: Vec<_> = report.wrong.iter().map(|line| (line.line, line.column.as_str(), line.code)).collect();
        assert_eq!(
            told,
            [
                (2, "value", Code::InputNumber),
                (4, "stage", Code::InputTaken),
                (5, "stage", Code::InputCode),
                (6, "unit", Code::InputCode),
            ]
        );
        assert!(!report.is_taken && report.refused == 4 && report.lines == 5);
        let seen = register::view(&ctx, (ListCode::Limits, BASE), &Asked { changes: true, ..Asked::default() }).await.expect("a list");
        assert!(seen.rows.is_empty(), "nothing half-written");

        let good = "stage;value;unit;category\nhandle;3;working_days;0101\n";
        let report = register::take(&ctx, (ListCode::Limits, BASE), table(draft.version, good)).await.expect("read");
        assert!(report.is_taken && report.new == 1, "{report:?}");
        for (text, code) in [("a,b\n1,2\n", Code::ImportMapping), ("环节,事项编号\n办理,01\n", Code::ImportMapping)] {
            let version = draft.version + 1;
            let refused = register::take(&ctx, (ListCode::Limits, BASE), table(version, text)).await.expect_err("no list");
            assert_eq!(refused.code, code, "{text}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_formula_in_a_name_goes_out_as_words_and_comes_back() {
    on_each_database(|world| async move {
        let unit = row(&[
            ("code", "320100-Q"),
            ("name", "=1+1"),
            ("parent", "320100-12345"),
            ("level", "department"),
            ("region", "320100"),
            ("state", "active"),
        ]);
        let version = drafted(&world, ListCode::Units, None, &unit).await;
        let ctx = drafter(&world);
        let (_, text) = register::give(&ctx, (ListCode::Units, BASE), &Asked::default())
            .await
            .expect("a file");
        assert!(text.contains("'=1+1"), "{text}");
        let report = register::take(
            &ctx,
            (ListCode::Units, BASE),
            table(version, text.trim_start_matches('\u{feff}')),
        )
        .await
        .expect("read");
        assert_eq!((report.changed, report.new), (0, 0), "{report:?}");
    })
    .await;
}

#[tokio::test]
async fn a_file_for_the_whole_list_takes_away_what_it_does_not_have() {
    on_each_database(|world| async move {
        let ctx = drafter(&world);
        let draft = register::begin(&ctx, ListCode::Hours, BASE)
            .await
            .expect("a draft");
        let order = Table {
            replaces: true,
            ..table(draft.version, "开始,结束\n08:30,12:00\n")
        };
        let report = register::take(&ctx, (ListCode::Hours, BASE), order)
            .await
            .expect("read");
        assert_eq!((report.new, report.gone), (1, 2), "{report:?}");
        let seen = register::view(&ctx, (ListCode::Hours, BASE), &Asked::default())
            .await
            .expect("a list");
        assert_eq!(seen.total, 1);
        let draft = register::begin(&ctx, ListCode::Units, BASE)
            .await
            .expect("a draft");
        let text =
            "code,name,parent,level,region,state\nX,新局,320100-12345,department,320100,active\n";
        let order = Table {
            replaces: true,
            ..table(draft.version, text)
        };
        let refused = register::take(&ctx, (ListCode::Units, BASE), order)
            .await
            .expect_err("units stay");
        assert_eq!(refused.fields[0].code, Code::RegisterPermanent);
    })
    .await;
}

#[tokio::test]
async fn five_thousand_units_are_read_in_one_go_and_too_many_lines_are_refused() {
    on_each_database(|world| async move {
        let ctx = drafter(&world);
        let draft = register::begin(&ctx, ListCode::Units, BASE)
            .await
            .expect("a draft");
        let mut text = String::from("单位编号,单位名称,上级单位编号,级别,区划代码,状态\n");
        for number in 0..5_000 {
            text.push_str(&format!(
                "320100-N{number:04},第{number}科,320100-12345,市级部门,320100,在用\n"
            ));
        }
        let report = register::take(&ctx, (ListCode::Units, BASE), table(draft.version, &text))
            .await
            .expect("read");
        assert_eq!((report.new, report.is_taken), (5_000, true), "{report:?}");
        let done = super::published(&world, ListCode::Units, draft.version + 1, None, false)
            .await
            .expect("published");
        assert_eq!(done.changes, 5_000);
        let seen = register::view(
            &ctx,
            (ListCode::Units, BASE),
            &Asked {
                words: Some("第4999科".to_owned()),
                ..Asked::default()
            },
        )
        .await
        .expect("a list");
        assert_eq!((seen.rows.len(), seen.total), (1, 5_007));
        let draft = register::begin(&ctx, ListCode::Hours, BASE)
            .await
            .expect("a draft");
        let many = "开始,结束\n".to_owned() + &"09:00,12:00\n".repeat(MOST_LINES + 1);
        let refused = register::take(&ctx, (ListCode::Hours, BASE), table(draft.version, &many))
            .await
            .expect_err("too many");
        assert_eq!(refused.code, Code::RegisterTooMany);
    })
    .await;
}
