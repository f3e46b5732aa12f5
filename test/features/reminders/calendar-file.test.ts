import fc from 'fast-check'
import { expect, test } from 'vitest'
import { day } from '../../../src/core/calendar/time.ts'
import { calendarFile } from '../../../src/features/reminders/calendar-link/calendar-file.ts'
import { entriesOf } from '../../../src/features/reminders/calendar-link/entries.ts'

const NOW = new Date('2026-11-23T00:00:00Z')

/** Reads as RFC 5545 says: folded lines are put together, then marks are taken back. */
const summariesIn = (file: string): string[] =>
  file
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n')
    .flatMap((line) => line.match(/^SUMMARY:(.*)$/)?.[1] ?? [])
    .map((text) => text.replace(/\\([\\;,n])/g, (_, mark) => (mark === 'n' ? '\n' : mark)))

test('no line is longer than 75 octets, none cuts a character, and what is read is what was written', () =>
  fc.assert(
    fc.property(
      fc.array(
        fc.string({
          unit: fc.constantFrom('张', '先', '/', ',', ';', '\\', '\n', 'a', '😀', ' '),
          minLength: 1,
          maxLength: 120,
        }),
      ),
      (summaries) => {
        const entries = summaries.map((summary, id) => {
          return { id: String(id), starts: NOW, minutes: 30, summary }
        })
        const file = calendarFile('日程', entries, NOW)
        for (const line of file.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
          expect(line).not.toContain('\uFFFD')
        }
        expect(summariesIn(file)).toEqual(summaries)
      },
    ),
  ))

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
