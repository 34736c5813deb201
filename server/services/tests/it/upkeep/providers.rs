//! Both providers: a whole ticket under 国密, and the way of an installation from one provider to the other while people read and write.
//! Not here: the algorithms and the ring (`store::seal`), which keys a database opens with (`keys`).

use futures::StreamExt as _;
use sea_orm::{ConnectionTrait as _, Database, Statement};
use services::keys::renewal::{self, Renewal};
use services::tickets::{self, persons};
use services::{Ctx, Misfit, Opening, audit, consistency, exports, jobs, public};
use shared::command::Block;
use shared::query::person::{AskPerson, PersonKey};
use shared::query::{Sort, TicketFilter};
use shared::ticket::command::{CitizenBlock, Register, Reveal};
use store::crypto::Provider;
use store::installation::{prove, reseal};

use super::{MAKE, misfit, open};
use crate::support::{
    Filed, Kind, World, ZJJ, a_complaint, killed_after, lives, on_each_database, said,
};

const PHONE: &str = "13812345678";

fn of_person() -> Register {
    Register {
        citizen: Block(CitizenBlock {
            name: Some(said("王金丝雀")),
            phone: Some(said(PHONE)),
            ..CitizenBlock::default()
        }),
        ..a_complaint()
    }
}

async fn run(world: &World, name: &str) -> u64 {
    let job = jobs::JOBS.iter().find(|job| job.name == name);
    let job = job.expect("a job");
    job.once(&world.services).await.expect("runs").count
}

/// How many tickets are found by the number.
async fn found(world: &World) -> i64 {
    let question = AskPerson {
        key: PersonKey::Phone,
        value: PHONE.to_owned(),
        reason: "核对来电人以前的诉求".to_owned(),
        query: String::new(),
    };
    let answer = persons::ask(&world.dispatcher(), question).await;
    answer.expect("asked").found
}

async fn revealed(world: &World, filed: &Filed) -> Option<String> {
    let reason = said("核对来电人的联系方式。");
    let shown = tickets::reveal(&world.dispatcher(), filed.id, Reveal { reason }).await;
    shown.expect("with a reason").phone
}

async fn exported(world: &World) -> String {
    let of = world.supervisor();
    let parts = exports::tickets_csv(&of, TicketFilter::default(), Sort::AcceptedAsc, &[]).await;
    let parts: Vec<_> = parts.expect("exports").collect().await;
    let parts: Result<Vec<_>, _> = parts.into_iter().collect();
    String::from_utf8(parts.expect("whole").concat()).expect("text")
}

/// Rows of tickets whose citizen block is sealed with a key of another provider.
async fn left(world: &World) -> i64 {
    let raw = Database::connect(&world.services.config().database_url)
        .await
        .expect("connects");
    let count = Statement::from_string(
        raw.get_database_backend(),
        "select count(*) from tickets where citizen_key not like 'sm-%'",
    );
    let row = raw.query_one_raw(count).await.expect("reads");
    let count = row.expect("a row").try_get_by_index(0).expect("a number");
    raw.close().await.expect("closes");
    count
}

async fn is_sound(world: &World) {
    let db = world.services.store().reader();
    for proof in prove(&db).await.expect("proves") {
        assert_eq!(proof.trouble, None, "{}", proof.kind);
    }
    let all = consistency::check_all(&world.services).await;
    assert_eq!(all.expect("checked").count, 0);
}

