/** @module-tag slow */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { render } from '../../../src/channels/console/render.ts'
import { day } from '../../../src/core/calendar/time.ts'
import type { Card } from '../../../src/core/card.ts'
import { night } from '../../../src/features/tasks/care/run-night.ts'
import { push } from '../../../src/features/tasks/list/push-morning.ts'
import { writeWorkbook } from '../../../src/infra/sheets/spreadsheet.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { ONE_DATABASE } from '../../support/open.ts'
import { play } from '../../support/play.ts'

describe.each(ONE_DATABASE)('the calendar, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  const dueOf = async (client: string) =>
    (
      await bank.rows<{ due: string }>(
        `select concat_ws(' ', due_on::text, postponed) as due from task
         join client on client.id = client_id where client.name = '${client}' and status = 'open'`,
      )
    ).map(({ due }) => due)
  const said = (cards: readonly Card[]) => cards.map(render).join('\n')
  const works = (date: string, path = '/') =>
    bank.app.services.moment().workdays.of(path).isWorkday(day(date))

  test('is shown by year, entered after a look at what follows, and taken back', async () => {
    await play(
      bank,
      `
      M1> 节假日
      2026 年节假日
      国庆节 10月1日 周四 – 10月7日 周三 共 7 天
      调休上班
      10月10日 周六
      K1> 节假日 2027
      2027 年节假日
      2027 年暂按法定节假日，放假安排公布后请更新。
      春节 2月5日 周五 – 2月10日 周三 共 6 天
      录入：节假日 2027-02-05至2027-02-11 春节
      K1> 节假日 2026-11-24 盘点
      全行
      2026 放假 · 11月24日 周二 · 盘点
      1 件任务（1 人）落在新的休息日，会改到下一个工作日。
      确认吗？
      `,
    )
    expect(await dueOf('赵强')).toEqual(['2026-11-24 0'])
    await play(
      bank,
      `
      K1> 1
      已更新 全行 的节假日：
      1 件任务（1 人）已改到工作日。
      M1> 今日
      M1> 改期 1 11/24
      11/24 休息，顺延
      K1> 节假日
      盘点 11月24日 周二
      `,
    )
    expect(await dueOf('赵强')).toEqual(['2026-11-25 0'])
    await play(bank, 'K1> 撤销\n已撤销：节假日。')
    expect(await dueOf('赵强')).toEqual(['2026-11-24 0'])
    expect(works('2026-11-24')).toBe(true)
  })

  test('a task that was worked on meanwhile does not keep a change from being taken back', async () => {
    await bank.say('K1', '节假日 2026-11-23至2026-11-24 停电')
    await bank.press('K1', '1 确认')
    await bank.say('M2', 'today')
    await bank.say('M2', '1 thinking')
    expect(said(await bank.say('K1', '撤销'))).toContain('已撤销：节假日')
    expect(await dueOf('赵强')).toEqual(['2026-11-24 0'])
  })

  test('a complaint that must be settled goes to the workday before', async () => {
    await bank.rows(
      `update task set kind = 'complaint', due_on = '2026-11-25', answer_by = '2026-11-25'
       where due_on = '2026-11-24' returning 1`,
    )
    await bank.say('K1', '节假日 2026-11-25 停电')
    await bank.press('K1', '1 确认')
    expect(await dueOf('赵强')).toEqual(['2026-11-24 0'])
  })

  test('a unit has days of its own, which its people, their lists and the night keep to', async () => {
    const own = '节假日 二队 2026-11-23至2026-11-25 搬家'
    expect(said(await bank.say('H1', own))).toContain('二队')
    await bank.press('H1', '1 确认')
    expect([works('2026-11-24'), works('2026-11-24', '/HQ/B1/T2/')]).toEqual([true, false])
    await bank.rows(`update client set entered_at = '2025-01-06' returning 1`)
    await night(bank.app.services, bank.app.services.moment())
    const made = await bank.rows<{ code: string; due: string }>(
      `select staff.code, min(due_on)::text as due from task join staff on staff.id = manager_id
       where generated_for is not null group by staff.code order by staff.code`,
    )
    expect(made.filter(({ code }) => code === 'M3')).toEqual([{ code: 'M3', due: '2026-11-26' }])
    expect(made.find(({ code }) => code === 'M1')?.due).toBe('2026-11-23')
    await bank.rows(
      `update task set due_on = '2026-11-23' where generated_for is not null returning 1`,
    )
    await bank.told()
    await push(bank.app.services, bank.app.services.moment(), { dryRun: false })
    const told = (await bank.told()).map(({ code }) => code)
    expect([told.includes('M1'), told.includes('M3')]).toEqual([true, false])
    await play(
      bank,
      `
      M3> 今日
      M3> 改期 1 11/24
      周四(11/26)（11/24 休息，顺延）
      H1> 节假日
      机构自己的
      二队 放假 · 11月23日 周一 – 11月25日 周三 共 3 天 · 搬家
      M3> 节假日
      搬家 11月23日 周一 – 11月25日 周三 共 3 天
      `,
    )
    expect(said(await bank.say('M1', '节假日'))).not.toContain('搬家')
  })

  test('what is overdue is counted by the days of whose it is', async () => {
    await bank.say('H1', '节假日 一队 2026-11-23至2026-12-04 装修')
    await bank.press('H1', '1 确认')
    await bank.rows(`update task set due_on = '2026-11-20' where status = 'open' returning 1`)
    await bank.rows(
      `update task set manager_id = (select id from staff where code = 'M3')
       where client_id = (select id from client where name = 'Tom') returning 1`,
    )
    bank.setClock('2026-12-04T02:30:00+08:00')
    await night(bank.app.services, bank.app.services.moment())
    const carried = await bank.rows<{ code: string }>(
      `select distinct staff.code from task join staff on staff.id = manager_id
       where escalation > 0 order by 1`,
    )
    expect(carried).toEqual([{ code: 'M3' }])
  })

  test.each([
    ['节假日 随便', '没看出是哪几天'],
    ['节假日 2026-01-05 补录', '没看出是哪几天，或者已经过去'],
    ['节假日 2026-12-01至2027-02-01 装修', '一次最多 31 天'],
    ['节假日 2031-01-01 元旦', '最多录入到 2028 年'],
    ['节假日 取消 2026-12-01', '没有录入过 2026-12-01'],
    ['节假日 月球支行 2026-12-01', '您的机构里没有"月球支行"'],
  ])('%s is refused with a reason', async (line, why) => {
    expect(said(await bank.say('K1', line))).toContain(why)
    expect(await bank.rows('select 1 from calendar_day')).toEqual([])
  })

  test('what was entered is cancelled, and the newer entry of a day replaces the older', async () => {
    for (const line of ['2026-12-01 甲', '2026-12-01 乙']) {
      await bank.say('K1', `节假日 ${line}`)
      await bank.press('K1', '1 确认')
    }
    expect(said(await bank.say('K1', '节假日'))).toContain('乙 12月1日 周二')
    expect(said(await bank.say('K1', '节假日 取消 2026-12-01'))).toContain(
      '取消录入 · 12月1日 周二',
    )
    await bank.press('K1', '1 确认')
    expect(works('2026-12-01')).toBe(true)
    await bank.say('K1', '撤销')
    expect(works('2026-12-01')).toBe(false)
  })

  test('a whole year comes by a workbook, and its days are provisional no more', async () => {
    const [card] = await bank.say('K1', '节假日 表格 2027')
    const file = card?.blocks.find((block) => block.kind === 'file')
    const bytes = Buffer.from(file?.base64 ?? '', 'base64')
    await play(bank, 'M1> 今日\nM1> 改期 1 2027-03-01\n（放假安排未公布，暂定）')
    expect(said(await bank.sendFile('K1', '任意名.xlsx', bytes))).toContain(
      '放假 · 2月5日 周五 – 2月10日 周三 共 6 天 · 春节',
    )
    const done = said(await bank.press('K1', '1 确认'))
    expect(done).toContain('已更新')
    expect(done).not.toContain('暂按')
    expect(said(await bank.say('M1', '改期 1 2027-03-02'))).not.toContain('暂定')
    expect(said(await bank.sendFile('K1', '任意名.xlsx', bytes))).toContain('没有改动')
  })

  test('a part of a year comes by an .ics file, and what is still provisional is named', async () => {
    const events = [
      '20270101:元旦（休）',
      '20270213:春节（班）',
      '20250101:元旦（休）',
      '20270204:立春',
    ]
    const lines = events.flatMap((each) => {
      const [date, name] = each.split(':')
      return ['BEGIN:VEVENT', `DTSTART;VALUE=DATE:${date}`, `SUMMARY:${name}`, 'END:VEVENT']
    })
    const bytes = Buffer.from(['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR'].join('\r\n'))
    const asked = said(await bank.sendFile('K1', 'holidays.ics', bytes))
    for (const part of [
      ...['放假 · 1月1日 周五 · 元旦', '上班 · 2月13日 周六 · 春节', '往年的 1 天没有收'],
      ...[
        '1 条没有写放假或上班',
        '2027 年还没有录入：劳动节、国庆节、春节、清明节、端午节、中秋节',
      ],
    ])
      expect(asked).toContain(part)
    await bank.press('K1', '1 确认')
    expect(works('2027-02-13')).toBe(true)
    expect(said(await bank.sendFile('M1', 'holidays.ics', bytes))).toContain('没有保存')
  })

  test('a workbook with a wrong row, or a day that is both, changes nothing', async () => {
    const book = (...rows: string[][]) =>
      writeWorkbook({
        marker: 'calendar',
        sheets: [
          {
            name: '2027',
            columns: ['开始', '结束', '安排', '名称'].map((title) => ({ title })),
            rows,
          },
        ],
      })
    const wrong = await book(['2027-02-05', '2027-02-11', '放假'], ['2027-02-31', '', '上班'])
    expect(said(await bank.sendFile('K1', 'a.xlsx', wrong))).toContain('第 3 行：开始不是日期')
    const both = await book(['2027-02-05', '2027-02-11', '放假'], ['2027-02-07', '', '上班'])
    expect(said(await bank.sendFile('K1', 'b.xlsx', both))).toContain('2027-02-07 又放假又上班')
    expect(await bank.rows('select 1 from calendar_day')).toEqual([])
  })
})
