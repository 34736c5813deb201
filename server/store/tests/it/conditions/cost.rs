//! What expressions cost: what leads them is found, whoever asks, and what they ask of each ticket stands on that way.
//! Not here: filters without expressions (`plans`), what they find (`conditions`).

use shared::access::Scope;
use store::bare::Bare;

use crate::plans::filled::{COUNT, fill, query, scans_table, scopes};
use crate::support::{NOW, World};

on_both! { no_expression_that_is_led_reads_everything }

/// Expressions that are led, as addresses.
const LED: &[&str] = &[
    "where=state in (HANDLING, TO_DISPATCH) and urges >= 1",
    "where=unit under 3201-A and not satisfaction = satisfied",
    "where=lead = 3201-A and (cycles > 0 or returns > 0)",
    "where=own.floor = 6 and returns >= 1 and accepted >= 2026-02-20 and accepted <= 2026-03-02",
    "where=accepted between 2026-02-27 and 2026-03-02 and returns >= 1",
    "where=accepted between 2026-02-27 and 2026-03-02 and (tag = repeat or external = x)",
    "where=state in (HANDLING, TO_DISPATCH) and (supervised = yes or event is not empty)",
    "where=unit under 3201-A and (handler = x or registrar = x)",
    "where=light = red and not kind = complaint",
    "where=area under 320103 and (unit = 3201-B or own.floor = 9)",
];

async fn no_expression_that_is_led_reads_everything(world: World) {
    fill(&world).await;
    let bare = Bare::of(&world.store);
    let mut dear = Vec::new();
    for (who, scope) in scopes() {
        for address in LED {
            for sort in ["-accepted_at", "accepted_at", "due_at", "-updated_at"] {
                let mut asked = query(address, sort);
                asked.filter = asked.filter.led(NOW);
                assert!(asked.filter.check_led(false).is_ok(), "{address}");
                let works = bare.work_of_list(&scope, &asked, NOW).await;
                let works = works.unwrap_or_else(|e| panic!("{who} {address} {sort}: {e}"));
                let posts = match &scope {
                    Scope::Any(posts) => posts.len() as u64,
                    _ => 1,
                };
                // What is asked of a ticket takes some turns; a look at each ticket of all would take more.
                dear.extend(
                    works
                        .iter()
                        .filter(|work| work.visited > 2 * posts * COUNT || scans_table(work))
                        .map(|work| {
                            let plan = work.plan.join("\n  ");
                            format!(
                                "{who} {address} {sort}: {}\n  {}\n  {plan}",
                                work.visited, work.sql
                            )
                        }),
                );
            }
        }
    }
    assert!(dear.is_empty(), "{} dear\n{}", dear.len(), dear.join("\n"));
}
