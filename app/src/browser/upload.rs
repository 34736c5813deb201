//! Uploads one photo with progress to `/photos/draft/{draft}`; only XMLHttpRequest reports the progress of an upload.
//! The answer is the photo's `AttachmentView` as JSON, or a `Fault`.
//! Not here: shrinking (`picture`), the tiles (`pages::citizen::file::photos`).

use leptos::prelude::{Callable, Callback};
use shared::fault::{Code, Fault};
use shared::ids::DraftId;
use shared::ticket::view::AttachmentView;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, FormData, ProgressEvent, XmlHttpRequest};

/// Sends a photo; `progress` is told percent.
pub async fn upload(
    draft: DraftId,
    name: &str,
    body: &Blob,
    progress: Callback<i32>,
) -> Result<AttachmentView, Fault> {
    let lost = |_: JsValue| Fault::new(Code::Offline);
    let request = XmlHttpRequest::new().map_err(lost)?;
    request
        .open("POST", &format!("/photos/draft/{draft}"))
        .map_err(lost)?;
    request
        .set_request_header("accept", "application/json")
        .map_err(lost)?;
    let on_progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() && event.total() > 0.0 {
            progress.run((event.loaded() * 100.0 / event.total()) as i32);
        }
    });
    request
        .upload()
        .map_err(lost)?
        .set_onprogress(Some(on_progress.as_ref().unchecked_ref()));
    let form = FormData::new().map_err(lost)?;
    form.append_with_blob_and_filename("photo", body, name)
        .map_err(lost)?;
    let ended = js_sys::Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    request.send_with_opt_form_data(Some(&form)).map_err(lost)?;
    let _ = JsFuture::from(ended).await;
    request.upload().map_err(lost)?.set_onprogress(None);
    drop(on_progress);
    answer(&request)
}

fn answer(request: &XmlHttpRequest) -> Result<AttachmentView, Fault> {
    let status = request.status().unwrap_or(0);
    let text = request.response_text().ok().flatten().unwrap_or_default();
    if (200..300).contains(&status) {
        serde_json::from_str(&text).map_err(|_| Fault::new(Code::Broken))
    } else {
        // Status 0: the connection was lost on the way.
        Err(serde_json::from_str(&text).unwrap_or_else(|_| {
            Fault::new(match status {
                413 => Code::PhotoTooLarge,
                0 => Code::Offline,
                _ => Code::Busy,
            })
        }))
    }
}
