/** When two user names are the same. */

/** Names that differ only in case, or in how the same characters are written, fold to the same string. */
export function foldUserName(userName: string): string {
  // Through upper case, because that is where "ß" meets "ss", and lower case before it, where "ẞ" meets "ß"; the last step
  // composes what the others took apart.
  return userName.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase().normalize('NFKC');
}
