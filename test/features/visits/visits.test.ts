import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { render } from '../../../src/channels/console/render.ts'
import { VISIT_PHRASES } from '../../../src/features/visits/phrases.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { momentOf } from '../../support/moment.ts'
import { DATABASES } from '../../support/open.ts'
import { play } from '../../support/play.ts'
import { lineReaderOf, readerOf } from '../../support/said.ts'

const AT = momentOf('2026-11-23T09:00:00+08:00')
const NAMES = ['张三', '李四']
const read = readerOf(VISIT_PHRASES, AT, NAMES)

test.each<[string, object]>([
  ['张三 库存充足，想扩店', { note: '库存充足，想扩店', outcome: null }],
  ['张三 有意向 50万 周五再来', { outcome: 'interested', amount: 500_000, nextDate: '2026-11-27' }],
  ['张三 昨天 生意不错', { visitedOn: '2026-11-22', note: '生意不错' }],
  ['张三 周五开业', { nextDate: null, note: '周五开业' }],
  ['张三 说12月3日再约', { nextDate: '2026-12-03' }],
  ['张三 有没有意向不好说', { outcome: null }],
  ['张三 流水300万，库存50万', { amount: null }],
  ['张三 门面关机没人接', { outcome: null }],
  ['张三 已申请，等放款', { outcome: 'applied' }],
  ['张三 上周五下午3点 生意不错', { visitedOn: '2026-11-20', note: '生意不错' }],
  ['张三 昨天刚进货', { visitedOn: '2026-11-23', note: '昨天刚进货' }],
  ['张三 周五开业，下周三下午3点再来', { nextDate: '2026-12-02', nextTime: '15:00' }],
  ['Tom wants a second shop, follow up Friday', { outcome: 'interested', nextDate: '2026-11-27' }],
])('a visit: %s', (said, found) => {
  expect(read(said)).toMatchObject({ kind: 'understood', input: found })
})

test.each<[string, string | null, string[]?]>([
  ['要pos机', 'pos'],
  ['店里人多，要个收款码', 'pos'],
  ['要装pos机，还要代发工资', 'pos', ['payroll']],
  // What there is, was talked of or is not wanted is no wish.
  ['店里有pos机', null],
  ['聊了结算卡', null],
  ['没想办代发工资，先看看', null],
  ['别装pos机', null],
  ['用着别家的收款码', null],
])('a visit: what is wished for in "%s" is a need', (said, product, also = []) => {
  const input = { outcome: null, product, ...(also.length > 0 && { also }) }
  expect(read(`张三 ${said}`)).toMatchObject({ kind: 'understood', input })
})

test.each<[string, object]>([
  ['昨天走访了张三，生意不错', { named: '张三', visitedOn: '2026-11-22', note: '生意不错' }],
  ['张三走访过，生意不错', { named: '张三', visitedOn: '2026-11-23', note: '生意不错' }],
])('a visit whose word stands within the line: %s', (said, found) => {
  const reading = lineReaderOf(VISIT_PHRASES, AT, NAMES)(said)
  expect(reading).toMatchObject({ kind: 'understood', input: found })
})

test.each<[string, string]>([
  ['张三', 'note'],
  ['张三和李四 生意不错', 'named'],
  ['张三 有意向 几十万', 'amount'],
  ['张三 有意向，又说不考虑了', 'outcome'],
  ['张三 周三或周四再来', 'nextDate'],
])('a visit: of %s the %s is asked', (said, field) => {
  const reading = read(said)
  expect(reading.kind === 'asks' && reading.doubts.flatMap(({ slots }) => slots)).toEqual([field])
})

describe.each(DATABASES)('visits on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  const contact = () =>
    bank.rows(
      `select last_contact_on::text as contact, last_visit_on::text as visit from client
       where name = '张三'`,
    )

  test('counts as a contact, closes the visit task, and makes the next by the tier’s rhythm', async () => {
    await play(
      bank,
      `
      L1> 派 周敏 走访张三 明天
      M1> 走访 张三 库存充足，想扩店
      已记走访：张三 "库存充足，想扩店"，下次：1月22日 走访。
      M1> 查 张三
      走访
      11-23 "库存充足，想扩店" · 周敏
      `.replace('1月22日', '2027年1月22日（放假安排未公布，暂定）'),
    )
    expect(await contact()).toEqual([{ contact: '2026-11-23', visit: '2026-11-23' }])
    expect(
      await bank.rows(
        `select due_on::text as due from task where kind = 'visit' and status = 'open'`,
      ),
    ).toEqual([{ due: '2027-01-22' }])
    await play(bank, 'M1> 撤销\n已撤销：张三 的走访。')
    expect(await contact()).toEqual([{ contact: null, visit: null }])
    expect(
      await bank.rows(
        `select due_on::text as due from task where kind = 'visit' and status = 'open'`,
      ),
    ).toEqual([{ due: '2026-11-24' }])
  })

  test('a wish for another line’s product is a need, also where the visit came to nothing', async () => {
    await play(
      bank,
      `
      M1> 走访 张三 要pos机
      另记需求：收单，将随名单移交。
      M1> 撤销
      M1> 走访 张三 店里有pos机
      已记走访
      M1> 走访 张三 要装pos机
      `,
    )
    expect(await bank.rows('select product, status from need order by id')).toEqual([
      { product: 'pos', status: 'withdrawn' },
      { product: 'pos', status: 'open' },
    ])
  })

  test('an outcome is an outcome, and one who may not be marketed to gets no next', () =>
    play(
      bank,
      `
      M1> 走访 张三 有意向 50万 周五再来
      已记走访：张三 有意向 50万 "有意向 50万 周五再来"，下次：周五(11/27) 电话。
      M1> 走访 孙丽 已停业
      已记走访：孙丽 "已停业"，下次：F 淘汰客户，不再营销。
      M1> 走访 赵强
      走访 赵强 看到什么、聊了什么
      M1> 客户不在，店员说周末进货
      已记走访：赵强 "客户不在，店员说周末进货"
      M1> 走访 王芳 店里忙
      有 2 位客户符合"王芳"
      M1> 走访 钱进 店里忙
      没有找到"钱进"
      `,
    ))

  test('a photo is kept small, without the place it was taken, and shown to those who may see the client', async () => {
    const taken = await sharp({
      create: { width: 3000, height: 2000, channels: 3, background: '#4a6' },
    })
      .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '30/1 1/1 1/1' } })
      .jpeg()
      .toBuffer()
    const said = (await bank.sendFile('M1', 'shop.jpg', taken, '走访 张三 库存充足')).map(render)
    expect(said.join()).toContain('（附照片）')
    const [kept] = await bank.rows<{ base64: string }>(
      `select file_base64(bytes) as base64 from upload`,
    )
    const photo = Buffer.from(`${kept?.base64}`, 'base64')
    const { width, exif, format } = await sharp(photo).metadata()
    expect({ width, exif, format }).toEqual({ width: 1280, exif: undefined, format: 'jpeg' })
    await play(bank, 'M1> 查 张三\nM1> [照片]\n[张三 · 今天]')
    const [visit] = await bank.rows<{ id: string }>(`select id from visit`)
    const intent = { command: 'visit-photo', input: { visitId: visit?.id } }
    expect((await bank.send('M2', intent)).map(render).join()).toContain('is gone')
    const text = Buffer.from('no picture')
    const refused = await bank.sendFile('M1', 'notes.jpg', text, '走访 张三 库存充足')
    expect(refused.map(render).join()).toContain('这个文件不是照片')
  })
})
