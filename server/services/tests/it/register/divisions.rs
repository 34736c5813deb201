//! Divisions by decree: a table with its report by line, renamed and merged from a day; closed tickets keep the name of their time.
//! Not here: the shipped list (`store::migration`), other lists' files (`tables`).
//! What still holds an active unit or a street in use does not end.

use services::register::{self, Table};
use services::{directory, jobs, public, tickets};
use shared::fault::Code;
use shared::register::{FindingCode, ListCode, Weight};
use shared::ticket::command::Register;

use super::{BASE, drafter, published};
use crate::support::{World, a_complaint, on_each_database, said};

const LIST: (ListCode, &str) = (ListCode::Divisions, BASE);

fn table(version: i32, text: &str, only_look: bool) -> Table {
    Table {
        version,
        text: text.to_owned(),
        encoding: "UTF-8".to_owned(),
        replaces: false,
        only_look,
    }
}

async fn begun(world: &World) -> i32 {
    let draft = register::begin(&drafter(world), LIST.0, LIST.1).await;
    draft.expect("a draft").version
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story")]
async fn a_decree_renames_and_merges_from_its_day() {
    on_each_database(|world| async move {
        let ctx = drafter(&world);
        let reference = world.services.reference().await.expect("read");
        let mut streets: Vec<String> = {
            let all = reference.divisions.values();
            let inside = all.filter(|it| it.parent.as_deref() == Some("320106"));
            inside.map(|it| it.code.clone()).collect()
        };
        streets.sort();
        let (gone, stays) = (streets[0].clone(), streets[1].clone());
        let old = reference.division_path(&gone);

        let version = begun(&world).await;
        let wrong = "代码,名称,状态,并入区划代码\n32010,错码,,\n320106,钟楼区,,\n320106,鼓楼,,\n320106,无名,合并,\n";
        let report = register::take(&ctx, LIST, table(version, wrong, true)).await;
        let report = report.expect("read");
        let told: Vec<_> = report
            .wrong
            .iter()
            .map(|line| (line.line, line.column.as_str(), line.code))
            .collect();
        assert_eq!(
            told,
            [
                (2, "code", Code::InputPlace),
                (4, "code", Code::InputTaken),
                (5, "state", Code::InputCode),
            ]
        );
        let faults = "代码,名称,状态,并入区划代码\n320106,鼓楼区,已撤销,320105\n320189001,无上级街道,,\n";
        let faults = format!("{faults}{gone},旧街道,已撤销,329999001\n");
        let taken = register::take(&ctx, LIST, table(version, &faults, false)).await;
        assert!(taken.expect("read").is_taken);
        let preview = register::preview(&ctx, LIST.0, LIST.1).await;
        let preview = preview.expect("a look");
        let codes: Vec<FindingCode> = preview.findings.iter().map(|it| it.code).collect();
        for code in [FindingCode::InUse, FindingCode::Parent, FindingCode::Successor] {
            assert!(codes.contains(&code), "{code}: {codes:?}");
        }
        let refused = published(&world, LIST.0, version + 1, None, false).await;
        assert_eq!(refused.expect_err("faults").code, Code::RegisterFaults);
        let given_up = register::discard(&ctx, LIST, version + 1).await;
        given_up.expect("given up");

        let filing = || Register {
            region: said(&gone),
            occurred_at: None,
            ..a_complaint()
        };
        let closed = world.files(filing()).await;
        let withdrawn = public::withdraw(&world.visitor(), closed.claim.clone(), None).await;
        withdrawn.expect("withdrawn");
        let open = world.files(filing()).await;
        let version = begun(&world).await;
        let decree = format!(
            "区划代码,名称,level,状态,并入区划代码\n320106,钟楼区,county,,\n{gone},旧街道,street,已撤销,{stays}\n{stays},新街道,street,,\n"
        );
        let taken = register::take(&ctx, LIST, table(version, &decree, false)).await;
        assert_eq!(taken.expect("read").changed, 3);
        let preview = register::preview(&ctx, LIST.0, LIST.1).await;
        let preview = preview.expect("a look");
        assert!(preview.findings.iter().all(|it| it.weight == Weight::Warning));
        assert_eq!(preview.effects[0].count, 1, "one open ticket lies there");
        let waits = published(&world, LIST.0, version + 1, Some("2026-03-09"), false).await;
        assert!(!waits.expect("published").is_applied);
        let reader = world.dispatcher();
        let place = async |id| {
            let seen = tickets::get(&reader, id).await.expect("seen");
            seen.row.region.name
        };
        assert_eq!(place(open.id).await, old);
        world.time("2026-03-09T08:00");
        jobs::once(&world.services).await.expect("the jobs run");
        world.services.bust_reference().await;
        assert_eq!(place(closed.id).await, old, "the name of its time");
        assert!(place(open.id).await.ends_with("钟楼区旧街道"));
        let refused = tickets::register(&world.agent(), filing()).await;
        let field = refused.expect_err("no more").fields.remove(0);
        assert_eq!((field.field.as_str(), field.code), ("region", Code::InputPlace));
        let offered = directory::divisions_below(&world.visitor(), "320106").await;
        let offered = offered.expect("places");
        assert!(offered.iter().all(|it| it.code != gone));
        assert!(offered.iter().any(|it| it.name == "新街道"));
    })
    .await;
}
