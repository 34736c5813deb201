//! Rules about accounts and signing in as rows of the settings, and of two who save one of them; a year whose notice comes twice; many lines.
//! Not here: what the rules do (`sessions`, `people`), other settings (`mod`).
//! Rules always want a second person.

use services::calendar;
use services::register::{self, Asked, Publishing, Table};
use shared::access::Role;
use shared::fault::Code;
use shared::register::{FindingCode, ListCode, Weight};

use super::{BASE, code, drafted, drafter, published, row};
use crate::support::{World, on_each_database};

const SETTINGS: (ListCode, &str) = (ListCode::Settings, BASE);

fn set(name: &str, value: &str) -> shared::register::Cells {
    row(&[("name", name), ("value", value)])
}

async fn puts(world: &World, version: i32, name: &str, value: &str) -> Result<i32, Code> {
    let cells = set(name, value);
    let ctx = drafter(world);
    let put = register::put_row(&ctx, SETTINGS, version, (Some(name), &cells)).await;
    put.map(|done| done.version).map_err(|fault| code(&fault))
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story")]
async fn rules_of_signing_in_are_settings_that_always_want_two() {
    on_each_database(|world| async move {
        let ctx = drafter(&world);
        let draft = register::begin(&ctx, SETTINGS.0, BASE)
            .await
            .expect("a draft");
        let of = async |name: &str| {
            let asked = Asked {
                words: Some(name.to_owned()),
                ..Asked::default()
            };
            let shown = register::view(&ctx, SETTINGS, &asked).await;
            let rows = shown.expect("a list").rows;
            let row = rows.into_iter().find(|row| row.key == name);
            row.and_then(|row| row.cells.get("value").cloned())
        };
        assert_eq!(of("accounts.review_days").await.as_deref(), Some("10"));
        assert_eq!(
            of("sign_in.second_factor").await.as_deref(),
            Some("none"),
            "what the table says"
        );
        for (name, value, wrong) in [
            ("accounts.idle_days", "999", Code::InputNumber),
            ("sign_in.proof_minutes", "0", Code::InputNumber),
            ("sign_in.second_factor", "mayor", Code::InputCode),
        ] {
            assert_eq!(
                puts(&world, draft.version, name, value).await,
                Err(wrong),
                "{name}"
            );
        }
        let version = puts(&world, draft.version, "second.settings", "no")
            .await
            .expect("a row");
        published(&world, SETTINGS.0, version, None, false)
            .await
            .expect("published");
        let version = drafted(
            &world,
            ListCode::Settings,
            Some("sign_in.second_factor"),
            &set("sign_in.second_factor", "system_admin, auditor"),
        )
        .await;
        let version = puts(&world, version, "sign_in.password_days", "30")
            .await
            .expect("a row");
        let version = puts(&world, version, "accounts.idle_days", "60")
            .await
            .expect("a row");
        let alone = Publishing {
            version,
            ..Publishing::default()
        };
        let refused = register::publish(&ctx, SETTINGS, alone).await;
        assert_eq!(refused.expect_err("alone").code, Code::RegisterSecond);
        published(&world, SETTINGS.0, version, None, false)
            .await
            .expect("by two");
        world.clock.advance_minutes(1);
        let rules = world.services.sign_in_rules().await.expect("read");
        assert_eq!((rules.password_days, rules.proof_minutes), (30, 15));
        assert!(rules.factor.is_of(&[Role::Auditor]) && !rules.factor.is_of(&[Role::Agent]));
        let idle =
            store::settings::get(&world.services.store().reader(), "accounts.idle_days").await;
        assert_eq!(idle.expect("read").as_deref(), Some("60"));
        let version = drafted(
            &world,
            SETTINGS.0,
            Some("extension.most"),
            &set("extension.most", "4"),
        )
        .await;
        let order = Publishing {
            version,
            ..Publishing::default()
        };
        register::publish(&ctx, SETTINGS, order)
            .await
            .expect("of the rest the settings say so");
    })
    .await;
}

#[tokio::test]
async fn a_notice_of_a_year_that_has_one_is_told_and_a_whole_notice_takes_its_place() {
    on_each_database(|world| async move {
        let ctx = drafter(&world);
        let draft = register::begin(&ctx, ListCode::Calendar, BASE).await.expect("a draft");
        let table = |version: i32, text: &str| Table {
            version,
            text: text.to_owned(),
            encoding: "UTF-8".to_owned(),
            replaces: false,
            only_look: false,
        };
        let list = (ListCode::Calendar, BASE);
        let head = "日期,类型,节日,通知年份\n";
        let twice = format!("{head}2026-03-02,放假,临时,2026\n2026-03-02,调休上班,临时,2026\n");
        let report = register::take(&ctx, list, table(draft.version, &twice)).await.expect("read");
        assert_eq!((report.refused, report.wrong[0].line, report.wrong[0].code), (1, 3, Code::InputTaken), "{report:?}");
        let again = format!("{head}2026-03-02,放假,临时,2026\n2026-03-03,放假,临时,2026\n");
        let report = register::take(&ctx, list, table(draft.version, &again)).await.expect("read");
        assert!(report.is_taken, "{report:?}");
        let preview = register::preview(&ctx, list.0, list.1).await.expect("a look");
        let told = preview.findings.iter().find(|it| it.code == FindingCode::YearTwice);
        let told = told.expect("told");
        assert_eq!((told.weight, told.facts["year"].as_str(), told.facts["count"].as_str()), (Weight::Warning, "2026", "2"));
        register::discard(&ctx, list, draft.version + 1).await.expect("given up");

        let owner = services::Ctx::system(&world.services);
        let notice = |name: &str| format!("date,name,kind,notice_year\n2027-01-01,{name},off,2027\n2027-01-02,{name},off,2027\n");
        calendar::import(&owner, &notice("元旦")).await.expect("taken");
        let once = register::view(&ctx, list, &Asked::default()).await.expect("a list").total;
        let other = "date,name,kind,notice_year\n2027-01-04,元旦,off,2027\n";
        calendar::import(&owner, other).await.expect("taken");
        let seen = register::view(&ctx, list, &Asked::default()).await.expect("a list").total;
        assert_eq!(seen, once - 1, "the days of the notice before are gone");
    })
    .await;
}

/// Lines that differ by place, category and unit: more than any statement takes at once.
#[tokio::test]
async fn thousands_of_good_lines_are_taken_whole_and_published() {
    const LINES: usize = 3_000;
    on_each_database(|world| async move {
        let ctx = drafter(&world);
        let list = (ListCode::Duties, BASE);
        let draft = register::begin(&ctx, list.0, list.1)
            .await
            .expect("a draft");
        let reference = world.services.reference().await.expect("read");
        let mut text = String::from("category,region,unit,basis\n");
        let places = reference
            .divisions
            .keys()
            .filter(|code| code.starts_with("32"));
        let pairs = places.flat_map(|place| reference.categories.keys().map(move |it| (place, it)));
        for (place, category) in pairs.take(LINES) {
            text.push_str(&format!("{category},{place},{},\n", crate::support::ZJJ));
        }
        assert_eq!(text.lines().count(), LINES + 1, "there are enough of them");
        let order = Table {
            version: draft.version,
            text,
            encoding: "UTF-8".to_owned(),
            replaces: false,
            only_look: false,
        };
        let report = register::take(&ctx, list, order).await.expect("read");
        assert!(
            report.is_taken && report.refused == 0,
            "{:?}",
            report.wrong.first()
        );
        assert_eq!(report.lines, LINES as u64);
        let done = published(&world, list.0, draft.version + 1, None, false)
            .await
            .expect("published");
        assert!(done.is_applied && done.changes > 0);
        let kept = store::duties::all(&world.services.store().reader())
            .await
            .expect("read");
        assert!(kept.len() >= LINES, "{}", kept.len());
    })
    .await;
}
