import { createHash } from 'node:crypto';

/** Markup that is safe to write: it was made by {@link html}, or is text that was escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | null | Markup | readonly Part[];

/** A template whose values are escaped, unless they are markup themselves. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return new Markup(
    strings.reduce((text, string, index) => text + written(values[index - 1] ?? '') + string),
  );
}

function written(part: Part): string {
  if (part === null) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(written).join('');
  return escaped(String(part));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// Marks that reorder text are shown as escapes: a name must not look like another one.
const escaped = (text: string) =>
  text
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) =>
      /[\n\t]/.test(character) ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
    );

/**
 * A whole page that loads nothing: its only style stands in it, and the policy allows that style by its hash, and nothing else.
 * @param style CSS without anything from strangers.
 */
export function page(title: string, style: string, body: Markup): string {
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const head = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
${body}
</body>
</html>
`;
  return head.text;
}

/** A table with a caption for those who do not see it. Short words, numbers and ids stay on one line. */
export const table = (
  caption: string,
  head: readonly string[],
  rows: readonly (readonly Part[])[],
): Markup => html`
<table>
<caption>${caption}</caption>
<thead><tr>${head.map((each) => html`<th scope="col">${each}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${row.map(cellOf)}</tr>\n`)}</tbody>
</table>`;

const cellOf = (part: Part, index: number): Markup => {
  const isTight =
    typeof part === 'number' || part instanceof Markup || /^[\w.:%-]{0,20}$/.test(String(part));
  const tight = new Markup(isTight ? ' class="tight"' : '');
  return index === 0 ? html`<th scope="row"${tight}>${part}</th>` : html`<td${tight}>${part}</td>`;
};
