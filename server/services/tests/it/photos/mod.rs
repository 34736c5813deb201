//! Photos from upload to ticket: what is refused, what is kept, who sees it, what disappears.
//! Not here: single pictures and file names (beside `services::photos`).
//! The pictures are drawn here; no file of anybody's is in the tests.

mod older;

use std::io;

use futures::Stream;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use services::{Ctx, jobs, photos};
use shared::fault::Code;
use shared::ids::DraftId;
use shared::ticket::command::Register;
use shared::ticket::view::AttachmentView;

use crate::support::{World, a_complaint, on_each_database};

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = io::Cursor::new(Vec::new());
    let street = RgbImage::from_fn(width, height, |x, y| {
        Rgb([(x % 256) as u8, (y % 256) as u8, 90])
    });
    DynamicImage::ImageRgb8(street)
        .write_to(&mut bytes, format)
        .expect("encodes");
    bytes.into_inner()
}

fn body(bytes: Vec<u8>) -> impl Stream<Item = io::Result<Vec<u8>>> + Send {
    futures::stream::iter(
        bytes
            .chunks(64 * 1024)
            .map(|part| Ok(part.to_vec()))
            .collect::<Vec<_>>(),
    )
}

async fn uploads(
    ctx: &Ctx,
    draft: DraftId,
    bytes: Vec<u8>,
) -> Result<AttachmentView, shared::fault::Fault> {
    photos::upload(ctx, draft, "井盖.jpg".to_owned(), body(bytes)).await
}

