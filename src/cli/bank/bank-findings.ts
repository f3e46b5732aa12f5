import type { Finding } from '../../channels/plugin.ts'
import { OWN_LINE } from '../../features/catalogue/rules.ts'
import type { Database } from '../../infra/database/index.ts'

/** What a bank lacks of people, so that somebody's work goes nowhere or nobody can confirm. */
export interface BankGaps {
  readonly staff: number
  /** Units where managers work and nobody leads, by code and name. */
  readonly leaderless: readonly string[]
  readonly marketing: number
  readonly risk: number
  /** Lines of business that no department serves. */
  readonly lines: readonly string[]
  /** People who have no account in any chat service. */
  readonly unreached: number
  /** People who left and own clients, by staff code, with how many. */
  readonly leavers: readonly string[]
}

export async function bankGaps({ prisma }: Database): Promise<BankGaps> {
  const [row] = await prisma.$queryRaw<BankGaps[]>`
    select
      (select count(*) from staff where active)::int as staff,
      (select count(*) from staff where active and role = 'marketing')::int as marketing,
      (select count(*) from staff where active and role = 'risk')::int as risk,
      (select count(*) from staff where active and not exists (
        select from account where staff_id = staff.id))::int as unreached,
      array(select unit.code || ' ' || unit.name from unit
        where exists (select from staff where unit_id = unit.id and active and role = 'manager')
          and not exists (select from staff
            where unit_id = unit.id and active and role in ('lead', 'head'))
        order by unit.code) as leaderless,
      array(select label_zh from business_line
        where unit_id is null and code <> ${OWN_LINE} order by code) as lines,
      array(select staff.code || ' (' || count(*) || ')' from client
        join staff on staff.id = owner_id where not active
        group by staff.code order by staff.code) as leavers`
  const nothing = { staff: 0, marketing: 0, risk: 0, unreached: 0 }
  return row ?? { ...nothing, leaderless: [], lines: [], leavers: [] }
}

/** Names beyond these are counted. */
const MOST = 8
const named = (all: readonly string[]): string =>
  all.length > MOST ? `${all.slice(0, MOST).join('、')} … (${all.length})` : all.join('、')

/** What to mend of that. */
export function bankFindings(gaps: BankGaps): Finding[] {
  if (gaps.staff === 0) {
    return [
      {
        state: 'no',
        text: '行里还没有人：npx chenhui open --template bank.xlsx 给出样表，填好后 npx chenhui open bank.xlsx。 Nobody works here yet: npx chenhui open --template bank.xlsx writes a workbook to fill in, npx chenhui open bank.xlsx reads it.',
      },
    ]
  }
  const { leaderless, marketing, risk, lines, unreached, leavers } = gaps
  const duties = [
    { count: marketing, zh: '营销管理', en: 'marketing' },
    { count: risk, zh: '风险管理', en: 'risk' },
  ]
  const note = (zh: string, en: string): Finding => ({ state: 'note', text: `${zh} ${en}` })
  return [
    ...(leaderless.length > 0
      ? [
          note(
            `这些机构有客户经理、没有主管或负责人：${named(leaderless)}。提醒和升级没有人收。`,
            'Units with managers and nobody who leads them: nobody hears of what is late there.',
          ),
        ]
      : []),
    ...duties.flatMap(({ count, zh, en }) =>
      count < 2
        ? [
            note(
              `${zh}只有 ${count} 人，要第二人确认的事没人确认：请在人员表里补上。`,
              `${en}: ${count}. What needs a second person of it waits for others; add one.`,
            ),
          ]
        : [],
    ),
    ...(lines.length > 0
      ? [
          note(
            `这些条线没有部门，需求没有人接：${named(lines)}。请填"条线"表或说"条线 … 归 …"。`,
            'Lines of business without a department: nobody gets their needs. Fill in the sheet of lines.',
          ),
        ]
      : []),
    ...(unreached > 0
      ? [
          note(
            `${unreached} 人没有聊天账号，收不到清单：在人员表里填 Slack ID 或企业微信账号，或由主管"开通"。`,
            `${unreached} people have no chat account: put their ids into the workbook, or have their leads say "enrol".`,
          ),
        ]
      : []),
    ...(leavers.length > 0
      ? [
          note(
            `已离职的人名下还有客户：${named(leavers)}。请主管"交接 工号 平均"。`,
            'People who left own clients: have their leads say "hand over CODE evenly".',
          ),
        ]
      : []),
  ]
}
