//! One photo: is it one, is it of a sane size, and the clean copy that is kept instead of what came in.
//! Decoding and encoding again leaves out everything that is not a pixel: position, camera, hidden files.
//! Blocking work; `photos::upload` calls it off the async threads. Not here: files and rows.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use shared::fault::Code;

/// Most pixels on one side.
pub const MAX_SIDE: u32 = 12_000;
/// Most pixels together.
pub const MAX_PIXELS: u64 = 50_000_000;
/// Memory that one decoding may take; 50 megapixels with four channels need 200 MB.
const MAX_ALLOC: u64 = 256 * 1024 * 1024;
/// The longer side of what is kept. Print at 300 dpi on A4 needs 3,508.
const KEPT_SIDE: u32 = 4096;
/// The longer side of the small picture in lists.
const THUMBNAIL_SIDE: u32 = 320;
/// A larger PNG without transparency is kept as JPEG.
const MAX_PNG: usize = 4 * 1024 * 1024;
const QUALITY: u8 = 85;
const THUMBNAIL_QUALITY: u8 = 78;

/// A photo ready to be kept.
#[derive(Debug)]
pub struct Clean {
    /// `image/jpeg` or `image/png`.
    pub media_type: &'static str,
    /// The file itself.
    pub bytes: Vec<u8>,
    /// A small JPEG.
    pub thumbnail: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

/// What the first bytes say that the file is; the name and the sender's media type count for nothing.
pub fn sniff(start: &[u8]) -> Option<ImageFormat> {
    match start {
        [0xFF, 0xD8, 0xFF, ..] => Some(ImageFormat::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some(ImageFormat::Png),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some(ImageFormat::WebP),
        _ => None,
    }
}

/// Checks and cleans a photo. `photo.type` when it is none, `photo.dimensions` when it is too large to be opened.
pub fn clean(bytes: &[u8]) -> Result<Clean, Code> {
    let format = sniff(bytes).ok_or(Code::PhotoType)?;
    let picture = shrink(decode(bytes, format)?);
    let (width, height) = (picture.width(), picture.height());
    let thumbnail = jpeg(
        &picture.thumbnail(THUMBNAIL_SIDE, THUMBNAIL_SIDE),
        THUMBNAIL_QUALITY,
    )?;
    let (media_type, bytes) = encode(picture, format)?;
    Ok(Clean {
        media_type,
        bytes,
        thumbnail,
        width,
        height,
    })
}

/// One decoder reads the head, is asked how large the picture is, and only then gets the memory for it.
fn decode(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, Code> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOC);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| code(&error))?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(Code::PhotoType);
    }
    if width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Code::PhotoDimensions);
    }
    if decoder.total_bytes() > MAX_ALLOC {
        return Err(Code::PhotoDimensions);
    }
    // The one fact of the metadata that belongs to the picture: which side is up.
    let orientation = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| code(&error))?;
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    Ok(picture)
}

fn code(error: &image::ImageError) -> Code {
    match error {
        image::ImageError::Limits(_) => Code::PhotoDimensions,
        _ => Code::PhotoType,
    }
}

fn shrink(picture: DynamicImage) -> DynamicImage {
    if picture.width() <= KEPT_SIDE && picture.height() <= KEPT_SIDE {
        return picture;
    }
    // Averages whole pixels in integers; `resize` would need three times the memory.
    picture.thumbnail(KEPT_SIDE, KEPT_SIDE)
}

