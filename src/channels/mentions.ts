/** What the bot is called where nobody gave it another name. */
const OWN = /(?<![\p{L}\p{N}._-])[@＠](?:晨会|Chen ?Hui\b)[\s\u2005]*/giu
/** A name of one word, or of two in Latin letters before Chinese: @Chen Hui 今日. */
const NAME = /[@＠](?:[A-Za-z]+ [A-Za-z]+(?=\s+\p{Script=Han})|[^\s@＠]+)/u.source
const LEADING = new RegExp(`^(?:\\s*${NAME}(?=[\\s\\u2005]))+[\\s\\u2005]*`, 'u')
const TRAILING = new RegExp(`(?:[\\s\\u2005]+${NAME})+\\s*$`, 'u')

/**
 * What was said without whom it was said to. In a room that may be by whatever name the bot has there,
 * and others are called beside it; alone only its own name is none of the text.
 */
export function withoutMentions(text: string, shared: boolean): string {
  const own = text.replace(OWN, ' ').trim()
  if (!shared) return own
  const rest = own.replace(LEADING, '').replace(TRAILING, '').trim()
  // Nothing but a name: what stands there may be name and word in one (@晨会今日).
  return rest || own
}
