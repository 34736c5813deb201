//! Canaries in the citizen block: they must not come out of any view of anybody without a reveal, and of no unit's view of a
//! confidential ticket or a tip-off at all.

use futures::TryStreamExt;
use services::tickets::{self, TaskQuery};
use services::{Ctx, exports, planning, public};
use shared::access::Role;
use shared::command::{Block, Ticked};
use shared::fault::Code;
use shared::query::{Sort, TicketFilter, TicketQuery};
use shared::ticket::RequestKind;
use shared::ticket::command::{CitizenBlock, Register, Reveal, Why};

use crate::support::{CENTRE, Filed, World, ZJJ, a_complaint, on_each_database, said};

const CANARIES: &[&str] = &[
    "欧阳金丝雀",
    "13987654321",
    "canary.bird@example.com",
    "11010519491231002X",
    "13612340000",
    "金丝雀餐饮",
    "91320100MA1CANARY2",
    "12号3幢201室",
];

fn with_canaries() -> Register {
    Register {
        content: said("三幢二单元屋顶漏水半年，物业多次推诿，请求查明原因并维修。"),
        citizen: Block(CitizenBlock {
            name: Some(said("欧阳金丝雀")),
            phone: Some(said("13987654321")),
            backup_contact: Some(said("13612340000")),
            email: Some(said("canary.bird@example.com")),
            id_number: Some(said("11010519491231002X")),
            organisation: Some(said("南京金丝雀餐饮管理有限公司")),
            ..CitizenBlock::default()
        }),
        ..a_complaint()
    }
}

/// Everything that an actor is shown about the tickets, as the JSON that leaves.
pub(super) async fn everything_shown(ctx: &Ctx, filed: &Filed) -> String {
    let mut shown = String::new();
    let query = TicketQuery {
        filter: TicketFilter::default(),
        sort: Sort::AcceptedDesc,
        limit: 50,
        cursor: None,
        columns: Vec::new(),
    };
    if let Ok(page) = tickets::list(ctx, query).await {
        shown += &serde_json::to_string(&page).expect("json");
    }
    if let Ok(detail) = tickets::get(ctx, filed.id).await {
        shown += &serde_json::to_string(&detail).expect("json");
    }
    if let Ok(sheet) = tickets::sheet(ctx, filed.id).await {
        shown += &serde_json::to_string(&sheet).expect("json");
    }
    if let Ok(flow) = tickets::flow(ctx, filed.id).await {
        shown += &serde_json::to_string(&flow).expect("json");
    }
    let export = exports::tickets_csv(ctx, TicketFilter::default(), Sort::AcceptedDesc, &[]).await;
    if let Ok(parts) = export {
        let parts: Vec<Vec<u8>> = parts.try_collect().await.expect("whole");
        shown += &String::from_utf8(parts.concat()).expect("UTF-8");
    }
    if let Ok(history) = tickets::history(ctx, filed.id).await {
        shown += &serde_json::to_string(&history).expect("json");
    }
    if let Ok(page) = tickets::tasks(ctx, TaskQuery::default()).await {
        shown += &serde_json::to_string(&page).expect("json");
    }
    if let Ok(sheet) = tickets::dispatch_sheet(ctx, filed.id).await {
        shown += &serde_json::to_string(&sheet).expect("json");
    }
    if let Ok(found) = tickets::search(ctx, "屋顶漏水", false).await {
        shown += &serde_json::to_string(&found).expect("json");
    }
    let plan = planning::PlanQuery {
        unit: None,
        cursor: None,
        limit: planning::PAGE,
    };
    if let Ok(page) = planning::page(ctx, plan).await {
        shown += &serde_json::to_string(&page).expect("json");
    }
    let related = tickets::RelatedQuery {
        phone: Some("13987654321".to_owned()),
        channel: Some(shared::ticket::Channel::Phone),
        ..Default::default()
    };
    if let Ok(related) = tickets::related(ctx, related).await {
        shown += &serde_json::to_string(&related).expect("json");
    }
    if let Ok(ticket) = public::lookup(ctx, filed.claim.clone()).await {
        shown += &serde_json::to_string(&ticket).expect("json");
    }
    shown
}

