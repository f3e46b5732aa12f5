import { webApi } from '@slack/bolt'
import { expect, test } from 'vitest'
import { homeOf } from '../../../src/channels/slack/draw/modal-render.ts'
import { createPublish } from '../../../src/channels/slack/send/publish.ts'
import { BOT_TOKEN, openSlack } from '../../doubles/slack/index.ts'

test('pages are published anew as often as is allowed, and who opens theirs does not wait', async () => {
  const slack = await openSlack()
  slack.users.set('UZHOU', {})
  const client = new webApi.WebClient(BOT_TOKEN, { slackApiUrl: slack.apiUrl })
  const publish = createPublish(client, 2)
  const page = homeOf({ blocks: [{ kind: 'text', text: '今日' }] }, 'key')
  await publish('UZHOU', page, { anew: true })
  await publish('UZHOU', page, { anew: true })
  await expect(publish('UZHOU', page, { anew: true })).rejects.toMatchObject({
    kind: 'later',
    retryAfterMs: expect.toSatisfy((ms: number) => ms > 50_000 && ms <= 60_000),
  })
  await publish('UZHOU', page, { anew: false })
  expect(slack.calls).toHaveLength(3)
  await slack.close()
})
