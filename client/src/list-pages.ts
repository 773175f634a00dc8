/** Lists that come in pages. */

/** Reads page after page, each when it is asked for, until one says that there is no next. */
export async function* listPages<Page extends { readonly next?: { readonly iterator: string } }>(
  readPage: (iterator: string | undefined) => Promise<Page>,
): AsyncGenerator<Page, void, undefined> {
  let iterator: string | undefined;
  do {
    const page = await readPage(iterator);
    yield page;
    iterator = page.next?.iterator;
  } while (iterator !== undefined);
}
