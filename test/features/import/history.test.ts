import { expect, test } from 'vitest'
import { writeWorkbook } from '../../../src/infra/sheets/spreadsheet.ts'
import { bankOn, CLIENTS } from '../../support/bank.ts'
import { openNewPostgres } from '../../support/open.ts'
import { press, send } from './book.ts'

test('talks may stand before the clients whom they were with', async () => {
  const bank = await bankOn(await openNewPostgres(), CLIENTS)
  const texts = (titles: string[]) => titles.map((title) => ({ title, holds: 'text' as const }))
  const preview = await send(
    bank,
    'H1',
    await writeWorkbook({
      marker: 'clients',
      sheets: [
        {
          name: '历史',
          columns: texts(['手机号', '日期', '事项', '结果', '客户经理']),
          rows: [
            ['13800010001', '2026-10-08', '电话', '再考虑', 'Lee'],
            // More than are looked at in one step.
            ...Array.from({ length: 2000 }, () => [
              ...['13900000000', '2026-11-02', '电话', '没接', null],
            ]),
          ],
        },
        {
          name: '客户',
          columns: texts(['姓名', '手机号', '工号']),
          rows: [['李新', '13800010001', 'M1']],
        },
      ],
    }),
  )
  expect(preview).toContain('历史记录 1 条')
  expect(preview).toContain('2000 行：没有这位客户。')
  await press(bank, 'H1', '确认导入')
  expect(
    await bank.rows(`select client.name, outcome.kind, staff.name as by from outcome
      join client on client.id = client_id join staff on staff.id = staff_id`),
  ).toEqual([{ name: '李新', kind: 'thinking', by: 'Lee' }])
  await bank.close()
})
