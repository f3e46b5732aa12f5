/** @module-tag slow */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { render } from '../../../src/channels/console/render.ts'
import type { Card } from '../../../src/core/card.ts'
import { deskPages } from '../../../src/features/desk/desk-page.ts'
import { clientPages } from '../../../src/features/exports/store.ts'
import { readWorkbook } from '../../../src/infra/sheets/spreadsheet.ts'
import { type Bank, CLIENTS, openBank } from '../../support/bank.ts'
import { ONE_DATABASE } from '../../support/open.ts'
import { stampIn } from '../../support/visitor.ts'

describe.each(ONE_DATABASE)('exports, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind, [
      ...CLIENTS,
      {
        name: '=HYPERLINK("x")',
        owner: 'M1',
        phone: '+8613490010099',
        more: { id_number: '110101199003078515', credit_expires_on: '2027-02-05' },
        facts: { credit_limit: 500_000, usage_rate: 0.25 },
      },
    ])
  })
  afterAll(() => bank.close())

  const said = (cards: readonly Card[]) => cards.map(render).join('\n')
  const rowsOf = async (cards: readonly Card[]) => {
    const file = cards.flatMap(({ blocks }) => blocks).find((block) => block.kind === 'file')
    const book = await readWorkbook('a.xlsx', Buffer.from(file?.base64 ?? '', 'base64'))
    const [titles, ...rows] = book.sheets[0]?.rows.map(({ cells }) => cells) ?? []
    return rows.map((cells) =>
      Object.fromEntries(
        titles?.map((title, place) => [String(title), cells[place] ?? null]) ?? [],
      ),
    )
  }
  const lastAct = async () =>
    (
      await bank.rows<object>(
        `select staff.code, command, result, given_out as "givenOut" from act
         join staff on staff.id = staff_id order by at desc, act.id desc limit 1`,
      )
    )[0]

  test('a manager takes out their own book: phones in full, identity numbers masked', async () => {
    const cards = await bank.say('M1', '导出 我的客户')
    expect(said(cards)).toContain('周敏 的 6 位客户；证件号打码。导出已留痕')
    const rows = await rowsOf(cards)
    expect(rows.map((row) => row['姓名'])).toHaveLength(6)
    expect(rows.find((row) => row['姓名'] === '=HYPERLINK("x")')).toMatchObject({
      电话: '134 9001 0099',
      证件号: '…8515',
      类别: '存量',
      '授信额度（元）': 500_000,
      用信率: 0.25,
      授信到期: '2027-02-05',
      客户经理: '周敏',
      机构: '一队',
    })
    expect(rows.find((row) => row['店名'] === '顺发五金店')).toMatchObject({
      下次任务: '2026-11-20',
      录入日: '2026-10-01',
    })
    expect(await lastAct()).toEqual({
      ...{ code: 'M1', command: 'export-clients', result: 'done', givenOut: 6 },
    })
  })

  test.each([
    ['L1', '导出 客户', 7, '一队'],
    ['H1', '导出 客户', 8, '城东支行'],
    ['H1', '导出 二队', 1, '二队'],
    ['L1', '导出 客户 M2 的客户', 1, 'Lee'],
  ])('%s, %s: %i clients of %s, all phones masked', async (code, line, count, whose) => {
    const cards = await bank.say(code, line)
    expect(said(cards)).toContain(`${whose} 的 ${count} 位客户；电话和证件号打码`)
    const rows = await rowsOf(cards)
    expect(rows).toHaveLength(count)
    for (const row of rows) expect(row['电话']).toMatch(/^134\*{4}00\d\d$/)
    expect(await lastAct()).toMatchObject({ code, givenOut: count })
  })

  test.each([
    ['M1', '导出 客户 M2', '您能导出的客户里没有"m2"的'],
    ['L1', '导出 客户 二队', '您能导出的客户里没有"二队"的'],
    ['L1', '导出 客户 M3', '您能导出的客户里没有"m3"的'],
    ['K1', '导出 我的客户', '岗位'],
    ['M3', '导出 数据', '岗位'],
  ])('%s, %s is refused, and nothing is given out', async (code, line, why) => {
    const cards = await bank.say(code, line)
    expect(said(cards).toLowerCase()).toContain(why)
    expect(JSON.stringify(cards)).not.toContain('base64')
  })

  test('the desk gives the same files, to whom the chat does, and the audit knows', async () => {
    const pages = deskPages.routes(bank.app.services)
    const enter = async (code: string): Promise<string> => {
      const card = JSON.stringify(await bank.say(code, '看板'))
      const token = card.match(/\/desk\/in\/([\w-]{43})/)?.[1]
      const door = await pages.request(`/in/${token}`)
      const entered = await pages.request(`/in/${token}`, {
        method: 'POST',
        body: new URLSearchParams({ stamp: stampIn(await door.text()) }),
        headers: { cookie: door.headers.get('set-cookie')?.split(';')[0] ?? '' },
      })
      return entered.headers.get('set-cookie')?.split(';')[0] ?? ''
    }
    const get = (path: string, cookie: string) => pages.request(path, { headers: { cookie } })
    const lead = await enter('L1')
    const clients = await get('/clients.xlsx', lead)
    expect(clients.headers.get('content-disposition')).toContain('.xlsx')
    const book = await readWorkbook('a.xlsx', Buffer.from(await clients.arrayBuffer()))
    expect(book.sheets[0]?.rows).toHaveLength(8)
    expect(JSON.stringify(book)).toContain('134****0001')
    expect(await lastAct()).toMatchObject({ code: 'L1', command: 'export-clients', givenOut: 7 })
    const figures = await get('/figures.xlsx', lead)
    const sheets = (await readWorkbook('b.xlsx', Buffer.from(await figures.arrayBuffer()))).sheets
    expect(sheets.map(({ name }) => name)).toEqual([
      ...['分层', '近30天变动', '任务', '近90天转介', '导出'],
    ])
    const marketing = await enter('K1')
    expect((await get('/clients.xlsx', marketing)).status).toBe(404)
    expect((await get('/figures.xlsx', marketing)).status).toBe(200)
    for (const path of ['/clients.xlsx', '/figures.xlsx']) {
      expect((await get(path, '')).status).toBe(401)
    }
    expect(await (await get('/load', marketing)).text()).not.toContain('clients.xlsx')
    expect(await (await get('/load', lead)).text()).toContain('clients.xlsx')
  })

  test('a file says who took it, and when', async () => {
    const sheetsOf = async (line: string) => {
      const file = (await bank.say('L1', line))
        .flatMap(({ blocks }) => blocks)
        .find((block) => block.kind === 'file')
      return (await readWorkbook('a.xlsx', Buffer.from(file?.base64 ?? '', 'base64'))).sheets
    }
    const [clients] = await sheetsOf('导出 客户')
    expect(clients?.name).toBe('客户 谢英 L1 26-11-23 08.10')
    const figures = await sheetsOf('导出 数据')
    expect(figures.at(-1)?.rows.at(-1)?.cells).toEqual(['谢英', 'L1', '2026-11-23 08:10'])
  })

  test('figures are taken out by whoever reads them, as numbers', async () => {
    const cards = await bank.say('L1', '导出 数据')
    const rows = await rowsOf(cards)
    expect(rows.reduce((sum, row) => sum + Number(row['客户']), 0)).toBe(7)
    expect(await lastAct()).toMatchObject({ code: 'L1', command: 'export-figures' })
  })

  test('the pages of a long book hold every client once, by name', async () => {
    const [manager] = await bank.rows<{ id: string }>(`select id from staff where code = 'M3'`)
    const staffId = manager?.id ?? ''
    await bank.rows(
      `insert into client (id, kind, name, pinyin, initials, source, owner_id, negative_list, entered_at)
       select gen_random_uuid(), 'prospect', 'N' || (n / 3), 'n', 'n', 'list', '${staffId}', false, now()
       from generate_series(1, 2500) as n returning 1`,
    )
    const names: string[] = []
    const ids = new Set<string>()
    const book = { kind: 'person', staffId, name: '何勇' } as const
    for await (const page of clientPages(bank.database.prisma, book, 'Asia/Shanghai')) {
      expect(page.length).toBeLessThanOrEqual(1000)
      for (const { id, name } of page) {
        ids.add(id)
        names.push(name)
      }
    }
    expect([ids.size, names.length]).toEqual([2501, 2501])
    const [ordered] = await bank.rows<{ names: string[] }>(
      `select array_agg(name order by name, id) as names from client where owner_id = '${staffId}'`,
    )
    expect(names).toEqual(ordered?.names)
  })
})
