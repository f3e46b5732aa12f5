import { saidDay } from '../../../bot/grammar/day.ts'
import type { Reading } from '../../../bot/grammar/reading.ts'
import type { Moment } from '../../../bot/moment.ts'
import type { Day } from '../../../core/calendar/time.ts'

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

export interface ShareWords {
  named: string
  with: string
  until: Day | null
  reason: string | null
}

const LITTLE = /^(?:给|和|与|跟|with|to)$/i
const UNTIL = /^(?:到|至|截至|截止|until|till)\s*/i
const REASON = /^(?:因为?|由于|原因|理由|事由|为了?|because(?: of)?|for)\s*:?\s*/i

/** Reads "张三 王五", "张三 给 王五 到 12月31日 因为 一起谈授信": a client and a colleague, until when and what for. */
export function readShare(rest: string, at: Moment): Reading<ShareWords> {
  const words = rest.split(/[\s,;]+/).filter((word) => !LITTLE.test(word))
  const [named, colleague, ...more] = words
  if (!named || !colleague) return { kind: 'no' }
  const input = { named, with: colleague.replace(/^(?:给|和|与|跟)/, '') }
  const behind = more.join(' ')
  if (!UNTIL.test(behind)) {
    if (behind && !REASON.test(behind)) return { kind: 'no' }
    return { kind: 'understood', input: { ...input, until: null, reason: reasonIn(behind) } }
  }
  const taken = saidDay(behind.replace(UNTIL, ''), at)
  if (taken && 'day' in taken) {
    const reason = reasonIn(taken.rest)
    return { kind: 'understood', input: { ...input, until: taken.day, reason } }
  }
  return {
    kind: 'asks',
    input: { ...input, until: null, reason: taken && reasonIn(taken.rest) },
    doubts: [
      {
        question: {
          zh: '共享到哪天（含）？比如 12月31日。',
          en: 'Shared until which day, that one included? For example 31 Dec.',
        },
        slots: ['until'],
        expects: 'day',
      },
    ],
  }
}

/** Reads a client and a colleague, and nothing else. */
export function readUnshare(rest: string, at: Moment): Reading<ShareWords> {
  const read = readShare(rest, at)
  const pair = read.kind === 'understood' && read.input.until === null && read.input.reason === null
  return pair ? read : { kind: 'no' }
}

const reasonIn = (said: string): string | null => said.trim().replace(REASON, '').trim() || null

/** Reads a staff code or name, and nothing else. */
export const readPerson = (rest: string): Reading<{ person: string }> =>
  /^\S{1,40}$/.test(rest) ? { kind: 'understood', input: { person: rest } } : { kind: 'no' }
