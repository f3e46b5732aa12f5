import { type Day, isDay } from '../../core/calendar/time.ts'
import { type Text, text } from '../../core/text.ts'

/** What the bank's core system sends. */
export const FEEDS = ['facilities', 'facts', 'clients'] as const
export type Feed = (typeof FEEDS)[number]

/** `full`: all that there is; `changes`: some of it. */
export type Mode = 'full' | 'changes'

/** What is said of a feed: by options, its first line or its name, in this order. */
export interface Said {
  /** The business day that it is of. */
  readonly day: Day | null
  readonly mode: Mode | null
  /** How many rows it has. */
  readonly rows: number | null
}

/** What a feed is refused for: a sentence that says what and where. */
export class FeedFault extends Error {
  override readonly name = 'FeedFault'
  readonly because: Text
  constructor(zh: string, en: string) {
    super(`${zh}\n${en}`)
    this.because = text(zh, en)
  }
}

const FULL = /全量|\bfull\b/i
const CHANGES = /增量|变动|\bchanges?\b|\bdelta\b|\bincr/i

/** Reads what a file's name or its first line says: `facilities-20261127-full.csv`, `# 2026-11-27 全量 rows=1234`. */
export function readSaid(words: string): Said {
  const plain = words.replace(/[_]/g, ' ')
  const found = plain.match(/(?<!\d)(20\d\d)[-./年]?(\d\d)[-./月]?(\d\d)(?!\d)/)
  const day = found ? `${found[1]}-${found[2]}-${found[3]}` : ''
  const rows = plain.match(/(?:rows|count|行数|笔数)\s*[=:]?\s*(\d{1,9})(?!\d)/i)?.[1]
  return {
    day: isDay(day) ? day : null,
    mode: FULL.test(plain) ? 'full' : CHANGES.test(plain) ? 'changes' : null,
    rows: rows ? Number(rows) : null,
  }
}

/** A row that ends a file: `#end 1234`, `EOF,1234`; the number of rows before it, null where it says none. */
export function readEnd(cells: readonly string[]): { readonly rows: number | null } | null {
  const found = cells.join(' ').match(/^#?\s*(?:end|eof|结束|合计)\s*[:=,]?\s*(\d{1,9})?\s*$/i)
  return found ? { rows: found[1] ? Number(found[1]) : null } : null
}

/** The first that says something, of several sayings. */
export const firstSaid = (sayings: readonly Said[]): Said => ({
  day: sayings.find(({ day }) => day)?.day ?? null,
  mode: sayings.find(({ mode }) => mode)?.mode ?? null,
  rows: sayings.find(({ rows }) => rows !== null)?.rows ?? null,
})

/** The last load of a feed. */
export interface Loaded {
  readonly day: Day
  readonly sha256: string
}

/**
 * What to do with a feed that was read: `repeat`, it was loaded before; throws `FeedFault` for one that is
 * older than what was loaded, of a day to come, or only half there.
 */
export function judge(
  feed: Feed,
  given: {
    readonly day: Day
    readonly sha256: string
    readonly rows: number
    readonly said: number | null
  },
  last: Loaded | null,
  today: Day,
): 'load' | 'repeat' {
  const { day, said, rows } = given
  if (last && day === last.day && given.sha256 === last.sha256) return 'repeat'
  if (day > today) {
    throw new FeedFault(
      `${feed} 的业务日期 ${day} 还没到，请核对。`,
      `The business day ${day} of ${feed} has not come yet; please check it.`,
    )
  }
  if (last && day < last.day) {
    throw new FeedFault(
      `${feed} 已经读过 ${last.day} 的数据，${day} 的更旧，没有读入。`,
      `${feed} of ${last.day} was loaded before; that of ${day} is older and was not loaded.`,
    )
  }
  if (said !== null && said !== rows) {
    throw new FeedFault(
      `${feed} 应有 ${said} 行，实际 ${rows} 行，文件可能没有传完，没有读入。请重传。`,
      `${feed} should have ${said} rows and has ${rows}: only a part of the file came, and nothing was loaded. Send it again.`,
    )
  }
  return 'load'
}

/** A full feed ends no more than this share of what stood open, without a person's yes. */
export const MOST_ENDED = 0.02

/** Whether so many may end by themselves; one may, in any book. */
export const mayEnd = (ending: number, open: number, share: number): boolean =>
  ending <= Math.max(1, Math.floor(open * share))

/** A feed older than this many days is said to stand still. */
export const STALE_DAYS = 3
