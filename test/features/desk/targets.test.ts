import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../../src/app.ts'
import { type Bank, bankOn, CLIENTS, MONDAY } from '../../support/bank.ts'
import { openTestDatabase } from '../../support/open.ts'
import { startService } from '../../support/service.ts'
import { openDesk } from './open-desk.ts'

let bank: Bank
let app: App
let url: string
let list: string
beforeAll(async () => {
  const database = await openTestDatabase('postgres')
  bank = await bankOn(database, CLIENTS)
  await bank.say('K1', '保存客群 老客户 存量')
  await bank.say('L1', '保存客群 一队潜力 B类 用信低于30%')
  await bank.say('K1', '名单 新建 春茶 客群 老客户 产品 结算卡 话术 上门问候')
  await bank.say('K1', '1')
  await bank.say('M1', '张三 有意向 30万 周五')
  const [made] = await bank.rows<{ id: string }>('select id from target_list')
  list = `lists/${made?.id}`
  const service = await startService(database, {}, () => new Date(MONDAY))
  app = service.app
  url = service.url
})
afterAll(() => app?.stop())

/** What a page says, part by part: its tags are the seams, but for those that say where a line may end. */
const partsOf = (page: string, from = '<main>'): string[] =>
  page
    .slice(page.indexOf(from))
    .replace(/<span class="whole">([^<]*)<\/span>|<wbr>/g, '$1')
    .split(/<[^>]+>/)
    .map((part) => part.trim())
    .filter(Boolean)
const rowsOf = (page: string): string[] =>
  [...page.matchAll(/<tr>(.*?)<\/tr>/gs)]
    .slice(1)
    .map(([, row]) => partsOf(row ?? '', '').join('|'))

test('a kept segment is counted as far as its reader sees, and is not there for another team', async () => {
  const shown = async (code: string) => {
    const desk = await openDesk(bank, url, code)
    return partsOf(await (await desk.get('segments')).text()).slice(2)
  }
  const [counted] = await bank.rows<{ all: number; team: number }>(`
    select count(*)::int as all, count(*) filter (where path like '/HQ/B1/T2/%')::int as team
    from client join staff on staff.id = owner_id join unit on unit.id = unit_id
    where client.kind = 'existing'`)
  const { all = 0, team = 0 } = counted ?? {}
  const kept = (clients: number, barred: number) => [
    ...['老客户', '方刚', '存量', '现在的客户', `${clients}`, '可以营销', `${clients - barred}`],
    ...(barred > 0 ? [`${barred} 户在负面清单、F类或勿扰`] : []),
  ]
  const own = ['一队潜力', '我的', 'B类 · 用信低于 30%', '现在的客户', '1', '可以营销', '1']
  expect(await shown('L1')).toEqual([...own, ...kept(all - team, 1)])
  expect(await shown('L2')).toEqual(kept(team, 0))
  expect(await shown('R1')).toEqual(kept(all, 1))
})

test('a list shows how far each manager is, zeros first, and its clients, as far as its reader sees', async () => {
  const desk = await openDesk(bank, url, 'L1')
  const all = await (await desk.get('lists')).text()
  const labels = ['分到', '已办', '触达', '意向', '申请', '放款']
  const counts = [4, 1, 1, 1, 0, 0].flatMap((count, place) => [labels[place], `${count}`])
  expect(partsOf(all, 'class="numbers"').slice(1)).toEqual(counts)
  expect(all).toContain(`href="/desk/${list}"`)
  const one = await desk.get(list)
  expect(one.headers.get('refresh')).toBe(`120; url=/desk/${list}?by-itself`)
  expect(rowsOf(await one.text())).toEqual(['Lee|1|0|0|0|0|0', '周敏|3|1|1|1|0|0'])
  const clients = rowsOf(await (await desk.get(`${list}/clients`)).text())
  expect(clients).toHaveLength(5)
  expect(clients).toContain('张三 顺发五金店|周敏|11/24|已办|有意向 11/23')
  expect(clients).toContain('孙丽|—|—|F 淘汰|—')
  const other = await openDesk(bank, url, 'L2')
  const theirs = await (await other.get(`${list}/clients`)).text()
  expect(rowsOf(theirs).map((row) => row.split('|')[1])).toEqual(['何勇'])
})

test('a look at clients names them on the trail, and comes by itself no more', async () => {
  const desk = await openDesk(bank, url, 'L1')
  const page = await desk.get(`${list}/clients`)
  expect(page.headers.get('refresh')).toBeNull()
  await desk.get(list)
  const looks = await bank.rows<{ page: string; names: string[] }>(`
    select input ->> 'page' as page, array(select name from client where id = any(seen)
      order by name collate "C") as names
    from act where channel = 'desk' order by id desc limit 2`)
  expect(looks).toEqual([
    { page: list, names: [] },
    { page: `${list}/clients`, names: ['Tom', '孙丽', '张三', '王芳', '王芳'] },
  ])
})

test('clients of a list come page by page', async () => {
  await bank.rows(`
    with more as (
      insert into client (id, kind, name, pinyin, initials, source, owner_id, entered_at)
      select gen_random_uuid(), 'existing', '户' || number, 'hu', 'h', 'list', owner_id, now()
      from client, generate_series(1, 50) as number where name = 'Tom' returning id
    )
    insert into target_list_row (list_id, client_id, skip)
    select '${list.split('/')[1]}', id, 'full' from more returning 1`)
  const desk = await openDesk(bank, url, 'L1')
  const first = await (await desk.get(`${list}/clients`)).text()
  const next = first.match(/\?after=[0-9a-f-]{36}/)?.[0]
  const second = await (await desk.get(`${list}/clients${next}`)).text()
  expect([rowsOf(first).length, rowsOf(second).length]).toEqual([50, 5])
  expect(second).not.toContain('?after=')
  const added = [...rowsOf(first), ...rowsOf(second)].filter((row) => row.startsWith('户'))
  expect(new Set(added).size).toBe(50)
})

test('a list that is not theirs, or is none, is not there; risk has no lists', async () => {
  await bank.say('L1', '名单 新建 一队的 客群 潜在 给 一队 话术 问候')
  await bank.say('L1', '1')
  const [own] = await bank.rows<{ id: string }>(`select id from target_list where name = '一队的'`)
  const other = await openDesk(bank, url, 'L2')
  for (const path of [
    own?.id,
    `${own?.id}/clients`,
    'not-an-id',
    `${list.slice(6)}/clients?after=x`,
  ]) {
    expect((await other.get(`lists/${path}`)).status, path).toBe(404)
  }
  expect(await (await other.get('lists')).text()).not.toContain('一队的')
  const risk = await openDesk(bank, url, 'R1')
  for (const path of ['lists', list, `${list}/clients`]) {
    expect((await risk.get(path)).status, path).toBe(404)
  }
  expect(await (await risk.get('tiers')).text()).not.toContain('/desk/lists')
})
