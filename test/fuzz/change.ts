/** Numbers from a seed, in [0, 1): the same run again for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Random = () => number
export const pick = <T>(random: Random, from: readonly T[]): T =>
  from[Math.floor(random() * from.length)] as T

/** What stands in the place of a letter: what ends things, what is read as something, what is rare. */
const BITS = [
  ...'"\'<>&;{}[]()\\/|=,.:：，。、-—~+*%#@$`^_0９١一万周年月号 \n\r\t',
  ...['\0', '\u200b', '\u202e', '\ufeff', '\ud83d', '𠮷', '👍', '\u0301', 'ﷺ'],
  ...[
    '<![CDATA[',
    ']]>',
    '<!DOCTYPE',
    '&lt;',
    '__proto__',
    'null',
    '-1',
    '1e999',
    '%00',
    '13800138000',
  ],
]

/** A text changed in one place: a bit put in, taken out, put in the place of another, or said many times. */
export function changedText(text: string, random: Random): string {
  const at = Math.floor(random() * (text.length + 1))
  const behind = Math.min(text.length, at + 1 + Math.floor(random() * 3))
  const bit = pick(random, BITS)
  switch (Math.floor(random() * 5)) {
    case 0:
      return text.slice(0, at) + bit + text.slice(at)
    case 1:
      return text.slice(0, at) + text.slice(behind)
    case 2:
      return text.slice(0, at) + bit + text.slice(behind)
    case 3:
      return text.slice(0, at) + bit.repeat(1 + Math.floor(random() * 200)) + text.slice(at)
    default:
      return (
        text.slice(0, at) +
        text.slice(at, behind).repeat(2 + Math.floor(random() * 50)) +
        text.slice(behind)
      )
  }
}

const VALUES: readonly unknown[] = [
  ...[null, true, 0, -1, 1e308, '', 'x', 'x'.repeat(5000), [], {}, [[[[[]]]]], { a: { b: {} } }],
  ...[JSON.parse('{"__proto__":{"a":1}}'), { constructor: 1 }, '\0', '\ud83d', Number.NaN],
]

/** Something like JSON with one of its values changed, or one taken out. */
export function changedValue(value: unknown, random: Random): unknown {
  const size = typeof value === 'object' && value !== null ? Object.keys(value).length : 0
  if (size === 0 || random() < 0.15) {
    return typeof value === 'string' && random() < 0.7
      ? changedText(value, random)
      : pick(random, VALUES)
  }
  if (Array.isArray(value)) {
    const at = Math.floor(random() * value.length)
    if (random() < 0.1) return value.toSpliced(at, 1)
    return value.with(at, changedValue(value[at], random))
  }
  const entries = Object.entries(value as object)
  const key = pick(random, entries)[0]
  if (random() < 0.1) return Object.fromEntries(entries.filter(([name]) => name !== key))
  return Object.fromEntries(
    entries.map(([name, each]) => [name, name === key ? changedValue(each, random) : each]),
  )
}

/** Bytes with one of them changed, some taken out, or some said again. */
export function changedBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const at = Math.floor(random() * bytes.length)
  const behind = Math.min(bytes.length, at + 1 + Math.floor(random() * 16))
  switch (Math.floor(random() * 3)) {
    case 0:
      return bytes.with(at, Math.floor(random() * 256))
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(behind)])
    default:
      return Buffer.concat([bytes.subarray(0, behind), bytes.subarray(at)])
  }
}

/** Any text up to 300 characters, of bits and letters. */
export const anyText = (random: Random): string =>
  Array.from({ length: Math.floor(random() * 60) }, () =>
    random() < 0.6 ? pick(random, BITS) : String.fromCharCode(Math.floor(random() * 0xffff)),
  ).join('')
