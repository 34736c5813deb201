//! Who is told of what: a city switches a message off, or chooses another way, for its own tickets; what the law wants told stays.

use services::register::{self, Publishing};
use services::{jobs, tickets};
use shared::access::Role;
use shared::calendar::Instant;
use shared::command::Block;
use shared::fault::Code;
use shared::notification::About;
use shared::register::ListCode;
use shared::ticket::command::{CitizenBlock, Register};
use store::outbox::{Claim, Which};

use super::{code, row};
use crate::support::{CENTRE, World, ZJJ, a_complaint, on_each_database, said};

/// What the messages that wait tell, and by which channel.
async fn told(world: &World) -> Vec<(Option<About>, String)> {
    let now = world.services.now();
    let claim = Claim {
        which: Which::Outside,
        now,
        until: Instant(now.0 + 600_000),
        limit: 100,
    };
    let claimed = world
        .services
        .store()
        .write(move |tx| Box::pin(async move { store::outbox::claim(tx, claim).await }))
        .await;
    let claimed = claimed.expect("the outbox is read").into_iter();
    let mut told: Vec<_> = claimed
        .map(|it| (it.message.about, it.message.channel))
        .collect();
    told.sort();
    told
}

fn with_mail() -> Register {
    Register {
        citizen: Block(CitizenBlock {
            phone: Some(said("13812345678")),
            email: Some(said("wang@example.cn")),
            ..CitizenBlock::default()
        }),
        ..a_complaint()
    }
}

#[tokio::test]
async fn a_city_switches_off_what_it_may_and_no_more() {
    on_each_database(|world| async move {
        let mut filed = world.files(with_mail()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let sms = || "sms".to_owned();
        assert_eq!(
            told(&world).await,
            [
                (Some(About::Accepted), sms()),
                (Some(About::Dispatched), sms())
            ],
            "as shipped"
        );

        let part = (ListCode::Told, "320100");
        let city = world.person(Role::BusinessAdmin, CENTRE);
        let draft = register::begin(&city, part.0, part.1)
            .await
            .expect("a draft");
        let by_law = row(&[("event", "citizen_accepted"), ("on", "no")]);
        let refused = register::put_row(&city, part, draft.version, (None, &by_law)).await;
        assert_eq!(code(&refused.expect_err("by law")), Code::ToldByLaw);
        let off = row(&[("event", "citizen_dispatched"), ("on", "no")]);
        let draft = register::put_row(&city, part, draft.version, (None, &off))
            .await
            .expect("a row");
        let both = row(&[
            ("event", "citizen_accepted"),
            ("on", "yes"),
            ("way", "both"),
        ]);
        let draft = register::put_row(&city, part, draft.version, (None, &both))
            .await
            .expect("a row");
        let order = Publishing {
            version: draft.version,
            ..Publishing::default()
        };
        let leader = world.person(Role::CentreLeader, CENTRE);
        register::publish(&leader, part, order)
            .await
            .expect("published");
        jobs::once(&world.services).await.expect("runs");
        world.services.bust_reference().await;
        told(&world).await;

        let mut filed = world.files(with_mail()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        assert_eq!(
            told(&world).await,
            [
                (Some(About::Accepted), "mail".to_owned()),
                (Some(About::Accepted), sms())
            ],
            "both ways of the one, nothing of the other"
        );
        let detail = tickets::get(&world.dispatcher(), filed.id).await;
        assert!(detail.is_ok(), "the ticket goes its way");
    })
    .await;
}