fn encode(picture: DynamicImage, from: ImageFormat) -> Result<(&'static str, Vec<u8>), Code> {
    if from == ImageFormat::Jpeg || !is_transparent(&picture) && from == ImageFormat::WebP {
        return Ok(("image/jpeg", jpeg(&picture, QUALITY)?));
    }
    let picture = if is_transparent(&picture) {
        DynamicImage::ImageRgba8(picture.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(picture.into_rgb8())
    };
    let mut bytes = Vec::new();
    picture
        .write_with_encoder(PngEncoder::new(&mut bytes))
        .map_err(|error| code(&error))?;
    if bytes.len() > MAX_PNG {
        return Ok(("image/jpeg", jpeg(&picture, QUALITY)?));
    }
    Ok(("image/png", bytes))
}

fn is_transparent(picture: &DynamicImage) -> bool {
    picture.color().has_alpha() && picture.to_rgba8().pixels().any(|pixel| pixel.0[3] != 255)
}

/// A JPEG; transparent parts become white.
fn jpeg(picture: &DynamicImage, quality: u8) -> Result<Vec<u8>, Code> {
    let flat = if picture.color().has_alpha() {
        flatten(picture)
    } else {
        picture.to_rgb8()
    };
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode_image(&flat)
        .map_err(|error| code(&error))?;
    Ok(bytes)
}

fn flatten(picture: &DynamicImage) -> image::RgbImage {
    let source = picture.to_rgba8();
    image::RgbImage::from_fn(source.width(), source.height(), |x, y| {
        let [red, green, blue, alpha] = source.get_pixel(x, y).0.map(u32::from);
        let over_white = |channel: u32| {
            u8::try_from((channel * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
        };
        image::Rgb([over_white(red), over_white(green), over_white(blue)])
    })
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage, Rgba, RgbaImage};

    use super::*;

    fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).expect("encodes");
        bytes.into_inner()
    }

    fn street(width: u32, height: u32) -> DynamicImage {
        DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| {
            Rgb([(x % 256) as u8, (y % 256) as u8, 90])
        }))
    }

    /// A JPEG with an EXIF block: position of 32° N, and turned by 90°.
    fn with_position(jpeg: &[u8]) -> Vec<u8> {
        let mut tiff: Vec<u8> = b"MM\0\x2a\0\0\0\x08".to_vec();
        tiff.extend(2_u16.to_be_bytes());
        tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]);
        tiff.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
        tiff.extend(0_u32.to_be_bytes());
        tiff.extend(1_u16.to_be_bytes());
        tiff.extend([0x00, 0x01, 0, 2, 0, 0, 0, 2, b'N', 0, 0, 0]);
        tiff.extend(0_u32.to_be_bytes());
        let mut exif = b"Exif\0\0".to_vec();
        exif.extend(&tiff);
        exif.extend(b"GPSCANARY32.0603N118.7969E");
        let mut out = jpeg[..2].to_vec();
        out.extend([0xFF, 0xE1]);
        out.extend(u16::try_from(exif.len() + 2).expect("small").to_be_bytes());
        out.extend(exif);
        out.extend(&jpeg[2..]);
        out
    }

    fn has(haystack: &[u8], needle: &[u8]) -> bool {
        haystack
            .windows(needle.len())
            .any(|window| window == needle)
    }

    #[test]
    fn the_position_is_gone_and_the_right_side_is_up() {
        let photo = with_position(&written(&street(64, 32), ImageFormat::Jpeg));
        assert!(has(&photo, b"GPSCANARY"));
        let clean = clean(&photo).expect("a photo");
        assert_eq!(
            (clean.media_type, clean.width, clean.height),
            ("image/jpeg", 32, 64)
        );
        for bytes in [&clean.bytes, &clean.thumbnail] {
            assert!(!has(bytes, b"GPSCANARY") && !has(bytes, b"Exif"));
        }
    }

    #[test]
    fn all_three_formats_are_kept_as_clean_files() {
        for (format, kept) in [
            (ImageFormat::Jpeg, "image/jpeg"),
            (ImageFormat::Png, "image/png"),
            (ImageFormat::WebP, "image/jpeg"),
        ] {
            let clean = clean(&written(&street(50, 40), format)).expect("a photo");
            assert_eq!(
                (clean.media_type, clean.width, clean.height),
                (kept, 50, 40),
                "{format:?}"
            );
            assert_eq!(sniff(&clean.thumbnail), Some(ImageFormat::Jpeg));
        }
        let glass =
            DynamicImage::ImageRgba8(RgbaImage::from_pixel(20, 20, Rgba([200, 10, 10, 100])));
        assert_eq!(
            clean(&written(&glass, ImageFormat::WebP))
                .expect("a photo")
                .media_type,
            "image/png"
        );
    }

    #[test]
    fn what_is_no_photo_is_refused() {
        let jpeg = written(&street(64, 32), ImageFormat::Jpeg);
        let cases: [(&str, Vec<u8>); 7] = [
            ("empty", Vec::new()),
            ("text", b"hello".to_vec()),
            ("svg", b"<svg onload=alert(1)>".to_vec()),
            ("gif", b"GIF89a\x01\0\x01\0\0\0\0;".to_vec()),
            ("only magic", vec![0xFF, 0xD8, 0xFF, 0xE0]),
            (
                "png head, then rubbish",
                [b"\x89PNG\r\n\x1a\n".as_slice(), &[7; 500]].concat(),
            ),
            (
                "webp head, then rubbish",
                b"RIFF\xff\xff\xff\x7fWEBPVP8 \xff\xff\xff\x7fxxxxxxxxxxxxxxxx".to_vec(),
            ),
        ];
        for (name, bytes) in cases {
            assert_eq!(clean(&bytes).expect_err(name), Code::PhotoType, "{name}");
        }
        clean(&[jpeg.as_slice(), b"<?php system($_GET[0]) ?>"].concat())
            .map(|clean| assert!(!has(&clean.bytes, b"<?php")))
            .expect("the tail is left out");
    }

    #[test]
    fn bombs_are_refused_before_they_are_opened() {
        for (width, height) in [(1, 100_000), (100_000, 1), (12_001, 10)] {
            let bytes = written(&DynamicImage::new_luma8(width, height), ImageFormat::Png);
            assert_eq!(
                clean(&bytes).expect_err("too large"),
                Code::PhotoDimensions,
                "{width}x{height}"
            );
        }
        // 30,000 × 30,000 in the head of a file of a few bytes.
        let mut bomb = written(&DynamicImage::new_luma8(1, 1), ImageFormat::Png);
        bomb[16..20].copy_from_slice(&30_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&30_000_u32.to_be_bytes());
        assert!(matches!(
            clean(&bomb),
            Err(Code::PhotoDimensions | Code::PhotoType)
        ));
    }

    #[test]
    fn large_photos_are_made_smaller() {
        let clean = clean(&written(
            &DynamicImage::new_luma8(9_000, 600),
            ImageFormat::Png,
        ))
        .expect("a photo");
        assert_eq!((clean.width, clean.height), (4096, 273));
    }
}
