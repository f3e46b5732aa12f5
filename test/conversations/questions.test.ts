/** @module-tag slow */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { offeredKinds } from '../../src/core/outcome.ts'
import { type Bank, buttonsOf, openBank } from '../support/bank.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(ONE_DATABASE)('a question that waits, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
    await bank.say('M1', '今日')
  })
  afterEach(() => bank.close())

  test('takes no command for its answer, says that it waits, and is taken up again', async () => {
    await play(
      bank,
      `R1> 负面 13490000078 至 2027-12-31
       为什么列入？请写理由。
       R1> 负面 13490000079 冒用资料
       已列入负面清单：…0079，冒用资料
       刚才问的还没有答：为什么列入？说"继续"接着答。
       R1> 继续
       为什么列入？请写理由。
       R1> 继续
       为什么列入？请写理由。
       R1> 客户资料有假
       已列入负面清单：…0078，客户资料有假`,
    )
  })

  test('is said with what it asks, also where that stands behind what was wrong', async () => {
    await play(
      bank,
      `M1> 提醒我 昨天带合同
       日期"昨天"已经过去了，哪一天？
       M1> 查 赵强
       刚才问的还没有答：日期"昨天"已经过去了，哪一天？`,
    )
  })

  test('is no question where it asks for a file', async () => {
    await play(
      bank,
      `M1> 存资料 张三 营业执照
       请发要存进档案的照片或文件（张三 营业执照）。
       M1> 查 赵强
       刚才问的还没有答：请发要存进档案的照片或文件（张三 营业执照）。`,
    )
  })

  test('does not take a command that cannot be read either, unless it is said to be the answer', async () => {
    await play(
      bank,
      `R1> 负面 13490000078 至 2027-12-31
       R1> 负面 12345 测试
       "负面 12345 测试"像一条指令，但没听懂，没有当作回答。
       为什么列入？请写理由。
       R1> 答：负面 12345 测试
       已列入负面清单：…0078，负面 12345 测试`,
    )
  })

  test('is left for another question, and dropped by a word', async () => {
    await play(
      bank,
      `M1> 补 张三 指标下滑
       M3> 补 钱进 行业 审慎
       K1> 待批
       K1> 驳回 1
       为什么驳回？
       K1> 驳回 2
       为什么驳回？
       K1> 帮助
       说"继续"接着答。
       K1> 算了
       好，不办了，什么都没有改动。
       K1> 算了
       现在没有等您回答的问题。
       K1> 待批
       1 张三
       2 钱进
       K1> 驳回 1
       K1> 驳回 1 客户3次说明，行业有误
       已驳回 1 件（客户3次说明，行业有误）：`,
    )
    const card = JSON.stringify(await bank.say('K1', '待批'))
    expect(card).not.toContain('刚才')
  })

  test.each([
    ['M1', '勿扰 赵强', '客户本人要求', '已设勿扰：赵强（客户本人要求）'],
    ['M1', '勿扰 赵强', '需求没有了，别再打', '已设勿扰：赵强（需求没有了，别再打）'],
    ['M1', '勿扰 赵强', '理由：搬走了', '已设勿扰：赵强（搬走了）'],
    ['M1', '投诉 张三', '客户经理没有回电！', '客户经理没有回电！'],
    ['M1', '走访 张三', '走访时老板不在，库存充足', '走访时老板不在，库存充足'],
    ['M1', '新任务 张三 周五', '走访', '"走访"'],
    ['M1', '免打扰 张三 中午', '12:00-14:00', '12:00-14:00 不打电话'],
    ['M1', '设置 晨会 早点', '8:30', '08:30'],
    ['M2', 'dnc Tom', 'he asked us to stop', '(he asked us to stop)'],
  ])('%s: "%s" takes "%s" for the answer', async (code, line, reply, shown) => {
    await bank.say(code, line)
    await play(bank, `${code}> ${reply}\n${shown}`)
  })

  test.each([
    ['M1', '勿扰 赵强', '1 没接', '已记：张三 没接'],
    ['M1', '勿扰 赵强', '今日', '晨会 · 11月23日 周一'],
    ['M1', '勿扰 赵强', '走访 张三 库存充足', '库存充足'],
    ['M1', '投诉 张三', '查 王芳', '王芳'],
    ['M1', '走访 张三', '勿扰 赵强 本人要求', '已设勿扰：赵强（本人要求）'],
    ['M1', '新任务 张三 周五', '改期 1 周四', '已改期：张三'],
  ])('%s: "%s" leaves "%s" a command', async (code, line, reply, shown) => {
    await bank.say(code, line)
    await play(bank, `${code}> ${reply}\n${shown}\n说"继续"接着答`)
  })

  test('that has few answers stands, and is answered whatever was said since', async () => {
    await play(
      bank,
      `M1> 1 打过了
       第 1 件的结果是哪一种
       M1> 2 拒绝
       已记：王芳 拒绝
       刚才问的还没有答：第 1 件的结果是哪一种
       M1> 好的
       好的。
       第 1 件的结果是哪一种
       M1> 查 赵强
       刚才问的还没有答：第 1 件的结果是哪一种
       M1> [接着答]
       第 1 件的结果是哪一种？
       [有意向] [约见] [再考虑] [没接] [在忙]
       M1> 查 赵强
       M1> 随便
       没听懂"随便"
       刚才问的还没有答：第 1 件的结果是哪一种
       M1> 没接
       已记：张三 没接`,
    )
    expect(JSON.stringify(await bank.say('M1', '今日'))).not.toContain('还没')
  })

  test('of a word alone offers whom the day is about, and takes as much as a line says', async () => {
    await play(
      bank,
      `M1> 走访
       走访：哪位客户？
       [张三 · 顺发五金店] [王芳 · 福源饭店] [王芳 · 隆盛制衣厂]
       M1> [王芳 · 隆盛制衣厂]
       走访 隆盛制衣厂王芳 看到什么、聊了什么？
       M1> 机器在转，订单满
       订单满
       M1> 走访
       M1> 张三 库存充足，想扩店
       库存充足，想扩店
       M1> 准备
       M1> 查 孙丽
       刚才问的还没有答：准备：哪位客户？说"继续"接着答。
       M1> 勿扰
       勿扰：哪位客户？
       [孙丽]
       M1> 分层
       分层：哪位客户？
       M1> 没有这个人
       没有找到"没有这个人"
       M1> 张三
       张三
       L1> 离职
       离职：哪位同事？
       [周敏] [Lee]
       L1> 派 周敏
       哪位客户？
       L1> 张三
       要做什么？
       L1> 问续贷
       问续贷`,
    )
    expect(JSON.stringify(await bank.say('M1', '今日'))).not.toContain('还没有答：分层')
  })

  test('of several lines stand on one card, each with its buttons', async () => {
    await bank.say('M1', '1 打过了')
    await play(
      bank,
      `M1> 4 有意向 过几天
       第 4 件的日期"过几天"不确定
       刚才问的还没有答：第 1 件的结果是哪一种`,
    )
    await play(
      bank,
      `M1> 随便
       没看懂"随便"。
       2 件还没说清
       第 4 件的日期"过几天"不确定
       第 1 件的结果是哪一种`,
    )
    await play(
      bank,
      'M1> 查 赵强\n还有 2 件没说清：第 4 件的日期"过几天"不确定是哪一天？ 第 1 件的结果是哪一种？',
    )
    const [card] = await bank.press('M1', '接着答')
    const labels = card ? buttonsOf(card).map(({ label }) => label) : []
    expect(labels).toEqual(expect.arrayContaining(['明天', '没接', '拒绝', '有意向']))
    const inOrder = offeredKinds(bank.app.services.moment().kinds).map(({ label }) => label.zh)
    expect(labels.filter((label) => inOrder.includes(label))).toEqual(inOrder)
    await play(bank, 'M1> [拒绝]\n已记：张三 拒绝\n刚才问的还没有答：第 4 件的日期\nM1> [接着答]')
    await play(bank, 'M1> [明天]\n已记：赵强 有意向，明天 再联系。')
    const pressed = card ? buttonsOf(card).find(({ label }) => label === '没接') : null
    const [late] = await bank.send('M1', pressed?.intent ?? { command: 'x', input: {} })
    expect(JSON.stringify(late)).toContain('这个问题已经答过')
  })

  test('of one line are one card, and what was clear of it is logged with the rest', async () => {
    await play(
      bank,
      `M1> 1 没接⏎2 打过了⏎4 有意向 过几天
       2 件还没说清
       M1> 2 拒绝
       已记：王芳 拒绝
       刚才问的还没有答：第 4 件的日期
       M1> 4 有意向 明天
       已记：张三 没接
       已记：赵强 有意向`,
    )
  })

  test('is answered with more than was asked, which is all kept', async () => {
    await play(
      bank,
      `M1> 1、2 打过了
       M1> 王五没接
       没看懂"王五没接"。
       M1> 他们都有意向，各30万，周五下午再打
       M1> 没接，下午再打
       已记：张三 没接 "打过了，下午再打"，今天 再联系。
       已记：王芳 没接 "打过了，下午再打"，今天 再联系。
       M1> 4 有意向三十
       第 4 件的金额"三十"不确定
       M1> 30万，周四再联系
       已记：赵强 有意向 30万，周四(11/26) 再联系。
       M1> 4 打过了
       M1> 有意向 过几天
       日期"过几天"不确定
       M1> 后天
       已改：赵强 有意向 30万 → 有意向 "打过了"，周三(11/25) 再联系。`,
    )
  })

  test('comes back once a choice that came between is made', () =>
    play(
      bank,
      `M1> 1 打过了
       M1> 查 王芳
       有 2 位客户符合"王芳"
       刚才问的还没有答：第 1 件的结果是哪一种？说"继续"接着答。
       M1> 福源那个
       王芳 · 福源饭店
       刚才问的还没有答：第 1 件的结果是哪一种？
       M1> 拒绝
       已记：张三 拒绝
       M1> 勿扰 赵强
       M1> 查 王芳
       M1> 2
       刚才问的还没有答：为什么不再联系？说"继续"接着答。
       M1> [接着答]
       为什么不再联系？
       M1> 客户搬走了
       已设勿扰：赵强（客户搬走了）
       M1> 继续
       没听懂`,
    ))

  test('offers colleagues where one is asked for', () =>
    play(
      bank,
      `M1> 请假 明天
       这几天谁代班？
       [Lee]
       M1> [Lee]
       已登记请假`,
    ))

  test('are dropped by a word, all of them', async () => {
    await play(
      bank,
      `M1> 1 打过了
       M1> 2 打过了
       M1> 算了
       好，不办了，什么都没有改动。
       M1> 没接
       没听懂`,
    )
  })

  test('takes a day by itself for the answer, though it is a command too', () =>
    play(
      bank,
      `M1> 请假 代班 Lee
       从哪天开始请假？
       M1> 今天
       到哪天（含）？
       M1> 周五
       已登记请假：今天 到 周五(11/27)`,
    ))

  test('asks about prose that may be either', () =>
    play(
      bank,
      `M2> do not contact Tom
       Why should nobody contact them?
       M2> client moved abroad
       Is "client moved abroad" the answer, or something else?
       [1 The answer] [2 Something else]
       M2> 1
       Marked: nobody contacts Tom (client moved abroad).`,
    ))

  test('waits on when a button is pressed', async () => {
    await play(bank, 'M1> 1 没接\nM1> 勿扰 赵强\n为什么不再联系？')
    const [undone] = await bank.send('M1', { command: 'undo', input: {} }, '撤销')
    expect(JSON.stringify(undone)).toContain('刚才问的还没有答：为什么不再联系？')
  })

  test('keeps those that were left before, the latest first', () =>
    play(
      bank,
      `M1> 勿扰 赵强
       为什么不再联系？
       M1> 走访 张三
       走访 张三 看到什么
       刚才问的还没有答：为什么不再联系？
       M1> 1 没接
       刚才问的还没有答：走访 张三 看到什么
       M1> 继续
       走访 张三 看到什么
       答完再说"继续"，前面还有 1 个没答。
       M1> 库存充足
       已记走访：张三
       M1> 继续
       为什么不再联系？
       M1> 本人要求
       已设勿扰：赵强（本人要求）
       M1> 继续
       没听懂`,
    ))

  test('is not asked where what it is about is not there', () =>
    play(
      bank,
      `
      D1> 已办
      没有待办的移交。
      L1> 已办
      还没有任务清单，先发"今日"。
      M3> 1 打过了
      还没有任务清单，先发"今日"。
      M3> 往后推两天
      还没有任务清单，先发"今日"。
      M1> 9 打过了
      清单上没有您的第 9 件，共 4 件。
      M1> 打过了
      2 件还没说清
      哪一件？
      M1> 1
      结果是哪一种？
      M1> 没接
      已记：张三 没接
      `,
    ))

  test.each([
    ['M1', '走访', '走访 张三 看到什么'],
    ['M1', '投诉', '张三 投诉什么'],
    ['M1', '新任务', '要为 张三 做什么'],
    ['M1', '勿扰', '为什么不再联系'],
    ['M1', '可联系', '为什么可以恢复联系'],
    ['M1', '免打扰', '什么时段不打'],
    ['M1', '备注', '要给 张三 备注什么'],
    ['M1', '问营销部', '关于 张三 要问什么'],
    ['M1', '答复', '关于 张三 的询问怎么答复'],
    ['M1', '删除', '为什么删除 张三 的资料'],
    ['K1', '驳回', '为什么驳回'],
    ['K1', '指定调整', '为什么指定 张三'],
    ['R1', '指定退出', '为什么指定 张三'],
  ])('%s: "%s" asks of a client, and of nobody else', (code, word, question) =>
    play(
      bank,
      `${code}> ${word} 张三
       ${question}
       ${code}> ${word} 钱无名
       没有找到"钱无名"`,
    ),
  )

  test.each(['zs', '0001', '顺发', '张 三'])('asks of a client who is called "%s"', (said) =>
    play(bank, `M1> 走访 ${said}\n看到什么、聊了什么`),
  )

  test('asks of a task for a colleague, and for nobody else', () =>
    play(
      bank,
      `L1> 派 周敏
       哪位客户？
       L1> 算了
       L1> 派 钱无名
       没有找到同事"钱无名"`,
    ))

  test('is answered by saying the whole line anew', async () => {
    await play(bank, 'M1> 1 明天再打\n第 1 件的结果是哪一种\nM1> 1 有意向50万 下周五\n已记：张三')
    expect(JSON.stringify(await bank.say('M1', '今日'))).not.toContain('刚才')
  })

  test('with a day tells how to put it off, which answers it', async () => {
    await play(
      bank,
      `M1> 1 明天再打
       第 1 件的结果是哪一种
       只改日期就发"改期 1 明天"。
       M1> 改期 1 明天
       已改期：张三`,
    )
    expect(JSON.stringify(await bank.say('M1', '今日'))).not.toContain('刚才')
  })

  test('is asked again when hours are none, and a spoken number is asked about', () =>
    play(
      bank,
      `M1> 免打扰 张三 中午
       什么时段不打？
       M1> 吃饭的时候
       时段请写成 12:00-14:00。
       M1> 12点到2点
       已记：张三 12:00-14:00 不打电话
       M1> 1 有意向三十
       第 1 件的金额"三十"不确定
       M1> 30万
       已记：张三 有意向 30万`,
    ))

  test('says what it did not understand, and takes no 好的 for a reason', () =>
    play(
      bank,
      `M1> 1 说不方便
       M1> 随便吧
       没看懂"随便吧"。
       第 1 件的结果是哪一种
       M1> 没接
       已记：张三 没接
       M1> 勿扰 赵强
       M1> 好的
       为什么不再联系？
       M1> 请假 明天
       这几天谁代班？
       M1> 马六
       没有找到同事"马六"
       M1> Lee
       已登记请假`,
    ))
})

