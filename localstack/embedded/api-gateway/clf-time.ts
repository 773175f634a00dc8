/** Times in the Common Log Format, as requestContext.requestTime has them: `09/Apr/2015:12:34:56 +0000`. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

let lastSecond = -1;
let lastText = '';

/** The time in UTC. Requests of the same second share the text, since this runs once for each of them. */
export function formatClfTime(epochMs: number): string {
  const second = Math.floor(epochMs / 1000);
  if (second !== lastSecond) {
    const [date = '', time = ''] = new Date(second * 1000).toISOString().split(/[T.]/);
    const [year = '', month = '', day = ''] = date.split('-');
    lastText = `${day}/${MONTHS[Number(month) - 1]}/${year}:${time} +0000`;
    lastSecond = second;
  }
  return lastText;
}
