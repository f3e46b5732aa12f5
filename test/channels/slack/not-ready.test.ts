import { expect, test } from 'vitest'
import { BOT_SCOPES } from '../../../src/channels/slack/app.ts'
import { createSlackChannel } from '../../../src/channels/slack/index.ts'
import { startWeb } from '../../../src/infra/web.ts'
import { BOT_TOKEN, openSlack, SIGNING_SECRET } from '../../doubles/slack/index.ts'
import { personOf } from '../../doubles/slack/person.ts'

test('what Slack sends before the start and after the stop is refused at once, and nothing of it is warned of', async () => {
  const slack = await openSlack()
  slack.scopes = [...BOT_SCOPES]
  const warned: string[] = []
  const { routes, start, stop } = createSlackChannel({
    ...{ botToken: BOT_TOKEN, appToken: null, signingSecret: SIGNING_SECRET },
    apiUrl: slack.apiUrl,
    cardOf: async () => null,
    languageOf: async () => 'zh',
    formFaults: async () => ({}),
    clientsLike: async () => [],
    warn: (message) => void warned.push(message),
  })
  const web = await startWeb('127.0.0.1', 0, [{ path: '/slack', routes }])
  slack.endpoint = `http://127.0.0.1:${web.port}/slack/events`
  const zhou = personOf(slack, 'UZHOU')
  const stored: string[] = []
  await expect(zhou.slash('今日')).rejects.toThrow('answered 503')
  await start(async ({ says }) => {
    if (says.kind === 'text') stored.push(says.text)
    return { answered: Promise.resolve() }
  })
  await zhou.slash('今日')
  await stop()
  await expect(zhou.slash('帮助')).rejects.toThrow('answered 503')
  expect(stored).toEqual(['今日'])
  expect(warned).toEqual([])
  await web.stop()
  await slack.close()
})
