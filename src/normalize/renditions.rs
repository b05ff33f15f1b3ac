//! The URLs of a task: which count, in which order.

use super::source::{Source, rows_of_relays};
use crate::instant::instant;
use crate::json::Value;
use crate::link::Link;
use crate::part::Part;
use crate::shapes::{Field, Recognised};
use crate::signature::{EARLIEST_SECONDS, expires_at};
use crate::task::{Rendition, Status, Video, Warning};
use crate::words::{after_last, before, contains, contains_any, digits, is_one_of, joined, start};

/// Endings of stills, sounds, texts and scenes.
const NO_VIDEO: &str = "png jpg jpeg webp mp3 wav m4a flac json txt html srt vtt zip gz glb";
const AGAIN: &str = "the same URL again";
const UNSAFE: &str = "unsafe_url";
const PATH_ALONE: &str = "a path on a service whose address is not known here";

/// The URLs found in a body.
#[derive(Default)]
pub struct Renditions<'t> {
    /// Best first, no URL twice.
    pub videos: Vec<Video>,
    /// Where each of them stands.
    origins: Vec<Value<'t>>,
    pub thumbnail: Option<Part>,
    pub preview: Option<Part>,
    /// A path on the service that serves the bytes, and where it stands.
    path: Option<(String, Value<'t>)>,
    pub warnings: Vec<Warning>,
}

/// Reads the URLs of a body.
pub fn collect<'t>(found: &Recognised<'t>, source: &mut Source<'t, '_>, origin: Option<&str>) -> Renditions<'t> {
    let mut renditions = Renditions::default();
    for (field, value) in source.rows() {
        match field {
            Field::Video(kind) => renditions.add(*kind, *value, origin, source),
            Field::VideoBytes => renditions.add_bytes(*value, source),
            _ => {}
        }
    }
    let shape = source.shape();
    let is_completed = source.word_that(Field::State, &|word| shape.status(word) == Some(Status::Completed)).is_some();
    let has_ended = is_completed || source.word_that(Field::State, &|word| is_one_of(shape.ended, word)).is_some();
    renditions.add_outputs(source.rows(), |field| field == Field::Output, origin, source);
    if has_ended {
        renditions.add_outputs(source.rows(), |field| field == Field::OutputOnceCompleted, origin, source);
    }
    // Whoever took over a service's fields may have put the video elsewhere. Where the service itself gives no URL, a
    // URL in a place for anything may be that of an input.
    if is_completed && renditions.videos.is_empty() && renditions.path.is_none() {
        let mut relays = rows_of_relays(found);
        if shape.content_path.is_some() {
            renditions.add_outputs(&relays, |field| field == Field::Output, origin, source);
            // A path there may be that of the task.
            relays.retain(|(_, value)| value.text().is_some_and(|text| contains(text, "://")));
            renditions.add_outputs(&relays, |field| matches!(field, Field::Video(_)), origin, source);
        } else {
            renditions.add_outputs(&relays, |_| true, origin, source);
        }
    }
    renditions.set_size(source);
    renditions.note_origins(source);
    renditions.set_expiry(source);
    renditions.thumbnail = renditions.image(Field::Thumbnail, "thumbnailUrl", origin, source);
    renditions.preview = renditions.image(Field::Preview, "previewUrl", origin, source);
    renditions
}

impl<'t> Renditions<'t> {
    fn add(&mut self, kind: Rendition, value: Value<'t>, origin: Option<&str>, source: &mut Source<'t, '_>) {
        let Some(text) = filled(value) else { return };
        match Link::to_video(text, origin) {
            Some(Link::Absolute { url, .. }) if ends_in(&url, NO_VIDEO) => {
                source.ignore(value, "no video, by its ending");
            }
            Some(Link::Absolute { url, needs_auth }) => {
                if self.knows(&url) {
                    source.ignore(value, AGAIN);
                    return;
                }
                self.insert(kind, value.part(url), needs_auth, value);
            }
            Some(Link::Path(path)) if self.path.is_none() => self.path = Some((path, value)),
            Some(Link::Path(_)) => source.ignore(value, "another path"),
            // A row for both, as new-api has one: a sentence in it is in its place.
            None if source.find(Field::ErrorText, &mut |reason| reason == value).is_some() => {}
            None => self.drop_url(value, text, source),
        }
    }

