/** @module-tag long */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { App } from '../../../src/app.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import type { SlackDouble, SlackMessage } from '../../doubles/slack/index.ts'
import { personOf, type SlackPerson } from '../../doubles/slack/person.ts'
import { MONDAY } from '../../support/bank.ts'
import { until } from '../../support/until.ts'
import { openSlackBank, startOnSlack } from './service.ts'

const textOf = (shown: unknown) => JSON.stringify(shown ?? '')

describe('forms in Slack', () => {
  let slack: SlackDouble
  let database: Database
  let app: App
  let marketing: SlackPerson
  let zhou: SlackPerson

  beforeAll(async () => {
    ;({ slack, database } = await openSlackBank('postgres'))
    marketing = personOf(slack, 'UFANG', { email: 'K1@bank.example' })
    zhou = personOf(slack, 'UZHOU', { email: 'M1@bank.example' })
    let ticks = new Date(MONDAY).getTime()
    app = (await startOnSlack(slack, database, 'socket', () => new Date(ticks++))).app
  })
  beforeEach(() => {
    slack.late = false
    slack.views.clear()
  })
  afterAll(async () => {
    await app.stop()
    await slack.close()
  })

  async function next(person: SlackPerson, does: () => Promise<unknown>): Promise<SlackMessage> {
    const before = person.seen.length
    await does()
    await until(() => expect(person.seen.length).toBeGreaterThan(before))
    return person.seen.at(-1) as SlackMessage
  }

  /** Opens the form that stands in a message; resolves to the modal. */
  async function opened(person: SlackPerson, message: SlackMessage, label: string, has: string) {
    await person.press(message, label)
    await until(() => expect(textOf(person.modal)).toContain(has))
    return person.modal ?? {}
  }

  const fieldsIn = (view: object) =>
    (view as { blocks: { block_id?: string; type: string }[] }).blocks.flatMap((block) =>
      block.type === 'input' ? [block.block_id] : [],
    )

  const plan = {
    name: '五一活动',
    startsOn: '2026-12-01',
    audience: '一队',
    talkingPoints: '上门问候',
  }

  test('a long form shows what is needed, and the rest behind a button; what is known is searched', async () => {
    const message = await next(marketing, () => marketing.say('活动 新建'))
    const view = await opened(marketing, message, '新的营销活动', '话术')
    expect(fieldsIn(view)).not.toContain('targetReached')
    await marketing.pressIn(view, '更多 More')
    await until(() => expect(fieldsIn(marketing.modal ?? {})).toContain('targetReached'))
    expect(await marketing.search(view, 'audience', '一')).toContain('一队')
    expect(await marketing.search(view, 'audience', '')).toContain('一队')
    // What is not known may be typed all the same.
    expect(await marketing.search(view, 'products', '月球贷')).toEqual(['月球贷'])
  })

  test('a client is looked for while it is typed, among one’s own, and is not asked about again', async () => {
    const view = await opened(zhou, await next(zhou, () => zhou.say('新任务')), '新任务', '做什么')
    expect(textOf(view)).toContain('"min_query_length":1')
    const offered = await zhou.search(view, 'named', 'wf')
    expect(offered).toEqual(['王芳 · 福源饭店 · 0002', '王芳 · 隆盛制衣厂 · 0003', 'wf'])
    const other = '王芳 · 隆盛制衣厂 · 0003'
    const offers = { command: 'new-task', result: 'asked' }
    expect(await database.prisma.act.findMany({ where: offers })).toMatchObject([
      { channel: 'slack', input: { named: 'wf' }, seen: { length: 2 } },
    ])
    // Of nobody beyond reach, by no whole number; what is not known may be typed all the same.
    expect(await zhou.search(view, 'named', 'Tom')).toEqual(['Tom'])
    expect(await zhou.search(view, 'named', '0003')).toEqual([other, '0003'])
    const refused = await next(zhou, () =>
      zhou.submit(view, { named: other, dueOn: '2026-11-20', note: '送合同' }),
    )
    expect(textOf(refused)).toContain('已经过去')
    const again = await opened(zhou, refused, '新任务', other)
    expect(textOf(await next(zhou, () => zhou.submit(again, { dueOn: '2026-11-25' })))).toContain(
      '已排任务：',
    )
    const about = await database.prisma.task.findFirst({
      where: { kind: 'other', dueOn: new Date('2026-11-25') },
      select: { client: { select: { businessName: true } } },
    })
    expect(about?.client.businessName).toBe('隆盛制衣厂')
  })

  test('what the command cannot read is said beside its field, and the modal stays', async () => {
    const message = await next(marketing, () => marketing.say('活动 新建'))
    const view = await opened(marketing, message, '新的营销活动', '话术')
    await marketing.pressIn(view, '更多 More')
    await until(() => expect(fieldsIn(marketing.modal ?? {})).toContain('targetReached'))
    const whole = marketing.modal ?? {}
    const before = marketing.seen.length
    await marketing.submit(whole, { ...plan, endsOn: '2026-12-05', targetReached: '很多' })
    expect(textOf(marketing.modal?.['errors'])).toContain('很多')
    expect(marketing.seen.length).toBe(before)
    expect(await database.prisma.campaign.count()).toBe(0)
  })

  test('what is refused comes back as the form that was filled in', async () => {
    const message = await next(marketing, () => marketing.say('活动 新建'))
    const view = await opened(marketing, message, '新的营销活动', '话术')
    const refused = await next(marketing, () =>
      marketing.submit(view, { ...plan, endsOn: '2026-11-24' }),
    )
    expect(textOf(refused)).toContain('早于开始日')
    const again = await opened(marketing, refused, '新的营销活动', '上门问候')
    expect(textOf(again)).toContain('五一活动')
    const saved = await next(marketing, () => marketing.submit(again, { endsOn: '2026-12-05' }))
    expect(textOf(saved)).toContain('五一活动')
    expect(await database.prisma.campaign.findMany()).toMatchObject([{ name: '五一活动' }])
  })

  test('a clip counts once what Slack wrote down of it is pressed', async () => {
    const clip = { id: 'F0CLIP', subtype: 'slack_audio', mimetype: 'audio/webm' }
    const speak = () =>
      zhou.say('', {
        subtype: 'file_share',
        files: [{ ...slack.host('audio_message.webm', new Uint8Array(8)), ...clip }],
      })
    slack.clips.set(clip.id, { status: 'processing' })
    const shown = await next(zhou, async () => {
      await speak()
      slack.clips.set(clip.id, {
        ...{ status: 'complete', locale: 'zh-CN' },
        preview: { content: '张三 没接', has_more: false },
      })
    })
    expect(textOf(shown)).toContain('张三 没接')
    const answer = await next(zhou, () => zhou.press(shown, '对，就这样'))
    expect(textOf(answer)).toContain('已记：张三 没接')
    await next(zhou, () => zhou.press(answer, '撤销'))
    // Where it is long, Slack tells the beginning, and where the whole is.
    const times = ['00:00:00.000 --> 00:00:04.200', '00:00:04.200 --> 00:00:09.000']
    const whole = `WEBVTT\n\n1\n${times[0]}\n<v Zhou>张三 有意向\n\n2\n${times[1]}\n50万，资料\n\n3\n${times[1]}\n都齐了`
    const hosted = slack.host('transcript.vtt', new TextEncoder().encode(whole))
    const begun = { status: 'complete', preview: { content: '张三 有意', has_more: true } }
    slack.clips.set(clip.id, { ...begun, vtt: hosted['url_private_download'] })
    expect(textOf(await next(zhou, speak))).toContain('张三 有意向 50万，资料都齐了')
    for (const left of [
      { status: 'failed' },
      begun,
      // Not Slack's.
      { ...begun, vtt: 'https://elsewhere.example/t.vtt' },
    ]) {
      slack.clips.set(clip.id, left)
      expect(textOf(await next(zhou, speak))).toContain('没能转成文字')
    }
  })

  test('a form that is asked for too late comes as a button in the conversation', async () => {
    const list = await next(zhou, () => zhou.say('今日'))
    slack.late = true
    const answer = await next(zhou, () => zhou.press(list, '登记'))
    expect(slack.calls.map(({ error }) => error)).toContain('expired_trigger_id')
    slack.late = false
    const view = await opened(zhou, answer, '登记结果', '下次联系')
    expect(textOf(await next(zhou, () => zhou.submit(view, { outcome: 'declined' })))).toContain(
      '已记',
    )
    slack.late = true
    const shortcut = await next(zhou, () => zhou.shortcut('make_task', '给张三送合同'))
    expect(textOf(shortcut)).toContain('新任务')
  })
})