/// Files below the data folder, without folders.
fn files(world: &World) -> usize {
    fn count(folder: &std::path::Path) -> usize {
        let Ok(entries) = std::fs::read_dir(folder) else {
            return 0;
        };
        entries
            .flatten()
            .map(|entry| {
                if entry.path().is_dir() {
                    count(&entry.path())
                } else {
                    1
                }
            })
            .sum()
    }
    let data = &world.services.config().data_dir;
    count(&data.join("files")) + count(&data.join("uploads"))
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn a_photo_goes_with_the_form_to_the_ticket_and_is_seen_in_scope_only() {
    on_each_database(|world| async move {
        let visitor = world.visitor();
        let draft = photos::new_draft(&visitor).await.expect("a draft");
        let photo = uploads(&visitor, draft, picture(60, 40, ImageFormat::Jpeg))
            .await
            .expect("a photo");
        assert_eq!(
            (
                photo.name.as_str(),
                photo.media_type.as_str(),
                photo.width,
                photo.height
            ),
            ("井盖.jpg", "image/jpeg", 60, 40)
        );
        assert_eq!(
            photos::list(&visitor, draft).await.expect("lists"),
            std::slice::from_ref(&photo)
        );
        assert_eq!(
            photos::open(&visitor, photo.id)
                .await
                .expect("the form shows it")
                .bytes
                .len() as i64,
            photo.size
        );

        let filed = world
            .files(Register {
                draft: Some(draft),
                ..a_complaint()
            })
            .await;
        assert_eq!(
            photos::list(&visitor, draft)
                .await
                .expect_err("the form is sent")
                .code,
            Code::NotFound
        );
        assert_eq!(
            uploads(&visitor, draft, picture(10, 10, ImageFormat::Jpeg))
                .await
                .expect_err("the form is sent")
                .code,
            Code::NotFound
        );
        let seen = photos::open(&world.dispatcher(), photo.id)
            .await
            .expect("the centre sees it");
        assert_eq!(seen.media_type, "image/jpeg");
        let small = photos::open_sized(&world.dispatcher(), photo.id, photos::Size::Small)
            .await
            .expect("and a small one");
        assert!(small.bytes.starts_with(&[0xFF, 0xD8, 0xFF]));
        for ctx in [world.visitor(), world.suzhou_dispatcher()] {
            assert_eq!(
                photos::open(&ctx, photo.id)
                    .await
                    .expect_err("outside the scope")
                    .code,
                Code::NotFound
            );
        }
        photos::open_public(&world.visitor(), filed.claim.clone(), photo.id)
            .await
            .expect("the citizen with number and code");
        assert_eq!(
            photos::open_public(&world.visitor(), filed.wrong_claim(), photo.id)
                .await
                .expect_err("a wrong code")
                .code,
            Code::NotFound
        );
        let other = world.files(a_complaint()).await;
        assert_eq!(
            photos::open_public(&world.visitor(), other.claim, photo.id)
                .await
                .expect_err("another ticket")
                .code,
            Code::NotFound
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_no_good_photo_is_refused_and_leaves_nothing() {
    on_each_database(|world| async move {
        let visitor = world.visitor();
        let draft = photos::new_draft(&visitor).await.expect("a draft");
        let tall = {
            let mut bytes = io::Cursor::new(Vec::new());
            DynamicImage::new_luma8(1, 100_000)
                .write_to(&mut bytes, ImageFormat::Png)
                .expect("encodes");
            bytes.into_inner()
        };
        let cases = [
            ("text", b"<svg onload=alert(1)>".to_vec(), Code::PhotoType),
            ("empty", Vec::new(), Code::PhotoType),
            ("30 MB", vec![0xFF; 30 * 1024 * 1024], Code::PhotoTooLarge),
            ("1 x 100,000", tall, Code::PhotoDimensions),
        ];
        for (name, bytes, expected) in cases {
            assert_eq!(
                uploads(&visitor, draft, bytes).await.expect_err(name).code,
                expected,
                "{name}"
            );
        }
        assert_eq!(files(&world), 0);
        assert_eq!(
            uploads(
                &visitor,
                DraftId(uuid::Uuid::nil()),
                picture(10, 10, ImageFormat::Png)
            )
            .await
            .expect_err("no draft")
            .code,
            Code::NotFound
        );
    })
    .await;
}

#[tokio::test]
async fn nine_photos_and_no_more_also_when_they_come_at_once() {
    on_each_database(|world| async move {
        let visitor = world.visitor();
        let draft = photos::new_draft(&visitor).await.expect("a draft");
        let results = futures::future::join_all(
            (0..12).map(|n| uploads(&visitor, draft, picture(10 + n, 10, ImageFormat::Png))),
        )
        .await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 9);
        assert!(
            results
                .iter()
                .filter_map(|result| result.as_ref().err())
                .all(|fault| fault.code == Code::PhotoTooMany)
        );
        let kept = photos::list(&visitor, draft).await.expect("lists");
        assert_eq!(
            (kept.len(), files(&world)),
            (9, 18),
            "nine photos with nine small ones"
        );
        photos::remove(&visitor, draft, kept[0].id)
            .await
            .expect("taken out");
        photos::remove(&visitor, draft, kept[0].id)
            .await
            .expect("twice is as good as once");
        assert_eq!(files(&world), 16);
        uploads(&visitor, draft, picture(30, 10, ImageFormat::Png))
            .await
            .expect("there is room again");
    })
    .await;
}

#[tokio::test]
async fn a_draft_belongs_to_whoever_began_it_and_ends_after_seven_days() {
    on_each_database(|world| async move {
        let agent = world.agent();
        let draft = photos::new_draft(&agent).await.expect("a draft");
        uploads(&agent, draft, picture(20, 20, ImageFormat::Jpeg))
            .await
            .expect("a photo");
        assert_eq!(
            photos::list(&world.visitor(), draft)
                .await
                .expect_err("not theirs")
                .code,
            Code::NotFound
        );
        world.clock.advance_minutes(7 * 24 * 60 + 1);
        assert_eq!(
            photos::list(&agent, draft).await.expect_err("over").code,
            Code::NotFound
        );
        jobs::once(&world.services).await.expect("the jobs run");
        assert_eq!(files(&world), 0, "the files are gone as well");
    })
    .await;
}