    /// Adds what stands where relays put videos, among other things, unless there is a video already.
    fn add_outputs(
        &mut self,
        rows: &[(Field, Value<'t>)],
        wanted: fn(Field) -> bool,
        origin: Option<&str>,
        source: &mut Source<'t, '_>,
    ) {
        if !self.videos.is_empty() {
            return;
        }
        for (field, value) in rows.iter().filter(|(field, _)| wanted(*field)) {
            let kind = if let Field::Video(kind) = field { *kind } else { Rendition::Source };
            // A moving preview is none where there may be a video as well.
            let text = filled(*value).filter(|text| !ends_in(text, NO_VIDEO) && !ends_in(text, "gif"));
            let Some(text) = text else { continue };
            match Link::to_video(text, origin) {
                Some(Link::Absolute { url, needs_auth }) if !self.knows(&url) => {
                    self.insert(kind, value.part(url), needs_auth, *value);
                }
                Some(Link::Path(path)) if self.path.is_none() => self.path = Some((path, *value)),
                // Words and ids have their place there, too.
                None if contains_any(text, "://|javascript:") => self.drop_url(*value, text, source),
                _ => {}
            }
        }
    }

    /// Adds a video that the body itself holds.
    fn add_bytes(&mut self, value: Value<'t>, source: &mut Source<'t, '_>) {
        let format = source.word_that(Field::VideoType, &|format| format.starts_with("video/"));
        let format = format.map_or("video/mp4", |(format, _)| before(format, b"; "));
        let Some(bytes) = filled(value) else { return };
        // Encoders may break lines.
        let bytes: String = bytes.split_ascii_whitespace().collect();
        let url = joined(&["data:", format, ";base64,", &bytes]);
        if self.knows(&url) {
            source.ignore(value, AGAIN);
        } else {
            self.insert(Rendition::Source, url.into(), false, value);
        }
    }

    /// Whether there is a video or a path to one.
    pub fn has_output(&self) -> bool {
        !self.videos.is_empty() || self.path.is_some()
    }

    /// The path on the service that serves the bytes of a completed task, where there is no URL.
    pub fn path(&mut self, status: Status, source: &mut Source<'t, '_>) -> Option<String> {
        let (path, from) = self.path.take()?;
        if status != Status::Completed || !self.videos.is_empty() {
            source.ignore(from, PATH_ALONE);
            return None;
        }
        source.note("contentPath", from, Some(PATH_ALONE));
        Some(path)
    }

    fn knows(&self, url: &str) -> bool {
        self.videos.iter().any(|known| *known.url == *url)
    }

    /// Puts a video behind those that are as good.
    fn insert(&mut self, kind: Rendition, url: Part, needs_auth: bool, from: Value<'t>) {
        let at = self.videos.iter().position(|known| known.kind > kind).unwrap_or(self.videos.len());
        self.videos
            .insert(at, Video { kind, expires_at: expires_at(&url), url, width: None, height: None, needs_auth });
        self.origins.insert(at, from);
    }

    /// Gives the URLs that do not say it themselves the time that the body tells.
    fn set_expiry(&mut self, source: &mut Source<'t, '_>) {
        let (zone, mut told) = (source.shape().zone_hours, None);
        let by_body = source.find(Field::ExpiresAt, &mut |value| {
            // A smaller number is no instant but how long it lasts.
            told = instant(value, zone).filter(|ms| *ms >= EARLIEST_SECONDS * 1000.0);
            told.is_some()
        });
        for (index, (video, origin)) in self.videos.iter_mut().zip(&self.origins).enumerate() {
            let by_url = video.expires_at.map(|_| (*origin, Some("read from the signature of the URL")));
            video.expires_at = video.expires_at.or(told);
            let by = by_url.or_else(|| Some((by_body?, None))).filter(|_| source.is_explained());
            if let Some((from, why)) = by {
                source.note(&joined(&["videos[", &digits(index), "].expiresAt"]), from, why);
            }
        }
    }

    /// Tells where each video came from.
    fn note_origins(&self, source: &mut Source<'_, '_>) {
        if !source.is_explained() {
            return;
        }
        for (index, from) in self.origins.iter().enumerate() {
            if index == 0 {
                source.note("videoUrl", *from, Some("the best of the videos"));
            }
            let name = joined(&["videos[", &digits(index), "]"]);
            source.note(&joined(&[&name, ".url"]), *from, None);
        }
    }

    /// Gives the one video its own size.
    fn set_size(&mut self, source: &mut Source<'_, '_>) {
        if let [only] = self.videos.as_mut_slice() {
            only.width = source.extent(Field::VideoWidth, "videos[0].width");
            only.height = source.extent(Field::VideoHeight, "videos[0].height");
        }
    }

    fn image(
        &mut self,
        field: Field,
        name: &'static str,
        origin: Option<&str>,
        source: &mut Source<'_, '_>,
    ) -> Option<Part> {
        let value = source.find(field, &mut |value| filled(value).is_some())?;
        let text = filled(value)?;
        match Link::to_web(text, origin) {
            Some(Link::Absolute { url, .. }) => {
                source.note(name, value, None);
                return Some(value.part(url));
            }
            Some(Link::Path(_)) => source.ignore(value, PATH_ALONE),
            None => self.drop_url(value, text, source),
        }
        None
    }

    fn drop_url(&mut self, value: Value<'_>, text: &str, source: &mut Source<'_, '_>) {
        // To say where one stands takes as long as the body is large.
        const MOST: usize = 20;
        if self.warnings.len() >= MOST {
            return;
        }
        let message = joined(&[&value.path(), " holds no URL that can be used: ", &beginning(text)]);
        // A place may be one of the shape's own and one of relays.
        if self.warnings.iter().all(|known| known.message != message) {
            source.ignore(value, "no URL that can be used");
            source.warning(Some(value), UNSAFE);
            self.warnings.push(Warning { code: UNSAFE, message });
        }
    }
}

/// The first words of a text. Whole ones alone: half of a key that the service put there would not be known for one.
fn beginning(text: &str) -> String {
    const SHOWN: usize = 80;
    let shown = start(text, SHOWN);
    if shown.len() == text.len() {
        return text.to_owned();
    }
    let scheme = before(shown, b":");
    let end = shown.bytes().rposition(|byte| byte == b' ').unwrap_or_else(|| {
        let is_scheme = scheme.bytes().all(|byte| byte.is_ascii_alphabetic());
        if is_scheme && scheme.len() < shown.len() { scheme.len() } else { 0 }
    });
    joined(&[shown.get(..end).unwrap_or_default(), "…"])
}

/// Whether a URL is that of something else, by its ending.
fn ends_in(url: &str, endings: &str) -> bool {
    after_last(before(url, b"?#"), b'.').is_some_and(|ending| is_one_of(endings, ending))
}

fn filled(value: Value<'_>) -> Option<&str> {
    value.text().filter(|text| !text.trim_ascii().is_empty())
}
