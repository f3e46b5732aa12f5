/** @module-tag slow */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eraseBlocked } from '../../src/features/referrals/privacy/blocked/erase-blocked.ts'
import { lapseErasures } from '../../src/features/referrals/privacy/lapse-erasures.ts'
import { purge } from '../../src/features/referrals/privacy/purge.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'
import { visitorsOf } from '../support/visitor.ts'

const PROSPECTS = ['李四', '周五', 'Ann'].map((name, index) => ({
  name,
  phone: `+861380013710${index}`,
  owner: name === 'Ann' ? 'M2' : 'M1',
  kind: 'prospect' as const,
  tasks: [{ due_on: '2026-11-23', reason: 'entry', priority: 45 }],
}))
const EXISTING = [{ name: '张三', phone: '+8613490010001', owner: 'M1' }]

const ASK = `
  M1> 删除 李四 本人来电，要求删除李四的资料
  已请 谢英 确认
`

describe.each(ONE_DATABASE)('erasure needs the owner and whoever is above, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind, [...PROSPECTS, ...EXISTING])
  })
  afterEach(() => bank.close())

  const onFile = async (name: string) =>
    (await bank.rows(`select 1 from client where name = '${name}'`)).length > 0
  const requests = () =>
    bank.rows<{ status: string; asked: string; decided: string | null; ground: string }>(
      `select status, asker.code as asked, decider.code as decided, ground, phone_hash as hash
       from erasure join staff as asker on asker.id = asked_by
       left join staff as decider on decider.id = decided_by order by erasure.id`,
    )
  /** What stands on buttons of cards sent to a person, pressed by anybody. */
  const pressed = async (code: string, label: string, by = code) => {
    const rows = await bank.rows<{
      card: {
        blocks: { buttons?: { label: string; intent: { command: string; input: unknown } }[] }[]
      }
    }>(`select card from message where conversation = 'console:${code}' order by id desc`)
    const button = rows
      .flatMap(({ card }) => card.blocks.flatMap(({ buttons = [] }) => buttons))
      .find((each) => each.label === label)
    if (!button) throw new Error(`no button ${label} for ${code}`)
    return bank.send(by, button.intent, label)
  }

  test('nothing is deleted before it is confirmed; what stays is nameless', async () => {
    await play(
      bank,
      `
      M1> 删除 李四
      为什么删除 李四 的资料？
      M1> 本人来电，要求删除李四的资料
      已请 谢英 确认
      L1<
      周敏 请您确认删除客户资料：李四
      理由：本人来电，要求删除李四的资料
      [确认删除] [不同意]
      M1> 删除 李四 再说一遍
      已经提出过
      `,
    )
    expect(await onFile('李四')).toBe(true)
    await pressed('L1', '确认删除')
    expect(await onFile('李四')).toBe(false)
    await play(bank, 'M1<\n谢英 已确认，您 今天 提出的客户资料已删除')
    const hash = bank.app.services.bank.keyedHash('phone:+8613800137100')
    expect(await requests()).toEqual([
      {
        status: 'confirmed',
        asked: 'M1',
        decided: 'L1',
        ground: '本人来电，要求删除—的资料',
        hash,
      },
    ])
    const kept = await bank.rows(
      `select 1 from message where strpos(card::text, '李四') > 0
       union all select 1 from received where strpos(says::text, '李四') > 0
       union all select 1 from act where strpos(input::text, '李四') > 0
       union all select 1 from erasure where strpos(ground, '李四') > 0`,
    )
    expect(kept).toEqual([])
    await play(bank, 'L1> 投诉\n没有未结')
  })

  test('in English too', async () => {
    await play(
      bank,
      `
      M2> erase Ann
      Why is the file of Ann to be deleted?
      M2> asked us to by phone
      谢英 is asked to confirm
      `,
    )
    await pressed('L1', '不同意')
    await play(bank, 'M2<\n谢英 did not agree to delete the file of Ann')
    expect(await onFile('Ann')).toBe(true)
    await play(bank, 'M2> erase Ann insists\n谢英 is asked to confirm')
    await pressed('L1', '确认删除')
    await play(bank, 'M2<\n谢英 confirmed: the file that you asked on today to delete is gone')
    expect(await onFile('Ann')).toBe(false)
  })

  test.each([
    [
      'a colleague with a task',
      async () => {
        await bank.rows(`update task set manager_id = (select id from staff where code = 'M2')
        where client_id = (select id from client where name = '李四') returning 1`)
        return 'M2'
      },
    ],
    [
      'a colleague it is shared with',
      async () => {
        await play(bank, 'M1> 共享 李四 M2')
        return 'M2'
      },
    ],
    [
      'a stand-in',
      async () => {
        await play(bank, 'M1> 请假 11/23-11/25 代班 M2')
        return 'M2'
      },
    ],
    ['the lead', async () => 'L1'],
    ['the head', async () => 'H1'],
  ])('%s cannot ask', async (_, prepare) => {
    const code = await prepare()
    const clientId = await bank.clientId('李四')
    for (const input of [
      { clientId, sure: true },
      { clientId, ground: '要求', sure: true },
    ]) {
      await bank.send(code, { command: 'erase', input })
    }
    expect(await onFile('李四')).toBe(true)
    expect(await requests()).toEqual([])
  })

  test('nobody but whoever is asked confirms or declines', async () => {
    await play(bank, ASK)
    // The owner, another lead, a colleague, the head while there is a lead, marketing.
    for (const code of ['M1', 'L2', 'M2', 'H1', 'K1']) {
      await pressed('L1', '确认删除', code)
      await pressed('L1', '不同意', code)
      expect((await requests())[0]?.status, code).toBe('asked')
    }
    expect(await onFile('李四')).toBe(true)
  })

  test('of a lead’s own client the head is asked, not another lead', async () => {
    await bank.rows(`update staff set role = 'lead' where code = 'M2' returning 1`)
    await bank.rows(`update client set owner_id = (select id from staff where code = 'L1')
      where name = '李四' returning 1`)
    await play(bank, 'L1> 删除 李四 本人要求\n已请 唐宁 确认')
    await bank.rows(`update client set owner_id = (select id from staff where code = 'H1')
      where name = '周五' returning 1`)
    await play(bank, 'H1> 删除 周五 本人要求\n上面没有')
    expect((await requests()).map(({ asked }) => asked)).toEqual(['L1'])
  })

  test.each([
    ['an open complaint', 'M1> 投诉 李四 扣费没说明', '有未结的投诉'],
    ['one about the manager', 'H1> 投诉 李四 经理收取好处费', '有未结的投诉'],
    ['an entry of the negative list', 'R1> 负面 13800137100 冒用资料', '负面清单'],
  ])('%s keeps the file, when asked and when confirmed', async (_, makes, because) => {
    await play(bank, makes)
    await play(bank, `M1> 删除 李四 本人要求\n${because}`)
    expect(await requests()).toEqual([])
    await bank.close()

    bank = await openBank(kind, PROSPECTS)
    await play(bank, ASK)
    const [card] = await bank.rows<{ id: string }>('select id from erasure')
    await play(bank, makes)
    const answer = await bank.send('L1', {
      command: 'confirm-erasure',
      input: { erasureId: card?.id },
    })
    expect(JSON.stringify(answer)).toContain(because)
    expect(await onFile('李四')).toBe(true)
    expect((await requests())[0]?.status).toBe('asked')
  })

  test('a referral under review keeps the file', async () => {
    const visitors = visitorsOf(bank)
    const path = await visitors.linkOf('M1', '我的码')
    const form = { name: '李四', business: '', need: '', consent: 'yes', phone: '13800137100' }
    await visitors.from('203.0.113.9').leave(path, form)
    expect(await bank.rows(`select 1 from referral_entry where status = 'held'`)).toHaveLength(1)
    await play(bank, 'M1> 删除 李四 本人要求\n转介正在审核')
    expect(await requests()).toEqual([])
  })

  test('what the law has kept is blocked, and deleted when its term is over', async () => {
    await bank.rows(`
      insert into outcome (id, act_id, client_id, staff_id, kind, stage, logged_on, logged_at)
      select gen_random_uuid(), gen_random_uuid(), client.id, owner_id, 'applied', 'applied', '2016-11-23', now()
      from client where name = '李四'`)
    await play(
      bank,
      `
      M1> 删除 张三 本人要求
      已请 谢英 确认
      要依法保存，不能马上删除：确认后封存
      M1> 删除 李四 本人要求
      已请 谢英 确认
      满 10 年自动删除。请这样答复客户
      L1<
      周敏 请您确认封存客户资料：李四
      客户要求删除，但办过业务的资料要依法保存
      [确认封存] [不同意]
      `,
    )
    await pressed('L1', '确认封存')
    await play(
      bank,
      `
      M1<
      谢英 已确认，李四 的资料已封存：不再营销，任务已取消
      M1> 删除 李四 本人要求
      李四 的资料已经封存，期满自动删除
      M1> 查 李四
      本人要求删除，资料封存
      `,
    )
    expect(
      await bank.rows(`select no_next from task join client on client.id = client_id
        where name = '李四' and status = 'cancelled'`),
    ).toEqual([{ no_next: 'do-not-contact' }])

    const night = () => eraseBlocked.run(bank.app.services, bank.app.services.moment())
    await night()
    expect(await onFile('李四')).toBe(true)
    await bank.rows(`update outcome set logged_on = '2016-11-22'`)
    await play(bank, 'M1> 投诉 李四 扣费没说明')
    await night()
    expect(await onFile('李四')).toBe(true)
    await play(bank, 'M1> 投诉 结 李四 已退费')
    await night()
    expect(await onFile('李四')).toBe(false)
    await play(bank, 'M1<\n要求删除的一份封存资料，法定保存期已满，已删除')
    expect(await onFile('张三')).toBe(true)
  })

  test('a closed complaint stays without the name; the undoing of an entry cannot take an open one', async () => {
    await play(
      bank,
      `
      M1> 投诉 李四 李四说扣费没说明
      M1> 投诉 结 李四 已退费，李四满意
      投诉已结
      ${ASK}
      `,
    )
    await pressed('L1', '确认删除')
    expect(await onFile('李四')).toBe(false)
    expect(
      await bank.rows(`select about, answer, status, client_id as client from complaint`),
    ).toEqual([{ about: '—说扣费没说明', answer: '已退费，—满意', status: 'closed', client: null }])

    await play(bank, 'M1> 新客户 赵六 13800137109 面馆')
    await play(bank, 'L1> 投诉 赵六 态度不好')
    await play(bank, 'M1> 撤销\n不能撤销')
    expect(await onFile('赵六')).toBe(true)
    expect(await bank.rows(`select 1 from complaint where status = 'open'`)).toHaveLength(1)
  })

  test('who withdraws while a complaint is open is deleted once it is settled', async () => {
    const visitors = visitorsOf(bank)
    const path = await visitors.linkOf('M1', '我的码')
    const visitor = visitors.from('203.0.113.7')
    const form = { name: '吴九', business: '', need: '', consent: 'yes', phone: '13800137120' }
    const answer = await visitor.leave(path, form)
    const thanks = answer.headers.get('location')?.replace(/^\/r/, '') ?? ''
    await play(bank, 'L1> 投诉 吴九 经理态度不好')
    await bank.told()
    await visitor.post(`${thanks}/withdraw`, '')
    await play(bank, 'M1<\n吴九 撤回了同意\n有未结的投诉')
    expect(await onFile('吴九')).toBe(true)
    expect(await bank.rows(`select 1 from complaint where status = 'open'`)).toHaveLength(1)
    const { services } = bank.app
    await purge(services, services.moment())
    expect(await onFile('吴九')).toBe(true)
    await play(bank, 'L1> 投诉 结 吴九 已道歉，客户满意\n投诉已结')
    await purge(services, services.moment())
    expect(await onFile('吴九')).toBe(false)
    expect(await bank.rows(`select 1 from complaint where status = 'closed'`)).toHaveLength(1)
  })

  test('another owner meanwhile is asked anew, and what nobody confirms in two weeks lapses', async () => {
    await play(bank, ASK)
    await bank.rows(`update client set owner_id = (select id from staff where code = 'M3')
      where name = '李四' returning 1`)
    await bank.told()
    await pressed('L1', '确认删除')
    expect(await onFile('李四')).toBe(true)
    await play(bank, 'M3<\n李四\n要求删除资料\n请核实后重新提出')
    expect((await requests())[0]?.status).toBe('superseded')
    await play(bank, 'M3> 删除 李四 已核实本人要求\n已请 石磊 确认')
    bank.setClock('2026-12-07T09:00:00+08:00')
    await bank.told()
    await pressed('L2', '确认删除')
    expect(await onFile('李四')).toBe(true)
    await lapseErasures.run(bank.app.services, bank.app.services.moment())
    await play(bank, 'M3<\n李四\n14 天内没有确认')
    await play(bank, 'M3> 删除 李四 再次要求\n已请 石磊 确认')
    await pressed('L2', '确认删除')
    expect(await onFile('李四')).toBe(false)
  })

  test('a complaint and the confirmation at one time: never both', async () => {
    for (let round = 0; round < 6; round++) {
      const name = `同时${'甲乙丙丁戊己'[round]}`
      await bank.say('M1', `新客户 ${name} 1380013720${round} 面馆`)
      await play(bank, `M1> 删除 ${name} 本人要求\n已请 谢英 确认`)
      const [request] = await bank.rows<{ id: string }>(
        `select id from erasure where status = 'asked'`,
      )
      const clientId = await bank.clientId(name)
      await Promise.all([
        bank.send('L1', { command: 'confirm-erasure', input: { erasureId: request?.id } }),
        bank.send('H1', { command: 'complaint', input: { clientId, about: '收费不清' } }),
      ])
      const open = await bank.rows(
        `select 1 from complaint where client_id = '${clientId}' and status = 'open'`,
      )
      expect(await onFile(name)).toBe(open.length === 1)
      if (open.length === 1) await play(bank, `H1> 投诉 结 ${name} 客户满意`)
      await bank.rows(`update erasure set status = 'declined' where status = 'asked' returning 1`)
    }
  })
})
