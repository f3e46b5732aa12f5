import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { COMMANDS, clientsSaid } from '../../../src/app-features.ts'
import { expectedAt } from '../../../src/bot/conversation/dialog-store.ts'
import { MOST_CHARACTERS } from '../../../src/bot/conversation/resume.ts'
import { STEPS } from '../../../src/bot/conversation/steps.ts'
import { Utterance } from '../../../src/bot/conversation/utterance.ts'
import type { QueuedEvent } from '../../../src/bot/inbox/event-queue.ts'
import { createReservations } from '../../../src/bot/inbox/reservations.ts'
import { NO_RETRIES } from '../../../src/bot/inbox/retry/retry-pause.ts'
import { createConsoleChannel } from '../../../src/channels/console/index.ts'
import { type Event, unreadable } from '../../../src/core/chat.ts'
import { newId } from '../../../src/core/ids.ts'
import type { Actor } from '../../../src/core/staff.ts'
import { type Bank, MONDAY, openBank } from '../../support/bank.ts'
import { momentOf } from '../../support/moment.ts'
import { ONE_DATABASE } from '../../support/open.ts'

const AT = momentOf(MONDAY)
const WITHOUT_BUTTONS = { buttons: false, forms: false }
const BUTTON = { kind: 'intent', intent: { command: 'today', input: {} }, label: '今日' } as const
const ANSWER_BUTTON = {
  kind: 'intent',
  intent: { command: 'answer-question', input: {} },
  label: '没接',
} as const
const FILE = { kind: 'file', name: 'a.xlsx', size: 1, ref: '0', text: '' } as const

const TOO_LONG = '今'.repeat(MOST_CHARACTERS + 1)

/** Lines that leave something waiting for their speaker. */
const REASON = '负面 13490000078 至 2027-12-31'
const UNTIL = '请假 代班 Lee'
const MONEY = '1 有意向三十'

/** Who says it, what they said before, what they say now, and the step that answers. */
const TABLE: readonly (readonly [
  string,
  readonly string[],
  string | Event['says'],
  string,
  proposed?: string,
])[] = [
  ['M1', [], BUTTON, 'button'],
  ['R1', [REASON], BUTTON, 'button'],
  ['M1', [], unreadable({ zh: '位置', en: 'place' }), 'notWords'],
  ['M1', [], FILE, 'file'],
  ['M1', [], TOO_LONG, 'tooLong'],
  ['R1', [REASON], TOO_LONG, 'tooLong'],
  ['R1', [REASON], '算了', 'drop'],
  ['M1', [], '算了', 'dropLeft'],
  ['R1', [REASON], '继续', 'repeatQuestion'],
  ['M1', [UNTIL, '查 张三'], '继续', 'repeatQuestion'],
  ['M1', ['勿扰 赵强', '查 张三'], '继续', 'resumeLeft'],
  ['M1', [UNTIL, '查 张三'], '随便', 'suggest'],
  ['M1', [UNTIL, '查 张三'], '今天', 'asAnswer'],
  ['M1', [UNTIL], ANSWER_BUTTON, 'buttonOfQuestion'],
  ['M1', [], '继续', 'suggest'],
  ['R1', [REASON], '好的', 'smallTalkMeanwhile'],
  ['M1', [UNTIL], '好的', 'smallTalkMeanwhile'],
  ['M1', [], '好的', 'answerSmallTalk'],
  ['R1', [REASON], '负面 12345 测试', 'garbledCommand'],
  ['M1', ['勿扰 赵强'], 'client moved abroad', 'answerOrCommand'],
  ['M1', ['勿扰 赵强'], '1 没接', 'asCommand'],
  ['M1', ['勿扰 赵强'], '查 张三\n查 赵强', 'severalCommands'],
  ['R1', [REASON], '客户资料有假', 'asAnswer'],
  ['M1', [UNTIL], '今天', 'asAnswer'],
  ['M1', [], '今天', 'asCommand'],
  ['M1', ['今日', MONEY], '30万', 'asAnswer'],
  ['M1', ['今日', '1 打过了'], '有意向 30万，周五再打', 'answerWithMore'],
  ['M1', ['今日', '1 打过了'], '他说没接', 'answerWithMore'],
  ['M1', ['今日', '1 打过了'], '王五没接', 'unreadAnswer'],
  ['M1', ['今日', '1 打过了'], '没接王五的电话', 'unreadAnswer'],
  ['M2', ['Tom called'], 'stop calling Jack, he asked', 'suggest'],
  ['M1', ['今日', '1 打过了'], '30万', 'unreadAnswer'],
  ['M1', ['今日', '1 打过了'], '2 没接 明天再打', 'asCommand'],
  ['M1', ['查 王芳'], '第二个', 'choiceInWords'],
  ['M1', ['查 王芳'], '福源那家', 'choiceInWords'],
  ['M1', ['查 王芳'], '第三个', 'incompleteCommand'],
  ['M1', ['查 王芳'], '好的', 'answerSmallTalk'],
  ['M1', ['查 王芳'], '隔壁老王吧', 'unreadChoice'],
  ['M1', ['查 王芳'], '赵强', 'openClient'],
  ['M1', ['张三 走访 库存充足'], '对', 'choiceInWords'],
  ['M1', ['张三 走访 库存充足'], '谢谢', 'answerSmallTalk'],
  ['M1', [UNTIL], '那就周四吧', 'asAnswer'],
  ['M2', ['leave cover Zhou'], "let's say Friday", 'asAnswer'],
  ['M1', [UNTIL], '他说周五要去开会', 'unreadAnswer'],
  ['M2', ['leave cover Zhou'], 'the shop is closed on Friday', 'unreadAnswer'],
  ['M1', ['1 有意向 过几天'], '我周五请假', 'incompleteCommand'],
  ['M1', ['请假 明天'], '让Lee顶吧', 'asAnswer'],
  ['M1', ['请假 明天'], '那就周四下午3点吧', 'unreadAnswer'],
  ['M1', [UNTIL], '随便', 'unreadAnswer'],
  ['M1', [UNTIL], '赵强', 'openClientMeanwhile'],
  ['M1', [UNTIL], '钱进进', 'unreadAnswer'],
  ['M1', [], '今日', 'asCommand'],
  ['M1', [UNTIL], '今日 ', 'asAnswer'],
  ['M1', [UNTIL], '查 张三', 'asCommand'],
  ['M1', [], '查 张三\n查 赵强', 'severalCommands'],
  ['M1', [], UNTIL, 'incompleteCommand'],
  ['M1', [], '走访', 'wordAlone'],
  ['M1', [UNTIL], '走访', 'wordAlone'],
  ['M1', ['准备'], '走访', 'wordAlone'],
  ['M1', ['准备'], '张三', 'asAnswer'],
  ['M1', [], '张三 需要 结算卡', 'reorder'],
  ['M1', [], REASON, 'ofOtherRole'],
  ['M1', [], '名单 新建', 'wordOfOtherRole'],
  ['M1', [], '活动 新建', 'wordOfOtherRole'],
  ['M1', [], '活动新建', 'wordOfOtherRole'],
  ['M1', [], 'Campaign new', 'wordOfOtherRole'],
  ['M1', [], '我交办的任务', 'wordOfOtherRole'],
  ['M1', [UNTIL], '查负面', 'wordOfOtherRole'],
  ['M1', [], '活动 新建店', 'asCommand'],
  ['M1', [], '逾期', 'asCommand'],
  ['L1', [], '新增客户', 'asCommand'],
  ['L1', [], '完成', 'incompleteCommand'],
  ['H1', [], '今天的任务', 'asCommand'],
  ['M1', [UNTIL], REASON, 'dayOfOtherRole'],
  ['M1', [], '赵强', 'openClient'],
  ['M1', [], '钱进进', 'suggest'],
  ['M1', [], '喵喵喵赵强', 'secondReading', '查 赵强'],
  ['M1', [], '喵喵喵赵强', 'suggest', '查 钱进'],
  ['M1', ['你好'], '1', 'asNumber'],
]

