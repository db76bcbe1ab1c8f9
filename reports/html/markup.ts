/** HTML by tagged template: every interpolated value is escaped unless it is markup already. */

export interface Markup {
  readonly html: string;
}

type Value = string | number | undefined | Markup | readonly Markup[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For text and quoted attribute values. A figure and its unit stay on one line. */
function escapeHtml(text: string): string {
  return text
    .replace(/(\d) (?=(?:%|ms|s|MB)(?![\w]))/g, '$1\u00a0')
    .replace(/[&<>"']/g, (char) => entities[char] ?? char);
}

export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return { html: strings.reduce((text, string, index) => text + inserted(values[index - 1]) + string) };
}

function inserted(value: Value): string {
  if (value === undefined) return '';
  if (typeof value !== 'object') return escapeHtml(String(value));
  return 'html' in value ? value.html : value.map((markup) => markup.html).join('');
}

/** Data for a script element of a non-script type: no `<` can end the element or open a comment. */
export function embeddedJson(value: unknown): Markup {
  const json = JSON.stringify(value);
  return {
    html: json.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029'),
  };
}
