//! Query codes: how they look, how they are typed, how often one may try; and one rating of each handling.

use std::io;

use crate::support::said;
use image::{DynamicImage, ImageFormat, RgbImage};
use services::{photos, public, tickets};
use shared::command::Version;
use shared::fault::{Code, Fault};
use shared::ticket::command::{Lookup, Register};
use shared::ticket::verbs::{Rate, Redo};
use shared::ticket::{Satisfaction, Solved, query_code};

use crate::support::{Filed, World, ZJJ, a_complaint, on_each_database};

fn typed(filed: &Filed, code: &str) -> Lookup {
    Lookup {
        code: said(code),
        ..filed.claim.clone()
    }
}

/// The ways in which people type a code.
fn ways(code: &str) -> Vec<String> {
    let wide: String = code
        .chars()
        .map(|c| char::from_u32(c as u32 + 0xFEE0).expect("a full-width form"))
        .collect();
    vec![
        code.to_owned(),
        code.to_lowercase(),
        format!(" {} {} ", &code[..4], &code[4..]),
        format!("{}-{}", &code[..4], &code[4..]),
        wide.to_lowercase(),
        wide,
    ]
}

#[tokio::test]
async fn a_code_opens_every_door_however_it_is_typed() {
    on_each_database(|world| async move {
        let visitor = world.visitor();
        let draft = photos::new_draft(&visitor).await.expect("a form");
        let mut bytes = io::Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(RgbImage::new(40, 30))
            .write_to(&mut bytes, ImageFormat::Png)
            .expect("encodes");
        let body = futures::stream::iter([Ok::<_, io::Error>(bytes.into_inner())]);
        let photo = photos::upload(&visitor, draft, "a.png".to_owned(), body)
            .await
            .expect("a photo");
        let filed = world
            .files(Register {
                draft: Some(draft),
                ..a_complaint()
            })
            .await;
        assert_eq!(filed.claim.code.as_str().len(), 8);
        assert!(
            query_code::is_possible(filed.claim.code.as_str()),
            "{}",
            filed.claim.code.as_str()
        );
        for code in ways(filed.claim.code.as_str()) {
            let stranger = world.stranger("203.0.113.5");
            public::lookup(&stranger, typed(&filed, &code))
                .await
                .unwrap_or_else(|fault| panic!("{code:?}: {fault:?}"));
            photos::open_public(&stranger, typed(&filed, &code), photo.id)
                .await
                .unwrap_or_else(|fault| panic!("the photo by {code:?}: {fault:?}"));
        }
    })
    .await;
}

#[tokio::test]
async fn a_code_of_six_digits_from_before_stays_valid() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let no = filed.claim.ticket_no.clone();
        let hash = world
            .services
            .store()
            .seal()
            .query_code_hash(no.as_str(), "042137");
        world.keep_code(no.as_str(), hash).await;
        for code in ["042137", "０４２１３７", "042 137", "042-137"] {
            public::lookup(&world.stranger("203.0.113.5"), typed(&filed, code))
                .await
                .unwrap_or_else(|fault| panic!("{code:?}: {fault:?}"));
        }
    })
    .await;
}

#[tokio::test]
async fn of_many_tries_at_once_five_are_looked_at() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let tries = (0..60).map(|_| {
            let (ctx, claim) = (world.stranger("203.0.113.5"), filed.wrong_claim());
            async move { public::lookup(&ctx, claim).await }
        });
        let codes: Vec<Code> = futures::future::join_all(tries)
            .await
            .into_iter()
            .map(|one| one.expect_err("a wrong code").code)
            .collect();
        let wrong = codes.iter().filter(|code| **code == Code::LookupWrong);
        assert_eq!(wrong.count(), 5, "{codes:?}");
        public::lookup(&world.stranger("203.0.113.6"), filed.claim.clone())
            .await
            .expect("somebody elsewhere is not locked out");
        public::lookup(&world.visitor(), filed.claim.clone())
            .await
            .expect("nor the device that filed it");
    })
    .await;
}

#[tokio::test]
async fn tries_from_everywhere_are_slowed_down_and_the_citizen_goes_on() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let mut wrong = 0;
        for n in 0..120 {
            let ctx = world.stranger(&format!("2001:db8:0:{n:x}::1"));
            let fault = public::lookup(&ctx, filed.wrong_claim())
                .await
                .expect_err("wrong");
            wrong += usize::from(fault.code == Code::LookupWrong);
        }
        assert_eq!(wrong, 31, "thirty in an hour, and one a minute");
        public::lookup(&world.visitor(), filed.claim.clone())
            .await
            .expect("the device that filed it");
        world.clock.advance_minutes(2);
        public::lookup(&world.stranger("192.0.2.9"), filed.claim)
            .await
            .expect("a new device waits a minute at most");
    })
    .await;
}

async fn rates(world: &World, filed: &Filed, satisfaction: Satisfaction) -> Result<(), Fault> {
    let rate = Rate {
        solved: Solved::No,
        satisfaction,
        words: None,
    };
    public::rate(&world.visitor(), filed.claim.clone(), rate)
        .await
        .map(drop)
}

#[tokio::test]
async fn a_handling_is_rated_once_and_the_next_one_again() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        world.unit_answers(&mut filed, ZJJ).await;
        world.centre_passes(&mut filed).await;
        rates(&world, &filed, Satisfaction::Dissatisfied)
            .await
            .expect("the first");
        let seen = public::lookup(&world.visitor(), filed.claim.clone())
            .await
            .expect("seen");
        assert!(!seen.may_rate, "no button that is refused");
        for _ in 0..3 {
            let fault = rates(&world, &filed, Satisfaction::VerySatisfied)
                .await
                .expect_err("rated already");
            assert_eq!(fault.code, Code::AlreadyRated);
        }
        let seen = tickets::get(&world.caller(), filed.id).await.expect("seen");
        let redo = Redo {
            version: Version(seen.row.version),
            reason: said("诉求人不满意，请重新办理并上门核实。"),
            cause: None,
        };
        filed.took(tickets::act(&world.caller(), filed.id, redo).await);
        world.clock.advance_minutes(60);
        world.unit_answers(&mut filed, ZJJ).await;
        world.centre_passes(&mut filed).await;
        rates(&world, &filed, Satisfaction::Satisfied)
            .await
            .expect("the second handling");
        let seen = tickets::get(&world.caller(), filed.id).await.expect("seen");
        let of = |rating: Option<shared::ticket::view::RatingView>| {
            rating.map(|rating| rating.satisfaction)
        };
        assert_eq!(
            (of(seen.first_rating), of(seen.latest_rating)),
            (
                Some(Satisfaction::Dissatisfied),
                Some(Satisfaction::Satisfied)
            )
        );
    })
    .await;
}
