/** @module-tag slow */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { render } from '../../src/channels/console/render.ts'
import type { Intent } from '../../src/core/intent.ts'
import type { Bank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'
import { play } from '../support/play.ts'
import { openBranches } from './branches.ts'

/** What is said, or what a forged button sends; the name of a client in it stands for the id. */
type Said = string | Intent
type Attempt = readonly [who: string, said: Said]

/**
 * Crossings that went through once; those by binding codes are in
 * `codes.test.ts` and `test/bot/inbox/identify-sender.test.ts`, those by the page at the door in `door.test.ts`.
 */
interface Crossing {
  /** What went through once. */
  readonly what: string
  /** What happened before. */
  readonly given?: string
  /** The crossing first, then its neighbours. */
  readonly refused: readonly [Attempt, Attempt, Attempt, Attempt, ...Attempt[]]
  /** What has to stay possible. */
  readonly allowed: readonly [Attempt, ...Attempt[]]
}

const forged = (command: string, input: object): Intent => ({ command, input })
const move = (person: string, unit: string) => forged('change-unit', { person, unit })
const leave = (person: string) => forged('leave-bank', { person, sure: true })
const approve = forged('approve', { clientId: '张三' })
const plan = { startsOn: '2026-11-23', endsOn: '2026-12-20', talkingPoints: '问候' }
const campaign = (audience: string, name = '越界活动') =>
  forged('save-campaign', { ...plan, name, audience })
/** Of the plan that marketing approved. */
const changed = (change: object) =>
  forged('save-campaign', {
    ...{ ...plan, name: '年末活动', audience: '一队', campaignId: '年末活动' },
    ...change,
  })

/** A task of somebody else's client, as a lead hands it over. */
const HANDED = 'L1> 交办 M2 赵强 回电话\n已派给 Lee'

const CROSSINGS: readonly Crossing[] = [
  {
    what: 'a lead moved to head office',
    refused: [
      ['H1', move('L2', 'HQ')],
      ['H1', move('L1', 'T3')],
      ['H1', move('M4', 'T3')],
      ['H1', move('M9', 'T1')],
      ['H2', move('M4', 'T3')],
      ['L1', move('M4', 'T2')],
    ],
    allowed: [['H1', move('M4', 'T2')]],
  },
  {
    what: 'a lead moved into risk',
    refused: [
      ['H1', move('L2', 'R')],
      ['H1', move('M4', 'R')],
      ['H0', move('M4', 'R')],
      ['H1', move('H1', 'R')],
      ['H0', move('R2', 'T1')],
    ],
    allowed: [['H1', move('L1', 'T2')]],
  },
  {
    what: 'another head let go',
    refused: [
      ['L1', leave('H2')],
      ['H1', leave('H2')],
      ['H2', leave('L1')],
      ['L1', leave('H1')],
      ['H1', leave('H1')],
      ['M1', leave('M4')],
    ],
    allowed: [['L1', leave('M4')]],
  },
  {
    what: 'an officer of risk let go',
    refused: [
      ['L1', leave('R1')],
      ['H1', leave('R2')],
      ['H2', leave('K2')],
      ['H1', leave('D1')],
      ['R1', leave('R2')],
    ],
    // Once a second person of risk confirms.
    allowed: [
      ['H0', leave('R2')],
      ['H0', leave('S1')],
    ],
  },
  {
    what: 'a code for an officer of risk',
    refused: [
      ['L1', '开通 R2'],
      ['H0', '开通 R2'],
      ['H1', '开通 K1'],
      ['R1', '开通 R2'],
      ['L1', forged('enrol', { code: 'R1' })],
    ],
    allowed: [['H0', '开通 S1']],
  },
  {
    what: 'a code for the head of the bank',
    refused: [
      ['L1', '开通 H0'],
      ['H1', '开通 H0'],
      ['H0', '开通 H1'],
      ['H2', '开通 H1'],
      ['L1', '开通 L2'],
    ],
    allowed: [['H0', '开通 L3']],
  },
  {
    what: 'a code for oneself',
    refused: [
      ['L1', '开通 L1'],
      ['H0', '开通 H0'],
      ['M1', '开通 M1'],
      ['L1', '开通 M3'],
    ],
    allowed: [['L1', '开通 M1']],
  },
  {
    what: 'a file erased by a colleague with a task',
    given: HANDED,
    refused: [
      ['M2', forged('erase', { clientId: '赵强', ground: '要求', sure: true })],
      ['L1', forged('erase', { clientId: '赵强', ground: '要求', sure: true })],
      ['H1', forged('erase', { clientId: '赵强', ground: '要求', sure: true })],
      ['M3', '删除 赵强 本人要求'],
      ['R1', '删除 赵强 本人要求'],
    ],
    allowed: [['M1', '删除 赵强 本人要求']],
  },
  {
    what: 'a file erased under a complaint',
    given: 'H1> 投诉 赵强 经理索要好处费',
    refused: [
      ['M1', '删除 赵强 本人要求'],
      ['M1', forged('erase', { clientId: '赵强', ground: '要求', sure: true })],
      ['M1', '投诉 结 赵强 误会，客户满意'],
      ['L1', '删除 赵强 本人要求'],
    ],
    allowed: [
      ['L1', '投诉 结 赵强 已核实并道歉，满意'],
      ['M1', '删除 赵强 本人要求'],
    ],
  },
  {
    what: 'a fact of risk approved by who recorded it',
    given: `
      R1> 补 张三 恶意逾期 是
      R1> 1
      已提交审批
    `,
    refused: [
      ['R1', approve],
      ['R1', '批准 张三'],
      ['K1', approve],
      ['H0', approve],
      ['L1', approve],
      ['R1', forged('approve-all', {})],
    ],
    allowed: [['R2', approve]],
  },
  {
    what: 'a client named for F approved by who named it',
    given: `
      R1> 指定退出 张三 连续两期欠息 证据：催收记录 至 2027-03-31
      已指定 张三
    `,
    refused: [
      ['R1', approve],
      ['K1', approve],
      ['K2', '解除指定 张三'],
      ['H1', approve],
      ['M1', '指定退出 张三 欠息 证据：无 至 2027-03-31'],
    ],
    allowed: [['R2', approve]],
  },
  {
    what: 'a plan for people of another unit',
    refused: [
      ['L1', campaign('M9')],
      ['L1', campaign('何勇')],
      ['L1', campaign('一队、M3')],
      ['L1', campaign('二队')],
      ['H1', campaign('M9')],
      ['H1', campaign('西经理')],
    ],
    allowed: [
      ['L1', campaign('M1', '活动甲')],
      ['H1', campaign('M3', '活动乙')],
      ['K1', campaign('M9', '活动丙')],
    ],
  },
  {
    what: 'other words for a plan that marketing approved',
    given: `
      L1> 活动 发布 年末活动
      K1> 活动 批准 年末活动
    `,
    refused: [
      ['L2', changed({ talkingPoints: '保本保息' })],
      ['H2', changed({ talkingPoints: '保本保息' })],
      ['R1', changed({ talkingPoints: '保本保息' })],
      ['M1', changed({ endsOn: '2027-11-20' })],
      ['L1', forged('move-campaign', { campaignId: '年末活动', move: 'approve' })],
    ],
    allowed: [['L1', changed({ talkingPoints: '问候全家' })]],
  },
  {
    what: 'the target that the head set for one’s unit',
    given: 'H1> 指标 12月 一队 走访 20',
    refused: [
      ['L1', '指标 12月 一队 走访 5'],
      ['L1', '指标 12月 一队 走访 0'],
      ['L1', '指标 12月 二队 走访 5'],
      ['L2', '指标 12月 一队 走访 5'],
      ['H1', '指标 12月 城东支行 走访 5'],
      ['H2', '指标 12月 一队 走访 5'],
    ],
    allowed: [
      ['L1', '指标 12月 M1 走访 5'],
      ['H1', '指标 12月 一队 走访 25'],
    ],
  },
  {
    what: 'a shared client after one of the two went to another branch',
    given: `
      M1> 共享 张三 空经理
      H0> 调岗 M4 T3
      空经理 已调到 三队
    `,
    refused: [
      ['M4', '补 张三 净资产 320万'],
      ['M4', '勿扰 张三 本人要求'],
      ['M1', '共享 张三 空经理'],
      ['L3', '交办 M4 张三 回电话'],
      ['M9', '走访 张三 到店'],
    ],
    allowed: [['M1', '共享 张三 M2']],
  },
  {
    what: 'a client shared by a stand-in',
    given: 'M1> 请假 11/23-11/27 代班 空经理',
    refused: [
      ['M4', '共享 张三 何勇'],
      ['M4', 'B角 张三 Lee'],
      ['M4', '删除 赵强 本人要求'],
      ['M4', '可联系 张三 客户来电'],
      ['M3', '共享 张三 何勇'],
    ],
    allowed: [
      ['M4', '走访 张三 到店'],
      ['M1', '共享 张三 何勇'],
    ],
  },
  {
    what: 'a client silenced by who does not serve it',
    given: HANDED,
    refused: [
      ['M3', '勿扰 赵强 本人要求'],
      ['M9', '勿扰 赵强 本人要求'],
      ['L2', '勿扰 赵强 本人要求'],
      ['R1', '勿扰 赵强 本人要求'],
    ],
    // Of whoever serves the client it is the client's own word, and the owner hears of it.
    allowed: [['M2', '勿扰 赵强 本人要求']],
  },
  {
    what: 'a complaint closed by whom it is about',
    given: 'M1> 投诉 赵强 周敏索要好处费',
    refused: [
      ['M1', '投诉 结 赵强 误会，客户满意'],
      ['M1', forged('close-complaint', { clientId: '赵强', answer: '误会' })],
      ['M2', '投诉 结 赵强 误会，客户满意'],
      ['L2', '投诉 结 赵强 误会，客户满意'],
      ['H2', '投诉 结 赵强 误会，客户满意'],
    ],
    allowed: [['L1', '投诉 结 赵强 已核实并道歉，满意']],
  },
]

/** A sentence that was not understood crosses nothing, and shows nothing. */
const NOT_READ = /没听懂|没看懂|有个数太大|这样说|did not understand/

/** What every answer writes, whatever it says. */
const OF_ANSWERS = ['act', 'audit_seal', 'dialog', 'message', 'received', 'task_list']

describe.each(DATABASES)('crossings of a unit, a person or a duty, on %s', (kind) => {
  let bank: Bank
  let everything = ''
  beforeEach(async () => {
    bank = await openBranches(kind)
    const tables = await bank.rows<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    )
    everything = tables
      .filter(({ name }) => !OF_ANSWERS.includes(name))
      .map(({ name }) => {
        // Where somebody was last seen is written with every answer.
        const row = name === 'account' ? `(select external_id, staff_id from account)` : name
        return `select '${name}' as name, md5(string_agg(x::text, '' order by x::text)) as hash from ${row} as x`
      })
      .join(' union all ')
  })
  afterEach(() => bank.close())

  /** Of every table that is not empty what it holds, as a hash. */
  async function stands(): Promise<Record<string, string>> {
    const rows = await bank.rows<{ name: string; hash: string | null }>(everything)
    return Object.fromEntries(rows.flatMap(({ name, hash }) => (hash ? [[name, hash]] : [])))
  }

  async function say([who, said]: Attempt): Promise<string> {
    const cards =
      typeof said === 'string' ? await bank.say(who, said) : await bank.send(who, await named(said))
    return cards.map(render).join('\n')
  }

  async function named({ command, input }: Intent): Promise<Intent> {
    const { clientId, campaignId, ...rest } = input as { clientId?: string; campaignId?: string }
    const [row] = await bank.rows<{ id: string }>(`select id from campaign`)
    return forged(command, {
      ...rest,
      ...(clientId && { clientId: await bank.clientId(clientId) }),
      ...(campaignId && { campaignId: row?.id }),
    })
  }

  test.each(CROSSINGS.map((crossing) => [crossing.what, crossing] as const))(
    '%s',
    async (_what, { given = '', refused, allowed }) => {
      if (given.includes('年末活动')) {
        await bank.rows(`insert into setting (key, value) values ('campaigns.approval-above', '0')
          returning 1`)
        await say(['L1', campaign('一队', '年末活动')])
      }
      await play(bank, given)
      const before = await stands()
      const answers: string[] = []
      for (const attempt of refused) {
        const answer = await say(attempt)
        expect(answer).not.toMatch(NOT_READ)
        answers.push(`${JSON.stringify(attempt)}: ${answer}`)
      }
      expect(await stands(), answers.join('\n')).toEqual(before)
      let last = before
      for (const attempt of allowed) {
        const answer = await say(attempt)
        const now = await stands()
        expect(now, `${JSON.stringify(attempt)}: ${answer}`).not.toEqual(last)
        last = now
      }
    },
  )
})
