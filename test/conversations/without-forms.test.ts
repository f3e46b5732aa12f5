import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/app-features.ts'
import { parse } from '../../src/bot/grammar/parse.ts'
import { renderNumbered } from '../../src/channels/console/render.ts'
import { type Bank, MONDAY, openBank } from '../support/bank.ts'
import { momentOf } from '../support/moment.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(ONE_DATABASE)('without forms and buttons, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind, undefined, { buttons: false, forms: false })
  })
  afterAll(() => bank.close())
  beforeEach(() => bank.setClock(MONDAY))

  test('a form is asked for field by field: numbers, skipping, and done before the end', () =>
    play(
      bank,
      `M1> 新客户
       新客户 1/3 · 姓名
       M1> 李四
       新客户 2/3 · 手机
       M1> 12345
       没看懂。
       M1> 13800138000
       新客户 3/3 · 店名或企业
       [跳过] [登记] [取消]
       M1> 跳过
       已登记新客户：李四
       M1> 需求 李四
       李四 的需求 1/5 · 产品
       1 流动资金贷款
       M1> 1
       2/5 · 紧急程度
       现在是"近期"。
       M1> 急
       3/5 · 金额（如 20万）
       M1> 20万
       4/5 · 何时需要
       M1> 完成
       已记需求：李四 流动资金贷款 20万`,
    ))

  test('what is needed is not skipped, and a form may be dropped', () =>
    play(
      bank,
      `M1> 新客户
       M1> 跳过
       这一项要填。
       M1> 完成
       这一项要填。
       M1> 取消
       不填了
       M1> 继续
       没听懂`,
    ))

  test('any command leaves it, and it is taken up again where it was left', () =>
    play(
      bank,
      `M1> 新客户
       M1> 王小明
       新客户 2/3 · 手机
       M1> 今日
       晨会 · 11月23日 周一
       "新客户"还没填完，说"继续"接着填。
       M1> 继续
       新客户 2/3 · 手机
       M1> 13800138001
       M1> 小明超市
       已登记新客户：王小明 · 小明超市`,
    ))

  test('one line says it all, and takes the place of the form', () =>
    play(
      bank,
      `M1> 新客户
       M1> 新客户 赵六 13800138002 面馆
       已登记新客户：赵六 · 面馆
       M1> 继续
       没听懂`,
    ))

  test('a question waits for half an hour, a form that was left for a day', () =>
    play(
      bank,
      `M1> 新客户
       M1> 今日
       @ 2026-11-24T08:09:00+08:00
       M1> 继续
       新客户 1/3 · 姓名
       @ 2026-11-24T09:00:00+08:00
       M1> 张七
       没听懂`,
    ))

  test('a campaign is planned in questions, left for something else, and taken up again', async () => {
    await play(
      bank,
      `L1> 活动 新建
       新的营销活动 1/14 · 名称
       L1> 客户答谢会
       新的营销活动 2/14 · 开始
       现在是"2026-11-23"。
       L1> 跳过
       3/14 · 结束
       L1> 随便
       没看懂。
       L1> 帮助
       "新的营销活动"还没填完，说"继续"接着填。
       L1> 继续
       3/14 · 结束
       L1> 12月4日
       4/14 · 发给谁
       现在是"一队"。
       L1> 跳过
       5/14 · 话术
       L1> 完成
       这一项要填。
       L1> 旺季备货，利率优惠。
       6/14 · 产品
       [跳过] [保存并预览] [取消]
       L1> 流贷
       7/14 · 对照
       L1> 跳过
       8/14 · 区域
       L1> 完成
       客户答谢会 · 草稿
       发给 3 人
       [发布] [放弃] [修改]
       L1> 1
       客户答谢会 · 进行中`,
    )
    expect(await bank.rows('select ends_on::text as ends from campaign')).toEqual([
      { ends: '2026-12-04' },
    ])
  })

  test('a form that is refused keeps what was said, to be mended and sent again', async () => {
    await play(
      bank,
      `L1> 活动 新建
       1/14 · 名称
       L1> 冬至问候
       2/14 · 开始
       L1> 12月21日
       3/14 · 结束
       L1> 12月22日
       4/14 · 发给谁
       L1> 九队
       5/14 · 话术
       L1> 问候一声
       6/14 · 产品
       L1> 完成
       没有这个机构、团队或人，或者重名：九队。
       "新的营销活动"还没填完，说"继续"接着填。
       L1> 继续
       1/14 · 名称
       现在是"冬至问候"。
       L1> 跳过
       现在是"2026-12-21"。
       L1> 跳过
       现在是"2026-12-22"。
       L1> 跳过
       现在是"九队"。
       L1> 一队
       现在是"问候一声"。
       L1> 完成
       冬至问候 · 草稿`,
    )
  })

  test('a client event is planned in questions; what cannot be read is asked again, and the rest is kept', () =>
    play(
      bank,
      `L1> 客户活动 新建
       新的客户活动 1/4 · 名称
       L1> 春茶沙龙
       2/4 · 日期
       L1> 周五
       3/4 · 时间
       L1> 继续
       3/4 · 时间
       L1> 下午
       4/4 · 地点
       L1> 滨江茶馆
       时间请写成 14:30。
       3/4 · 时间
       L1> 14:30
       春茶沙龙
       11/27`,
    ))

  test('a move is rejected with the reason asked for, and in one line', () =>
    play(
      bank,
      `M1> 补 张三 指标下滑
       分层调整已提交审批。
       M3> 补 钱进 行业 审慎
       分层调整已提交审批。
       K1> 待批
       1 张三
       K1> 驳回 1
       为什么驳回？请写理由。
       K1> 帮助
       K1> 驳回 1
       K1> 客户还不满意
       已驳回 1 件（客户还不满意）：
       K1> 待批
       1 钱进
       K1> 驳回 1 行业分类有误
       已驳回 1 件（行业分类有误）：`,
    ))

  test('buttons are said by number, after the numbers of the lines', async () => {
    const shown = async (text: string) =>
      (await bank.say('M1', text)).map(renderNumbered).join('\n')
    expect(await shown('3 没接')).toContain('[5 撤销] [6 今日]')
    expect(await shown('5')).toContain('已撤销')
    expect(await shown('1')).toContain('晨会 · 11月23日 周一')
  })
})

