//! The export: in scope, masked, without formulas, with its rows in the audit.
//! Not here: single cells (beside `services::exports::cell`).
//! The file is read back with the CSV library, as a program would.

mod formats;

use futures::StreamExt as _;
use services::{Ctx, audit, exports};
use shared::access::Role;
use shared::command::{Block, Ticked};
use shared::fault::{Code, Fault};
use shared::query::{Sort, TicketFilter};
use shared::text::Locale;
use shared::ticket::command::{CitizenBlock, Register};

use crate::support::{CGJ, World, ZJJ, a_complaint, on_each_database, said};

async fn exported(ctx: &Ctx, filter: TicketFilter) -> Result<Vec<u8>, Fault> {
    let parts = exports::tickets_csv(ctx, filter, Sort::AcceptedAsc, &[]).await?;
    let parts: Vec<_> = parts.collect().await;
    Ok(parts.into_iter().collect::<Result<Vec<_>, _>>()?.concat())
}

fn rows(file: &[u8]) -> Vec<csv::StringRecord> {
    let text = file
        .strip_prefix(exports::BOM)
        .expect("begins with the mark of UTF-8");
    csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text)
        .records()
        .collect::<Result<_, _>>()
        .expect("valid CSV")
}

async fn audited(world: &World, action: &str) -> Vec<store::audit::AuditRow> {
    let query = audit::AuditQuery {
        action: Some(action.to_owned()),
        actor: None,
        object: None,
        from: None,
        to: None,
        cursor: None,
        limit: 50,
        ..Default::default()
    };
    audit::list(&Ctx::system(&world.services), query)
        .await
        .expect("lists")
        .items
}

#[tokio::test]
async fn an_export_is_masked_and_runs_nothing() {
    on_each_database(|world| async move {
        let attack = Register {
            content: said("=cmd|' /C calc'!A0 我的电话是13987654321，身份证11010519491231002X，家住宁海路12号3幢202室，请处理。"),
            address: Some(said("@SUM(A1) 宁海路12号3幢201室")),
            citizen: Block(CitizenBlock {
                name: Some(said("+1+1")),
                phone: Some(said("13812345678")),
                ..CitizenBlock::default()
            }),
            ..a_complaint()
        };
        world.files(attack).await;
        world.clock.advance_minutes(1);
        let filed = world.files(a_complaint()).await;
        let file = exported(&world.supervisor(), TicketFilter::default())
            .await
            .expect("exports");
        let text = String::from_utf8(file.clone()).expect("UTF-8");
        for secret in [
            "13987654321",
            "13812345678",
            "11010519491231002X",
            "王金丝雀",
            "201室",
            "202室",
            "12号",
        ] {
            assert!(!text.contains(secret), "{secret} is in the file");
        }
        let rows = rows(&file);
        assert_eq!(rows.len(), 3, "headings and two tickets");
        assert_eq!((&rows[0][0], &rows[0][12]), ("工单编号", "电话（已脱敏）"));
        assert_eq!(
            (&rows[2][0], &rows[2][11], &rows[2][12]),
            (filed.claim.ticket_no.as_str(), "王*", "138****5678")
        );
        for cell in rows.iter().flatten() {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']),
                "{cell}"
            );
        }
        assert!(
            rows[1][7].starts_with("'=cmd|"),
            "the text itself stays: {}",
            &rows[1][7]
        );
        assert!(text.contains("\r\n"));
        let english = exported(
            &Ctx {
                locale: Locale::En,
                ..world.supervisor()
            },
            TicketFilter::default(),
        )
        .await
        .expect("exports");
        assert_eq!(&self::rows(&english)[0][0], "Ticket number");
    })
    .await;
}

#[tokio::test]
async fn an_export_reaches_no_further_than_the_scope() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        let confidential = Register {
            confidential: Ticked(true),
            ..a_complaint()
        };
        let mut hidden = world.files(confidential).await;
        let count = async |ctx: &Ctx| {
            exported(ctx, TicketFilter::default())
                .await
                .map(|file| rows(&file).len() - 1)
        };
        assert_eq!(count(&world.supervisor()).await, Ok(2));
        assert_eq!(
            count(&world.person(Role::Supervisor, "320500-12345")).await,
            Ok(0),
            "another city"
        );
        assert_eq!(
            count(&world.unit_reviewer(ZJJ)).await,
            Ok(0),
            "not dispatched yet"
        );
        let nobody = count(&world.visitor()).await;
        assert_eq!(nobody.expect_err("no account").code, Code::SignedOut);
        for ctx in [
            world.agent(),
            world.dispatcher(),
            world.person(Role::SystemAdmin, ZJJ),
        ] {
            let refused = match ctx.actor.user() {
                Some(_) => Code::AccessDenied,
                None => Code::SignedOut,
            };
            assert_eq!(count(&ctx).await.expect_err("no right").code, refused);
        }
        world.dispatches(&mut filed, ZJJ, &[CGJ]).await;
        world.dispatches(&mut hidden, ZJJ, &[]).await;
        let lead = rows(
            &exported(&world.unit_reviewer(ZJJ), TicketFilter::default())
                .await
                .expect("exports"),
        );
        let people: Vec<&str> = lead[1..].iter().map(|row| &row[11]).collect();
        assert_eq!(
            (
                lead.len(),
                people.iter().filter(|name| name.is_empty()).count()
            ),
            (3, 1),
            "the confidential citizen is hidden: {people:?}"
        );
        let assisting = rows(
            &exported(&world.unit_reviewer(CGJ), TicketFilter::default())
                .await
                .expect("exports"),
        );
        assert_eq!(
            (assisting.len(), &assisting[1][12]),
            (2, ""),
            "an assisting unit gets no citizen"
        );
    })
    .await;
}

#[tokio::test]
async fn begin_end_and_refusal_stand_in_the_audit() {
    on_each_database(|world| async move {
        world.files(a_complaint()).await;
        let filter = TicketFilter {
            region: Some("320106".to_owned()),
            q: Some("屋顶漏水".to_owned()),
            ..TicketFilter::default()
        };
        let file = exported(&world.supervisor(), filter)
            .await
            .expect("exports");
        assert_eq!(rows(&file).len(), 2);
        let begun = audited(&world, "export.tickets").await;
        assert_eq!(begun[0].entry.facts["region"], "320106");
        assert_eq!(
            begun[0].entry.erasable["q"], "屋顶漏水",
            "typed words can be erased"
        );
        let ended = audited(&world, "export.tickets.done").await;
        assert_eq!(
            (
                ended[0].entry.facts["rows"].as_str(),
                ended[0].entry.outcome.as_str()
            ),
            ("1", "ok")
        );
        exported(&world.agent(), TicketFilter::default())
            .await
            .expect_err("no right");
        assert_eq!(
            audited(&world, "export.tickets").await[0].entry.outcome,
            "access.denied"
        );

        let first = exports::tickets_csv(
            &world.supervisor(),
            TicketFilter::default(),
            Sort::AcceptedAsc,
            &[],
        )
        .await
        .expect("begins");
        let second = exports::tickets_csv(
            &world.supervisor(),
            TicketFilter::default(),
            Sort::AcceptedAsc,
            &[],
        )
        .await;
        assert_eq!(
            second.err().map(|fault| fault.code),
            Some(Code::RateLimited),
            "one at a time"
        );
        drop(first);
        exported(&world.supervisor(), TicketFilter::default())
            .await
            .expect("the place is free again");
    })
    .await;
}
