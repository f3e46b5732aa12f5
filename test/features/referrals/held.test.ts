import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Bank, openBank } from '../../support/bank.ts'
import { ONE_DATABASE } from '../../support/open.ts'
import { play } from '../../support/play.ts'
import { visitorsOf } from '../../support/visitor.ts'

const FORM = { name: '梁小燕', business: '面馆', need: '进货', consent: 'yes' }

describe.each(ONE_DATABASE)(
  'the manager of a referral under review hears that one waits, on %s',
  (kind) => {
    let bank: Bank
    let visitors: ReturnType<typeof visitorsOf>
    beforeEach(async () => {
      bank = await openBank(kind)
      visitors = visitorsOf(bank)
    })
    afterEach(() => bank.close())

    /** The third number of one phone, which is held; earlier ones are taken in. */
    async function thirdBy(code: string): Promise<void> {
      const path = await visitors.linkOf(code, code === 'M2' ? 'my code' : '我的码')
      for (const n of [0, 1]) {
        await visitors.from('198.51.100.1').leave(path, { ...FORM, phone: `1380013901${n}` })
      }
      await bank.told()
      await visitors.from('198.51.100.1').leave(path, { ...FORM, phone: '13800139012' })
      expect(await bank.rows(`select 1 from referral_entry where status = 'held'`)).toHaveLength(1)
    }
    const task = () =>
      bank.rows(`select staff.code, due_on::text as due from task
      join client on client.id = client_id join staff on staff.id = manager_id
      where client.phone = '+8613800139012' and task.status = 'open'`)
    const verdict = async (word: string) => {
      const [entry] = await bank.rows<{ id: string }>(
        `select id from referral_entry where status = 'held'`,
      )
      await bank.send('L1', {
        command: 'review-referral',
        input: { entryId: entry?.id, verdict: word },
      })
    }

    test.each(['count', 'call'])('then the task arises at once: %s', async (word) => {
      await thirdBy('M1')
      await play(
        bank,
        `
      M1<
      周敏转介：梁** 留下了联系方式，正等主管审核，请先不要联系
      M1> 我的转介
      等主管审核，通过前先不要联系
      梁** · 今天
      `,
      )
      expect(JSON.stringify(await bank.rows('select card from message'))).not.toContain('1390 12')
      expect(await task()).toEqual([])
      await verdict(word)
      expect(await task()).toEqual([{ code: 'M1', due: '2026-11-24' }])
      expect(JSON.stringify(await bank.say('M1', '我的转介'))).not.toContain('等主管审核')
    })

    test('in English; what is rejected is told too, once', async () => {
      await thirdBy('M2')
      await play(bank, 'M2<\n梁** left their details and waits for a lead')
      await verdict('reject')
      expect((await bank.told()).filter(({ code }) => code === 'M2')).toHaveLength(1)
      expect(await task()).toEqual([])
    })

    test('of a code of staff, whoever is to serve hears of it and gets it', async () => {
      await thirdBy('S1')
      const told = (await bank.told()).filter(({ text }) =>
        /正等主管审核|waits for a lead/.test(text),
      )
      expect(told).toHaveLength(1)
      const [first] = told
      await bank.rows(`update task set status = 'done', closed_at = now() where manager_id <> (
      select id from staff where code = '${first?.code}') and status = 'open' returning 1`)
      const [entry] = await bank.rows<{ id: string }>(
        `select id from referral_entry where status = 'held'`,
      )
      await bank.rows(`update staff set unit_id = (select unit_id from staff where code = 'S1')
      where code = 'H1' returning 1`)
      await bank.send('H1', {
        command: 'review-referral',
        input: { entryId: entry?.id, verdict: 'count' },
      })
      expect(await task()).toEqual([{ code: first?.code, due: '2026-11-24' }])
    })
  },
)
