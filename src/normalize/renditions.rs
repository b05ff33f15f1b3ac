//! The URLs of a task: which count, in which order.

use super::source::Source;
use crate::json::Value;
use crate::link::Link;
use crate::shapes::Field;
use crate::task::{Rendition, Task, Video, Warning};
use crate::words::joined;

const PATH_ALONE: &str = "a path on a service whose address is not known here";

/// The URLs found in a body.
#[derive(Default)]
pub struct Renditions {
    /// Best first, no URL twice.
    pub videos: Vec<Video>,
    thumbnail: Option<String>,
    preview: Option<String>,
    path: Option<String>,
    warnings: Vec<Warning>,
}

/// Reads the URLs of a body.
pub fn collect(source: &mut Source<'_, '_>, origin: Option<&str>) -> Renditions {
    let mut found = Renditions::default();
    let mut rows = Vec::new();
    source.each(&mut |field, value| {
        if let Field::Video(kind) = field {
            rows.push((kind, value));
        }
    });
    for (kind, value) in rows {
        found.add(kind, value, origin, source);
    }
    found.thumbnail = found.image(Field::Thumbnail, "thumbnailUrl", origin, source);
    found.preview = found.image(Field::Preview, "previewUrl", origin, source);
    found
}

impl Renditions {
    /// Hands the URLs over to the task.
    pub fn fill(self, task: &mut Task) {
        task.video_url = self.videos.first().map(|video| video.url.clone());
        task.videos = self.videos;
        task.thumbnail_url = self.thumbnail;
        task.preview_url = self.preview;
        task.content_path = self.path;
        task.warnings.extend(self.warnings);
    }

    fn add(&mut self, kind: Rendition, value: Value<'_>, origin: Option<&str>, source: &mut Source<'_, '_>) {
        let Some(text) = filled(value) else { return };
        match Link::to_video(&text, origin) {
            Some(Link::Absolute { url, needs_auth }) => {
                if self.videos.iter().any(|known| known.url == url) {
                    source.ignore(value, "the same URL again");
                    return;
                }
                source.note("videos", value, None);
                let video = Video { url, kind, width: None, height: None, expires_at: None, needs_auth };
                let at = self.videos.iter().position(|known| known.kind > kind).unwrap_or(self.videos.len());
                self.videos.insert(at, video);
            }
            Some(Link::Path(path)) => {
                source.note("contentPath", value, Some(PATH_ALONE));
                self.path.get_or_insert(path);
            }
            None => self.refuse(value, &text, source),
        }
    }

    fn image(
        &mut self,
        field: Field,
        name: &'static str,
        origin: Option<&str>,
        source: &mut Source<'_, '_>,
    ) -> Option<String> {
        let value = source.find(field, &mut |value| filled(value).is_some())?;
        let text = filled(value)?;
        match Link::to_page(&text, origin) {
            Some(Link::Absolute { url, .. }) => {
                source.note(name, value, None);
                return Some(url);
            }
            Some(Link::Path(_)) => source.ignore(value, PATH_ALONE),
            None => self.refuse(value, &text, source),
        }
        None
    }

    fn refuse(&mut self, value: Value<'_>, text: &str, source: &mut Source<'_, '_>) {
        const SHOWN: usize = 80;
        source.ignore(value, "no URL that a video can have");
        let shown = text.char_indices().nth(SHOWN).and_then(|(end, _)| text.get(..end)).unwrap_or(text);
        self.warnings.push(Warning {
            code: "unsafe_url",
            message: joined(&[&value.path(), " holds no http(s) or data:video URL: ", shown]),
        });
    }
}

fn filled(value: Value<'_>) -> Option<String> {
    value.text().filter(|text| !text.trim_ascii().is_empty()).map(std::borrow::Cow::into_owned)
}
