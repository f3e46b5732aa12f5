import { nameKey } from '../../../core/identity/name-key.ts'

// A name with the business before it, by which people tell one 王芳 from another: 制衣厂的王芳, 福源王芳.

interface Known {
  readonly name: string
  readonly businessName: string | null
}

/** Less of a business than this may be said of any. */
const LEAST_OF_BUSINESS = 2

/** Whether such words mean this client. */
export function isQualified(said: string, { name, businessName }: Known): boolean {
  const [all, key] = [nameKey(said), nameKey(name)]
  const business = all.slice(0, -key.length).replace(/的$/, '')
  return (
    all.endsWith(key) &&
    business.length >= LEAST_OF_BUSINESS &&
    nameKey(businessName ?? '').includes(business)
  )
}

const CHINESE = /^\p{Script=Han}{4,14}$/u
/** How many characters a name has that may stand at the end. */
const NAME_LENGTHS = [2, 3, 4]

/** The names that such words may end with. */
export const nameEndings = (said: string): string[] => {
  const all = nameKey(said)
  if (!CHINESE.test(all)) return []
  return NAME_LENGTHS.filter((length) => all.length - length >= LEAST_OF_BUSINESS).map((length) =>
    all.slice(-length),
  )
}

/** So much before a name may be of the business. */
const MOST_BEFORE = 12

/** As such words stand in a text, with all of the business that is said; null: they do not. */
export function qualifiedIn(text: string, client: Known): string | null {
  const { name } = client
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    for (let start = Math.max(0, at - MOST_BEFORE); start < at; start++) {
      const said = text.slice(start, at + name.length)
      if (CHINESE.test(said) && isQualified(said, client)) return said
    }
  }
  return null
}
