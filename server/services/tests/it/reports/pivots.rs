//! Saved pivots over days that move, and the own page of figures: whose they are, who may open them, what a tile shows.
//! Not here: how days move (beside `shared::report`).

use services::reports::{board, delete_pivot, keep_pivot, pin, pivots, tile, to_front, unpin};
use services::tickets::saved;
use shared::access::Role;
use shared::fault::Code;
use shared::query::view::{KeepView, ViewShare};
use shared::report::{KeepPivot, Moving, TileKind};

use super::a_week;
use crate::support::{CENTRE, on_each_database};

fn asked(name: &str, shared: ViewShare) -> KeepPivot {
    KeepPivot {
        name: name.to_owned(),
        query: "show=accepted,on_time&by=county&kind=complaint".to_owned(),
        span: Moving::ThisMonth,
        shared,
    }
}

#[tokio::test]
async fn a_pivot_opens_over_todays_days_for_whom_it_is_shared_with() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let owner = world.supervisor();
        let colleague = world.person(Role::CentreLeader, CENTRE);
        let elsewhere = world.person(Role::Supervisor, "320500-12345");
        keep_pivot(&owner, asked("投诉", ViewShare::Unit))
            .await
            .expect("kept");
        keep_pivot(&owner, asked("我的", ViewShare::Nobody))
            .await
            .expect("kept");
        let own = pivots(&owner).await.expect("a list");
        assert_eq!(own.len(), 2);
        let query = own[0].query.clone().expect("askable");
        assert!(query.contains("from=2026-03-01"), "{query}");
        let seen = pivots(&colleague).await.expect("a list");
        assert_eq!((seen.len(), seen[0].name.as_str()), (1, "投诉"));
        assert_eq!(seen[0].by.as_deref(), Some(owner.actor.name.as_str()));
        assert!(pivots(&elsewhere).await.expect("a list").is_empty());

        let id = seen[0].id.parse().expect("an id");
        let fault = delete_pivot(&colleague, id).await.expect_err("another's");
        assert_eq!(fault.code, Code::NotFound);
        delete_pivot(&owner, id).await.expect("gone");
        assert!(pivots(&colleague).await.expect("a list").is_empty());

        for (command, field) in [
            (asked("", ViewShare::Nobody), "name"),
            (asked("13800138000", ViewShare::Nobody), "name"),
            (
                KeepPivot {
                    query: "by=colour".to_owned(),
                    ..asked("别的", ViewShare::Nobody)
                },
                "by",
            ),
        ] {
            let fault = keep_pivot(&owner, command).await.expect_err("wrong");
            assert_eq!(fault.fields[0].field, field);
        }
        let agent = world.agent();
        let fault = pivots(&agent).await.expect_err("no right");
        assert_eq!(fault.code, Code::AccessDenied);
    })
    .await;
}

#[tokio::test]
async fn tiles_count_in_their_owners_scope_and_say_when_they_are_gone() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let ctx = world.supervisor();
        let all = KeepPivot {
            query: "show=accepted&by=county".to_owned(),
            ..asked("受理", ViewShare::Nobody)
        };
        keep_pivot(&ctx, all).await.expect("kept");
        let view = KeepView {
            name: "投诉件".to_owned(),
            query: "kind=complaint".to_owned(),
            shared: ViewShare::Nobody,
        };
        saved::keep(&ctx, view).await.expect("kept");
        let page = board(&ctx).await.expect("a page");
        assert!(page.tiles.is_empty());
        assert_eq!(page.choices.len(), 2);
        for choice in &page.choices {
            let subject = choice.subject.parse().expect("an id");
            pin(&ctx, choice.kind, subject).await.expect("pinned");
            pin(&ctx, choice.kind, subject).await.expect("once");
        }
        let page = board(&ctx).await.expect("a page");
        assert_eq!((page.tiles.len(), page.choices.len()), (2, 0));
        let of = |kind: TileKind| -> uuid::Uuid {
            let row = page.tiles.iter().find(|it| it.kind == kind);
            row.expect("a tile").id.parse().expect("an id")
        };
        let shown = tile(&ctx, of(TileKind::Pivot)).await.expect("numbers");
        assert_eq!(shown.lines[0].value, "4");
        assert!(!shown.bars.is_empty() && shown.days.is_some());
        let listed = tile(&ctx, of(TileKind::View)).await.expect("numbers");
        assert_eq!(listed.lines.len(), 1);

        to_front(&ctx, of(TileKind::View)).await.expect("moved");
        let again = board(&ctx).await.expect("a page");
        assert_eq!(again.tiles[0].kind, TileKind::View);
        let other = world.person(Role::CentreLeader, CENTRE);
        let fault = tile(&other, of(TileKind::Pivot))
            .await
            .expect_err("another's");
        assert_eq!(fault.code, Code::NotFound);

        let pivot = pivots(&ctx).await.expect("a list").remove(0);
        delete_pivot(&ctx, pivot.id.parse().expect("an id"))
            .await
            .expect("gone");
        let fault = tile(&ctx, of(TileKind::Pivot)).await.expect_err("gone");
        assert_eq!(fault.code, Code::NotFound);
        let left = board(&ctx).await.expect("a page");
        assert!(left.tiles.iter().any(|it| it.name.is_none()));
        unpin(&ctx, of(TileKind::Pivot)).await.expect("away");
        assert_eq!(board(&ctx).await.expect("a page").tiles.len(), 1);
    })
    .await;
}
