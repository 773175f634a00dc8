/** SVG pictures as text, readable on light and on dark ground. */

/** Colours that stand out from white and from black, one for each series. */
export const COLOURS = ['#e8590c', '#f2a33c', '#1c7ed6', '#74b3e8', '#2f9e44', '#86c994'] as const;

/** Of all pictures. */
export const WIDTH = 760;

const STYLE = `text { font: 12px system-ui, sans-serif; fill: #24292f; }
.title { font-size: 14px; font-weight: 600; }
.small { font-size: 11px; }
.axis { stroke: #8c959f; stroke-width: 1; }
.line { fill: none; stroke-width: 2; }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3; } }`;

/** @param parts elements of the picture */
export function renderSvg(height: number, title: string, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<style>${STYLE}</style>`,
    ...parts,
    '</svg>',
  ].join('\n');
}

export type Attributes = Readonly<Record<string, string | number>>;

/** An element without content, with its attributes. */
export function element(name: string, attributes: Attributes): string {
  return `<${name}${renderAttributes(attributes)}/>`;
}

export function text(x: number, y: number, content: string, attributes: Attributes = {}): string {
  return `<text${renderAttributes({ x, y, ...attributes })}>${escapeXml(content)}</text>`;
}

export function escapeXml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function renderAttributes(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(typeof value === 'number' ? String(round(value)) : value)}"`)
    .join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