#[tokio::test]
async fn a_whole_ticket_goes_its_way_under_sm() {
    for kind in Kind::available() {
        let mut world = World::of_provider(kind, Provider::Sm).await;
        let seal = world.services.store().seal().clone();
        assert_eq!(seal.provider(), Provider::Sm);
        assert!(seal.key_id().starts_with("sm-d-"), "{}", seal.key_id());
        let mut filed = world.takes_call(of_person()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        assert_eq!(found(&world).await, 1);
        assert_eq!(revealed(&world, &filed).await.as_deref(), Some(PHONE));
        let shown = public::lookup(&world.visitor(), filed.claim.clone()).await;
        shown.expect("by number and code");
        assert!(
            exported(&world)
                .await
                .contains(&filed.claim.ticket_no.to_string())
        );
        run(&world, "seal").await;
        world.clock.advance_minutes(2);
        run(&world, "seal").await;
        let verdict = audit::verify(&Ctx::system(&world.services)).await;
        let verdict = verdict.expect("verifies");
        assert!(verdict.is_whole() && verdict.checkpoints > 0, "{verdict}");
        world.starts_again().await;
        assert_eq!(left(&world).await, 0);
        assert_eq!(run(&world, "reseal").await, 0, "nothing is to do");
        assert_eq!(revealed(&world, &filed).await.as_deref(), Some(PHONE));
        is_sound(&world).await;
    }
}

#[tokio::test]
async fn another_provider_is_taken_over_while_people_read_and_write() {
    on_each_database(|mut world| async move {
        let mut filed = vec![world.takes_call(of_person()).await];
        world.clock.advance_minutes(1);
        filed.push(world.takes_call(of_person()).await);
        run(&world, "seal").await;
        world.clock.advance_minutes(2);
        run(&world, "seal").await;
        let ctx = Ctx::system(&world.services);
        let ring = renewal::renew(&ctx, Renewal::Change(Provider::Sm)).await;
        assert_eq!(ring.expect("renewed").provider, Provider::Sm);
        assert_eq!(world.audited("sealing_key.renew").await.len(), 1);
        world.starts_again().await;
        let db = world.services.store().reader();
        let progress = reseal::progress(&db).await.expect("reads");
        assert!(progress.expect("begun").total > 2);
        filed.push(world.takes_call(of_person()).await);
        assert_eq!(left(&world).await, 2);
        let mut steps = 0;
        loop {
            assert_eq!(found(&world).await, 3, "by either key");
            let one = &filed[steps % filed.len()];
            assert_eq!(revealed(&world, one).await.as_deref(), Some(PHONE));
            let db = world.services.store().reader();
            let progress = reseal::progress(&db).await.expect("reads");
            let Some(progress) = progress else { break };
            assert_eq!(progress.unopened, 0);
            run(&world, "reseal").await;
            steps += 1;
            assert!(steps < 40, "it comes to an end");
        }
        assert_eq!(left(&world).await, 0);
        for one in &filed {
            let shown = public::lookup(&world.visitor(), one.claim.clone()).await;
            shown.expect("codes of before and of now");
        }
        run(&world, "seal").await;
        world.clock.advance_minutes(2);
        run(&world, "seal").await;
        let verdict = audit::verify(&Ctx::system(&world.services)).await;
        let verdict = verdict.expect("verifies");
        assert!(verdict.is_whole(), "signed by both: {verdict}");
        is_sound(&world).await;
        world.starts_again().await;
        assert_eq!(run(&world, "reseal").await, 0, "it is done once");
    })
    .await;
}

#[tokio::test]
async fn sealing_anew_goes_on_wherever_it_was_killed() {
    on_each_database(|mut world| async move {
        let mut filed = Vec::new();
        for _ in 0..3 {
            filed.push(world.takes_call(of_person()).await);
            world.clock.advance_minutes(1);
        }
        let ctx = Ctx::system(&world.services);
        let ring = renewal::renew(&ctx, Renewal::Change(Provider::Sm)).await;
        assert_eq!(ring.expect("renewed").provider, Provider::Sm);
        world.starts_again().await;
        let begun = reseal::progress(&world.services.store().reader()).await;
        let total = begun.expect("reads").expect("begun").total;
        let mut steps = 0;
        for wakes in lives() {
            killed_after(wakes, run(&world, "reseal")).await;
            assert_eq!(found(&world).await, 3, "by either key");
            let progress = reseal::progress(&world.services.store().reader()).await;
            let Some(progress) = progress.expect("reads") else {
                break;
            };
            assert_eq!(progress.unopened, 0);
            assert!(progress.done <= total + 20, "{progress:?}: none twice");
            steps += 1;
        }
        assert!(steps > 0, "it was killed");
        let left_over = reseal::progress(&world.services.store().reader()).await;
        assert_eq!(left_over.expect("reads"), None);
        assert_eq!(left(&world).await, 0);
        for one in &filed {
            assert_eq!(revealed(&world, one).await.as_deref(), Some(PHONE));
        }
        is_sound(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a_server_with_the_keys_of_before_seals_nothing_anew() {
    on_each_database(|world| async move {
        world.takes_call(of_person()).await;
        let ctx = Ctx::system(&world.services);
        let ring = renewal::renew(&ctx, Renewal::Data).await.expect("renewed");
        let config = world.services.config().clone();
        let newer = open(&config, Opening::Use).await.expect("both keys");
        assert_eq!(newer.store().seal().key_id(), ring.data);
        let before = reseal::progress(&newer.store().reader()).await;
        let before = before.expect("reads").expect("begun");
        assert_eq!(run(&world, "reseal").await, 0);
        let after = reseal::progress(&newer.store().reader()).await;
        assert_eq!(after.expect("reads"), Some(before));
        newer.store().close().await.expect("closes");
    })
    .await;
}

#[tokio::test]
async fn a_start_with_another_provider_says_what_to_do() {
    on_each_database(|world| async move {
        // Whole, so that its folder stays.
        let world = &world;
        let mut config = world.services.config().clone();
        world.services.store().close().await.expect("closes");
        config.crypto.provider = Some(Provider::Sm);
        for opening in [Opening::Use, MAKE] {
            let refused = misfit(&config, opening).await;
            let other = Misfit::OtherProvider {
                kept: Provider::International,
                wanted: Provider::Sm,
            };
            assert_eq!(refused, other);
            assert!(refused.to_string().contains("minsheng keys change sm"));
        }
        let looks = open(&config, Opening::Look).await.expect("who looks may");
        looks.store().close().await.expect("closes");
        config.crypto.provider = Some(Provider::International);
        open(&config, Opening::Use).await.expect("its own");
    })
    .await;
}

#[tokio::test]
async fn a_wrapped_key_file_opens_with_its_service_alone() {
    on_each_database(|mut world| async move {
        let filed = world.takes_call(of_person()).await;
        let config = world.services.config().clone();
        let mut wrapped = config.clone();
        wrapped.crypto.key_file = Some(config.data_dir.join("unwraps"));
        let services = open(&wrapped, Opening::Use)
            .await
            .expect("still in the clear");
        let ring = renewal::renew(&Ctx::system(&services), Renewal::Wrap(None)).await;
        assert!(ring.expect("wrapped").is_wrapped);
        services.store().close().await.expect("closes");
        let refused = open(&config, Opening::Use).await.err().expect("refused");
        assert!(
            format!("{refused:#}").contains("crypto.key-file"),
            "{refused:#}"
        );
        let services = open(&wrapped, Opening::Use).await.expect("unwrapped");
        let ring = renewal::renew(&Ctx::system(&services), Renewal::LayOpen).await;
        assert!(!ring.expect("laid open").is_wrapped);
        services.store().close().await.expect("closes");
        world.starts_again().await;
        assert_eq!(revealed(&world, &filed).await.as_deref(), Some(PHONE));
    })
    .await;
}
