//! One person of each role before every door through which tickets are read, compared with the policy: list, count, one ticket, number,
//! history, drawing, photo, export, report, to-dos, look-up. Not here: verbs (`refusals`), masks (`canaries`).
//! What is expected is worked out from the cells of the policy and the story, not from the code that answers.

use std::collections::BTreeSet;
use std::io;

use crate::support::said;
use futures::TryStreamExt;
use image::{DynamicImage, ImageFormat, RgbImage};
use services::{Ctx, exports, photos, reports, tickets};
use shared::access::{Permission, Role, scope_for};
use shared::command::{Ticked, Typed, Version};
use shared::ids::{FileId, TicketId};
use shared::query::{Sort, TicketFilter, TicketQuery};
use shared::ticket::command::Register;
use shared::ticket::verbs::Dispatch;
use shared::ticket::{Channel, TicketNo};

use crate::support::{
    CENTRE, CGJ, Filed, STREET, SUZHOU_ZJJ, World, ZJJ, a_complaint, on_each_database,
};

const PROVINCE: &str = "320000-12345";

/// How a ticket stands to Nanjing's housing department, its centre and the agent there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    /// Taken down by the agent, handled by the department.
    Own,
    /// Handled by the department.
    SameUnit,
    /// Handled by an office below the department.
    UnitBelow,
    /// Handled by another department of the city.
    OtherUnit,
    /// Of another city.
    OtherCity,
}

struct Kept {
    relation: Relation,
    id: TicketId,
    no: TicketNo,
    photo: FileId,
}

async fn with_photo(ctx: &Ctx, request: Register) -> (Register, FileId) {
    let draft = photos::new_draft(ctx).await.expect("a form");
    let mut bytes = io::Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(RgbImage::new(40, 30))
        .write_to(&mut bytes, ImageFormat::Png)
        .expect("encodes");
    let body = futures::stream::iter([Ok::<_, io::Error>(bytes.into_inner())]);
    let photo = photos::upload(ctx, draft, "a.png".to_owned(), body)
        .await
        .expect("a photo");
    let request = Register {
        draft: Some(draft),
        ..request
    };
    (request, photo.id)
}

async fn keeps(world: &World, relation: Relation) -> Kept {
    let (by, region, unit) = match relation {
        Relation::Own => (world.agent(), "320106", ZJJ),
        Relation::SameUnit => (world.visitor(), "320106", ZJJ),
        Relation::UnitBelow => (world.visitor(), "320106", STREET),
        Relation::OtherUnit => (world.visitor(), "320106", CGJ),
        Relation::OtherCity => (world.visitor(), "320505", SUZHOU_ZJJ),
    };
    let request = Register {
        channel: Some(Channel::Phone),
        region: said(region),
        ..a_complaint()
    };
    let (request, photo) = with_photo(&by, request).await;
    let done = tickets::register(&by, request).await.expect("registered");
    let dispatch = Dispatch {
        version: Version(done.version),
        lead: said(unit),
        assisting: Vec::new(),
        category: Some(said(&world.a_leaf().await)),
        advice: None,
        urgency: None,
        urgency_reason: None,
        tags: Vec::new(),
        own: Typed::default(),
        assist_due: None,
        retag: Ticked(false),
        review: Ticked(false),
    };
    let dispatcher = if relation == Relation::OtherCity {
        world.suzhou_dispatcher()
    } else {
        world.dispatcher()
    };
    tickets::act(&dispatcher, done.id, dispatch)
        .await
        .expect("dispatched");
    Kept {
        relation,
        id: done.id,
        no: done.ticket_no,
        photo,
    }
}

/// Whether a cell of the policy reaches a ticket of this relation, for somebody of Nanjing or of the province's centre.
fn reaches(role: Role, permission: Permission, unit: &str, relation: Relation) -> bool {
    let matrix = shared::access::matrix();
    let column = matrix
        .lines()
        .next()
        .expect("a heading")
        .split_whitespace()
        .position(|name| name == role.as_str())
        .expect("a column");
    let line = matrix
        .lines()
        .find(|line| line.split_whitespace().next() == Some(permission.as_str()))
        .expect("a line");
    let cell = line.split_whitespace().nth(column).expect("a cell");
    assert_eq!(cell == "-", scope_for(role, permission).is_none());
    match cell {
        "O" => relation == Relation::Own && role == Role::Agent && unit == CENTRE,
        "U" => matches!(relation, Relation::Own | Relation::SameUnit),
        "S" => matches!(
            relation,
            Relation::Own | Relation::SameUnit | Relation::UnitBelow
        ),
        "C" => unit == PROVINCE || relation != Relation::OtherCity,
        "P" => true,
        _ => false,
    }
}

fn everything() -> TicketQuery {
    TicketQuery {
        filter: TicketFilter::default(),
        sort: Sort::AcceptedDesc,
        limit: 50,
        cursor: None,
        columns: Vec::new(),
    }
}

