import type { Phrases } from '../../../bot/command.ts'
import type { Reading } from '../../../bot/grammar/reading.ts'
import { since } from '../../../bot/grammar/slots/fill.ts'
import { client } from '../../../bot/grammar/slots/kinds/client.ts'
import { staff } from '../../../bot/grammar/slots/kinds/staff.ts'
import { until } from '../../../bot/grammar/slots/kinds/until.ts'
import { tail } from '../../../bot/grammar/slots/labels/tail.ts'
import { phrase } from '../../../bot/grammar/slots/phrase.ts'
import type { Slot } from '../../../bot/grammar/slots/slot.ts'

/** Reads "M003 平均", "M003 给 王五,赵六", "何勇 给 M005 M006". */
export function readHandover(rest: string): Reading<{ of: string; to: string[] }> {
  const [, of = '', more = ''] = rest.match(/^(\S+?)(?:\s+|的客户\s*)(.*)$/) ?? []
  if (!of || !more) return { kind: 'no' }
  if (/^(?:平均|均分|平分|evenly|even)[\s.。]*$/i.test(more)) {
    return { kind: 'understood', input: { of, to: [] } }
  }
  const to = more
    .replace(/^(?:给|to\b)\s*/i, '')
    .split(/[\s,、;和]+|\band\b/)
    .filter(Boolean)
  return to.length > 0 ? { kind: 'understood', input: { of, to } } : { kind: 'no' }
}

/** Reads "张三 给 王五", "张三 王五": a client and a colleague. */
export function readClientHandover(rest: string): Reading<{ named: string; to: string }> {
  const [, named = '', to = ''] =
    rest.match(/^(.{1,40}?)\s*(?:\s|转?给|\bto\b)\s*(?:给|to\b)?\s*(\S{1,40})$/i) ?? []
  return named && to ? { kind: 'understood', input: { named: named.trim(), to } } : { kind: 'no' }
}

/** Between the client and the colleague: 共享 张三 给 王五. */
const LITTLE = /^(?:给|和|与|跟|with\b|to\b)[\s:]*/i
const COLLEAGUE = staff('with', { alone: true })

const colleague: Slot = {
  ...COLLEAGUE,
  take(part, before, claimed) {
    const { scanned, start, end } = part
    const lead = scanned.text.slice(start, end).match(LITTLE)?.[0].length ?? 0
    return COLLEAGUE.take(since(part, start + lead), before, claimed)
  },
}

const UNTIL = until('until')
const SHARE_SLOTS: readonly Slot[] = [
  client(),
  colleague,
  tail('reason', /(?:^|[\s,;])(?:因为?|由于|原因|理由|事由|为了?|because(?: of)?|for)[\s:]*/i),
  {
    ...UNTIL,
    ask: (doubt, subject, part) => ({
      ...UNTIL.ask(doubt, subject, part),
      question: {
        zh: `${doubt.said ? `"${doubt.said}"不能确定，` : ''}共享到哪天（含）？比如 12月31日。`,
        en: `${doubt.said ? `"${doubt.said}" is not clear. ` : ''}Shared until which day, that one included? For example 31 Dec.`,
      },
    }),
  },
]

/** "张三 王五", "张三 给 王五 到 12月31日 因为 一起谈授信": a client and a colleague, until when and what for. */
export const sharePhrases = (words: readonly string[]): Phrases<unknown> =>
  phrase({ words, strict: true }, ...SHARE_SLOTS)

/** A client and a colleague, and nothing else. */
export const UNSHARE_PHRASES: Phrases<unknown> = phrase(
  { words: ['取消共享', '停止共享', 'unshare'], strict: true },
  client(),
  colleague,
)

/** Reads a staff code or name, and nothing else. */
export const readPerson = (rest: string): Reading<{ person: string }> =>
  /^\S{1,40}$/.test(rest) ? { kind: 'understood', input: { person: rest } } : { kind: 'no' }
