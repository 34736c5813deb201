//! Makes photos smaller before they travel: at most 2,560 px on the longer side, JPEG, upright.
//! A photo that the browser cannot read goes as it is; the server decides.
//! Not here: sending (`upload`).

use leptos::prelude::{document, window};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap};

/// Longest side of a photo that travels, in pixels: enough to read a number plate.
const LONGEST: f64 = 2560.0;
/// Side of the preview on the tile.
const PREVIEW: f64 = 240.0;
/// Files below this size travel as they are, in bytes.
const SMALL: f64 = 600.0 * 1024.0;

/// A photo ready to travel.
pub struct Picture {
    /// What travels.
    pub body: Blob,
    /// A small `data:` picture for the tile; none when the browser cannot read the file.
    pub preview: Option<String>,
}

/// Shrinks a chosen file.
pub async fn shrink(file: &File) -> Picture {
    let original: Blob = file.clone().unchecked_into();
    let Some(bitmap) = bitmap(&original).await else {
        return Picture {
            body: original,
            preview: None,
        };
    };
    let preview =
        drawn(&bitmap, PREVIEW).and_then(|canvas| canvas.to_data_url_with_type("image/jpeg").ok());
    let large = f64::from(bitmap.width().max(bitmap.height())) > LONGEST;
    if !large && original.size() <= SMALL {
        return Picture {
            body: original,
            preview,
        };
    }
    let body = match drawn(&bitmap, LONGEST) {
        Some(canvas) => jpeg(&canvas)
            .await
            .filter(|smaller| smaller.size() < original.size()),
        None => None,
    };
    Picture {
        body: body.unwrap_or(original),
        preview,
    }
}

async fn bitmap(blob: &Blob) -> Option<ImageBitmap> {
    let promise = window().create_image_bitmap_with_blob(blob).ok()?;
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// The picture on a canvas whose longer side is at most `longest`.
fn drawn(bitmap: &ImageBitmap, longest: f64) -> Option<HtmlCanvasElement> {
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let scale = (longest / width.max(height)).min(1.0);
    let (width, height) = (
        (width * scale).round().max(1.0),
        (height * scale).round().max(1.0),
    );
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context
        .draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, width, height)
        .ok()?;
    Some(canvas)
}

async fn jpeg(canvas: &HtmlCanvasElement) -> Option<Blob> {
    let promise = js_sys::Promise::new(&mut |resolve, reject| {
        let take = Closure::once_into_js(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::NULL, &blob);
        });
        if canvas
            .to_blob_with_type_and_encoder_options(
                take.unchecked_ref(),
                "image/jpeg",
                &JsValue::from_f64(0.85),
            )
            .is_err()
        {
            let _ = reject.call0(&JsValue::NULL);
        }
    });
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}
