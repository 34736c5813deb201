//! `minsheng serve`: pages, REST and jobs until SIGTERM or Ctrl-C.
//! Deliberately absent: what is served (`web`).
//! A database without accounts prints a one-time set-up link.

use std::{net::SocketAddr, process::ExitCode, time::Duration};

use anyhow::Context;
use clap::Args;
use services::{Services, jobs, sessions};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tokio_util::sync::CancellationToken;

use super::said;
use crate::{
    boot,
    config::Settings,
    web::{self, Web, listen},
};

/// Serve pages and programs until SIGTERM or Ctrl-C
///
/// Takes no new connection after the signal, finishes what it has begun (drain-seconds), and ends with exit code 0.
/// A second server on the same SQLite file is refused. While nobody has an account, the start prints a link that makes the first one.
#[derive(Debug, Args)]
pub struct Serve {
    /// Address and port; wins over site-addr and LEPTOS_SITE_ADDR. Port 0 takes any free port
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
}

impl Serve {
    /// Serves until told to stop.
    pub async fn run(self, mut settings: Settings) -> anyhow::Result<ExitCode> {
        if let Some(address) = self.listen {
            settings.site.addr = address;
        }
        let listener = TcpListener::bind(settings.site.addr)
            .await
            .with_context(|| format!("cannot listen on {}", settings.site.addr))?;
        settings.site.addr = listener.local_addr()?;
        let services = boot::begin(&settings, true).await?;
        web::recorder();
        let stop = CancellationToken::new();
        stop_at_signal(&stop)?;
        // A ticket in a month that nobody made would keep it from being made.
        jobs::make_months(&services).await;
        let jobs = jobs::spawn(&services, stop.child_token());
        announce(&services, &settings).await?;
        let state = Web::new(services.clone(), settings.clone(), stop.clone());
        forget_quiet_addresses(&state, stop.clone());
        listen::serve(listener, web::router(state), &settings.web, stop.clone()).await?;
        stop.cancel();
        // The jobs finish their transaction; what they have not begun waits for the next start.
        if tokio::time::timeout(Duration::from_secs(10), jobs)
            .await
            .is_err()
        {
            tracing::warn!("the jobs did not end in time");
        }
        services.store().close().await?;
        tracing::info!("stopped");
        Ok(ExitCode::SUCCESS)
    }
}

async fn announce(services: &Services, settings: &Settings) -> anyhow::Result<()> {
    let address = settings.site.addr;
    let database = settings.database_shown();
    tracing::info!(%address, database, "serving");
    println!("http://{address}");
    if settings.site.hash_files && !settings.leptos().hash_files {
        tracing::warn!(
            "hash.txt does not lie beside the program: pages will not find their script and style"
        );
    }
    if let Some(token) = sessions::set_up_token(services)
        .await
        .map_err(|fault| said(&fault))?
    {
        println!("Nobody has an account yet. Make the first one here, once:");
        println!("{}/set-up?token={token}", settings.public_url());
    }
    Ok(())
}

/// SIGTERM and Ctrl-C both ask to stop; a second signal ends the process at once.
fn stop_at_signal(stop: &CancellationToken) -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let stop = stop.clone();
    tokio::spawn(async move {
        let mut asked = false;
        loop {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            if asked {
                std::process::exit(1);
            }
            asked = true;
            tracing::info!("told to stop; finishing what has begun");
            stop.cancel();
        }
    });
    Ok(())
}

fn forget_quiet_addresses(web: &Web, stop: CancellationToken) {
    let services = web.services.clone();
    tokio::spawn(async move {
        let mut minute = tokio::time::interval(Duration::from_mins(1));
        loop {
            tokio::select! {
                _ = minute.tick() => services.tries().forget(),
                () = stop.cancelled() => break,
            }
        }
    });
}