/** Forms that have a line of their own, and how each is opened. */
const FORMS: readonly (readonly [code: string, line: string, command: string])[] = [
  ['M1', '新客户', 'new-client'],
  ['M1', '需求 张三', 'need'],
  ['M1', '新任务', 'new-task'],
  ['M1', '客户活动 新建', 'save-activity'],
  ['L1', '活动 新建', 'save-campaign'],
  ['M1', '改 张三', 'change-client'],
  ['M1', '补 张三', 'record-facts'],
]
/** Fields that no slot is called by: how a line says them, or null where only the form does, for the reason given. */
const SAID_OTHERWISE: Readonly<Record<string, (label: string, name: string) => string | null>> = {
  'change-client': (label, name) => `改 张三 ${label} ${FILE_VALUES[name] ?? '城东'}`,
  'record-facts': (label) =>
    `补 张三 ${label} ${/净资产|额/.test(label) ? '100万' : /率/.test(label) ? '40%' : '是'}`,
  // A number for each stage: a line would have to name every one of them.
  'save-campaign': (_label, name) => (name.startsWith('target') ? null : ''),
}
const FILE_VALUES: Readonly<Record<string, string>> = {
  ...{ phone: '13812345678', otherPhone: '13812345679', resident: '110101199003074514' },
  ...{ creditCode: '91350211M000100Y43', licenceEndsOn: '2027-12-31', wechat: 'lisi_88' },
  ...{ industry: '餐饮', address: '城东路8号' },
}

describe.each(ONE_DATABASE)('what a form asks for, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  test.each(FORMS)(
    '%s: %s (%s) can be said in a line, field by field',
    async (code, line, name) => {
      const cards = await bank.say(code, line)
      const [form] = cards.flatMap(({ blocks }) =>
        blocks.flatMap((block) => (block.kind === 'form' ? block.form : [])),
      )
      expect(form?.intent.command).toBe(name)
      const phrases = COMMANDS.find((each) => each.name === name)?.phrases
      const slots = new Set(phrases?.slots?.map(({ field }) => field))
      const unsaid = (form?.fields ?? []).filter((field) => {
        if (slots.has(field.name)) return false
        const said = SAID_OTHERWISE[name]?.(field.label, field.name)
        if (said === null) return false
        const parsed = parse(said ?? '', COMMANDS, momentOf(MONDAY), ['张三'])
        return parsed.kind !== 'intent' || !JSON.stringify(parsed.intent.input).includes(field.name)
      })
      expect(unsaid.map((field) => field.name)).toEqual([])
    },
  )
})
