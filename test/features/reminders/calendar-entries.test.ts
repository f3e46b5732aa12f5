import { expect, test } from 'vitest'
import { day } from '../../../src/core/calendar/time.ts'
import { entriesOf } from '../../../src/features/reminders/calendar-link/entries.ts'

test.each([
  ['张三', '电话 · 张先生/女士'],
  ['欧阳娜娜', '电话 · 欧阳先生/女士'],
  ['阿卜杜·热合曼', '电话 · 热合曼先生/女士'],
  ['Calvin O’Neil', '电话 · O’Neil先生/女士'],
])('%s stands there as %s', (clientName, summary) => {
  const appointments = [
    { taskId: 'a', dueOn: day('2026-11-24'), dueTime: '15:00', kind: 'call', clientName } as const,
  ]
  const [entry] = entriesOf({ appointments, reminders: [] }, 'Asia/Shanghai', 'zh')
  expect(entry).toMatchObject({ summary, starts: new Date('2026-11-24T07:00:00Z') })
})
