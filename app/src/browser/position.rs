//! Where the reader is, if they allow it; asked only by the button.
//! The browser gives WGS-84; the ticket keeps GCJ-02, as every Chinese map does, so the point is converted here.
//! Not here: which division the point lies in (the lists above it say so).

// The browser's own functions: those of Rust bring tables of numbers along, which every phone would load.
use js_sys::Math::{cos, sin};
use leptos::prelude::window;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Position, PositionOptions};

/// Longitude and latitude in degrees (GCJ-02), and the accuracy in metres; nothing when it is refused or takes over 15 seconds.
pub async fn position() -> Option<(f64, f64, f64)> {
    let geolocation = window().navigator().geolocation().ok()?;
    let promise = js_sys::Promise::new(&mut |resolve, reject| {
        let found = Closure::once_into_js(move |position: JsValue| {
            let _ = resolve.call1(&JsValue::NULL, &position);
        });
        let options = PositionOptions::new();
        options.set_timeout(15_000);
        options.set_enable_high_accuracy(true);
        let _ = geolocation.get_current_position_with_error_callback_and_options(
            found.unchecked_ref(),
            Some(&reject),
            &options,
        );
    });
    let position: Position = JsFuture::from(promise).await.ok()?.unchecked_into();
    let coordinates = position.coords();
    let (lon, lat) = to_gcj02(coordinates.longitude(), coordinates.latitude());
    Some((lon, lat, coordinates.accuracy()))
}

/// Degrees with six decimals, about a tenth of a metre.
pub fn degrees(value: f64) -> String {
    let text = js_sys::Number::from(value).to_fixed(6);
    text.map(String::from).unwrap_or_default()
}

/// The public approximation of the shift between WGS-84 and GCJ-02; good to a few metres inside China.
fn to_gcj02(lon: f64, lat: f64) -> (f64, f64) {
    use std::f64::consts::PI;

    if !(72.004..=137.8347).contains(&lon) || !(0.8293..=55.8271).contains(&lat) {
        return (lon, lat);
    }
    let (x, y) = (lon - 105.0, lat - 35.0);
    let wave = (20.0 * sin(6.0 * x * PI) + 20.0 * sin(2.0 * x * PI)) * 2.0 / 3.0;
    let mut d_lat =
        -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * x.abs().sqrt() + wave;
    d_lat += (20.0 * sin(y * PI) + 40.0 * sin(y / 3.0 * PI)) * 2.0 / 3.0;
    d_lat += (160.0 * sin(y / 12.0 * PI) + 320.0 * sin(y * PI / 30.0)) * 2.0 / 3.0;
    let mut d_lon = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * x.abs().sqrt() + wave;
    d_lon += (20.0 * sin(x * PI) + 40.0 * sin(x / 3.0 * PI)) * 2.0 / 3.0;
    d_lon += (150.0 * sin(x / 12.0 * PI) + 300.0 * sin(x / 30.0 * PI)) * 2.0 / 3.0;
    // Krasovsky 1940, which GCJ-02 is based on: semi-major axis in metres and eccentricity squared.
    let (axis, eccentricity) = (6_378_245.0, 0.006_693_421_622_965_943);
    let radians = lat / 180.0 * PI;
    let magic = 1.0 - eccentricity * sin(radians) * sin(radians);
    let root = magic.sqrt();
    let lat_shift = d_lat * 180.0 / ((axis * (1.0 - eccentricity)) / (magic * root) * PI);
    let lon_shift = d_lon * 180.0 / (axis / root * cos(radians) * PI);
    (lon + lon_shift, lat + lat_shift)
}
