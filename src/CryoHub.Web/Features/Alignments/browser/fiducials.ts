import type { Tracks } from "./tracks.ts";

/**
 * The tracks as a fiducial model, IMOD's binary format V1.2 (bio3d.colorado.edu/imod/doc/binspec.html): big endian, a contour a marker, z the view from 0;
 * IMOD counts pixels from the corner of the first.
 */
export function fiducials(tracks: Tracks, columns: number, rows: number, views: number): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [], word = new DataView(new ArrayBuffer(4));
  const put = (): void => { for (let i = 0; i < 4; i++) bytes.push(word.getUint8(i)); };
  const ints = (...values: number[]): void => { for (const value of values) { word.setInt32(0, value); put(); } };
  const floats = (...values: number[]): void => { for (const value of values) { word.setFloat32(0, value); put(); } };
  const text = (words: string, length: number): void => { for (let i = 0; i < length; i++) bytes.push(words.charCodeAt(i) || 0); };

  text("IMODV1.2", 8);
  text("Fiducials corrected in CryoHub", 128);
  ints(columns, rows, views, 1); // xmax, ymax, zmax, objsize
  ints(1 << 13, 1, 1, 0, 255); // flags (13: origin and units are meant), drawmode, mousemode, blacklevel, whitelevel
  floats(0, 0, 0, 1, 1, 1); // offsets and scales
  ints(0, 0, 0, 3, 128); // object, contour, point, res, thresh
  floats(1); // pixsize
  ints(0, 0); // units: pixels; csum
  floats(0, 0, 0); // alpha, beta, gamma
  text("OBJT", 4);
  text("Beads", 64);
  ints(...Array<number>(16).fill(0)); // extra
  const contours = tracks.markers.map(marker => tracks.all.filter(place => place.marker === marker).sort((a, b) => a.view - b.view))
    .filter(({ length }) => length > 0);
  ints(contours.length, 1 << 9, 0, 1); // contsize, flags (9: scattered points), axis, drawmode
  floats(0, 1, 0); // green
  ints(5); // pdrawsize
  bytes.push(1, 7, 1, 1, 0, 0, 0, 0); // symbol, symsize, linewidth2, linewidth, linesty, symflags, sympad, trans
  ints(0, 0); // meshsize, surfsize
  for (const contour of contours) {
    text("CONT", 4);
    ints(contour.length, 0, 0, 0); // psize, flags, time, surf
    for (const { x, y, view } of contour) floats(x + 0.5, y + 0.5, view - 1);
  }
  text("IEOF", 4);
  return Uint8Array.from(bytes);
}
