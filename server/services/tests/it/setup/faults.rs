//! What is wrong in an office's file: every place is told at once, in clear words, and nothing at all is written.
//! Not here: single lists on their pages (`register`).
//! Lines and paths are those that an editor shows.

use std::fmt::Write as _;

use services::setup::Office;
use shared::setup::Trouble;
use shared::text::{Locale, setup as words};

use super::planned;
use crate::support::{World, on_each_empty_database};

/// What is told of a file, each with its place, in English.
async fn told(world: &World, text: &str) -> Vec<String> {
    told_of(world, Office::of("office.toml", text, None)).await
}

async fn told_of(world: &World, office: Office) -> Vec<String> {
    let plan = planned(world, office).await;
    let faults: Vec<&Trouble> = plan.troubles.iter().filter(|it| !it.is_warning).collect();
    assert_eq!(faults.is_empty(), plan.is_good());
    for fault in &faults {
        let zh = words::trouble(fault, Locale::Zh);
        assert!(!zh.is_empty() && !zh.is_ascii(), "{zh}");
    }
    let line = |it: &&Trouble| format!("{}: {}", words::place(it), words::trouble(it, Locale::En));
    faults.iter().map(line).collect()
}

/// Nothing of a file that was judged stands in the database.
async fn nothing_is_written(world: &World) {
    let db = world.services.store().reader();
    assert_eq!(store::units::all(&db).await.expect("reads"), []);
    assert_eq!(store::users::count(&db).await.expect("reads"), 0);
    assert_eq!(store::marks::all(&db).await.expect("reads"), []);
    assert_eq!(world.audited("register.publish").await.len(), 0);
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_its_line() {
    let text = r#"[area]
division = "320581"
town = "虞山"

[administrators]
system = { username = "a", name = "周建国" }
security = { username = "cs.security" }

[[units]]
code = "ZJJ"
name = "住建局"
level = "department"

[[units]]
code = "ZJJ"
name = "又一个"
level = "bureau"

[[limits]]
stage = "handle"
value = 0
unit = "working_days"

[[limits]]
stage = "sign"
value = 10000
unit = "working_days"

[[hours]]
from = "17:30"
to = "09:00"

[[people]]
username = "cs.agent"
name = "陆晓红"
roles = ["agent", "boss"]

[[people]]
username = "CS.agent"
name = "陆晓红"
roles = ["agent", "auditor"]

[sign_in]
second_factor = "some"
password_days = -1

[decided]
coffee = "yes"
"#;
    on_each_empty_database(|world| async move {
        let told = told(&world, text).await;
        let expected = [
            "office.toml:3 area.town: nothing of this name",
            "office.toml:6 administrators.system.username: ",
            "office.toml:7 administrators.security: name is missing",
            "office.toml:17 units[2].level: ",
            "office.toml:21 limits[1].value: ",
            "office.toml:26 limits[2].value: ",
            "office.toml:31 hours[1].to: ",
            "office.toml:36 people[1].roles: nothing of this name",
            "office.toml:39 people[2].username: line 34 has the same already",
            "office.toml:41 people[2].roles: ",
            "office.toml:44 sign_in.second_factor: ",
            "office.toml:45 sign_in.password_days: ",
            "office.toml:48 decided.coffee: nothing of this name",
        ];
        for start in expected {
            assert!(
                told.iter().any(|it| it.starts_with(start)),
                "{start}\n{told:#?}"
            );
        }
        assert_eq!(told.len(), expected.len(), "{told:#?}");
        nothing_is_written(&world).await;
    })
    .await;
}

#[tokio::test]
async fn circles_and_unknown_names_are_told_at_the_row_that_names_them() {
    let text = r#"[area]
division = "320581"

[[units]]
code = "A"
name = "甲局"
level = "department"
parent = "B"

[[units]]
code = "B"
name = "乙局"
level = "department"
parent = "A"

[[units]]
code = "C"
name = "丙局"
level = "department"
parent = "NOWHERE"

[[units]]
code = "D"
name = "丁局"
level = "department"
region = "999999"

[[duties]]
category = "99"
region = "320581"
unit = "E"
"#;
    on_each_empty_database(|world| async move {
        let told = told(&world, text).await;
        for start in [
            "office.toml:4 units[1]: Units A: the units above it lead back to it",
            "office.toml:10 units[2]: Units B: the units above it lead back to it",
            "office.toml:16 units[3]: Units C: there is no NOWHERE above it",
            "office.toml:22 units[4]: Units D: there is no division 999999",
            "office.toml:28 duties[1]: Areas of responsibility 99/320581/E: there is no category 99",
            "office.toml:28 duties[1]: Areas of responsibility 99/320581/E: E does not exist",
        ] {
            assert!(told.iter().any(|it| it.starts_with(start)), "{start}\n{told:#?}");
        }
        nothing_is_written(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_no_toml_or_serves_no_area_is_told() {
    on_each_empty_database(|world| async move {
        let told_first = told(&world, "[area]\ndivision = \"320581\nname = 1\n").await;
        assert!(
            told_first[0].starts_with("office.toml:2: this is no TOML"),
            "{told_first:?}"
        );
        for code in ["320581001", "999999", "Suzhou"] {
            let text = format!("[area]\ndivision = \"{code}\"\n");
            let told = told(&world, &text).await;
            let words = format!("there is no province, city or county {code}");
            assert_eq!(told, [format!("office.toml:2 area.division: {words}")]);
        }
        let kinds = "people = 1\nunits = [1]\n[area]\ndivision = [\"320581\"]\n";
        let told_kinds = told(&world, kinds).await;
        assert_eq!(told_kinds.len(), 3, "{told_kinds:#?}");
        let missing = Office::read(std::path::Path::new("no-such-file.toml"));
        let told_missing = told_of(&world, missing).await;
        assert!(told_missing[0].starts_with("no-such-file.toml: this file cannot be read"));
        nothing_is_written(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a_second_centre_is_refused_and_the_first_one_keeps_its_code() {
    on_each_empty_database(|world| async move {
        let first = "[area]\ndivision = \"320581\"\ncode = \"CS\"\n";
        super::run(&world, Office::of("office.toml", first, None))
            .await
            .expect("carried out");
        let other = "[area]\ndivision = \"320581\"\ncode = \"OTHER\"\n";
        let told_other = told(&world, other).await;
        assert!(
            told_other[0].starts_with("office.toml:3 area.code: CS is the centre on top already"),
            "{told_other:?}"
        );
        // Another area under the same code: the centre moves there.
        let wider = "[area]\ndivision = \"320500\"\n";
        super::run(&world, Office::of("office.toml", wider, None))
            .await
            .expect("carried out");
        let db = world.services.store().reader();
        let units = store::units::all(&db).await.expect("units");
        assert_eq!((units.len(), units[0].region.as_str()), (1, "320500"));
    })
    .await;
}

#[tokio::test]
async fn files_of_lists_are_read_in_any_encoding_and_told_by_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.path().join(name), bytes).expect("written");
    };
    let heads = "单位编号,单位名称,上级单位编号,级别,区划代码,状态\r\n";
    let good = format!("{heads}ZJJ,住建局,320581-ZX,市级部门,320581,在用\r\n");
    let (gbk, _, _) = encoding_rs::GBK.encode(&good);
    write("gbk.csv", &gbk);
    // A formula is words here, and an export puts a mark in front of it.
    write(
        "formula.csv",
        format!("{heads}F,=1+1,320581-ZX,市级部门,320581,在用\r\n").as_bytes(),
    );
    write(
        "wrong.csv",
        format!(
            "{heads}A,甲局,320581-ZX,市级部门,320581,在用\r\nA,乙局,320581-ZX,局,3205,在用\r\n"
        )
        .as_bytes(),
    );
    write("other.csv", "日期,金额\r\n1,2\r\n".as_bytes());
    write("damaged.csv", b"\xff\xfe\xfd\x00,\x81");
    let mut many = String::new();
    for n in 0..=100_000 {
        let _ = write!(many, "U{n},单位{n},320581-ZX,市级部门,320581,在用\r\n");
    }
    write("many.csv", format!("{heads}{many}").as_bytes());
    write(
        "people.csv",
        "用户名,姓名,单位,岗位\r\ncs.one,甲,,坐席、shift_lead\r\ncs.two,乙,NOWHERE,坐席\r\ncs.two,丙,,老板\r\n".as_bytes(),
    );
    let path = folder.path().to_owned();
    let office = |name: &str| {
        let text = format!("[area]\ndivision = \"320581\"\n[files]\nunits = \"{name}\"\n");
        Office::of("office.toml", &text, Some(&path))
    };
    let (office, path) = (&office, &path);
    on_each_empty_database(|world| async move {
        assert_eq!(told_of(&world, office("gbk.csv")).await, [""; 0]);
        assert_eq!(told_of(&world, office("formula.csv")).await, [""; 0]);
        let wrong = told_of(&world, office("wrong.csv")).await;
        assert!(
            wrong.iter().any(|it| it.contains("wrong.csv:3 level: ")),
            "{wrong:#?}"
        );
        assert!(
            wrong.iter().any(|it| it.contains("wrong.csv:3 region: ")),
            "{wrong:#?}"
        );
        let text = "[area]\ndivision = \"320581\"\n[files]\npeople = \"people.csv\"\n";
        let people = told_of(&world, Office::of("office.toml", text, Some(path))).await;
        for place in [
            "people.csv:3 unit: ",
            "people.csv:4 username: line 3",
            "people.csv:4 roles: ",
        ] {
            assert!(
                people.iter().any(|it| it.contains(place)),
                "{place}\n{people:#?}"
            );
        }
        assert_eq!(people.len(), 3, "{people:#?}");
        for name in ["other.csv", "damaged.csv", "many.csv", "none.csv"] {
            let told = told_of(&world, office(name)).await;
            assert_eq!(told.len(), 1, "{name}: {told:#?}");
            assert!(
                told[0].starts_with("office.toml:4 files.units: "),
                "{name}: {told:#?}"
            );
        }
        nothing_is_written(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a_list_that_somebody_drafts_is_left_alone() {
    on_each_empty_database(|world| async move {
        let first = "[area]\ndivision = \"320581\"\n";
        super::run(&world, Office::of("office.toml", first, None))
            .await
            .expect("carried out");
        let ctx = services::Ctx::system(&world.services);
        services::register::begin(&ctx, shared::register::ListCode::Units, "base")
            .await
            .expect("a draft");
        let more = "[area]\ndivision = \"320581\"\n[[units]]\ncode = \"A\"\nname = \"甲局\"\nlevel = \"department\"\n\
                    [[limits]]\nstage = \"handle\"\nvalue = 3\nunit = \"working_days\"\n";
        let told = told(&world, more).await;
        assert!(told[0].contains("Units: ") && told[0].contains("draft"), "{told:?}");
        let db = world.services.store().reader();
        let units = store::units::all(&db).await.expect("units");
        assert_eq!(units.len(), 1, "not the unit");
        let limits = store::limits::all(&db).await.expect("limits");
        let three = |it: &&shared::process::limit::LimitRule| it.profile == "register";
        assert_eq!(limits.iter().filter(three).count(), 0, "nor the limit");
    })
    .await;
}

#[tokio::test]
async fn a_day_twice_and_periods_that_overlap_are_told() {
    let text = r#"[area]
division = "320581"

[[calendar]]
date = 2027-01-01
kind = "holiday"
name = "元旦"
notice_year = 2027

[[calendar]]
date = "2027年1月1日"
kind = "makeup"
name = "元旦"
notice_year = 2027

[[hours]]
from = "11:00"
to = "14:00"
"#;
    on_each_empty_database(|world| async move {
        let told_days = told(&world, text).await;
        assert!(
            told_days
                .iter()
                .any(|it| it.starts_with("office.toml:10 calendar[2]: line 4 has")),
            "{told_days:#?}"
        );
        let once = text.replacen("2027年1月1日", "2027-01-02", 1);
        let told_hours = told(&world, &once).await;
        assert!(
            told_hours
                .iter()
                .any(|it| it.contains("Working hours") && it.contains("overlaps")),
            "{told_hours:#?}"
        );
        nothing_is_written(&world).await;
    })
    .await;
}
