//! Conditions with and, or and not in lists, counts and exports, how a list divides, and saved views: kept, shared, read, changed and deleted.
//! Not here: every operator on every field (`store`), the language (`shared`).

use services::Ctx;
use services::tickets::{self, saved};
use shared::fault::{Code, Fault};
use shared::query::facet::Facet;
use shared::query::unseen::Unseen;
use shared::query::view::{KeepView, ViewShare};
use shared::query::{TicketQuery, encoded};

use crate::support::{World, ZJJ, a_complaint, on_each_database};

fn asked(text: &str) -> TicketQuery {
    TicketQuery::from_query(&format!("where={}", encoded(text))).expect("reads")
}

async fn listed(ctx: &Ctx, text: &str) -> Result<usize, Fault> {
    let query = asked(text);
    let page = tickets::list(ctx, query.clone()).await?;
    let count = tickets::count(ctx, &query.filter).await?;
    assert_eq!(count.n, page.items.len() as i64, "{text}");
    Ok(page.items.len())
}

/// The code at the field of the conditions.
fn wrong(fault: &Fault) -> Option<(Code, &str)> {
    let field = fault.fields.first()?;
    Some((
        field.code,
        field.facts.get("why").map_or("", String::as_str),
    ))
}

#[tokio::test]
async fn conditions_find_in_scope_and_are_led() {
    on_each_database(|world| async move {
        world.files(a_complaint()).await;
        world.clock.advance_minutes(1);
        world.files(a_complaint()).await;
        let centre = world.dispatcher();
        for (text, n) in [
            ("state = TO_DISPATCH and urges = 0", 2),
            ("state = TO_DISPATCH and not urges = 0", 0),
            ("returns >= 1 and accepted between today-7 and today", 0),
            (
                "(returns >= 1 or solved is empty) and accepted between today-7 and today",
                2,
            ),
            ("accepted >= today", 2),
            ("accepted < today", 0),
        ] {
            assert_eq!(listed(&centre, text).await, Ok(n), "{text}");
        }
        let wide = listed(&centre, "returns >= 1").await.expect_err("too wide");
        assert_eq!(wrong(&wide), Some((Code::InputQuery, "wide")));
        let strange = listed(&centre, "own.nothing = 1 and light = red").await;
        let strange = strange.expect_err("no such field");
        assert_eq!(wrong(&strange), Some((Code::InputQuery, "")));
        // A unit is led by its own tickets, of which it has none.
        let unit = world.liaison(ZJJ);
        assert_eq!(listed(&unit, "returns >= 0").await, Ok(0));

        let shares = tickets::facets(&centre, &asked("accepted >= today").filter).await;
        let shares = shares.expect("divides");
        let states = shares.iter().find(|one| one.facet == Facet::State);
        let states = states.expect("by state");
        assert_eq!(states.shares.iter().map(|share| share.n).sum::<i64>(), 2);
        let of_unit = tickets::facets(&unit, &TicketQuery::default().filter).await;
        let of_unit = of_unit.expect("divides");
        assert!(of_unit.iter().all(|one| one.facet != Facet::Unit));
    })
    .await;
}

async fn names(ctx: &Ctx) -> Vec<(String, bool)> {
    let rows = saved::list(ctx).await.expect("listed");
    rows.into_iter()
        .map(|row| (row.name, row.by.is_some()))
        .collect()
}

fn view(name: &str, query: &str, shared: ViewShare) -> KeepView {
    KeepView {
        name: name.to_owned(),
        query: query.to_owned(),
        shared,
    }
}

async fn tells_of_broken_ones(world: &World) {
    let owner = world.dispatcher();
    let query = format!("where={}", encoded("own.gone = 1"));
    let id = saved::keep(&owner, view("旧字段", &query, ViewShare::Nobody)).await;
    let rows = saved::list(&owner).await.expect("listed");
    let broken: Vec<_> = rows
        .iter()
        .filter(|row| row.broken)
        .map(|row| row.id)
        .collect();
    assert_eq!(Ok(broken), id.map(|id| vec![id]));
}

#[tokio::test]
async fn views_are_kept_shared_and_deleted_by_their_owner() {
    on_each_database(|world| async move {
        let (owner, unit) = (world.dispatcher(), world.liaison(ZJJ));
        let query = format!("kind=help&where={}", encoded("urges >= 1 and light = red"));
        let id = saved::keep(&owner, view("催办", &query, ViewShare::Nobody)).await;
        let id = id.expect("kept");
        let rows = saved::list(&owner).await.expect("listed");
        assert_eq!((rows.len(), rows[0].id, rows[0].broken), (1, id, false));
        let read = TicketQuery::from_query(&rows[0].query).expect("reads");
        assert_eq!(Ok(read), TicketQuery::from_query(&query));
        assert!(names(&unit).await.is_empty(), "kept for oneself");

        let number = view("某人", "q=13812345678", ViewShare::Nobody);
        let refused = saved::keep(&owner, number).await;
        let refused = refused.expect_err("somebody's number");
        assert_eq!(refused.fields[0].code, Code::ViewPersonal);

        for (name, code) in [
            ("", Code::InputRequired),
            ("找 13812345678", Code::ViewPersonal),
            (&*"长".repeat(41), Code::InputTooLong),
        ] {
            let refused = saved::keep(&owner, view(name, "", ViewShare::Nobody)).await;
            assert_eq!(refused.expect_err("refused").fields[0].code, code);
        }
        let stale = saved::change(&owner, (id, 9), ("催办", ViewShare::Area)).await;
        assert_eq!(stale.expect_err("stale").code, Code::VersionStale);
        let others = saved::change(&unit, (id, 1), ("别人的", ViewShare::Area)).await;
        assert_eq!(others.expect_err("not theirs").code, Code::NotFound);
        saved::change(&owner, (id, 1), ("催办件", ViewShare::Area))
            .await
            .expect("shared");
        assert_eq!(names(&owner).await, [("催办件".to_owned(), false)]);
        if unit.actor.region == owner.actor.region {
            assert_eq!(names(&unit).await, [("催办件".to_owned(), true)]);
        }
        saved::change(&owner, (id, 2), ("催办件", ViewShare::Unit))
            .await
            .expect("shared");
        assert!(names(&unit).await.is_empty(), "of another unit");
        let others = saved::delete(&unit, id).await;
        assert_eq!(others.expect_err("not theirs").code, Code::NotFound);
        tells_of_broken_ones(&world).await;
        saved::delete(&owner, id).await.expect("deleted");
        assert_eq!(names(&owner).await, [("旧字段".to_owned(), false)]);
    })
    .await;
}

#[tokio::test]
async fn a_number_that_is_left_out_is_explained_to_whoever_may_see_it_alone() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let text = format!("kind=praise&q={}", filed.claim.ticket_no);
        let filter = TicketQuery::from_query(&text).expect("reads").filter;
        let found = tickets::unseen(&world.dispatcher(), &filter).await;
        assert_eq!(found, Ok(Some(Unseen::Filtered(filed.id))));
        for stranger in [world.liaison(ZJJ), world.supervisor_of_suzhou()] {
            let nothing = tickets::unseen(&stranger, &filter).await;
            assert_eq!(nothing, Ok(None), "as one that does not exist");
        }
        let words = TicketQuery::from_query("q=路灯").expect("reads").filter;
        assert_eq!(tickets::unseen(&world.dispatcher(), &words).await, Ok(None));
    })
    .await;
}
