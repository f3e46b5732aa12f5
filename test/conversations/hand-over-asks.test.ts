import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { render } from '../../src/channels/console/render.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { hire } from '../support/hire.ts'
import { DATABASES } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(DATABASES)(
  'a hand-over of a book shows who gets how many and asks, on %s',
  (kind) => {
    let bank: Bank
    beforeEach(async () => {
      bank = await openBank(kind)
      await hire(bank, 'M4', '丁一', 'manager', 'T1')
    })
    afterEach(() => bank.close())

    const holders = () =>
      bank.rows<{ code: string; clients: number }>(
        `select staff.code, count(*)::int as clients from client join staff on staff.id = owner_id
       group by staff.code order by staff.code`,
      )

    test.each([
      [
        'a lead, evenly',
        'L1',
        '交接 M1 平均',
        ['Lee 3 位客户', '丁一 2 位客户'],
        { M2: 4, M3: 1, M4: 2 },
      ],
      [
        'a lead, to one',
        'L1',
        '交接 M1 给 丁一',
        ['丁一 5 位客户、4 件任务'],
        { M2: 1, M3: 1, M4: 5 },
      ],
      [
        'a lead, to several',
        'L1',
        '交接 M1 给 丁一、Lee',
        ['Lee 2 位客户', '丁一 3 位客户'],
        { M2: 3, M3: 1, M4: 3 },
      ],
      [
        'the head, evenly',
        'H1',
        '交接 M1 平均',
        ['Lee 3 位客户', '丁一 2 位客户'],
        { M2: 4, M3: 1, M4: 2 },
      ],
      [
        'the head, to another team',
        'H1',
        '交接 M1 给 何勇',
        ['何勇 5 位客户、4 件任务'],
        { M2: 1, M3: 6 },
      ],
    ])('%s', async (_, code, line, shown, after) => {
      const before = await holders()
      await bank.told()
      const asked = (await bank.say(code, line)).map(render).join()
      expect(asked).toContain('把 周敏（M1）的 5 位客户、4 件任务交接给：')
      for (const part of shown) expect(asked).toContain(part)
      // Nothing before, and nobody hears.
      expect(await holders()).toEqual(before)
      expect((await bank.told()).filter((each) => each.code !== code)).toEqual([])
      await play(bank, `${code}> 1\n已交接：周敏 的 5 位客户、4 件任务`)
      expect(Object.fromEntries((await holders()).map((row) => [row.code, row.clients]))).toEqual(
        after,
      )
      await play(bank, `${code}> 撤销\n的交接`)
      expect(await holders()).toEqual(before)
    })

    test('in English, and by the button after somebody left', async () => {
      await bank.rows(`update staff set language = 'en' where code = 'L1' returning 1`)
      await play(
        bank,
        `
      L1> hand over M1 evenly
      Hand 5 clients and 4 tasks of 周敏 (M1) over to:
      Lee: 3 clients
      丁一: 2 clients
      Nothing is done before you confirm.
      [1 Hand over]
      L1> left M1
      L1> 1
      L1> [Evenly]
      Hand 5 clients
      `,
      )
      expect((await holders()).find(({ code }) => code === 'M1')?.clients).toBe(5)
      await play(bank, 'L1> 1\nHanded over: 5 clients and 4 tasks')
    })

    test('what changed between the question and the answer is shown and asked anew', async () => {
      const button = async () => {
        const [row] = await bank.rows<{
          card: { blocks: { kind: string; buttons?: { intent: never }[] }[] }
        }>(`select card from message where conversation = 'console:L1' order by id desc limit 1`)
        const found = row?.card.blocks.flatMap(({ buttons = [] }) => buttons)[0]
        if (!found) throw new Error('no button')
        return found.intent
      }
      await bank.say('L1', '交接 M1 平均')
      const first = await button()
      for (const change of [
        `update staff set active = false where code = 'M4' returning 1`,
        `update task set status = 'done', closed_at = now() where id = (select task.id from task join staff
         on staff.id = manager_id where code = 'M1' and status = 'open' limit 1) returning 1`,
        `update client set owner_id = (select id from staff where code = 'M3')
         where name = '张三' returning 1`,
      ]) {
        const pressed = await button()
        await bank.rows(change)
        const again = (await bank.send('L1', pressed)).map(render).join()
        expect(again).toContain('情况有变，请再看一遍。')
        expect((await holders()).find(({ code }) => code === 'M1')).toBeDefined()
      }
      expect((await bank.send('L1', first)).map(render).join()).toContain('情况有变')
      const now = (await bank.send('L1', await button())).map(render).join()
      expect(now).toContain('已交接：周敏 的 4 位客户')
      expect((await holders()).map(({ code }) => code)).toEqual(['M2', 'M3'])
      // Pressed once more.
      expect((await bank.send('L1', first)).map(render).join()).toContain('名下没有客户和任务')
    })
  },
)
