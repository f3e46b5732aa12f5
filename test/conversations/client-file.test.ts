import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Bank, openBank } from '../support/bank.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(ONE_DATABASE)('the client file, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  test('is kept by lines that begin with the client', async () => {
    await play(
      bank,
      `
      M1> 张三换号码了 138 0013 8099
      电话 134 9001 0001 → 138 0013 8099
      M1> 张三 备注 老婆管钱
      已备注 张三：老婆管钱
      M1> 张三投诉说扣费不清楚
      扣费不清楚
      M1> 改名 张三 张叁
      姓名 张三 → 张叁
      M1> 张叁 换手机了
      张叁 的电话改成什么？
      `,
    )
  })

  test('is corrected in a line, with what was before, and taken back', async () => {
    await play(
      bank,
      `
      M1> 改 张三 电话 138 0013 8000 地址 城东路8号
      张三
      电话 134 9001 0001 → 138 0013 8000；地址 无 → 城东路8号
      旧号码留作备用
      M1> 查 张三
      138 0013 8000
      M1> 档案 张三
      地址: 城东路8号
      138 0013 8000 · 首选
      134 9001 0001
      M1> 修改记录 张三
      地址 无 → 城东路8号 · 周敏
      M1> 撤销
      已撤销：张三 的资料修改
      M1> 查 张三
      134 9001 0001
      M1> 修改记录 张三
      还没有修改过
      M1> 改 张三 地址
      张三 的地址改成什么？
      M1> 城西路9号
      地址 无 → 城西路9号
      M1> 改 张三 地址城西路9号
      张三 的资料没有变化
      M1> 改 张三 地址 无
      地址 城西路9号 → 无
      M1> change Zhang
      改 张三
      M1> 备注 张三 周末不接电话
      已备注 张三：周末不接电话
      M1> 家人 张三 配偶 李四 139 0013 9000
      张三 的家人：配偶 李四 139 0013 9000
      M1> 家人 张三 配偶 李四 13900139000
      已经登记，没有变化
      M1> 担保人 张三 王五 朋友
      张三 的担保人：朋友 王五
      M1> 查 张三
      "周末不接电话" · 今天 · 周敏
      M1> [客户档案]
      配偶 · 李四 · 139 0013 9000
      担保人 · 朋友 · 王五
      周末不接电话 · 今天 · 周敏
      M1> 家人 张三 删 李四
      家人里已去掉 李四
      M1> 家人 张三 删 李四
      家人里没有 李四
      M1> 撤销
      已撤销：张三 的家人
      M1> 资料 张三
      配偶 · 李四
      M3> 改 张三 地址 城南路1号
      没有找到"张三"
      S1> 改 张三 地址 城南路1号
      不在您的岗位功能里
      L1> 改 张三 微信 zs_1985 语言 粤语 执照到期 2027年6月30日
      微信 无 → zs_1985；语言 无 → 粤语；执照到期 无 → 2027-06-30
      M1> 改 张三 净资产 400万
      净资产
      M1> 档案 张三
      净资产 400万 · 截至 今天
      授信额度 90万
      `,
    )
    const [client] = await bank.rows(
      `select phone, address, wechat, language, licence_ends_on::text as licence from client
       where name = '张三'`,
    )
    expect(client).toEqual({
      phone: '+8613490010001',
      address: null,
      wechat: 'zs_1985',
      language: '粤语',
      licence: '2027-06-30',
    })
  })

  test('says which products a client holds, who recorded it and when, and takes that back', async () => {
    await play(
      bank,
      `
      M1> 产品 张三 +收单 −保险
      张三 持有：收单
      M1> 张三 持有 结算卡
      张三 持有：结算卡
      M1> 产品 张三 +收单
      张三 持有的产品：收单、结算卡。没有变化。
      M1> 产品 张三 +飞机
      产品目录里没有"飞机"，没有登记
      M1> 档案 张三
      收单 · 截至 今天 · 周敏
      M1> 产品 张三 - 收单
      张三 不再持有：收单
      M1> 修改记录 张三
      产品 收单 → 收单 至 2026-11-23 · 周敏
      M1> 撤销
      已撤销：张三 的产品登记
      M1> 持有 张三
      张三 持有的产品：收单、结算卡。要改就写
      M2> products Zhang +pos
      Zhang
      `,
    )
    expect(
      await bank.rows(
        'select product, until, told_by from product_held where until is null order by 1',
      ),
    ).toEqual(
      ['pos', 'settlement-card'].map((product) => ({ product, until: null, told_by: 'person' })),
    )
  })

  test('takes papers that prove themselves, and says the birthday that an identity number says', async () => {
    await play(
      bank,
      `
      M1> 改 赵强 身份证 99000019850615001X
      不是有效的身份证号
      M1> 改 赵强 身份证 990000198506150010
      身份证 无 → 990000198506150010
      出生日期按身份证记为 1985-06-15
      M1> 分层 赵强
      还缺 12 项
      M1> 改 赵强 信用代码 91350100M000100Y43 店名 恒通物流
      店名 恒通货运部 → 恒通物流；信用代码 无 → 91350100M000100Y43
      M1> 改 张三 身份证 990000198506150010
      这个号码已登记在 赵强 名下
      M3> 改 钱进 信用代码 91350100M000100Y43
      这个号码已有同事的客户在用
      M1> 改 赵强 护照 e1234567
      护照 990000198506150010 → E1234567
      M1> 档案 赵强
      店名: 恒通物流
      护照: E1234567
      出生: 1985-06-15
      M1> 撤销
      已撤销
      M1> 档案 赵强
      身份证: 990000198506150010
      `,
    )
  })

  test('a dead number is answered by a new one, which is called', async () => {
    await play(
      bank,
      `
      M1> 今日
      张三
      M1> 1 空号
      张三 号码不对
      号码已标为空号
      M1> 档案 张三
      134 9001 0001 · 空号
      M1> 改 张三 电话 138 0013 8000
      电话 无 → 138 0013 8000
      用新号码联系
      @ 2026-11-24T08:10:00+08:00
      M1> 今日
      张三
      有了新号码，联系一下
      138 0013 8000
      `,
    )
    expect(
      await bank.rows(
        `select reason, status from task join client on client.id = client_id
         where name = '张三' order by task.id`,
      ),
    ).toEqual([
      { reason: 'interested', status: 'done' },
      { reason: 'wrong-number', status: 'done' },
      { reason: 'new-number', status: 'open' },
    ])
  })

  test('a number that was no dead one lives again, when the outcome is corrected or taken back', async () => {
    const phone = async () =>
      (await bank.rows<{ phone: string }>(`select phone from client where name = '张三'`))[0]?.phone
    await play(
      bank,
      `
      M1> 今日
      张三
      M1> 1 空号
      号码已标为空号
      M1> 撤销
      已撤销
      `,
    )
    expect(await phone()).toBe('+8613490010001')
    await play(
      bank,
      `
      M1> 1 空号
      号码已标为空号
      M1> 1 其实没接
      已改
      `,
    )
    expect(await phone()).toBe('+8613490010001')
    await play(
      bank,
      `
      M1> 撤销
      已撤销
      `,
    )
    expect(await phone()).toBeNull()
  })

  test('keeps several numbers, others’ among them', async () => {
    await play(
      bank,
      `
      M1> 改 张三 备用电话 财务王姐 138 0013 8001
      加电话 138 0013 8001
      M1> 改 张三 备用电话 0571-88880000
      加电话
      M1> 改 王芳 备用电话 财务王姐 13800138001
      有 2 位客户符合"王芳"
      M1> 1
      加电话 138 0013 8001
      M1> 改 张三 空号 13490010001
      134 9001 0001 标为空号
      M1> 档案 张三
      0571
      138 0013 8001 · 财务王姐
      134 9001 0001 · 空号
      M1> 改 张三 删电话 13490010001
      删去电话 134 9001 0001
      M1> 改 张三 删电话 13490010001
      没有 134 9001 0001 这个号码
      M1> 改 张三 空号
      0571 8888 0000 标为空号
      M1> 改 张三 电话 13490010001
      134 9001 0001
      M1> 改 张三 备用电话 13490010009
      加电话 134 9001 0009
      M1> 改 张三 空号
      张三 的哪个号码
      M1> 1
      标为空号
      M1> 改 张三 空号
      标为空号
      M1> 改 张三 空号
      没有可用的号码了
      M1> 改 张三 电话
      张三 的电话改成什么？
      M1> 王芳
      有 2 位客户符合"王芳"
      M1> 改 张三 电话
      张三 的电话改成什么？
      M1> 13490010001
      张三 电话
      134 9001 0001
      `,
    )
  })

  test('a place that a register nearly knows is asked about', async () => {
    await play(
      bank,
      `
      M1> 改 张三 集群 五金市场
      集群 无 → 五金市场
      M1> 改 孙丽 集群 城东五金市场
      集群里没有"城东五金市场"，是下面哪一个？
      M1> 1
      集群 无 → 五金市场
      M1> 归类 赵强 集群 城东五金市场
      是下面哪一个？
      M1> 2
      赵强：集群 无 → 城东五金市场
      `,
    )
    expect(
      await bank.rows(`select name from register_entry where code is null order by name`),
    ).toHaveLength(2)
  })

  test('in a form what is left blank stays, and what is wrong is said while the rest is kept', async () => {
    const clientId = await bank.clientId('张三')
    const input = { clientId, phone: '', address: '城东路8号', resident: '12345', wechat: ' ' }
    const [card] = await bank.send('M1', { command: 'change-client', input })
    expect(JSON.stringify(card)).toContain('地址 无 → 城东路8号')
    expect(JSON.stringify(card)).toContain('2345\\"不是有效的身份证号')
    const [form] = await bank.send('M1', { command: 'change-form', input: { clientId } })
    expect(JSON.stringify(form)).toContain('"value":"城东路8号"')
    expect(JSON.stringify(form)).toContain('"value":"+8613490010001"')
  })

  test('a new number on the negative list ends marketing', async () => {
    await play(
      bank,
      `
      R1> 负面 13800138000 欺诈
      负面清单
      M1> 改 张三 电话 13800138000
      这个号码在负面清单上，不再做营销
      M1> 查 张三
      在负面清单上
      `,
    )
  })
})
