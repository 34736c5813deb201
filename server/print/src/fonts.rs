//! The fonts of a print: one with Chinese characters from the folders of the machine, and Latin ones out of the program.
//! Not here: a Chinese font of our own. Offices have theirs, and one with every character of people's names is half as large as the program (decision 17).
//! Looked for once; what is found stays in memory, two faces at most.

use std::{
    fs,
    path::{Path, PathBuf},
};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo, FontStyle};
use typst::utils::LazyHash;

/// What to do where no font was found, for the administrator.
pub const PACKAGES: &str = "install one (Debian, Ubuntu, UOS, Kylin: fonts-noto-cjk; openEuler, CentOS: google-noto-sans-cjk-ttc-fonts or wqy-zenhei-fonts), or put a .ttf, .otf or .ttc file into the folder fonts of the data folder";
/// Where systems keep fonts.
pub const USUAL_FOLDERS: [&str; 2] = ["/usr/share/fonts", "/usr/local/share/fonts"];

/// A font has Chinese when it has these.
const TRIAL: &str = "民声工单统计报表第页共件";
/// Families in the order in which one is taken from a folder; others come behind them by name.
const LIKED: [&str; 12] = [
    "noto serif cjk sc",
    "source han serif sc",
    "noto serif sc",
    "fangsong",
    "simsun",
    "fandolsong",
    "noto sans cjk sc",
    "source han sans sc",
    "noto sans sc",
    "wenquanyi zen hei",
    "wenquanyi micro hei",
    "droid sans fallback",
];
/// Faces of these draw some characters otherwise than the mainland does.
const ELSEWHERE: [&str; 4] = [" jp", " kr", " tc", " hk"];
/// Files of a folder and depth of folders that are looked at.
const MAX_FILES: usize = 2000;
const MAX_DEPTH: usize = 5;
/// A larger file is no font that anybody prints with.
const MAX_BYTES: u64 = 96 << 20;
/// The Latin family out of the program, under the Open Font License (`fonts/OFL.txt`).
const LATIN: &str = "Libertinus Serif";
const LATIN_FACES: [&[u8]; 2] = [
    include_bytes!("../fonts/LibertinusSerif-Regular.otf"),
    include_bytes!("../fonts/LibertinusSerif-Bold.otf"),
];

/// The fonts that a print may use.
pub struct Fonts {
    pub(crate) faces: Vec<Font>,
    pub(crate) book: LazyHash<FontBook>,
    chinese: Option<Chinese>,
}

/// The Chinese font that was found.
struct Chinese {
    family: String,
    file: PathBuf,
}

/// One face of a file, before it is taken.
struct Face {
    file: PathBuf,
    index: u32,
    family: String,
    rank: (usize, String),
    /// Distance from the usual weight, and from a bold one.
    off: (u16, u16),
    upright: bool,
}

impl Fonts {
    /// Looks through the folders in their order; the first that has a Chinese font gives it. Takes seconds where there are many fonts.
    pub fn find(folders: &[PathBuf]) -> Self {
        let mut faces: Vec<Font> = Vec::new();
        let found = folders.iter().find_map(|folder| chinese_of(folder));
        let chinese = found.map(|(family, file, fonts)| {
            faces.extend(fonts);
            Chinese { family, file }
        });
        faces.extend(
            LATIN_FACES
                .into_iter()
                .filter_map(|bytes| Font::new(Bytes::new(bytes), 0)),
        );
        let book = LazyHash::new(FontBook::from_fonts(&faces));
        Self {
            faces,
            book,
            chinese,
        }
    }

    /// Family and file of the Chinese font, if there is one.
    pub fn chinese(&self) -> Option<(&str, &Path)> {
        let found = self.chinese.as_ref()?;
        Some((&found.family, &found.file))
    }

    /// Families in the order in which a character is looked for.
    pub(crate) fn families(&self, latin_first: bool) -> Vec<&str> {
        let chinese = self.chinese.as_ref().map(|it| it.family.as_str());
        let mut families: Vec<&str> = chinese.into_iter().collect();
        families.insert(if latin_first { 0 } else { families.len() }, LATIN);
        families
    }

    /// Whether some font draws the character.
    pub(crate) fn draw(&self, sign: char) -> bool {
        let mut infos = self.faces.iter().map(Font::info);
        infos.any(|info| info.coverage.contains(u32::from(sign)))
    }
}

