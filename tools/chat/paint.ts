/** Colours, where there are any. */
import { styleText } from 'node:util';

export type Colour = Parameters<typeof styleText>[0];

/** A text in a colour, or as it is. The text is safe. */
export type Paint = (colour: Colour, text: string) => string;

export const PLAIN: Paint = (_, text) => text;

export const COLOURED: Paint = (colour, text) => styleText(colour, text, { validateStream: false });

const NAME_COLOURS = ['cyan', 'green', 'yellow', 'magenta', 'blueBright', 'redBright', 'cyanBright'] as const;

/** Always the same for the same user, on every terminal. */
export function colourOf(userId: string): Colour {
  let sum = 0;
  for (const character of userId) sum = (sum * 31 + character.charCodeAt(0)) % 65_521;
  return NAME_COLOURS[sum % NAME_COLOURS.length] ?? 'cyan';
}
