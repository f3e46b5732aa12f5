import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { linesOption } from '../../src/features/campaigns/figures/cards.ts'
import { DIMENSIONS } from '../../src/features/campaigns/figures/rules.ts'
import { linesBy } from '../../src/features/campaigns/figures/store.ts'
import { runDay } from '../../src/features/campaigns/run/run-campaigns.ts'
import { handOver } from '../../src/features/handover/send-lists.ts'
import { type Bank, CLIENTS, openBank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'
import { play } from '../support/play.ts'

/** Two more branches, each with a team, its lead and a manager. */
const MORE_BRANCHES = `
  with root as (select id from unit where code = 'HQ'),
  branch as (
    insert into unit (id, code, name, kind, parent_id, path)
    select gen_random_uuid(), code, name, 'branch', root.id, '/HQ/' || code || '/'
    from root, (values ('B2', '滨江支行'), ('B3', '高新支行')) as named (code, name) returning id, code
  ), team as (
    insert into unit (id, code, name, kind, parent_id, path)
    select gen_random_uuid(), named.code, named.name, 'team', branch.id,
      '/HQ/' || branch.code || '/' || named.code || '/'
    from branch join (values ('B2', 'T3', '三队'), ('B3', 'T4', '四队')) as named (above, code, name)
      on above = branch.code returning id, code
  ), person as (
    insert into staff (id, code, name, role, unit_id, active, joined_on)
    select gen_random_uuid(), named.code, named.name, named.role, team.id, true, '2020-01-01'
    from team join (values ('T3', 'L3', '冯涛', 'lead'), ('T3', 'M4', '褚洁', 'manager'),
      ('T4', 'L4', '卫东', 'lead'), ('T4', 'M5', '蒋文', 'manager')) as named (team, code, name, role)
      on named.team = team.code returning id, code
  ), account as (
    insert into account (channel, external_id, staff_id, conversation, last_seen_at)
    select 'console', code, id, 'console:' || code, '2026-11-20' from person returning staff_id
  )
  insert into client (id, kind, name, pinyin, initials, phone, industry, region, source, owner_id, entered_at)
  select gen_random_uuid(), 'existing', named.name, 'kehu', 'kh', named.phone, named.industry,
    named.region, 'list', person.id, '2026-10-01'
  from person join (values ('M4', '韩梅', '+8613490020001', '餐饮', '滨江'),
    ('M4', '杨光', '+8613490020002', '五金', '滨江'),
    ('M5', '朱明', '+8613490020003', '餐饮', '高新'), ('M5', '秦岚', '+8613490020004', '服装', '高新'))
    as named (owner, name, phone, industry, region) on named.owner = person.code
  returning id`

const plan = (more: object) => ({
  command: 'save-campaign',
  input: { talkingPoints: '旺季备货，利率优惠。', ...more },
})

describe.each(DATABASES)('two weeks of two campaigns in three branches on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind, CLIENTS)
    await bank.rows(MORE_BRANCHES)
  })
  afterAll(() => bank.close())

  /** A day of the fortnight: the jobs of the morning, then what people say. */
  const dayOf = async (day: string, transcript: string) => {
    bank.setClock(`2026-${day}T09:15:00+08:00`)
    const { services } = bank.app
    await runDay(services, services.moment())
    await handOver(services, services.moment())
    await play(bank, transcript)
  }
  const told = async (code: string) =>
    (await bank.told()).filter((each) => each.code === code).map(({ text }) => text)

  test('the first week: both start, clients respond, needs are found', async () => {
    await bank.say('K1', '条线 支付结算 归 公司金融部')
    const whole = { name: '全行旺季', startsOn: '2026-11-23', endsOn: '2026-12-04' }
    await bank.send(
      'K1',
      plan({ ...whole, audience: '全部', products: '流贷', targetReached: '10' }),
    )
    await bank.press('K1', '发布')
    const branch = { name: '结算月', startsOn: '2026-11-25', endsOn: '2026-12-06' }
    await bank.send('H1', plan({ ...branch, audience: '城东支行', products: '结算卡' }))
    await bank.press('H1', '发布')
    expect(await told('M4')).toEqual([expect.stringContaining('活动开始：全行旺季')])
    await dayOf(
      '11-23',
      `
      M1> 打标 全行旺季 张三 有意向 50万 周五
      已打标"全行旺季"
      M4> 打标 韩梅 考虑
      已打标"全行旺季"：韩梅 再考虑
      M5> 打标 全行旺季 朱明 有意向 需要代发工资
      另记需求：代发工资
      M1> 打标 结算月 张三 有意向
      活动"结算月" 2026-11-25 才开始
      `,
    )
    await bank.told()
    await dayOf(
      '11-25',
      `
      M1> 打标 张三 有意向
      打标到哪个活动？
      M1> 2
      已打标"全行旺季"
      M1> 打标 结算月 张三 有意向 结算卡
      已打标"结算月"
      M3> 打标 结算月 钱进 拒绝 已在别行开户
      已打标"结算月"：钱进 拒绝
      M4> 打标 结算月 韩梅 有意向
      活动"结算月"没有发给您
      M4> 打标 全行旺季 赵四 13800138001 老街饭店 有意向 结算卡
      新客户，已登记在您名下。
      `,
    )
  })

  test('the second week: half time, hand-over, results, the ends and their reports', async () => {
    await bank.told()
    await dayOf(
      '11-30',
      `
      M4<
      全行旺季 还有 4 天
      您已触达 2 位，有意向 1 位；还有 1 位
      M1> 打标 全行旺季 王芳 没接
      有 2 位客户符合
      M1> 1
      已打标"全行旺季"：王芳 没接
      D1> 移交
      待办的移交 3 条
      D1> 接 1
      已记 1 条
      D1> 办结 1 已办理
      已办结（已办理）
      D1> 退 2 重复
      已退回（已经有了：重复）
      `,
    )
    expect(await told('M5')).toEqual(
      expect.arrayContaining([expect.stringContaining('朱明 的代发工资：公司金融部已')]),
    )
    await dayOf('12-02', 'M5> 打标 全行旺季 秦岚 已申请\n已打标"全行旺季"：秦岚 已申请')
    const client = await bank.clientId('秦岚')
    const [task] = await bank.rows<{ id: string }>(
      `select id from task where client_id = '${client}' and status = 'open'`,
    )
    bank.setClock('2026-12-03T10:00:00+08:00')
    await bank.send('M5', {
      command: 'log-outcome',
      input: { taskId: task?.id, outcome: 'granted' },
    })
    await bank.told()
    await dayOf('12-05', 'M1> 打标 全行旺季 张三 有意向\n活动"全行旺季"已于 2026-12-04 结束')
    const reports = (await bank.told()).filter(({ text }) => text.includes('活动结束'))
    expect(reports.map(({ code }) => code).sort()).toEqual(['H1', 'K1', 'L1', 'L2', 'L3', 'L4'])
    expect(reports.find(({ code }) => code === 'K1')?.text).toMatch(
      /触达: 6 · 目标 10，完成 60%[\s\S]*有意向: 4[\s\S]*已放款: 1/,
    )
    expect(reports.find(({ code }) => code === 'L3')?.text).toMatch(/触达: 2/)
    await dayOf('12-07', 'H1> 活动 数据 结算月\n触达: 2')
    expect(await bank.rows('select name, status from campaign order by name')).toEqual([
      { name: '全行旺季', status: 'ended' },
      { name: '结算月', status: 'ended' },
    ])
  })

  test('the numbers drawn are the numbers counted, by every dimension', async () => {
    const { prisma } = bank.database
    const keyOf = {
      branch: `(select branch.name from unit as branch where branch.kind = 'branch' and starts_with(unit.path, branch.path))`,
      team: 'unit.name',
      manager: 'staff.name',
      day: 'first_on::text',
      region: `coalesce(response.region, '')`,
      industry: `coalesce(response.industry, '')`,
    }
    for (const { id, name } of await bank.rows<{ id: string; name: string }>(
      'select id, name from campaign',
    )) {
      for (const dimension of DIMENSIONS) {
        const lines = await linesBy(prisma, id, { kind: 'all' }, dimension, 100)
        const drawn = linesOption(name, dimension, lines, (zh) => zh) as {
          series: { data: number[] }[]
        }
        const counted = await bank.rows<{ label: string; reached: number; interested: number }>(`
          select ${keyOf[dimension]} as label, count(*)::int as reached,
            count(*) filter (where interested)::int as interested
          from campaign_response as response
          join staff on staff.id = staff_id join unit on unit.id = response.unit_id
          where campaign_id = '${id}' group by 1`)
        const shown = lines.map(({ label }, index) => ({
          label,
          reached: drawn.series[0]?.data[index],
          interested: drawn.series[1]?.data[index],
        }))
        const sorted = (rows: readonly { label: string }[]) =>
          [...rows].sort((a, b) => a.label.localeCompare(b.label))
        expect(sorted(shown), `${name} ${dimension}`).toEqual(sorted(counted))
      }
    }
  })
})
