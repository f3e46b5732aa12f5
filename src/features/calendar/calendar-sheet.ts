import { z } from 'zod'
import { query } from '../../bot/command.ts'
import { CALENDAR_FILE } from '../../bot/inbox/attachments.ts'
import { yearOf } from '../../core/calendar/schedule.ts'
import { writeWorkbook } from '../../infra/sheets/spreadsheet.ts'
import { specialStretches } from './cards.ts'
import { readYear } from './phrases.ts'
import * as policy from './policy.ts'

/** The workbook to fill in: the year as it stands. */
export const calendarSheet = query<{ year: number }, { year: number; file: Buffer }>({
  name: 'holiday-sheet',
  may: policy.setCalendar,
  help: {
    usage: { zh: '节假日 表格 2027', en: 'holidays sheet 2027' },
    purpose: {
      zh: '一年的放假安排表，改好发回来',
      en: 'the holidays of a year as a workbook, to be changed and sent back',
    },
  },
  phrases: {
    words: ['节假日 表格', '节假日表格', '节假日 模板', 'holidays sheet'],
    read(rest, { today }) {
      const year = readYear(rest, today)
      if (year === undefined) return { kind: 'no' }
      return { kind: 'understood', input: { year: year ?? yearOf(today) + 1 } }
    },
  },
  input: z.object({ year: z.int().min(2000).max(2100) }),
  async load(_tx, { year }, { at }) {
    const file = await writeWorkbook({
      marker: CALENDAR_FILE,
      sheets: [
        {
          name: `${year}`,
          columns: [
            { title: '开始', width: 14, holds: 'day' },
            { title: '结束', width: 14, holds: 'day' },
            { title: '安排', width: 10, options: ['放假', '上班'] },
            { title: '名称', width: 24 },
          ],
          rows: specialStretches(at.workdays, year, 'zh').map(({ from, until, works, name }) => [
            ...[from, until, works ? '上班' : '放假', name],
          ]),
        },
      ],
    })
    return { year, file }
  },
  reply: ({ year, file }, _input, { say }) => ({
    blocks: [
      {
        kind: 'text',
        text: say(
          `${year} 年现在的安排；照放假通知改好发回来，会先给您看再生效。`,
          `${year} as it stands; change it by the notice and send it back. You see what follows before it holds.`,
        ),
      },
      {
        kind: 'file',
        name: say(`节假日-${year}.xlsx`, `holidays-${year}.xlsx`),
        base64: file.toString('base64'),
      },
    ],
  }),
})
