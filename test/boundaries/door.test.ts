import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { render } from '../../src/channels/console/render.ts'
import { doorPage } from '../../src/features/activities/door-page.ts'
import type { Bank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'
import { play } from '../support/play.ts'
import { openBranches } from './branches.ts'

describe.each(DATABASES)('the page at the door, on %s', (kind) => {
  let bank: Bank
  let door: ReturnType<typeof doorPage.routes>
  let code = ''
  beforeEach(async () => {
    bank = await openBranches(kind)
    door = doorPage.routes(bank.app.services)
    const input = { name: '门前茶会', heldOn: '2026-11-23', startsAt: '', place: '大堂' }
    await bank.send('L1', { command: 'save-activity', input })
    code = (await bank.rows<{ code: string }>('select code from activity'))[0]?.code ?? ''
  })
  afterEach(() => bank.close())

  const scan = (phone: string) =>
    door.request(`/${code}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ phone }).toString(),
    })
  const shown = async (staff: string) =>
    (await bank.say(staff, '客户活动 门前茶会')).map(render).join()

  test('turns no number into a name: who was not invited is told to their own manager alone', async () => {
    await bank.told()
    const pages = [await scan('13490010007'), await scan('13490010005'), await scan('13800138000')]
    expect(new Set(await Promise.all(pages.map((page) => page.text()))).size).toBe(1)
    const told = await bank.told()
    expect(told.map((each) => each.code).sort()).toEqual(['M1', 'M3'])
    expect(told.find((each) => each.code === 'M3')?.text).toContain('您的客户 钱进 的手机号签到')
    await scan('13490010007')
    expect(await bank.told()).toEqual([])
    for (const staff of ['L1', 'M1', 'M2', 'K1']) {
      expect(await shown(staff), staff).not.toMatch(/钱进|孙丽/)
    }
    expect(await bank.rows(`select 1 from activity_guest where attended_at is not null`)).toEqual(
      [],
    )
    // The client's own manager says that it was them; of another team's event, the hosts do.
    await play(bank, 'M1> 到场 门前茶会 孙丽\n已记到场：孙丽')
    await play(bank, 'M3> 到场 门前茶会 钱进\n这个客户活动不是您所在机构办的')
  })

  test('notes an invited guest, whose name those see who serve them', async () => {
    await bank.say('M1', '邀请 门前茶会 张三')
    await bank.say('M2', 'invite 门前茶会 Tom')
    await scan('13490010001')
    await play(
      bank,
      `
      M1> 客户活动 门前茶会
      到场: 1
      您的客户
      张三 · 顺发五金店 · 到场
      同事的客户 1 位
      L1> 客户活动 门前茶会
      张三 · 顺发五金店 · 到场
      Tom
      `,
    )
    expect(await shown('M2')).not.toContain('张三')
    expect(await shown('M1')).not.toContain('Tom')
    // Nobody of another unit is shown anybody.
    expect(await shown('M9')).not.toMatch(/张三|Tom/)
  })

  test('a client whose number was given first may be invited, and is noted then', async () => {
    await scan('13490010001')
    await play(bank, 'M1> 邀请 门前茶会 张三\n已列入"门前茶会"的邀请：张三')
    await scan('13490010001')
    expect(await bank.rows(`select via from activity_guest where attended_at is not null`)).toEqual(
      [{ via: 'scan' }],
    )
  })

  test('whoever tries numbers from one address has to wait, and hears the same of all', async () => {
    const states: number[] = []
    for (let n = 0; n < 64; n++) states.push((await scan(`1390000${1000 + n}`)).status)
    expect(states.filter((status) => status === 200)).toHaveLength(60)
    const late = await scan('13490010001')
    expect([late.status, Number(late.headers.get('retry-after')) > 0]).toEqual([429, true])
    expect(await late.text()).toContain('请过一会儿再试')
    expect((await door.request(`/${code}`)).status).toBe(200)
  })
})
