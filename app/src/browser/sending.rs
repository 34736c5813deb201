//! Sends one file in parts: what is safe on the server is asked for after a broken line, and the file goes on from there.
//! Only XMLHttpRequest reports the progress of an upload. Not here: what the reader sees of it (`components::files::sending`).
//! A part is small enough to be lost, and large enough that asking costs nothing.

use leptos::prelude::*;
use shared::fault::{Code, Fault};
use shared::file::{BeginUpload, Hook, UploadSent, UploadView};
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, ProgressEvent, XmlHttpRequest};

use super::pause;

/// Bytes of a part.
const PART: f64 = 4.0 * 1024.0 * 1024.0;
/// How often in a row the line may be lost before the file is given up; the pauses between grow to half a minute.
const TRIES: u32 = 30;
const FIRST_PAUSE: u32 = 500;
const LONGEST_PAUSE: u32 = 30_000;

/// How a file's journey stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// Percent that are on their way or there.
    Sending(f64),
    /// The line is lost; tried again by itself.
    Waiting(f64),
}

/// A file on its way.
pub struct Journey {
    /// Raised when the reader wants it no more.
    pub stop: RwSignal<bool>,
    /// Is told how it stands.
    pub told: Callback<Told>,
}

/// What was answered.
struct Answer {
    status: u16,
    text: String,
    offset: Option<f64>,
}

impl Answer {
    /// Whether the same again may do better.
    const fn is_passing(&self) -> bool {
        matches!(self.status, 0 | 408 | 429 | 500..=599)
    }

    fn fault(&self) -> Fault {
        serde_json::from_str(&self.text).unwrap_or_else(|_| {
            Fault::new(match self.status {
                0 => Code::Offline,
                413 => Code::BodyTooLarge,
                _ => Code::Busy,
            })
        })
    }
}

impl Journey {
    fn is_stopped(&self) -> bool {
        // A tile that is gone wants nothing any more.
        self.stop.try_get_untracked().unwrap_or(true)
    }

    fn tell(&self, told: Told) {
        self.told.try_run(told);
    }

    /// Sends the file; whether it came to its end, or was stopped.
    pub async fn send(&self, hook: Hook, file: &File) -> Result<bool, Fault> {
        let wanted = BeginUpload {
            hook,
            name: file.name(),
            size: file.size() as i64,
        };
        let wanted = serde_json::to_string(&wanted).map_err(|_| Fault::new(Code::Broken))?;
        let begun = self.patient("POST", "/files/uploads", &wanted).await?;
        let Some(begun) = begun else { return Ok(false) };
        let upload: UploadView =
            serde_json::from_str(&begun.text).map_err(|_| Fault::new(Code::Broken))?;
        let path = format!("/files/uploads/{}", upload.id);
        let ended = self.parts(&path, file).await;
        if !matches!(ended, Ok(true)) {
            // Given up: what is there goes at once, or by itself when the line is lost.
            let _ = call("DELETE", &path, Body::Nothing, None).await;
        }
        ended
    }

    /// The parts one after the other, from where the upload stands.
    async fn parts(&self, path: &str, file: &File) -> Result<bool, Fault> {
        let size = file.size();
        let (mut offset, mut lost) = (0.0_f64, 0);
        loop {
            if self.is_stopped() {
                return Ok(false);
            }
            let end = (offset + PART).min(size);
            let part = file.slice_with_f64_and_f64(offset, end);
            let part = part.map_err(|_| Fault::new(Code::InputBody))?;
            let answer = self.part(path, &part, (offset, size)).await;
            if answer.status == 200 {
                lost = 0;
                let sent: UploadSent =
                    serde_json::from_str(&answer.text).map_err(|_| Fault::new(Code::Broken))?;
                if sent.file.is_some() {
                    return Ok(true);
                }
                offset = sent.upload.offset as f64;
                continue;
            }
            let fault = answer.fault();
            let elsewhere = matches!(
                fault.code,
                Code::FileOffset | Code::FileHeld | Code::InputBody
            );
            lost += 1;
            if self.is_stopped() {
                return Ok(false);
            }
            if lost > TRIES || !(answer.is_passing() || elsewhere) {
                return Err(fault);
            }
            self.tell(Told::Waiting(offset * 100.0 / size));
            pause(longer(lost)).await;
            // Where it stands is what counts, not what was sent.
            let stands = call("HEAD", path, Body::Nothing, None).await;
            match stands.offset {
                Some(stands) => offset = stands,
                None if stands.is_passing() => {}
                None => return Err(stands.fault()),
            }
        }
    }

