//! `cargo xtask package`: what offices install, in one archive: program, site, an example of the configuration, a unit for systemd, how to run it.
//! Built in the release profile; nothing is in it that is not in the checkout or made from it.
//! Read next: `docs/running.md`.

use super::{Grade, server_and_site};
use crate::{
    paths::Paths,
    setup,
    shell::{must, step},
};
use anyhow::{Context, Result, ensure};
use std::{
    fs,
    path::Path,
    process::{Command, ExitCode},
};

/// Files of the checkout that go along as they are.
const PAPERS: [&str; 5] = [
    "docs/running.md",
    "docs/minsheng.service",
    "docs/openapi.json",
    "CHANGELOG.md",
    // The licence of the fonts inside the program goes wherever it goes.
    "server/print/fonts/OFL.txt",
];
/// The line of the configuration that names the site's folder, and what an installation writes there.
const SITE_ROOT: (&str, &str) = ("site-root = \"target/site\"", "site-root = \"site\"");

/// Builds and packs.
pub fn run() -> Result<ExitCode> {
    let paths = Paths::find()?;
    setup::for_build(&paths)?;
    let server = server_and_site(&paths, Grade::Release, true)?;
    let name = format!(
        "minsheng-{}-{}",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::ARCH
    );
    let folder = paths.root.join("target/package").join(&name);
    let archive = paths.root.join("target").join(format!("{name}.tar.gz"));
    step("packing", || {
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        gather(&paths, &server, &folder)?;
        let mut tar = Command::new("tar");
        tar.args(["--sort=name", "--owner=0", "--group=0", "--numeric-owner"]);
        tar.arg("-czf").arg(&archive);
        tar.arg("-C")
            .arg(paths.root.join("target/package"))
            .arg(&name);
        must(&mut tar, &paths.log("package"))
    })?;
    println!("\n  {}", archive.display());
    Ok(ExitCode::SUCCESS)
}

fn gather(paths: &Paths, server: &Path, folder: &Path) -> Result<()> {
    let beside = server.parent().context("the server lies in a folder")?;
    for name in ["minsheng", "hash.txt", "hash-staff.txt"] {
        take(&beside.join(name), &folder.join(name))?;
    }
    for paper in PAPERS {
        let name = Path::new(paper).file_name().unwrap_or_default();
        take(&paths.root.join(paper), &folder.join(name))?;
    }
    super::front::copy(
        &paths.root.join(Grade::Release.site()),
        &folder.join("site"),
    )?;
    let example = fs::read_to_string(paths.root.join("Leptos.toml"))?;
    fs::write(folder.join("Leptos.toml"), installed(&example)?)?;
    Ok(())
}

fn take(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("no {}", from.display()))?;
    Ok(())
}

/// The checkout's configuration as an installation begins with it.
fn installed(example: &str) -> Result<String> {
    ensure!(
        example.matches(SITE_ROOT.0).count() == 1,
        "Leptos.toml has no line `{}`",
        SITE_ROOT.0
    );
    Ok(example.replace(SITE_ROOT.0, SITE_ROOT.1))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_sites_folder_is_the_installations() {
        let text =
            super::installed("a = 1\nsite-root = \"target/site\" # where\n").expect("a line");
        assert_eq!(text, "a = 1\nsite-root = \"site\" # where\n");
        assert!(super::installed("a = 1\n").is_err());
    }
}
