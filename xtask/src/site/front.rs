//! The browser's part: wasm by cargo, its script by our small wasm-bindgen, style and small scripts by esbuild, wasm-opt by binaryen.
//! Twice, for citizens and for the staff, as the tables `[[workspace.metadata.leptos]]` of the root `Cargo.toml` say (decision 5).
//! Read next: `names.rs` (hashed names), `xtask/bindgen`, decision 8.

use super::{Grade, cargo, names};
use crate::{
    paths::Paths,
    shell::{ask, must, must_say},
};
use anyhow::{Context, Result};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const TARGET: &str = "wasm32-unknown-unknown";
/// The oldest browsers whose words the style may be put into; older ones lack `:has()`.
const BROWSERS: &str = "--target=chrome105,firefox121,safari15.4";

/// One table of `[[workspace.metadata.leptos]]`.
struct Project {
    package: String,
    features: Vec<String>,
    /// What the files are called before their hash.
    name: String,
    /// The folder of the files in the site.
    folder: String,
    style: String,
    /// Static files that are copied as they are.
    assets: Option<String>,
    /// The list of hashes beside the server.
    hashes: String,
    /// The profile of what offices install.
    profile: String,
    optimise: Vec<String>,
}

/// Builds both projects into the grade's site.
pub fn build(paths: &Paths, grade: Grade, log: &Path) -> Result<()> {
    let projects = projects(paths)?;
    let bindgen = bindgen(paths, log)?;
    // Beside the site until all is there: one that is being served stays whole.
    let (site, new) = (paths.root.join(grade.site()), fresh(paths, grade)?);
    for project in &projects {
        let front = Front {
            paths,
            grade,
            project,
            log,
        };
        front.build(&bindgen, &new)?;
    }
    if grade == Grade::Release {
        pack(&new, paths, log)?;
    }
    fs::remove_dir_all(&site).ok();
    fs::rename(&new, &site).with_context(|| format!("cannot make {}", site.display()))
}

/// Whether the files that the lists of hashes name are in the site.
pub fn is_built(paths: &Paths, grade: Grade) -> bool {
    projects(paths).is_ok_and(|projects| {
        projects.iter().all(|project| {
            let list = paths.server(grade.folder()).with_file_name(&project.hashes);
            let folder = paths.root.join(grade.site()).join(&project.folder);
            names::are_there(&list, &folder, &project.name)
        })
    })
}

/// The tables as cargo reads them.
fn projects(paths: &Paths) -> Result<Vec<Project>> {
    let mut metadata = cargo(paths)?;
    metadata.args(["metadata", "--no-deps", "--format-version", "1"]);
    let text = ask(&mut metadata).context("`cargo metadata` fails")?;
    let metadata: Value = serde_json::from_str(&text)?;
    let tables = metadata["metadata"]["leptos"].as_array();
    let tables = tables.context("Cargo.toml has no [[workspace.metadata.leptos]]")?;
    tables.iter().map(Project::read).collect()
}

impl Project {
    fn read(table: &Value) -> Result<Self> {
        let word = |key: &str| {
            let value = table[key].as_str().map(str::to_owned);
            value.with_context(|| format!("[[workspace.metadata.leptos]] lacks {key}"))
        };
        let words = |key: &str| {
            let list = table[key].as_array().into_iter().flatten();
            list.filter_map(|word| word.as_str().map(str::to_owned))
                .collect()
        };
        Ok(Self {
            package: word("lib-package")?,
            features: words("lib-features"),
            name: word("output-name")?,
            folder: word("site-pkg-dir")?,
            style: word("style-file")?,
            assets: word("assets-dir").ok(),
            hashes: word("hash-file-name").unwrap_or_else(|_| "hash.txt".to_owned()),
            profile: word("lib-profile-release")?,
            optimise: words("wasm-opt-features"),
        })
    }
}

/// One project being built.
struct Front<'a> {
    paths: &'a Paths,
    grade: Grade,
    project: &'a Project,
    log: &'a Path,
}