    async fn part(&self, path: &str, part: &Blob, (offset, size): (f64, f64)) -> Answer {
        let (stop, told) = (self.stop, self.told);
        let progress = Callback::new(move |(loaded, request): (f64, XmlHttpRequest)| {
            if stop.try_get_untracked().unwrap_or(true) {
                let _ = request.abort();
            }
            told.try_run(Told::Sending((offset + loaded) * 100.0 / size));
        });
        self.tell(Told::Sending(offset * 100.0 / size));
        call("PATCH", path, Body::Part(part, offset), Some(progress)).await
    }

    /// A call that is tried again while the line is lost; nothing when the reader wants it no more.
    async fn patient(&self, method: &str, path: &str, json: &str) -> Result<Option<Answer>, Fault> {
        let mut lost = 0;
        loop {
            if self.is_stopped() {
                return Ok(None);
            }
            let answer = call(method, path, Body::Json(json), None).await;
            if (200..300).contains(&answer.status) {
                return Ok(Some(answer));
            }
            lost += 1;
            if lost > TRIES || answer.status != 0 {
                return Err(answer.fault());
            }
            self.tell(Told::Waiting(0.0));
            pause(longer(lost)).await;
        }
    }
}

/// Half a second, then twice as long each time.
fn longer(lost: u32) -> u32 {
    (FIRST_PAUSE << lost.min(6)).min(LONGEST_PAUSE)
}

/// What a call carries.
enum Body<'a> {
    Nothing,
    Json(&'a str),
    /// A part, and where it begins.
    Part(&'a Blob, f64),
}

type Progress = Callback<(f64, XmlHttpRequest)>;

/// One call; status 0 when the line was lost.
async fn call(method: &str, path: &str, body: Body<'_>, progress: Option<Progress>) -> Answer {
    asked(method, path, body, progress)
        .await
        .unwrap_or_else(|_| Answer {
            status: 0,
            text: String::new(),
            offset: None,
        })
}

async fn asked(
    method: &str,
    path: &str,
    body: Body<'_>,
    progress: Option<Progress>,
) -> Result<Answer, JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open(method, path)?;
    request.set_request_header("accept", "application/json")?;
    let heard = progress.map(|progress| {
        let on = request.clone();
        Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
            progress.try_run((event.loaded(), on.clone()));
        })
    });
    if let Some(heard) = &heard {
        request
            .upload()?
            .set_onprogress(Some(heard.as_ref().unchecked_ref()));
    }
    let ended = js_sys::Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    match body {
        Body::Nothing => request.send()?,
        Body::Json(json) => {
            request.set_request_header("content-type", "application/json")?;
            request.send_with_opt_str(Some(json))?;
        }
        Body::Part(part, offset) => {
            request.set_request_header("content-type", "application/offset+octet-stream")?;
            request.set_request_header("upload-offset", &format!("{offset:.0}"))?;
            request.send_with_opt_blob(Some(part))?;
        }
    }
    let _ = JsFuture::from(ended).await;
    request.upload()?.set_onprogress(None);
    drop(heard);
    let offset = request.get_response_header("upload-offset").ok().flatten();
    Ok(Answer {
        status: request.status().unwrap_or(0),
        text: request.response_text().ok().flatten().unwrap_or_default(),
        offset: offset.and_then(|offset| offset.parse().ok()),
    })
}
