import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { render } from '../../../src/channels/console/render.ts'
import type { Card } from '../../../src/core/card.ts'
import { newId } from '../../../src/core/ids.ts'
import { type Bank, CLIENTS, openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'

describe.each(DATABASES)('a list that stands, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
    await bank.say('M1', '今日')
  })
  afterEach(() => bank.close())

  /** Says a line, and does not wait until the list is shown anew. */
  const quickly = async (text: string) => {
    const { answered } = await bank.app.inbox({
      ...{ id: newId(), channel: 'console', conversation: 'console:M1', sender: 'M1' },
      ...{ shared: false, says: { kind: 'text', text } },
    })
    await answered
  }
  /** The list is to be shown anew. */
  const goesStale = () =>
    bank.rows(
      `insert into message (id, channel, conversation, subject, reader_id, replaces, not_before, created_at)
       select '${newId()}', message.channel, message.conversation, subject, staff_id, message.id,
         not_before, created_at
       from message join account using (channel, conversation) where subject is not null`,
    )
  const revisions = () =>
    bank.rows<{ state: string; card: Card | null }>(
      `select state, card from message where reader_id is not null order by id`,
    )

  test('is shown anew once for all that was said meanwhile, as it is then', async () => {
    await bank.app.delivery.settled()
    await quickly('1 没接')
    await quickly('2 没接')
    await quickly('撤销')
    await bank.app.delivery.settled()
    const shown = (await revisions()).map(({ state, card }) => [state, card && render(card)])
    expect(shown.length).toBeLessThan(3)
    expect(shown.at(-1)).toEqual(['sent', expect.stringContaining('已办 1 件')])
  })

  test('is shown anew, too, where it is said to be there a moment after somebody used it', async () => {
    const list = 'where subject is not null and reader_id is null'
    await bank.rows(
      `update message set state = 'sending', not_before = not_before + interval '30 seconds' ${list}`,
    )
    await quickly('1 没接')
    await bank.rows(`update message set state = 'sent' ${list}`)
    await bank.app.delivery.settled()
    const [shown] = await revisions()
    expect(shown && [shown.state, render(shown.card as Card)]).toEqual([
      'sent',
      expect.stringContaining('已办 1 件'),
    ])
  })

  test('has phone numbers masked in a shared conversation, and only there, with an account or without', async () => {
    await bank.close()
    bank = await openBank(kind, CLIENTS, { buttons: true, forms: true, whispers: true })
    await bank.say('M1', '今日')
    await bank.rows(`delete from account where external_id = 'M1' returning 1`)
    const shownAfter = async (conversation: string, shared: boolean, text: string) => {
      const { answered } = await bank.app.inbox({
        ...{ id: newId(), channel: 'console', conversation, sender: 'M1', shared },
        says: { kind: 'text', text },
      })
      await answered
      await bank.app.delivery.settled()
      const card = (await revisions()).at(-1)?.card
      return card && render(card).match(/134\S* ?\S* ?\S*/)?.[0]
    }
    expect(await shownAfter('console:M1', false, '1 没接')).toBe('134 9001 0002')
    await bank.say('M1', '撤销')
    await shownAfter('a room', true, '今日')
    expect(await shownAfter('a room', true, '1 没接')).toBe('134****0002')
  })

  test('stays as it is when its day is over', async () => {
    bank.setClock('2026-11-24T00:01:00+08:00')
    await goesStale()
    await bank.app.delivery.settled()
    expect(await revisions()).toEqual([{ state: 'dropped', card: null }])
  })

  test('that cannot be composed is tried again, and keeps no answer waiting', async () => {
    await bank.rows(`alter table task_list rename to hidden`)
    const lines = await bank.say('M1', '查 张三')
    await goesStale()
    await bank.app.delivery.settled()
    expect(await bank.say('M1', '查 张三')).toEqual(lines)
    expect(await revisions()).toEqual([{ state: 'unknown', card: null }])
    await bank.rows(`alter table hidden rename to task_list`)
    bank.setClock('2026-11-23T08:12:00+08:00')
    await bank.app.delivery.settled()
    expect(await revisions()).toMatchObject([{ state: 'sent' }])
  })
})
