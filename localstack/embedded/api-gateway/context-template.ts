/** Texts with `$context` variables: the formats of access logs and the templates of gateway responses. */

type Value = string | number | undefined;

/** How each variable, by its name after `$context.`, gets its value. */
export type ContextGetters<Source> = Readonly<Record<string, (source: Source) => Value>>;
export type RenderContext<Source> = (source: Source) => string;

const VARIABLE = /\$context\.([a-zA-Z]+(?:\.[a-zA-Z]+)*)/;

/**
 * Compiles a text with `$context` variables. A variable without a value, and one that is not known, becomes `-` as
 * in AWS access logs ("Variables for access logging for API Gateway").
 */
export function compileTemplate<Source>(template: string, getters: ContextGetters<Source>): RenderContext<Source> {
  const renderers = template
    .split(VARIABLE)
    .map((part, index) => (index % 2 === 0 ? () => part : (getters[part] ?? (() => undefined))));
  return (source) => {
    let text = '';
    for (const getValue of renderers) text += getValue(source) ?? '-';
    return text;
  };
}

/** The names of a template's variables. */
export function listVariables(template: string): string[] {
  return template.split(VARIABLE).filter((_part, index) => index % 2 === 1);
}

/** What a client chose must not break out of a JSON string. */
export function escape(value: string | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value).slice(1, -1);
}
