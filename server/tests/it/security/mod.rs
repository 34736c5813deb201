//! Attacks on every entrance, by their ids in the threat list (X-01 and so on), and the access matrix: entrances by roles by tickets.
//! Deliberately absent: attacks that have a trial elsewhere; `docs/security-trials.md` names the trial of each id.
//! Everything is made from the access table and from seeds, a small round here, the whole by `cargo xtask attack --full`. Read next: `campaign`.

mod campaign;
mod data;
mod edge;
mod entrances;
mod hostile;
mod matrix;
mod matrix_approvals;
mod matrix_wide;
mod province;
mod session;
mod timing;
mod timing_guesses;

use server::config::Settings;

use crate::support::World;

/// So many tries that no attack ends at a quota; those of quotas set their own.
fn quiet(settings: &mut Settings) {
    let limits = &mut settings.limits;
    for each in [
        &mut limits.sign_in,
        &mut limits.filing,
        &mut limits.lookup,
        &mut limits.lookup_all,
        &mut limits.drafts,
        &mut limits.photos,
    ] {
        *each = 1_000_000;
    }
}

/// Runs a story on a thread with as much stack as the program's own have: rendering pages wants more than a test's thread has.
fn deep<S, F>(story: S)
where
    S: FnOnce() -> F + Send + 'static,
    F: Future<Output = ()>,
{
    let run = move || {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_all().build().expect("a runtime");
        runtime.block_on(story());
    };
    let thread = std::thread::Builder::new().stack_size(8 << 20).spawn(run);
    let ended = thread.expect("a thread").join();
    if let Err(panic) = ended {
        std::panic::resume_unwind(panic);
    }
}

/// Runs a story on each database: on SQLite, and on PostgreSQL where a cluster is named.
fn on_each<S, F>(set: fn(&mut Settings), story: S)
where
    S: Fn(World) -> F + Send + 'static,
    F: Future<Output = ()>,
{
    deep(move || async move {
        story(World::with(set).await).await;
        if let Some(world) = World::on_postgres(set).await {
            story(world).await;
        }
    });
}
