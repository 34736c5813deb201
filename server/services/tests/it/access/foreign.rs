//! Ids, numbers and keys in commands that belong to somebody else: drafts and their photos, earlier tickets, assignments, repeated calls.

use std::io;

use crate::support::said;
use image::{DynamicImage, ImageFormat, RgbImage};
use services::{Ctx, photos, tickets};
use shared::access::Role;
use shared::command::Version;
use shared::fault::{Code, Fault};
use shared::ids::{DraftId, FileId};
use shared::ticket::RequestKind;
use shared::ticket::command::Register;
use shared::ticket::verbs::{Recall, SendBack};
use shared::ticket::{Channel, ReturnReason};

use crate::support::{CENTRE, CGJ, SUZHOU_CENTRE, World, ZJJ, a_complaint, on_each_database};

const OTHER_DEVICE: &str = "5eed0000000000000000000000000002";

fn a_photo() -> impl futures::Stream<Item = io::Result<Vec<u8>>> + Send {
    let mut bytes = io::Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(RgbImage::new(40, 30))
        .write_to(&mut bytes, ImageFormat::Png)
        .expect("encodes");
    futures::stream::iter([Ok(bytes.into_inner())])
}

async fn a_form(ctx: &Ctx) -> (DraftId, FileId) {
    let draft = photos::new_draft(ctx).await.expect("a form");
    let photo = photos::upload(ctx, draft, "门牌.png".to_owned(), a_photo())
        .await
        .expect("a photo");
    (draft, photo.id)
}

fn code<T: std::fmt::Debug>(result: Result<T, Fault>) -> Code {
    result.expect_err("it is refused").code
}

fn with(draft: DraftId) -> Register {
    Register {
        channel: Some(Channel::Phone),
        draft: Some(draft),
        ..a_complaint()
    }
}

/// Everything somebody else could do with the form of another.
async fn tries_everything(world: &World, other: &Ctx, owner: &Ctx) {
    let (draft, photo) = a_form(owner).await;
    assert_eq!(code(photos::list(other, draft).await), Code::NotFound);
    assert_eq!(
        code(photos::upload(other, draft, "x.png".to_owned(), a_photo()).await),
        Code::NotFound
    );
    assert_eq!(
        code(photos::remove(other, draft, photo).await),
        Code::NotFound
    );
    assert_eq!(code(photos::open(other, photo).await), Code::NotFound);
    let fault = tickets::register(other, with(draft))
        .await
        .expect_err("a stranger's photo");
    assert_eq!(fault.fields[0].code, Code::PhotoDraftGone);
    assert_eq!(fault.fields[0].field, "photos");
    assert_eq!(
        photos::list(owner, draft).await.expect("lists").len(),
        1,
        "it is still there for whom it belongs to"
    );
    let filed = tickets::register(owner, with(draft))
        .await
        .expect("the own");
    let seen = tickets::get(&world.dispatcher(), filed.id)
        .await
        .expect("seen");
    assert_eq!(seen.attachments.len(), 1);
    let again = tickets::register(owner, with(draft)).await;
    assert_eq!(
        again.expect_err("sent already").fields[0].code,
        Code::PhotoDraftGone
    );
}

#[tokio::test]
async fn a_form_with_its_photos_is_its_owners_alone() {
    on_each_database(|world| async move {
        let lead = world.person(Role::ShiftLead, CENTRE);
        tries_everything(&world, &lead, &world.agent()).await;
        tries_everything(&world, &world.visitor(), &world.agent()).await;
        tries_everything(&world, &world.agent(), &world.visitor()).await;
        tries_everything(&world, &world.visitor_with(OTHER_DEVICE), &world.visitor()).await;
        tries_everything(&world, &world.stranger("192.0.2.1"), &world.visitor()).await;
        assert_eq!(
            code(photos::new_draft(&world.stranger("192.0.2.1")).await),
            Code::SignedOut,
            "nobody could use it"
        );
    })
    .await;
}

