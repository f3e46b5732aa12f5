/** What makes no difference in a name: blanks, and the dots of minority and foreign names. */
export const NAME_DOTS = ' \t\u00b7\u2022.\u30fb\u2027\u2219\u22c5'
const DOTS = new RegExp(`[${NAME_DOTS.replace('.', '\\.')}]`, 'g')

/**
 * A name as it is compared: of one width and case, without blanks and dots (阿卜杜·热合曼, 阿卜杜 热合曼).
 * The database's function `name_key` says the same.
 */
export const nameKey = (name: string): string =>
  name.normalize('NFKC').toLowerCase().replace(DOTS, '')