/// The best Chinese family below a folder: its name, the file of its regular face, and up to two faces.
fn chinese_of(folder: &Path) -> Option<(String, PathBuf, Vec<Font>)> {
    let mut files = Vec::new();
    gather(folder, 0, &mut files);
    files.sort();
    let mut faces: Vec<Face> = files.iter().flat_map(|file| faces_of(file)).collect();
    faces.sort_by(|one, two| one.rank.cmp(&two.rank));
    let family = faces.first()?.family.clone();
    faces.retain(|face| face.family == family);
    let regular = faces.iter().min_by_key(|it| (!it.upright, it.off.0))?;
    let bold = faces.iter().min_by_key(|it| (!it.upright, it.off.1))?;
    let mut fonts = vec![read(regular)?];
    if (&bold.file, bold.index) != (&regular.file, regular.index) {
        fonts.extend(read(bold));
    }
    // The trial only looked at what the file says of itself.
    Some((family, regular.file.clone(), fonts))
}

/// Font files below a folder. What cannot be read is as if it were not there.
fn gather(folder: &Path, depth: usize, into: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if into.len() >= MAX_FILES {
            return;
        }
        let Ok(about) = fs::metadata(&path) else {
            continue;
        };
        if about.is_dir() && depth < MAX_DEPTH {
            gather(&path, depth + 1, into);
        } else if about.is_file() && about.len() <= MAX_BYTES && is_font(&path) {
            into.push(path);
        }
    }
}

fn is_font(path: &Path) -> bool {
    let end = path.extension().and_then(|end| end.to_str());
    end.is_some_and(|end| {
        ["ttf", "otf", "ttc", "otc"]
            .iter()
            .any(|known| end.eq_ignore_ascii_case(known))
    })
}

/// The faces of a file that have Chinese.
fn faces_of(file: &Path) -> Vec<Face> {
    let Ok(bytes) = fs::read(file) else {
        return Vec::new();
    };
    // A number, not an iterator: places in the file must stay those of the file where a face cannot be read.
    let mut faces = Vec::new();
    for index in 0..count(&bytes) {
        let Some(info) = FontInfo::new(&bytes, index) else {
            continue;
        };
        let has = |sign: char| info.coverage.contains(u32::from(sign));
        if !TRIAL.chars().all(has) {
            continue;
        }
        let weight = info.variant.weight.to_number();
        faces.push(Face {
            file: file.to_owned(),
            index,
            rank: rank(&info.family),
            off: (weight.abs_diff(400), weight.abs_diff(700)),
            upright: info.variant.style == FontStyle::Normal,
            family: info.family,
        });
    }
    faces
}

/// How many faces a file has: a collection says so behind its mark.
fn count(bytes: &[u8]) -> u32 {
    let is_collection = bytes.starts_with(b"ttcf");
    let number = bytes.get(8..12).and_then(|four| four.try_into().ok());
    match number {
        Some(four) if is_collection => u32::from_be_bytes(four).min(64),
        _ => 1,
    }
}

/// Smaller comes first.
fn rank(family: &str) -> (usize, String) {
    let name = family.to_lowercase();
    let place = LIKED.iter().position(|liked| *liked == name);
    let elsewhere = ELSEWHERE.iter().any(|end| name.ends_with(end));
    let place = place.unwrap_or(LIKED.len() + usize::from(elsewhere));
    (place, name)
}

fn read(face: &Face) -> Option<Font> {
    let bytes = fs::read(&face.file).ok()?;
    Font::new(Bytes::new(bytes), face.index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mainlands_faces_come_first() {
        let mut names = [
            "Noto Serif CJK JP",
            "Some Song",
            "Noto Sans CJK SC",
            "Noto Serif CJK SC",
        ];
        names.sort_by_key(|name| rank(name));
        assert_eq!(
            names,
            [
                "Noto Serif CJK SC",
                "Noto Sans CJK SC",
                "Some Song",
                "Noto Serif CJK JP"
            ]
        );
    }

    #[test]
    fn a_folder_without_fonts_gives_the_programs_own() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("broken.ttf"), b"ttcf no font").expect("a file");
        fs::write(folder.path().join("note.txt"), b"words").expect("a file");
        let fonts = Fonts::find(&[folder.path().to_owned(), "/nowhere/at/all".into()]);
        assert!(fonts.chinese().is_none());
        assert!(fonts.draw('A') && !fonts.draw('民'));
        assert_eq!(fonts.families(true), [LATIN]);
        let names: Vec<_> = fonts.faces.iter().map(|it| &*it.info().family).collect();
        assert_eq!(names, [LATIN, LATIN]);
    }
}
