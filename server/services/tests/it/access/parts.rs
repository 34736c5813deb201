//! A unit whose part was recalled keeps sight of that part: no photos, not who has it now, not how it went on, at no door.

use std::io;

use crate::support::said;
use futures::TryStreamExt;
use image::{DynamicImage, ImageFormat, RgbImage};
use services::{exports, photos, tickets};
use shared::command::Version;
use shared::fault::Code;
use shared::query::{Sort, TicketFilter, TicketQuery};
use shared::ticket::Satisfaction;
use shared::ticket::command::Register;
use shared::ticket::verbs::{Recall, Sign};

use crate::support::{CGJ, ZJJ, a_complaint, on_each_database};

const NEW_UNIT: &str = "南京市城市管理局";

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn a_recalled_unit_gets_no_photos_and_does_not_see_the_new_unit() {
    on_each_database(|world| async move {
        let agent = world.agent();
        let draft = photos::new_draft(&agent).await.expect("a form");
        let mut bytes = io::Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(RgbImage::new(40, 30))
            .write_to(&mut bytes, ImageFormat::Png)
            .expect("encodes");
        let body = futures::stream::iter([Ok::<_, io::Error>(bytes.into_inner())]);
        let photo = photos::upload(&agent, draft, "屋顶.png".to_owned(), body)
            .await
            .expect("a photo");
        let mut filed = world
            .takes_call(Register {
                draft: Some(draft),
                ..a_complaint()
            })
            .await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let (old, old_version) = filed.at_unit(ZJJ);
        photos::open(&world.handler(ZJJ), photo.id)
            .await
            .expect("while it is theirs");
        let recall = Recall {
            version: Version(filed.version),
            assignment: None,
            to: Some(said(CGJ)),
            reason: said("派错了单位"),
            cause: None,
        };
        filed.took(tickets::act(&world.dispatcher(), filed.id, recall).await);
        world.unit_answers(&mut filed, CGJ).await;

        for ctx in [
            world.handler(ZJJ),
            world.liaison(ZJJ),
            world.unit_reviewer(ZJJ),
        ] {
            let who = ctx.actor.username.clone();
            for size in [photos::Size::Whole, photos::Size::Small] {
                let fault = photos::open_sized(&ctx, photo.id, size)
                    .await
                    .expect_err("not any more");
                assert_eq!(fault.code, Code::NotFound, "{who}");
            }
            let sheet = tickets::sheet(&ctx, filed.id).await.expect("its own part");
            let query = TicketQuery {
                filter: TicketFilter::default(),
                sort: Sort::AcceptedDesc,
                limit: 10,
                cursor: None,
                columns: Vec::new(),
            };
            let page = tickets::list(&ctx, query).await.expect("its list");
            assert_eq!(page.items.len(), 1, "{who} keeps read access");
            let row = &page.items[0];
            assert_eq!(
                (row.lead_unit.clone(), row.satisfaction),
                (None, Satisfaction::Unrated)
            );
            // Neither list nor number tells by a filter what the row does not show.
            for (lead, unit, seen) in [
                (Some(CGJ), None, 0),
                (Some(ZJJ), None, 0),
                (None, Some(CGJ), 0),
                (None, Some(ZJJ), 1),
            ] {
                let filter = TicketFilter {
                    lead_unit: lead.map(str::to_owned),
                    unit: unit.map(str::to_owned),
                    ..TicketFilter::default()
                };
                let query = TicketQuery {
                    filter: filter.clone(),
                    sort: Sort::AcceptedDesc,
                    limit: 10,
                    cursor: None,
                    columns: Vec::new(),
                };
                let page = tickets::list(&ctx, query).await.expect("its list");
                assert_eq!(page.items.len(), seen, "{who}: {lead:?} {unit:?}");
            }
            let flow = tickets::flow(&ctx, filed.id).await.expect("its drawing");
            let shown = [
                serde_json::to_string(&sheet).expect("json"),
                serde_json::to_string(&page).expect("json"),
                serde_json::to_string(&flow).expect("json"),
            ]
            .concat();
            assert!(
                !shown.contains(NEW_UNIT) && !shown.contains(CGJ),
                "{who}: {shown}"
            );
        }
        let parts: Vec<Vec<u8>> = exports::tickets_csv(
            &world.liaison(ZJJ),
            TicketFilter::default(),
            Sort::AcceptedDesc,
            &[],
        )
        .await
        .expect("its export")
        .try_collect()
        .await
        .expect("whole");
        let csv = String::from_utf8(parts.concat()).expect("UTF-8");
        assert!(
            csv.contains(filed.claim.ticket_no.as_str()) && !csv.contains(NEW_UNIT),
            "{csv}"
        );

        let stale = tickets::act(
            &world.liaison(ZJJ),
            old,
            Sign {
                version: Version(old_version + 7),
            },
        )
        .await
        .expect_err("it is over");
        assert!(
            !stale.facts.contains_key("verb") && !stale.facts.contains_key("state"),
            "what others did since is not told: {stale:?}"
        );
        photos::open(&world.handler(CGJ), photo.id)
            .await
            .expect("the new unit");
    })
    .await;
}
