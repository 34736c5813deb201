//! What the template may see: itself, the values of one report, and the fonts. Nothing else is there, by construction:
//! no folder, no package, no network and no clock.

use std::sync::LazyLock;

use serde_json::Value;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};

use crate::{PrintFault, fonts::Fonts};

/// How a report looks. The one markup there is.
const TEMPLATE: &str = include_str!("report.typ");
/// The names under which the template and its values are known inside.
const NAMES: [&str; 2] = ["/report.typ", "/report.json"];

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
/// Places are kept by typst for the life of the process, so they are made once. Absent only if typst took no such name.
static FILES: LazyLock<Option<[FileId; 2]>> = LazyLock::new(|| {
    let [template, values] = NAMES.map(VirtualPath::new);
    let id = |path| RootedPath::new(VirtualRoot::Project, path).intern();
    Some([id(template.ok()?), id(values.ok()?)])
});

/// The world of one print.
pub struct Desk<'a> {
    template: Source,
    values: Bytes,
    values_id: FileId,
    fonts: &'a Fonts,
}

impl<'a> Desk<'a> {
    /// Lays out the values of one report.
    pub fn new(values: &Value, fonts: &'a Fonts) -> Result<Self, PrintFault> {
        let [template, values_id] =
            FILES.ok_or_else(|| PrintFault::Values("the names of the files".to_owned()))?;
        let bytes =
            serde_json::to_vec(values).map_err(|error| PrintFault::Values(error.to_string()))?;
        Ok(Self {
            template: Source::new(template, TEMPLATE.to_owned()),
            values: Bytes::new(bytes),
            values_id,
            fonts,
        })
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() {
            Ok(self.template.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.values_id {
            Ok(self.values.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.faces.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
