import { expect, test } from 'vitest'
import { day } from '../../../src/core/calendar/time.ts'
import { speaker } from '../../../src/core/text.ts'
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
  ['已 3 天未联系', { reason: 'quiet', because: null, lastContactOn: day('2026-11-20') }],
  ['今天联系过', { reason: 'quiet', because: null, lastContactOn: day('2026-11-23') }],
  ['还没有联系过', { reason: 'quiet', because: null, lastContactOn: null }],
])('%s', (said, line) => {
  expect(reason({ reason: 'thinking', usageRate: null, ...line })).toBe(said)
})