#[tokio::test]
async fn an_earlier_ticket_is_named_in_the_own_area_and_never_a_discreet_one() {
    on_each_database(|world| async move {
        let named = |no: &str| Register {
            channel: Some(Channel::Phone),
            repeat_of: Some(said(no)),
            ..a_complaint()
        };
        let plain = world.files(a_complaint()).await;
        let tip_off = world
            .files(Register {
                kind: RequestKind::TipOff,
                ..a_complaint()
            })
            .await;
        let elsewhere = world
            .files(Register {
                region: said("320505"),
                ..a_complaint()
            })
            .await;
        tickets::register(&world.agent(), named(plain.claim.ticket_no.as_str()))
            .await
            .expect("of the own city");
        for no in [
            tip_off.claim.ticket_no.as_str(),
            elsewhere.claim.ticket_no.as_str(),
            "3201002026030202999999",
        ] {
            let fault = tickets::register(&world.agent(), named(no))
                .await
                .expect_err("not to be named");
            assert_eq!(
                (fault.fields[0].field.as_str(), fault.fields[0].code),
                ("repeat_of", Code::NotFound),
                "{no}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn an_agent_registers_what_lies_in_the_own_area() {
    on_each_database(|world| async move {
        let call = |region: &str| Register {
            channel: Some(Channel::Phone),
            region: said(region),
            ..a_complaint()
        };
        let fault = tickets::register(&world.agent(), call("320505"))
            .await
            .expect_err("of Suzhou");
        assert_eq!(
            (fault.fields[0].field.as_str(), fault.fields[0].code),
            ("region", Code::PlaceOutside)
        );
        assert!(
            fault.fields[0].facts["area"].contains("南京"),
            "{:?}",
            fault.fields
        );
        tickets::register(&world.agent(), call("320106"))
            .await
            .expect("a district of the own city");
        tickets::register(&world.person(Role::Agent, SUZHOU_CENTRE), call("320505"))
            .await
            .expect("its own agent");
        let province = world.person(Role::ProvincialManager, "320000-12345");
        tickets::register(&province, call("320505"))
            .await
            .expect("the province everywhere");
        tickets::register(&world.person(Role::Agent, "320000-12345"), call("320505"))
            .await
            .expect("so do its agents");
        tickets::register(&world.visitor(), call("320505"))
            .await
            .expect("citizens anywhere");
    })
    .await;
}

#[tokio::test]
async fn the_same_key_of_two_visitors_is_two_calls() {
    on_each_database(|world| async move {
        let keyed = |ctx: Ctx| Ctx {
            idempotency_key: Some("0123456789abcdef".to_owned()),
            ..ctx
        };
        let one = tickets::register(&keyed(world.visitor()), a_complaint())
            .await
            .expect("filed");
        let again = tickets::register(&keyed(world.visitor()), a_complaint())
            .await
            .expect("the same answer");
        let other = tickets::register(&keyed(world.visitor_with(OTHER_DEVICE)), a_complaint())
            .await
            .expect("another's");
        assert_eq!(
            (one.id, &one.query_code),
            (again.id, &again.query_code),
            "a repeated call"
        );
        assert_ne!(one.id, other.id);
    })
    .await;
}

#[tokio::test]
async fn assignments_and_units_of_elsewhere_are_none_of_this_tickets() {
    on_each_database(|world| async move {
        let mut one = world.takes_call(a_complaint()).await;
        world.dispatches(&mut one, ZJJ, &[]).await;
        let mut two = world.takes_call(a_complaint()).await;
        world.dispatches(&mut two, ZJJ, &[]).await;
        let (of_two, version) = two.at_unit(ZJJ);
        let recall = |to: &str, assignment| Recall {
            version: Version(one.version),
            assignment,
            to: Some(said(to)),
            reason: said("派错了"),
            cause: None,
        };
        let fault = tickets::act(&world.dispatcher(), one.id, recall(CGJ, Some(of_two)))
            .await
            .expect_err("of another ticket");
        assert_eq!(fault.fields[0].code, Code::NotFound);
        for unit in ["320500-ZJJ", CENTRE, "no-such-unit"] {
            let fault = tickets::act(&world.dispatcher(), one.id, recall(unit, None))
                .await
                .expect_err("not a unit of the city");
            assert_eq!(fault.fields[0].code, Code::InputUnit, "{unit}");
        }
        let suggested = SendBack {
            version: Version(version),
            reason: ReturnReason::WrongDuty,
            explanation: said("该小区的物业归口另一单位管理，请改派。"),
            duty: None,
            basis: Some(said("市政府部门“三定”规定")),
            suggested_unit: Some(said("no-such-unit")),
            cause: None,
        };
        let fault = tickets::act(&world.liaison(ZJJ), of_two, suggested)
            .await
            .expect_err("no unit");
        assert_eq!(fault.fields[0].code, Code::InputUnit);
    })
    .await;
}
