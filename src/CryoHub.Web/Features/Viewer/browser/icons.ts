const paths: Record<string, string> = {
  back: "M10 4 6 8l4 4",
  pan: "M8 2v12M2 8h12M6 4l2-2 2 2M6 12l2 2 2-2M4 6 2 8l2 2M12 6l2 2-2 2",
  profile: "M2 12.5 5 6l2.5 4L10 3l4 9.500",
  fft: "M8 2v2M8 12v2M2 8h2M12 8h2M8 8h.01M4.500 4.500h.01M11.500 4.500h.01M4.500 11.500h.01M11.500 11.500h.01",
  region: "M3 3h10v10H3z",
  point: "M8 2v3M8 11v3M2 8h3M11 8h3M8 6.500a1.500 1.500 0 1 0 0 3 1.500 1.500 0 0 0 0-3Z",
  ring: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 6v4M6 8h4",
  select: "M4 2.500 12.500 8 8.500 9l-2 4Z",
  "s-point": "M8 3v3M8 10v3M3 8h3M10 8h3M8 8h.01",
  "s-line": "M3 13 13 3",
  "s-polyline": "M2 12 6 5l4 5 4-7",
  "s-freehand": "M2 11c2-6 4-6 5-2s3 3 4-1 2-4 3-4",
  "s-polygon": "M8 2.500 13.500 7l-2 6.500h-7L2.500 7Z",
  "s-rectangle": "M2.500 4h11v8h-11Z",
  "s-ellipse": "M8 4C4.700 4 2 5.800 2 8s2.700 4 6 4 6-1.800 6-4-2.700-4-6-4Z",
  "s-angle": "M13 3 3 12.500h10.500M7 8.700c1 .9 1.600 2.300 1.700 3.800",
  undo: "M6 4 3 7l3 3M3 7h6.500a3.500 3.500 0 0 1 0 7H7",
  redo: "M10 4l3 3-3 3M13 7H6.500a3.500 3.500 0 0 0 0 7H9",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  fit: "M2.500 6V2.500H6M10 2.500h3.500V6M13.500 10v3.500H10M6 13.500H2.500V10",
  play: "M5 3l8 5-8 5Z",
  pause: "M5 3v10M11 3v10",
  share:
    "M5.500 8a2 2 0 1 1-4 0 2 2 0 0 1 4 0ZM14 3.500a2 2 0 1 1-4 0 2 2 0 0 1 4 0Z" +
    "M14 12.500a2 2 0 1 1-4 0 2 2 0 0 1 4 0ZM5.300 7l4.900-2.600M5.300 9l4.900 2.600",
};

export const icon = (name: string): string => `<svg class="ic" viewBox="0 0 16 16" aria-hidden="true"><path d="${paths[name] ?? ""}"/></svg>`;
