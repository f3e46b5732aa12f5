/** @module-tag slow */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { watchEnquiries } from '../../src/features/enquiries/watch-enquiries.ts'
import { type Bank, MONDAY, openBank } from '../support/bank.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(ONE_DATABASE)('enquiries on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())
  beforeEach(async () => {
    bank.setClock(MONDAY)
    await bank.rows('delete from enquiry returning 1')
  })

  const rows = () =>
    bank.rows<object>(`
      select addressee, asker.name as asker, question, due_on::text as due, status, answer,
        answerer.name as answerer
      from enquiry join staff as asker on asker.id = asked_by
      left join staff as answerer on answerer.id = answered_by order by enquiry.id`)

  test('a manager asks marketing with the client’s card, and the answer stands on it', async () => {
    await play(
      bank,
      `
      M1> 问营销 张三 能不能先不进E类？ 周五前答复
      已问营销部门 方刚、叶青：张三 "能不能先不进E类？"，周五(11/27) 前答复。
      K1<
      周敏 问 张三 的事，请在 周五(11/27) 前答复：
      "能不能先不进E类？"
      分层: B 潜力（暂定）
      电话: 134****0001
      主办: 周敏
      [答复] [客户] [分层依据]
      M1> 问营销 张三 能不能先不进E类？
      这个问题已经问过，正等 方刚、叶青 答复。
      M2> ask marketing 张三 what now
      There is no "张三" among your clients
      R1> 答复 张三 不归我
      张三 没有等您答复的询问
      K1> 询问
      等您答复 1 件
      周敏 → 营销部门："能不能先不进E类？" · 周五(11/27)前答复
      K1> 答复 可以
      没有客户是"可以"。这是哪个问题的答复？
      [1 张三 · 周敏：能不能先不进E类？]
      K1> 答复 资料齐了 下周就调
      没有客户是"资料齐了 下周就调"。这是哪个问题的答复？
      [1 张三 · 周敏：能不能先不进E类？]
      R1> 答复 可以
      没有找到"可以"
      K1> 答复 张三 先观察一个月
      已答复 周敏（张三）："先观察一个月"
      M1<
      方刚 答复了 张三 的询问："先观察一个月"
      问的是："能不能先不进E类？"
      K2> 答复 张三 我也说一句
      张三 没有等您答复的询问
      M1> 查 张三
      询问与答复
      今天 周敏问营销部门："能不能先不进E类？"
      今天 方刚答："先观察一个月"
      `,
    )
    expect(await rows()).toEqual([
      {
        ...{ addressee: 'marketing', asker: '周敏', question: '能不能先不进E类？' },
        ...{ due: '2026-11-27', status: 'answered', answer: '先观察一个月', answerer: '方刚' },
      },
    ])
  })

  test('a move whose manager was asked is not decided before the answer', async () => {
    await play(
      bank,
      `
      K1> 指定调整 张三 连续两季亏损 至 2027-03-31
      K2> 待批
      K2> 调查 1 流水为什么掉了一半？
      已问客户经理 周敏：张三 "流水为什么掉了一半？"，周四(11/26) 前答复。答复前不作决定。
      M1<
      营销部门 叶青 问 张三 的事，请在 周四(11/26) 前答复：
      答复前分层调整不作决定。
      K2> 批准 张三
      张三：已问 周敏，周四(11/26) 前答复，答复前不作决定
      K2> 驳回 张三 理由 不同意
      张三：已问 周敏
      K2> 全部批准
      张三：已问 周敏
      K2> 待批
      已问 周敏，周四(11/26) 前答复，答复前不作决定
      M1> 今日
      询问待答 1 件，最早周四(11/26)前答复：发"询问"
      @ 2026-11-27T08:43:00+08:00
      `,
    )
    expect(
      await bank.rows('select status from tier_change where approver_role is not null'),
    ).toEqual([{ status: 'pending' }])
    const watch = watchEnquiries(() => [])
    await bank.told()
    await watch.run(bank.app.services, bank.app.services.moment())
    await watch.run(bank.app.services, bank.app.services.moment())
    await bank.app.delivery.settled()
    expect(await bank.told()).toEqual([
      { code: 'M1', text: expect.stringContaining('叶青 问 张三 的事还等您答复（昨天已到期）') },
      { code: 'K2', text: expect.stringContaining('还没有答复，已再提醒 周敏') },
    ])
    await play(
      bank,
      `
      M1> 答复 张三 换了开户行，流水在外行
      K2<
      周敏 答复了 张三 的询问："换了开户行，流水在外行"
      [待批] [客户]
      M1> 撤销
      已撤销：张三 的答复
      K2<
      周敏 撤回了答复，问题仍等答复："流水为什么掉了一半？"
      K2> 批准 张三
      张三：已问 周敏
      M1> 答复 张三 换了开户行
      K2> 批准 张三
      已批准 1 件
      M1> 撤销
      已有新的进展，不能撤销
      `,
    )
  })

  test('whoever made a request is asked before it is confirmed; a question taken back holds nothing up', async () => {
    await play(
      bank,
      `
      R1> 负面 13490010001 冒用他人资料
      R1> 负面 移除 13490010001 误登
      K1> 待确认
      确认前不生效
      `,
    )
    const [request] = await bank.rows<{ id: string }>('select id from request')
    const ask = (question: string, dueOn?: string) =>
      bank.send('K1', {
        command: 'enquire-request',
        input: { requestId: request?.id, question, ...(dueOn && { dueOn }) },
      })
    await ask('核实的凭证呢？', '2026-12-31')
    await play(bank, 'K1<\n答复期限最多 14 天，请给 2026-12-07 或以前的日期。什么都没有问出去。')
    await ask('核实的凭证呢？')
    await play(
      bank,
      `
      R1<
      营销部门 方刚 先问一下您提出的事，请在 周四(11/26) 前答复，答复前不作决定：
      "核实的凭证呢？"
      K2> 待确认
      K2> [确认]
      已问 高远，还没有答复，先不作决定
      R1> 询问
      等您答复 1 件
      R1> 答复 公安回函 已归档
      没有客户是"公安回函 已归档"。这是哪个问题的答复？
      [1 方刚：核实的凭证呢？]
      `,
    )
    const [first] = await bank.rows<{ id: string }>('select id from enquiry')
    await bank.send('R1', {
      command: 'answer-enquiry',
      input: { enquiryId: first?.id, answer: '公安回函已归档' },
    })
    await ask('谁核的？')
    await play(
      bank,
      `
      K1<
      高远 答复了 移出负面清单：…0001（原因曾为：冒用他人资料） 的询问："公安回函已归档"
      K1> 询问
      等别人答复 1 件
      K1> [撤回]
      已撤回
      K2> 待确认
      K2> [确认]
      已确认，已生效
      `,
    )
    expect(await rows()).toMatchObject([
      { addressee: 'requester', status: 'answered', answerer: '高远' },
      { status: 'withdrawn', answer: null },
    ])
  })

  test('what is open goes with the client to whom it is handed', async () => {
    await play(
      bank,
      `
      K1> 调查 钱进 还在经营吗？
      已问客户经理 何勇
      M3> 问风险 钱进 能不能续贷
      已问风险部门 高远
      H1> 交接客户 钱进 给 Lee
      H1> [1 确认转交]
      M3> 询问
      等别人答复 1 件
      M2> enquiries
      1 for you to answer
      方刚 → Lee: "还在经营吗？"
      1 for others to answer
      M3> 答复 钱进 在
      没有找到"钱进"
      M2> answer 钱进 yes, seen today
      K1<
      Lee 答复了 钱进 的询问："yes, seen today"
      R1> 答复 钱进 可以
      M2<
      高远 answered about 钱进: "可以"
      `,
    )
  })

  test.each([
    ['M1', '问营销 张三', '关于 张三 要问什么？请写一句。'],
    ['M1', '问营销 张三 能续吗 昨天前答复', '"昨天前"已经过去了，最晚哪天要答复？'],
    ['M1', '问营销 张三 能续吗 明年3月1日前答复', '答复期限最多 14 天'],
    ['M1', '问营销 没这人 能续吗', '没有找到"没这人"'],
    ['M1', '调查 张三 能续吗', '关于 张三 的问题，问哪个部门？'],
    ['K1', '问营销 张三 能续吗', '这是您自己的部门'],
    ['K1', '调查 7 为什么', '请先发"待批"看编号，或者写客户姓名。'],
    ['D1', '问营销 张三 能续吗', '不在您的岗位功能里'],
    ['M1', '答复 张三 好', '张三 没有等您答复的询问'],
  ])('%s> %s is answered with what is wrong, and nothing is asked', async (code, line, answer) => {
    await play(bank, `${code}> ${line}\n${answer}`)
    expect(await rows()).toEqual([])
  })

  test.each([
    ['问营销 张三 能续吗 周五前答复', '能续吗', '2026-11-27'],
    ['问营销 张三 周五前答复 能续吗', '能续吗', '2026-11-27'],
    ['问营销 张三 能续吗 最晚12月3日', '能续吗', '2026-12-03'],
    ['ask risk 张三 can it go on? by Friday', 'can it go on?', '2026-11-27'],
    ['问营销 张三 11月底到期能不能续', '11月底到期能不能续', '2026-11-26'],
    ['问营销 张三 周五来签行不行', '周五来签行不行', '2026-11-26'],
    ['问营销 张三 12月3日前到期的能续吗', '12月3日前到期的能续吗', '2026-11-26'],
  ])(
    '%s: a day that is the last for the answer is no part of the question',
    async (line, question, due) => {
      await bank.say('M1', line)
      expect(await rows()).toMatchObject([{ question, due }])
    },
  )
})
