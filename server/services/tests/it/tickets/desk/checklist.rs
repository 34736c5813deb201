//! What the closing reviewer ticks of the office's checklist stands in the history with its words; an item that there is not is refused.

use services::tickets;
use shared::command::Version;
use shared::fault::Code;
use shared::ticket::Verb;
use shared::ticket::verbs::Review;

use crate::support::{Filed, World, ZJJ, a_complaint, on_each_database, said};

async fn answered(world: &World) -> Filed {
    let mut filed = world.takes_call(a_complaint()).await;
    world.dispatches(&mut filed, ZJJ, &[]).await;
    world.unit_answers(&mut filed, ZJJ).await;
    filed
}

fn passing(filed: &Filed, checked: &[&str]) -> Review {
    Review {
        version: Version(filed.version),
        pass: true,
        opinion: None,
        cause: None,
        checked: checked.iter().map(said).collect(),
    }
}

#[tokio::test]
async fn what_is_ticked_is_kept_with_the_review() {
    on_each_database(|world: World| async move {
        let filed = answered(&world).await;
        let reviewer = world.reviewer();
        let seen = tickets::get(&reviewer, filed.id).await.expect("seen");
        let codes: Vec<&str> = seen.checklist.iter().map(|it| it.code.as_str()).collect();
        assert!(codes.contains(&"basis") && codes.contains(&"contact"));
        let unknown = passing(&filed, &["nothing"]);
        let refused = tickets::act(&reviewer, filed.id, unknown).await;
        let refused = refused.expect_err("unknown");
        assert_eq!(refused.fields[0].field, "checked");
        assert_eq!(refused.fields[0].code, Code::InputCode);

        let ticked = passing(&filed, &["basis", "contact"]);
        let done = tickets::act(&reviewer, filed.id, ticked).await;
        done.expect("passed");
        let history = tickets::history(&reviewer, filed.id).await.expect("seen");
        let line = history.iter().find(|line| line.verb == Verb::Review);
        let facts = &line.expect("the review").facts;
        assert_eq!(facts["checked"], "basis,contact");
        assert!(facts["checked_zh"].contains("政策法规依据"));
        assert!(facts["missed_zh"].contains("推诿"));
    })
    .await;
}
