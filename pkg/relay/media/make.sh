#!/bin/sh
# Remakes dunes-720.mp4, dunes-360.mp4, dunes.jpg and dunes.gif beside this script. Needs node and ffmpeg with libx264.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

exact='-map_metadata -1 -fflags +bitexact -flags:v +bitexact'
node dunes.js | ffmpeg -v error -f rawvideo -pix_fmt rgb24 -s 1280x720 -r 24 -i - -c:v ffv1 "$work/master.mkv"

# film WIDTH QUALITY FILE
film() {
  ffmpeg -v error -y -i "$work/master.mkv" -vf "scale=$1:-2:flags=lanczos,format=yuv420p" -an $exact \
    -c:v libx264 -profile:v baseline -preset veryslow -crf "$2" -g 48 -movflags +faststart "$3"
}
film 1280 25 dunes-720.mp4
film 640 23 dunes-360.mp4
ffmpeg -v error -y -ss 1.2 -i "$work/master.mkv" -frames:v 1 -vf 'scale=640:-2:flags=lanczos' -q:v 3 $exact dunes.jpg
ffmpeg -v error -y -i "$work/master.mkv" $exact -filter_complex \
  'fps=8,scale=200:-2:flags=lanczos,split[a][b];[a]palettegen=max_colors=40[p];[b][p]paletteuse=dither=none' dunes.gif
ls -l dunes*.mp4 dunes.jpg dunes.gif