fn assert_free(shown: &str, who: &str) {
    assert!(!shown.is_empty(), "{who} is shown nothing at all");
    for canary in CANARIES {
        assert!(!shown.contains(canary), "{who} is shown {canary}");
    }
}

async fn dispatched(world: &World, request: Register) -> Filed {
    let mut filed = world.takes_call(request).await;
    world.dispatches(&mut filed, ZJJ, &[]).await;
    filed
}

#[tokio::test]
async fn nobody_is_shown_the_citizen_unmasked() {
    on_each_database(|world| async move {
        let filed = dispatched(&world, with_canaries()).await;
        for role in Role::ALL {
            let unit = if matches!(role, Role::UnitLiaison | Role::Handler | Role::UnitReviewer) {
                ZJJ
            } else {
                CENTRE
            };
            assert_free(
                &everything_shown(&world.person(*role, unit), &filed).await,
                role.as_str(),
            );
        }
        assert_free(&everything_shown(&world.visitor(), &filed).await, "visitor");
        let masked = tickets::get(&world.handler(ZJJ), filed.id)
            .await
            .expect("seen")
            .citizen
            .expect("the masked block");
        assert_eq!(
            (
                masked.name.as_deref(),
                masked.phone.as_deref(),
                masked.masked
            ),
            (Some("欧*"), Some("139****4321"), true)
        );
    })
    .await;
}

#[tokio::test]
async fn units_never_learn_who_speaks_on_confidential_tickets_and_tip_offs() {
    on_each_database(|world| async move {
        let confidential = Register {
            confidential: Ticked(true),
            ..with_canaries()
        };
        let tip_off = Register {
            kind: RequestKind::TipOff,
            ..with_canaries()
        };
        for request in [confidential, tip_off] {
            let filed = dispatched(&world, request).await;
            for role in [Role::UnitLiaison, Role::Handler, Role::UnitReviewer] {
                let ctx = world.person(role, ZJJ);
                let detail = tickets::get(&ctx, filed.id)
                    .await
                    .expect("the unit handles it");
                assert!(detail.citizen.is_none() && !detail.may_reveal, "{role}");
                assert_eq!(
                    (detail.address, detail.lon),
                    (None, None),
                    "{role}: where it comes from may tell who gave it"
                );
                let refused = tickets::reveal(
                    &ctx,
                    filed.id,
                    Reveal {
                        reason: said("需要联系诉求人核实"),
                    },
                )
                .await;
                assert_eq!(
                    refused.expect_err("never for a unit").code,
                    Code::AccessDenied,
                    "{role}"
                );
            }
            let centre = tickets::get(&world.dispatcher(), filed.id)
                .await
                .expect("the centre sees it");
            assert!(centre.citizen.is_some_and(|citizen| citizen.masked));
        }
    })
    .await;
}

#[tokio::test]
async fn a_reveal_shows_once_and_asks_again() {
    on_each_database(|world| async move {
        let filed = dispatched(&world, with_canaries()).await;
        let reason = || Reveal {
            reason: said("需要联系诉求人核实"),
        };
        let shown = tickets::reveal(&world.handler(ZJJ), filed.id, reason())
            .await
            .expect("with a reason");
        assert_eq!(
            (shown.phone.as_deref(), shown.masked),
            (Some("13987654321"), false)
        );
        assert!("看".parse::<Why>().is_err(), "no reason");
        assert_free(
            &everything_shown(&world.handler(ZJJ), &filed).await,
            "the handler afterwards",
        );
        let denied = tickets::reveal(&world.liaison(ZJJ), filed.id, reason()).await;
        assert_eq!(
            denied.expect_err("a liaison may not").code,
            Code::AccessDenied
        );
    })
    .await;
}