describe.each(ONE_DATABASE)('what people type besides, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
    await bank.say('M1', '今日')
  })
  afterEach(() => bank.close())

  test.each([
    ['M1', '早', '您好。发"今日"看今天的任务。'],
    ['M2', 'Good morning!', 'Hello. Say "today" for your tasks.'],
    ['S1', '你好', '您好。发"帮助"看可以说什么。'],
    ['M1', '谢谢啦～', '不客气。'],
    ['M1', '收到', '好的。'],
    ['M1', '取消', '没有等您回答的问题。要收回刚才的登记，发"撤销"。'],
    ['M1', '还有几件', '晨会 · 11月23日 周一'],
    ['M1', '怎么登记', '可以这样说'],
    ['M1', '怎么撤回', '撤销'],
    ['M1', '怎么改电话号码', '改 张三 电话 13800138000'],
    ['M1', '怎么登记走访', '走访 张三 库存充足，想扩店'],
    ['L1', '如何新建活动', '活动 新建'],
    ['M2', 'how do I log a visit', 'visit Zhang stock is full, wants a second shop'],
    ['M1', '怎么弄', '其他的点一个主题看'],
    ['M1', '帮我查一下张三的电话', '134 9001 0001'],
    ['M1', '赵强', '主办'],
    ['M1', 'zq', '赵强'],
    ['M1', '钱进进', '您看得到的客户里也没有'],
    ['L1', '赵强', '主办'],
    ['L1', '赵强 没接', '赵强'],
    ['M1', '张三 走访 库存充足，想扩店', '是要说"走访 张三 库存充足，想扩店"吗？'],
    ['M1', '第二个没接', '已记：王芳 没接'],
    ['M1', '三号没人接', '已记：王芳 没接'],
    ['M1', '#1 没接', '已记：张三 没接'],
    ['M1', '1-2都没接', '已记：张三 没接，明天'],
    ['M1', '设置 8点半', '晨会清单: 08:30'],
    ['M1', '看看今天', '晨会 · 11月23日 周一'],
    ['M2', 'pls show me Tom', 'Tom'],
    ['M1', '2nd no answer', '已记：王芳 没接，明天'],
    ['M1', 'second one no answer', '已记：王芳 没接，明天'],
    ['M1', '1 & 3 no answer', '已记：张三 没接，明天'],
    ['M1', 'move 1 to Friday', '已改期：张三'],
    ['M1', 'give 1 to Lee', 'Lee'],
    ['M1', '转1给Lee', '已转给 Lee：张三'],
    ['L1', '派M1 去看看 张三', '张三'],
    ['L1', '离职', '离职：哪位同事？'],
    ['M2', 'do not contact', 'do not contact: Which client?'],
    ['M1', '勿扰', '勿扰：哪位客户？'],
  ])('%s: "%s" is answered "%s"', async (code, line, shown) => {
    await play(bank, `${code}> ${line}\n${shown}`)
  })

  test('a client is opened by name alone, and by the end of a phone', () =>
    play(
      bank,
      `M1> 赵强
       赵强 · 恒通货运部
       M1> 0001
       张三
       M1> 制衣厂的王芳
       王芳 · 隆盛制衣厂
       M1> 福源王芳 没接
       已记：王芳 没接
       M1> 3 制衣厂的王芳 有意向
       已记：王芳 有意向
       L1> 制衣厂的王芳
       王芳 · 隆盛制衣厂
       M1> 面馆的王芳
       没听懂"面馆的王芳"，还没有记下。
       说的是 王芳 的话，点一下就原话记上：`,
    ))
})
