import type { Seen } from "./api.js";

/** Requests over time, of one way to send them. */
export interface Panel {
  readonly title: string;
  readonly seen: readonly Seen[];
}

const stepMs = 500;
const size = { width: 720, panel: 170, left: 48, right: 8, top: 34, bottom: 22 };
/** Of such a lightness that they can be read on white and on black. */
const colors = { text: "#7d8590", grid: "#7d859066", accepted: "#388bfd", refused: "#db6d28" };

/** Draws how many requests a second came, accepted and refused: an SVG without scripts and styles. */
export function drawRequests(panels: readonly Panel[], perSecond: number): string {
  const endMs = Math.max(...panels.flatMap(({ seen }) => seen.map(({ atMs }) => atMs)));
  const steps = Math.ceil((endMs + 1) / stepMs);
  const counted = panels.map((panel) => ({ ...panel, counts: count(panel.seen, steps) }));
  const most = Math.max(
    ...counted.flatMap(({ counts }) => counts.map(({ accepted, refused }) => accepted + refused)),
  );
  const height = panels.length * size.panel;
  const body = counted.flatMap((panel, index) => drawPanel(panel, { most, perSecond, index }));
  const label = panels.map(({ title }) => title).join("; ");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${height}" role="img" aria-label="${label}" font-family="system-ui, sans-serif" font-size="12">`,
    ...body,
    "</svg>",
    "",
  ].join("\n");
}

interface Count {
  accepted: number;
  refused: number;
}

/** Requests a second in each step. */
function count(seen: readonly Seen[], steps: number): Count[] {
  const counts = Array.from({ length: steps }, (): Count => ({ accepted: 0, refused: 0 }));
  for (const { atMs, isAccepted } of seen) {
    const step = counts[Math.floor(atMs / stepMs)];
    if (step) step[isAccepted ? "accepted" : "refused"] += 1_000 / stepMs;
  }
  return counts;
}

function drawPanel(
  { counts, title }: { counts: Count[]; title: string },
  { index, most, perSecond }: { index: number; most: number; perSecond: number },
): string[] {
  const top = index * size.panel + size.top;
  const high = size.panel - size.top - size.bottom;
  const wide = size.width - size.left - size.right;
  const stepWide = wide / counts.length;
  const y = (value: number) => round(top + high - (value / most) * high);
  const x = (step: number) => round(size.left + step * stepWide);
  const bar = (step: number, from: number, to: number, color: string) =>
    to > from
      ? `<rect x="${x(step)}" y="${y(to)}" width="${round(stepWide * 0.8)}" height="${round(y(from) - y(to))}" fill="${color}"/>`
      : undefined;
  const text = (at: readonly [number, number], words: string, anchor = "start") =>
    `<text x="${at[0]}" y="${at[1]}" fill="${colors.text}" text-anchor="${anchor}">${words}</text>`;
  const bars = counts.flatMap(({ accepted, refused }, step) => [
    bar(step, 0, accepted, colors.accepted),
    bar(step, accepted, accepted + refused, colors.refused),
  ]);
  const seconds = (counts.length * stepMs) / 1_000;
  const marks = Array.from({ length: Math.floor(seconds / 5) + 1 }, (_, mark) => mark * 5);
  const key = (at: number, color: string, words: string) => [
    `<rect x="${at}" y="${top - 24}" width="10" height="10" fill="${color}"/>`,
    text([at + 14, top - 15], words),
  ];
  return [
    text([size.left, top - 15], title),
    ...key(size.width - 200, colors.accepted, "accepted"),
    ...key(size.width - 100, colors.refused, "answered 429"),
    ...bars.filter((one) => one !== undefined),
    ...[perSecond, most].map((value) =>
      text([size.left - 6, y(value) + 4], `${Math.round(value)}/s`, "end"),
    ),
    ...[0, perSecond].map(
      (value) =>
        `<line x1="${size.left}" x2="${size.width - size.right}" y1="${y(value)}" y2="${y(value)}" stroke="${colors.grid}"/>`,
    ),
    ...marks.map((second) => text([x((second * 1_000) / stepMs), top + high + 16], `${second} s`)),
  ];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
