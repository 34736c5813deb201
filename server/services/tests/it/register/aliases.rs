//! Aliases of categories: a city's own names and codes, understood at the desk, at dispatch, in filters and imports; conflicts with the base.
//! Not here: the tree itself (`units`), what a supplement may be at all (`mod`).
//! Tickets carry the tree's code.

use services::register::{self, Publishing};
use services::{directory, tickets};
use shared::access::Role;
use shared::category::CategoryNode;
use shared::fault::Code;
use shared::query::TicketQuery;
use shared::register::{Cells, FindingCode, ListCode};
use shared::ticket::command::Register;

use super::{BASE, drafted, drafter, published, row};
use crate::support::{CENTRE, World, a_complaint, on_each_database, said};

const CITY: (ListCode, &str) = (ListCode::Aliases, "320100");

fn alias(code: &str, name: &str, category: &str) -> Cells {
    row(&[("code", code), ("name", name), ("category", category)])
}

/// The findings of a city's draft with these rows, and its version.
async fn found(world: &World, rows: &[Cells]) -> (Vec<FindingCode>, i32) {
    let city = world.person(Role::BusinessAdmin, CENTRE);
    let draft = register::begin(&city, CITY.0, CITY.1).await;
    let mut version = draft.expect("a draft").version;
    for cells in rows {
        let put = register::put_row(&city, CITY, version, (None, cells)).await;
        version = put.expect("a row").version;
    }
    let preview = register::preview(&city, CITY.0, CITY.1).await;
    let codes = preview.expect("a look").findings;
    (codes.into_iter().map(|it| it.code).collect(), version)
}

fn leaf<'t>(tree: &'t [CategoryNode], code: &str) -> Option<&'t CategoryNode> {
    tree.iter().find_map(|node| {
        if node.code == code {
            Some(node)
        } else {
            leaf(&node.children, code)
        }
    })
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story")]
async fn a_city_calls_a_category_by_its_own_name_and_code() {
    on_each_database(|world| async move {
        let reference = world.services.reference().await.expect("read");
        let leaves: Vec<String> = {
            let all = reference.categories.keys().filter(|code| code.len() == 6);
            all.take(2).cloned().collect()
        };
        let (one, other) = (leaves[0].as_str(), leaves[1].as_str());
        let taken = reference.categories[other].name_zh.clone();
        for (row, wrong) in [
            (alias("DG-1", "灯杆", "989898"), FindingCode::Category),
            (alias(other, "灯杆", one), FindingCode::Doubled),
            (alias("DG-1", &taken, one), FindingCode::Doubled),
        ] {
            let (codes, version) = found(&world, std::slice::from_ref(&row)).await;
            assert_eq!(codes, [wrong], "{row:?}");
            let city = world.person(Role::BusinessAdmin, CENTRE);
            let gone = register::discard(&city, CITY, version).await;
            gone.expect("given up");
        }
        // The base says what a word means in the whole province: a city cannot mean something else by it.
        let version = drafted(&world, ListCode::Aliases, None, &alias("P-1", "照明", one)).await;
        let base = published(&world, ListCode::Aliases, version, None, false).await;
        base.expect("published");
        let rows = [alias("P-1", "别的", other), alias("DG-2", "照明", other)];
        let (codes, version) = found(&world, &rows).await;
        assert_eq!(codes, [FindingCode::Doubled, FindingCode::BaseHas]);
        let leader = world.person(Role::CentreLeader, CENTRE);
        let order = |version| Publishing {
            version,
            ..Publishing::default()
        };
        let refused = register::publish(&leader, CITY, order(version)).await;
        assert_eq!(refused.expect_err("a conflict").code, Code::RegisterFaults);
        let city = world.person(Role::BusinessAdmin, CENTRE);
        register::discard(&city, CITY, version)
            .await
            .expect("given up");

        let (codes, version) = found(&world, &[alias("DG-1", "灯杆", one)]).await;
        assert!(codes.is_empty(), "{codes:?}");
        let done = register::publish(&leader, CITY, order(version)).await;
        done.expect("published");
        let agent = world.agent();
        let tree = directory::categories(&agent).await.expect("a tree");
        let called = &leaf(&tree, one).expect("the leaf").aliases;
        assert!(called.contains(&"灯杆".to_owned()) && called.contains(&"照明".to_owned()));

        let call = Register {
            category: Some(said("dg-1")),
            ..a_complaint()
        };
        let filed = tickets::register(&agent, call).await.expect("registered");
        let reader = world.dispatcher();
        let seen = tickets::get(&reader, filed.id).await.expect("seen");
        assert_eq!(seen.row.category.expect("one").code, one);
        let listed = async |word: &str| {
            let query = TicketQuery::from_query(&format!("category={word}")).expect("a query");
            let page = tickets::list(&reader, query).await.expect("listed");
            page.items.len()
        };
        assert_eq!((listed("DG-1").await, listed(one).await), (1, 1));
        let unknown = Register {
            category: Some(said("DG-9")),
            ..a_complaint()
        };
        let refused = tickets::register(&agent, unknown).await;
        assert_eq!(
            refused.expect_err("unknown").fields[0].code,
            Code::InputCategory
        );
        let anew = register::begin(&drafter(&world), ListCode::Aliases, BASE).await;
        anew.expect("the base goes on");
    })
    .await;
}
