//! Units that are merged or divided as one act: both drafts, what is looked at before, and what holds afterwards.
//! Not here: units one by one (`units`).

use services::register;
use shared::access::Role;
use shared::fault::Code;
use shared::register::{ListCode, Reorganise};

use super::{BASE, code, drafted, drafter, published, row};
use crate::support::{CENTRE, CGJ, STREET, World, ZJJ, a_complaint, on_each_database};

const NEW: &str = "320100-JS";

/// A new unit below the centre, published.
async fn begins(world: &World) {
    let cells = row(&[
        ("code", NEW),
        ("name", "南京市城乡建设和管理局"),
        ("parent", CENTRE),
        ("level", "department"),
        ("region", "320100"),
        ("state", "active"),
    ]);
    let version = drafted(world, ListCode::Units, None, &cells).await;
    published(world, ListCode::Units, version, None, false)
        .await
        .expect("published");
}

/// Two rows of the duty list for a unit, published; their keys.
async fn answers_for(world: &World, unit: &str) -> [String; 2] {
    let ctx = drafter(world);
    let list = (ListCode::Duties, BASE);
    let mut version = register::begin(&ctx, list.0, list.1)
        .await
        .expect("a draft")
        .version;
    for category in ["0101", "02"] {
        let cells = row(&[("category", category), ("region", "320100"), ("unit", unit)]);
        let put = register::put_row(&ctx, list, version, (None, &cells)).await;
        version = put.expect("a row").version;
    }
    published(world, list.0, version, None, false)
        .await
        .expect("published");
    [format!("0101/320100/{unit}"), format!("02/320100/{unit}")]
}

fn act(ends: &[&str], into: &[&str]) -> Reorganise {
    let all = |codes: &[&str]| codes.iter().map(|it| (*it).to_owned()).collect();
    Reorganise {
        ends: all(ends),
        into: all(into),
        from: Some("2026-03-10".to_owned()),
        ..Reorganise::default()
    }
}

#[tokio::test]
async fn two_units_become_one_from_a_day() {
    on_each_database(|world| async move {
        begins(&world).await;
        answers_for(&world, CGJ).await;
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, CGJ, &[]).await;
        let ctx = drafter(&world);
        let merged = act(&[ZJJ, CGJ], &[NEW]);
        let seen = register::look_at_units(&ctx, BASE, &merged)
            .await
            .expect("looked at");
        let open: Vec<_> = seen.ends.iter().map(|it| it.open).collect();
        assert_eq!((open, seen.all_duties), (vec![0, 1], 2));
        assert!(seen.below.iter().any(|unit| unit.code == STREET));
        assert!(seen.duties.iter().all(|duty| duty.to == NEW));

        let done = register::reorganise(&ctx, BASE, &merged)
            .await
            .expect("drafted");
        let again = register::reorganise(&ctx, BASE, &merged).await;
        assert_eq!(again.expect_err("another draft").code, Code::VersionStale);
        let duties = done.duties.expect("a draft of duties");
        assert_eq!(duties.changes, 4, "two go, two come");
        for (list, version) in [
            (ListCode::Units, done.units.version),
            (ListCode::Duties, duties.version),
        ] {
            published(&world, list, version, Some("2026-03-10"), false)
                .await
                .expect("published");
        }
        world.time("2026-03-10T00:01");
        services::jobs::once(&world.services)
            .await
            .expect("the jobs run");
        let reference = world.services.reference().await.expect("reads");
        for ended in [ZJJ, CGJ] {
            let unit = &reference.units[ended];
            assert!(!unit.active && unit.successor.as_deref() == Some(NEW));
        }
        assert_eq!(reference.units[STREET].parent.as_deref(), Some(NEW));
        let db = world.services.store().reader();
        let duties = store::duties::all(&db).await.expect("duties");
        assert!(duties.iter().all(|duty| duty.unit != CGJ));
        assert_eq!(duties.iter().filter(|duty| duty.unit == NEW).count(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_unit_is_divided_row_by_row_and_what_pointed_at_it_follows() {
    on_each_database(|world| async move {
        begins(&world).await;
        let [first, second] = answers_for(&world, CGJ).await;
        let ctx = drafter(&world);
        let mut divided = act(&[CGJ], &[ZJJ, NEW]);
        divided.given.insert(second.clone(), STREET.to_owned());
        let refused = register::reorganise(&ctx, BASE, &divided).await;
        assert_eq!(code(&refused.expect_err("no successor")), Code::InputUnit);
        divided.given.insert(second.clone(), NEW.to_owned());
        let seen = register::look_at_units(&ctx, BASE, &divided)
            .await
            .expect("looked at");
        let to = |key: &str| {
            let duty = seen.duties.iter().find(|it| it.key == *key);
            duty.map(|it| it.to.clone())
        };
        assert_eq!(to(&first).as_deref(), Some(ZJJ));
        assert_eq!(to(&second).as_deref(), Some(NEW));
        let done = register::reorganise(&ctx, BASE, &divided)
            .await
            .expect("drafted");
        published(&world, ListCode::Units, done.units.version, None, false)
            .await
            .expect("published");

        // The successor ends as well: both get the one that follows it.
        let next = act(&[ZJJ], &[NEW]);
        let seen = register::look_at_units(&ctx, BASE, &next)
            .await
            .expect("looked at");
        assert!(seen.earlier.iter().any(|unit| unit.code == CGJ));
        let done = register::reorganise(&ctx, BASE, &next)
            .await
            .expect("drafted");
        published(&world, ListCode::Units, done.units.version, None, false)
            .await
            .expect("published");
        let reference = world.services.reference().await.expect("reads");
        assert_eq!(reference.units[CGJ].successor.as_deref(), Some(NEW));
    })
    .await;
}

#[tokio::test]
async fn what_does_not_fit_is_said_at_its_field() {
    on_each_database(|world| async move {
        let ctx = drafter(&world);
        for (ends, into, field, expected) in [
            (vec![], vec![ZJJ], "ends", Code::InputRequired),
            (vec![CGJ], vec![], "into", Code::InputRequired),
            (vec!["NOBODY"], vec![ZJJ], "ends", Code::InputUnit),
            (vec![CGJ], vec![CGJ], "into", Code::InputUnit),
        ] {
            let refused = register::reorganise(&ctx, BASE, &act(&ends, &into)).await;
            let fault = refused.expect_err("it does not fit");
            assert_eq!(
                (fault.fields[0].field.as_str(), code(&fault)),
                (field, expected)
            );
        }
        let early = Reorganise {
            from: Some("soon".to_owned()),
            ..act(&[CGJ], &[ZJJ])
        };
        let refused = register::reorganise(&ctx, BASE, &early).await;
        assert_eq!(code(&refused.expect_err("no day")), Code::InputDate);
        let agent = world.person(Role::Agent, CENTRE);
        let denied = register::reorganise(&agent, BASE, &act(&[CGJ], &[ZJJ])).await;
        assert_eq!(denied.expect_err("not an agent's").code, Code::AccessDenied);
    })
    .await;
}