describe.each(ONE_DATABASE)('the steps of a conversation, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind, undefined, WITHOUT_BUTTONS)
  })
  afterEach(() => bank.close())

  async function utteranceOf(
    code: string,
    says: Event['says'],
    secondReading: string | null,
  ): Promise<Utterance> {
    const { prisma } = bank.database
    const { unit, ...staff } = await prisma.staff.findUniqueOrThrow({
      where: { code },
      include: { unit: true },
    })
    const who = { ...staff, unitPath: unit.path, standsInFor: [] } as unknown as Actor
    const conversation = `console:${code}`
    const place = { channel: 'console', conversation, staffId: who.id }
    const id = newId()
    const event = { id, channel: 'console', conversation, sender: code, shared: false, says }
    const expected = await expectedAt(prisma, place, AT.now)
    const queued: QueuedEvent = {
      ...{ id, event, mode: 'batched', senderLookedUp: false, file: null, readUpload: null },
      ...{ secondReading, attemptCounted: false, retries: NO_RETRIES, answered: Promise.resolve() },
    }
    const reserve = createReservations()
    return new Utterance({
      tx: prisma,
      turn: {
        ...{ queued, event, who, expected, reserve },
        ...{ room: null, page: null, state: 'open', asked: expected !== null },
      },
      at: AT,
      commands: COMMANDS,
      channel: createConsoleChannel(WITHOUT_BUTTONS),
      names: [],
      clientsSaid,
    })
  }

  for (const [code, before, said, step, proposed = null] of TABLE) {
    const says = typeof said === 'string' ? ({ kind: 'text', text: said } as const) : said
    const shown = typeof said === 'string' ? said.slice(0, 20) : said.kind
    test(`${[...before, shown, proposed].filter(Boolean).join(' > ')}: ${step}`, async () => {
      for (const line of before) await bank.say(code, line)
      const utterance = await utteranceOf(code, says, proposed)
      let answering: string | null = null
      for (const each of STEPS) {
        answering = each.name
        if (await each(utterance)) break
      }
      expect(answering).toBe(step)
    })
  }
})

test('every step answers some line of the table', () => {
  expect(new Set(TABLE.map(([, , , step]) => step))).toEqual(new Set(STEPS.map(({ name }) => name)))
})
