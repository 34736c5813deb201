//! The channels by which requests come in: one is switched off or called otherwise, and never goes from the list.

use services::{directory, register, tickets};
use shared::fault::Code;
use shared::register::ListCode;
use shared::ticket::Channel;
use shared::ticket::command::Register;

use super::{BASE, code, drafted, drafter, published, row};
use crate::support::{World, a_complaint, on_each_database};

fn by(channel: Channel) -> Register {
    Register {
        channel: Some(channel),
        ..a_complaint()
    }
}

/// Publishes a row of a channel.
async fn set(world: &World, channel: Channel, on: &str, names: (&str, &str)) {
    let cells = row(&[
        ("channel", channel.as_str()),
        ("on", on),
        ("zh", names.0),
        ("en", names.1),
        ("place", "1"),
    ]);
    let version = drafted(world, ListCode::Channels, Some(channel.as_str()), &cells).await;
    published(world, ListCode::Channels, version, None, false)
        .await
        .expect("published");
}

#[tokio::test]
async fn a_channel_that_is_off_is_offered_no_more_and_takes_nothing() {
    on_each_database(|world| async move {
        let agent = world.agent();
        let offered = directory::desk_lists(&agent).await.expect("lists").channels;
        assert_eq!(offered.len(), Channel::ALL.len(), "as shipped");
        assert_eq!(offered[0].code, "phone");
        tickets::register(&agent, by(Channel::Weibo))
            .await
            .expect("on as shipped");

        set(&world, Channel::Weibo, "no", ("微博", "Weibo")).await;
        let refused = tickets::register(&agent, by(Channel::Weibo)).await;
        let refused = refused.expect_err("off");
        assert_eq!(code(&refused), Code::ChannelOff);
        assert_eq!(refused.fields[0].field, "channel");
        let offered = directory::desk_lists(&agent).await.expect("lists").channels;
        assert!(offered.iter().all(|it| it.code != "weibo"));

        // Another name and place: the desk and the ticket say it.
        set(&world, Channel::App, "yes", ("江苏政务APP", "Jiangsu app")).await;
        let offered = directory::desk_lists(&agent).await.expect("lists").channels;
        assert_eq!(
            (offered[0].code.as_str(), offered[0].en.as_str()),
            ("app", "Jiangsu app")
        );
        let filed = tickets::register(&agent, by(Channel::App)).await;
        let filed = filed.expect("taken");
        let seen = tickets::get(&world.dispatcher(), filed.id)
            .await
            .expect("seen");
        assert_eq!(seen.channel_name.zh, "江苏政务APP");
    })
    .await;
}

#[tokio::test]
async fn without_the_web_no_visitor_files_and_the_row_stays() {
    on_each_database(|world| async move {
        set(&world, Channel::Web, "no", ("网站", "Website")).await;
        let refused = tickets::register(&world.visitor(), a_complaint()).await;
        assert_eq!(refused.expect_err("closed").code, Code::FilingClosed);
        tickets::register(&world.agent(), by(Channel::Phone))
            .await
            .expect("by telephone");

        let ctx = drafter(&world);
        let list = (ListCode::Channels, BASE);
        let draft = register::begin(&ctx, list.0, list.1)
            .await
            .expect("a draft");
        let gone = register::remove_row(&ctx, list, draft.version, "web").await;
        assert_eq!(
            code(&gone.expect_err("it is switched off only")),
            Code::RegisterPermanent
        );
    })
    .await;
}
