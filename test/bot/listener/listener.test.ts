import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Card } from '../../../src/core/card.ts'
import { type ModelDouble, startModel } from '../../doubles/model/index.ts'
import { type Bank, buttonsOf, CLIENTS, openBank } from '../../support/bank.ts'
import { ONE_DATABASE } from '../../support/open.ts'

const AMR = new Uint8Array([0x23, 0x21, 0x41, 0x4d, 0x52])
const YES = '对，就这样'
const textOf = (cards: readonly Card[]) => JSON.stringify(cards)
const labels = (cards: readonly Card[]) => cards.flatMap(buttonsOf).map(({ label }) => label)

describe.each(ONE_DATABASE)('what is spoken, on %s', (kind) => {
  let bank: Bank
  let model: ModelDouble
  beforeEach(async () => {
    model = await startModel()
    const environment = {
      ...{ LISTENER_URL: model.url, LISTENER_MODEL: 'whisper', LISTENER_KEY: 'secret' },
    }
    bank = await openBank(kind, CLIENTS, { buttons: true, forms: true }, environment)
  })
  afterEach(async () => {
    await bank.close()
    await model.close()
  })
  const outcomes = () => bank.rows<{ kind: string }>('select kind from outcome')

  test('is shown, and counts once its button is pressed, as if it had been typed', async () => {
    const shown = await bank.speak('M1', '张三 有意向 50万')
    expect(textOf(shown)).toContain('听到：\\"张三 有意向 50万\\"')
    expect(await outcomes()).toEqual([])
    expect(textOf(await bank.press('M1', YES))).toContain('已记：张三 有意向 50万')
    expect(await outcomes()).toEqual([{ kind: 'interested' }])
  })

  test('is answered at once where it only asks, below what was heard', async () => {
    const answer = await bank.speak('M1', '查 张三')
    expect(textOf(answer)).toContain('听到：\\"查 张三\\"')
    expect(textOf(answer)).toContain('顺发五金店')
    expect(labels(answer)).not.toContain(YES)
  })

  test('answers a question that waits only once it is pressed, and the question waits on', async () => {
    await bank.say('M1', '走访 张三')
    const shown = await bank.speak('M1', '货架满了')
    expect(labels(shown)).toContain(YES)
    expect(await bank.rows('select 1 from visit')).toEqual([])
    expect(textOf(await bank.press('M1', YES))).toContain('已记走访：**张三**')
  })

  test('of what is not understood says so, once it is pressed', async () => {
    await bank.speak('M1', '喵喵喵喵喵')
    expect(textOf(await bank.press('M1', YES))).toContain('没听懂')
  })

  test('as a recording is written down by the bank’s own model, and nothing of it is kept', async () => {
    model.behave({ says: ' 张三 没接 ' })
    const shown = await bank.speak('M1', AMR)
    expect(textOf(shown)).toContain('听到：\\"张三 没接\\"')
    expect(model.recordings).toEqual([
      {
        ...{ authorization: 'Bearer secret', model: 'whisper', format: 'json' },
        ...{ name: '语音.amr', bytes: AMR },
      },
    ])
    expect(textOf(await bank.press('M1', YES))).toContain('已记：张三 没接')
    expect(await bank.rows('select 1 from upload')).toEqual([])
    const came = `select input ->> 'came' as came from act where command = 'listener'`
    expect(await bank.rows(came)).toEqual([{ came: 'answered' }])
  })

  test('of many at once is heard in turn', async () => {
    model.behave({ says: '帮助' })
    const all = ['M1', 'M3', 'L1', 'L2', 'H1', 'K1', 'R1'].map((code) => bank.speak(code, AMR))
    for (const shown of await Promise.all(all)) expect(textOf(shown)).toContain('听到')
    expect(model.recordings).toHaveLength(all.length)
  })

  test.each([
    ['silence', { says: ' ' }],
    ['a fault', { status: 500 }],
    ['another shape', { raw: '[]' }],
    ['nothing whole', 'breaks-off'],
  ] as const)(
    'that nobody could make out (%s) is told, and what waited waits on',
    async (_, now) => {
      model.behave(now)
      await bank.say('M1', '走访 张三')
      expect(textOf(await bank.speak('M1', AMR))).toContain('没能转成文字')
      expect(textOf(await bank.say('M1', '货架满了'))).toContain('已记走访：**张三**')
    },
  )
})

test('a recording is sent nowhere while no model is set, or its address is not private', async () => {
  const model = await startModel()
  for (const environment of [
    {},
    { LISTENER_URL: 'http://93.184.216.34/v1', LISTENER_MODEL: 'whisper' },
  ]) {
    const bank = await openBank('pglite', CLIENTS, { buttons: true, forms: true }, environment)
    expect(textOf(await bank.speak('M1', AMR))).toContain('没能转成文字')
    await bank.close()
  }
  expect(model.recordings).toEqual([])
  await model.close()
})

test('the number below what was heard says it where there are no buttons, and 对 everywhere', async () => {
  const bank = await openBank('pglite', CLIENTS, { buttons: false, forms: false })
  await bank.speak('M1', '张三 没接')
  expect(textOf(await bank.say('M1', '1'))).toContain('已记：张三 没接')
  await bank.speak('M1', '赵强 没接')
  expect(textOf(await bank.say('M1', '对。'))).toContain('已记：赵强 没接')
  // Below anything else it is no answer.
  await bank.speak('M1', '张三 拒绝')
  await bank.say('M1', '查 张三')
  expect(textOf(await bank.say('M1', '对'))).not.toContain('已')
  await bank.close()
})