impl Front<'_> {
    fn build(&self, bindgen: &Path, site: &Path) -> Result<()> {
        let project = self.project;
        let folder = site.join(&project.folder);
        fs::create_dir_all(&folder)?;
        if let Some(assets) = &project.assets {
            copy(&self.paths.root.join(assets), site)?;
        }
        let wasm = self.compile()?;
        let mut bind = Command::new(bindgen);
        bind.arg(wasm).arg(&folder).arg(&project.name);
        must(&mut bind, self.log)?;
        self.style(&folder)?;
        if self.grade == Grade::Release {
            self.optimise(&folder)?;
        }
        let hashes = names::hash(&folder, &project.name)?;
        let list = self.paths.server(self.grade.folder());
        fs::create_dir_all(list.parent().unwrap_or(&list))?;
        fs::write(list.with_file_name(&project.hashes), hashes)?;
        Ok(())
    }

    /// The wasm of this project. Cargo has one file for both, and calls a project fresh when the other one has written it last; so each has a copy.
    fn compile(&self) -> Result<PathBuf> {
        let (profile, folder) = match self.grade {
            Grade::Test => ("dev", "debug"),
            Grade::Run => ("quick", "quick"),
            Grade::Release => (&*self.project.profile, &*self.project.profile),
        };
        let library = self.project.package.replace('-', "_");
        let built = self.paths.target.join(TARGET).join(folder);
        let (file, copy) = (
            built.join(format!("{library}.wasm")),
            built.join(format!("{library}.{}.wasm", self.project.name)),
        );
        if !copy.is_file() || is_foreign(&file, &library) {
            // What is not there is made anew.
            fs::remove_file(built.join(format!("deps/{library}.wasm"))).ok();
        }
        if !self.cargo(profile)? {
            fs::copy(&file, &copy).with_context(|| format!("no {}", file.display()))?;
        }
        Ok(copy)
    }

    /// Compiles; true when cargo says that nothing was to do.
    fn cargo(&self, profile: &str) -> Result<bool> {
        let project = self.project;
        let mut build = cargo(self.paths)?;
        build.args(["build", "--locked", "--lib", "--target", TARGET]);
        build.args(["--package", &project.package, "--profile", profile]);
        build.args(["--features", &project.features.join(",")]);
        build.arg("--message-format=json-render-diagnostics");
        let messages = must_say(&mut build, self.log)?;
        let ours = |line: &&str| {
            line.contains("\"reason\":\"compiler-artifact\"") && line.contains("\"cdylib\"")
        };
        let last = messages.lines().rfind(ours);
        Ok(last.is_some_and(|line| line.contains("\"fresh\":true")))
    }

    fn style(&self, folder: &Path) -> Result<()> {
        let out = folder.join(format!("{}.css", self.project.name));
        let mut style = self.esbuild();
        style.arg(&self.project.style).args(["--bundle", BROWSERS]);
        style.arg(format!("--outfile={}", out.display()));
        if self.grade == Grade::Release {
            style.arg("--minify");
        }
        must(&mut style, self.log)
    }

    /// Smaller files that do the same.
    fn optimise(&self, folder: &Path) -> Result<()> {
        let [wasm, script] =
            ["wasm", "js"].map(|end| folder.join(format!("{}.{end}", self.project.name)));
        let mut optimise = Command::new(self.tool("wasm-opt"));
        optimise.args(&self.project.optimise);
        optimise.arg(&wasm).arg("-o").arg(&wasm);
        must(&mut optimise, self.log)?;
        let mut shorten = self.esbuild();
        shorten.arg(&script).args(["--minify", "--format=esm"]);
        shorten.arg("--allow-overwrite");
        shorten.arg(format!("--outfile={}", script.display()));
        must(&mut shorten, self.log)
    }

    fn esbuild(&self) -> Command {
        let mut esbuild = Command::new(self.tool("esbuild"));
        esbuild
            .current_dir(&self.paths.root)
            .arg("--log-level=warning");
        esbuild
    }

    fn tool(&self, name: &str) -> PathBuf {
        self.paths.end2end.join("node_modules/.bin").join(name)
    }
}

/// Whether somebody else than we (plain cargo, cargo-leptos) wrote the file: then nobody knows which project it is.
fn is_foreign(file: &Path, library: &str) -> bool {
    let changed = |path: &Path| fs::metadata(path).and_then(|meta| meta.modified()).ok();
    let Some(folder) = file.parent() else {
        return false;
    };
    let beside = fs::read_dir(folder).into_iter().flatten().flatten();
    let copies = beside.map(|entry| entry.path()).filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        path != file && name.starts_with(library) && name.ends_with(".wasm")
    });
    changed(file) > copies.filter_map(|copy| changed(&copy)).max()
}

/// The small wasm-bindgen, compiled like the tests' libraries: it runs for seconds.
fn bindgen(paths: &Paths, log: &Path) -> Result<PathBuf> {
    let mut build = cargo(paths)?;
    build.args(["build", "--locked", "--package", "minsheng-bindgen"]);
    must(&mut build, log)?;
    Ok(paths.program("debug", "minsheng-bindgen"))
}

/// An empty folder beside the grade's site.
fn fresh(paths: &Paths, grade: Grade) -> Result<PathBuf> {
    let folder = paths.root.join(format!("{}.new", grade.site()));
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

/// Lays a `.br` and a `.gz` beside each file, as the server hands them out.
fn pack(site: &Path, paths: &Paths, log: &Path) -> Result<()> {
    let mut pack = Command::new("node");
    pack.arg(paths.root.join("xtask/src/site/pack.mjs"))
        .arg(site);
    must(&mut pack, log)
}

/// A folder with everything below it.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("no {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_table_is_read_and_what_lacks_is_named() {
        let mut table = json!({
            "lib-package": "web", "output-name": "staff", "site-pkg-dir": "pkg-staff", "style-file": "style/main.css",
            "lib-profile-release": "wasm-release", "lib-features": ["staff"]
        });
        let project = Project::read(&table).expect("a whole table");
        assert_eq!(project.features, ["staff"]);
        assert_eq!(project.hashes, "hash.txt");
        assert_eq!(project.assets, None);
        table["style-file"] = Value::Null;
        let error = Project::read(&table).err().expect("no style").to_string();
        assert!(error.contains("style-file"), "{error}");
    }
}
