import { expect, test } from 'vitest'
import { day } from '../../../src/core/calendar/time.ts'
import { speaker } from '../../../src/core/text.ts'
import { listCard } from '../../../src/features/tasks/cards.ts'
import { reasonLine } from '../../../src/features/tasks/lines.ts'
import type { TaskLine } from '../../../src/features/tasks/list/line-store.ts'
import { momentOf } from '../../support/moment.ts'

const AT = momentOf('2026-11-23T09:00:00+08:00')
const reason = (line: Partial<TaskLine>, language: 'zh' | 'en' = 'zh') =>
  reasonLine({ product: null, amount: null, ...line } as TaskLine, AT, speaker(language), language)

test.each<[string, Partial<TaskLine>]>([
  ['说过再考虑，问问结果，已 3 天未联系', { because: 'quiet', lastContactOn: day('2026-11-20') }],
  ['说过再考虑，问问结果', { because: 'quiet', lastContactOn: day('2026-11-23') }],
  ['说过再考虑，问问结果', { because: 'quiet', lastContactOn: null }],
  [
    '说过再考虑，问问结果，重点客户已 1 天未联系',
    { because: 'key-slipping', lastContactOn: day('2026-11-22') },
  ],
  ['说过再考虑，问问结果，重点客户', { because: 'key-slipping', lastContactOn: day('2026-11-23') }],
  ['说过再考虑，问问结果，贡献高', { because: 'worth' }],
  ['已 3 天未联系', { reason: 'quiet', because: null, lastContactOn: day('2026-11-20') }],
  ['今天联系过', { reason: 'quiet', because: null, lastContactOn: day('2026-11-23') }],
  ['还没有联系过', { reason: 'quiet', because: null, lastContactOn: null }],
])('%s', (said, line) => {
  expect(reason({ reason: 'thinking', usageRate: null, ...line })).toBe(said)
})

/** What heads a list of so many tasks; each letter is a client, in upper case what is due, in lower case what is soon. */
const headOf = (tasks: string, { page = 10, total = tasks.length, done = 0 } = {}) => {
  const lines = [...tasks].map((letter, place) => {
    const soon = letter === letter.toLowerCase()
    const dueOn = day(soon ? '2026-11-25' : '2026-11-23')
    const client = letter.toUpperCase()
    const about = { clientId: client, clientName: client, managerId: 'M1', kind: 'call' } as const
    return { id: `${place}`, ...about, reason: 'thinking', dueOn, postponed: 0 } as TaskLine
  })
  const due = [...tasks].filter((letter) => letter !== letter.toLowerCase()).length
  const all = { due: due + (total - tasks.length), total, numbers: lines.map(({ id }) => id) }
  const view = { ...all, lines, done, from: 0, notes: [], page, quiet: null }
  const [head] = listCard(view, AT, 'zh', false).blocks
  return head?.kind === 'text' ? head.text.replaceAll('*', '') : ''
}

test.each([
  ['ABC', {}, '今天 3 件'],
  ['ABCd', { done: 2 }, '今天 3 件，已办 2 件'],
  ['abc', {}, '今天没有到期的'],
  // Not more than there are: the last of these is only soon.
  ['ABCDEFGHIj', { total: 10 }, '今天 9 件'],
  ['ABCDEFGHIj', { page: 9 }, '今天 9 件'],
  ['ABCDEFGHIJ', { total: 18 }, '今天 18 件，先做这 10 件'],
  ['ABCDEFGHIJ', { total: 18, done: 16 }, '今天 18 件，已办 16 件，先做这 10 件'],
  // Two tasks of one client are one line.
  ['ABAC', {}, '今天 4 件，3 位客户'],
  ['ABa', {}, '今天 2 件'],
])('the head of %s %o counts what the list shows', (tasks, more, said) => {
  expect(headOf(tasks, more)).toBe(said)
})
