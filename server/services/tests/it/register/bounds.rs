//! What a draft may not do: a city's supplement contradicts no base, every list keeps what it needs, and settings have bounds.
//! Not here: drafts and days (the module above).

use services::register::{self, Publishing};
use shared::access::Role;
use shared::fault::Code;
use shared::register::{FindingCode, ListCode, Weight};

use super::{BASE, code, drafted, drafter, limit, promptly, published, row};
use crate::support::{CENTRE, ZJJ, on_each_database};

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story")]
async fn a_city_adds_to_the_base_and_never_contradicts_it() {
    on_each_database(|world| async move {
        let city = world.person(Role::BusinessAdmin, CENTRE);
        let denied = register::begin(&city, ListCode::Limits, BASE)
            .await
            .expect_err("not its own");
        assert_eq!(denied.code, Code::AccessDenied);
        assert_eq!(
            register::begin(&city, ListCode::Limits, "320500")
                .await
                .expect_err("elsewhere")
                .code,
            Code::NotFound
        );
        assert_eq!(
            register::begin(&city, ListCode::Calendar, "320100")
                .await
                .expect_err("no part")
                .code,
            Code::NotFound
        );
        let area = (ListCode::Limits, "320100");
        let draft = register::begin(&city, area.0, area.1)
            .await
            .expect("a draft");
        let with = |region: &str, value: &str| {
            row(&[
                ("stage", "handle"),
                ("region", region),
                ("value", value),
                ("unit", "working_days"),
            ])
        };
        let one = register::put_row(&city, area, draft.version, (None, &with("320500", "3")))
            .await
            .expect("a row");
        let two = register::put_row(&city, area, one.version, (None, &with("320100", "9")))
            .await
            .expect("a row");
        let found = register::preview(&city, area.0, area.1)
            .await
            .expect("a preview");
        let codes: Vec<_> = found
            .findings
            .iter()
            .map(|it| (it.weight, it.code))
            .collect();
        assert!(
            codes.contains(&(Weight::Fault, FindingCode::Outside)),
            "{codes:?}"
        );
        assert!(
            codes.contains(&(Weight::Warning, FindingCode::Longer)),
            "{codes:?}"
        );
        let leader = world.person(Role::CentreLeader, CENTRE);
        let order = |version| Publishing {
            version,
            ..Publishing::default()
        };
        let refused = register::publish(&leader, area, order(two.version))
            .await
            .expect_err("outside");
        assert_eq!(refused.code, Code::RegisterFaults);
        let mended = register::remove_row(&city, area, two.version, "handle/-/-/320500/-/-")
            .await
            .expect("removed");
        register::publish(&leader, area, order(mended.version))
            .await
            .expect("published");
        let mut filed = world.files(promptly()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let reference = world.services.reference().await.expect("reads");
        let rule = reference
            .limits
            .iter()
            .find(|rule| rule.region.as_deref() == Some("3201"))
            .expect("the city's rule");
        assert_eq!(rule.limit.value, 9);

        let base = drafted(&world, ListCode::Limits, None, &with("320100", "4")).await;
        let found = register::preview(&drafter(&world), ListCode::Limits, BASE)
            .await
            .expect("a preview");
        assert!(
            found
                .findings
                .iter()
                .any(|it| it.code == FindingCode::BaseHas),
            "{found:?}"
        );
        let refused = published(&world, ListCode::Limits, base, None, false)
            .await
            .expect_err("a conflict");
        assert_eq!(refused.code, Code::RegisterFaults);
    })
    .await;
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story")]
async fn what_every_list_needs_stays_and_settings_have_bounds() {
    on_each_database(|world| async move {
        let ctx = drafter(&world);
        let draft = register::begin(&ctx, ListCode::Limits, BASE)
            .await
            .expect("a draft");
        let gone = register::remove_row(
            &ctx,
            (ListCode::Limits, BASE),
            draft.version,
            "sign/-/-/-/-/-",
        )
        .await
        .expect("removed");
        let refused = published(&world, ListCode::Limits, gone.version, None, false)
            .await
            .expect_err("a stage without a limit");
        assert_eq!(refused.code, Code::RegisterFaults);
        let whole = register::undo_row(
            &ctx,
            (ListCode::Limits, BASE),
            gone.version,
            "sign/-/-/-/-/-",
        )
        .await
        .expect("as it was");
        assert_eq!(whole.changes, 0);
        register::discard(&ctx, (ListCode::Limits, BASE), whole.version)
            .await
            .expect("given up");

        let set = |name: &str, value: &str| row(&[("name", name), ("value", value)]);
        let version = drafted(
            &world,
            ListCode::Settings,
            Some("extension.days"),
            &set("extension.days", "12"),
        )
        .await;
        let refused = published(&world, ListCode::Settings, version, None, false)
            .await
            .expect_err("more than the sum");
        assert_eq!(refused.code, Code::RegisterFaults);
        let put = register::put_row(
            &ctx,
            (ListCode::Settings, BASE),
            version,
            (Some("extension.sum"), &set("extension.sum", "15")),
        )
        .await
        .expect("a row");
        let wrong = register::put_row(
            &ctx,
            (ListCode::Settings, BASE),
            put.version,
            (Some("extension.most"), &set("extension.most", "99")),
        )
        .await
        .expect_err("too many");
        assert_eq!(code(&wrong), Code::InputNumber);
        let permanent = register::remove_row(
            &ctx,
            (ListCode::Settings, BASE),
            put.version,
            "extension.most",
        )
        .await
        .expect_err("stays");
        assert_eq!(permanent.code, Code::RegisterPermanent);
        let put = register::put_row(
            &ctx,
            (ListCode::Settings, BASE),
            put.version,
            (Some("second.limits"), &set("second.limits", "no")),
        )
        .await
        .expect("a row");
        published(&world, ListCode::Settings, put.version, None, false)
            .await
            .expect("published");
        let caps = world.services.reference().await.expect("reads").extension;
        assert_eq!((caps.days, caps.sum), (12, 15));
        let version = drafted(
            &world,
            ListCode::Limits,
            Some("review/-/-/-/-/-"),
            &limit("review", "2"),
        )
        .await;
        let order = Publishing {
            version,
            ..Publishing::default()
        };
        register::publish(&ctx, (ListCode::Limits, BASE), order)
            .await
            .expect("no second person any more");
    })
    .await;
}