/// The tickets that each door shows; a refused door shows none.
async fn shown(ctx: &Ctx, kept: &[Kept]) -> Vec<(&'static str, BTreeSet<TicketId>)> {
    let listed = tickets::list(ctx, everything())
        .await
        .map(|page| page.items.iter().map(|row| row.id).collect())
        .unwrap_or_default();
    let (mut one, mut number, mut history, mut flow, mut photo, mut small) = (
        BTreeSet::new(),
        BTreeSet::new(),
        BTreeSet::new(),
        BTreeSet::new(),
        BTreeSet::new(),
        BTreeSet::new(),
    );
    for ticket in kept {
        let note = |door: &mut BTreeSet<TicketId>, seen: bool| {
            if seen {
                door.insert(ticket.id);
            }
        };
        note(&mut one, tickets::get(ctx, ticket.id).await.is_ok());
        let found = tickets::find_by_no(ctx, &ticket.no).await;
        note(&mut number, found == Ok(Some(ticket.id)));
        note(&mut history, tickets::history(ctx, ticket.id).await.is_ok());
        note(&mut flow, tickets::flow(ctx, ticket.id).await.is_ok());
        note(&mut photo, photos::open(ctx, ticket.photo).await.is_ok());
        let thumbnail = photos::open_sized(ctx, ticket.photo, photos::Size::Small).await;
        note(&mut small, thumbnail.is_ok());
    }
    vec![
        ("list", listed),
        ("one", one),
        ("number", number),
        ("history", history),
        ("flow", flow),
        ("photo", photo),
        ("thumbnail", small),
    ]
}

async fn exported(ctx: &Ctx, kept: &[Kept]) -> BTreeSet<TicketId> {
    let Ok(parts) =
        exports::tickets_csv(ctx, TicketFilter::default(), Sort::AcceptedDesc, &[]).await
    else {
        return BTreeSet::new();
    };
    let parts: Vec<Vec<u8>> = parts.try_collect().await.expect("whole");
    let csv = String::from_utf8(parts.concat()).expect("UTF-8");
    let there = kept.iter().filter(|one| csv.contains(one.no.as_str()));
    there.map(|one| one.id).collect()
}

async fn reported(ctx: &Ctx) -> Option<i64> {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 2).expect("a date");
    let query = reports::OverviewQuery {
        from: day,
        to: day,
        region: None,
    };
    let report = reports::overview(ctx, query).await.ok()?;
    Some(report.total.accepted)
}

/// The whole province's people have the whole province; departments belong to Nanjing.
fn posts(role: Role) -> Vec<&'static str> {
    match role {
        Role::UnitLiaison | Role::Handler | Role::UnitReviewer => vec![ZJJ],
        Role::ProvincialManager => vec![PROVINCE],
        _ => vec![CENTRE, PROVINCE],
    }
}

#[tokio::test]
async fn every_door_shows_each_role_what_the_policy_says_and_nothing_else() {
    on_each_database(|world| async move {
        let mut kept = Vec::new();
        for relation in [
            Relation::Own,
            Relation::SameUnit,
            Relation::UnitBelow,
            Relation::OtherUnit,
            Relation::OtherCity,
        ] {
            kept.push(keeps(&world, relation).await);
        }
        for role in Role::ALL {
            for unit in posts(*role) {
                let who = format!("{role} of {unit}");
                let ctx = || world.person(*role, unit);
                let expected = |permission: Permission| -> BTreeSet<TicketId> {
                    let reached = kept
                        .iter()
                        .filter(|one| reaches(*role, permission, unit, one.relation));
                    reached.map(|one| one.id).collect()
                };
                let views = expected(Permission::TicketView);
                for (door, seen) in shown(&ctx(), &kept).await {
                    assert_eq!(seen, views, "{who}: {door}");
                }
                if let Ok(count) = tickets::count(&ctx(), &TicketFilter::default()).await {
                    assert_eq!(count.n as usize, views.len(), "{who}: count");
                } else {
                    assert!(views.is_empty(), "{who}: count");
                }
                assert_eq!(
                    exported(&ctx(), &kept).await,
                    expected(Permission::TicketExport),
                    "{who}: export"
                );
                let of_report = expected(Permission::ReportView).len() as i64;
                let may = scope_for(*role, Permission::ReportView).is_some();
                assert_eq!(
                    reported(&ctx()).await,
                    may.then_some(of_report),
                    "{who}: report"
                );
                let tasks = tickets::tasks(&ctx(), tickets::TaskQuery::default())
                    .await
                    .expect("a list");
                for task in &tasks.items {
                    assert!(views.contains(&task.ticket.id), "{who}: to-dos");
                }
                let related = tickets::RelatedQuery {
                    phone: Some("13812345678".to_owned()),
                    channel: Some(Channel::Phone),
                    ..Default::default()
                };
                let found = tickets::related(&ctx(), related).await;
                let may = scope_for(*role, Permission::TicketRegister).is_some();
                assert_eq!(found.is_ok(), may, "{who}: related");
                for one in found.unwrap_or_default() {
                    let of = kept
                        .iter()
                        .find(|kept| kept.id == one.id)
                        .expect("of the story");
                    assert!(
                        unit == PROVINCE || of.relation != Relation::OtherCity,
                        "{who}: related shows another city's"
                    );
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_stale_version_tells_nobody_that_a_ticket_exists() {
    on_each_database(|world| async move {
        let mut filed: Filed = world.takes_call(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let (assignment, _) = filed.at_unit(ZJJ);
        for version in [0, 1, 99] {
            filed.version = version;
            let codes = super::refusals::codes_of_outsiders(&world, &filed, assignment).await;
            for (verb, code) in codes {
                assert!(
                    matches!(
                        code,
                        shared::fault::Code::NotFound | shared::fault::Code::AccessDenied
                    ),
                    "{verb} with version {version}: {code}"
                );
            }
        }
    })
    .await;
}
