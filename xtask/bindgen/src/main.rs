//! wasm-bindgen as a library: from what rustc wrote to the wasm that a browser loads and the script that starts it.
//! A program of its own and no default member, so that only who builds the browser's part compiles it; style, names and packing are `xtask`'s.
//! Read next: `xtask/src/site/mod.rs`, which calls it.

use anyhow::{Context, Result, bail};
use std::{fs, path::Path};
use wasm_bindgen_cli_support::Bindgen;

/// `minsheng-bindgen IN.wasm FOLDER NAME`: writes `NAME.js`, `NAME.wasm` and what they import into the folder.
fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [input, folder, name] = words.as_slice() else {
        bail!("three words are wanted: the wasm that was compiled, a folder, a name");
    };
    let folder = Path::new(folder);
    Bindgen::new()
        .input_path(input)
        .out_name(name)
        .typescript(false)
        .web(true)?
        .generate(folder)
        .with_context(|| format!("wasm-bindgen cannot read {input}"))?;
    // Leptos asks for the wasm by the script's name.
    let (from, to) = (
        folder.join(format!("{name}_bg.wasm")),
        folder.join(format!("{name}.wasm")),
    );
    fs::rename(&from, &to).with_context(|| format!("no {}", from.display()))
}
