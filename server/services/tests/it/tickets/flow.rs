//! The drawing of a ticket's process, and what each person sees of it.

use services::tickets;
use shared::fault::Code;

use crate::support::{CGJ, ZJJ, a_complaint, on_each_database};

#[tokio::test]
async fn the_drawing_shows_where_a_ticket_stands_and_was() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        let first = tickets::flow(&world.dispatcher(), filed.id)
            .await
            .expect("drawn");
        assert_eq!(first.stands, ["派单"]);
        world.dispatches(&mut filed, ZJJ, &[CGJ]).await;
        let flow = tickets::flow(&world.dispatcher(), filed.id)
            .await
            .expect("drawn");
        assert_eq!(flow.stands, ["签收"]);
        let svg = flow.svg.expect("the shipped definition has a layout");
        let group = |element: &str| {
            let at = svg
                .find(&format!("data-element=\"{element}\""))
                .unwrap_or_else(|| panic!("{element} is drawn"));
            let from = svg[..at].rfind("<g class=\"").expect("its group");
            svg[from..at].to_owned()
        };
        assert!(group("sign").contains("is-here"), "{}", group("sign"));
        assert!(group("triage").contains("was-here"));
        assert!(!group("follow_up").contains("-here"));
        assert!(
            svg.contains("<g class=\"bpmn-count\">") && svg.contains(">2</text>"),
            "two units have to sign"
        );
    })
    .await;
}

#[tokio::test]
async fn the_drawing_of_a_foreign_ticket_is_not_there() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let fault = tickets::flow(&world.suzhou_dispatcher(), filed.id)
            .await
            .expect_err("another city");
        assert_eq!(fault.code, Code::NotFound);
        let fault = tickets::flow(&world.visitor(), filed.id)
            .await
            .expect_err("nobody");
        assert_eq!(fault.code, Code::SignedOut);
    })
    .await;
}
